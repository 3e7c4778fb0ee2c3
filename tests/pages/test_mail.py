"""Messages: the HTML part, what the headers tell, attachments, and pages saved as MHTML."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest

from rashomon import run
from rashomon.model import PageGap
from rashomon.pages import Capture
from rashomon.pages.mail import captures
from rashomon.pages.sniff import HEAD, kind

TEXT = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers. " * 4
HTML = f"<html><body><table><tr><td><p>{TEXT}</p><p>Müller’s ferry runs.</p></td></tr></table></body></html>"


def message(subject: str = "Bridge shut", plain: str | None = "See the web.", html: str | None = HTML) -> EmailMessage:
    """A newsletter."""
    out = EmailMessage()
    out["From"] = "Ormsk Herald <news@ormsk.example>"
    out["To"] = "reader@example.org"
    out["Subject"] = subject
    out["Date"] = "Sat, 03 May 2031 14:00:00 +0200"
    out["Message-ID"] = "<1@ormsk.example>"
    if plain is not None:
        out.set_content(plain)
    if html is not None:
        out.add_alternative(html, subtype="html") if plain is not None else out.set_content(html, subtype="html")
    return out


def found(raw: bytes | EmailMessage) -> list[Capture | PageGap]:
    """What the reader makes of a message."""
    return list(captures(io.BytesIO(raw if isinstance(raw, bytes) else bytes(raw)), "a.eml"))


def test_a_newsletter() -> None:
    [item] = found(message("=?utf-8?q?Br=C3=BCcke?= shut"))
    assert isinstance(item, Capture)
    page = run.read_capture(item)
    assert (page.title, page.source) == ("Brücke shut", "Ormsk Herald")
    assert (page.published.value, page.published.basis) == ("2031-05-03T14:00:00+02:00", "stated")
    assert "Date" in page.published.why
    assert "Müller’s ferry runs." in page.text


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
def test_charsets_and_transfer_encodings(charset: str, cte: str) -> None:
    mail = message(plain=None, html=None)
    mail.set_content(HTML.encode(charset), "text", "html", cte=cte)
    mail.set_param("charset", charset)
    [item] = found(mail)
    assert isinstance(item, Capture)
    assert "Müller’s ferry runs." in run.read_capture(item).text


def test_the_plain_part_where_the_html_has_no_text() -> None:
    [item] = found(message(plain=TEXT, html="<html><body><img src=x></body></html>"))
    assert isinstance(item, Capture)
    assert run.read_capture(item).text == TEXT.strip()


def test_flowed_lines_are_joined() -> None:
    raw = (
        b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
        b"The bridge of Ormsk was \r\nshut on Tuesday, the port \r\nsaid in a statement.\r\n\r\n"
        b"Nobody was hurt, it said.\r\n"
    )
    [item] = found(raw)
    assert isinstance(item, Capture)
    assert item.raw.startswith(b"The bridge of Ormsk was shut on Tuesday, the port said in a statement.\r\n")


def test_a_forwarded_message_is_not_the_forwarders() -> None:
    body = f"---------- Forwarded message ----------\nFrom: Herald <h@x.example>\nDate: 1 May 2031\n\n{TEXT}"
    [item] = found(message("Fwd: Bridge shut", plain=body, html=None))
    assert isinstance(item, Capture)
    assert item.known is not None
    assert item.known["title"] == "Bridge shut"
    assert not {"source", "published"} & set(item.known)


def test_attachments_that_are_pages() -> None:
    mail = message()
    mail.add_attachment(HTML.encode(), "text", "html", filename="second.html")
    mail.add_attachment(b"\x89PNG", "image", "png", filename="chart.png")
    mail.add_attachment(message("Inner"))
    items = found(mail)
    assert [item.address for item in items if isinstance(item, Capture)] == [
        "a.eml", "a.eml#second.html", "a.eml#attachment 2",
    ]  # fmt: skip
    assert items[-1].known["title"] == "Inner"  # type: ignore[union-attr, index]


def test_a_page_saved_by_a_browser() -> None:
    raw = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ormsk.example/a\r\n"
        "Subject: =?utf-8?Q?Bridge=20shut?=\r\n"
        "Date: Sat, 3 May 2031 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
        f"--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<title>Bridge shut</title>{HTML}\r\n"
        "--B\r\nContent-Type: text/css\r\n\r\nbody {}\r\n--B--\r\n"
    ).encode()
    assert kind(raw[:HEAD], "a.mhtml") == "mail"
    [item] = found(raw)
    assert isinstance(item, Capture)
    page = run.read_capture(item)
    assert (page.address, page.title, page.source) == ("https://ormsk.example/a", "Bridge shut", None)
    assert page.published.value is None
    assert "captured on 2031-05-03" in page.published.why


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\n\n",
        b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: image/png\n\nxx",
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--",
        b"From: a@b.example\nContent-Type: text/html; charset=nonesuch\nContent-Transfer-Encoding: base64\n\n$$$",
    ],
)
def test_a_message_without_text_is_no_page(raw: bytes) -> None:
    [item] = found(raw)
    assert isinstance(item, PageGap) or not item.raw.strip(b"$")


def test_headers_that_are_damaged() -> None:
    for header in ("Subject: =?utf-8?b?w=?= =?x?q?a?=", "Date: 99 Foo 2031 99:99", "From: <<>>", "Subject: \udcff"):
        raw = header.encode("utf-8", "surrogateescape") + b"\nMIME-Version: 1.0\n\n" + TEXT.encode()
        [item] = found(raw)
        assert isinstance(item, Capture)
        assert run.read_capture(item).text == TEXT.strip()


def test_a_mailbox_holds_many_messages() -> None:
    lead = b"From rosa@ormsk.example Sat May  3 10:05:34 2031\n"
    quoted = message("Ferry stopped", "The ferry was stopped.\n\nFrom Monday 10:00 on it sails again.", None)
    said = quoted.as_bytes().replace(b"\nFrom Monday", b"\n>From Monday")
    parts = [message("Bridge shut").as_bytes(), said, message("Bridge open").as_bytes()]
    box = b"\n".join(lead + part for part in parts)
    assert kind(box[:HEAD], "letters") == "mail"
    pages = [run.read_capture(item) for item in found(box) if isinstance(item, Capture)]
    assert [page.title for page in pages] == ["Bridge shut", "Ferry stopped", "Bridge open"]
    assert [(page.address or "")[-2:] for page in pages] == ["#1", "#2", "#3"]
    assert "\nFrom Monday 10:00" in pages[1].text
    (alone,) = found(lead + parts[0])
    (own,) = found(parts[0])
    assert isinstance(alone, Capture)
    assert isinstance(own, Capture)
    assert (alone.address, alone.raw) == (own.address, own.raw)
