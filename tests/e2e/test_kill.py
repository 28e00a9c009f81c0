"""Sessions that a `kill -9` ends at a random moment, with the invariants of benchmarks/kill.py.

The benchmark does many; these few are enough to notice that a change loses something.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
PLACES = {"terminal": (6, 4), "browser": (3, 0)}  # moments and seed: one moment lies after the end
MOST_LOST = 1.0  # seconds of sound


Wrecks = list[dict[str, object]]


@pytest.fixture(scope="module", params=PLACES)
def wrecks(request: pytest.FixtureRequest) -> Wrecks:
    where = request.param
    moments, seed = PLACES[where]
    asked = ["--rows", f"--where={where}", f"--moments={moments}", f"--seed={seed}"]
    command = [sys.executable, "-m", "benchmarks.kill", *asked]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=180)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["where"] for row in found] == [where] * moments
    return found


def test_every_session_opens(wrecks: Wrecks) -> None:
    assert {wreck["problem"] for wreck in wrecks} == {""}


def test_the_moments_lie_before_and_after_the_end(wrecks: Wrecks) -> None:
    assert {wreck["after_the_end"] for wreck in wrecks} == {False, True}
    assert sum(int(str(wreck["turns"])) for wreck in wrecks) > 0  # or there was nothing to lose


def test_at_most_a_second_of_sound_is_lost(wrecks: Wrecks) -> None:
    assert max(float(str(wreck["sound_lost"])) for wreck in wrecks) <= MOST_LOST


@pytest.mark.proves("N05")
@pytest.mark.parametrize("kind", ["turns", "finals"])
def test_nothing_that_was_finished_is_lost(wrecks: Wrecks, kind: str) -> None:
    assert {wreck[f"{kind}_lost"] for wreck in wrecks} == {0}
