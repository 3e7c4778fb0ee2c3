"""Verdicts on pairs of claims: agreed, number differs, number compatible, denied, updated, unrelated.

    python benchmarks/verdicts.py [--half tune|more|held|both] [--misses [--look-at-held]]

Reads `benchmarks/verdicts/pairs_tune.jsonl` and `pairs_held.jsonl`: 240 pairs in the project's own words, labelled by
`GUIDELINE.md` beside them, which also says how a report's verdict becomes a label. "more" are 120 pairs on other topics
(`pairs_more.jsonl`), written later and nearer to plain coverage; they may be tuned on like the first half. Both texts
of a pair are read as pages of one story. "Comparators" are our own on the marked claims alone, without the grouping
into points. Baselines are fitted on the half to tune on, and cross-validated there. Nothing may be tuned on the other
half: with `--half tune` it isn't opened, and its misses are listed only with `--look-at-held`. Prints F1 by label and
the agreement with `second_reading.jsonl`, a reading of all 240 pairs that did not see the first.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import rashomon
from gold.pairs import FOLDER, Pair, marked, pages_of, read
from rashomon.claims import settled
from rashomon.model import Point, PointValue, Report, Story
from rashomon.reports.compose import compose
from rashomon.stories.accounts import Account, Weights, accounts
from rashomon.stories.compare import LEAST, denials, events, positions
from rashomon.stories.counts import numbers
from rashomon.stories.verdicts import Finding, on_accounts, on_numbers
from verdict_baselines import answers

HALVES = ("tune", "held")
SETS = ("tune", "more", "held")
LABELS = ("agreed", "number differs", "number compatible", "denied", "updated", "unrelated")
FIRST = ("updated", "denied", "number differs", "number compatible", "agreed")
"""Of several points' labels the first in this order counts."""
DENIED = 0.5
"""The share of a denial that must be covered, as for points."""


def reports(pairs: Sequence[Pair]) -> list[Report]:
    """The report of each pair, its two pages being one story."""
    told = [pages_of(pair) for pair in pairs]
    claims = list(rashomon.extract_claims(page for two in told for page in two))
    out = []
    for place, (one, two) in enumerate(told):
        story = Story(id=one.id, title=one.title or "", pages=(one.id, two.id))
        out.append(compose([settled(one), settled(two)], claims[2 * place] + claims[2 * place + 1], found=[story]))
    return out


def ours(pair: Pair, report: Report) -> str:
    """The label that the report's points give a pair."""
    a, b = ({c.id for c in marked(pair[s], page, report.claims)} for s, page in zip("ab", report.pages, strict=True))
    found = {_label(point, a, b) for point in report.points if a & set(point.claims) and b & set(point.claims)}
    return next((label for label in FIRST if label in found), "unrelated")


def _label(point: Point, a: set[str], b: set[str]) -> str:
    return label_of(point.kind, point.verdict, point.values, a, b)


def label_of(kind: str, verdict: str, values: Sequence[PointValue], a: set[str], b: set[str]) -> str:
    """A verdict as one of the six labels; `a`, `b`: ids of the claims on either side."""
    if verdict in ("updated", "denied"):
        return verdict
    if verdict == "disputed":
        return "number differs" if kind == "number" else "denied"
    if kind != "number":
        return "agreed"
    one, two = ({(v.low, v.high, v.qualifier) for v in values if v.claim in side} for side in (a, b))
    return "agreed" if one & two else "number compatible"


def comparators(pair: Pair, report: Report) -> str:
    """The label that the comparators give the marked claims alone, each against each."""
    told = accounts(report.pages, report.claims)
    weights = Weights(told)
    sides = [{c.id for c in marked(pair[s], page, report.claims)} for s, page in zip("ab", report.pages, strict=True)]
    left, right = ([account for account in told if account.claim.id in side] for side in sides)
    found = {
        label_of(kind, finding.verdict, finding.values, *sides)
        for one in left
        for two in right
        for kind, finding in _compared(one, two, weights)
    }
    return next((label for label in FIRST if label in found), "unrelated")


def _compared(one: Account, two: Account, weights: Weights) -> Iterable[tuple[str, Finding]]:
    """What each comparator that ties the two accounts together makes of them."""
    for mine in one.quantities:
        for other in two.quantities:
            same = numbers(one, mine, two, other, weights)
            if same is not None and same.score >= LEAST["number"]:
                yield "number", on_numbers([(one, mine), (two, other)])
    for denial, other_account in ((one, two), (two, one)):
        tied = denials(denial, other_account, weights) if denial.claim.status == "denied" else None
        if tied is not None and tied.score >= DENIED:
            yield "event", on_accounts([one, two], weights)
    if one.claim.status == two.claim.status:
        compare = {"asserted": events, "expected": events, "possible": events, "conditional": events}
        found = compare.get(one.claim.status, positions)(one, two, weights)
        if found is not None and found.score >= LEAST["expectation" if one.claim.status != "asserted" else "event"]:
            yield "event", on_accounts([one, two], weights)


def f1(gold: Sequence[str], told: Sequence[str]) -> dict[str, float]:
    """F1 by label, and their mean as "macro"."""
    out = {}
    for label in LABELS:
        right = sum(g == t == label for g, t in zip(gold, told, strict=True))
        out[label] = 2 * right / max(1, gold.count(label) + told.count(label))
    return {**out, "macro": sum(out.values()) / len(LABELS)}


