"""Claims as linked data: W3C Web Annotation, and schema.org's Claim."""

from __future__ import annotations

from typing import Any

from rashomon.model import Claim, Page, Report
from rashomon.schema import written

BEFORE = 32
"""Characters of the text before and after a quote that help to find it again."""


def uri(key: str) -> str:
    """A record's id as a URI."""
    return f"urn:rashomon:{key}"


def where(page: Page) -> str:
    """The address of a page where it has one of the web, else its id as a URI."""
    address = page.address or ""
    return address if address.startswith(("http://", "https://")) else uri(page.id)


def write_annotation(report: Report) -> bytes:
    """The claims as an AnnotationCollection of one AnnotationPage (W3C Web Annotation Data Model).

    Each annotation's target is the page with a TextQuoteSelector, and, refining nothing, a TextPositionSelector of
    the same words in the article's text as rashomon has it.
    """
    pages = {page.id: page for page in report.pages}
    items = [_annotation(claim, pages[claim.page]) for claim in report.claims]
    return written(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": uri("claims"),
            "type": "AnnotationCollection",
            "label": "Claims read by rashomon",
            "total": len(items),
            "first": {"id": uri("claims:1"), "type": "AnnotationPage", "startIndex": 0, "items": items},
        }
    )


def _annotation(claim: Claim, page: Page) -> dict[str, Any]:
    start, end = claim.span.start, claim.span.end
    said = claim.speaker.name or claim.speaker.text or "Nobody who is named"
    tags = [claim.status, *([claim.event.code] if claim.event else []), *claim.evidence]
    return {
        "id": uri(claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": f"{said}: {claim.status}",
            },
            *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in dict.fromkeys(tags)),
        ],
        "target": {
            "source": where(page),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": claim.span.exact,
                    "prefix": page.text[max(0, start - BEFORE) : start],
                    "suffix": page.text[end : end + BEFORE],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def write_claim(report: Report) -> bytes:
    """The claims as schema.org Claims (JSON-LD), each with its speaker and the page that it stands on."""
    pages = {page.id: page for page in report.pages}
    types = {entity.id: entity.type for entity in report.entities}
    return written(
        {
            "@context": "https://schema.org",
            "@graph": [_claim(claim, pages[claim.page], types) for claim in report.claims],
        }
    )


def _claim(claim: Claim, page: Page, types: dict[str, str]) -> dict[str, Any]:
    article: dict[str, Any] = {"@type": "NewsArticle", "@id": uri(page.id), "headline": page.title or page.address}
    if page.address and page.address.startswith(("http://", "https://")):
        article["url"] = page.address
    if page.published.value and "/" not in page.published.value:
        article["datePublished"] = page.published.value
    if page.source:
        article["publisher"] = {"@type": "Organization", "name": page.source}
    out: dict[str, Any] = {
        "@type": "Claim",
        "@id": uri(claim.id),
        "text": " ".join(span.exact for span in claim.content) or claim.span.exact,
        "appearance": article,
        "creativeWorkStatus": claim.status,
    }
    if claim.speaker.kind != "source" and claim.speaker.name:
        kind = "Person" if types.get(claim.speaker.entity or "") == "PERSON" else "Organization"
        out["claimInterpreter"] = {"@type": "Organization", "name": "rashomon"}
        out["author"] = {"@type": kind, "name": claim.speaker.name}
    return out
