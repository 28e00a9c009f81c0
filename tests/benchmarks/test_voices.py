"""How the interviewers' voices are measured, and the terms that they must read right."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from vivavoce.audio.frame import SAMPLE_RATE_HZ

# benchmarks/ is no installed package, and the checkout's root must stay off the import path.
PACKAGE = ModuleType("benchmarks")
PACKAGE.__path__ = [str(Path(__file__).parents[2] / "benchmarks")]
sys.modules.setdefault("benchmarks", PACKAGE)
voices: Any = importlib.import_module("benchmarks.voices")


def test_of_200_terms_at_most_five_are_read_wrong() -> None:
    table = json.loads(voices.TERMS.read_text(encoding="utf-8"))

    assert len(table) == 200
    assert len(list(voices.wrong_terms(table))) <= 5
    assert list(voices.wrong_terms({"SQL": "skwɛl"})) != []


def test_stress_and_flaps_make_no_difference() -> None:
    assert voices.plain("θˈɜɹTi fˌIv.") == "θɜɹtifIv"  # noqa: RUF001


@pytest.mark.parametrize("hertz", [105, 150, 220])
def test_a_pitch_is_found(hertz: int) -> None:
    seconds = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    tone = sum(np.sin(2 * np.pi * hertz * n * seconds) for n in (1, 2, 3)) * 0.2

    assert voices.pitch_hz(tone.astype(np.float32)) == pytest.approx(hertz, rel=0.03)


def test_the_nearest_pair_is_that_of_the_smallest_difference() -> None:
    def spoken(pitch: float, wpm: float) -> Any:
        return voices.Spoken(wrong=0, words=1, seconds=1, took=1, pitch_hz=pitch, wpm=wpm, misheard=[])

    found = voices.nearest({"a": spoken(100, 150), "b": spoken(200, 150), "c": spoken(200, 165)})

    assert (found["nearest"], found["noticeable_steps"]) == (["b", "c"], 1.0)
