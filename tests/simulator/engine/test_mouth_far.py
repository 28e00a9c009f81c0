"""A mouth whose speaker is far away: it tells what was heard, and not what was handed out."""

import pytest

from tests.simulator.engine.test_mouth import LINE, Stage, length
from vivavoce.audio.frame import FRAME_SECONDS
from vivavoce.audio.voices.sentences import SENTENCE_PAUSE
from vivavoce.transcripts.events import PlaybackFinished, PlaybackStarted, Seconds

S = Seconds
LATENCY = S(0.4)
WHOLE = length(LINE) + 2 * SENTENCE_PAUSE


class Far(Stage):
    """A stage with `latency` between the mouth and the ear of the candidate."""

    latency = LATENCY

    def until(self, time: float) -> "Far":
        while self.now < time - 1e-9:
            self.now += FRAME_SECONDS
            block, events = self.mouth.next(S(self.now), self.latency)
            self.sound.append(block)
            self.events += events
            self._background.collect(S(self.now))
        return self


def times(stage: Stage) -> list[float]:
    return [event.at for event in stage.events]


def test_a_line_begins_and_ends_when_it_is_heard() -> None:
    near, far = Stage(), Far()
    for stage in (near, far):
        stage.mouth.say(LINE)
        stage.finish()
    assert [type(event) for event in far.events] == [PlaybackStarted, PlaybackFinished]
    for late, early in zip(times(far), times(near), strict=True):
        assert late - early == pytest.approx(LATENCY, abs=2 * FRAME_SECONDS)
    finished = far.events[-1]
    assert isinstance(finished, PlaybackFinished)
    assert finished.complete
    assert finished.heard == pytest.approx(WHOLE, abs=0.05)


def test_until_it_was_heard_to_its_end_a_line_keeps_the_mouth_busy() -> None:
    far = Far()
    far.mouth.say(LINE)
    end = 0.1 + WHOLE
    assert far.until(end + 0.2).mouth.busy
    assert [type(event) for event in far.events] == [PlaybackStarted]
    assert not far.until(end + LATENCY + 0.2).mouth.busy


def test_a_line_that_was_dropped_says_how_much_was_heard_and_not_how_much_was_handed_out() -> None:
    far = Far()
    far.mouth.say(LINE)
    far.until(2.0)
    (dropped,) = far.mouth.drop(LATENCY)
    assert isinstance(dropped, PlaybackFinished)
    assert not dropped.complete
    assert dropped.heard == pytest.approx(2.0 - 0.1 - LATENCY, abs=0.1)
    assert far.until(20.0).events[1:] == []


def test_a_line_that_was_handed_out_and_not_heard_at_all_leaves_no_trace() -> None:
    far = Far()
    far.mouth.say(LINE)
    far.until(0.1 + LATENCY / 2)
    assert far.mouth.drop(LATENCY) == []
    assert far.until(5.0).events == []
    assert not far.mouth.busy


def test_a_line_of_which_a_little_was_heard_began() -> None:
    far = Far()
    far.mouth.say(LINE)
    far.until(0.1 + LATENCY / 2)
    began, finished = far.mouth.drop(S(0.05))
    assert isinstance(began, PlaybackStarted)
    assert isinstance(finished, PlaybackFinished)
    assert 0 < finished.heard < LATENCY


@pytest.mark.parametrize(("unheard", "complete"), [(0.1, True), (0.4, False)])
def test_a_line_that_was_handed_out_whole_is_complete_if_next_to_nothing_of_it_is_lacking(
    unheard: float, complete: bool
) -> None:
    far = Far()
    far.mouth.say(LINE)
    far.until(0.1 + WHOLE + 0.2)
    told = [*far.mouth.drop(S(unheard)), *far.until(20.0).events]
    finished = [event for event in told if isinstance(event, PlaybackFinished)]
    assert [event.complete for event in finished] == [complete]
    if not complete:
        assert finished[0].heard == pytest.approx(WHOLE - unheard, abs=0.1)


def test_how_much_was_heard_counts_from_what_the_candidate_has_heard() -> None:
    near, far = Stage(), Far()
    for stage in (near, far):
        stage.mouth.say(LINE)
        stage.until(3.0)
    assert far.mouth.share == pytest.approx(near.mouth.share - LATENCY / WHOLE, abs=0.02)


def test_a_network_that_gets_quicker_in_the_middle_keeps_the_order() -> None:
    far = Far()
    far.mouth.say("Why?")
    far.until(0.3)
    far.latency = S(0.0)
    far.finish()
    assert [type(event) for event in far.events] == [PlaybackStarted, PlaybackFinished]
    assert times(far) == sorted(times(far))


def test_a_ducked_line_that_is_dropped_finished_when_it_was_ducked() -> None:
    far = Far()
    far.mouth.say(LINE)
    far.until(2.0)
    far.mouth.duck()
    far.until(3.0)
    (finished,) = far.mouth.drop()
    assert finished.at == pytest.approx(2.0, abs=FRAME_SECONDS)
