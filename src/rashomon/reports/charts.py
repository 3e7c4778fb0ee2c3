"""Numbers as pictures: value against time, one shape and colour a source, drawn by Vega-Lite.

The charts are laid out in fixed pixels and carry fixed sentinel colours (`SERIES`, `INK`, `SOFT`, `GRID`), which the
page that holds them recolours by its own style sheet. They hold labels and figures only, never words of a page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from rashomon.model import Scalar
from rashomon.stories.dates import stretch

WIDTH, HEIGHT, BETWEEN = 400, 230, 24
"""Pixels of the dated and undated parts together, of their height, and of what parts them."""
STRIP, WIDEST, EACH = 56, 160, 32
"""Pixels of the undated part beside a dated one: at least, at most, and for each of its values."""
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#5b3a8c", "#7a7a7a")
"""Okabe and Ito's colours, with yellow darkened and black replaced so that they stand on light and on dark."""
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "triangle-right", "triangle-left")
INK, SOFT, GRID = "#1a1a1a", "#6b6b6b", "#dddddd"
_DAY = 86_400_000
_NEAR, _SIDE, _LETTER, _ARROW = 11, 5, 9, 22


class Given(NamedTuple):
    """One value as one source gives it."""

    label: str
    """The source's short label."""
    series: int
    """Which shape and colour it has, from 0."""
    since: str | None
    """ISO 8601, of whatever precision; None where undated."""
    low: Scalar | None
    high: Scalar | None
    qualifier: str


class _Frame(NamedTuple):
    """The scales: what a pixel is worth."""

    low: float
    high: float
    log: bool
    first: float
    last: float
    width: int
    strip: int
    undated: int
    """How many values have no date."""

    def y(self, value: float) -> float:
        """Pixels from the bottom."""
        low, high, at = (math.log(each) if self.log else each for each in (self.low, self.high, value))
        return HEIGHT * (at - low) / (high - low)

    def value(self, pixels: float) -> float:
        low, high = (math.log(each) if self.log else each for each in (self.low, self.high))
        at = low + (high - low) * pixels / HEIGHT
        return math.exp(at) if self.log else at

    def x(self, moment: float) -> float:
        return self.width * (moment - self.first) / (self.last - self.first)

    def moment(self, pixels: float) -> float:
        return self.first + (self.last - self.first) * pixels / self.width


def look(series: int) -> tuple[int, int]:
    """The numbers of a source's colour and shape: no two of the first 64 sources have both in common."""
    return (series + series // len(SERIES)) % len(SERIES), series % len(SHAPES)


def values_chart(given: Sequence[Given]) -> str | None:
    """The values as an SVG of about `WIDTH` by `HEIGHT` pixels; None where no value has an end to be drawn at."""
    drawn = [each for each in given if each.low is not None or each.high is not None]
    if not drawn:
        return None
    frame = _frame(drawn)
    from rashomon.reports.html.svg import cleaned

    return cleaned(_drawn(_spec(_rows(drawn, frame), frame)))


def _drawn(spec: dict[str, Any]) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))


def _ends(each: Given) -> tuple[float, float]:
    """Both ends of a value; an open one is the other."""
    low = each.high if each.low is None else each.low
    high = each.low if each.high is None else each.high
    assert low is not None
    assert high is not None
    return float(low), float(high)


def _frame(given: Sequence[Given]) -> _Frame:
    ends = [end for each in given for end in _ends(each)]
    low, high = min(ends), max(ends)
    log = low > 0 and high / low >= 40
    if log:
        low, high = low / 1.6, high * 1.6
    else:
        pad = (high - low) * 0.2 or abs(high) * 0.2 or 1.0
        low, high = (max(0.0, low - pad) if low >= 0 else low - pad), high + pad
    moments = [edge * 1000 for each in given if (known := stretch(each.since)) for edge in known]
    undated = len(given) - len(moments) // 2
    if not moments:
        return _Frame(low, high, log, 0.0, 1.0, 0, WIDTH, undated)
    strip = min(WIDEST, max(STRIP, EACH * undated)) if undated else 0
    first, last = min(moments), max(moments)
    pad = max((last - first) * 0.08, _DAY / 4)
    return _Frame(low, high, log, first - pad, last + pad * 1.6, WIDTH - strip - BETWEEN, strip, undated)


def _rows(given: Sequence[Given], frame: _Frame) -> list[dict[str, Any]]:
    """One row a mark, in data units. Dated marks that would cover one another stand side by side; so do all undated."""
    taken: list[tuple[float, float, float]] = []
    rows: list[dict[str, Any]] = []
    for each in sorted(given, key=lambda each: (each.since or "", len(each.label), each.label)):
        known = stretch(each.since)
        dated = known is not None
        low, high = _ends(each)
        at = high if each.qualifier == "at_most" and each.low is None else (low + high) / 2
        y = frame.y(at)
        label = ("≈" if each.qualifier == "about" else "") + each.label
        if known is None:
            place = (sum(not row["dated"] for row in rows) + 0.5) / frame.undated
        else:
            reach = _LETTER * len(label)
            x = frame.x(known[0] * 1000)
            while any(abs(x - left) < max(_NEAR, (reach + wide) / 2) and abs(y - top) < 2 * _NEAR
                      for left, top, wide in taken):  # fmt: skip
                x += _SIDE
            taken.append((x, y, reach))
            place = frame.moment(x)
        open_up, open_down = each.high is None, each.low is None
        tip = frame.value(y + (_ARROW if open_up else -_ARROW)) if open_up or open_down else None
        long = known is not None and known[1] - known[0] > 86_400
        rows.append(
            {
                "dated": dated,
                "x": place,
                "x2": known[1] * 1000 if known and long else None,
                "y": at,
                "low": low if low != high else None,
                "high": high if low != high else None,
                "tip": tip,
                "up": open_up,
                "label": label,
                "colour": str(look(each.series)[0]),
                "shape": str(look(each.series)[1]),
            }
        )
    return rows


