"""Why a page joined a story, in words: "shares “Mount Pleasant Street” and 3 more names with …, 1 day apart"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rashomon.model import Page
from rashomon.stories.profiles import shared_terms
from rashomon.stories.rarity import Weighed
from rashomon.stories.traits import Traits, written

_TELLING = ("street", "block", "aged", "name")
# Kinds whose keys are names, those first that say most.
_SHOWN = 3


def reason(
    page: Page,
    traits: Traits,
    weighed: Weighed,
    shared: Sequence[int],
    title: str,
    features: Mapping[str, float],
) -> str:
    """One line: what a page shares with the page of that title, and how far apart the two were published.

    `traits`, `weighed`: of the page, as `traits.read` and `Rarity.weigh` give them; `shared`: the keys
    (`Common.shared`) that both have; `features`: what `profiles.compare` says of the two.
    """
    terms = shared_terms(traits, weighed, shared)
    names = [term for kind in _TELLING for term in terms if term.startswith(f"{kind} ")]
    shown = [traits.written[term] for term in names][:_SHOWN]
    inside = " ".join(traits.written[term] for term in names).casefold()
    words = [term for term in terms if " " not in term and term not in inside][: _SHOWN - len(shown)]
    forms = written(page, set(words)) if words else {}
    shown += [forms[word] for word in words if word in forms]
    rest = []
    if more := len(names) - _SHOWN if len(names) > _SHOWN else 0:
        rest.append(f"{more} more name{'s' if more > 1 else ''}")
    if day := next((term for term in terms if term.startswith("day ")), None):
        rest.append(f"a day that both tell of ({date(1970, 1, 1) + timedelta(int(day.split()[1]))})")
    what = ", ".join(f"“{each}”" for each in shown) or "many words"
    return f"shares {what}{''.join(f' and {each}' for each in rest)} with {title}; {_how_far(features)}"


def _how_far(features: Mapping[str, float]) -> str:
    if not features["dated"]:
        return "one of the two has no date"
    days = int(features["days"])
    if days < 1:
        return "published on the same or the next day"
    return f"{days} day{'s' if days >= 2 else ''} apart"
