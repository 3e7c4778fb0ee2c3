"""Who and what is named on a page: mentions become entities, each with its names, type and country."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rashomon.claims import bodies, countries, genders, mentions, offices, people, surnames
from rashomon.claims.mentions import Mention
from rashomon.claims.people import fold, words_of
from rashomon.claims.surnames import Person
from rashomon.model import Entity
from rashomon.spans import digest

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_NEAR = 8
"""Tokens beside a name in which it may be told whose office somebody holds."""
_PLACED = frozenset(("in", "at", "near", "from", "into", "outside"))


class Cast:
    """The entities of one parsed page, by the places where they are named.

    Refuses to guess: a surname that two people bear is an entity of its own.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.at: dict[int, Mention] = {}
        """The mention at a token, by the token's index."""
        self.mentions = mentions.find(doc)
        self.genders: dict[str, str] = {}
        """"m" or "f" by entity, where something on the page tells it."""
        self.codes: dict[str, str | None] = {}
        self._phrases: dict[str, set[str]] = {}
        """The noun phrases that an entity's names stand in."""
        self._names: dict[str, Counter[str]] = {}
        self._types: dict[str, Counter[str]] = {}
        self._fixed: dict[str, str] = {}
        self._roles: dict[str, set[str]] = {}
        self._offices: dict[tuple[int, int], frozenset[str]] = {}
        """By a mention's tokens: what he is called there as one of a body that is not public."""
        self._name_all()
        self._learn_roles()
        self._tell_genders()

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Every entity of the page, in order of id."""
        out = []
        for key, names in self._names.items():
            ordered = sorted(names, key=lambda n: (-len(n), n))
            forms = tuple(dict.fromkeys([self.best(key), *ordered]))
            kind = min(self._types[key].items(), key=lambda pair: (-pair[1], pair[0]))[0]
            out.append(Entity(key, forms[0], forms, kind, self.codes.get(key)))
        return tuple(sorted(out, key=lambda entity: entity.id))

    def roles(self, entity: str) -> list[str]:
        """What an entity is called beside its name, sorted: titles, appositions, words of a body's name."""
        return sorted(self._roles.get(entity, ()))

    def titles(self, entity: str) -> list[str]:
        """What an entity is called beside its name, without the words of the name itself ("Residents' Union")."""
        own = {word for name in self._names.get(entity, ()) for word in fold(name).split()}
        return [role for role in self.roles(entity) if role not in own | self._private(entity)]

    def _private(self, entity: str) -> set[str]:
        """What an entity is called as one of a body that is not public: "Fennel Air president Tim Hale"."""
        people_ = (mention for mention in self.mentions if mention.entity == entity and mention.type == "PERSON")
        return {role for mention in people_ for role in self._private_at(mention)}

    def _private_at(self, mention: Mention) -> frozenset[str]:
        place = mention.start, mention.end
        if place not in self._offices:
            head = mentions.head(self.doc, mention)
            last = min(head.right_edge.i, mention.end + _NEAR)
            first = max(head.left_edge.i, mention.start - _NEAR)
            self._offices[place] = offices.private(self.doc[first : last + 1].text)
        return self._offices[place]

    def lands(self, entity: str) -> set[str]:
        """Codes of the countries that stand beside an entity's names."""
        return {code for phrase in self._phrases.get(entity, ()) for code in mentions.lands(phrase)}

    def call(self, entity: str, role: str) -> None:
        """Keep another word that an entity is called by."""
        self._roles.setdefault(entity, set()).add(role)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions between two tokens, in order."""
        found = {id(m): m for i in range(start, end) if (m := self.at.get(i)) is not None}
        return list(found.values())

    def add(self, mention: Mention, key: str, name: str, code: str | None, fixed: str | None = None) -> None:
        mention.entity = key
        self._names.setdefault(key, Counter())[name] += 1
        self._types.setdefault(key, Counter())[mention.type] += 1
        self.codes[key] = self.codes.get(key) or code
        if fixed:
            self._fixed[key] = fixed
        for i in range(mention.start, mention.end):
            self.at[i] = mention

    def best(self, entity: str) -> str:
        """The name to show: of a country its own, of others the fullest that is not all capitals."""
        names = self._names[entity]
        if entity in self._fixed:
            return self._fixed[entity]
        person = self._types[entity]["PERSON"] > 0

        def rank(name: str) -> tuple[bool, bool, int, int, str]:
            words = len(name.split())
            shouted = name.isupper() and len(name) > 5
            return shouted, person and not 2 <= words <= 4, -names[name] if person else 0, -len(name), name

        return min(names, key=rank)

    # --- whose names the mentions are ---

    def _name_all(self) -> None:
        """Give each mention its entity: countries by table, full names first, then the short ones that fit one."""
        late: list[Mention] = []
        full: list[Mention] = []
        for mention in self.mentions:
            found = countries.lookup(mention.text)
            if found is not None and not (mention.type == "PERSON" or (found.ambiguous and mention.type == "ORG")):
                self._country(mention, found)
            elif mention.type == "PERSON" and len(words_of(mention.text)) > 1:
                full.append(mention)
            elif mention.type in ("PERSON", "GPE", "ORG", "NORP") and len(fold(mention.text).split()) < 2:
                late.append(mention)
            else:
                self._plain(mention)
        known = self._full(full)
        shorts = bodies.short_forms(self.mentions)
        for mention in late:
            if not self._surname(mention, known):
                self._plain(mention, shorts.get(mention.text))

    def _country(self, mention: Mention, found: countries.Country) -> None:
        own = found.kind in ("name", "demonym")
        key = digest("country", found.code) if own else _key(mention.text)
        if found.kind != "metonym":
            mention.type = "GPE"
        self.add(mention, key, mention.text, found.code, found.name if own else None)

    def _plain(self, mention: Mention, long: str | None = None) -> None:
        """A mention that is its own name; a body with a bare title belongs to the country it is named with.

        `long` is the full name of the body that the mention is short for.
        """
        name, code = mention.text, None
        if mention.type == "ORG":
            owner = mentions.owner_phrase(self.doc, mention)
            code = countries.government_of(owner or name)
            if owner and code and not countries.government_of(name):
                name = owner
        self.add(mention, _key(long or name), name, code)

    def _full(self, given: list[Mention]) -> list[Person]:
        """The people who are named in full, each mention with the person whose name it is."""
        words = {id(mention): self._cut(mention, given) for mention in given}
        counts = Counter(words.values())
        # "Mark-Viverito" and "Wasserman Schultz" have two words and are the end of a longer name.
        ends = {w for w in counts if any(len(w) < len(v) and v[-len(w) :] == w for v in counts)}
        leader = surnames.grouped({w: n for w, n in counts.items() if w not in ends})
        known: dict[str, Person] = {}
        for mention in sorted(given, key=lambda m: words[id(m)] in ends):
            own = words[id(mention)]
            if own in ends:
                person = surnames.meant(" ".join(own), mention.start, known.values(), None, None)
                key = person.key if person is not None else digest("entity", " ".join(own))
            else:
                key = digest("entity", " ".join(leader[own]))
                person = known.setdefault(key, Person(key, leader[own], mention.start, 0))
                person.count += 1
                person.first = min(person.first, mention.start)
                person.plainly = person.plainly or not _headline(self.doc[mention.start].sent)
            self.add(mention, key, mention.text, None)
        told = genders.tell(self.doc, given, {key: self._names[key] for key in known})
        for key, person in known.items():
            person.gender = told.get(key)
            person.roles = frozenset(title["role"] for m in given if m.entity == key and (title := self._title(m)))
        return list(known.values())

    def _cut(self, mention: Mention, given: list[Mention]) -> tuple[str, ...]:
        """A full name's words; where a headline runs on after a name that the text knows, the name's alone."""
        words = words_of(mention.text)
        if len(words) > 2 and _headline(self.doc[mention.start].sent):
            others = {words_of(other.text) for other in given if other is not mention}
            cut = next((words[:n] for n in range(2, len(words)) if words[:n] in others), None)
            if cut is not None:
                mention.end = mention.start + len(cut)
                mention.text = self.doc[mention.start : mention.end].text
                return cut
        return words

    def _surname(self, mention: Mention, known: list[Person]) -> bool:
        """Give a single name to the one person who bears it, or to somebody of his own; whether it is a person's."""
        word = people.spelled(fold(mention.text))
        title = self._title(mention) or {}
        gender = title.get("gender") or None
        person = surnames.meant(word, mention.start, known, gender, title.get("role") or None)
        placed = mention.start > 0 and self.doc[mention.start - 1].lower_ in _PLACED
        if person is not None and not (mention.type == "GPE" and placed):
            mention.type = "PERSON"
            person.count += 1
            self.add(mention, person.key, mention.text, None)
            return True
        if mention.type != "PERSON":
            return False
        # "Mr. Hale" beside "Ana Hale" is somebody else than "Mrs. Hale".
        several = any(word in other.words for other in known)
        key = digest("entity", word, gender) if gender and several else digest("entity", word)
        name = self.doc[mention.start - 1 : mention.end].text if gender and several else mention.text
        self.add(mention, key, name, None)
        return True

    def _title(self, mention: Mention) -> dict[str, str] | None:
        """The row of the title right before a mention; of "President" and the like one that tells the role alone."""
        if not mention.start:
            return None
        before = self.doc[mention.start - 1]
        if before.text == "." and mention.start > 1:
            before = self.doc[mention.start - 2]
        title = people.title_of(before.text)
        if title is None and before.lower_ in mentions.nouns("person"):
            return {"role": mentions.role(before), "gender": ""}
        return title

    # --- what they are called ---

    def _learn_roles(self) -> None:
        """What each entity is called beside its name: titles before it, appositions after it, words of its name."""
        for mention in self.mentions:
            roles = self._roles.setdefault(mention.entity, set())
            roles.update(fold(mention.text).split() if mention.type == "ORG" else ())
            if mention.type == "PERSON":
                # "Pope Anselm" has the office in the name.
                roles.update(word for word in fold(mention.text).split()[:1] if word in mentions.nouns("person"))
            head = mentions.head(self.doc, mention)
            left = head.left_edge.i
            before = self.doc[left : mention.start]
            roles.update(mentions.role(t) for t in before if t.pos_ in ("NOUN", "PROPN"))
            title = self._title(mention)
            if title is not None and title["role"]:
                roles.add(title["role"])
            roles.update(mentions.role(child) for child in head.children if child.dep_ == "appos")
            if head.dep_ == "appos" and head.head.pos_ == "NOUN":
                roles.add(mentions.role(head.head))
            if head.dep_ in ("nsubj",) and head.head.lemma_ == "be":
                roles.update(mentions.role(child) for child in head.head.children if child.dep_ == "attr")
            self._phrases.setdefault(mention.entity, set()).add(self.doc[left : head.right_edge.i + 1].text)

    def _tell_genders(self) -> None:
        given = [mention for mention in self.mentions if mention.type == "PERSON"]
        named: dict[str, list[str]] = defaultdict(list)
        for mention in given:
            named[mention.entity].append(mention.text)
        self.genders.update(genders.tell(self.doc, given, named))


def _key(name: str) -> str:
    """An entity's id: the same for every way in which news spell its name."""
    return digest("entity", people.spelled(fold(name)))


def _headline(sentence: Span) -> bool:
    """Whether a sentence is set as headlines are, so that any two of its words look like a name."""
    words = [token for token in sentence if token.is_alpha and len(token) > 3]
    return sum(token.text[0].islower() for token in words) * 3 < len(words)
