"""Sessions one after the other in one process, with the invariants of benchmarks/soak.py.

The benchmark does a day of them; these few are enough to notice a file or a thread that each one leaves.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.soak import ALLOWED_MB

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
SETTLED = 2  # sessions: by then one was at a sound card and one in a room, and what loads once has loaded
HOURS = 0.35


def test_nothing_is_left_of_a_session() -> None:
    command = [sys.executable, "-m", "benchmarks.soak", "--rows", f"--hours={HOURS}"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=300)
    looks = [json.loads(line) for line in done.stdout.splitlines()]
    settled, last = looks[SETTLED - 1], looks[-1]
    assert last["seconds"] >= HOURS * 3600
    assert last["session"] == len(looks) >= SETTLED + 2
    assert (last["threads"], last["files"]) == (settled["threads"], settled["files"])
    assert {look["left"] for look in looks} == {0}
    assert last["memory_mb"] - settled["memory_mb"] < ALLOWED_MB
