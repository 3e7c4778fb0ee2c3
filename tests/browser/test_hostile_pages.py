"""Pages that try to become part of the report: each field of each of them stays text, and all around stays put."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import rashomon
from rashomon.model import Report

Visit = Callable[..., Page]

WORD = "endless" * 715
"""A word of 5,005 characters."""

WORDS = {
    "script": "<script>window.__pwned = 1</script>",
    "closed-early": "</title></style></script></textarea>--><img src=x onerror='window.__pwned = 1'>",
    "unclosed": "<table><tr><div class=\"<!-- <b style='position:fixed;inset:0'>",
    "attribute": '" autofocus onfocus="window.__pwned = 1" x=\'" style="position:fixed;inset:0"',
    "template": "{{ 7 * 191 }} {% raw %} ${7 * 191} &lt;b&gt; &#60;script&#62;window.__pwned = 1&#60;/script&#62;",
    "turned-round": "\u202egnp.exe \u2067 turned round \u202d",
    "long-word": WORD,
}
"""What is put into every field of a page; each is a page of its own."""

ADDRESSES = {
    "script": "javascript:window.__pwned=1//",
    "closed-early": "https://closed.example/'></a></script><img src=x onerror='window.__pwned = 1'>",
    "unclosed": "https://unclosed.example/<table><b style='position:fixed",
    "attribute": 'https://attribute.example/" onmouseover="window.__pwned = 1" style="position:fixed',
    "template": "data:text/html,<script>window.__pwned=1</script>",
    "turned-round": "https://turned.example/\u202elmth.txt",
    "long-word": "https://long.example/" + WORD,
}


def _page(kind: str, number: int) -> rashomon.Page:
    """A made-up page with the words of a kind in its title, author, source, tags, body and address."""
    words = WORDS[kind]
    text = (
        f"The harbour office of Tellin said on Monday that {number} boats {words} were missing after the storm.\n\n"
        f'"We count {words} again," said Oda {words} Brekke, the harbour master. "Nobody should sail."\n\n'
        f"The union of pilots denied that {words} its members had left the harbour without leave.\n\n{words}"
    )
    known = {
        "title": f"Boats missing {words} off Tellin",
        "authors": [f"Ina {words} Lund"],
        "source": f"Tellin {words} Post",
        "published": f"2026-05-{number:02}",
        "language": "en",
        "text": text,
    }
    return rashomon.read_page(b"<p>made up</p> " + kind.encode(), address=ADDRESSES[kind], known=known)


@pytest.fixture(scope="session")
def hostile() -> Report:
    return rashomon.report([_page(kind, number) for number, kind in enumerate(WORDS, 10)])


@pytest.fixture(scope="session")
def hostile_file(hostile: Report, written: Callable[[Report], Path]) -> Path:
    return written(hostile)


SHAPE = """() => {
  const box = e => { const b = e.getBoundingClientRect(); return [Math.round(b.left), Math.round(b.width)]; };
  return { main: box(document.querySelector('main')), h1: box(document.querySelector('h1'))[0],
    parts: [...new Set([...document.querySelectorAll('main h2')].map(h => box(h)[0]))],
    scripts: document.querySelectorAll('script').length, styles: document.querySelectorAll('style').length,
    dir: getComputedStyle(document.querySelector('main')).direction }; }"""


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_nothing_around_moves(visit: Visit, examples_file: Path, hostile_file: Path, width: int) -> None:
    """The same columns, scripts and styles as in a report on harmless pages, and no wider a document."""
    tame, wild = visit(examples_file, width), visit(hostile_file, width)
    assert wild.evaluate(SHAPE) == tame.evaluate(SHAPE)
    wild.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = wild.evaluate(
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
          [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 100)).slice(0, 6)"""
    )
    assert not wide


@pytest.mark.parametrize("width", [390, 1440])
def test_no_word_fills_the_screen(visit: Visit, hostile_file: Path, width: int) -> None:
    """An endless word is shown whole where its page is, and cut wherever the page is only named or cited."""
    tab = visit(hostile_file, width)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    endless = tab.evaluate(
        """() => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) { const e = walk.currentNode.parentElement;
            if (e.checkVisibility() && !e.closest('.sheet, .page-facts, .notes, .dropped')
              && walk.currentNode.data.split(/\\s/).some(word => word.length > 300))
              found.push(e.parentElement.outerHTML.slice(0, 120)); }
          return found; }"""
    )
    assert not endless


