"""What is made when somebody looks: once, and to whoever looks a plain tuple."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

import rashomon
from rashomon.later import Later
from rashomon.spans import apply

HTML = (
    "<html><body><nav><a href='/'>Home</a></nav><article><h1>Bridge shut</h1>"
    "<p>The harbour bridge was shut on Tuesday after engineers found cracks in two of its piers &amp; a cable.</p>"
    "<p>Some 4,000 drivers who use it every day were told to take the ferry, which will run until Friday.</p>"
    "</article><footer>Copyright 2031</footer></body></html>"
)
LOOKS: tuple[Callable[[Later[int]], Any], ...] = (len, list, hash, lambda one: one[1], lambda one: one == (1, 2, 3))


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_made_once_when_somebody_looks(look: Callable[[Later[int]], Any]) -> None:
    made: list[int] = []

    def make() -> tuple[int, ...]:
        made.append(1)
        return (1, 2, 3)

    later = Later(make)
    assert repr(later) == "<made when looked at>"
    assert not made
    assert look(later) == look((1, 2, 3))  # type: ignore[arg-type]
    look(later)
    assert made == [1]
    assert repr(later) == "(1, 2, 3)"


def test_it_is_pickled_as_a_tuple() -> None:
    found = pickle.loads(pickle.dumps(Later(lambda: (1, 2))))
    assert type(found) is tuple
    assert found == (1, 2)


def test_a_page_s_plan_and_dropped_parts_are_made_when_somebody_looks() -> None:
    page, again = rashomon.read_page(HTML), rashomon.read_page(HTML)
    assert repr(page.plan) == repr(page.dropped) == "<made when looked at>"
    assert apply(page.plan, HTML) == page.text
    assert page.text.startswith("The harbour bridge")
    assert page.plan == again.plan
    assert rashomon.to_json(again)["plan"] == [list(edit) for edit in rashomon.to_json(list(page.plan))]
    assert "Bridge shut" in {part.text for part in page.dropped}
