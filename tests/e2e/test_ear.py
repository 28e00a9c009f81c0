"""The ear with real models on the demo's candidate, and the recogniser alone."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from vivavoce.audio.devices import sound_files
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.listening.continued import Continued
from vivavoce.audio.listening.detector import Silero
from vivavoce.audio.listening.turn_model import SmartTurn
from vivavoce.audio.listening.whisper import Whisper
from vivavoce.audio.models.store import locate
from vivavoce.audio.voices.natural import NaturalVoice
from vivavoce.audio.voices.system_voice import SystemVoice
from vivavoce.simulator.engine.background import Inline, Lane
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.transcripts.events import Event, Failed, FinalHypothesis, Seconds, SpeechStarted, TurnEnded

pytestmark = pytest.mark.e2e

CLIPS = Path(__file__).parents[2] / "simulator" / "practice" / "recordings"
SAID = "Within two weeks the complaints were back to normal, and"


@pytest.fixture(scope="module")
def whisper() -> Whisper:
    return Whisper(locate("tiny.en"))


@pytest.fixture(scope="module")
def smart_turn() -> SmartTurn:
    return SmartTurn(locate("smart-turn"))


@pytest.fixture
def voice() -> Iterator[SystemVoice]:
    voice = SystemVoice()
    yield voice
    voice.close()


def clip(name: str) -> Samples:
    return sound_files.read(CLIPS / f"{name}.flac")


def bare(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def test_a_few_seconds_are_recognised_with_the_times_of_the_words(whisper: Whisper) -> None:
    sound = Frame(3 * SAMPLE_RATE_HZ, clip("result")[: 6 * SAMPLE_RATE_HZ])

    words = whisper.transcribe(sound, "", timed=True).words

    assert bare(" ".join(word.text for word in words))[:8] == bare(SAID)[:8]
    assert all(3 <= word.start <= word.end <= 9.1 for word in words)
    assert all(a.start <= b.start for a, b in pairwise(words))
    assert np.mean([word.probability for word in words]) > 0.5


def test_a_sound_that_goes_on_is_heard_once_and_its_lead_is_not_in_it(
    whisper: Whisper, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, decode, decoded = clip("result"), Whisper._decode, []
    monkeypatch.setattr(Whisper, "_decode", lambda *a: decoded.append(a) or decode(*a))
    cut = int(3.4 * SAMPLE_RATE_HZ)  # in the pause behind the first clause
    begun = "Within two weeks the complaints were back to normal,"
    rest = sound[cut : 7 * SAMPLE_RATE_HZ]

    words = whisper.transcribe(
        Continued(cut, rest, lead=sound[:cut], begun=begun, prompt=""), "", timed=True
    ).words

    assert len(decoded) == 1
    assert bare(" ".join(word.text for word in words))[:5] == ["and", "applications", "per", "search", "went"]
    assert words[0].start == pytest.approx(3.8, abs=0.3)
    assert words[4].start == pytest.approx(5.4, abs=0.3)


@pytest.mark.parametrize("begun", ["", "Within two weeks the complaints were back to normal,"])
@pytest.mark.parametrize("prompt", ["", "Kafka, feature store, ranking, recommendations."])
def test_the_decoder_may_write_as_much_whatever_it_was_handed(
    whisper: Whisper, monkeypatch: pytest.MonkeyPatch, begun: str, prompt: str
) -> None:
    monkeypatch.setattr("vivavoce.audio.listening.whisper.TOKENS_AT_LEAST", 8)
    monkeypatch.setattr("vivavoce.audio.listening.whisper.TOKENS_PER_SECOND", 0)
    sound, cut = clip("result"), int(3.4 * SAMPLE_RATE_HZ)
    led = Continued(cut, sound[cut:], lead=sound[:cut], begun=begun, prompt=prompt)

    decoded = whisper._decode(led if begun else Frame(0, sound), prompt, 4.0)

    assert not decoded.complete
    assert len(decoded.tokens) == pytest.approx(8, abs=1)


def test_fillers_are_heard(whisper: Whisper) -> None:
    words = whisper.transcribe(Frame(0, clip("failure")[: 8 * SAMPLE_RATE_HZ]), "", timed=True).words

    assert any(word.filler for word in words)


@pytest.mark.parametrize("seconds", [0.2, 1.0, 10.0])
def test_silence_has_no_words(whisper: Whisper, seconds: float) -> None:
    assert whisper.transcribe(Frame(0, silence(int(seconds * SAMPLE_RATE_HZ))), "", timed=True).words == ()


@pytest.mark.parametrize("timed", [True, False])
def test_who_begins_a_sentence_again_is_not_taken_for_a_decoder_that_loops(
    whisper: Whisper, voice: SystemVoice, timed: bool
) -> None:
    text = "So I went to the, I went to the manager, and I told him about the problem with the data."
    sound = np.concatenate(list(voice.speak(text)))

    words = whisper.transcribe(Frame(0, sound), "", timed=timed).words

    assert "manager" in bare(" ".join(word.text for word in words))


def test_the_turn_model_tells_a_finished_sentence_from_one_cut_off(smart_turn: SmartTurn) -> None:
    finished = clip("result")

    assert smart_turn.probability(finished) > 0.8
    for seconds in (2, 5, 6, 8, 9):
        assert smart_turn.probability(finished[: seconds * SAMPLE_RATE_HZ]) < 0.2


def heard(sound: Samples, models: Models) -> list[Event]:
    delays = {Lane.DRAFT: Seconds(0.4), Lane.SETTLE: Seconds(0.5), Lane.TURN: Seconds(0.2)}
    background, events = Inline(delays), []
    ear = Ear(models, background)
    padded = np.concatenate([silence(SAMPLE_RATE_HZ), sound, silence(8 * SAMPLE_RATE_HZ)])
    for start in range(0, len(padded) - FRAME_SAMPLES, FRAME_SAMPLES):
        frame = Frame(start, padded[start : start + FRAME_SAMPLES])
        background.collect(frame.ended_at)
        events += ear.receive(frame)
    return events


def test_an_answer_with_a_thinking_pause_is_one_turn_and_the_text_is_what_was_said(
    whisper: Whisper, smart_turn: SmartTurn
) -> None:
    sound = clip("failure")
    events = heard(sound, Models(Silero(), whisper, smart_turn))

    (turn,) = [event for event in events if isinstance(event, TurnEnded)]
    ends = 1 + len(sound) / SAMPLE_RATE_HZ
    assert turn.ended_at == pytest.approx(ends, abs=0.5)
    assert turn.decided_at - turn.ended_at < 2
    assert {"ranking", "complaints", "salary", "training"} <= set(bare(turn.text))
    finals = " ".join(event.text for event in events if isinstance(event, FinalHypothesis))
    assert finals == turn.text
    assert not any(isinstance(event, Failed) for event in events)
    assert next(event for event in events if isinstance(event, SpeechStarted)).at == pytest.approx(
        1.1, abs=0.3
    )


def test_noise_is_no_turn(whisper: Whisper) -> None:
    noise = (0.05 * np.random.default_rng(5).standard_normal(6 * SAMPLE_RATE_HZ)).astype(np.float32)

    assert not [event for event in heard(noise, Models(Silero(), whisper)) if isinstance(event, TurnEnded)]


@pytest.mark.parametrize(
    ("rate", "pitch", "text"),
    [
        (135, 1.16, "Yes, please."),
        (135, 1.3, "Yes, please."),
        (135, 1.3, "No, please."),
        (150, 0.92, "Sure, please."),
        (110, 1.16, "No, please."),
    ],
)
def test_a_short_reply_is_heard_once(whisper: Whisper, rate: int, pitch: float, text: str) -> None:
    sound = np.concatenate(list(NaturalVoice(rate, pitch).speak(text)))
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    reply = Frame(0, sound[loud[0] : loud[-1] + 1])  # with silence around it, all goes well

    heard = whisper.transcribe(reply, "", timed=True).words

    assert bare(" ".join(word.text for word in heard)) == bare(text)


def test_with_a_beam_nothing_is_said_of_the_end_of_the_sentence(whisper: Whisper) -> None:
    sound = Frame(0, clip("result")[: 4 * SAMPLE_RATE_HZ])

    assert whisper.transcribe(sound, "", timed=True).closed is not None
    assert Whisper(locate("tiny.en"), beam=5).transcribe(sound, "", timed=True).closed is None
