"""The tree of a sentence: every word once, under the word it depends on, whatever the width."""

from __future__ import annotations

import re

from rashomon.model import Dated, Page
from rashomon.reader import parse_one
from rashomon.reports import tree

TEXT = "Captain Rosa Veld said that the ferry sank off Orvik on Friday.\n\nThe search goes on."


def shown(width: int) -> str:
    page = Page(id="p", address=None, title="The ferry", published=Dated(None, "unknown", "No date."), text=TEXT)
    return tree.render(page, parse_one(TEXT), width, colour=False)


def test_each_word_stands_once_under_what_it_depends_on() -> None:
    lines = shown(100).splitlines()
    assert lines[0] == "The ferry"
    words = [re.sub(r"^[│├└─ ]*", "", line).split()[0] for line in lines if " · " in line]
    assert sorted(words) == sorted(token.text for token in parse_one(TEXT) if not token.is_space)
    assert any(line.startswith("said") and "ROOT" in line for line in lines)
    assert any(re.match(r"[├└]─ sank", line) for line in lines)


def test_no_line_is_wider_than_asked() -> None:
    assert max(len(line) for line in shown(40).splitlines()) <= 40
