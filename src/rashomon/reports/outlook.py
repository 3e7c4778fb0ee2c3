"""Positions, expectations, times, evidence, and how each page tells the story, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rashomon.model import Claim, Line, Loaded, Page
from rashomon.reports.positions import NOBODY, by_actor, expectations, towards
from rashomon.reports.sheet import Row, row
from rashomon.reports.stands import stand_of
from rashomon.reports.verdicts import WORDS, at, folded, more, outermost, title_words
from rashomon.reports.view import View, claims_of, references
from rashomon.reports.words import (
    EXPECTATIONS,
    act_words,
    content_words,
    count,
    day,
    moment_words,
    plain,
    shorten,
    source_words,
    speaker_words,
)

ACTORS, STANDS, LINES, TELLINGS, SAMPLES = 20, 6, 40, 8, 2
"""How many actors, positions of one, lines of a list, loaded words of a page, and claims of a kind of evidence are
shown; the rest is counted."""
SAMPLE = 120
"""Characters of a claim that stands for others."""


def positions(view: View) -> list[Row]:
    """Who demands, accuses, denies, threatens, declines or supports what, and towards whom; whom most pages have first.

    Positions that cannot be understood alone are only counted.
    """
    named, unclear = by_actor(view)
    rows: list[Row] = []
    for actor, groups in named[:ACTORS]:
        rows.append(row("  ", (actor, "bold green")))
        rows += [_position(view, group) for group in groups[:STANDS]]
        rows += more(len(groups) - STANDS, "    ")
    rows += more(len(named) - ACTORS, "  ")
    if unclear:
        left = f"… {count(unclear, 'position')} left out that cannot be understood alone (rashomon show has all)"
        rows.append(row("  ", (left, "dim italic")))
    return rows


def _position(view: View, group: list[Claim]) -> Row:
    claim = group[0]
    whom = towards(view, claim)
    aim = f" → {whom}" if whom else ""
    said = shorten(act_words(claim), WORDS)
    return row("    ", (stand_of(claim), "bold"), (aim, "cyan"), f": {said}", references(view, group))


def expected(view: View) -> list[Row]:
    """What is announced, conditional or possible, a row each."""
    rows = [_expectation(view, group) for group in expectations(view)]
    return rows[:LINES] + more(len(rows) - LINES, "  ")


def _expectation(view: View, group: list[Claim]) -> Row:
    claim = group[0]
    when = f", {plain(claim.when.exact)}" if claim.when else ""
    words = shorten(act_words(claim, claim.status), WORDS)
    pages = len({each.page for each in group})
    size = f" · {count(pages, 'page')}" if pages > 1 else ""
    lead = (f"{EXPECTATIONS[claim.status]}{when}: ", "bold")
    who = speaker_words(claim.speaker)
    said = "" if who == NOBODY else f" · {who}"
    return row("  ? ", lead, words, f"{said}{size}", references(view, group), style="bold")


def timeline(view: View) -> list[Row]:
    """What is dated, in the report's order, each time with how it is known.

    Of many lines those are shown that most pages have, and of these the latest.
    """
    pages = [len({claim.page for claim in claims_of(view, line.claims)}) for line in view.timeline]
    ranked = sorted(range(len(pages)), key=lambda place: (-pages[place], -place))
    shown = [view.timeline[place] for place in sorted(ranked[:LINES])]
    width = max((len(_date(line)) for line in shown), default=0)
    rows = []
    for line in shown:
        claims = claims_of(view, line.claims)
        exact = next((claim.when.exact for claim in claims if claim.when and claim.when.value == line.when.value), None)
        rows.append(
            row(
                f"  {_date(line).ljust(width)}  ",
                shorten(plain(line.text), WORDS),
                (f" · {moment_words(line.when, exact)}", "italic"),
                references(view, claims),
                style="bold",
            )
        )
    return rows + more(len(view.timeline) - LINES, "  ")


def _date(line: Line) -> str:
    return day(line.when.value) if line.when.value else "?"


def evidence(view: View) -> list[Row]:
    """Each kind of evidence with the first claims that rest on it, the rarest kind last."""
    kinds: dict[str, list[Claim]] = {}
    for claim in view.claims:
        for kind in claim.evidence:
            kinds.setdefault(kind, []).append(claim)
    rows: list[Row] = []
    for kind, claims in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0])):
        pages = len({claim.page for claim in claims})
        rows.append(row("  ", (plain(kind), "bold"), f": {count(len(claims), 'claim')} on {count(pages, 'page')}"))
        groups = folded(outermost(claims), lambda claim: content_words(claim).casefold())
        for group in groups[:SAMPLES]:
            rows.append(row("    · ", shorten(plain(group[0].span.exact), SAMPLE), references(view, group)))
        rows += more(len(claims) - sum(map(len, groups[:SAMPLES])), "    ")
    return rows


def telling(view: View) -> list[Row]:
    """For each page: what it leads with, its loaded words, and the shared points that were not found on it."""
    rows: list[Row] = []
    shared = [point for point in view.points if point.pages > 1]
    tellers = [{view.by_id[each].page for each in point.claims if each in view.by_id} for point in shared]
    said: dict[str, list[Claim]] = {}
    for claim in view.claims:
        said.setdefault(claim.page, []).append(claim)
    for page in view.pages:
        claims = said.get(page.id, [])
        lead = f"[{view.labels[page.id]}] ".rjust(5)
        if page.copy_of:
            like = view.labels.get(page.copy_of, page.copy_of)
            there = {word.exact.casefold() for claim in said.get(page.copy_of, ()) for word in claim.loaded}
            rows.append(row(lead, (source_words(page), "cyan"), f" · copy of [{like}], told as there", style="bold"))
            rows += _loaded(view, page, claims, there)
            continue
        mine = _leads(view, claims) + _loaded(view, page, claims)
        without = [point for point, pages in zip(shared, tellers, strict=True) if page.id not in pages]
        if without:
            titles = "; ".join(shorten(title_words(view, point), 60) for point in without[:3])
            left = f"; and {len(without) - 3:,} more" if len(without) > 3 else ""
            listed = f"not found here, of {count(len(shared), 'shared point')}: "
            mine.append(row("     ", (listed, "bold"), f"{len(without)} ({titles}{left})"))
        if mine:
            rows.append(row(lead, (source_words(page), "cyan"), style="bold"))
            rows += mine
    return rows


def _leads(view: View, claims: list[Claim]) -> list[Row]:
    if not claims:
        return []
    first = claims[0]
    words = shorten(plain(first.span.exact), WORDS)
    return [row("     ", ("leads with: ", "bold"), words, references(view, [first]))]


def _loaded(view: View, page: Page, claims: Iterable[Claim], known: Collection[str] = ()) -> list[Row]:
    """The page's loaded words by class, each with its place, but those `known` from the page that it copies."""
    classes: dict[str, dict[tuple[int, int], Loaded]] = {}
    for claim in claims:
        for word in claim.loaded:
            if word.exact.casefold() in known:
                continue
            classes.setdefault(plain(word.why).partition(":")[0], {})[word.start, word.end] = word
    rows: list[Row] = []
    for name, words in sorted(classes.items(), key=lambda item: (-len(item[1]), item[0])):
        listed = [words[key] for key in sorted(words)]
        pieces = [
            piece
            for word in listed[:TELLINGS]
            for piece in ((f"“{plain(word.exact)}”", "magenta"), at(view, page.id, word.start, word.end), ("; ", ""))
        ][:-1]
        rows.append(row("     ", (f"loaded, {name} ({len(listed)}): ", "bold"), *pieces))
        rows += more(len(listed) - TELLINGS, "     ")
    return rows
