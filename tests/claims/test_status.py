"""Status: the cases of a data file, read through the whole extraction."""

import csv
from pathlib import Path

import pytest

import rashomon
from rashomon.claims.tables import rows

CASES = Path(__file__).parents[1] / "cases" / "claims" / "status.tsv"


@pytest.mark.parametrize("row", rows("mood"), ids=lambda row: row["words"])
def test_every_mood_s_example(row: dict[str, str]) -> None:
    page = rashomon.read_page(b"", known={"text": row["example"], "language": "en"})
    assert [claim.status for claim in next(iter(rashomon.extract_claims([page])))] == [row["status"]]


def _cases() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["why"])
def test_status(case: dict[str, str]) -> None:
    page = rashomon.read_page(b"", known={"text": case["text"], "language": "en"})
    claims = next(iter(rashomon.extract_claims([page])))
    found = [claim for claim in claims if claim.content[0].exact.startswith(case["content"])]
    assert found, [claim.content[0].exact for claim in claims]
    assert found[0].status == case["status"]
