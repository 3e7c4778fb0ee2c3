"""What is handed in beside a capture, checked: UsageError where it cannot be what it is said to be."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, get_args

from rashomon.errors import PageError, UsageError
from rashomon.model import Dated, Gap, PageKind

_KEYS = (
    *("title", "authors", "published", "modified", "source", "canonical", "category", "tags", "kind", "language"),
    *("text", "encoding", "captured", "credits"),
)
_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]+)*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PATH = re.compile(r"(?:[\w~.%+@()-][\w~.%+@()\s-]*:?)?(?:[/\\][^/\\\n]+)*\.(?:x?html?|te?xt|json|xml|pdf|warc|gz)")
_ADDRESS = re.compile(r"(?:https?|file|ftp)://\S+", re.I)
_ISO = "as ISO 8601 has it: 2024-10-21, 2024-10, 2024-10-21T14:00:00+00:00, or an interval 2024-10-21/2024-10-24"


class Known(NamedTuple):
    """What the caller knows of a page; None for what he does not."""

    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: Dated | None = None
    source: str | None = None
    language: str | None = None
    text: str | None = None
    encoding: str | None = None
    """The charset that a server or a message named beside the capture."""
    captured: str | None = None
    """When the capture was made: an upper bound of the date of publication."""
    modified: Dated | None = None
    canonical: str | None = None
    category: str | None = None
    tags: tuple[str, ...] | None = None
    kind: PageKind | None = None
    credits: tuple[str, ...] | None = None
    gaps: tuple[Gap, ...] = ()


def checked(known: Mapping[str, Any] | None) -> Known:
    """What is known, each part of its own type; empty parts are not known."""
    if known is None:
        return Known()
    if not isinstance(known, Mapping):
        raise UsageError(f"known is a dict (keys {', '.join(_KEYS)}), not {_kind(known)}")
    if strange := [key for key in known if key not in _KEYS]:
        raise UsageError(f"known has no key {strange[0]!r}; its keys are {', '.join(_KEYS)}")
    given = {key: value for key, value in known.items() if value is not None and value != "" and value != ()}
    text = _text(given, "text")
    whole = text is None or not _SURROGATE.search(text)
    lost = Gap("characters", "The text given has surrogates without their partners, which became U+FFFD.")
    return Known(
        title=_text(given, "title"),
        authors=_names(given, "authors"),
        published=_dated(given, "published"),
        source=_text(given, "source"),
        language=_language(_text(given, "language")),
        text=text if text is None or whole else _SURROGATE.sub("\ufffd", text),
        encoding=_text(given, "encoding"),
        captured=_captured(given.get("captured")),
        modified=_dated(given, "modified"),
        canonical=_text(given, "canonical"),
        category=_text(given, "category"),
        tags=_names(given, "tags"),
        kind=_page_kind(_text(given, "kind")),
        credits=_names(given, "credits"),
        gaps=() if whole else (lost,),
    )


def capture(raw: object) -> bytes | str:
    """The capture as bytes or text; PageError where it is neither, or where it names a page instead of being one."""
    if isinstance(raw, bytearray | memoryview):
        return bytes(raw)
    if isinstance(raw, os.PathLike):
        raise PageError("This is a path and no page: hand in its bytes, as in read_page(path.read_bytes(), path).")
    if not isinstance(raw, bytes | str):
        raise PageError(f"A page is bytes or text, not {_kind(raw)}: hand in the page itself.")
    if isinstance(raw, str) and len(raw) < 2000:
        line = raw.strip()
        if _ADDRESS.fullmatch(line):
            raise PageError("This is an address and no page: fetch it, and hand in the bytes that come.")
        if "\n" not in line and _PATH.fullmatch(line):
            raise PageError("This looks like a file's name and not like a page: hand in the bytes of the file.")
    return raw


def address(given: object) -> str | None:
    """The address as text, with U+FFFD for what no text can hold; UsageError where it is no address."""
    if given is None:
        return None
    if not isinstance(given, str | bytes | os.PathLike):
        raise UsageError(f"an address is a path or a URL, not {_kind(given)}")
    return _SURROGATE.sub("\ufffd", os.fsdecode(given))


def _kind(value: object) -> str:
    return f"of the type {type(value).__name__}"


def _text(given: Mapping[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise UsageError(f"known[{key!r}] is text (str), not {_kind(value)}")
    return value if key == "text" else _SURROGATE.sub("\ufffd", value)


def _names(given: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    value = given.get(key)
    if value is None:
        return None
    names = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, Iterable) else (None,)
    if isinstance(value, bytes | Mapping | set | frozenset) or not all(isinstance(name, str) for name in names):
        raise UsageError(f"known[{key!r}] is a list of names (str), not {value!r:.80}")
    return tuple(_SURROGATE.sub("\ufffd", str(name)) for name in names if name) or None


def _page_kind(value: str | None) -> PageKind | None:
    kinds: tuple[PageKind, ...] = get_args(PageKind)
    if value is not None and value not in kinds:
        raise UsageError(f"known['kind'] is one of {', '.join(kinds)}; not {value!r:.80}")
    return next((kind for kind in kinds if kind == value), None)


def _language(value: str | None) -> str | None:
    """The tag's first part in lower case: "en" of "en-GB"."""
    if value is None:
        return None
    tag = _TAG.fullmatch(value.strip())
    if tag is None:
        raise UsageError(f"known['language'] is a code such as en or en-GB (ISO 639-1), not {value!r:.80}")
    return tag[1].lower()


def _captured(value: object) -> str | None:
    """When the capture was made: one time, since nobody captures over days."""
    if value is None:
        return None
    written = value.isoformat() if isinstance(value, date) else value
    found = _iso(written.strip()) if isinstance(written, str) else None
    if found is None:
        raise UsageError(
            f"known['captured'] is a date or time in ISO 8601 (2024-10-21T14:00:00+00:00), not {value!r:.80}"
        )
    return found


def _dated(given: Mapping[str, Any], key: str) -> Dated | None:
    """The date with the precision that it has; an interval is kept as one, and is no statement.

    A `Dated` is taken as it is, but for its value, which is checked: whoever hands one in says how it is known.
    """
    value = given.get(key)
    if isinstance(value, Dated):
        return value if value.value is not None and _dated({key: value.value}, key) else None
    if value is None:
        return None
    written = value.isoformat() if isinstance(value, date) else value
    if not isinstance(written, str):
        raise UsageError(f"known[{key!r}] is a date {_ISO}; not {_kind(value)}")
    ends = [_iso(part.strip()) for part in written.split("/")]
    if len(ends) > 2 or None in ends or ends[0][:10] > ends[-1][:10]:  # type: ignore[index]
        raise UsageError(f"known[{key!r}] is a date {_ISO}; not {written!r:.80}")
    if len(ends) == 2:
        return Dated("/".join(map(str, ends)), "inferred", "Given by the caller, as an interval.")
    return Dated(ends[0], "stated", "Given by the caller.")


def _iso(text: str) -> str | None:
    """A date or time in the extended form, or None where it is no such thing."""
    if _MONTH.fullmatch(text):
        return text
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text).isoformat()
        except ValueError:
            continue
    return None