def test_nothing_runs(visit: Visit, hostile_file: Path) -> None:
    """Neither on opening nor when everything is unfolded, pointed at and reached by the keyboard."""
    tab = visit(hostile_file)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for _ in range(60):
        tab.keyboard.press("Tab")
    for link in tab.locator("main a").all()[:40]:
        link.dispatch_event("mouseover")
    assert tab.evaluate("window.__pwned") is None


def test_no_attribute_acts_and_no_link_runs(visit: Visit, hostile_file: Path) -> None:
    tab = visit(hostile_file)
    acting = tab.evaluate(
        """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => a.name.startsWith('on')
          || (a.name === 'style' && /fixed|url/.test(a.value)) || a.name === 'autofocus').map(a => a.name))"""
    )
    assert not acting
    schemes = tab.evaluate("[...new Set([...document.querySelectorAll('a[href]')].map(a => new URL(a.href).protocol))]")
    assert set(schemes) <= {"file:", "http:", "https:"}


def test_no_element_comes_out_of_a_page(visit: Visit, examples_file: Path, hostile_file: Path) -> None:
    """The report on hostile pages is made of the same elements as any other."""
    names = "[...new Set([...document.querySelectorAll('*')].map(e => e.localName))]"
    tame, wild = (set(visit(file).evaluate(names)) for file in (examples_file, hostile_file))
    assert not (wild - tame) & {"img", "iframe", "object", "embed", "form", "input", "textarea", "base", "link"}


@pytest.mark.parametrize("kind", [kind for kind in WORDS if kind != "turned-round"])
def test_the_words_stand_as_they_are(visit: Visit, hostile_file: Path, kind: str) -> None:
    """Markup in a title and in a body is shown as the characters that it is."""
    tab = visit(hostile_file)
    text = " ".join(tab.locator("main").evaluate("e => e.textContent").split())
    words = " ".join(WORDS[kind].split())
    assert f"Boats missing {words} off Tellin" in text
    assert f"We count {words} again" in text


def test_what_turns_text_round_turns_only_itself(visit: Visit, hostile_file: Path) -> None:
    """Characters that set the direction are shown as something harmless or kept apart from what is around them."""
    tab = visit(hostile_file)
    loose = tab.evaluate(
        """() => { const turns = /[\\u202a-\\u202e\\u2066-\\u2069]/; const found = [];
          const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) { const e = walk.currentNode.parentElement;
            if (turns.test(walk.currentNode.data) && !['SCRIPT', 'STYLE'].includes(e.tagName)
              && !/isolate|plaintext/.test(getComputedStyle(e).unicodeBidi)) found.push(e.outerHTML.slice(0, 120)); }
          return found; }"""
    )
    assert not loose
    named = tab.evaluate(
        """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
          .filter(a => ['title', 'aria-label', 'alt'].includes(a.name))
          .filter(a => /[\\u202a-\\u202e\\u2066-\\u2069]/.test(a.value))
          .map(a => e.localName + ' ' + a.name))"""
    )
    assert not named


def test_a_strict_policy_stands_in_the_file(visit: Visit, hostile_file: Path) -> None:
    """Nothing may be loaded, sent or framed; what script and style there is, is named by its digest."""
    policy = str(visit(hostile_file).locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content"))
    rules = {name: values for name, *values in (rule.split() for rule in policy.split(";") if rule.strip())}
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert not [value for value in rules.get("script-src", []) if not value.startswith(("'sha256-", "'none'"))]
    loose = {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"}
    assert not loose & set(rules.get("script-src", []))
    assert not {"*", "https:", "http:"} & set(policy.split())


def test_the_policy_holds(browser: Browser, hostile_file: Path, tmp_path: Path) -> None:
    """Were a script to get into the body all the same, it would not run."""
    html = hostile_file.read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(html.replace("</body>", "<script>window.__pwned = 1</script></body>"), encoding="utf-8")
    complaints: list[str] = []
    tab = browser.new_page()
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(broken.as_uri())
    assert tab.evaluate("window.__pwned") is None
    assert any("Content Security Policy" in complaint for complaint in complaints)
    tab.close()