def kappa(one: Sequence[str], two: Sequence[str]) -> float:
    """Cohen's kappa: the agreement beyond what two readers with these shares of labels would reach by chance."""
    same = sum(a == b for a, b in zip(one, two, strict=True)) / len(one)
    chance = sum(one.count(label) * two.count(label) for label in set(one)) / len(one) ** 2
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def lost(pair: Pair, report: Report) -> str:
    """How far a pair got: whether a claim was read on both sides, and whether any point holds both."""
    sides = [{c.id for c in marked(pair[s], page, report.claims)} for s, page in zip("ab", report.pages, strict=True)]
    if not all(sides):
        return "no claim read on a side"
    return "one point" if any(all(set(p.claims) & side for side in sides) for p in report.points) else "no common point"


def print_table(gold: Sequence[str], told: Mapping[str, Sequence[str]]) -> None:
    """F1 by label, one line for each who answered."""
    print(f"{'':34}" + "".join(f"{label.replace('number ', 'no. '):>15}" for label in (*LABELS, "macro")))
    for name, labels in told.items():
        print(f"{name:34}" + "".join(f"{value:15.3f}" for value in f1(gold, labels).values()))


def print_agreement(pairs: Sequence[Pair]) -> None:
    """How the second reading agrees with the first; a sentence where there is none."""
    path = FOLDER / "second_reading.jsonl"
    if not path.exists():
        print("No second reading of the pairs is there yet, so no agreement is reported.")
        return
    second = {row["id"]: row["label"] for row in read(path)}
    both = [(pair["label"], second[pair["id"]]) for pair in pairs if pair["id"] in second]
    if not both:
        print("The second reading has none of these pairs.")
        return
    one, two = [a for a, _ in both], [b for _, b in both]
    share = sum(a == b for a, b in both) / len(both)
    print(f"two readings of {len(both)} pairs: kappa {kappa(one, two):.3f}, the same label {share:.3f}")
    for (a, b), count in Counter(pair for pair in both if pair[0] != pair[1]).most_common():
        print(f"    {count:3} {a} / {b}")


def print_misses(pairs: Sequence[Pair], told: Sequence[str], read_out: Sequence[Report]) -> None:
    """The pairs that rashomon labels wrongly, with their texts."""
    for pair, label, report in zip(pairs, told, read_out, strict=True):
        if label != pair["label"]:
            head = f"{pair['id']} {pair['topic']}, {pair['difficulty']}: {pair['label']}, labelled {label}"
            print(f"\n{head} ({lost(pair, report)})")
            for side in ("a", "b"):
                print(f"  {side} {pair[side]['page']['published']:16} {pair[side]['span']['exact']}")


def run(half: str, tune: list[dict[str, Any]], misses: bool) -> None:
    """The tables of one half."""
    pairs: list[dict[str, Any]] = tune if half == "tune" else read(FOLDER / f"pairs_{half}.jsonl")
    gold = [pair["label"] for pair in pairs]
    read_out = reports(pairs)
    told = answers(tune, pairs)
    told["comparators"] = [comparators(pair, report) for pair, report in zip(pairs, read_out, strict=True)]
    told["rashomon"] = [ours(pair, report) for pair, report in zip(pairs, read_out, strict=True)]
    print(f"\n{half}: {len(pairs)} pairs")
    print_table(gold, told)
    if not any(name.startswith("embeddings") for name in told):
        print("No package with embeddings inside is installed (wordllama), so they are left out.")
    right = Counter(p["difficulty"] for p, label in zip(pairs, told["rashomon"], strict=True) if p["label"] == label)
    all_of = Counter(pair["difficulty"] for pair in pairs)
    print("rashomon right: " + ", ".join(f"{k} {right[k]} of {all_of[k]}" for k in ("easy", "middle", "hard")))
    reached = Counter(lost(p, report) for p, report in zip(pairs, read_out, strict=True) if p["label"] != "unrelated")
    print("pairs that are about one thing: " + ", ".join(f"{k} {n}" for k, n in sorted(reached.items())))
    confused = Counter(zip(gold, told["rashomon"], strict=True))
    print(f"\n{'rashomon: label given to':28}" + "".join(f"{label.replace('number ', 'no. '):>15}" for label in LABELS))
    for label in LABELS:
        print(f"{label:28}" + "".join(f"{confused[label, other]:15}" for other in LABELS))
    print_agreement(pairs)
    if misses:
        print_misses(pairs, told["rashomon"], read_out)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=(*SETS, "both"), default="both")
    parser.add_argument("--misses", action="store_true", help="list the pairs that rashomon labels wrongly")
    parser.add_argument("--look-at-held", action="store_true", help="also those of the half that nothing is tuned on")
    args = parser.parse_args(argv)
    if args.half == "held" and args.misses and not args.look_at_held:
        parser.error("The misses of the held half are for nobody who tunes; --look-at-held lists them all the same.")
    tune = read(FOLDER / "pairs_tune.jsonl")
    for half in HALVES if args.half == "both" else (args.half,):
        run(half, tune, args.misses and (half != "held" or args.look_at_held))


if __name__ == "__main__":
    main()
