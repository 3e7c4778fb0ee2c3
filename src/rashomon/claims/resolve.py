"""Who is who on a page: mentions become entities, and pronouns and descriptions find whom they stand for.

Refuses to guess: a surname that two people bear, or a pronoun with nobody before it, stays unresolved.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import countries, cues
from rashomon.claims.tables import rows
from rashomon.model import Entity
from rashomon.spans import digest

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from rashomon.claims.quotes import Quote

_TYPES = frozenset(("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"))
_LOOK_BACK = 4
"""Sentences that are searched for whom a pronoun stands for."""
_POSSESSIVE = re.compile(r"['’]s?$")
_HONORIFIC = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev|St)\.?|President)\s+"
)
_HE = frozenset(("he", "him", "himself"))
_SHE = frozenset(("she", "her", "herself"))
_IT = frozenset(("it", "itself"))
_THEY = frozenset(("they", "them", "themselves"))
_TITLES = frozenset(
    ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "dame", "lord", "lady", "deputy", "vice")
)
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


class _Mention(msgspec.Struct):
    start: int
    end: int
    text: str
    type: str
    entity: str = ""


def fold(name: str) -> str:
    """A name without case, accents, dots, hyphens and possessive, by which spellings are compared."""
    bare = _POSSESSIVE.sub("", name.strip())
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s&]", " ", plain.replace(".", "").casefold()).split())


@cache
def _first_names() -> dict[str, str]:
    """Gender ("m" or "f") by first name, for names that tell it."""
    out: dict[str, str] = {}
    for row in rows("first_names"):
        for name in row["names"].split(";"):
            out[fold(name)] = row["gender"]
    return out


@cache
def nouns(kind: str) -> frozenset[str]:
    """The nouns of one kind in the table of roles."""
    return frozenset(noun for row in rows("roles") if row["kind"] == kind for noun in row["nouns"].split(";"))


class Cast:
    """The entities of one parsed page, and whom each noun phrase of it stands for."""

    def __init__(self, doc: Doc, quotes: Sequence[Quote] = ()) -> None:
        self.doc = doc
        self._quotes = [(quote.start, quote.end) for quote in quotes]
        self._names: dict[str, Counter[str]] = {}
        self._types: dict[str, Counter[str]] = {}
        self._codes: dict[str, str | None] = {}
        self._fixed: dict[str, str] = {}
        self._roles: dict[str, set[str]] = {}
        self._gender: dict[str, str] = {}
        self._memo: dict[int, Referent] = {}
        self.at: dict[int, _Mention] = {}
        self._mentions = _mentions(doc)
        self._name_all()
        self._learn_roles()
        self._sentences = [(s.start, s.end) for s in doc.sents]
        self._sentence_of = {i: k for k, (a, b) in enumerate(self._sentences) for i in range(a, b)}

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Every entity of the page, in order of id."""
        out = []
        for key, names in self._names.items():
            ordered = sorted(names, key=lambda n: (-len(n), n))
            name = self._fixed.get(key) or ordered[0]
            forms = tuple(dict.fromkeys([name, *ordered]))
            kind = min(self._types[key].items(), key=lambda pair: (-pair[1], pair[0]))[0]
            out.append(Entity(key, name, forms, kind, self._codes.get(key)))
        return tuple(sorted(out, key=lambda entity: entity.id))

    def roles(self, entity: str) -> list[str]:
        """What an entity is called beside its name, sorted: titles, appositions, words of a body's name."""
        return sorted(self._roles.get(entity, ()))

    def within(self, start: int, end: int) -> list[_Mention]:
        """The mentions between two tokens, in order."""
        found = {id(m): m for i in range(start, end) if (m := self.at.get(i)) is not None}
        return list(found.values())

    def _add(self, mention: _Mention, key: str, name: str, code: str | None, fixed: str | None = None) -> None:
        mention.entity = key
        self._names.setdefault(key, Counter())[name] += 1
        self._types.setdefault(key, Counter())[mention.type] += 1
        self._codes[key] = self._codes.get(key) or code
        if fixed:
            self._fixed[key] = fixed
        for i in range(mention.start, mention.end):
            self.at[i] = mention

    def _name_all(self) -> None:
        """Give each mention its entity: countries by table, full names first, then the surnames that fit one."""
        people: dict[str, str] = {}
        late: list[_Mention] = []
        known = Counter((fold(m.text), m.type) for m in self._mentions)
        for mention in self._mentions:
            mention.type = max(_TYPES, key=lambda t: (known[fold(mention.text), t], t == mention.type, t))
        for mention in self._mentions:
            found = countries.lookup(mention.text)
            if found is not None and mention.type != "PERSON" and not (found.ambiguous and mention.type == "ORG"):
                self._country(mention, found)
            elif mention.type in ("PERSON", "GPE", "ORG", "NORP") and len(fold(mention.text).split()) < 2:
                late.append(mention)
            else:
                self._plain(mention, people)
        for mention in late:
            self._surname(mention, people)

    def _country(self, mention: _Mention, found: countries.Country) -> None:
        own = found.kind in ("name", "demonym")
        key = digest("country", found.code) if own else digest("entity", fold(mention.text))
        if found.kind != "metonym":
            mention.type = "GPE"
        self._add(mention, key, mention.text, found.code, found.name if own else None)

    def _plain(self, mention: _Mention, people: dict[str, str]) -> None:
        """A mention that is its own name; a body with a bare title belongs to the country it is named with."""
        name, code = mention.text, None
        if mention.type == "ORG":
            owner = _owner_phrase(self.doc, mention)
            code = countries.government_of(owner or name)
            if owner and code and not countries.government_of(name):
                name = owner
        key = digest("entity", fold(name))
        if mention.type == "PERSON":
            people[fold(name)] = key
            first = _first_names().get(fold(name).split()[0])
            if first:
                self._gender.setdefault(key, first)
        self._add(mention, key, name, code)

    def _surname(self, mention: _Mention, people: dict[str, str]) -> None:
        """A single name: the one person who bears it as last or first name, else somebody of their own."""
        word = fold(mention.text)
        fits = {key for name, key in people.items() if name.split()[-1] == word}
        fits = fits or {key for name, key in people.items() if name.split()[0] == word}
        if len(fits) != 1 or (mention.type == "GPE" and self._place(mention)):
            if mention.type != "PERSON":
                self._plain(mention, people)
                return
            key = digest("entity", word)
        else:
            key = next(iter(fits))
            mention.type = "PERSON"
        self._add(mention, key, mention.text, None)
        title = self.doc[mention.start - 1].lower_.rstrip(".") if mention.start else ""
        if title in ("mr", "mrs", "ms"):
            self._gender.setdefault(key, "m" if title == "mr" else "f")

    def _place(self, mention: _Mention) -> bool:
        """Whether the name stands where places stand ("in Lincoln")."""
        return mention.start > 0 and self.doc[mention.start - 1].lower_ in (
            "in",
            "at",
            "near",
            "from",
            "into",
            "outside",
        )

    def _learn_roles(self) -> None:
        """What each entity is called beside its name: titles before it, appositions after it, words of its name."""
        for mention in self._mentions:
            roles = self._roles.setdefault(mention.entity, set())
            roles.update(fold(mention.text).split() if mention.type == "ORG" else ())
            head = _head(self.doc, mention)
            left = head.left_edge.i
            roles.update(t.lemma_.lower() for t in self.doc[left : mention.start] if t.pos_ in ("NOUN", "PROPN"))
            roles.update(child.lemma_.lower() for child in head.children if child.dep_ == "appos")
            if head.dep_ == "appos" and head.head.pos_ == "NOUN":
                roles.add(head.head.lemma_.lower())

    # --- whom a phrase stands for ---

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
        mention = self._named(head, phrase)
        text = self.doc[phrase[0] : phrase[-1] + 1].text
        lemma = head.lemma_.lower()
        plural = head.tag_ in ("NNS", "NNPS")
        if mention is not None:
            entity = mention.entity
            full = " " in fold(mention.text) or mention.type != "PERSON"
            name = text if full else self._best(entity)
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
            found = self._described(head, lemma)
            if found is not None:
                return found
        return Referent(text, None, "unnamed", plural, lemma in nouns("person"))

    def _giver(self, head: Token) -> Referent | None:
        """Who speaks through a document without a word of its own: "reports from officials", "a statement by X"."""
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("from", "by") and head.lemma_.lower() in nouns("relayed"):
                return next((self.referent(c) for c in child.children if c.dep_ == "pobj" and self._speaks(c)), None)
        return None

    def _speaks(self, token: Token) -> bool:
        mention = self.at.get(token.i)
        group = token.lemma_.lower() in nouns("group") | nouns("person") | nouns("body") | nouns("official")
        return group or (mention is not None and mention.type in ("PERSON", "ORG"))

    def _best(self, entity: str) -> str:
        names = self._names[entity]
        return self._fixed.get(entity) or min(names, key=lambda n: (-len(n), n))

    def _named(self, head: Token, phrase: list[int]) -> _Mention | None:
        """The mention that the phrase is about: at its head, in apposition to it, or a name that follows a title."""
        mention = self.at.get(head.i)
        if mention is not None and not (mention.type == "NORP" and head.pos_ == "ADJ"):
            return mention
        beside = [c for c in head.children if c.dep_ == "appos" and c.i in phrase]
        beside += [c for c in head.children if c.dep_ in ("compound", "nmod", "flat") and c.i > head.i]
        for child in beside:
            near = self.at.get(child.i)
            if near is not None and near.type in ("PERSON", "ORG"):
                return near
        after = self.at.get(head.i + 1) if head.i + 1 < len(self.doc) else None
        if (
            after is not None
            and after.type == "PERSON"
            and after.start in phrase
            and head.lemma_.lower() in nouns("person")
        ):
            return after
        return None

    def _body(self, head: Token, phrase: list[int], text: str) -> Referent | None:
        """A government body without a name of its own ("North Korea's mission to the United Nations")."""
        if head.tag_ in ("NNS", "NNPS") or head.lemma_.lower() not in nouns("body"):
            return None
        code = countries.government_of(text)
        if code is None or not countries.mentions(text):
            return None
        name = re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)
        key = digest("entity", fold(name))
        mention = _Mention(head.i, head.i + 1, name, "ORG")
        self._add(mention, key, name, code)
        self._roles.setdefault(key, set()).add(head.lemma_.lower())
        return Referent(text, key, "named")

    def _definite(self, phrase: list[int]) -> bool:
        return self.doc[phrase[0]].lower_ in ("the", "this", "that", "his", "her", "its", "their")

    def _described(self, head: Token, lemma: str) -> Referent | None:
        """ "The ministry": the entity last named that is called so."""
        if lemma not in nouns("person") | nouns("body"):
            return None
        for i in range(head.i - 1, -1, -1):
            mention = self.at.get(i)
            if mention is not None and mention.end <= head.i and lemma in self._roles.get(mention.entity, ()):
                person = mention.type == "PERSON"
                if person == (lemma in nouns("person")) or not person:
                    return Referent(self._best(mention.entity), mention.entity, "named", False, person)
        return None

    def _pronoun(self, head: Token) -> Referent:
        word = head.lower_
        if word in ("who", "which", "that", "whom"):
            noun = cues.antecedent(head)
            if noun.i != head.i:
                return self.short(self.referent(noun))
        wanted = next(
            (k for k, words in (("m", _HE), ("f", _SHE), ("it", _IT), ("they", _THEY)) if word in words), None
        )
        if wanted is None:
            quoted = "a quotation" if self._quoted(head.idx) else "the page's own voice"
            return Referent(None, None, "unnamed", why=f"“{head.text}” is somebody in {quoted} whom nothing names.")
        for found in self._candidates(head):
            if found.name is not None and self._fits(found, wanted):
                if wanted in "mf" and found.entity:
                    self._gender.setdefault(found.entity, wanted)
                return self.short(found)
        return Referent(None, None, "unnamed", why=f"Nobody named before “{head.text}” can be told to be meant by it.")

    def short(self, found: Referent) -> Referent:
        """The referent under its entity's name, as a pronoun's: its own phrase may be long."""
        return msgspec.structs.replace(found, name=self._best(found.entity)) if found.entity else found

    def _fits(self, found: Referent, wanted: str) -> bool:
        if wanted in ("m", "f"):
            return found.person and self._gender.get(found.entity or "", wanted) == wanted
        if wanted == "it":
            return not found.person and not found.plural and found.entity is not None
        return found.plural or (found.entity is not None and not found.person)

    def _candidates(self, head: Token) -> Iterable[Referent]:
        """Whom a pronoun may stand for, the likeliest first: subjects, then others, sentence by sentence backwards."""
        here = self._sentence_of[head.i]
        for k in range(here, max(-1, here - _LOOK_BACK), -1):
            start, end = self._sentences[k]
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
                m for m in self.within(start, stop) if not self._quoted(self.doc[m.start].idx) and m.entity not in seen
            ]
            if len({m.entity for m in others if m.type == "PERSON"}) <= 1 or k < here:
                for mention in reversed(others):
                    name = self._best(mention.entity)
                    yield Referent(name, mention.entity, "named", mention.type == "NORP", mention.type == "PERSON")

    def _quoted(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._quotes)


