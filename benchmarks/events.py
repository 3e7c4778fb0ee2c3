"""PLOVER event types, actors and recipients on the gold standard records of the PLOVER project.

    python benchmarks/events.py DATA_DIR [--odd]

Takes the folder with `plover.jsonl.gz` and prints a table: one event for each record, the one that its
sentence is about. Patterns were written looking at records whose id ends in an odd digit, so the figures
that count are those of the even ones; `--odd` adds the others. The records' DEMAND is read as REQUEST,
DISAPPROVE as ACCUSE, YIELD as CONCEDE, FIGHT as ASSAULT; INVESTIGATE and CRIME are left out.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gold.rows import rows
from rashomon.claims.countries import country_of, mentions
from rashomon.claims.events import Coded, find, main
from rashomon.reader import parse_one

_SAME = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "YIELD": "CONCEDE", "FIGHT": "ASSAULT"}
_OUT = {"INVESTIGATE", "CRIME"}
# The records have one code for all international organisations; rashomon's codes are countries' only.
_ORGANISATIONS = re.compile(
    r"\b(?:U\.?N\.?|United Nations|NATO|E\.?U\.?|E\.?C\.?|European (?:Union|Community|Commission|common market)|IAEA|"
    r"Security Council|ASEAN|African Union|Arab League|Red Cross|International Atomic Energy Agency|OPEC|"
    r"IMF|World Bank|OSCE|WTO|OAU|ECOWAS)\b"
)


def actor_code(text: str, span: tuple[int, int] | None) -> str | None:
    """The code that the records would give a noun phrase: a country's, or IGO."""
    if span is None:
        return None
    words = text[span[0] : span[1]]
    own = country_of(words)
    organisation = _ORGANISATIONS.search(words)
    if organisation and not any(found.start < organisation.start() for found in mentions(words)):
        return "IGO"
    # "A camp for Congolese refugees": the only country that the phrase names.
    named = {found.country.code for found in mentions(words)}
    return own or (named.pop() if len(named) == 1 else None)


def at_home(actor: str | None, recipient: str | None, coded: Coded, text: str) -> tuple[str | None, str | None]:
    """The codes under the records' convention that who has no nationality is at home where the event is.

    Police who stop "the demonstration" stop one of their own country; prisoners who riot in a jail in X are
    X's. Where neither side has a country, the only one that the sentence names is both sides'.
    """
    if actor is None and recipient is None:
        named = {found.country.code for found in mentions(text)}
        actor = recipient = named.pop() if len(named) == 1 else None
    if coded.recipient is None:
        after = [found.country.code for found in mentions(text) if found.start > coded.end]
        recipient = recipient or (after[0] if after else None)
    return actor or recipient, recipient or actor


def predict(text: str) -> tuple[Coded | None, str | None, str | None]:
    """The sentence's main event with its actor's and recipient's codes."""
    doc = parse_one(text)
    coded = main(doc, 0, len(text), find(doc))
    if coded is None:
        return None, None, None
    actor, recipient = actor_code(text, coded.actor), actor_code(text, coded.recipient)
    return coded, *at_home(actor, recipient, coded, text)


def _codes(side: Any) -> set[str]:
    if not isinstance(side, list):
        return set()
    return {one["code"][:3] for one in side if isinstance(one, dict) and len(one.get("code") or "") >= 3}


def score(records: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Type precision, recall and F1, and the shares with the right actor, and with both right."""
    n = dict.fromkeys(("gold", "got", "type", "with_actor", "actor", "with_both", "both"), 0)
    for record in records:
        coded, actor, recipient = predict(record["text"].strip())
        right = coded is not None and coded.code == _SAME.get(record["event"], record["event"])
        source, target = _codes(record.get("source")), _codes(record.get("target"))
        n["gold"] += 1
        n["got"] += coded is not None
        n["type"] += right
        n["with_actor"] += bool(source)
        n["actor"] += bool(source) and right and actor in source
        n["with_both"] += bool(source and target)
        n["both"] += bool(source and target) and right and actor in source and recipient in target
    precision, recall = n["type"] / max(1, n["got"]), n["type"] / max(1, n["gold"])
    return {
        "records": n["gold"],
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "+actor": n["actor"] / max(1, n["with_actor"]),
        "+recipient": n["both"] / max(1, n["with_both"]),
    }


def read(folder: Path) -> list[dict[str, Any]]:
    """The records that count."""
    return [row for row in rows(folder, "plover") if row["event"] not in _OUT and row.get("text")]


def run(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--odd", action="store_true", help="add the records that the patterns were written from")
    args = parser.parse_args(argv)
    records = read(args.data)
    for name, rest in (("even", 0), ("odd", 1)):
        if name == "even" or args.odd:
            table = score(row for row in records if int(row["id"][-1]) % 2 == rest)
            figures = "  ".join(f"{key} {value:.3f}" for key, value in table.items() if key != "records")
            print(f"{name:5} {table['records']:4} records  {figures}")


if __name__ == "__main__":
    run()
