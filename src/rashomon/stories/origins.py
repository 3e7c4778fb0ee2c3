"""Origins: how many of those who hold an account know of it by themselves.

Two accounts are of one origin where they share a speaker; where one stands inside the other, as what
officials said stands inside what a paper says that they said; where one speaks for the body that the
other is ("the agency", "Ada Holm, a spokeswoman for the agency"); and where one is called by a word
that names no body ("police", "authorities", "officials") and the other is an official body too. What a
page says in its own voice is no origin beside somebody whom the page itself names for it, and two pages
that say it in the same words are of one hand (`verbatim`). In doubt two are one: an origin too many is a
promise that nothing keeps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Protocol, TypeVar

import msgspec

from rashomon.claims.mentions import nouns
from rashomon.model import Claim, Entity, Page
from rashomon.pages.credits import agency
from rashomon.stories.copies import house
from rashomon.stories.verbatim import firsts
from rashomon.stories.words import fold, folded_words, is_content, rows, stem


class Voice(msgspec.Struct, frozen=True):
    """Who is heard in an account, as it compares with others."""

    keys: frozenset[str]
    """Keys of the speaker, and of the bodies that it speaks for; of the source where nobody else speaks."""
    roles: frozenset[str]
    """"police", "officials", "lawyer": roles that tell one speaker from another only with a body beside them."""
    body: frozenset[str]
    """Stems that say which body or whose lawyer; none for "police"."""
    named: bool
    """Whether it is somebody with a name."""
    nouns: frozenset[str] = frozenset()
    """Of "the agency" and "Ada Holm, the agency's director": the nouns that wave at a body named elsewhere."""
    words: frozenset[str] = frozenset()
    """Folded words of all that it is called."""


class Heard(Protocol):
    """What the count asks of an account."""

    @property
    def claim(self) -> Claim: ...
    @property
    def root(self) -> str: ...
    @property
    def speakers(self) -> frozenset[str]: ...
    @property
    def voice(self) -> Voice: ...


@cache
def _roles() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("bodies")}


def _role(word: str) -> str | None:
    """The role of a folded word or of its singular."""
    forms = (word, word.removesuffix("s"), word[:-3] + "y" if word.endswith("ies") else word)
    return next((_roles()[form] for form in forms if form in _roles()), None)


_APART = ("police", "officials", "lawyer")
_OFFICIAL = frozenset({"police", "officials"})
_LAWYER = frozenset({"lawyer"})
_FORMER = frozenset({"former", "ex", "retired", "ousted", "sacked"})


def called(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """All that each speaker with a name is called in a story: entity's id → its texts, from pairs of the two."""
    texts: dict[str, set[str]] = defaultdict(set)
    for entity, text in said:
        texts[entity].add(text)
    return {entity: ", ".join(sorted(words)) for entity, words in texts.items()}


def origin_of(page: Page) -> str:
    """The key of whoever a page's own words come from: the one agency that it credits, else its publisher, or itself.

    Two pages that credit one agency are of that origin, however much each has rewritten.
    """
    agencies = {name for credit in page.credits if (name := agency(credit))}
    name = agencies.pop() if len(agencies) == 1 else page.source
    return f"s:{house(name)}" if name else f"s:{fold(page.address or page.id)}"


def _published(origin: str) -> str:
    """The key of a publisher, by the one name that all of its names have."""
    return f"s:{house(origin[2:])}" if origin.startswith("s:") else origin


def voice(speakers: frozenset[str], origin: str, text: str, person: Entity | None, bodies: Iterable[str]) -> Voice:
    """The voice of a claim, from its speaker's keys, its origin, and all that the speaker is called.

    `person`: who it is, where it is somebody with a name; `bodies`: ids of the bodies named in the text.
    """
    if not speakers:
        return Voice(frozenset({_published(origin)}), frozenset(), frozenset(), False)
    return _voice(speakers, text, person, frozenset(bodies))


@lru_cache(maxsize=8192)
def _voice(speakers: frozenset[str], text: str, person: Entity | None, bodies: frozenset[str]) -> Voice:
    """The voice of a speaker, not of a page; kept, since one speaker is heard often."""
    own = {word for name in person.names for word in folded_words(name)} if person else set()
    words = [word for word in folded_words(text) if word not in own]
    roles = {role for word in words if (role := _role(word))}
    speaks_for = {f"e:{body}" for body in bodies} if "voice" in roles and not _FORMER.intersection(words) else set()
    telling = [word for word in words if is_content(word) and not (_role(word) or word in nouns("body"))]
    waves = not telling and (person is None or "voice" in roles)
    # What "The Ledger" reported is of one origin with The Ledger's own page.
    outlets = set() if person else {f"s:{house(name)}" for name in text.split(", ")}
    return Voice(
        keys=speakers | speaks_for | outlets,
        roles=frozenset(roles.intersection(_APART)),
        body=frozenset(stem(word) for word in words if is_content(word) and not _role(word)),
        named=person is not None,
        nouns=nouns("body").intersection(words) - {"police", "authority"} if waves else frozenset(),
        words=frozenset(words),
    )