def _mentions(doc: Doc) -> list[_Mention]:
    """The recognizer's mentions, and people whom it passed over or took for something else, in order.

    A run of capitalised names is a person's where a title goes before it ("Mayor Ana Reyes"), where it opens
    with a first name that only people bear, or where it speaks and is called by a person's role.
    """
    found = [m for span in doc.ents if (m := _mention(span)) is not None]
    taken = {i: mention for mention in found for i in range(mention.start, mention.end)}
    at = 0
    while at < len(doc):
        end = at
        while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper() and end - at < 6:
            end += 1
        start = at
        while start < end and (doc[start].lower_.rstrip(".") in nouns("person") or doc[start].lower_ in _TITLES):
            start += 1
        if end > start and (start > at or _titled(doc, at)) and start not in taken:
            found.append(_Mention(start, end, doc[start:end].text, "PERSON"))
        elif end - start >= 2 and doc[start].lower_ in _first_names():
            if start not in taken:
                found.append(_Mention(start, end, doc[start:end].text, "PERSON"))
            elif taken[start].start == start and taken[start].end == end and taken[start].type != "GPE":
                taken[start].type = "PERSON"
        elif 2 <= end - start <= 4 and not any(i in taken for i in range(start, end)) and _speaks(doc, start, end):
            found.append(_Mention(start, end, doc[start:end].text, "PERSON"))
        at = max(end, at + 1)
    return sorted(found, key=lambda mention: mention.start)


