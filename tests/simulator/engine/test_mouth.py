from collections.abc import Callable, Iterator

import numpy as np
import pytest

from vivavoce.audio.errors import VoiceError
from vivavoce.audio.frame import FRAME_SECONDS, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.voices.sentences import SENTENCE_PAUSE
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.simulator.engine.background import Inline, Lane
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.transcripts.events import Event, Failed, PlaybackFinished, PlaybackStarted, Seconds

S = Seconds
LINE = "Okay, thank you. What came of it in the end? Take your time."


class Selective:
    """A voice that cannot say what holds `not_this`."""

    def __init__(self, not_this: str) -> None:
        self._not_this = not_this

    def speak(self, text: str) -> Iterator[Samples]:
        if self._not_this in text:
            raise VoiceError("the voice failed")
        yield from SilentVoice().speak(text)


class Stage:
    """A mouth, and who listens to it frame by frame."""

    def __init__(self, voice: SilentVoice | Selective | None = None, delay: float = 0.1) -> None:
        self._background = Inline({Lane.VOICE: S(delay)})
        self.mouth = Mouth(voice or SilentVoice(), self._background)
        self.events: list[Event] = []
        self.sound: list[Samples] = []
        self.now = 0.0

    def until(self, time: float) -> "Stage":
        while self.now < time - 1e-9:
            self.now += FRAME_SECONDS
            block, events = self.mouth.next(S(self.now))
            self.sound.append(block)
            self.events += events
            self._background.collect(S(self.now))
        return self

    def finish(self, bound: float = 60) -> "Stage":
        while self.mouth.busy and self.now < bound:
            self.until(self.now + FRAME_SECONDS)
        return self

    @property
    def sounding(self) -> float:
        """Return the seconds of sound so far."""
        return float(sum(np.count_nonzero(block) for block in self.sound)) / SAMPLE_RATE_HZ


def length(text: str) -> float:
    return sum(len(chunk) for chunk in SilentVoice().speak(text)) / SAMPLE_RATE_HZ


def test_a_line_of_several_sentences_starts_once_and_is_heard_to_its_end() -> None:
    stage = Stage()
    stage.mouth.say(LINE)
    stage.finish()

    started, finished = stage.events
    assert isinstance(started, PlaybackStarted)
    assert started.text == LINE
    assert isinstance(finished, PlaybackFinished)
    assert finished.complete
    assert finished.heard == pytest.approx(length(LINE) + 2 * SENTENCE_PAUSE, abs=0.05)
    assert stage.sounding == pytest.approx(length(LINE), abs=0.05)


def test_between_sentences_there_is_a_breath_and_none_after_the_last() -> None:
    stage = Stage()
    stage.mouth.say("Okay, thank you. What came of it?")
    stage.finish()

    heard = np.flatnonzero(np.concatenate(stage.sound))
    gaps = np.diff(heard)[np.diff(heard) > 500] / SAMPLE_RATE_HZ
    assert gaps == pytest.approx([SENTENCE_PAUSE], abs=0.01)
    assert stage.now - heard[-1] / SAMPLE_RATE_HZ < 0.1


def test_the_first_sentence_is_heard_while_the_rest_is_being_made() -> None:
    stage = Stage(delay=0.5)
    stage.mouth.say(LINE)
    stage.until(0.7)

    assert [type(event) for event in stage.events] == [PlaybackStarted]
    assert stage.sounding > 0


def test_a_voice_that_is_slower_than_speech_pauses_and_loses_nothing() -> None:
    stage = Stage(delay=4.0)
    stage.mouth.say(LINE)
    stage.finish()

    assert [type(event) for event in stage.events] == [PlaybackStarted, PlaybackFinished]
    assert stage.now > 12
    assert stage.sounding >= length(LINE) - 0.05


@pytest.mark.parametrize("not_this", ["Okay", "What", "Take"])
def test_a_sentence_that_the_voice_cannot_say_is_left_out(not_this: str) -> None:
    stage = Stage(Selective(not_this))
    stage.mouth.say(LINE)
    stage.finish()

    assert sorted(type(event).__name__ for event in stage.events) == [
        "Failed",
        "PlaybackFinished",
        "PlaybackStarted",
    ]
    assert [event.reason for event in stage.events if isinstance(event, Failed)] == ["the voice failed"]
    assert 0 < stage.sounding < length(LINE) - 0.3


