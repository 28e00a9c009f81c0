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
prosody: Any = importlib.import_module("benchmarks.prosody")


def test_of_200_terms_at_most_five_are_read_wrong() -> None:
    table = json.loads(voices.TERMS.read_text(encoding="utf-8"))

    assert len(table) == 200
    assert len(list(voices.wrong_terms(table))) <= 5
    assert list(voices.wrong_terms({"SQL": "skwɛl"})) != []


def test_stress_and_flaps_make_no_difference() -> None:
    assert voices.plain("θˈɜɹTi fˌIv.") == "θɜɹtifIv"  # noqa: RUF001


def tone(hertz: Any) -> Any:
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE_HZ
    return sum(np.sin(n * phase) for n in (1, 2, 3)).astype(np.float32) * np.float32(0.2)


@pytest.mark.parametrize("hertz", [105, 150, 220])
def test_a_pitch_is_found(hertz: int) -> None:
    assert np.median(prosody.pitches(tone(np.full(SAMPLE_RATE_HZ, hertz)))) == pytest.approx(hertz, rel=0.03)


@pytest.mark.parametrize("semitones", [-5, 0, 5])
def test_the_pitch_of_the_end_is_compared_with_that_of_the_middle(semitones: int) -> None:
    hertz = np.concatenate([np.full(SAMPLE_RATE_HZ, 150), np.full(4_000, 150 * 2 ** (semitones / 12))])

    assert prosody.rise(tone(hertz)) == pytest.approx(semitones, abs=0.3)


def test_the_step_and_the_jump_in_loudness_at_a_seam_are_found() -> None:
    class Speaker:
        def speak(self, text: str) -> Any:
            loud = tone(np.full(8_000, 150))
            yield from (loud + np.float32(0.1), np.zeros(800, np.float32), loud / 2)

    steps, jumps, levels = prosody.seams(Speaker(), ["One. Two."])

    assert max(steps) == pytest.approx(0.1, abs=0.05)
    assert jumps == [pytest.approx(6, abs=1)]
    assert len(levels) == 2


def test_the_nearest_pair_is_that_of_the_smallest_difference() -> None:
    def spoken(pitch: float, wpm: float) -> Any:
        return voices.Spoken(wrong=0, words=1, seconds=1, took=1, pitch_hz=pitch, wpm=wpm, misheard=[])

    found = voices.nearest({"a": spoken(100, 150), "b": spoken(200, 150), "c": spoken(200, 165)})

    assert (found["nearest"], found["noticeable_steps"]) == (["b", "c"], 1.0)
