"""PDF: reading order, paragraphs, furniture, what the file says of itself, and files that cannot be read."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from rashomon.errors import PageError
from rashomon.pages import read
from rashomon.pages.decode import decode
from rashomon.pages.flow import flowed
from rashomon.pages.layout import Line, in_order, written
from rashomon.pages.tables import rows
from rashomon.spans import Map, apply

Placed = tuple[float, float, float, str]
"""Left, bottom, size, text."""


def made(*sheets: list[Placed], info: str = "", packed: bool = False, extra: bytes = b"") -> bytes:
    """A PDF of lines of Helvetica."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in sheets:
        drawn = "".join(
            f"BT /F1 {size} Tf {left} {bottom} Td ({re.sub(r'([()])', r'|1', text).replace('|', chr(92))}) Tj ET\n"
            for left, bottom, size, text in lines
        ).encode("latin-1")
        drawn = zlib.compress(drawn) if packed else drawn
        how = b"/Filter /FlateDecode " if packed else b""
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (how, len(drawn), drawn))
        fonts = b"/Resources << /Font << /F1 3 0 R >> >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R " + fonts + b" >>"
        objects.append(page % len(objects))
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    objects.append(f"<< {info} >>".encode("latin-1"))
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R %s>>\n" % (len(objects) + 1, len(objects), extra)
    return out + table + trailer + b"startxref\n%d\n%%%%EOF" % len(out)


def column(left: float, top: float, lines: str, size: float = 10) -> list[Placed]:
    """Lines one below the other."""
    return [(left, top - at * size * 1.2, size, line) for at, line in enumerate(lines.split("\n"))]


BODY = """The harbour bridge of Ormsk was shut on Tuesday after engineers found
cracks in two of its piers, the port authority said in a statement that
was sent to newspapers. Nobody was hurt, and the well-known ferry com-
pany promised that its boats would run every ten minutes until the
investigation of the construction was finished."""
MORE = """Ilse Brandt, who heads the department, said that the cracks had been
growing for a year. The mayor of the town called the closure a heavy
blow and asked the government to pay for a new bridge."""
FIRST = (
    "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers, the port "
    "authority said in a statement that was sent to newspapers. Nobody was hurt, and the well-known ferry company "
    "promised that its boats would run every ten minutes until the investigation of the construction was finished."
)
SECOND = (
    "Ilse Brandt, who heads the department, said that the cracks had been growing for a year. The mayor of the town "
    "called the closure a heavy blow and asked the government to pay for a new bridge."
)
HEAD = [*column(60, 780, "Harbour bridge of Ormsk is shut", 20), *column(60, 750, "By Rosa Veld\n3 May 2031")]


@pytest.mark.parametrize("packed", [False, True])
def test_an_article(packed: bool) -> None:
    raw = made([*HEAD, *column(60, 700, BODY), *column(60, 630, MORE)], packed=packed)
    page = read(raw, "a.pdf")
    assert page.title == "Harbour bridge of Ormsk is shut"
    assert page.authors == ("Rosa Veld",)
    assert (page.published.value, page.published.basis) == ("2031-05-03", "stated")
    assert page.text == f"{FIRST}\n\n{SECOND}"
    assert apply(page.plan, decode(raw).text) == page.text


def test_text_leads_back_to_the_sheet() -> None:
    raw = made([*HEAD, *column(60, 700, BODY)])
    page, laid = read(raw), decode(raw).text
    places = Map(page.plan, len(laid))
    assert page.text
    for match in re.finditer(r"\w+", page.text):
        left, right = places.back(match.start(), match.end())
        assert re.sub(r"-\n", "", laid[left:right]) == match[0]


def test_columns_are_read_one_after_the_other() -> None:
    left, right = column(60, 600, BODY, 6), column(310, 600, MORE, 6)
    woven = [line for pair in zip(left, [*right, *right][: len(left)], strict=True) for line in pair]
    for lines in ([*left, *right], [*right, *left], list(dict.fromkeys(woven))):
        text = read(made([*HEAD, *lines])).text
        assert text == f"{FIRST}\n\n{SECOND}"


def test_a_paragraph_goes_on_over_columns_and_sheets() -> None:
    lines = BODY.split("\n")
    top, rest = "\n".join(lines[:2]), "\n".join(lines[2:])
    assert read(made([*HEAD, *column(60, 700, top)], [*column(60, 780, rest), *column(60, 700, MORE)])).text == (
        f"{FIRST}\n\n{SECOND}"
    )
    assert read(made([*HEAD, *column(60, 400, top, 6), *column(310, 400, rest, 6)])).text == FIRST


def test_what_stands_on_every_sheet_is_left_out() -> None:
    def furniture(number: int) -> list[Placed]:
        return [(60, 815, 8, "Ormsk Herald - 4 May 2031"), (500, 20, 8, f"Page {number} of 3")]

    sheets = [[*furniture(1), *HEAD, *column(60, 700, BODY)]]
    sheets += [[*furniture(at), *column(60, 780, MORE.replace("a year", f"{at} years"))] for at in (2, 3)]
    page = read(made(*sheets))
    assert page.published.value == "2031-05-03"
    assert "Herald" not in page.text
    assert "Page" not in page.text
    assert page.text.startswith(FIRST)
    assert sum(part.text.startswith("Page ") for part in page.dropped) == 3


def test_what_a_browser_prints_around_a_sheet_is_left_out() -> None:
    around = [(30, 825, 8, "05/06/2031, 14:05 Bridge shut"), (30, 15, 8, "https://ormsk.example/a 1/1")]
    page = read(made([around[0], *HEAD[:1], *column(60, 700, BODY), around[1]]))
    assert page.text == FIRST
    assert page.published.value is None


