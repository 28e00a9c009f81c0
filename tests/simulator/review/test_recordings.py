"""Recordings from elsewhere: calls, odd channels, and quiet ones, said by the shipped voice."""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.voices.loudness import active_rms, amplitude
from vivavoce.audio.voices.natural import NaturalVoice
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.engine import embeddings
from vivavoce.simulator.review import transcribe
from vivavoce.simulator.review.analyze import ALIKE
from vivavoce.simulator.review.recordings import pieces, silences
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Event, FinalHypothesis, Seconds, SpeechEnded, Word
from vivavoce.transcripts.words import Span

Sound = np.typing.NDArray[np.float32]

ASKED = "Tell me about a time you changed how a team works."
TOLD = "In March our ward lost an hour at every shift change. I drew up one sheet for all beds."
MORE = "What happened next?"
REST = "After six weeks we needed twenty minutes, and the other wards took it over."
SIDES = (ASKED, TOLD, MORE, REST)


ONE, LOADED = cache(embeddings.MiniLM), cache(transcribe.loaded)


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "MiniLM", ONE)
    monkeypatch.setattr(transcribe, "loaded", lambda _, turns: LOADED(Settings(model="tiny.en"), turns=turns))


@cache
def said(text: str) -> Samples:
    voice = NaturalVoice(165, 1.0 if text.endswith("?") or text == ASKED else 0.62)
    return np.concatenate(list(voice.speak(text)))


@cache
def call(gap: float = 0.6) -> Sound:
    """Return a call with who asks on the left and who answers on the right."""
    parts = [silence(8_000)]
    for text in SIDES:
        parts += [said(text), silence(int(gap * SAMPLE_RATE_HZ))]
    both, place, start = np.concatenate(parts), 0, 8_000
    track = np.zeros((len(both), 2), np.float32)
    for number, text in enumerate(SIDES):
        place = start + len(said(text))
        track[start:place, number % 2] = both[start:place]
        start = place + int(gap * SAMPLE_RATE_HZ)
    return track


def mono() -> Samples:
    whole: Samples = call().sum(axis=1)
    return whole


def noise(dbfs: float) -> Sound:
    chance = np.random.default_rng(8)
    return (amplitude(dbfs) * chance.standard_normal(call().shape)).astype(np.float32)


def leaking(db: float, seconds: float) -> Sound:
    late = int(seconds * SAMPLE_RATE_HZ)
    echo = np.roll(call()[:, ::-1], late, axis=0)
    return call() + np.float32(amplitude(db)) * echo


def at(dbfs: float, sound: Sound) -> Sound:
    return sound * np.float32(amplitude(dbfs) / active_rms(mono()))


def beside(*channels: Samples) -> Sound:
    return np.stack(channels, axis=1)


def analyzed(
    sound: Sound, folder: Path, capsys: pytest.CaptureFixture[str], *flags: str, name: str = "call.wav"
) -> Any:
    soundfile.write(folder / name, sound.clip(-1, 1), SAMPLE_RATE_HZ)
    assert main(["analyze", str(folder / name), "--model", "tiny.en", "--json", *flags]) == 0
    return json.loads(capsys.readouterr().out)


def bare(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.lower()))


CALLS: dict[str, Callable[[], Sound]] = {
    "who answers is on the right": call,
    "who answers is on the left": lambda: call()[:, ::-1],
    "one side far quieter": lambda: call() * np.float32([1, amplitude(-22)]) + noise(-72),
    "an echo of the other side": lambda: leaking(-20, 0.12),
    "no gap between the turns": lambda: call(0.0),
    "four channels, two in use": lambda: beside(call()[:, 1], 0 * mono(), call()[:, 0], 0 * mono()),
    "a mix beside the two": lambda: beside(call()[:, 0], mono(), call()[:, 1]),
    "as quiet as can be": lambda: at(-54, call()),
}


