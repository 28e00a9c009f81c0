"""No library that would report its use is loaded before it was told not to."""

import os
import subprocess
import sys

import pytest

from vivavoce.audio import SILENT


def ran(program: str, **environment: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "entry",
    [
        "vivavoce.audio.voices.pyttsx3_process",
        "vivavoce.audio.models.sources",
        "vivavoce.simulator.engine.embeddings",
    ],
)
def test_whatever_the_environment_asks_for_nothing_is_reported(entry: str) -> None:
    program = (
        f"import os, {entry}; from vivavoce.audio import SILENT; print({{os.environ[n] for n in SILENT}})"
    )

    assert ran(program, **dict.fromkeys(SILENT, "0")) == "{'1'}"


def test_what_was_asked_for_in_vain_is_known() -> None:
    program = "from vivavoce.audio import OVERRULED; print(*OVERRULED)"
    silent = dict.fromkeys(SILENT, "true")

    assert ran(program, **silent) == ""
    assert ran(program, **silent | {"ORT_DISABLE_TELEMETRY": "0", "DO_NOT_TRACK": "No"}) == (
        "ORT_DISABLE_TELEMETRY DO_NOT_TRACK"
    )
