"""The network parses a text alike whatever it is read with, in whichever process, by whichever matrix product."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from rashomon.reader import parse

STORIES = [
    "The ferry to Orvik sank on Friday, the coast guard said. Captain Rosa Veld didn't see the reef.\n\n"
    "“We have found 41 survivors,” she told reporters in Port Amsel. The search goes on.",
    "A court in Ormsk sentenced three officers to 12 years on Monday after a trial that lasted eight months.",
    "Prices rose 4.1% in March; bread cost a third more than a year earlier, the Bureau of Statistics reported.",
    "MINERS' STRIKE ENTERS THIRD WEEK AS TALKS FAIL",
    "1.\tHolm, I.\n2.\tVeld, R.\n\n- No comment\n- 😀",
    "",
]
_SCRIPT = """
import json, sys
from rashomon.reader import parse
docs = parse(json.load(sys.stdin), "network")
print(json.dumps([[[t.tag_, t.pos_, t.lemma_, t.head.i, t.dep_, t.ent_iob_, t.ent_type_] for t in d] for d in docs]))
"""


def facts(texts: list[str]) -> list[list[list[object]]]:
    docs = parse(texts, "network")
    return [[[t.tag_, t.pos_, t.lemma_, t.head.i, t.dep_, t.ent_iob_, t.ent_type_] for t in doc] for doc in docs]


def test_the_same_alone_and_among_others_in_any_order() -> None:
    together = facts(STORIES)
    assert [facts([story])[0] for story in STORIES] == together
    assert facts(STORIES[::-1])[::-1] == together
    many = facts(STORIES * 60)
    assert many == together * 60


@pytest.mark.parametrize("kernel", ["Haswell", "Sandybridge", "SkylakeX", "Zen"])
def test_the_same_by_every_matrix_product_and_in_another_process(kernel: str) -> None:
    environment = {**os.environ, "OPENBLAS_CORETYPE": kernel, "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], input=json.dumps(STORIES), env=environment, capture_output=True, text=True
    )
    if done.returncode < 0:
        pytest.skip(f"This processor cannot run the matrix product called {kernel}.")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == facts(STORIES)


def test_what_is_met_first_changes_nothing() -> None:
    first = facts([STORIES[0]])
    facts([" ".join(f"word{number}" for number in range(3000))])
    assert facts([STORIES[0]]) == first
