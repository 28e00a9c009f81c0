"""Fillers where the detector hears speech and no word is."""

import pytest

from tests.audio.listening.test_second_hearing import frames
from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, silence
from vivavoce.audio.listening.filled_pauses import AROUND, filled_pauses
from vivavoce.audio.listening.recognised_words import word
from vivavoce.audio.ports import Hypothesis

SOUND = Frame(2 * SAMPLE_RATE_HZ, silence(8 * SAMPLE_RATE_HZ))
WORDS = (word("so", 3.0, 3.4, 0.9), word("then", 6.0, 6.4, 0.9))


class Alone:
    """A recogniser that hears `text` in whatever it is given, with `probability`."""

    def __init__(self, text: str, probability: float) -> None:
        self._text, self._probability = text, probability
        self.heard: list[tuple[float, float]] = []

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        self.heard.append((round(sound.started_at, 1), round(sound.ended_at, 1)))
        if not self._text:
            raise RecogniserError("it failed")
        at = sound.started_at
        return Hypothesis(tuple(word(one, at, at + 0.3, self._probability) for one in self._text.split()))


@pytest.mark.parametrize(
    ("text", "probability", "spoken", "found"),
    [
        pytest.param("Um.", 0.4, (4.5, 4.9), ["um,"], id="a filler, which ends no sentence"),
        pytest.param("Um, uh.", 0.4, (4.5, 4.9), ["um,"], id="it is one sound"),
        pytest.param("Um.", 0.1, (4.5, 4.9), [], id="only the prompt suggests it"),
        pytest.param("Um, well.", 0.9, (4.5, 4.9), [], id="a word"),
        pytest.param("Um.", 0.4, (4.5, 4.6), [], id="too short"),
        pytest.param("Um.", 0.4, (4.0, 5.5), [], id="a hole, which has been heard once more already"),
        pytest.param("Um.", 0.4, (3.0, 3.4), [], id="covered by a word"),
        pytest.param("", 0.0, (4.5, 4.9), [], id="the recogniser fails"),
    ],
)
def test_speech_without_a_word_is_a_filler_if_that_is_all_that_is_heard_in_it(
    text: str, probability: float, spoken: tuple[float, float], found: list[str]
) -> None:
    heard = filled_pauses(Alone(text, probability), SOUND, frames(spoken), WORDS)

    assert [one.text for one in heard] == found
    assert all(one.filler for one in heard)


def test_what_is_beside_a_filler_is_a_part_of_it() -> None:
    known = (*WORDS, word("uh", 4.95, 5.2, 0.9))

    assert filled_pauses(Alone("Um.", 0.4), SOUND, frames((4.4, 4.8)), known) == []


def test_it_is_heard_with_a_little_around_it() -> None:
    recogniser = Alone("Um.", 0.4)
    filled_pauses(recogniser, SOUND, frames((4.5, 4.9)), WORDS)

    ((start, end),) = recogniser.heard
    assert (start, end) == (pytest.approx(4.5 - AROUND, abs=0.1), pytest.approx(4.9 + AROUND, abs=0.1))
