"""FollowTheMoney entities, one a line: pages as Articles, names as what they are, claims with their proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rashomon.model import Claim, Entity, Page, Report
from rashomon.schema import written

SCHEMATA = {"PERSON": "Person", "ORG": "Organization", "GPE": "Address", "LOC": "Address", "FAC": "Address"}
"""Types of entities → schemata; a country's government is a PublicBody, of other types nothing is written."""
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)?)?")


def write(report: Report) -> bytes:
    """The report's entities as JSON Lines."""
    return b"".join(written(entity, indent=0) for entity in entities(report))


def entities(report: Report) -> Iterator[dict[str, Any]]:
    """The entities: articles, then names, then one for each claim."""
    known: set[str] = set()
    for page in report.pages:
        yield _article(page)
    for entity in report.entities:
        schema = "PublicBody" if entity.code and entity.type in ("GPE", "ORG", "NORP") else SCHEMATA.get(entity.type)
        if schema is not None:
            known.add(entity.id)
            yield _named(entity, schema)
    pages = {page.id: page for page in report.pages}
    places = {entity.id for entity in report.entities if SCHEMATA.get(entity.type) == "Address" and not entity.code}
    for claim in report.claims:
        yield _claim(claim, pages[claim.page], known - places)


def _entity(key: str, schema: str, **properties: Any) -> dict[str, Any]:
    """One entity; what is empty is left out."""
    values = {name: [each for each in given if each] for name, given in properties.items()}
    return {
        "id": f"rashomon-{key}",
        "schema": schema,
        "properties": {name: each for name, each in values.items() if each},
    }


def _date(value: str | None) -> str | None:
    """An ISO date as FollowTheMoney has it: without a zone, with the precision that it has."""
    found = _DATE.match(value or "")
    return found.group() if found and "/" not in (value or "") else None


def _article(page: Page) -> dict[str, Any]:
    address = page.address if (page.address or "").startswith(("http://", "https://")) else None
    return _entity(
        page.id, "Article", title=[page.title], fileName=[None if address else page.address], sourceUrl=[address],
        author=[*page.authors, *page.credits], publisher=[page.source], publishedAt=[_date(page.published.value)],
        retrievedAt=[_date(page.captured)], bodyText=[page.text],
    )  # fmt: skip


def _named(entity: Entity, schema: str) -> dict[str, Any]:
    others = [name for name in entity.names if name != entity.name]
    if schema == "Address":
        return _entity(entity.id, schema, full=[entity.name], name=[entity.name], alias=others)
    return _entity(entity.id, schema, name=[entity.name], alias=others)


def _claim(claim: Claim, page: Page, known: set[str]) -> dict[str, Any]:
    proof = [f"rashomon-{page.id}"]
    address = page.address if (page.address or "").startswith(("http://", "https://")) else None
    if claim.event is not None:
        involved = [f"rashomon-{each}" for each in (claim.event.actor, claim.event.recipient) if each in known]
        when = claim.when.value if claim.when else None
        return _entity(
            claim.id, "Event", name=[f"{claim.event.code} ({claim.status})"], summary=[claim.span.exact],
            date=[_date(when)], involved=involved, location=[place.text for place in claim.places], proof=proof,
            sourceUrl=[address], keywords=[claim.event.code, claim.status],
        )  # fmt: skip
    speaker, said = claim.speaker.entity, claim.speaker.name or claim.speaker.text or page.source or "Claim"
    return _entity(
        claim.id, "Note", name=[f"{said} ({claim.status})"],
        description=[claim.span.exact], entity=[f"rashomon-{speaker}"] if speaker in known else [], proof=proof,
        sourceUrl=[address], keywords=[claim.status],
    )  # fmt: skip
