"""The README: its links lead somewhere, and its pictures are made by a command and not heavy."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

LOCAL = sorted(
    {
        link
        for link in re.findall(r'\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"', README)
        for link in link
        if link and "://" not in link and not link.startswith("#")
    }
)
PICTURES = [link for link in LOCAL if link.endswith(".png")]


@pytest.mark.parametrize("link", LOCAL)
def test_links_to_files_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_the_first_picture_is_the_report_for_light_and_dark_screens() -> None:
    assert PICTURES == ["docs/pictures/report-dark.png", "docs/pictures/report-light.png"]
    assert re.search(r'<img [^>]*alt="[^"]{40,}"', README)
    assert re.search(r"(?m)^picture:.*\n\t.*docs/pictures/report\.py", (ROOT / "Makefile").read_text(encoding="utf-8"))


@pytest.mark.parametrize("link", PICTURES)
def test_pictures_are_not_heavy(link: str) -> None:
    """At most 300 KB, and as wide as `make picture` makes them."""
    data = (ROOT / link).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">I", data[16:20]) == (1280,)
    assert len(data) <= 300_000
