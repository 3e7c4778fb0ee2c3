"""Whom a description means: "the ministry", "the Polish president", "the company", "the 63-year-old".

A description means somebody named before who is called so on the page, or the only one just spoken of whom it may fit;
where two may be meant, nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rashomon.claims import mentions
from rashomon.claims.mentions import Mention, nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from rashomon.claims.cast import Cast

_CLEARLY = 2
"""How many times as often as any other one of several who are called alike must be named to be meant."""
_JUST, _LATELY = 2, 3
"""Sentences back to which somebody was just spoken of; a body."""
_BODIES = frozenset("company firm group organization organisation business charity startup carmaker airline".split())
"""Nouns that any body without a word for what it is may be called by."""
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "its", "their"))


class Descriptions:
    """What the descriptions of one page mean."""

    def __init__(self, doc: Doc, cast: Cast, quoted: Callable[[int], bool]) -> None:
        self._doc = doc
        self._cast = cast
        self._quoted = quoted
        self._starts = [s.start for s in doc.sents]
        self._named = [m for m in cast.mentions if m.entity]

    def meant(self, head: Token, phrase: list[int]) -> str | None:
        """The entity that the description headed by a token means; None where it means nobody named, or might mean
        several."""
        if self._doc[phrase[0]].lower_ not in _DEFINITE or head.tag_ in ("NNS", "NNPS"):
            return None
        lemma = mentions.role(head)
        person = lemma.split()[-1] in nouns("person") or mentions.title_role(head) is not None
        general = lemma in nouns("description") or head.lower_.endswith("-year-old")
        body = lemma in nouns("body")
        if not (person or general or body):
            return None
        text = self._doc[phrase[0] : phrase[-1] + 1].text
        own = self._doc[phrase[0]].tag_ == "PRP$"
        found = self._called(head, lemma, text, person)
        if found is None and general and not own:
            found = self._only(head, lemma)
        if found is None and lemma in _BODIES and not own:
            found = self._body(head)
        return found

    def _before(self, head: Token, back: int | None = None) -> list[Mention]:
        """The mentions before a token that are not quoted, the last first; those of so many sentences back."""
        first = 0
        if back is not None:
            here = sum(start <= head.i for start in self._starts) - 1
            first = self._starts[max(0, here - back)]
        return [
            m
            for m in reversed(self._named)
            if first <= m.start < head.i and (back is None or not self._quoted(self._doc[m.start].idx))
        ]

    def _called(self, head: Token, role: str, text: str, person: bool) -> str | None:
        """Who is called so on the page, of the countries that the description names."""
        lands = mentions.lands(text)
        fits: dict[str, list[Mention]] = {}
        loose: dict[str, list[Mention]] = {}
        for mention in self._before(head):
            if role not in self._cast.roles(mention.entity) or (mention.type == "PERSON") > person:
                continue
            own = self._cast.lands.get(mention.entity, set()) | {self._cast.codes.get(mention.entity) or ""}
            if not lands or lands & own:
                fits.setdefault(mention.entity, []).append(mention)
            elif not own - {""}:
                # Nothing on the page says of which country he is.
                loose.setdefault(mention.entity, []).append(mention)
        fits = fits or (loose if len(loose) == 1 else {})
        return self._likeliest(head, fits)

    def _likeliest(self, head: Token, fits: dict[str, list[Mention]]) -> str | None:
        """Of those who are called so: the only one; the one just spoken of, where no other is spoken of much more."""
        if len(fits) <= 1:
            return next(iter(fits), None)
        ranked = sorted(fits, key=lambda entity: -len(fits[entity]))
        leads = len(fits[ranked[0]]) >= _CLEARLY * len(fits[ranked[1]])
        just = {mention.entity for mention in self._before(head, 1) if mention.entity in fits}
        if len(just) == 1 and (not leads or ranked[0] in just):
            return just.pop()
        return ranked[0] if leads and (not just or ranked[0] in just) else None

    def _only(self, head: Token, lemma: str) -> str | None:
        """ "The retiree", "the 63-year-old": words that hold of anybody mean the only person just spoken of."""
        wanted = mentions.gender_of(lemma)
        near = {m.entity for m in self._before(head, _JUST) if m.type == "PERSON"}
        fits = [entity for entity in near if wanted in (None, self._cast.genders.get(entity, wanted))]
        return fits[0] if len(fits) == 1 else None

    def _body(self, head: Token) -> str | None:
        """ "The company": the only body lately spoken of that is called by no other word, or the only subject of
        such."""
        near = [m for m in self._before(head, _LATELY) if m.type == "ORG" and self._may_be_firm(m)]
        fits = {m.entity for m in near}
        if len(fits) > 1:
            fits = {m.entity for m in near if mentions.head(self._doc, m).dep_ in ("nsubj", "nsubjpass")}
        return fits.pop() if len(fits) == 1 else None

    def _may_be_firm(self, mention: Mention) -> bool:
        called = self._cast.roles(mention.entity)
        return not any(word in nouns("body") and word not in _BODIES for word in called)