@pytest.mark.parametrize("text", [LINE, "What?", ""])
def test_a_line_without_any_sound_still_starts_and_finishes(text: str) -> None:
    stage = Stage(Selective(""))
    stage.mouth.say(text)
    stage.finish()

    *_, started, finished = stage.events
    assert isinstance(started, PlaybackStarted)
    assert started.text == text
    assert isinstance(finished, PlaybackFinished)
    assert finished.complete
    assert not finished.heard


def test_a_dropped_line_says_how_much_was_heard_and_is_silent_at_once() -> None:
    stage = Stage()
    stage.mouth.say(LINE)
    stage.until(1.5)
    (dropped,) = stage.mouth.drop()
    before = len(stage.sound)
    stage.until(5)

    assert isinstance(dropped, PlaybackFinished)
    assert not dropped.complete
    assert dropped.heard == pytest.approx(1.4, abs=0.1)
    assert not any(block.any() for block in stage.sound[before + 1 :])
    assert not stage.mouth.busy
    assert stage.mouth.drop() == []


def test_a_line_that_was_dropped_before_it_was_heard_leaves_no_trace() -> None:
    stage = Stage(delay=1.0)
    stage.mouth.say(LINE)
    stage.until(0.5)

    assert stage.mouth.drop() == []
    assert stage.until(5).events == []
    assert stage.sounding == 0


def test_a_line_said_after_a_drop_is_whole() -> None:
    stage = Stage()
    stage.mouth.say("One two three four five six seven eight nine ten.")
    stage.until(1.0)
    stage.mouth.drop()
    stage.mouth.say(LINE)
    stage.finish()

    *_, started, finished = stage.events
    assert isinstance(started, PlaybackStarted)
    assert started.text == LINE
    assert isinstance(finished, PlaybackFinished)
    assert finished.heard == pytest.approx(length(LINE) + 2 * SENTENCE_PAUSE, abs=0.05)


def test_what_was_prepared_begins_with_the_next_block() -> None:
    stage = Stage(delay=0.5)
    assert not stage.mouth.ready(LINE)
    stage.mouth.prepare(LINE)
    stage.until(2)
    assert stage.mouth.ready(LINE)
    assert stage.events == []

    stage.mouth.say(LINE)
    stage.until(2 + FRAME_SECONDS)

    assert [type(event) for event in stage.events] == [PlaybackStarted]


def test_a_preparation_that_failed_is_ready_too_so_that_nobody_waits_for_it() -> None:
    stage = Stage(Selective(""))
    stage.mouth.prepare(LINE)
    stage.until(1)

    assert stage.mouth.ready(LINE)


def test_dropping_a_line_takes_nothing_from_what_is_being_prepared() -> None:
    stage = Stage(delay=0.5)
    stage.mouth.prepare("Let me stop you there.")
    stage.mouth.say(LINE)
    stage.mouth.drop()
    stage.until(2)

    assert stage.mouth.ready("Let me stop you there.")


@pytest.mark.parametrize("at", [0.6, 2.0])
def test_a_ducked_line_is_silent_and_goes_on_where_it_was(at: float) -> None:
    stage = Stage()
    stage.mouth.say(LINE)
    stage.until(at)
    stage.mouth.duck()
    stage.until(at + 0.2)
    before = len(stage.sound)
    stage.until(at + 3)
    assert not any(block.any() for block in stage.sound[before:])
    assert stage.mouth.busy

    stage.mouth.unduck()
    stage.finish()

    *_, finished = stage.events
    assert isinstance(finished, PlaybackFinished)
    assert finished.complete
    assert stage.sounding >= length(LINE) - 0.05


@pytest.mark.parametrize("command", [Mouth.duck, Mouth.unduck, Mouth.drop])
def test_with_no_line_no_command_has_an_effect(command: Callable[[Mouth], object]) -> None:
    stage = Stage()
    command(stage.mouth)

    assert stage.until(1).events == []
    assert silence(1) == stage.sounding
