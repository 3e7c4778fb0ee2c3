"""Photograph facts and matrix of the HTML report on examples/ for the README, light and dark: `make picture`.

The pages are named as the README's commands name them, so the command is run from the project's root. The pictures
depend on the fonts of the machine too: what a test holds them to is their size, not their every pixel.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import rashomon
from rashomon.reports.html import render

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

WIDTH = 1280
"""Of the window and of the picture, in pixels."""
TALLEST = 1900
"""Of the picture, in pixels: it ends with the matrix, or here."""
HEAVIEST = 300_000
"""Of a picture, in bytes."""
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


LEFT_OUT = """
  .group:is(.v-denied, .v-updated, .v-single), .lot, .lot ~ .facts ~ .facts, .group > .facts > :nth-child(n+2),
  .group :is(details, .why, .accounts), .tools, .sources, .s-matrix details { display: none !important; }
  .s-matrix tbody tr:nth-child(n+6) { display: none; }
  .story > section { margin-bottom: 2rem !important; }
  .group { margin-top: 1.5rem !important; }
"""
"""What the picture leaves out, so that facts of several standings and the matrix go together on one sheet."""


def main() -> None:
    """Write report-light.png and report-dark.png beside this file; a sentence where one of them is too heavy."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium here: install it (on Debian: sudo apt-get install chromium) or set CHROMIUM")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_text(examples(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        for scheme in ("light", "dark"):
            tab = browser.new_page(
                viewport={"width": WIDTH, "height": TALLEST},
                color_scheme=scheme,
                reduced_motion="reduce",
                # The report's own policy lets no other style in, this one neither.
                bypass_csp=True,
            )
            tab.goto(file.as_uri())
            tab.add_style_tag(content=LEFT_OUT)
            picture = HERE / f"report-{scheme}.png"
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": bottom(tab)}
            tab.screenshot(path=picture, full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]
            size = picture.stat().st_size
            print(f"{picture.relative_to(ROOT)}: {WIDTH} × {clip['height']} pixels, {size:,} bytes")
            if size > HEAVIEST:
                sys.exit(f"{picture.name} has more than {HEAVIEST:,} bytes: show less of the report")


def examples() -> str:
    """The report on the pages of examples/ as HTML."""
    files = sorted((ROOT / "examples").glob("0*"))
    pages = [rashomon.read_page(file.read_bytes(), address=str(file.relative_to(ROOT))) for file in files]
    return render(rashomon.report(pages))


def bottom(tab: Page) -> int:
    """Where the picture ends, in pixels from the document's top: below the matrix, or at `TALLEST`."""
    end: float = tab.evaluate(
        "document.querySelector('main section:has(thead)').getBoundingClientRect().bottom + scrollY"
    )
    return min(TALLEST, round(end) + 8)


if __name__ == "__main__":
    main()
