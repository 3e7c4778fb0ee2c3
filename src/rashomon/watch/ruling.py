"""Rules and alerts in the store: what is noticed goes in with the verdict that it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import sqlalchemy as sql

from rashomon.errors import UsageError
from rashomon.model import Report
from rashomon.spans import digest
from rashomon.store import packing
from rashomon.store.rows import next_number
from rashomon.store.store import Store, iso
from rashomon.store.tables import ALERTS, PAGES, RULES
from rashomon.store.verdicts import Version
from rashomon.watch.alerts import Alert, Rule, noticed

FRESH = 3 * 86_400.0
"""Seconds for which a page's claims are news; an alert about one is made once all the same."""


def rules(link: sql.Connection) -> list[Rule]:
    """The rules that were not dropped, in the order in which they were made."""
    query = sql.select(RULES.c.record).where(RULES.c.dropped.is_(False)).order_by(RULES.c.number)
    return [msgspec.json.decode(record, type=Rule) for record in link.execute(query).scalars()]


def add(link: sql.Connection, rule: Rule) -> Rule:
    """Keep a rule; one of the same words is the same rule, and comes back where it was dropped."""
    key = digest("rule", packing.plain(msgspec.structs.replace(rule, id="")))
    kept = msgspec.structs.replace(rule, id=key)
    if link.execute(sql.select(RULES.c.number).where(RULES.c.id == key)).first():
        link.execute(RULES.update().where(RULES.c.id == key).values(dropped=False))
    else:
        number = next_number(link, RULES)
        link.execute(RULES.insert().values(number=number, id=key, record=packing.plain(kept), dropped=False))
    return kept


def drop(link: sql.Connection, rule: str) -> Rule:
    """The rule with the id, or with the only id that begins so, holds no longer."""
    mine = [each for each in rules(link) if each.id.startswith(rule)]
    if len(mine) != 1 or len(rule) < 4:
        few = "Several rules begin with" if len(mine) > 1 else "There is no rule"
        raise UsageError(f"{few} {rule!r}: `rashomon alert` lists them with their ids.")
    link.execute(RULES.update().where(RULES.c.id == mine[0].id).values(dropped=True))
    return mine[0]


def listen(store: Store) -> None:
    """Have the rules told of whatever is added to the store."""

    def hear(link: sql.Connection, report: Report, versions: list[Version]) -> None:
        holding = rules(link)
        if not holding:
            return
        now = store.clock()
        ids = [page.id for page in report.pages]
        query = sql.select(PAGES.c.id).where(PAGES.c.id.in_(ids), PAGES.c.added >= now - FRESH)
        fresh = list(link.execute(query).scalars())
        for alert in noticed(holding, report, versions, fresh, iso(now)):
            _keep(link, alert, now)

    store.hearing.append(hear)


def _keep(link: sql.Connection, alert: Alert, now: float) -> None:
    if link.execute(sql.select(ALERTS.c.number).where(ALERTS.c.id == alert.id)).first():
        return
    rule = link.execute(sql.select(RULES.c.number).where(RULES.c.id == alert.rule)).scalar_one()
    number = next_number(link, ALERTS)
    row = {"id": alert.id, "rule": rule, "made": now, "record": packing.plain(alert), "tries": 0, "due": now}
    link.execute(ALERTS.insert().values(number=number, **row))


Sending = Callable[[Alert, Rule], None]
"""Hands an alert over; raises OSError, with a sentence, where it did not arrive."""
TRIES = 10


def deliver(store: Store, send: Sending) -> tuple[int, list[str]]:
    """Hand over the alerts that are due, each marked when it arrived; how many did, and why others did not."""

    def due(link: sql.Connection) -> list[tuple[int, int, bytes, bytes]]:
        query = sql.select(ALERTS.c.number, ALERTS.c.tries, ALERTS.c.record, RULES.c.record.label("rule"))
        query = query.join(RULES, RULES.c.number == ALERTS.c.rule).where(ALERTS.c.sent.is_(None))
        query = query.where(ALERTS.c.due <= store.clock(), ALERTS.c.tries < TRIES).order_by(ALERTS.c.number)
        return [tuple(row) for row in link.execute(query)]

    sent = 0
    problems: dict[str, str] = {}
    for number, tries, record, rule in store.database.ask(due):
        values: dict[str, object]
        try:
            send(msgspec.json.decode(record, type=Alert), msgspec.json.decode(rule, type=Rule))
            values = {"sent": store.clock(), "problem": None}
            sent += 1
        except OSError as error:
            due_again = store.clock() + 60.0 * 2**tries
            later = f"It is tried again after {iso(due_again)[:16].replace('T', ' ')} UTC."
            problems[str(error)] = later if tries + 1 < TRIES else "It is given up."
            values = {"tries": tries + 1, "due": due_again, "problem": str(error)[:500]}
        change = ALERTS.update().where(ALERTS.c.number == number).values(values)
        store.database.write(lambda link, change=change: link.execute(change))  # type: ignore[misc]
    return sent, [f"{why} {then}" for why, then in problems.items()]


def held(link: sql.Connection) -> list[tuple[str, int, int]]:
    """Why alerts did not arrive, each with how many of them are tried again and how many were given up."""
    given_up = sql.func.sum(sql.case((ALERTS.c.tries >= TRIES, 1), else_=0))
    query = sql.select(ALERTS.c.problem, sql.func.count(), given_up).where(ALERTS.c.sent.is_(None))
    query = query.where(ALERTS.c.problem.is_not(None)).group_by(ALERTS.c.problem).order_by(ALERTS.c.problem)
    return [(str(why), int(count) - int(over), int(over)) for why, count, over in link.execute(query)]


def latest(link: sql.Connection, limit: int = 100, rule: str | None = None) -> Sequence[Alert]:
    """The newest alerts, the newest first; what several rules told of comes once."""
    query = sql.select(ALERTS.c.record).join(RULES, RULES.c.number == ALERTS.c.rule)
    if rule is not None:
        query = query.where(RULES.c.id == rule)
    out: dict[object, Alert] = {}
    for record in link.execute(query.order_by(ALERTS.c.number.desc()).execution_options(yield_per=100)).scalars():
        alert = msgspec.json.decode(record, type=Alert)
        out.setdefault((alert.title, alert.claim, alert.point, alert.at), alert)
        if len(out) == limit:
            break
    return list(out.values())
