"""Charts: every source has a mark, whatever its values are, and the picture holds nothing that a policy forbids."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rashomon.reports.charts import SERIES, Given, _frame, _rows, values_chart

CASES = Path(__file__).parents[1] / "cases/reports/charts.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
dates = st.sampled_from([None, "2031", "2031-05", "2031-05-02", "2031-05-02T10:30", "2031-05-01/2031-05-04", "odd"])
amounts = st.one_of(st.none(), st.integers(-(10**9), 10**15), st.floats(-1e9, 1e15, allow_nan=False))


@pytest.mark.parametrize("row", ROWS, ids=[row["reason"] for row in ROWS])
def test_each_value_is_drawn(row: dict[str, Any]) -> None:
    given_values = [Given(label, number, *rest) for number, (label, *rest) in enumerate(row["given"])]
    svg = values_chart(given_values)
    if not row["drawn"]:
        assert svg is None
        return
    assert svg is not None
    root = etree.fromstring(svg)
    texts = ["".join(text.itertext()) for text in root.iter("{*}text")]
    for words in row["drawn"]:
        assert words in texts
    assert ("undated" in texts) == row["undated"]
    for number in range(len(given_values)):
        assert SERIES[number] in svg
    for element in root.iter():
        assert not {name for name in map(str, element.attrib) if name in {"style", "id", "href"} or name[:2] == "on"}


@given(st.lists(st.tuples(dates, amounts, amounts), min_size=1, max_size=8))
def test_every_mark_lies_inside_its_frame(values: list[tuple[str | None, float | None, float | None]]) -> None:
    marks = []
    for number, (since, low, high) in enumerate(values):
        if low is not None and high is not None:
            marks.append(Given("A", number, since, min(low, high), max(low, high), "between"))
        elif low is not None or high is not None:
            marks.append(Given("A", number, since, low, high, "at_least" if high is None else "at_most"))
    if not marks:
        return
    frame = _frame(marks)
    assert frame.high > frame.low
    rows = _rows(marks, frame)
    assert len(rows) == len(marks)
    for row in rows:
        assert frame.low <= row["y"] <= frame.high
        assert all(math.isfinite(row[key]) for key in ("x", "y"))
