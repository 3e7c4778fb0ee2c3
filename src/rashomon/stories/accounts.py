"""A claim in terms that compare: the stems, names, places, numbers and the position of what it says."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from rashomon.claims.countries import country_of
from rashomon.model import Claim, Entity, Page
from rashomon.stories.copies import copies
from rashomon.stories.lent import known_on
from rashomon.stories.names import join
from rashomon.stories.origins import Voice, called, origin_of, voice
from rashomon.stories.quantities import Quantity, quantities
from rashomon.stories.terms import Known, rate, term, terms
from rashomon.stories.words import content_stems, fold, folded_words, rows, stem

_NOT = re.compile(
    r"(?:\b(?:not(?! (?:only|just|merely|necessarily|want|know)\b)|never|no longer|cannot|nobody|neither|no one"
    r"|no(?! (?:question|doubt|wonder|matter)\b)|none(?: of (?:the|those|these|them|his|her|their)(?: [\w'’-]+)?)?"
    r"|non)\b"
    r"|n['’]t\b(?! (?:want|know)\b))([^.,;:!?”\"]*?)"
    r"(?=[.,;:!?”\"]|\b(?:but|although|though|while|who|which|because|until|unless|since)\b"
    r"|\band (?:[\w'’]+ ){1,3}(?:is|are|was|were|has|have|had|will|would|needs?|said|says)\b|$)",
    re.I,
)
# A negation covers what follows it in its clause.
_NOTHING = re.compile(r"\b(\w+) (?:nothing|nobody|no one)\b([^.,;:!?”\"]*)", re.I)
# "They paid nothing to the gang": the verb before is negated too.


class Account(msgspec.Struct, frozen=True):
    """What one claim says, as it compares."""

    claim: Claim
    place: tuple[int, int]
    """Where it stands: the page's place in the input and the first character of its span."""
    published: str | None
    """When its page was published."""
    placed: bool
    """Whether that is inferred from other pages, and not stated."""
    root: str
    """Id of the page whose text this is: the original of a copy."""
    origin: str
    """Who it comes from, copies and common speakers folded."""
    speakers: frozenset[str]
    """Keys of its speaker; two accounts that share one have the same speaker."""
    voice: Voice
    """Its speaker as an origin."""
    stance: str | None
    """The position that the speaker takes by saying it."""
    terms: Mapping[str, str]
    """Stem, class, kin or name → the words of the claim that it stands for."""
    stems: Mapping[str, str]
    """Stem of each content word → the word; of words of one kin each has its own."""
    names: frozenset[str]
    """Those of the terms that are people, bodies, countries or towns."""
    places: frozenset[str]
    negated: frozenset[str]
    """Those of the terms that a negation covers."""
    quantities: tuple[Quantity, ...]

    @property
    def page(self) -> str:
        """Id of the page that it stands on."""
        return self.claim.page

    @property
    def verbatim(self) -> str:
        """Its content, folded, word for word: two that say the same may share nothing but a name that all have."""
        return "\n".join(fold(span.exact) for span in self.claim.content)

    @property
    def copied(self) -> bool:
        """Whether it stands on a page that repeats another page's text."""
        return self.root != self.claim.page


def accounts(pages: Sequence[Page], claims: Iterable[Claim]) -> list[Account]:
    """The claims as they compare, in the order in which they stand on the pages.

    Claims of pages that were not handed in are left out: nothing could be said about their time or source.
    """
    order = {page.id: (index, page) for index, page in enumerate(pages)}
    names = join(pages)
    roots = copies(pages)
    known = known_on(pages, names)
    by_id = {entity.id: entity for entity in names.entities}
    claims = [claim for claim in dict.fromkeys(claims) if claim.page in order]
    texts = called((names.of.get(c.speaker.entity, ""), c.speaker.text) for c in claims if c.speaker.entity)
    out = []
    for claim in claims:
        index, page = order[claim.page]
        root = order.get(roots.get(page.id, ""), (0, page))[1]
        out.append(_account(claim, page, index, root, names.of, by_id, known[page.id], texts))
    return sorted(out, key=lambda account: (account.place, account.claim.id))


_PARTIES = frozenset({"PERSON", "ORG", "GPE"})


