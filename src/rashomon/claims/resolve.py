"""Whom a noun phrase stands for: pronouns, surnames and descriptions find the entity that they mean.

Refuses to guess: a pronoun with nobody before it stays unresolved, with a sentence that says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import countries, cues, mentions
from rashomon.claims.cast import Cast
from rashomon.claims.mentions import Mention, fold, nouns
from rashomon.spans import digest

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from rashomon.claims.quotes import Quote

_LOOK_BACK = 4
"""Sentences that are searched for whom a pronoun stands for."""
_HE = frozenset(("he", "him", "himself"))
_SHE = frozenset(("she", "her", "herself"))
_IT = frozenset(("it", "itself"))
_THEY = frozenset(("they", "them", "themselves"))
_PRONOUNS = {"m": _HE, "f": _SHE, "it": _IT, "they": _THEY}


class Referent(msgspec.Struct, frozen=True):
    """Whom a noun phrase stands for."""

    name: str | None
    """Null where it stands for somebody who could not be told."""
    entity: str | None
    kind: str
    """"named", "unnamed", "document"."""
    plural: bool = False
    person: bool = False
    via: str | None = None
    """Whose document it is that speaks."""
    why: str | None = None
    """Where `name` is null: a sentence that says why."""


class Referents:
    """Whom the noun phrases of one parsed page stand for."""

    def __init__(self, doc: Doc, cast: Cast, quotes: Sequence[Quote] = ()) -> None:
        self.doc = doc
        self.cast = cast
        self._quotes = [(quote.start, quote.end) for quote in quotes]
        self._memo: dict[int, Referent] = {}
        self._sentences = [(s.start, s.end) for s in doc.sents]
        self._sentence_of = {i: k for k, (a, b) in enumerate(self._sentences) for i in range(a, b)}

    def referent(self, head: Token, phrase: Iterable[int] | None = None) -> Referent:
        """Whom the noun phrase headed by the token stands for; `phrase` are its tokens where they are known."""
        if head.i not in self._memo:
            self._memo[head.i] = Referent(None, None, "unnamed", why="The phrase refers to itself.")
            self._memo[head.i] = self._refer(head, sorted(phrase) if phrase else sorted(cues.phrase(head)))
        return self._memo[head.i]

    def _refer(self, head: Token, phrase: list[int]) -> Referent:
        word = head.lower_
        if head.pos_ == "PRON" or word in _HE | _SHE | _THEY | _IT:
            return self._pronoun(head)
        mention = self._named(head, phrase) or self._bare(head)
        text = self.doc[phrase[0] : phrase[-1] + 1].text
        lemma = head.lemma_.lower()
        plural = head.tag_ in ("NNS", "NNPS")
        if mention is not None:
            entity = mention.entity
            full = " " in fold(mention.text) or mention.type != "PERSON"
            name = self._core(head, phrase) if full else self.cast.best(entity)
            return Referent(name, entity, "named", plural and mention.type == "NORP", mention.type == "PERSON")
        if lemma in nouns("document") | nouns("imagery") | nouns("video"):
            giver = self._giver(head)
            if giver is None:
                return Referent(text, None, "document", plural)
            # "Reports from officials" are the officials; "a report by the agency" is a document of the agency's.
            return giver if plural else Referent(text, giver.entity, "document", via=giver.name)
        body = self._body(head, phrase, text)
        if body is not None:
            return body
        if not plural and self._definite(phrase):
            found = self._described(head, mentions.role(head), text)
            if found is not None:
                return found
        person = (
            lemma in nouns("person") | nouns("group") | nouns("description") or mentions.gender_of(lemma) is not None
        )
        return Referent(text, None, "unnamed", plural, person)

    def _core(self, head: Token, phrase: list[int]) -> str:
        """The noun phrase without the clauses that hang on it: "Minister Ana Reyes, who came on Tuesday" is Minister
        Ana Reyes."""
        clauses = [c.left_edge.i for c in head.subtree if c.dep_ in ("relcl", "acl") and c.left_edge.i > head.i]
        end = min([phrase[-1] + 1, *clauses])
        while end > phrase[0] + 1 and (self.doc[end - 1].is_punct or self.doc[end - 1].is_space):
            end -= 1
        text: str = self.doc[phrase[0] : end].text
        return text

    def _giver(self, head: Token) -> Referent | None:
        """Who speaks through a document without a word of its own: "reports from officials", "a statement by X"."""
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("from", "by") and head.lemma_.lower() in nouns("relayed"):
                return next((self.referent(c) for c in child.children if c.dep_ == "pobj" and self._speaks(c)), None)
        return None

    def _speaks(self, token: Token) -> bool:
        mention = self.cast.at.get(token.i)
        group = token.lemma_.lower() in nouns("group") | nouns("person") | nouns("body") | nouns("official")
        return group or (mention is not None and mention.type in ("PERSON", "ORG"))

    def _named(self, head: Token, phrase: list[int]) -> Mention | None:
        """The mention that the phrase is about: at its head, in apposition to it, or a name that follows a title."""
        mention = self.cast.at.get(head.i)
        if mention is not None and not (mention.type == "NORP" and head.pos_ == "ADJ"):
            return mention
        beside = [c for c in head.children if c.dep_ == "appos" and c.i in phrase]
        beside += [c for c in head.children if c.dep_ in ("compound", "nmod", "flat") and c.i > head.i]
        for child in beside:
            near = self.cast.at.get(child.i)
            if near is not None and near.type in ("PERSON", "ORG"):
                return near
        after = self.cast.at.get(head.i + 1) if head.i + 1 < len(self.doc) else None
        if (
            after is not None
            and after.type == "PERSON"
            and after.start in phrase
            and head.lemma_.lower() in nouns("person")
        ):
            return after
        return None

    def _bare(self, head: Token) -> Mention | None:
        """A surname that the recognizer passed over: the one person of the page whose last name it is."""
        if head.pos_ != "PROPN" or head.i in self.cast.at:
            return None
        word = fold(head.text)
        fits = {
            m.entity: m for m in self.cast.mentions if m.type == "PERSON" and fold(m.text).split()[1:][-1:] == [word]
        }
        if len(fits) != 1:
            return None
        mention = Mention(head.i, head.i + 1, head.text, "PERSON")
        self.cast.add(mention, next(iter(fits)), head.text, None)
        return mention

    def _body(self, head: Token, phrase: list[int], text: str) -> Referent | None:
        """A government body without a name of its own ("North Korea's mission to the United Nations")."""
        if head.tag_ in ("NNS", "NNPS") or head.lemma_.lower() not in nouns("body"):
            return None
        code = countries.government_of(text)
        if code is None or not countries.mentions(text):
            return None
        name = re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)
        key = digest("entity", fold(name))
        mention = Mention(head.i, head.i + 1, name, "ORG")
        self.cast.add(mention, key, name, code)
        self.cast.call(key, head.lemma_.lower())
        return Referent(text, key, "named")

    def _definite(self, phrase: list[int]) -> bool:
        return self.doc[phrase[0]].lower_ in ("the", "this", "that", "his", "her", "its", "their")

    def _described(self, head: Token, role: str, text: str) -> Referent | None:
        """ "The ministry", "the Polish president": the entity last named that is called so, of that country."""
        lemma = head.lemma_.lower()
        if lemma not in nouns("person") | nouns("body") | nouns("description") and not lemma.endswith("-old"):
            return None
        lands = mentions.lands(text)
        fits: dict[str, list[Mention]] = {}
        for mention in reversed(self.cast.within(0, head.i)):
            own = self.cast.lands.get(mention.entity, set()) | {self.cast.codes.get(mention.entity) or ""}
            called = role in self.cast.roles(mention.entity) and (not lands or lands & own)
            if called and (mention.type != "PERSON" or lemma in nouns("person")):
                fits.setdefault(mention.entity, []).append(mention)
        entity = self._likeliest(fits)
        if entity is None:
            return self._likened(head, lemma)
        person = fits[entity][0].type == "PERSON"
        return Referent(self.cast.best(entity), entity, "named", False, person)

    def _likeliest(self, fits: dict[str, list[Mention]]) -> str | None:
        """Of those who are called so, in order of their last mention: the only one, a body named last, or the one
        person of whom the page speaks at least twice as often as of any other."""
        if len(fits) <= 1 or next(iter(fits.values()))[0].type != "PERSON":
            return next(iter(fits), None)
        ranked = sorted(fits, key=lambda entity: -len(fits[entity]))
        return ranked[0] if len(fits[ranked[0]]) >= 2 * len(fits[ranked[1]]) else None

    def _likened(self, head: Token, lemma: str) -> Referent | None:
        """ "The retiree", "the 63-year-old": words that hold of anybody mean the only person just spoken of."""
        if lemma not in nouns("description") and not head.lower_.endswith("-year-old"):
            return None
        wanted = mentions.gender_of(lemma)
        near = {found.entity: found for found in self._candidates(head) if found.entity and found.person}
        fits = [found for key, found in near.items() if wanted in (None, self.cast.genders.get(key or "", wanted))]
        return self.short(fits[0]) if len(fits) == 1 else None

    def _pronoun(self, head: Token) -> Referent:
        word = head.lower_
        if word in ("who", "which", "that", "whom"):
            noun = cues.antecedent(head)
            if noun.i != head.i:
                return self.short(self.referent(noun))
        wanted = next((kind for kind, words in _PRONOUNS.items() if word in words), None)
        if wanted is None:
            quoted = "a quotation" if self._quoted(head.idx) else "the page's own voice"
            return Referent(None, None, "unnamed", why=f"“{head.text}” is somebody in {quoted} whom nothing names.")
        for found in self._candidates(head):
            if found.name is not None and self._fits(found, wanted):
                if wanted in "mf" and found.entity:
                    self.cast.genders.setdefault(found.entity, wanted)
                return self.short(found)
        return Referent(None, None, "unnamed", why=f"Nobody named before “{head.text}” can be told to be meant by it.")

    def short(self, found: Referent) -> Referent:
        """The referent under its entity's name, as a pronoun's: its own phrase may be long."""
        return msgspec.structs.replace(found, name=self.cast.best(found.entity)) if found.entity else found

    def _fits(self, found: Referent, wanted: str) -> bool:
        if wanted in ("m", "f"):
            noun = mentions.gender_of((found.name or "").split(",")[0]) if found.entity is None else None
            known = self.cast.genders.get(found.entity or "", noun or wanted)
            return found.person and not found.plural and known == wanted
        if wanted == "it":
            return not found.person and not found.plural and found.entity is not None
        return (found.plural and found.person) or (found.entity is not None and not found.person)

    def _candidates(self, head: Token) -> Iterable[Referent]:
        """Whom a pronoun may stand for, the likeliest first: subjects, then others, sentence by sentence backwards."""
        here = self._sentence_of[head.i]
        left = _LOOK_BACK
        for k in range(here, -1, -1):
            start, end = self._sentences[k]
            # A sentence that is all quoted names nobody of whom the page speaks, and does not part what is around it.
            left -= not (self._quoted(self.doc[start].idx) and self._quoted(self.doc[end - 1].idx) and k < here)
            if left < 0:
                return
            stop = min(end, head.i)
            subjects = [t for t in self.doc[start:stop] if t.dep_ in ("nsubj", "nsubjpass") and not self._quoted(t.idx)]
            if k == here:
                # In its own sentence a pronoun does not stand for the subject it shares a verb with.
                subjects = [t for t in reversed(subjects) if t.head.i != head.head.i]
            else:
                subjects.sort(key=lambda t: (_depth(t), t.i))
            seen: set[str | None] = set()
            for token in subjects:
                found = self.referent(token)
                seen.add(found.entity)
                yield found
            others = [
                m
                for m in self.cast.within(start, stop)
                if not self._quoted(self.doc[m.start].idx) and m.entity not in seen
            ]
            if len({m.entity for m in others if m.type == "PERSON"}) <= 1 or k < here:
                for mention in reversed(others):
                    if mention.type in ("GPE", "LOC", "FAC"):
                        # A place named in passing is nobody that "it" or "they" could be.
                        continue
                    name = self.cast.best(mention.entity)
                    yield Referent(name, mention.entity, "named", mention.type == "NORP", mention.type == "PERSON")

    def _quoted(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._quotes)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)