def _speaks(doc: Doc, start: int, end: int) -> bool:
    """Whether a run of names says something, or has a person's role in apposition, and is no body."""
    head = doc[start:end].root
    if any(token.lower_ in nouns("body") for token in doc[start:end]):
        return False
    role = any(c.dep_ == "appos" and c.lemma_.lower() in nouns("person") for c in head.children)
    return role or (head.dep_ == "nsubj" and head.head.lemma_ in ("say", "tell", "add"))


def _titled(doc: Doc, at: int) -> bool:
    return at > 0 and doc[at - 1].pos_ == "NOUN" and doc[at - 1].lower_ in nouns("person")


def _mention(span: Span) -> _Mention | None:
    """A named entity as a mention, without article, honorific, possessive and stray quotation marks."""
    if span.label_ not in _TYPES:
        return None
    start, end = span.start, span.end
    while start < end and (span.doc[start].lower_ in ("the", "a", "an") or not span.doc[start].text[0].isalnum()):
        start += 1
    while end > start and (span.doc[end - 1].tag_ == "POS" or not any(c.isalnum() for c in span.doc[end - 1].text)):
        end -= 1
    if span.label_ == "PERSON":
        end = _hyphenated(span.doc, end)
    text = span.doc[start:end].text
    if not text or "\n" in text or not any(c.isupper() for c in text) or len(text) > 80:
        return None
    return _Mention(start, end, _HONORIFIC.sub("", text) if span.label_ == "PERSON" else text, span.label_)


def _hyphenated(doc: Doc, end: int) -> int:
    """The end of a name that goes on after a hyphen ("Yoon Suk-yeol"), where the recognizer stopped short of it."""
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2
    return end


def _head(doc: Doc, mention: _Mention) -> Token:
    """The token of a mention that the others hang on."""
    return doc[mention.start : mention.end].root


def _owner_phrase(doc: Doc, mention: _Mention) -> str | None:
    """A body's name with the country that stands before it in the possessive or as an adjective."""
    head = _head(doc, mention)
    left = head.left_edge.i
    if left >= mention.start or mention.start - left > 4:
        return None
    while left < mention.start and doc[left].pos_ == "DET":
        left += 1
    return doc[left : mention.end].text if left < mention.start else None


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)
