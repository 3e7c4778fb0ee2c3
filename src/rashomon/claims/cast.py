"""Who and what is named on a page: mentions become entities, each with its names, type and country."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rashomon.claims import countries, mentions
from rashomon.claims.mentions import Mention, fold
from rashomon.model import Entity
from rashomon.spans import digest

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_FAMILY_FIRST = frozenset(
    "yoon kim lee park choi moon xi li wang zhang chen hu wen deng mao nguyen tran pham abe suga kishida ishiba".split()
)
"""Family names that stand before the given name, as East Asian names are written."""


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
        self.lands: dict[str, set[str]] = {}
        """Codes of the countries that stand beside an entity's names."""
        self._names: dict[str, Counter[str]] = {}
        self._types: dict[str, Counter[str]] = {}
        self._fixed: dict[str, str] = {}
        self._roles: dict[str, set[str]] = {}
        self._plainly: set[str] = set()
        """People whose name stands in running text, where not every word has a capital."""
        self._name_all()
        self._learn_roles()

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Every entity of the page, in order of id."""
        out = []
        for key, names in self._names.items():
            ordered = sorted(names, key=lambda n: (-len(n), n))
            name = self._fixed.get(key) or ordered[0]
            forms = tuple(dict.fromkeys([name, *ordered]))
            kind = min(self._types[key].items(), key=lambda pair: (-pair[1], pair[0]))[0]
            out.append(Entity(key, name, forms, kind, self.codes.get(key)))
        return tuple(sorted(out, key=lambda entity: entity.id))

    def roles(self, entity: str) -> list[str]:
        """What an entity is called beside its name, sorted: titles, appositions, words of a body's name."""
        return sorted(self._roles.get(entity, ()))

    def titles(self, entity: str) -> list[str]:
        """What an entity is called beside its name, without the words of the name itself ("Residents' Union")."""
        own = {word for name in self._names.get(entity, ()) for word in fold(name).split()}
        return [role for role in self.roles(entity) if role not in own]

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
        names = self._names[entity]
        return self._fixed.get(entity) or min(names, key=lambda n: (-len(n), n))

    def _name_all(self) -> None:
        """Give each mention its entity: countries by table, full names first, then the surnames that fit one."""
        people: dict[str, str] = {}
        late: list[Mention] = []
        known = Counter((fold(m.text), m.type) for m in self.mentions)
        for mention in self.mentions:
            mention.type = max(mentions.TYPES, key=lambda t: (known[fold(mention.text), t], t == mention.type, t))
        for mention in self.mentions:
            found = countries.lookup(mention.text)
            if found is not None and mention.type != "PERSON" and not (found.ambiguous and mention.type == "ORG"):
                self._country(mention, found)
            elif mention.type in ("PERSON", "GPE", "ORG", "NORP") and len(fold(mention.text).split()) < 2:
                late.append(mention)
            else:
                self._plain(mention, people)
        for mention in late:
            self._surname(mention, people)

    def _country(self, mention: Mention, found: countries.Country) -> None:
        own = found.kind in ("name", "demonym")
        key = digest("country", found.code) if own else digest("entity", fold(mention.text))
        if found.kind != "metonym":
            mention.type = "GPE"
        self.add(mention, key, mention.text, found.code, found.name if own else None)

    def _plain(self, mention: Mention, people: dict[str, str]) -> None:
        """A mention that is its own name; a body with a bare title belongs to the country it is named with."""
        name, code = mention.text, None
        if mention.type == "ORG":
            owner = mentions.owner_phrase(self.doc, mention)
            code = countries.government_of(owner or name)
            if owner and code and not countries.government_of(name):
                name = owner
        key = digest("entity", fold(name))
        if mention.type == "PERSON":
            people[fold(name)] = key
            if not _headline(self.doc[mention.start].sent):
                self._plainly.add(key)
            first = mentions.first_names().get(fold(name).split()[0])
            if first:
                self.genders.setdefault(key, first)
        self.add(mention, key, name, code)

    def _surname(self, mention: Mention, people: dict[str, str]) -> None:
        """A single name: the one person who bears it as last or first name, else somebody of their own."""
        word = fold(mention.text)
        fits = {key for name, key in people.items() if name.split()[-1] == word}
        if not fits:
            known = word in mentions.first_names() or word in _FAMILY_FIRST
            fits = {key for name, key in people.items() if name.split()[0] == word and (known or key in self._plainly)}
        if len(fits) != 1 or (mention.type == "GPE" and self._place(mention)):
            if mention.type != "PERSON":
                self._plain(mention, people)
                return
            key = digest("entity", word)
        else:
            key = next(iter(fits))
            mention.type = "PERSON"
        self.add(mention, key, mention.text, None)
        title = self.doc[mention.start - 1].lower_.rstrip(".") if mention.start else ""
        if title in ("mr", "mrs", "ms"):
            self.genders.setdefault(key, "m" if title == "mr" else "f")

    def _place(self, mention: Mention) -> bool:
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
        for mention in self.mentions:
            roles = self._roles.setdefault(mention.entity, set())
            roles.update(fold(mention.text).split() if mention.type == "ORG" else ())
            head = mentions.head(self.doc, mention)
            left = head.left_edge.i
            before = self.doc[left : mention.start]
            roles.update(mentions.role(t) for t in before if t.pos_ in ("NOUN", "PROPN"))
            roles.update(mentions.role(child) for child in head.children if child.dep_ == "appos")
            if head.dep_ == "appos" and head.head.pos_ == "NOUN":
                roles.add(mentions.role(head.head))
            self.lands.setdefault(mention.entity, set()).update(
                mentions.lands(self.doc[left : head.right_edge.i + 1].text)
            )


def _headline(sentence: Span) -> bool:
    """Whether a sentence is set as headlines are, so that any two of its words look like a name."""
    words = [token for token in sentence if token.is_alpha and len(token) > 3]
    return sum(token.text[0].islower() for token in words) * 3 < len(words)
