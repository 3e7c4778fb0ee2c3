"""What reads a page in the benchmark of pages: rashomon, others' tools that are installed, two ways of doing little.

Each takes a row of a set and gives what it found of text, title, authors, published and tags; a key that it leaves out
it does not look for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from gold.rows import Row

Reader = Callable[[Row], Row]
PACE = "trafilatura default"
"""The one that the others' times are measured by."""


def ours(row: Row) -> Row:
    from rashomon.errors import PageError
    from rashomon.pages import read

    try:
        page = read(row.get("html") or row["text"], row.get("url"))
    except PageError:
        return {"title": None, "authors": (), "published": None, "tags": ()}
    found = {"text": page.text, "title": page.title, "authors": page.authors, "published": page.published.value}
    return {**found, "tags": page.tags, "credits": page.credits}


def mapped(row: Row) -> Row:
    """The same, and what is made of a page only when it is looked at: the plan that maps it back, what was dropped."""
    from rashomon.errors import PageError
    from rashomon.pages import read

    try:
        page = read(row["html"], row.get("url"))
    except PageError:
        return {"text": ""}
    return {"text": page.text, "plan": len(page.plan), "dropped": len(page.dropped)}


def _trafilatura(precision: bool) -> Reader:
    def read(row: Row) -> Row:
        from trafilatura import bare_extraction

        found = bare_extraction(
            row["html"], row.get("url"), favor_precision=precision, include_comments=False, with_metadata=True
        )
        if found is None or isinstance(found, dict):
            return {"title": None, "authors": (), "published": None, "tags": ()}
        got = {"text": found.text, "title": found.title, "authors": found.author or (), "published": found.date}
        return {**got, "tags": found.tags or ()}

    return read


def _resiliparse(row: Row) -> Row:
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(row["html"], main_content=True)}


def _newspaper(row: Row) -> Row:
    article = import_module("newspaper").Article(row.get("url") or "", fetch_images=False)
    article.download(input_html=row["html"])
    article.parse()
    date = article.publish_date.isoformat() if article.publish_date else None
    found = {"text": article.text, "title": article.title, "authors": article.authors, "published": date}
    return {**found, "tags": article.meta_keywords or article.tags}


def _readability(row: Row) -> Row:
    document = import_module("readability").Document(row["html"])
    body = import_module("lxml.html").fromstring(document.summary())
    return {"text": body.text_content(), "title": document.short_title()}


def _htmldate(extensive: bool) -> Reader:
    def read(row: Row) -> Row:
        from htmldate import find_date

        found = find_date(row["html"], extensive_search=extensive, original_date=True, url=row.get("url"))
        return {"published": found}

    return read


def _careful(read: Reader) -> Reader:
    """A peer that raises for a page has nothing on it."""

    def careful(row: Row) -> Row:
        try:
            return read(row)
        except Exception:
            return {"text": None, "title": None, "authors": (), "published": None, "tags": ()}

    return careful


def peers() -> tuple[dict[str, Reader], list[str]]:
    """The peers that are installed, and a sentence for each that is not."""
    known: tuple[tuple[str, str, Reader], ...] = (
        (PACE, "trafilatura", _trafilatura(False)),
        ("trafilatura precision", "trafilatura", _trafilatura(True)),
        ("resiliparse", "resiliparse", _resiliparse),
        ("newspaper4k", "newspaper", _newspaper),
        ("readability-lxml", "readability", _readability),
        ("htmldate", "htmldate", _htmldate(False)),
        ("htmldate extensive", "htmldate", _htmldate(True)),
    )
    missing = [f"{name} is not installed, so it is left out: pip install --group bench." for name, module, _ in known
               if find_spec(module) is None]  # fmt: skip
    return {name: _careful(read) for name, module, read in known if find_spec(module) is not None}, missing


def nothing(row: Row) -> Row:
    return {"text": row["text"]}


def long_lines(row: Row) -> Row:
    return {"text": "\n".join(line for line in row["text"].split("\n") if len(line.split()) >= 10)}
