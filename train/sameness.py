"""How surely two accounts are about one thing: `python train/sameness.py DATA_DIR` writes stories/tables/sameness.tsv.

A logistic regression over `sameness.FIGURES`, on two sets: ECB+ (ecb.jsonl.gz: claims of two pages of a story that
share most of their gold events are about the same, claims that share none are not) and the pairs of claims that may be
tuned on (benchmarks/verdicts/pairs_tune.jsonl: marked claims of a pair that is not "unrelated" are about the same, all
other claims of its two pages are not). The pairs have a fifth of the weight. Prints, out of fold (six folds of topics),
the average precision of each set beside that of the share of common terms alone.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

import rashomon
from gold.pairs import FOLDER, marked, pages_of, read
from gold.rows import rows
from gold.stories import ecb
from rashomon.claims import settled
from rashomon.model import Claim, Page
from rashomon.stories.accounts import Account, Weights, accounts
from rashomon.stories.proposals import candidates
from rashomon.stories.sameness import FIGURES, figures

Array = NDArray[np.float64]
Example = tuple[list[float], float, str]
"""Figures, whether the two are about one thing, the topic."""

_OURS = 0.2
_PENALTY, _TURNS, _FOLDS, _PAGES = 1.0, 30, 6, 8
_OUT = Path(rashomon.__file__).parent / "stories" / "tables" / "sameness.tsv"
_HEAD = """# What each figure of a pair of accounts weighs in whether they are about one thing (`sameness.FIGURES`).
# Made by train/sameness.py from ECB+ (CC BY 3.0) and from our own pairs; see MODEL_CARD.md of the models.
figure\tweight
"""


def events_in(page: str, xml: str) -> list[tuple[int, str]]:
    """Where each gold event of an ECB+ page starts in its text, and the chain that it is in: its own where no other."""
    root = ElementTree.fromstring(xml)
    lines: dict[int, list[ElementTree.Element]] = defaultdict(list)
    for token in root.iter("token"):
        lines[int(token.get("sentence") or 0)].append(token)
    if lines[0] and (lines[0][0].text or "").startswith("http"):
        del lines[0]
    starts: dict[str | None, int] = {}
    at = 0
    for number in sorted(lines):
        for token in lines[number]:
            starts[token.get("t_id")] = at
            at += len(token.text or "") + 1
    places: dict[str | None, int] = {}
    for mark in root.find("Markables") or ():
        anchors = [anchor.get("t_id") for anchor in mark.findall("token_anchor")]
        if mark.tag.startswith(("ACTION", "NEG_ACTION")) and anchors and anchors[0] in starts:
            places[mark.get("m_id")] = starts[anchors[0]]
    chains: dict[int, str] = {}
    for chain in root.find("Relations") or ():
        for source in chain.findall("source"):
            if source.get("m_id") in places:
                chains[places[source.get("m_id")]] = chain.get("note") or chain.get("r_id") or ""
    return [(at, chains.get(at, f"{page} {mark}")) for mark, at in places.items()]


def of_ecb(folder: Path) -> Iterator[Example]:
    """Pairs of claims of ECB+ stories, at most eight pages of each."""
    pages, gold = ecb(folder)
    xml = {row["id"]: row["xml"] for row in rows(folder, "ecb")}
    stories: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        stories[gold[page.id]].append(page)
    for story in sorted(stories):
        told = stories[story][:_PAGES]
        if len(told) < 2:
            continue
        claims = [claim for found in rashomon.extract_claims(told) for claim in found]
        # Pages of a set hold no names of their own until they are read.
        found = accounts([settled(page) for page in told], claims)
        chains = {page.id: events_in(page.id, xml[page.id]) for page in told}
        has = [_told(account, chains[account.page]) for account in found]
        weights = Weights(found)
        for one, two in candidates(found):
            if found[one].root == found[two].root or not has[one] or not has[two]:
                continue
            shared, least = len(has[one] & has[two]), min(len(has[one]), len(has[two]))
            if shared == 0 or 2 * shared > least:
                yield figures(found[one], found[two], weights), float(shared > 0), f"ecb {story.removesuffix('plus')}"


def _told(account: Account, chains: Sequence[tuple[int, str]]) -> set[str]:
    return {chain for at, chain in chains if any(part.start <= at < part.end for part in account.claim.content)}


def of_ours() -> Iterator[Example]:
    """Pairs of claims of our own pairs' pages."""
    for pair in read(FOLDER / "pairs_tune.jsonl"):
        pages = [settled(page) for page in pages_of(pair)]
        claims: list[Claim] = [claim for found in rashomon.extract_claims(pages) for claim in found]
        found = accounts(pages, claims)
        weights, near = Weights(found), set(candidates(found))
        sides = [{c.id for c in marked(pair[side], page, claims)} for side, page in zip("ab", pages, strict=True)]
        for one, two in combinations(range(len(found)), 2):
            ids = {found[one].claim.id, found[two].claim.id}
            if found[one].page != found[two].page and (one, two) in near:
                same = pair["label"] != "unrelated" and all(ids & side for side in sides)
                yield figures(found[one], found[two], weights), float(same), f"ours {pair['topic']}"


def fitted(inputs: Array, wanted: Array, weight: Array) -> Array:
    """Logistic regression by Newton's method; the squared weights cost `_PENALTY` each, the last one nothing."""
    found = np.zeros(inputs.shape[1])
    cost = np.full(inputs.shape[1], _PENALTY)
    cost[-1] = 1e-3
    for _ in range(_TURNS):
        chance = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (weight * (chance - wanted)) + cost * found
        bend = (inputs * (weight * chance * (1 - chance))[:, None]).T @ inputs + np.diag(cost)
        found -= np.linalg.solve(bend, slope)
    return found


def precision(scores: Array, wanted: Array) -> float:
    """Average precision."""
    ranked = wanted[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked == 1].mean())


def main(folder: Path) -> None:
    """Fit, print what was measured out of fold, and write the table."""
    examples = [*of_ecb(folder), *of_ours()]
    inputs, wanted = np.array([e[0] for e in examples]), np.array([e[1] for e in examples])
    topics = np.array([e[2] for e in examples])
    ours = np.array([topic.startswith("ours") for topic in topics])
    weight = np.where(ours, _OURS / ours.sum(), (1 - _OURS) / (~ours).sum()) * len(examples)
    kinds = [sorted(set(topics[ours])), sorted(set(topics[~ours]))]
    scores = np.zeros(len(examples))
    for fold in range(_FOLDS):
        out = np.isin(topics, [topic for kind in kinds for topic in kind[fold::_FOLDS]])
        scores[out] = inputs[out] @ fitted(inputs[~out], wanted[~out], weight[~out])
    for name, of in (("ECB+", ~ours), ("ours", ours)):
        at_half = scores[of] >= 0
        right = wanted[of][at_half].sum()
        print(
            f"{name}: {of.sum()} pairs, {wanted[of].sum():.0f} about one thing; average precision "
            f"{precision(scores[of], wanted[of]):.3f}, of the share of common terms alone "
            f"{precision(inputs[of][:, 0], wanted[of]):.3f}; "
            f"at .5 precision {right / max(1, at_half.sum()):.3f}, recall {right / wanted[of].sum():.3f}"
        )
    found = fitted(inputs, wanted, weight)
    lines = [f"{name}\t{value:.4f}\n" for name, value in zip(FIGURES, found, strict=True)]
    _OUT.write_text(_HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    main(words.parse_args().folder)
