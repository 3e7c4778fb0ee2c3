"""Saved feeds: an entry is a page, with the fullest content that there is of it."""

from __future__ import annotations

import io

import pytest

from rashomon import run
from rashomon.model import Page, PageGap
from rashomon.pages import Capture
from rashomon.pages.feeds import captures
from rashomon.pages.tables import rows

TEXT = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers. " * 4
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" {SPACES}><channel><title>Ormsk Herald</title><language>en-gb</language>
<item><title>Bridge &amp;amp; ferry</title><link>https://ormsk.example/a</link><dc:creator>Rosa Veld</dc:creator>
<pubDate>Sat, 03 May 2031 14:00:00 GMT</pubDate><description>The bridge is shut.</description>
<media:title>A photograph</media:title>
<content:encoded><![CDATA[<p>{TEXT}</p><p>“Nobody was hurt,” said Ilse Brandt.</p>]]></content:encoded></item>
<item><title>Second</title><guid isPermaLink="true">https://ormsk.example/b</guid>
<description>&lt;p&gt;The ferry runs every ten minutes.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Ormsk Herald</title>
<entry><title type="html">Bridge &lt;b&gt;shut&lt;/b&gt;</title><link rel="self" href="https://ormsk.example/self"/>
<link href="https://ormsk.example/a"/><author><name>Rosa Veld</name><email>a@b.example</email></author>
<published>2031-05-03T14:00:00Z</published><updated>2031-05-04T14:00:00Z</updated><summary>Shut.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry>
<entry><title>Plain</title><content type="text">{TEXT}</content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>
<channel><title>Ormsk Herald</title></channel>
<item rdf:about="x"><title>Bridge shut</title><link>https://ormsk.example/a</link><dc:date>2031-05-03</dc:date>
<description>{TEXT}</description></item></rdf:RDF>"""


def items(feed: str | bytes) -> list[Capture | PageGap]:
    """What the reader makes of a feed."""
    return list(captures(io.BytesIO(feed.encode() if isinstance(feed, str) else feed), "feed.xml"))


def pages(feed: str | bytes) -> list[Page]:
    """The pages of a feed without gaps."""
    found = items(feed)
    assert all(isinstance(item, Capture) for item in found), found
    return [run.read_capture(item) for item in found if isinstance(item, Capture)]


def test_rss() -> None:
    first, second = pages(RSS)
    assert (first.address, first.title, first.source) == ("https://ormsk.example/a", "Bridge & ferry", "Ormsk Herald")
    assert first.authors == ("Rosa Veld",)
    assert (first.published.value, first.published.basis) == ("2031-05-03T14:00:00+00:00", "stated")
    assert first.text.startswith("The harbour bridge of Ormsk")
    assert first.text.endswith("said Ilse Brandt.")
    assert second.address == "https://ormsk.example/b"
    assert second.kind == "stub"


def test_atom() -> None:
    first, second = pages(ATOM)
    assert (first.address, first.title, first.authors) == ("https://ormsk.example/a", "Bridge shut", ("Rosa Veld",))
    assert first.published.value == "2031-05-03T14:00:00+00:00"
    assert first.text == second.text == TEXT.strip()
    assert second.address == "feed.xml#2"


def test_rss_1() -> None:
    [page] = pages(RDF)
    assert (page.title, page.published.value, page.source) == ("Bridge shut", "2031-05-03", "Ormsk Herald")


@pytest.mark.parametrize("row", rows("feed_elements"), ids=lambda row: f"{row['namespace']} {row['name']}")
def test_elements(row: dict[str, str]) -> None:
    prefix = f"{row['example'][1:].partition(':')[0]}" if ":" in row["example"].split(">")[0].split()[0] else ""
    space = f'xmlns{":" if prefix else ""}{prefix}="{row["namespace"]}"'
    body = row["example"] if row["field"] == "html" else row["example"] + "<description>The dam broke.</description>"
    entry = f"<entry {space}>{body}</entry>" if prefix or row["namespace"] else f"<item>{body}</item>"
    if row["namespace"] and not prefix and row["field"] != "html":
        entry = f"<entry {space}>{row['example']}<summary>The dam broke.</summary></entry>"
    [item] = items(f"<rss>{entry}</rss>")
    assert isinstance(item, Capture), item
    assert b"The dam broke." in item.raw
    if row["field"] == "address":
        assert item.address == "https://ormsk.example/a"
    elif row["field"] != "html":
        assert row["field"] in (item.known or {})


def test_a_wrong_declaration_does_no_harm() -> None:
    feed = RSS.replace("utf-8", "iso-8859-1").replace("Nobody was hurt", "Müller wasn’t hurt")
    assert "“Müller wasn’t hurt,”" in pages(feed)[0].text
    assert "“Müller wasn’t hurt,”" in pages(feed.encode("utf-16"))[0].text
    assert "“Müller wasn’t hurt,”" in pages(feed.encode("cp1252"))[0].text


BOMB = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lollollol">{BOMB}]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("entity", [BOMB, OUTSIDE])
def test_entities_are_not_expanded(entity: str) -> None:
    name = "l11" if "lollollol" in entity else "x"
    entry = f"<item><title>&{name};</title><description>{TEXT}&{name};</description></item>"
    feed = f"{entity}<rss><channel>{entry}</channel></rss>"
    [item] = items(feed)
    if isinstance(item, Capture):
        assert len(item.raw) < 2000
        assert b"root:" not in item.raw
        assert b"lollol" not in item.raw


@pytest.mark.parametrize(
    "feed",
    ["<rss></rss>", "<rss><channel><title>x</title></channel></rss>", "<rss", "<feed>", "<rss><item/></rss>"],
)
def test_a_feed_without_pages_is_a_gap(feed: str) -> None:
    found = items(feed)
    assert found
    assert all(isinstance(item, PageGap) and item.why.endswith(".") for item in found)


def test_a_cut_feed_says_so() -> None:
    found = items(RSS[: RSS.index("Second")])
    assert isinstance(found[0], Capture)
    assert isinstance(found[-1], PageGap)
    assert "damaged" in found[-1].why
