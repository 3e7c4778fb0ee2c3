"""What the page's own people saw, heard or read themselves: "a reporter for this paper counted", "seen by the AP".

The words are in `tables/observed.tsv`. Whose people they are is told by the names of whoever publishes
the page or is credited on it, by "this newspaper" and "our", and in the page's own voice by "I" and "we".
A medium that is none of these is another one; where the page names nobody, nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from rashomon.claims import evidence
from rashomon.claims.tables import rows
from rashomon.spans import Stretches

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Whose = Literal["own observation", "other media"]
_SMALL = frozenset({"the", "a", "an", "of", "and", "for", "news", "online", "com", "org", "net", "co", "uk", "www"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MINE = frozenset({"i", "we"})


class Observed(msgspec.Struct, frozen=True):
    """A verb of seeing whose subject or agent is a medium, or somebody who works for one."""

    at: int
    """The character that the verb begins at."""
    tells: int
    """The character of the verb that is told by it: of "videos seen by the paper show" that of "show"."""
    whose: Whose
    record: str | None
    """The label of what was seen, where it is a document or a picture."""


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in the table."""
    return frozenset(word for row in rows("observed") if row["kind"] == kind for word in row["words"].split(";"))


def _parts(name: str) -> tuple[str, ...]:
    """The words of a medium's name that tell it from others: "The Daily Gazette Online" → daily, gazette."""
    found = re.findall(r"[^\W_]+", name.casefold())
    return tuple(word for word in found if word not in _SMALL) or tuple(found)


def same(written: str, known: str) -> bool:
    """Whether a name as a text writes it ("AP", "The Times") is that of a known medium, in full, in part or as letters.

    >>> same("the Associated Press", "AP"), same("Times", "The Harbour Times"), same("Harbour Post", "Post")
    (True, True, False)
    """
    left, right = _parts(written), _parts(known)
    if not left or not right:
        return False
    letters = ["".join(word[0] for word in parts) if len(parts) > 1 else "" for parts in (left, right)]
    joined = ["".join(left), "".join(right)]
    return set(left) <= set(right) or joined[0] in (joined[1], letters[1]) or (letters[0] or None) == joined[1]


def find(
    doc: Doc, names: Sequence[str], quoted: Sequence[tuple[int, int]], said: Stretches[tuple[int, int]]
) -> list[Observed]:
    """The verbs of a parsed page that tell what a medium's people saw, in order.

    `names` are those of the page's own media; `quoted` and `said` the stretches that are somebody else's words, in
    which "I" is not the page and "we saw" not its sight.
    """
    verbs = words("sight") | words("paper")
    out = []
    for token in doc:
        if token.pos_ != "VERB" or token.lemma_.lower() not in verbs:
            continue
        if any(start <= token.idx < end for start, end in quoted):
            continue
        whose = next((found for who in _who(token) if (found := _whose(token, who, names, said))), None)
        tells = _tells(token)
        if whose is not None and tells is not None:
            out.append(Observed(token.idx, tells.idx, whose, evidence.record(token.head.lower_)))
    return out


def _tells(verb: Token) -> Token | None:
    """The verb that what was seen is told by; None where a thing was seen in passing ("the gate, filmed by …")."""
    if verb.dep_ == "parataxis" and verb.head.pos_ in ("VERB", "AUX"):
        return verb.head
    if verb.dep_ not in ("acl", "relcl"):
        return verb
    over = verb.head
    if over.lemma_.lower() not in words("people") and not evidence.record(over.lower_):
        return None
    while over.head.i != over.i and over.pos_ not in ("VERB", "AUX"):
        over = over.head
    return over