def _type(term: str, by_id: Mapping[str, Entity]) -> str:
    """What sort of name a term is, by the joined entity's id or a country's code."""
    return by_id[term].type if term in by_id else "GPE"


def _bodies(text: str, known: Known, by_id: Mapping[str, Entity]) -> list[str]:
    """Ids of the bodies, other than countries', that a text names."""
    return [
        term[1:]
        for term in terms(text, known)
        if term[:1] == "@" and (entity := by_id.get(term[1:])) is not None and entity.type == "ORG"
    ]


def _account(
    claim: Claim, page: Page, index: int, root: Page, of: Mapping[str, str], by_id: Mapping[str, Entity], known: Known,
    texts: Mapping[str, str],
) -> Account:  # fmt: skip
    text = " … ".join(span.exact for span in claim.content) or claim.span.exact
    found = dict(terms(text, known))
    speakers = _speakers(claim, of, by_id)
    if claim.status in ("denied", "declined"):
        found = {key: words for key, words in found.items() if key not in _denial_words()}
    if claim.status == "denied":
        # A denial is mostly about what the denier is said to have done, and its own words only wave at it.
        found.update({f"@{key[2:]}": claim.speaker.text for key in sorted(speakers) if key[:2] in ("c:", "e:")})
    origin = _origin(claim, root, speakers)
    speaker = by_id.get(of.get(claim.speaker.entity or "", ""))
    said_of = texts.get(speaker.id, "") if speaker else claim.speaker.text
    return Account(
        claim=claim,
        place=(index, claim.span.start),
        published=page.published.value,
        placed=page.published.basis == "inferred",
        root=root.id,
        origin=origin,
        voice=voice(
            speakers,
            origin,
            said_of,
            speaker if speaker and speaker.type == "PERSON" else None,
            _bodies(said_of, known, by_id),
        ),
        speakers=speakers,
        stance=_stance(claim),
        terms=found,
        stems={_stem(word): word for words in found.values() for word in words.split()},
        names=frozenset(t for t in found if t[:1] == "@" and _type(t[1:], by_id) in _PARTIES),
        places=frozenset(of.get(place.entity or "", fold(place.text)) for place in claim.places),
        negated=_negated(text, known),
        quantities=quantities(claim.numbers, page.text) if claim.numbers else (),
    )


def _negated(text: str, known: Known) -> frozenset[str]:
    """The terms that a negation covers wherever they stand: "one fatal and one non-fatal shooting" negates nothing."""
    found = frozenset(term for part in _NOT.findall(text) for term in terms(part, known))
    found = found.difference(terms(_NOT.sub(" ", text), known)) if found else found
    if not any(word in text for word in ("othing", "obody", "o one")):
        # Sooner looked for than by the pattern, which tries at every word.
        return found
    return found.union(term for parts in _NOTHING.findall(text) for term in terms(" ".join(parts), known))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return stem(fold(word))


@cache
def _denial_words() -> frozenset[str]:
    return frozenset(term(row[0]) for row in rows("denials"))


@cache
def _offices() -> frozenset[str]:
    return frozenset(row[0] for row in rows("offices"))


def _speakers(claim: Claim, of: Mapping[str, str], by_id: Mapping[str, Entity]) -> frozenset[str]:
    """Keys of a claim's speaker: the joined entity, the country that it speaks for, or its words."""
    speaker = claim.speaker
    if speaker.kind == "source":
        return frozenset()
    keys: set[str] = set()
    entity = by_id.get(of.get(speaker.entity or "", ""))
    name = speaker.name or ""
    if entity is not None:
        keys.add(f"e:{entity.id}")
    if entity is None or entity.type != "PERSON":
        office = bool(_offices() & set(folded_words(f"{speaker.text} {name}")))
        code = (entity.code if entity else None) or (country_of(name or speaker.text) if office else None)
        if code and (office or (entity is not None and entity.type in ("GPE", "ORG"))):
            keys.add(f"c:{code}")
    if not keys and speaker.name is not None and (words := content_stems(name)):
        keys.add("t:" + " ".join(sorted(set(words))))
    return frozenset(keys)