@pytest.mark.e2e
@pytest.mark.parametrize("kind", CALLS)
def test_the_other_side_of_a_call_asks_the_questions(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = analyzed(CALLS[kind](), tmp_path, capsys)

    assert re.match(r"Taken as the candidate: Channel .*others: Channel .*--candidate", found["notes"][0])
    (thread,) = found["answers"]
    assert bare(thread["question"]) == bare(ASKED)
    assert [bare(one) for one in thread["follow_ups"]] == [bare(MORE)]
    assert "lost an hour" in bare(thread["answer"])
    assert "took it over" in bare(thread["answer"])
    assert "what happened" not in bare(thread["answer"])


ONE_SOUND: dict[str, Callable[[], Sound]] = {
    "the same twice": lambda: beside(mono(), mono()),
    "inverted": lambda: beside(mono(), -mono()),
    "inverted and quieter": lambda: beside(mono(), -0.8 * mono()),
    "one silent": lambda: beside(0 * mono(), mono()),
    "inverted, of three": lambda: beside(mono(), -mono(), 0 * mono()),
    "very quiet": lambda: at(-54, mono())[:, np.newaxis],
    "very quiet, with noise": lambda: at(-50, mono())[:, np.newaxis] + noise(-74)[:, :1],
}


@pytest.mark.e2e
@pytest.mark.parametrize("kind", ONE_SOUND)
def test_in_one_sound_the_questions_tell_who_asks(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = analyzed(ONE_SOUND[kind](), tmp_path, capsys)

    assert "who answers (nobody is named, and the questions tell)" in found["notes"][0]
    assert bare(found["answers"][0]["question"]) == bare(ASKED)
    assert "lost an hour" in bare(found["answers"][0]["answer"])
    assert (ALIKE in found["notes"]) is (kind in ("the same twice", "inverted"))


@pytest.mark.e2e
def test_the_candidate_of_a_call_can_be_chosen_and_its_transcript_says_who_said_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = analyzed(call(), tmp_path, capsys, "--candidate", "left")
    assert "Channel 1 (left) (--candidate says so)" in found["notes"][0]

    path = str(tmp_path / "call.wav")
    assert main(["transcribe", path, "--model", "tiny.en", "--json"]) == 0
    (tmp_path / "call.json").write_text(capsys.readouterr().out)
    row = json.loads((tmp_path / "call.json").read_text())
    assert {one["speaker"] for one in row["utterances"]} == {"Channel 1 (left)", "Channel 2 (right)"}
    assert [word["start"] for word in row["words"]] == sorted(word["start"] for word in row["words"])
    assert main(["transcribe", path, "--model", "tiny.en"]) == 0
    assert capsys.readouterr().out.startswith(f"Channel 1 (left): {ASKED}\nChannel 2 (right): In March")

    assert main(["analyze", str(tmp_path / "call.json"), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert "Channel 2 (right) (asks less" in again["notes"][0]
    assert bare(again["answers"][0]["question"]) == bare(ASKED)


@pytest.mark.e2e
def test_an_answer_alone_is_the_candidates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = analyzed(said(TOLD)[:, np.newaxis], tmp_path, capsys)

    assert found["notes"][0] == "Taken as the candidate: whoever speaks, as nobody is named"
    assert "no question was given" in found["notes"][1]


def told(*words: tuple[str, float, float], speech: Sequence[tuple[float, float]] = ()) -> list[Event]:
    heard = tuple(Word(text=text, start=Seconds(start), end=Seconds(end)) for text, start, end in words)
    spoken: list[Event] = [SpeechEnded(at=Seconds(end), started_at=Seconds(start)) for start, end in speech]
    end = heard[-1].end
    final = FinalHypothesis(at=end, text="", words=heard, audio_start=Seconds(0.0), audio_end=end)
    return [*spoken, final]


def test_the_talk_of_two_sides_is_put_together_by_its_pauses() -> None:
    asks = told(("Why?", 0.0, 1.0), ("And", 1.5, 4.2), ("then?", 4.2, 4.6), speech=[(0, 1), (4, 4.6)])
    answers = told(("So.", 1.6, 3.0), speech=[(1.6, 3.0)])

    found = pieces({"a": asks, "b": answers})

    assert [(one.speaker, one.text, one.start, one.end) for one in found] == [
        ("a", "Why?", 0.0, 1.0),
        ("b", "So.", 1.6, 3.0),
        ("a", "And then?", 4.0, 4.6),
    ]


def test_a_long_silence_is_one_in_which_no_side_speaks() -> None:
    one = told(("So.", 0.0, 1.0), speech=[(0, 60), (3000, 3060)])
    other = told(("So.", 0.0, 1.0), speech=[(100, 200), (2990, 3001)])

    found = list(silences({"a": one, "b": other}, Seconds(4000.0)))

    assert found == [Span(Seconds(200), Seconds(2990)), Span(Seconds(3060), Seconds(4000))]


def test_a_long_recording_says_how_far_it_is_and_where_nobody_spoke(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcribe, "TELL_EVERY", Seconds(2.0))
    monkeypatch.setattr("vivavoce.simulator.review.recordings.LONG_SILENCE", Seconds(3.0))
    soundfile.write(tmp_path / "a.wav", np.zeros(6 * SAMPLE_RATE_HZ), SAMPLE_RATE_HZ)

    assert main(["analyze", str(tmp_path / "a.wav"), "--json", "--model", "tiny.en"]) == 0

    printed = capsys.readouterr()
    assert "heard 00:02 of 00:06\nheard 00:04 of 00:06\n" in printed.err
    assert "nobody spoke from 00:00 to 00:06" in json.loads(printed.out)["notes"]
