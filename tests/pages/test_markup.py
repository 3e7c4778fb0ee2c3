"""A page's blocks: what ends one, what is no text, what the elements around it are called."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rashomon.pages.blocks import Blocks
from rashomon.pages.features import features
from rashomon.pages.markup import Markup
from rashomon.pages.tables import rows
from rashomon.trees import shipped


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>One <b>and</b> two</p><p>Three</p>", ["One and two", "Three"]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("<p>One<br>Two</p>", ["One", "Two"]),
        ("<table><tr><td>One<td>Two</table>", ["One", "Two"]),
        ("<p>One<script>no()</script> two<!-- no --> three</p>", ["One two three"]),
        ("<p>One</p><noscript><p>No</p></noscript><style>p{}</style>", ["One"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("<p>har\xadbour bridge\u200b</p>", ["harbour bridge"]),
        ("<p>Fish &amp; chips&nbsp;&#8211; £4</p>", ["Fish & chips – £4"]),
        ("no markup at all", ["no markup at all"]),
        ("", []),
        ("<p> \n </p>", []),
    ],
)
def test_blocks(html: str, blocks: list[str]) -> None:
    assert list(Markup(html).block_text) == blocks


def test_what_surrounds_a_block() -> None:
    html = (
        '<article><p>One <a href="/">two</a></p></article>'
        '<div class="user-comments"><div hidden><p>Three</p></div></div><nav>Four</nav>'
    )
    markup = Markup(html)
    first, second, third = markup.block_element
    assert list(markup.block_linked) == [3, 0, 4]
    assert [markup.kind[at] for at in (first, second, third)] == [None, "comments", "navigation"]
    assert _lines(markup)["in_article"].tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<ul><li><a>One</a><li><a>Two</a><li><a>Three</a></ul><p>Four</p>", ["One Two Three", "Four"]),
        ("<ul><li><a>One</a><li><a>Two</a><li><a>Three</a>, by us</ul>", ["One", "Two", "Three, by us"]),
        ("<ul><li><a>One</a><li><a>Two</a></ul>", ["One", "Two"]),
        ("<article><ul><li><a>One</a><li><a>Two</a><li><a>Three</a></ul></article>", ["One", "Two", "Three"]),
        ("<nav><div>One</div><ul><li><a>Two</a></ul></nav><p>Three", ["One Two", "Three"]),
        ("<nav><p>One</p><p>Two</p></nav>", ["One", "Two"]),
        ("<footer><p>One</p><p>Two</p></footer>", ["One Two"]),
        ("<footer><h1>One</h1><p>Two</p></footer>", ["One", "Two"]),
        ("<header><h1><a>One</a></h1><div><a>Two</a></div><div><a>Three</a></div></header>", ["One", "Two", "Three"]),
    ],
)
def test_menus_and_lists_of_links_are_one_block(html: str, blocks: list[str]) -> None:
    markup = Markup(html)
    assert list(markup.block_text) == blocks
    for text, nodes in zip(markup.block_text, markup.block_nodes, strict=True):
        assert " ".join("".join(nodes).split()) == text


def test_only_elements_that_hold_blocks_are_kept() -> None:
    html = (
        '<div class="banner"><div></div><div> </div></div><nav><ul><li><a>One</a></ul></nav>'
        '<div class="Kommentare COMMENTS"><p>Two</p></div>'
    )
    markup = Markup(html)
    assert list(markup.block_text) == ["One", "Two"]
    assert list(markup.parent) == [-1, 0, 0, 2]
    assert list(markup.depth) == [0, 1, 1, 2]
    assert list(markup.block_element) == [1, 3]
    assert list(markup.kind) == [None, "navigation", "comments", "comments"]


@pytest.mark.parametrize("row", rows("furniture"), ids=lambda row: row["words"].split()[0])
def test_each_row_of_furniture_knows_its_example(row: dict[str, str]) -> None:
    assert Blocks(Markup(f"<p>{row['example']}</p>"), None).shapes.furniture.tolist() != [0]
    assert set(row["example"].lower().replace(":", " ").split()) & set(row["words"].split())


TAGS = st.sampled_from(["<p>", "</p>", "<div class=comments>", "</div>", "<li>", "<h1>", "</h1>", "<td>", "<b>", "<a>"])
WORDS = st.sampled_from(["The bridge was shut on Tuesday.", "Share", "橋は閉鎖された。", "17", "…", "\n", "🌉"])


@settings(deadline=None)
@given(st.lists(st.one_of(TAGS, WORDS), max_size=40))
def test_every_block_has_a_figure_for_every_feature(parts: list[str]) -> None:
    markup = Markup("".join(parts))
    if not markup.block_text:
        return
    names, lines = features(Blocks(markup, "The bridge"), "The bridge was shut")
    assert lines.shape == (len(names), len(markup.block_text))
    assert np.isfinite(lines).all()


def test_the_model_asks_for_the_features_that_there_are() -> None:
    trees = shipped("pages", "html")
    assert trees is not None
    assert trees.names == tuple(_lines(Markup("<p>One</p>")))


def _lines(markup: Markup) -> dict[str, NDArray[np.float32]]:
    names, lines = features(Blocks(markup, None), None)
    return dict(zip(names, lines, strict=True))
