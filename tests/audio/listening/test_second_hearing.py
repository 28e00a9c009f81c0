"""A whole recording, heard a second time: where it is cut, and which text is kept."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import FRAME_SECONDS, SAMPLE_RATE_HZ, Frame, silence
from vivavoce.audio.listening.second_hearing import APART, AROUND, LONGEST, better, heard_better, stretches
from vivavoce.audio.ports import Hypothesis
from vivavoce.transcripts.events import Seconds, Word

S = Seconds


def frames(*spans: tuple[float, float]) -> list[Seconds]:
    """Return when each frame began in which somebody spoke, given from when to when they did."""
    numbers = (range(round(a / FRAME_SECONDS), round(b / FRAME_SECONDS)) for a, b in spans)
    return [S(number * FRAME_SECONDS) for span in numbers for number in span]


def word(text: str, start: float, seconds: float = 0.4) -> Word:
    return Word(text=text, start=S(start), end=S(start + seconds))


class Hears:
    """A recogniser that hears the `words` that lie in the sound it is given, and nothing where it `fails`."""

    def __init__(self, *words: Word, fails: bool = False) -> None:
        self._words, self._fails = words, fails
        self.prompts: list[str] = []

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        if self._fails:
            raise RecogniserError("it failed")
        self.prompts.append(prompt)
        inside = tuple(w for w in self._words if sound.started_at <= w.start and w.end <= sound.ended_at)
        return Hypothesis(inside, speech=True)


SOUND = silence(60 * SAMPLE_RATE_HZ)
TALK = frames((1.0, 3.0))
LIVE = (word("we", 1.0), word("moved", 1.5), word("the", 2.0), word("flack.", 2.5))
RIGHT = (*LIVE[:3], word("flag.", 2.5))


def test_a_stretch_holds_the_soft_sounds_around_it() -> None:
    (only,) = stretches(frames((1.0, 3.0)), [])

    assert (only.start, only.end) == pytest.approx((1.0 - AROUND, 3.0 + AROUND), abs=FRAME_SECONDS)


def test_a_long_silence_ends_a_stretch_and_a_pause_does_not() -> None:
    assert len(stretches(frames((1.0, 3.0), (5.0, 6.0)), [])) == 1
    assert len(stretches(frames((1.0, 3.0), (3.5 + APART, 9.0)), [])) == 2


def test_long_talk_is_cut_where_a_sentence_ended_and_not_in_the_longest_pause() -> None:
    talk = frames((0.0, 15.0), (15.4, 20.0), (21.5, 30.0))  # who thinks within a sentence pauses longest
    said = [word("done.", 14.6), word("and", 19.6)]

    assert next(round(one.end, 1) for one in stretches(talk, said)) == 15.2
    assert next(round(one.end, 1) for one in stretches(talk, [])) == pytest.approx(20.5, abs=0.1)


@given(st.lists(st.tuples(st.floats(0.05, 40.0), st.floats(0.05, 5.0)), min_size=1, max_size=8))
def test_stretches_cover_all_speech_and_do_not_overlap(lengths: list[tuple[float, float]]) -> None:
    spans, at = [], 0.0
    for sounding, silent in lengths:
        spans.append((at, at + sounding))
        at += sounding + silent
    talk = sorted(set(frames(*spans)))
    found = stretches(talk, [])

    assert all(any(one.start <= at < one.end for one in found) for at in talk)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(one.length <= LONGEST + 2 * AROUND + FRAME_SECONDS for one in found)


def heard(recogniser: Hears, first: Sequence[Word], talk: Sequence[Seconds] = TALK) -> list[str]:
    found = heard_better(recogniser, SOUND, talk, first)
    return [" ".join(one.text for one in stretch.words) for stretch in found]


def test_the_second_text_is_kept() -> None:
    assert heard(Hears(*RIGHT), LIVE) == ["we moved the flag."]


def test_the_same_text_is_no_better_one() -> None:
    assert heard(Hears(*LIVE), LIVE) == []


def test_words_that_were_heard_at_first_are_not_lost() -> None:
    long = [word("and", 1.0 + 0.5 * n) for n in range(8)]

    assert heard(Hears(*long[:4]), long, frames((1.0, 5.0))) == []
    assert heard(Hears(), LIVE) == []


def test_what_was_not_understood_at_first_is_heard() -> None:
    assert heard(Hears(*RIGHT), ()) == ["we moved the flag."]


def test_a_second_hearing_that_fails_changes_nothing() -> None:
    assert heard(Hears(*RIGHT, fails=True), LIVE) == []


def test_what_was_said_before_is_the_prompt_of_the_next_stretch() -> None:
    recogniser = Hears(*RIGHT, word("later", 10.0))
    heard(recogniser, LIVE, [*TALK, *frames((10.0, 10.5))])

    assert recogniser.prompts == ["", "we moved the flag."]


def test_nothing_is_never_better() -> None:
    assert not better((), (), TALK)
