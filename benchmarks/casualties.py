"""How many were killed and injured in a story: `python benchmarks/casualties.py DATA_DIR [--points N]` prints a table.

DATA_DIR holds incidents.jsonl.gz, the Gun Violence Archive's incidents with their local pages. An answer is right where
it is the archive's figure; none counts as wrong. Beside `stories.toll`, in the same run: the first count, the last
page's, the highest and the most pages' by a crude pattern, each with a rule for what nobody counts (death words are one
killed, else wound words one injured). What is shipped was fitted on these incidents: `train/toll.py DATA_DIR
--cross-validate --no-write` has the figures of trees that have not seen the incident.

    --points N    also what the report's own points say, over every Nth incident (slow: all claims are read)
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from gold.tolls import HEAD, KINDS, Incident, counts, incidents, line, score
from rashomon.model import Page, Point

_DEATH = re.compile(r"\b(?:died|dies|dead|killed|killing|murder\w*|homicide|fatal\w*|slain)\b", re.I)
_WOUND = re.compile(r"\b(?:injur\w+|wound\w*|hurt|hospitali[sz]ed|critical condition|stable condition)\b", re.I)

Rule = Callable[[Sequence[list[int]]], int]


def most(found: Sequence[list[int]]) -> int:
    return Counter(each[0] for each in found).most_common(1)[0][0]


RULES: dict[str, Rule] = {
    "first count": lambda found: found[0][0],
    "last page": lambda found: found[-1][0],
    "highest": lambda found: max(max(each) for each in found),
    "most pages": most,
}


def ruled(incident: Incident, rule: Rule) -> dict[str, int | None]:
    """A baseline's answer."""
    text = " ".join(f"{page.title or ''}. {page.text[:1500]}" for page in incident.pages)
    dead = bool(_DEATH.search(text))
    out: dict[str, int | None] = {}
    for kind in KINDS:
        found = [each for page in incident.pages if (each := counts(kind, page))]
        usual = int(dead) if kind == "killed" else int(not dead and bool(_WOUND.search(text)))
        out[kind] = rule(found) if found else usual
    return out


def told(incident: Incident) -> dict[str, int | None]:
    from rashomon.stories.toll import toll

    return {kind: toll(incident.pages, kind).value for kind in KINDS}


def pointed(pages: Sequence[Page]) -> dict[str, int | None]:
    """What the points say: of the number points whose claims have the state, the one on most pages."""
    import rashomon

    claims = [claim for found in rashomon.extract_claims(pages) for claim in found]
    states = {claim.id: {number.state for number in claim.numbers} for claim in claims}
    points = rashomon.align_claims(pages, claims)

    def answer(kind: str) -> int | None:
        def fits(point: Point) -> bool:
            return point.kind == "number" and any(kind in states[claim] for claim in point.claims)

        best = max((point for point in points if fits(point) and point.current), key=lambda p: p.pages, default=None)
        low = best.current.low if best and best.current else None
        return int(low) if low is not None else None

    return {kind: answer(kind) for kind in KINDS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--points", type=int, metavar="N", help="read every Nth incident's points too")
    options = parser.parse_args()
    given = incidents(options.data)
    print(f"{len(given)} incidents, {sum(each.disagree for each in given)} whose pages disagree\n\n{HEAD}")
    for name, rule in RULES.items():
        print(line(f"{name}, else a word rule", score(given, {each.id: ruled(each, rule) for each in given})))
    print(line("rashomon, fitted on these", score(given, {each.id: told(each) for each in given})), flush=True)
    if options.points:
        some = given[:: options.points]
        print(
            line(f"its points, every {options.points}th", score(some, {each.id: pointed(each.pages) for each in some}))
        )


if __name__ == "__main__":
    main()