def _spec(rows: list[dict[str, Any]], frame: _Frame) -> dict[str, Any]:
    """The Vega-Lite specification: the undated strip, then the dated part, on one scale of values."""
    import altair as alt

    parts: list[Any] = []
    for dated in (False, True):
        mine = [row for row in rows if row["dated"] == dated]
        if mine:
            parts.append(_part(mine, frame, dated, first=not parts))
    chart = alt.hconcat(*parts, spacing=24).resolve_scale(y="shared") if len(parts) > 1 else parts[0]
    chart = chart.configure(background="transparent").configure_view(stroke=None)
    chart = chart.configure_axis(
        labelColor=SOFT, gridColor=GRID, domain=False, tickColor=GRID, labelFontSize=12, labelPadding=6
    )
    spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec


def _part(rows: list[dict[str, Any]], frame: _Frame, dated: bool, first: bool) -> Any:
    """One of the two parts, as layers: spans of time, ranges with caps, arrows of open ends, marks, labels."""
    import altair as alt

    whole = all(row[end] is None or float(row[end]).is_integer() for row in rows for end in ("y", "low", "high"))
    axis = alt.Axis(title=None, labels=first, ticks=False, tickCount=5, format="~s" if frame.high >= 1e6 else ",~r",
                    values=_few(frame) if whole else alt.Undefined)  # fmt: skip
    scale = alt.Scale(domain=[frame.low, frame.high], type="log" if frame.log else "linear", nice=False, zero=False)
    y = alt.Y("y:Q", scale=scale, axis=axis)
    x = _time_axis(frame) if dated else _no_time()
    keys = [str(number) for number in range(len(SERIES))]
    colour = alt.Color("colour:N", scale=alt.Scale(domain=keys, range=list(SERIES)), legend=None)
    shape = alt.Shape("shape:N", scale=alt.Scale(domain=keys, range=list(SHAPES)), legend=None)

    def line(field: str, up: bool | None = None) -> Any:
        """A chart of the rows that have the field alone; None where there are none."""
        some = [row for row in rows if row[field] is not None and up in (None, row["up"])]
        return alt.Chart(alt.InlineData(values=some)).encode(x=x, color=colour) if some else None

    base = line("y")
    label = alt.Chart(alt.InlineData(values=rows)).mark_text(dy=16, fontSize=12, fontWeight="bold", color=INK)
    layers = [label.encode(x=x, y=y, text="label:N")]
    if spans := line("x2"):
        layers.append(spans.mark_rule(strokeWidth=5, opacity=0.35).encode(y=y, x2="x2:Q"))
    if ranges := line("low"):
        caps = ranges.mark_tick(size=12, thickness=2)
        layers += [ranges.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q"), y2="high:Q")]
        layers += [caps.encode(y=alt.Y("low:Q")), caps.encode(y=alt.Y("high:Q"))]
    if shafts := line("tip"):
        layers.append(shafts.mark_rule(strokeWidth=2).encode(y=y, y2="tip:Q"))
    for up, head in ((True, "triangle-up"), (False, "triangle-down")):
        if heads := line("tip", up):
            layers.append(heads.mark_point(filled=True, opacity=1, shape=head, size=60).encode(y=alt.Y("tip:Q")))
    layers.append(base.mark_point(filled=True, opacity=1, size=110).encode(y=y, shape=shape))
    width = frame.width if dated else frame.strip
    return alt.layer(*layers).properties(width=width, height=HEIGHT)


def _few(frame: _Frame) -> Any:
    """Whole numbers to mark the axis at where they are few: halves of a person are not counted."""
    import altair as alt

    wide = frame.log or frame.high - frame.low > 6
    return alt.Undefined if wide else list(range(math.ceil(frame.low), math.floor(frame.high) + 1))


def _time_axis(frame: _Frame) -> Any:
    import altair as alt

    days = (frame.last - frame.first) / _DAY
    form, ticks = next(kept for limit, kept in _TICKS if days <= limit)
    count: Any = 5
    if ticks:
        unit, size = ticks
        count = alt.TimeIntervalStep(interval=unit, step=max(1, math.ceil(days / size / (frame.width / 75))))
    axis = alt.Axis(title=None, format=form, tickCount=count, labelOverlap="greedy", grid=False, labelFlush=False)
    domain = [_iso(frame.first), _iso(frame.last)]
    return alt.X("x:T", scale=alt.Scale(type="utc", domain=domain, nice=False), axis=axis)


def _iso(moment: float) -> Any:
    """Milliseconds as Vega-Lite's own date, which has no zone to be guessed."""
    import altair as alt

    at = datetime.fromtimestamp(moment / 1000, UTC)
    return alt.DateTime(
        year=at.year, month=at.month, date=at.day, hours=at.hour, minutes=at.minute, seconds=at.second, utc=True
    )


_TICKS: tuple[tuple[float, tuple[str, tuple[Any, float] | None]], ...] = (
    (1.5, ("%H:%M", None)),
    (70, ("%-d %b", ("day", 1))),
    (800, ("%b %Y", ("month", 30.4))),
    (math.inf, ("%Y", None)),
)
"""Up to so many days: how times are written, and the unit of the ticks with its days."""


def _no_time() -> Any:
    import altair as alt

    axis = alt.Axis(title="undated", titleColor=SOFT, titleFontWeight="normal", titleFontSize=12, titlePadding=8,
                    labels=False, ticks=False, grid=False)  # fmt: skip
    return alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis)
