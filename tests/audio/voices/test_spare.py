from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vivavoce.audio.errors import VoiceError
from vivavoce.audio.frame import Samples
from vivavoce.audio.voices.phrase_cache import CachedVoice
from vivavoce.audio.voices.spare import WithSpare


class Tone:
    """Says every sentence at one level, `times` times; then it fails."""

    def __init__(self, identity: str, level: float, times: int = 99) -> None:
        self.identity, self._level, self._left = identity, level, times

    def speak(self, text: str) -> Iterator[Samples]:
        self._left -= 1
        if self._left < 0:
            raise VoiceError(f"{self.identity} is broken")
        yield np.full(160, self._level, np.float32)


def levels(voice: WithSpare | CachedVoice, text: str) -> list[float]:
    return [round(float(chunk[0]), 2) for chunk in voice.speak(text) if chunk[0]]


def test_the_spare_takes_over_in_the_middle_of_a_line_and_that_is_said_once() -> None:
    told: list[str] = []
    voice = WithSpare(Tone("first", 0.1, times=1), lambda: Tone("second", 0.2), told.append)

    assert levels(voice, "One is said. Two is said. Three is said.") == [0.1, 0.2, 0.2]
    assert told == ["The system's voice speaks: first is broken"]
    assert voice.identity == "second"


def test_a_spare_that_fails_too_is_an_error() -> None:
    voice = WithSpare(Tone("first", 0.1, times=0), lambda: Tone("second", 0.2, times=0), lambda _: None)

    with pytest.raises(VoiceError, match="second"):
        levels(voice, "One.")


def test_what_the_spare_has_said_is_not_remembered_as_the_first_ones(tmp_path: Path) -> None:
    voice = WithSpare(Tone("first", 0.1, times=0), lambda: Tone("second", 0.2), lambda _: None)
    assert levels(CachedVoice(voice, tmp_path, lambda _: True), "One.") == [0.2]

    mended = CachedVoice(Tone("first", 0.1), tmp_path, lambda _: True)

    assert levels(mended, "One.") == [0.1]
