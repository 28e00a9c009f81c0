import json
import os
import runpy
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.practice.candidate import Candidate, ScriptedDetector, ScriptedRecogniser
from vivavoce.simulator.practice.candidate_script import Script
from vivavoce.transcripts.events import Seconds, SessionEnded, SpeechStarted, TurnEnded, Word

# benchmarks/ is no installed package, and the checkout's root must stay off the import path.
MEASURE = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "measure.py"))
NOBODY = Script(entries=())


def sound(level: float, samples: int = FRAME_SAMPLES) -> Samples:
    return np.full(samples, level, dtype=np.float32)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], {"n": 0}),
        ([0.5], {"p50": 0.5, "p95": 0.5, "n": 1}),
        ([*range(101)], {"p50": 50, "p95": 95, "n": 101}),
    ],
)
def test_percentiles(values: Sequence[float], expected: dict[str, float]) -> None:
    assert MEASURE["percentiles"](values) == expected


def test_what_answers_a_frame_sounds_from_the_end_of_that_frame() -> None:
    air = MEASURE["Air"](Candidate(NOBODY))
    for number, frame in enumerate(islice(air.frames(), 4)):
        assert frame.start == number * FRAME_SAMPLES
        air.play(sound(0.1 if number == 2 else 0.0))

    times = air.sounding(0.0, 1.0)

    assert times[0] == pytest.approx(3 * FRAME_SECONDS)
    assert times[-1] == pytest.approx(4 * FRAME_SECONDS - 1 / SAMPLE_RATE_HZ)


@pytest.mark.parametrize(("level", "audible"), [(0.0, False), (0.0009, False), (0.0011, True), (-0.5, True)])
def test_audible_is_louder_than_a_thousandth_of_full_scale(level: float, audible: bool) -> None:
    air = MEASURE["Air"](Candidate(NOBODY))
    air.play(sound(level))

    assert bool(len(air.sounding(0.0, 1.0))) is audible


def test_only_the_stretch_that_was_asked_for_is_looked_at() -> None:
    air = MEASURE["Air"](Candidate(NOBODY))
    air.play(sound(0.1, SAMPLE_RATE_HZ))

    times = air.sounding(0.25, 0.5)

    assert (times[0], times[-1]) == pytest.approx((0.25, 0.5), abs=1e-3)
    assert not len(air.sounding(2.0, 3.0))


def test_with_headphones_the_microphone_hears_the_candidate_alone() -> None:
    air = MEASURE["Air"](Candidate(NOBODY))
    for frame in islice(air.frames(), 10):
        assert not frame.samples.any()
        air.play(sound(0.5))


def test_in_a_room_the_microphone_hears_the_speaker_after_the_delay() -> None:
    room = EchoingRoom(delay=Seconds(2 * FRAME_SECONDS), gain_db=0.0, reverberation=Seconds(0.0))
    air = MEASURE["Air"](Candidate(NOBODY), room)
    loud = []
    for number, frame in enumerate(islice(air.frames(), 6)):
        loud.append(bool(np.abs(frame.samples).mean() > 0.1))
        air.play(sound(0.5 if number == 0 else 0.0))

    assert loud == [False, False, False, True, False, False]  # frame 1 is the first that can hold it


def test_the_microphone_ends_with_the_session_or_when_it_was_told_to() -> None:
    candidate = Candidate(NOBODY)
    air = MEASURE["Air"](candidate)
    air.until = Seconds(3 * FRAME_SECONDS)
    assert len(list(air.frames())) == 3

    candidate.receive(SessionEnded(at=Seconds(0.0), reason="the test is over"))
    assert list(MEASURE["Air"](candidate).frames()) == []


def test_listening_in_virtual_time_hears_the_turn_and_its_end() -> None:
    said = [Word(text="Hello.", start=Seconds(0.5), end=Seconds(1.5))]
    candidate = Candidate(NOBODY, said=said)
    using = Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate))

    events = MEASURE["listen"](silence(2 * SAMPLE_RATE_HZ), using).events

    [started] = [event for event in events if isinstance(event, SpeechStarted)]
    [ended] = [event for event in events if isinstance(event, TurnEnded)]
    assert started.at == pytest.approx(0.5, abs=0.05)
    assert ended.text == "Hello."
    assert ended.at > 1.5


def test_the_own_work_is_not_the_neighbours() -> None:
    neighbours = MEASURE["Neighbours"]()
    ends = time.process_time() + 0.1
    while time.process_time() < ends:
        pass

    cores = neighbours.cores()

    assert cores is None or 0 <= cores < (os.cpu_count() or 1)


def test_results_name_the_machine_and_the_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish = MEASURE["publish"]
    monkeypatch.setitem(publish.__globals__, "RESULTS", tmp_path / "results")

    publish("gap", {"p50": 0.7})

    row = json.loads((tmp_path / "results" / "gap.json").read_text("utf-8"))
    assert (row["schema"], row["benchmark"], row["figures"]) == (1, "gap", {"p50": 0.7})
    assert row["machine"]["cores"] >= 1
    assert row["versions"]["numpy"]
