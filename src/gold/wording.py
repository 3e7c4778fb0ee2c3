"""BASIL (wording.jsonl.gz): articles, three to a story, in which annotators marked what is loaded."""

from __future__ import annotations

import re
from pathlib import Path

from gold.rows import Row, rows

QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|''[^']*''")


def read(folder: Path, odd: bool) -> list[Row]:
    """The articles of every second story: the list of loaded words was tuned on the even ones."""
    found = list(rows(folder, "wording"))
    stories = sorted({article["story"] for article in found})
    chosen = set(stories[1::2] if odd else stories[::2])
    return [article for article in found if article["story"] in chosen]


def gold_spans(article: Row) -> list[list[Row]]:
    """For each paragraph the annotated spans outside quotation: found by their words, as ids count other lines."""
    found: list[list[Row]] = [[] for _ in article["paragraphs"]]
    for span in article["spans"]:
        if span["quote"] != "no":
            continue
        for number, text in enumerate(article["paragraphs"]):
            if text[span["start"] : span["end"]] == span["txt"]:
                found[number].append(span)
                break
        else:
            for number, text in enumerate(article["paragraphs"]):
                at = text.find(span["txt"])
                if at >= 0:
                    found[number].append({**span, "start": at, "end": at + len(span["txt"])})
                    break
    return found
