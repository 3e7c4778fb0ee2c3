"""Character references, also those that make Python's own reader raise."""

from __future__ import annotations

import pytest

from rashomon.pages import read
from rashomon.pages.references import unescape

ENDLESS = "9" * 5000


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a &amp; b", "a & b"),
        ("&#8211;&#x2013;&ndash;", "–––"),
        (f"a &#{ENDLESS}; &amp; b", "a \ufffd & b"),
        (f"a &#x{ENDLESS} b", "a \ufffd b"),
        (f"a &#{'0' * 9}65; b", "a A b"),
    ],
)
def test_references(written: str, said: str) -> None:
    assert unescape(written) == said


def test_a_page_with_a_reference_without_end() -> None:
    sentence = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in its piers. "
    page = read(
        f"<html><head><title>Bridge &amp; port &#{ENDLESS};</title><meta name=author content='&amp;#{ENDLESS};'></head>"
        f"<body><h1>Bridge</h1><p>{sentence * 3} &#{ENDLESS};</p><p>{sentence}</p></body></html>"
    )
    assert sentence.strip() in page.text