def _origin(claim: Claim, root: Page, speakers: frozenset[str]) -> str:
    """Who a claim comes from: its speaker, else the source (or the address, or the page) that has it first."""
    return min(speakers, default="") or origin_of(root)


@cache
def _stances() -> dict[str, str]:
    return {stem(row[0]): row[1] for row in rows("stances")}


_BY_STATUS = {"demanded": "demanded", "denied": "denied", "declined": "declined"}
_BY_STANCE = {"demand": "demanded", "accuse": "accused", "praise": "supported", "support": "supported",
              "reject": "denied", "deny": "denied", "decline": "declined", "promise": "promised", "warn": "warned",
              "fear": "feared"}  # fmt: skip
_TELLING = frozenset({"say", "report", "show", "believe"})
# With these the event is what is told, and no position of who tells it.
_BY_CODE = {"ACCUSE": "accused", "REQUEST": "demanded", "SUPPORT": "supported", "THREATEN": "threatened",
            "REJECT": "rejected"}  # fmt: skip


def _stance(claim: Claim) -> str | None:
    """The position that a speaker takes: by status, else the claim's stance, else the cue's verb (which tells agreeing
    and threatening from saying), else the event; null for plain saying."""
    if claim.speaker.kind == "source":
        return None
    if claim.status in _BY_STATUS:
        return _BY_STATUS[claim.status]
    if claim.stance in _BY_STANCE:
        return _BY_STANCE[claim.stance]
    for word in content_stems(claim.cue.exact) if claim.cue else ():
        if word in _stances():
            return _stances()[word]
    if claim.event is None or claim.stance in _TELLING:
        return None
    return _BY_CODE.get(claim.event.code)


_MANY, _CROWD = 4, 0.04
# What more accounts of a story have, and more than this share of them, is what the story is about.
_PRIOR = 40
# As many claims of general news stand beside the story's own when it is told how rare a term is.


class Weights:
    """How much a term says in this story: the rarer among its claims and in news at large, the more.

    In a story of six claims nearly every word is in one or two of them; what news at large has tells them apart there.
    In one of three hundred the story's own counts decide.
    """

    def __init__(self, told: Sequence[Account]) -> None:
        counts = Counter(term for account in told for term in account.terms)
        whole = len(told) + _PRIOR
        many = max(_MANY, _CROWD * len(told))
        self._crowded = frozenset(term for term, count in counts.items() if count > many)
        self._of = {term: math.log(1 + whole / (count + _PRIOR * rate(term))) for term, count in counts.items()}
        self._norm = {id(account): math.sqrt(sum(self._of[t] ** 2 for t in account.terms)) for account in told}
        self._total = {id(account): sum(self._of[t] for t in account.terms) for account in told}
        on: dict[str, set[str]] = defaultdict(set)
        for account in told:
            on[account.page].update(term for term in account.terms if term[:1] == "@")
        self._on: Mapping[str, set[str]] = on
        self.sure: dict[tuple[int, int], float] = {}
        """What `sameness.surely` made of two accounts, by their identities."""
        self.common: dict[tuple[int, int], tuple[list[str], float]] = {}
        """What `likeness.common` made of two accounts, by their identities."""
        self._kept = told  # the norms are kept by identity, so the accounts must live as long

    def __getitem__(self, term: str) -> float:
        return self._of.get(term, 0.0)

    def sum(self, terms: Iterable[str]) -> float:
        """The weight of some terms of the story's."""
        return sum(map(self._of.__getitem__, terms))

    def crowded(self, term: str) -> bool:
        """Whether so many of the story's accounts have a term that it tells none of them from the others."""
        return term in self._crowded

    def total(self, account: Account) -> float:
        """The weight of all of an account's terms."""
        return self._total[id(account)]

    def beside(self, account: Account, other: Account) -> float:
        """The weight of those of an account's terms that the other could not leave out: not the names of its page.

        "The policeman has been suspended" stands on a page that names the town elsewhere.
        """
        known = self._on.get(other.page, set())
        left = sum(self._of[t] for t in account.terms if t[:1] == "@" and t in known and t not in other.terms)
        return self._total[id(account)] - left

    def norm(self, account: Account) -> float:
        """The length of an account's terms."""
        return self._norm[id(account)]