def independent(told: Iterable[Heard]) -> int:
    """How many origins those who hold an account have."""
    by_page: dict[str, list[Heard]] = defaultdict(list)
    for account in told:
        by_page[account.root].append(account)
    hands = _hands([account for page in by_page.values() for account in page if not account.speakers])
    chains = [chain for page in by_page.values() for chain in _chains(page, hands)]
    speakers = _known(_united(chains, _one_speaker))
    return len(_united([group for group in speakers if _told_apart(group)], _one_office)) + _beside(speakers)


def _hands(told: Sequence[Heard]) -> dict[str, Voice]:
    """The voice of each claim that pages make in their own voices; of those that repeat one another the first's."""
    if len({account.root for account in told}) < 2:
        return {account.claim.id: account.voice for account in told}
    first = firsts([account.claim.span.exact for account in told])
    return {account.claim.id: told[place].voice for account, place in zip(told, first, strict=True)}


def _chains(page: Sequence[Heard], hands: Mapping[str, Voice]) -> list[list[Voice]]:
    """The voices on one page, those that stand inside one another together; the page's own only where alone.

    `hands`: the voices of claims without a speaker, by the claims' ids.
    """
    others = [account for account in page if account.speakers]
    if not others:
        return [[hands[account.claim.id] for account in page]]
    groups = _united([[account] for account in others], _nested)
    return [[account.voice for account in group] for group in groups]


T = TypeVar("T")


def _united(groups: Sequence[Sequence[T]], same: Callable[[Sequence[T], Sequence[T]], bool]) -> list[list[T]]:
    """The groups with those that are the same made one."""
    done: list[list[T]] = []
    for group in groups:
        touching = [other for other in done if same(group, other)]
        done = [other for other in done if not any(other is one for one in touching)]
        done.append([member for other in [*touching, group] for member in other])
    return done


def _nested(one: Sequence[Heard], two: Sequence[Heard]) -> bool:
    """Whether any of the one shares characters with any of the other."""
    return any(
        a.claim.page == b.claim.page and a.claim.span.start < b.claim.span.end and b.claim.span.start < a.claim.span.end
        for a in one
        for b in two
    )


def _known(speakers: Sequence[list[Voice]]) -> list[list[Voice]]:
    """The groups without those who are called "the agency" and the like where an agency is among the others."""
    waving = [group for group in speakers if all(voice.nouns for voice in group)]
    firm = [group for group in speakers if not all(voice.nouns for voice in group)]
    words = {word for group in firm for voice in group for word in voice.words}
    return firm + [group for group in waving if not any(voice.nouns & words for voice in group)]


def _one_speaker(one: Sequence[Voice], two: Sequence[Voice]) -> bool:
    return any(a.keys & b.keys for a in one for b in two)


def _one_office(one: Sequence[Voice], two: Sequence[Voice]) -> bool:
    """Whether something that both are called names one office."""
    return any(
        (a.roles & b.roles or (a.roles & _OFFICIAL and b.roles & _OFFICIAL)) and a.body & b.body
        for a in one
        for b in two
    )


def _told_apart(group: Sequence[Voice]) -> bool:
    """Whether it is more than "police" or "her lawyer"."""
    return any(not voice.roles or voice.body for voice in group)


def _beside(speakers: Sequence[Sequence[Voice]]) -> int:
    """How many origins those add whom only their role names: one for each role that nobody else here has.

    Two lawyers with names are two, whoever their clients are.
    """
    bare = [group for group in speakers if not _told_apart(group)]
    taken = {role for group in speakers if _told_apart(group) for voice in group for role in voice.roles}
    lawyers = {id(group) for group in bare if any(v.named and v.roles == _LAWYER for v in group)}
    new = {max(group[0].roles) for group in bare if id(group) not in lawyers} - taken
    if "police" in new | taken:
        new.discard("officials")
    return len(lawyers) + len(new - ({"lawyer"} if lawyers else set()))