@cache
def _media() -> re.Pattern[str]:
    """The names of media that many others cite, as written."""
    names = sorted((row["name"] for row in rows("media")), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def other_medium(speaker: str, names: Sequence[str]) -> bool:
    """Whether a speaker's noun phrase opens with a medium that is none of the page's own, or with its people.

    "CNN", "a Reuters reporter"; not "the mayor, who told CNN", nor "a former BBC presenter".
    """
    head = re.split(r",|\b(?:who|which|that|whom|told|former|ex)\b", speaker, maxsplit=1)[0]
    return any(not any(same(found, own) for own in names) for found in _media().findall(head))


def _who(verb: Token) -> Iterator[Token]:
    """Who does what a verb says: its subject, or after "by"."""
    for child in verb.children:
        if (child.dep_ in _SUBJECTS and verb.tag_ != "VBN") or child.dep_ == "nsubj":
            yield child
        elif child.lower_ == "by" and child.dep_ in ("agent", "prep"):
            yield from (part for part in child.children if part.dep_ == "pobj")
    if verb.dep_ == "relcl" and any(child.lower_ == "who" for child in verb.children):
        yield verb.head


def _whose(verb: Token, who: Token, names: Sequence[str], said: Stretches[tuple[int, int]]) -> Whose | None:
    """Whose people somebody is, where he is a medium or its people and the verb says what such may do."""
    lemma = verb.lemma_.lower()
    if who.lower_ in _MINE:
        return "own observation" if lemma in words("sight") and _was_there(verb, said) else None
    phrase = [token for token in who.subtree if (token.i < verb.i) == (who.i < verb.i)]
    text = " ".join(token.lower_ for token in phrase)
    if who.lemma_.lower() in words("people"):
        if any(re.search(rf"\b{re.escape(one)}\b", text) for one in words("self")):
            return "own observation"
        if any(same(name, own) for name in _names(phrase) for own in names):
            return "own observation"
        return "other media" if names and _works_for(who) else None
    if lemma not in words("paper") or (who.dep_ == "nsubj" and lemma in words("sight") and not _reads(verb)):
        return None  # "The paper saw its sales fall."
    own = f"this {who.lower_}" in words("self") and "this" in (child.lower_ for child in who.children)
    return "own observation" if own or any(same(_name(who), own) for own in names) else None


def _reads(verb: Token) -> bool:
    """Whether what is seen is a document or a recording."""
    return any(child.dep_ == "dobj" and evidence.record(child.lower_) for child in verb.children)


def _was_there(verb: Token, said: Stretches[tuple[int, int]]) -> bool:
    """Whether "I saw" tells what the writer saw: once, with a thing as its object, in nobody else's words."""
    plain = verb.tag_ == "VBD" and not any(child.dep_ == "aux" for child in verb.children)
    thing = any(child.dep_ in ("dobj", "ccomp") and child.i > verb.i for child in verb.children)
    passing = any(child.lower_ == "as" for child in verb.children) or verb.dep_ in ("relcl", "acl")
    return plain and thing and not passing and not any(a <= verb.idx < b for a, b in said.over(verb.idx, verb.idx + 1))


def _names(phrase: Sequence[Token]) -> Iterator[str]:
    """The runs of capitalised words in a phrase: "an Associated Press reporter" → "Associated Press"."""
    run: list[str] = []
    for token in [*phrase, None]:
        if token is not None and token.text[:1].isupper() and token.lower_ not in ("a", "an", "the"):
            run.append(token.text)
        elif run:
            yield " ".join(run)
            run = []


def _name(who: Token) -> str:
    """The name that a word heads: of "The Harbour Gazette" all of it."""
    return " ".join(t.text for t in who.subtree if t.dep_ == "compound" or t.i == who.i)


def _works_for(who: Token) -> bool:
    """Whether the phrase names whom somebody works for: "a reporter for Reuters", "an AFP correspondent"."""
    beside = [child for child in who.children if child.dep_ in ("compound", "poss", "nmod")]
    for child in who.children:
        beside += child.children if child.dep_ == "prep" and child.lower_ in ("for", "with", "from", "of") else []
    return any(token.ent_type_ == "ORG" for token in beside)
