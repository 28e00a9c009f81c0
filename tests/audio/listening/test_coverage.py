"""What the detector calls speech is recognised, or told: it is never dropped in silence."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import FRAME_SECONDS, SAMPLE_RATE_HZ, Frame, silence
from vivavoce.audio.listening.coverage import SHORTEST_HOLE, heard_whole, holes
from vivavoce.audio.ports import Hypothesis
from vivavoce.transcripts.events import Seconds, Word

S = Seconds
SECONDS = 12.0
WORD, EVERY = 0.3, 0.4  # how long a word lasts, and from when on the next may begin
SOUND = Frame(0, silence(round(SECONDS * SAMPLE_RATE_HZ)))
TEXTS = "zero one two three four five six seven eight nine".split()


def said(first: int, count: int) -> list[Word]:
    """Return `count` words from the `first` on, one every EVERY seconds; their names tell their place."""
    return [
        Word(
            text=f"{TEXTS[n // 10]}-{TEXTS[n % 10]}",
            start=S(round(n * EVERY, 3)),
            end=S(round(n * EVERY + WORD, 3)),
        )
        for n in range(first, first + count)
    ]


def frames_of(words: Sequence[Word]) -> list[Seconds]:
    """Return when each frame began in which a word, or the breath after it, was said."""
    ends = [(word.start, word.start + EVERY) for word in words]
    frames = [S(n * FRAME_SECONDS) for n in range(round(SECONDS / FRAME_SECONDS))]
    return [at for at in frames if any(start <= at < end for start, end in ends)]


class Forgetful:
    """A recogniser that hears `words`, except those that `drops` says of a sound it drops."""

    def __init__(
        self, words: Sequence[Word], drops: Callable[[Frame, Word], bool], *, speech: bool = True
    ) -> None:
        self._words, self._drops, self._speech = words, drops, speech
        self.heard: list[float] = []

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        assert timed
        self.heard.append(sound.duration)
        inside = [
            w for w in self._words if w.end > sound.started_at + 0.05 and w.start < sound.ended_at - 0.05
        ]
        kept = tuple(word for word in inside if not self._drops(sound, word))
        return Hypothesis(kept, speech=self._speech)


ALL = said(0, 25)


def texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def test_what_is_covered_is_heard_once() -> None:
    recogniser = Forgetful(ALL, lambda sound, word: False)

    heard = heard_whole(recogniser, SOUND, frames_of(ALL), "")

    assert texts(heard.words) == texts(ALL)
    assert heard.missed == ()
    assert len(recogniser.heard) == 1


@given(st.integers(0, 20), st.integers(4, 14))
def test_a_stretch_that_was_left_out_is_found_and_nothing_is_said_twice(first: int, count: int) -> None:
    left_out = set(texts(said(first, count)))
    recogniser = Forgetful(ALL, lambda sound, word: sound.duration == SECONDS and word.text in left_out)

    heard = heard_whole(recogniser, SOUND, frames_of(ALL), "")

    assert texts(heard.words) == texts(ALL)
    assert heard.missed == ()


def test_a_long_stretch_is_tried_in_halves() -> None:
    recogniser = Forgetful(ALL, lambda sound, word: sound.duration > 6)

    heard = heard_whole(recogniser, SOUND, frames_of(ALL), "")

    assert texts(heard.words) == texts(ALL)
    assert heard.missed == ()


def test_what_is_not_understood_even_so_is_told_with_its_times() -> None:
    recogniser = Forgetful(ALL, lambda sound, word: 10 <= ALL.index(word) < 16)

    heard = heard_whole(recogniser, SOUND, frames_of(ALL), "")

    ((start, end),) = heard.missed
    assert start == pytest.approx(ALL[10].start, abs=0.3)
    assert end == pytest.approx(ALL[16].start, abs=0.3)


def test_a_failure_in_a_hole_costs_nothing_of_what_was_heard_before() -> None:
    def drops(sound: Frame, word: Word) -> bool:
        if sound.duration < SECONDS:
            raise RecogniserError("the engine failed")
        return 10 <= ALL.index(word) < 16

    heard = heard_whole(Forgetful(ALL, drops), SOUND, frames_of(ALL), "")

    assert texts(heard.words) == texts([*ALL[:10], *ALL[16:]])
    assert len(heard.missed) == 1


def test_where_the_recogniser_is_sure_that_nobody_spoke_nothing_is_told() -> None:
    recogniser = Forgetful([], lambda sound, word: False, speech=False)

    heard = heard_whole(recogniser, SOUND, frames_of(ALL), "")

    assert heard.missed == ()
    assert len(recogniser.heard) == 2


def test_a_short_sound_and_the_edges_of_words_are_no_hole() -> None:
    assert holes(frames_of(ALL), ALL) == []
    assert holes(frames_of(said(3, 1)), []) == []
    (hole,) = holes(frames_of(said(3, 3)), [])
    assert hole.length >= SHORTEST_HOLE


def test_a_word_that_lasts_too_long_covers_no_more_than_a_word() -> None:
    stretched = Word(text="so", start=S(0.0), end=S(6.0))

    (hole,) = holes(frames_of(ALL[:15]), [stretched])

    assert hole.start < 1.5
    assert hole.end > 5.5
