"""News pages that nobody published: made up for rashomon, as plain-text dumps and as HTML, with what is the article.

Dumps: files of JSON Lines beside this module: `learned`, from which trees are fitted, and of other sites, by which they
are measured, `unseen` and `more`. A row has the page's `url`, `title` (null in `more` where none is given), `authors`
(people), `published` and `language`, and its `lines`: a mark, a tab and what the line says; an empty line is a blank
one. The marks: A the article, S the standfirst below the headline, T the headline, B a byline, D a line with the date
of publication, M one with that of an update only, - anything else. Of `unseen`, every other row was looked at while
rules were made, the rest by nobody. `more` is mostly in the manner of extractors of main content, with the hardest of
what they leave: comments and leads of other stories without a heading, captions, lists; a few of its rows were looked
at.

HTML: `pages`, of which nothing was learned. The article's elements have the attribute `data-gold`, the standfirst's
`data-standfirst`; these are taken out before anybody reads the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from gold.rows import Row

_PLACE = Path(__file__).parent / "made_up"
PARTS = ("learned", "unseen", "more")
_MARK = re.compile(r'\sdata-(?:gold|standfirst)(?:="")?(?=[\s/>])')


def made_up(part: str) -> Iterator[Row]:
    """The rows of a part, in the form of the published sets: `url`, `text`, `render`, `gold`; and `marks`, one a line
    that is not blank."""
    with (_PLACE / f"{part}.jsonl").open(encoding="utf-8") as lines:
        for at, row in enumerate(map(json.loads, lines)):
            marked = [line.split("\t", 1) if line else ["", ""] for line in row["lines"]]
            said = {mark: [text for own, text in marked if own == mark] for mark in "AS"}
            yield {
                "url": row["url"],
                "text": "\n".join(text for _, text in marked),
                "render": ("looked at", "unseen")[at % 2] if part == "unseen" else part,
                "marks": [mark for mark, text in marked if text.strip()],
                "gold": {
                    "body": "\n".join(said["S"] + said["A"]),
                    "summary": "\n".join(said["S"]) or None,
                    "title": row["title"],
                    "authors": row["authors"],
                    "date": row["published"],
                },
            }


def made_up_html() -> Iterator[Row]:
    """The HTML pages, in the form of the published sets: `url`, `html`, `gold`."""
    with (_PLACE / "pages.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            tree = LexborHTMLParser(row["html"])
            body, summary = (_said(tree, mark) for mark in ("data-gold", "data-standfirst"))
            yield {
                "url": row["url"],
                "html": _MARK.sub("", row["html"]),
                "gold": {
                    "body": "\n".join(summary + body),
                    "summary": "\n".join(summary) or None,
                    "title": row["title"],
                },
            }


def _said(tree: LexborHTMLParser, mark: str) -> list[str]:
    """The texts of the elements that are marked so."""
    return [" ".join(node.text().split()) for node in tree.css(f"[{mark}]")]
