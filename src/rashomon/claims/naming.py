"""Names that are given rather than said: "known as the “Storm Corps”", "who call themselves the “Free Valley Army”".

The quotation marks say that it is a name. What is called so to judge it ("called the plan “a disgrace”") is said.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rashomon.claims.cues import lemma_of
from rashomon.claims.quotes import Quote, is_name
from rashomon.claims.tables import rows
from rashomon.spans import Stretches

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FAR = 60
"""Characters between the verb and the name."""
_BETWEEN = frozenset(("DET", "ADV", "ADP", "SCONJ", "SPACE", "PUNCT"))
"""What may stand between a participle and the name, where nothing is said to be called so."""
_SHORT = 4
"""A name in small letters has at most so many words."""


@cache
def verbs() -> dict[str, frozenset[str]]:
    """The verbs that give names, each with the ways in which it does; `tables/naming.tsv` says which there are."""
    return {row["verb"]: frozenset(row["ways"].split(",")) for row in rows("naming")}


def given(doc: Doc, text: str, token: Token, marks: Stretches[Quote]) -> bool:
    """Whether all that the verb does is to give a name, which stands behind it in quotation marks."""
    ways = verbs().get(lemma_of(token))
    if ways is None or token.pos_ not in ("VERB", "AUX"):
        return False
    end = token.idx + len(token)
    quote = next((each for each in marks.over(end, end + _FAR) if each.start >= end), None)
    if quote is None or "\n" in text[end : quote.start]:
        return False
    named = is_name(text, quote)
    if not named and not ("small" in ways and len(text[quote.inner_start : quote.inner_end].split()) <= _SHORT):
        return False
    between = _words(doc, token, quote)
    if all(word.pos_ in _BETWEEN for word in between):
        return "passive" in ways and not any(child.dep_ == "agent" for child in token.children)
    if not named:
        return False
    if any(word.lower_.endswith(("self", "selves")) for word in between):
        return "self" in ways
    person = any(word.pos_ == "PRON" or word.ent_type_ == "PERSON" for word in between)
    return "thing" in ways and not person and not any(word.pos_ == "VERB" for word in between)


def _words(doc: Doc, token: Token, quote: Quote) -> list[Token]:
    """The words between the verb and the quotation."""
    out: list[Token] = []
    for i in range(token.i + 1, len(doc)):
        if doc[i].idx >= quote.start:
            break
        out.append(doc[i])
    return out
