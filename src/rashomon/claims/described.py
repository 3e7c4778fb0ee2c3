"""Whom a description means: "the ministry", "the Polish president", "the company", "the 63-year-old".

A description means somebody named before who is called so on the page, or the only one just spoken of whom it may fit;
where two may be meant, nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from rashomon.claims import mentions
from rashomon.claims.mentions import Mention, nouns
from rashomon.claims.observed import other_medium
from rashomon.claims.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from rashomon.claims.cast import Cast

_CLEARLY = 2
"""How many times as often as any other one of several who are called alike must be named to be meant."""
_JUST, _LATELY = 2, 3
"""Sentences back to which somebody was just spoken of; a body."""
_BODIES = frozenset("company firm group organization organisation business charity startup carmaker airline".split())
"""Nouns that any body without a word for what it is may be called by."""
_MEDIA = frozenset("radio tv news newspaper magazine times post herald tribune gazette journal daily".split())
"""Words of the names of media."""
_TELLING = frozenset(("tell", "speak", "interview"))
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "its", "their"))


@cache
def _wide() -> frozenset[str]:
    return frozenset(row["wide"] for row in rows("role_kinds")) - nouns("body")


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
        if any(child.dep_ == "relcl" and self._doc[child.left_edge.i - 1].text != "," for child in head.children):
            # "The college that closed" tells by itself which it is.
            return None
        lemma = mentions.role(head)
        titled = mentions.title_role(head) is not None
        # The last word, if any: an adverb that the word list lacks has no lemma.
        person = titled or lemma.rpartition(" ")[2] in nouns("person") or lemma in _wide()
        text = self._doc[phrase[0] : phrase[-1] + 1].text
        general = lemma in nouns("description") or text.endswith("-year-old")
        body = lemma in nouns("body")
        if not (person or general or body):
            return None
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
        before = self._before(head)
        called = {entity: self._cast.roles(entity) for entity in {mention.entity for mention in before}}
        if role not in _BODIES and not any(role in roles for roles in called.values()):
            # Nobody is called by the very word: a wider one will do, "the lawmaker" for a senator.
            called = {entity: [w for r in roles for w in mentions.wider(r)] for entity, roles in called.items()}
        for mention in before:
            if role not in called[mention.entity] or (mention.type == "PERSON") > person:
                continue
            own = self._cast.lands(mention.entity) | {self._cast.codes.get(mention.entity) or ""}
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
        near = [m for m in self._before(head, _LATELY) if m.type == "ORG" and self._may_be(m, head.lemma_.lower())]
        fits = {m.entity for m in near}
        if len(fits) > 1:
            fits = {m.entity for m in near if _subject(mentions.head(self._doc, m))}
        return fits.pop() if len(fits) == 1 else None

    def _may_be(self, mention: Mention, word: str) -> bool:
        """Whether a body may be called "the company", "the group": nothing in its name calls it anything else."""
        bodies = [role for role in self._cast.roles(mention.entity) if role in nouns("body")]
        if self._is_medium(mention):
            return False
        return all(role in _BODIES or word in mentions.wider(role) for role in bodies)

    def _is_medium(self, mention: Mention) -> bool:
        """Whether a body is one that others tell things, or whose report it is: "told the Squall", "a report by Radio
        Almenta"; or has the name of one."""
        if other_medium(mention.text, ()) or not _MEDIA.isdisjoint(mention.text.lower().split()):
            return True
        head = mentions.head(self._doc, mention)
        over = head.head
        if over.dep_ in ("prep", "agent", "dative") and head.dep_ == "pobj":
            telling = over.head.lemma_.lower() in _TELLING | nouns("document")
            return telling and over.lower_ in ("by", "in", "to", "with")
        return head.dep_ in ("dobj", "dative") and over.lemma_.lower() in _TELLING


def _subject(token: Token) -> bool:
    """Whether a token is a subject, or one of several that are."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass")