def test_what_the_file_says_of_itself_is_a_fall_back() -> None:
    info = "/Title (Bridge closure in Ormsk) /Author (Rosa Veld) /CreationDate (D:20310506120000Z)"
    page = read(made(column(60, 700, BODY), info=info))
    assert (page.title, page.authors) == ("Bridge closure in Ormsk", ("Rosa Veld",))
    assert (page.published.value, page.published.basis) == ("2031-05-06", "inferred")
    assert "PDF was made on 2031-05-06" in page.published.why
    page = read(made([*HEAD, *column(60, 700, BODY)], info=info.replace("Rosa Veld", "Another Person")))
    assert (page.title, page.published.value) == ("Harbour bridge of Ormsk is shut", "2031-05-03")
    assert page.authors == ("Rosa Veld",)


@pytest.mark.parametrize("maker", ["/Producer (Skia/PDF m131)", "/Creator (Mozilla/5.0 \\(X11\\) Chromium)"])
def test_when_a_browser_printed_a_page_is_when_it_was_captured(maker: str) -> None:
    page = read(made(column(60, 700, BODY), info=f"{maker} /CreationDate (D:20310506120000Z)"))
    assert (page.published.value, page.captured) == (None, "2031-05-06")
    assert page.published.why.endswith("It was captured on 2031-05-06, and is no later.")


@pytest.mark.parametrize(
    "info", ["/Title (Microsoft Word - brief.docx)", "/Title (out.indd)", "/CreationDate (D:0)", "/Title ()"]
)
def test_what_says_nothing_is_not_taken(info: str) -> None:
    page = read(made(column(60, 700, BODY), info=info))
    assert (page.title, page.published.value) == (None, None)


def test_a_pdf_without_text_is_a_gap() -> None:
    page = read(made([]))
    assert page.text == ""
    assert any("OCR" in gap.why for gap in page.gaps)


def test_a_locked_pdf_is_a_sentence() -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(a) (a)] " % (b"o" * 32, b"u" * 32)
    with pytest.raises(PageError, match="locked by a password"):
        read(made(column(60, 700, BODY), extra=lock))


@pytest.mark.parametrize("raw", [b"%PDF-1.4\n", b"%PDF-1.7\n" + b"\x00" * 5000, made([])[:300]])
def test_a_damaged_pdf_is_a_sentence(raw: bytes) -> None:
    with pytest.raises(PageError, match="damaged"):
        read(raw)


@pytest.mark.parametrize("row", rows("hyphens"), ids=lambda row: row["first"])
def test_hyphens_of_compounds_stay(row: dict[str, str]) -> None:
    first, second = row["example"].split("- / ") if "- / " in row["example"] else row["example"].split(" / ")
    first = first.rstrip("-")
    assert flowed(f"They spoke of {first}-\n{second}.").text == f"They spoke of {first}-{second}."


@pytest.mark.parametrize(
    ("laid", "text"),
    [
        ("the govern-\nment said", "the government said"),
        ("the Anglo-\nSaxon world", "the Anglo-Saxon world"),
        ("in 2030-\n31 they", "in 2030- 31 they"),
        ("the dam-side road, the dam-\nside road", "the dam-side road, the dam-side road"),
        ("The first line ends here.\nThe next one", "The first line ends here. The next one"),
        ("Heading\n\nThe text begins.", "Heading\n\nThe text begins."),
        ("the long line of a paragraph that\n\nends on the next", "the long line of a paragraph that ends on the next"),
        ("the long line of a paragraph that\fends on the next", "the long line of a paragraph that ends on the next"),
        ("the long line of a para-\fgraph on the next sheet", "the long line of a paragraph on the next sheet"),
        ("", ""),
        ("\f\f", ""),
        ("\n\n", ""),
    ],
)  # fmt: skip
def test_lines_become_paragraphs(laid: str, text: str) -> None:
    flow = flowed(laid)
    assert flow.text == text
    assert apply(flow.plan, laid) == text


def test_sheets_of_many_pieces_keep_the_order_in_which_they_were_drawn() -> None:
    lines = [
        Line(f"cell {at}", (at % 10) * 50, 800 - at * 5, (at % 10) * 50 + 30, 808 - at * 5, 8) for at in range(400)
    ]
    assert written(in_order(lines, 842)).split("\n\n")[:2] == ["cell 0", "cell 1"]


def test_printed_by_a_browser() -> None:
    """Chromium's own PDF of a page of ours, where the browser is at hand."""
    import os
    import shutil
    import subprocess
    import tempfile

    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not browser:
        pytest.skip("there is no Chromium here to print with")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.html"
        article = "".join(f"<p>{FIRST} Number {at}.</p><p>{SECOND} Number {at}.</p>" for at in range(8))
        style = "<style>body{font-family:serif} div{column-count:2;text-align:justify;hyphens:manual}</style>"
        source.write_text(f"<html>{style}<h1>Harbour bridge of Ormsk is shut</h1><p>3 May 2031</p><div>{article}</div>")
        out = Path(folder) / "a.pdf"
        call = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out}", source.as_uri()]
        done = subprocess.run(call, capture_output=True, timeout=60, check=False)
        assert out.exists(), done.stderr.decode("utf-8", "replace")
        page = read(out.read_bytes())
    assert page.title == "Harbour bridge of Ormsk is shut"
    assert page.published.value == "2031-05-03"
    assert page.text.split("\n\n") == [f"{part} Number {at}." for at in range(8) for part in (FIRST, SECOND)]
