"""Sessions that a `kill -9` ends at a random moment, with the invariants of benchmarks/kill.py.

The benchmark does fifty; these few are enough to notice that a change loses something.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
MOMENTS, SEED = 6, 4  # one of the moments lies after the goodbye
MOST_LOST = 1.0  # seconds of sound


@pytest.fixture(scope="module")
def wrecks() -> list[dict[str, object]]:
    command = [sys.executable, "-m", "benchmarks.kill", "--rows", f"--moments={MOMENTS}", f"--seed={SEED}"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=120)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_session_opens(wrecks: list[dict[str, object]]) -> None:
    assert [wreck["problem"] for wreck in wrecks] == [""] * MOMENTS


def test_the_moments_lie_before_and_after_the_end(wrecks: list[dict[str, object]]) -> None:
    assert {wreck["after_the_end"] for wreck in wrecks} == {False, True}
    assert sum(int(str(wreck["turns"])) for wreck in wrecks) > MOMENTS


def test_at_most_a_second_of_sound_is_lost(wrecks: list[dict[str, object]]) -> None:
    assert max(float(str(wreck["sound_lost"])) for wreck in wrecks) <= MOST_LOST


@pytest.mark.proves("N05")
@pytest.mark.parametrize("kind", ["turns", "finals"])
def test_nothing_that_was_finished_is_lost(wrecks: list[dict[str, object]], kind: str) -> None:
    assert [wreck[f"{kind}_lost"] for wreck in wrecks] == [0] * MOMENTS
