"""Rules, and what they are told of: pure functions of versions of verdicts and of claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from rashomon.model import Claim, Page, Point, Report
from rashomon.reports.words import quantity
from rashomon.spans import digest
from rashomon.store.verdicts import Version
from rashomon.stories.words import fold

RuleKind = Literal["number", "denial", "disputed", "agreed", "speaker", "phrase"]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to be told of, and where."""

    id: str
    kind: RuleKind
    words: str | None = None
    """The speaker's name, or the phrase."""
    origins: int = 2
    """Of kind "agreed": so many independent ones at least."""
    story: str | None = None
    """Of this story alone."""
    to: str
    """"terminal", https://…, mailto:…, or the path of a feed file (.atom, .xml, .json)."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a rule is for."""

    id: str
    """Digest of the rule and of what happened: the same thing is told once."""
    rule: str
    kind: RuleKind
    title: str
    """What happened, in fixed words and those of the pages."""
    text: str
    """The words of the page."""
    story: str
    story_title: str
    point: str | None
    claim: str | None
    page: str | None
    address: str | None
    at: str
    """When it was noticed, ISO 8601, UTC."""


def noticed(
    rules: Sequence[Rule], report: Report, versions: Sequence[Version], fresh: Iterable[str], at: str
) -> list[Alert]:
    """What the rules are for in a story's new versions and in the claims of its new pages (`fresh`, page ids)."""
    story = report.stories[0]
    names = {story.id, *story.was}
    wanted = [rule for rule in rules if rule.story is None or rule.story in names]
    claims = {claim.id: claim for claim in report.claims}
    pages = {page.id: page for page in report.pages}
    new = set(fresh)
    out: list[Alert] = []
    for rule in wanted:
        if rule.kind in ("speaker", "phrase"):
            for claim in report.claims:
                if claim.page in new and _says(rule, claim):
                    out.append(_of_claim(rule, report, claim, pages[claim.page], at))
            continue
        for version in versions:
            title = _happened(rule, version, claims, new)
            if title is not None:
                out.append(_of_version(rule, report, version, title, claims, pages, at))
    return out


def _says(rule: Rule, claim: Claim) -> bool:
    words = fold(rule.words or "")
    if rule.kind == "phrase":
        return bool(words) and f" {words} " in f" {' '.join(fold(claim.span.exact).replace(',', ' ').split())} "
    called = (claim.speaker.name, claim.speaker.text)
    return claim.speaker.kind != "source" and any(words in fold(name) for name in called if name)


def _happened(rule: Rule, version: Version, claims: dict[str, Claim], new: set[str]) -> str | None:
    """What a version of a point says that a rule is for; None where it says nothing of it."""
    before, now = version.before, version.now
    if rule.kind == "number":
        return _moved(before, now)
    if rule.kind == "denial":
        denials = [claims[each] for each in now.claims if each in claims and claims[each].status == "denied"]
        if any(claim.page in new and (before is None or claim.id not in before.claims) for claim in denials):
            return "A denial appeared"
    if rule.kind == "disputed" and now.verdict == "disputed" and (before is None or before.verdict != "disputed"):
        return "A point became disputed"
    if rule.kind == "agreed" and now.verdict == "agreed" and now.independent >= rule.origins:
        was = before is not None and before.verdict == "agreed" and before.independent >= rule.origins
        return None if was else f"Agreed by {now.independent} independent origins"
    return None


def _moved(before: Point | None, now: Point) -> str | None:
    if before is None or now.kind != "number":
        return None
    old = before.current and (before.current.low, before.current.high)
    new = now.current and (now.current.low, now.current.high)
    if old == new or (now.current is None and now.verdict == before.verdict):
        return None
    was = quantity(*old, "exact") if old else "disputed"
    now_is = quantity(*new, "exact") if new else "disputed"
    return f"A number moved: {was} → {now_is}"


def _of_version(
    rule: Rule, report: Report, version: Version, title: str, claims: dict[str, Claim], pages: dict[str, Page], at: str
) -> Alert:
    mine = [claims[each] for each in version.now.claims if each in claims]
    if rule.kind == "denial":
        mine = [claim for claim in mine if claim.status == "denied"] or mine
    last = mine[-1] if mine else None
    page = pages.get(last.page) if last else None
    return Alert(
        id=digest("alert", rule.id, version.point, str(version.number)),
        rule=rule.id,
        kind=rule.kind,
        title=title,
        text=last.span.exact if rule.kind == "denial" and last else version.now.title,
        story=report.stories[0].id,
        story_title=report.stories[0].title,
        point=version.point,
        claim=last.id if last else None,
        page=page.id if page else None,
        address=page.address if page else None,
        at=at,
    )


def _of_claim(rule: Rule, report: Report, claim: Claim, page: Page, at: str) -> Alert:
    title = (
        f"{claim.speaker.name or claim.speaker.text} spoke" if rule.kind == "speaker" else f"“{rule.words}” was said"
    )
    return Alert(
        id=digest("alert", rule.id, claim.id),
        rule=rule.id,
        kind=rule.kind,
        title=title,
        text=claim.span.exact,
        story=report.stories[0].id,
        story_title=report.stories[0].title,
        point=None,
        claim=claim.id,
        page=page.id,
        address=page.address,
        at=at,
    )
