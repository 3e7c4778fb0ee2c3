"""What a speaker does whose cue does not tell it alone: as the adjective beside it tells, or the object."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rashomon.claims.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_ADJECTIVE = {
    word: stance
    for stance, words in (
        ("doubt", "unclear uncertain unsure doubtful skeptical sceptical"),
        ("believe", "sure confident certain convinced aware proud happy glad clear likely"),
        ("expect", "hopeful optimistic"),
        ("fear", "afraid concerned worried anxious nervous wary fearful"),
        ("accuse", "angry critical furious"),
        ("support", "supportive"),
    )
    for word in words.split()
}


def stance(token: Token, lemma: str) -> str:
    """What a speaker does whose cue is none of the table's; "is sure", "is unclear": as the adjective tells."""
    if lemma != "be":
        return _stances().get(lemma, "say")
    told = next((child.lemma_.lower() for child in token.children if child.dep_ == "acomp"), "")
    return _OF_ADJECTIVE.get(told, "say")


def of_object(token: Token, lemma: str, stance_: str) -> str:
    """The stance of a cue, or that which its object tells, where that tells more: who offers condolences promises
    nothing."""
    told = _objects().get(lemma)
    if told is None:
        return stance_
    found = (told.get(child.lemma_.lower()) for child in token.children if child.dep_ in ("dobj", "nsubjpass"))
    return next(filter(None, found), stance_)


@cache
def _objects() -> dict[str, dict[str, str]]:
    """Lemma of a cue → lemma of its object → the stance that they make."""
    out: dict[str, dict[str, str]] = {}
    for row in rows("stances_objects"):
        out.setdefault(row["lemma"], {}).update(dict.fromkeys(row["objects"].split(";"), row["stance"]))
    return out


@cache
def _stances() -> dict[str, str]:
    return {row["lemma"]: row["stance"] for row in rows("stances")}
