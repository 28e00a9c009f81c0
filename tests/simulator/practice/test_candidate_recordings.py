"""The demo's candidate is sound in the repository: it must fit the demo, and be understood."""

import json
import runpy
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from vivavoce.audio.frame import SAMPLE_RATE_HZ
from vivavoce.simulator.practice.candidate_script import read_script

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "simulator" / "practice" / "recordings"
TURNS = json.loads((FOLDER / "demo.json").read_text(encoding="utf-8"))["candidate"]
WER_LIMIT = 0.08
FOLDER_BYTES_LIMIT = 2_500_000

each = pytest.mark.parametrize("turn", TURNS, ids=[turn["wav"] for turn in TURNS])


def levels(name: str) -> NDArray[np.float64]:
    """Return the RMS of each 10 ms in dBFS."""
    samples, _ = soundfile.read(FOLDER / name)
    windows = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    return 10 * np.log10(np.mean(np.square(windows), axis=1) + 1e-12)


def pauses(name: str) -> list[tuple[float, float]]:
    """Return start and length in s of each silence of at least 0.12 s."""
    loud = np.flatnonzero(levels(name) > -55)
    return [(a / 100, (b - a) / 100) for a, b in pairwise(loud) if b - a >= 12]


def test_the_script_is_one_that_the_engine_reads() -> None:
    script = read_script(FOLDER / "demo.json")

    assert [entry.yields_after for entry in script.entries] == [0.8] * 6
    assert 90 < sum(entry.duration for entry in script.entries) < 110


def test_the_folder_holds_what_the_script_names_and_is_small() -> None:
    files = list(FOLDER.iterdir())

    assert {file.name for file in files} == {"demo.json", *(turn["wav"] for turn in TURNS)}
    assert sum(file.stat().st_size for file in files) < FOLDER_BYTES_LIMIT


@each
def test_the_sound_is_like_a_microphone_s(turn: dict[str, str]) -> None:
    info = soundfile.info(FOLDER / turn["wav"])
    samples, _ = soundfile.read(FOLDER / turn["wav"])
    decibels = levels(turn["wav"])
    active = decibels[decibels > decibels.max() - 35]

    assert (info.format, info.subtype, info.samplerate, info.channels) == (
        "FLAC",
        "PCM_16",
        SAMPLE_RATE_HZ,
        1,
    )
    assert 10 * np.log10(np.mean(10 ** (active / 10))) == pytest.approx(-20, abs=1)
    assert 20 * np.log10(np.abs(samples).max()) <= -3
    assert decibels.min() == pytest.approx(-66, abs=6), "a real room is never digital silence"


@each
def test_the_text_has_as_many_words_as_people_say_in_that_time(turn: dict[str, str]) -> None:
    minutes = soundfile.info(FOLDER / turn["wav"]).duration / 60

    assert 120 < len(turn["text"].split()) / minutes < 200
    assert "/" not in turn["text"], "pause marks belong to the tool"


def test_the_first_answer_has_fillers_and_one_thinking_pause_in_mid_sentence() -> None:
    long = [(start, length) for start, length in pauses(TURNS[0]["wav"]) if length >= 1.0]

    assert TURNS[0]["text"].lower().count("um,") == 2
    assert [length for _, length in long] == [pytest.approx(1.8, abs=0.15)]


def test_the_ramble_goes_on_long_enough_and_leaves_places_to_cut_in() -> None:
    silences = pauses(TURNS[2]["wav"])

    assert soundfile.info(FOLDER / TURNS[2]["wav"]).duration > 38
    assert max(length for _, length in silences) < 0.6, "else it would be taken for the end of the turn"
    assert len([start for start, _ in silences if 25 < start < 35]) >= 2


@pytest.mark.e2e
def test_the_thinking_pause_does_not_sound_like_the_end_of_the_turn() -> None:
    from vivavoce.audio.listening.turn_model import SmartTurn
    from vivavoce.audio.models.store import locate

    samples, rate = soundfile.read(FOLDER / TURNS[0]["wav"], dtype="float32")
    begins = next(start for start, length in pauses(TURNS[0]["wav"]) if length >= 1.0)

    assert SmartTurn(locate("smart-turn")).probability(samples[: int((begins + 0.2) * rate)]) < 0.1


@pytest.mark.e2e
@each
def test_a_small_recogniser_understands_it(turn: dict[str, str]) -> None:
    from faster_whisper import WhisperModel

    from vivavoce.audio.models.store import locate

    model = WhisperModel(str(locate("tiny.en")), device="cpu", compute_type="int8", cpu_threads=1)
    wer = runpy.run_path(str(ROOT / "benchmarks" / "wer.py"))["wer"]

    segments, _ = model.transcribe(str(FOLDER / turn["wav"]))

    assert wer(turn["text"], " ".join(segment.text for segment in segments)) <= WER_LIMIT
