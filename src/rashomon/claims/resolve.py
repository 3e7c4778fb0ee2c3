"""Whom a noun phrase stands for: pronouns, surnames and descriptions find the entity that they mean.

Refuses to guess: a pronoun with nobody before it stays unresolved, with a sentence that says why.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import countries, cues, mentions, people, pronouns, standins
from rashomon.claims.cast import Cast
from rashomon.claims.described import Descriptions
from rashomon.claims.genders import HE, SHE
from rashomon.claims.mentions import Mention, nouns
from rashomon.claims.people import fold
from rashomon.spans import digest

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from rashomon.claims.quotes import Quote

_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_PRONOUNS = {"m": HE, "f": SHE, "it": standins.IT, "they": standins.THEY}
_BESIDE = 8
"""Tokens between a person's name and the "who" that speaks of him."""
_OF_TOWNS = frozenset(("police", "residents", "resident", "firefighters", "mayor", "suburb", "streets"))
_CITY = ("nsubj", "nsubjpass", "poss")
"""Where a capital stands for the government in it: "Seoul said", "Seoul's denial"; "in Seoul" is the town."""


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
        self._starts = [start for start, _ in self._sentences]
        self._descriptions = Descriptions(doc, cast, self._quoted)
        self._heads = standins.heads(doc, cast)
        third = {at for found in self._heads.values() for at in found if doc[at].lower_ in standins.THIRD}
        self._waiting = iter([doc[at] for at in sorted(third)])
        self._next = next(self._waiting, None)

    def referent(self, head: Token, phrase: Iterable[int] | None = None) -> Referent:
        """Whom the noun phrase headed by the token stands for; `phrase` are its tokens where they are known."""
        while self._next is not None and self._next.i < head.i:
            # Each pronoun knows whom those before it mean; one after the other, however long the page.
            token, self._next = self._next, next(self._waiting, None)
            self._known(token, None)
        return self._known(head, phrase)

    def _known(self, head: Token, phrase: Iterable[int] | None) -> Referent:
        if head.i not in self._memo:
            self._memo[head.i] = Referent(None, None, "unnamed", why="The phrase refers to itself.")
            self._memo[head.i] = self._refer(head, self._clean(head, sorted(phrase or cues.phrase(head))))
        return self._memo[head.i]

    def _clean(self, head: Token, phrase: list[int]) -> list[int]:
        """A phrase without the day before it and the "'s" behind it, which are no part of a name."""
        days = takewhile(lambda i: i < head.i and self._is_day(self.doc[i]), phrase)
        phrase = phrase[len(list(days)) :]
        while phrase[-1] > head.i and self.doc[phrase[-1]].tag_ == "POS":
            phrase.pop()
        return phrase

    def _is_day(self, token: Token) -> bool:
        return bool(token.ent_type_ == "DATE" and token.tag_ == "NNP")

    def _refer(self, head: Token, phrase: list[int]) -> Referent:
        text = self.doc[phrase[0] : phrase[-1] + 1].text
        if any(child.dep_ == "conj" and child.i in phrase and standins.speaker_like(child) for child in head.children):
            return self._several(head, text)
        if head.pos_ == "PRON" or head.lower_ in standins.THIRD:
            return self._pronoun(head)
        mention = self._named(head, phrase) or self._bare(head)
        lemma = head.lemma_.lower()
        plural = head.tag_ in ("NNS", "NNPS")
        if mention is not None:
            return self._by_name(head, phrase, mention, plural)
        entity = self._descriptions.meant(head, phrase) if lemma in nouns("body") else None
        if entity is None and lemma in nouns("document") | nouns("imagery") | nouns("video"):
            giver = self._giver(head)
            if giver is None:
                return Referent(text, None, "document", plural)
            # "Reports from officials" are the officials; "a report by the agency" is a document of the agency's.
            return giver if plural else Referent(text, giver.entity, "document", via=giver.name)
        body = self._body(head, phrase, text)
        if body is not None:
            return body
        entity = entity or self._descriptions.meant(head, phrase)
        if entity is not None:
            return Referent(self.cast.best(entity), entity, "named", False, self._is_person(entity))
        many = plural or lemma in nouns("collective")
        return Referent(self._core(head, phrase), None, "unnamed", many, standins.person_noun(head))

    def _several(self, head: Token, text: str) -> Referent:
        """Several who speak together: no one of them is meant alone."""
        mention = self.cast.at.get(head.i)
        person = mention.type == "PERSON" if mention is not None else standins.person_noun(head)
        return Referent(text, None, "named" if mention is not None else "unnamed", True, person)

    def _by_name(self, head: Token, phrase: list[int], mention: Mention, plural: bool) -> Referent:
        """A phrase that has a name in it: the name's entity; of a capital that speaks, the government in it."""
        entity = mention.entity
        seat = self._seat(head, mention)
        if seat is not None:
            return seat
        best = self.cast.best(entity)
        short = mention.type in ("PERSON", "ORG") and len(fold(mention.text).split()) < len(fold(best).split())
        short = short or (mention.type == "PERSON" and " " not in fold(mention.text))
        if short and mention.type == "PERSON" and " " in fold(mention.text):
            # "Robert Hale" is short for nobody, though the page has "Robert J. Hale" too.
            short = not people.same_given(fold(mention.text).split()[0], fold(best).split()[0])
        name = best if short or mention.start not in phrase else self._core(head, phrase)
        return Referent(name, entity, "named", plural and mention.type == "NORP", mention.type == "PERSON")

    def _seat(self, head: Token, mention: Mention) -> Referent | None:
        """Who is meant by the name of the town where he sits; None where the town itself may be meant."""
        if mention.type == "PERSON" or not (mention.start <= head.i < mention.end):
            return None
        if head.dep_ not in _CITY and not (head.dep_ == "pobj" and head.head.lower_ in ("by", "to")):
            return None
        if head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ != "according":
            return None
        body = countries.seat_of(mention.text)
        found = countries.lookup(mention.text)
        if body is not None:
            key = digest("entity", fold(body))
            self.cast.add(Mention(mention.start, mention.end, body, "ORG"), key, body, None)
            self.cast.at.update((i, mention) for i in range(mention.start, mention.end))
            return Referent(body, key, "named")
        if found is None or found.kind != "capital" or self._is_town(mention, found):
            return None
        key = digest("country", found.code)
        self.cast.add(Mention(mention.start, mention.end, found.name, "GPE"), key, found.name, found.code, found.name)
        self.cast.at.update((i, mention) for i in range(mention.start, mention.end))
        return Referent(found.name, key, "named")

    def _is_town(self, mention: Mention, found: countries.Country) -> bool:
        """Whether the page speaks of the town itself (its police, its mayor), or may mean another of that name."""
        same = [m for m in self.cast.mentions if m.entity == mention.entity]
        if any(m.end < len(self.doc) and self.doc[m.end].lower_ in _OF_TOWNS for m in same):
            return True
        if any(m.start > 1 and self.doc[m.start - 2].lower_ == "mayor" for m in same):
            return True
        # "Washington" is the state, the town or a man, unless the page names the country too.
        return found.ambiguous and digest("country", found.code) not in self.cast.codes

    def _is_person(self, entity: str) -> bool:
        return any(m.type == "PERSON" for m in self.cast.mentions if m.entity == entity)

    def _core(self, head: Token, phrase: list[int]) -> str:
        """The noun phrase without the clauses that hang on it: "Minister Ana Reyes, who came on Tuesday" is Minister
        Ana Reyes; what stands before such a clause ends with the name or the noun."""
        clauses = [c.left_edge.i for c in head.subtree if c.dep_ in ("relcl", "acl") and c.left_edge.i > head.i]
        clauses = [i for i in clauses if i <= phrase[-1]]
        end = min([phrase[-1] + 1, *clauses])
        commas = [i for i in range(head.i + 1, end) if clauses and self.doc[i].text == ","]
        end = min([end, *commas])
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
        if head.dep_ == "appos" and head.tag_ not in ("NNS", "NNPS"):
            # "Branstad of Iowa, a Republican who …" is Branstad.
            beside.append(head.head)
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
            m.entity for m in self.cast.mentions if m.type == "PERSON" and people.words_of(m.text)[1:][-1:] == (word,)
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
        text = self._core(head, phrase)
        name = re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)
        key = digest("entity", fold(name))
        mention = Mention(head.i, head.i + 1, name, "ORG")
        self.cast.add(mention, key, name, code)
        self.cast.call(key, head.lemma_.lower())
        return Referent(text, key, "named")

    # --- pronouns ---

    def _pronoun(self, head: Token) -> Referent:
        word = head.lower_
        if word in _RELATIVE:
            noun = self._antecedent(head)
            if noun is not None:
                return self.short(self.referent(noun))
        wanted = next((kind for kind, words in _PRONOUNS.items() if word in words), None)
        if wanted is None or (wanted == "it" and standins.of_nobody(head)):
            quoted = "a quotation" if self._quoted(head.idx) else "the page's own voice"
            return Referent(None, None, "unnamed", why=f"“{head.text}” is somebody in {quoted} whom nothing names.")
        found = pronouns.weighed(
            head,
            self._sentences,
            bisect_right(self._starts, head.i) - 1,
            self._quoted,
            lambda start, end: self._between(wanted, start, end),
            lambda token: self._fitting(token, wanted),
        )
        best, other = pronouns.chosen(found)
        if best is not None:
            token = self.doc[best.token]
            meant = self._alone(token) if wanted in ("m", "f") else self._known(token, None)
            if wanted in ("m", "f") and meant.entity and len(found) == 1:
                self.cast.genders.setdefault(meant.entity, wanted)
            return self.short(meant)
        if other is not None:
            why = f"Of several named before “{head.text}” none is meant more clearly than the others."
        else:
            why = f"Nobody named before “{head.text}” can be told to be meant by it."
        return Referent(None, None, "unnamed", why=why)

    def _antecedent(self, head: Token) -> Token | None:
        """The noun of a relative pronoun: one of the number of its verb, and a person for "who"."""
        noun = cues.antecedent(head)
        if noun.i == head.i:
            return None
        plural = head.head.tag_ == "VBP" or any(c.tag_ == "VBP" for c in head.head.children if c.dep_ == "aux")
        climb = noun
        while plural and climb.tag_ in ("NN", "NNP") and climb.head.i < climb.i and climb.dep_ in ("pobj", "prep"):
            climb = climb.head.head if climb.head.dep_ == "prep" else climb.head
        if climb.tag_ in ("NNS", "NNPS"):
            noun = climb
        mention = self.cast.at.get(noun.i)
        if head.lower_ == "who" and not plural and mention is None and not standins.person_noun(noun):
            last = [m for m in self.cast.within(noun.sent.start, head.i) if m.type == "PERSON"][-1:]
            noun = self.doc[last[0].end - 1] if last and head.i - last[0].end < _BESIDE else noun
        return noun

    def _between(self, wanted: str, start: int, end: int) -> list[Token]:
        """The heads between two tokens of what a pronoun may stand for."""
        found = self._heads["person" if wanted in ("m", "f") else wanted]
        return [self.doc[i] for i in found[bisect_left(found, start) : bisect_left(found, end)]]

    def _fitting(self, token: Token, wanted: str) -> tuple[str, bool, bool] | None:
        """The key of what a token heads, whether it has a name, and whether its gender is known to be right; None
        where it does not fit."""
        found = self._alone(token) if wanted in ("m", "f") else self._known(token, None)
        if found.name is None:
            return None
        key = found.entity or f"{token.i} {found.name}"
        if wanted in ("m", "f"):
            if not found.person or found.plural:
                return None
            noun = None if found.entity else mentions.gender_of(found.name.split(",")[0])
            known = self.cast.genders.get(found.entity or "", noun)
            return (key, found.entity is not None, known == wanted) if known in (None, wanted) else None
        if wanted == "it":
            single = not found.person and not found.plural and (found.entity is not None or found.kind == "document")
            return (key, found.entity is not None, False) if single else None
        many = found.plural or (found.entity is not None and not found.person)
        return (key, True, found.plural) if many else None

    def _alone(self, token: Token) -> Referent:
        """Whom a token stands for by itself, where it is one of several: "Robert Hale and Peter Stone"."""
        mention = self.cast.at.get(token.i)
        if mention is None or mention.type != "PERSON" or not any(c.dep_ == "conj" for c in token.children):
            return self._known(token, None)
        return Referent(self.cast.best(mention.entity), mention.entity, "named", False, True)

    def short(self, found: Referent) -> Referent:
        """The referent under its entity's name, as a pronoun's: its own phrase may be long."""
        return msgspec.structs.replace(found, name=self.cast.best(found.entity)) if found.entity else found

    def _quoted(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._quotes)
