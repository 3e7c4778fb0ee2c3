"""Which blocks are the article, with the trees and without them, and when a second opinion is asked."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.pages import article as choosing
from rashomon.pages import opinion
from rashomon.pages.article import article, kept
from rashomon.pages.blocks import Blocks
from rashomon.pages.markup import Markup

SAID = (
    "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers, the port said.",
    "Lorries have to go round by the northern crossing, which adds forty minutes to the way into the old town.",
    "“We would rather be late than sorry,” the mayor told reporters at the town hall, where residents had gathered.",
    "Repairs are expected to take until the spring, and will cost the town about four million crowns.",
)
MENU = "<nav><ul>" + "".join(f"<li><a href=/{at}>Section {at}</a>" for at in range(12)) + "</ul></nav>"
BODY = "".join(f"<p>{said}</p>" for said in SAID)
COMMENTS = "".join(
    f"<div class=comment><b>reader{at}</b><p>I have crossed it every day for {at + 3} years and never saw a crack, "
    "so I wonder what they were looking at all that time, and who pays for it in the end.</p></div>"
    for at in range(12)
)


def _page(*parts: str) -> str:
    heading = "<h1>Harbour bridge of Ormsk shut</h1>"
    return f"<html><head><title>Harbour bridge of Ormsk shut</title></head><body>{MENU}{heading}{''.join(parts)}</body>"


def _texts(html: str) -> list[str]:
    markup = Markup(html)
    return [markup.block_text[at] for at in article(markup, html, "Harbour bridge of Ormsk shut")]


def test_the_article_alone() -> None:
    html = _page(f"<article>{BODY}</article>", "<footer><p>© The Ormsk Herald. All rights reserved.</p></footer>")
    assert [text for text in _texts(html) if text in SAID] == list(SAID)
    assert "All rights" not in " ".join(_texts(html))


def test_readers_comments_are_none_of_it_however_many() -> None:
    html = _page(f"<div class=story>{BODY}</div>", f"<div id=comments>{COMMENTS}</div>")
    assert not any("never saw a crack" in text for text in _texts(html))
    assert SAID[0] in _texts(html)


def test_an_article_that_is_called_a_comment_is_read() -> None:
    html = f"<body>{MENU}<div class=comment><h1>Harbour bridge of Ormsk shut</h1>{BODY}</div></body>"
    assert SAID[1] in _texts(html)


def test_the_article_once_more_as_a_field_is_dropped() -> None:
    html = _page(f"<div class=story>{BODY}</div>", f"<div><span>{' '.join(SAID)}</span></div>")
    assert not any(SAID[0] in text and SAID[1] in text for text in _texts(html))


def test_it_works_without_the_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "shipped", lambda room, name: None)
    assert _texts(_page(f"<div>{BODY}</div>")) == list(SAID)


def test_a_second_opinion_is_asked_where_the_first_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def paragraphs(html: str) -> list[str]:
        asked.append(html)
        return [SAID[1], "Words that stand nowhere on the page."]

    monkeypatch.setattr(opinion, "paragraphs", paragraphs)
    monkeypatch.setattr(choosing, "odds", lambda scores: np.full(len(scores), 0.5))
    html = _page(f"<div>{BODY}</div>")
    assert _texts(html) == [SAID[1]]
    assert asked == [html]
    monkeypatch.setattr(choosing, "odds", lambda scores: np.full(len(scores), 0.999))
    assert len(_texts(html)) > 4
    assert asked == [html]


def test_what_repeats_in_the_same_form_stays_and_pull_quotes_go() -> None:
    line = "Drink a glass of water before you go to bed."
    alike = Blocks(Markup(f"<ol><li>{line}</li><li>{SAID[0]}</li><li>{line}</li></ol>"), None)
    assert kept(alike, np.full(3, 0.8))[0].tolist() == [True, True, True]
    pulled = Blocks(Markup(f"<p>{line}</p><p>{SAID[0]}</p><blockquote>{line}</blockquote>"), None)
    assert kept(pulled, np.array([0.8, 0.9, 0.7]))[0].tolist() == [True, True, False]
