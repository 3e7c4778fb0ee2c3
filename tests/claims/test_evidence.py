"""Evidence: who speaks and in what words, not whom the story is about."""

import pytest

from rashomon.claims.evidence import find


@pytest.mark.parametrize(
    ("speaker", "kind", "frame", "labels"),
    [
        ("An unidentified woman with the officers", "unnamed", "An unidentified woman with the officers said", []),
        ("Officers with the police", "unnamed", "Officers with the police said", ["unnamed official"]),
        ("Ann Roe, a candidate and professor of law", "named", "said", ["politician"]),
        ("Ann Roe, a professor of law", "named", "said", ["expert"]),
        ("Finance Minister Jo Lind, an economist", "named", "said", ["official"]),
        ("Ann Roe", "named", "Ann Roe reports", []),
        ("Police", "unnamed", "according to police reports", ["document", "official"]),
        ("The report", "document", "The report said", ["document"]),
    ],
)
def test_evidence(speaker: str, kind: str, frame: str, labels: list[str]) -> None:
    assert sorted(find(speaker, kind, frame)) == sorted(labels)
