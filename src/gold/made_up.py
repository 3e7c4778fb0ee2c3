"""Plain-text dumps of news pages that nobody published: made up for rashomon, each line marked with what it is.

Two files of JSON Lines beside this module: `learned`, from which trees are fitted, and `unseen`, of other sites, by
which they are measured. A row has the page's `url`, `title`, `authors` (people), `published` and `language`, and its
`lines`: a mark, a tab and what the line says; an empty line is a blank one. The marks: A the article, S the standfirst
below the headline, T the headline, B a byline, D a line with the date of publication, M one with that of an update
only, - anything else. Of `unseen`, every other row was looked at while rules were made, the rest by nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from gold.rows import Row

_PLACE = Path(__file__).parent / "made_up"
PARTS = ("learned", "unseen")


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
                "render": part if part == "learned" else ("looked at", "unseen")[at % 2],
                "marks": [mark for mark, text in marked if text.strip()],
                "gold": {
                    "body": "\n".join(said["S"] + said["A"]),
                    "summary": "\n".join(said["S"]) or None,
                    "title": row["title"],
                    "authors": row["authors"],
                    "date": row["published"],
                },
            }
