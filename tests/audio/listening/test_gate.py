from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, Frame, silence
from vivavoce.audio.listening.gate import HANGOVER_FRAMES, ONSET_FRAMES, Gate
from vivavoce.transcripts.events import Event, SpeechEnded, SpeechStarted

SPEECH, QUIET = 0.9, 0.05


def heard(probabilities: list[float], gate: Gate | None = None) -> list[tuple[int, Event]]:
    """Return each event with the number of the frame that made it known."""
    gate = gate or Gate()
    frames = [Frame(number * FRAME_SAMPLES, silence(FRAME_SAMPLES)) for number in range(len(probabilities))]
    return [
        (number, event)
        for number, frame in enumerate(frames)
        for event in gate.receive(frame, probabilities[number])
    ]


def test_speech_is_dated_back_to_its_first_frame_and_its_end_to_the_last() -> None:
    (_, started), (known, ended) = heard([QUIET] * 10 + [SPEECH] * 20 + [QUIET] * 10)

    assert isinstance(started, SpeechStarted)
    assert started.at == pytest.approx(10 * FRAME_SECONDS)
    assert isinstance(ended, SpeechEnded)
    assert ended.started_at == started.at
    assert ended.at == pytest.approx(30 * FRAME_SECONDS)
    assert known == 29 + HANGOVER_FRAMES


@pytest.mark.parametrize("frames", range(1, ONSET_FRAMES))
def test_a_click_does_not_open_the_gate(frames: int) -> None:
    assert heard(([SPEECH] * frames + [QUIET] * 10) * 5) == []


def test_a_soft_syllable_with_a_gap_opens_it_at_its_first_frame() -> None:
    (_, started) = heard([QUIET, SPEECH, QUIET, SPEECH, SPEECH])[0]

    assert started.at == pytest.approx(FRAME_SECONDS)


@pytest.mark.parametrize(("gap", "events"), [(HANGOVER_FRAMES - 1, 1), (HANGOVER_FRAMES, 3)])
def test_only_a_gap_as_long_as_the_hangover_parts_two_utterances(gap: int, events: int) -> None:
    assert len(heard([SPEECH] * 10 + [QUIET] * gap + [SPEECH] * 10)) == events


def test_a_voice_that_hovers_below_the_onset_keeps_the_gate_open_but_does_not_open_it() -> None:
    assert len(heard([SPEECH] * 5 + [0.4] * 100)) == 1
    assert heard([0.4] * 100) == []


def test_quiet_frames_count_only_while_the_gate_is_open() -> None:
    gate = Gate()
    heard([SPEECH] * 5 + [QUIET] * 2, gate)
    assert gate.quiet_frames == 2
    heard([QUIET] * HANGOVER_FRAMES, gate)
    assert not gate.open
    assert gate.quiet_frames == 0


@given(st.lists(st.floats(0, 1), max_size=200))
def test_starts_and_ends_alternate_in_time_and_never_lie_in_the_future(probabilities: list[float]) -> None:
    known = heard(probabilities)
    events = [event for _, event in known]

    for index, event in enumerate(events):
        assert isinstance(event, SpeechEnded if index % 2 else SpeechStarted)
    assert all(a.at < b.at or (isinstance(a, SpeechEnded) and a.at <= b.at) for a, b in pairwise(events))
    assert all(event.at <= (number + 1) * FRAME_SECONDS for number, event in known)
    assert all(e.started_at == s.at for s, e in pairwise(events) if isinstance(e, SpeechEnded))
