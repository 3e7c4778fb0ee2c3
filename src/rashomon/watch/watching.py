"""The loop that follows feeds: it asks, keeps, reads; what to make of answers, others decide.

Hosts are asked in parallel, each of them by one request at a time with a pause after it. What was found goes into the
store in one transaction a feed, then one a page; stopped at any moment, the next round goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.watch import asking, entries, keeping, polling
from rashomon.watch.polling import Answered, Polled
from rashomon.watch.rounds import Round, Watch


def once(watch: Watch, addresses: Sequence[str] = (), all_of_them: bool = False) -> Round:
    """One round: every feed that is due is polled, every entry that is due is read.

    `addresses`: feeds or lists of feeds that are followed from now on; `all_of_them`: feeds that answered the last time
    are due whenever that was.
    """
    done = Round()
    store = watch.store
    now = watch.clock()
    if addresses:
        store.database.write(lambda link: keeping.follow(link, addresses, now))
    polled: set[int] = set()
    while due := [each for each in store.database.ask(keeping.feeds) if _due(each, watch, all_of_them, polled)]:
        polled |= {each.number for each in due}
        for feed, answered in _polls(watch, due):
            at = watch.clock()
            outcome = polling.after(feed, answered, at, watch.every)
            done.entries += store.database.write(lambda link, o=outcome, at=at: keeping.keep(link, o, at))  # type: ignore[misc]
            done.polled += 1
            done.problems += bool(outcome.feed.problem and not (outcome.entries or outcome.feeds))
            if outcome.feed.problem and outcome.feed.problem != feed.problem:
                watch.tell(f"{feed.address}: {outcome.feed.problem}")
    named = set(addresses)
    done.waiting = tuple(
        each for each in store.database.ask(keeping.feeds)
        if each.address in named and each.number not in polled and each.problem
    )  # fmt: skip
    entries.read(watch, done)
    store.align()
    return done


def wait(watch: Watch) -> float:
    """Seconds until the next feed or entry is due, a minute at most."""
    feeds = [each.due for each in watch.store.database.ask(keeping.feeds) if not each.gone]
    return min(max(min(feeds, default=0.0) - watch.clock(), 1.0), 60.0)


def _due(feed: Polled, watch: Watch, all_of_them: bool, polled: set[int]) -> bool:
    if feed.gone or feed.number in polled:
        return False
    return feed.due <= watch.clock() or (all_of_them and not feed.failures)


def _polls(watch: Watch, due: Sequence[Polled]) -> list[tuple[Polled, Answered]]:
    """What came of asking for feeds."""
    allowed = asking.all_allowed(watch, [each.address for each in due])

    def poll(feed: Polled) -> tuple[Polled, Answered]:
        return feed, asking.asked(watch, feed.address, polling.conditions(feed), allowed)

    return asking.by_host(watch, due, lambda feed: feed.address, poll, allowed)
