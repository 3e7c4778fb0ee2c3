"""The learned reader of speech: its file, its answers for whole texts and their parts, and texts that nobody writes."""

from __future__ import annotations

import time

import numpy as np
import pytest

from rashomon.claims import learned, pair_network, quotes, speech
from rashomon.claims.parsed import parsed
from rashomon.claims.ruled import ruled
from rashomon.reader import parse

MODEL = learned.shipped()
pytestmark = pytest.mark.skipif(MODEL is None, reason="the model of speech was left out")

STORY = (
    "The port will close for a week, Mayor Ana Brook said on Monday. “We have no choice,” she told reporters. "
    "“The cranes are not safe.”\n\nUnions criticized the decision. According to the harbour master, nine ships are "
    "waiting. The owner, Peter Hale, denied that he had been warned."
)
HARD = {
    "a sentence of 5,000 words": "the mayor of Ormsk said that " * 850,
    "a saying of 5,000 words": f"The mayor said that {'the bridge over the river was shut and ' * 620}nobody knew.",
    "all capitals": "THE MAYOR SAID THE BRIDGE WAS SHUT. “WE STAY,” SAID THE UNION.\n\n" * 60,
    "a transcript": "Q: Did you say that?\n\nA: I said no.\n\n" * 80,
    "a transcript with names": "MR BROOK: We said the bridge was shut.\n\nMS HALE: Who said so?\n\n" * 80,
    "quotation marks that never close": "“We stay, he said. " * 80,
    "straight marks that never close": '"We stay, he said.\n\n' * 80,
    "quotation after quotation": "“Yes,” she said. " * 400,
    "another language": "Der Bürgermeister sagte, die Brücke sei gesperrt. " * 60,
    "a list": "- bread\n- milk\n- said\n" * 100,
    "a table": "Town\tDead\tSaid\nOrmsk\t12\t“no”\n" * 100,
    "a table of lines": "| Town | said | Dead |\n|---|---|---|\n| Ormsk | “no” | 12 |\n" * 60,
    "one word again and again": "said " * 3000,
    "marks alone": "“ ” " * 2000,
}
MOST = 0.02
"""Seconds for a hundred words."""


def _sayings(text: str) -> list[tuple[str | None, str | None, list[str]]]:
    found = speech.find(next(parse([text])), quotes.find(text))
    return [
        (
            text[slice(*saying.speaker)] if saying.speaker else None,
            text[slice(*saying.cue)] if saying.cue else None,
            [text[start:end] for part in saying.parts for start, end in part],
        )
        for saying in found
    ]


def test_a_small_story() -> None:
    assert _sayings(STORY) == [
        ("Mayor Ana Brook", "said", ["The port will close for a week"]),
        ("she", "told", ["“We have no choice,”", "“The cranes are not safe.”"]),
        ("Unions", "criticized", ["the decision"]),
        ("the harbour master", "According to", ["nine ships are waiting"]),
        ("The owner, Peter Hale", "denied", ["he had been warned"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Volunteers known as the River Wardens have been handing out soup in the church hall.",
        "Its chief executive, Peter Hale, has not been seen in public since Sunday.",
    ],
)
def test_what_nobody_says_and_is_no_clause_is_no_saying(text: str) -> None:
    assert _sayings(text) == []


def test_a_file_gives_the_model_that_was_saved() -> None:
    assert MODEL is not None
    data = learned.saved(MODEL)
    assert learned.saved(learned.loaded(data)) == data


def test_features_met_too_rarely_share_the_first_row() -> None:
    assert pair_network.numbered(np.array([0, 1, 0, 1])).tolist() == [0, 1, 0, 2]


def test_a_text_is_read_the_same_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MODEL is not None
    text = "\n\n".join([STORY] * 4)
    doc = next(parse([text]))
    rows = parsed(doc, quotes.find(text))
    rules = ruled(rows, speech.by_rules(doc, quotes.find(text)))
    whole = learned.read(MODEL, rows, rules)
    monkeypatch.setattr(learned, "PART", 20)
    parts = learned.read(MODEL, rows, rules)
    assert [(each.cue, each.content.tolist(), each.first, each.last) for each in whole] == [
        (each.cue, each.content.tolist(), each.first, each.last) for each in parts
    ]


def test_without_the_model_the_rules_read(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = next(parse([STORY]))
    monkeypatch.setattr(learned, "shipped", lambda: None)
    assert speech.find(doc, quotes.find(STORY)) == speech.by_rules(doc, quotes.find(STORY))


@pytest.mark.parametrize("name", HARD)
def test_texts_that_nobody_writes_take_no_longer(name: str) -> None:
    text = HARD[name]
    doc = next(parse([text]))
    spent = []
    # Others on the machine may slow one run; the work itself is the same in each.
    for _ in range(3):
        began = time.process_time()
        speech.find(doc, quotes.find(text))
        spent.append((time.process_time() - began) / (len(doc) / 100))
        if spent[-1] < MOST:
            break
    assert min(spent) < MOST
