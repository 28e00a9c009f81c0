from collections.abc import Iterator
from pathlib import Path

import pytest

from vivavoce.transcripts.events import (
    CutIn,
    Event,
    FinalHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Seconds,
    SessionEnded,
    SessionStarted,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    Word,
)

S = Seconds

RAMBLE = "well the pipeline had many parts and um each of the parts had more parts and so on and on"
STORY = "so we had a slow model and I rewrote the features and latency went down by forty percent"


def line(at: float, text: str, move: str, seconds: float) -> Iterator[Event]:
    yield QuestionAsked(at=S(at - 0.1), text=text, move=move, why="evidence")
    yield PlaybackStarted(at=S(at), text=text)
    yield PlaybackFinished(at=S(at + seconds), heard=S(seconds), complete=True)


def speech(at: float, text: str, probability: float) -> Iterator[Event]:
    onsets = [round(at + 0.4 * number, 3) for number in range(len(text.split()))]
    words = tuple(
        Word(text=word, start=S(onset), end=S(round(onset + 0.35, 3)), probability=probability)
        for word, onset in zip(text.split(), onsets, strict=True)
    )
    end = words[-1].end
    yield SpeechStarted(at=S(at))
    yield SpeechEnded(at=end, started_at=S(at))
    yield FinalHypothesis(at=S(round(end + 0.3, 3)), text=text, words=words, audio_start=S(at), audio_end=end)


def a_session(probability: float = 0.9) -> list[Event]:
    """A question that is answered, and one whose answer is cut in on after 7 s."""
    ended = TurnEnded(
        at=S(13.0),
        started_at=S(4.0),
        ended_at=S(11.2),
        decided_at=S(12.5),
        text=STORY,
        why="silence",
        probability=0.9,
    )
    return [
        SessionStarted(at=S(0.0)),
        *line(1.0, "Tell me about a slow model.", "ask", 2.0),
        *speech(4.0, STORY, probability),
        ended,
        *line(13.5, "What was in the pipeline?", "probe", 1.5),
        *speech(22.0, RAMBLE, probability),
        CutIn(at=S(29.5), why="nothing new for 5 s", evidence=("and so on",)),
        *line(29.6, "What came of it?", "redirect", 1.0),
        *speech(32.7, "um it failed", probability),
        SessionEnded(at=S(40.0), reason="time"),
    ]


@pytest.fixture
def session() -> list[Event]:
    return a_session()


@pytest.fixture
def mumbled() -> list[Event]:
    return a_session(probability=0.4)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path
