"""A session whose recording is heard once more when it is over."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.simulator.session_folders import held
from tests.transcripts.conftest import STORY, a_session
from vivavoce.audio.devices.sound_files import read
from vivavoce.audio.frame import Frame
from vivavoce.audio.listening.whisper import Whisper
from vivavoce.audio.models.store import locate
from vivavoce.audio.ports import Hypothesis
from vivavoce.simulator.commands import output
from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.live import recogniser_choice
from vivavoce.simulator.review import second_hearing
from vivavoce.simulator.review.second_hearing import hear_once_more
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import (
    BackChannel,
    Event,
    HeardAgain,
    NotUnderstood,
    Seconds,
    SpeechEnded,
    SpeechStarted,
    Word,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.recording import NAME as SOUND
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.spoken_lines import said

S = Seconds
RECORDING = Path(__file__).parents[3] / "simulator" / "practice" / "recordings" / "failure.flac"
BETTER = STORY.replace("slow model", "slow motor")
ID = "2026-01-01-0900-first"


class Says:
    """A recogniser that hears `text` in the first stretch it is given, and nothing after."""

    def __init__(self, text: str, does: Callable[[], object] = lambda: None) -> None:
        self._texts, self._does = text.split(), does
        self.stretches: list[tuple[float, float]] = []

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        self._does()
        self.stretches.append((sound.started_at, sound.ended_at))
        times = [S(4.0 + 0.4 * number) for number in range(len(self._texts))]
        found = (Word(text=t, start=at, end=S(at + 0.35)) for t, at in zip(self._texts, times, strict=True))
        self._texts = []
        return Hypothesis(tuple(found), speech=True)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def listens(monkeypatch: pytest.MonkeyPatch) -> Callable[[Says], Says]:
    """Return what lets a recogniser listen a second time, to sound that is speech all along."""
    every = [S(number * 0.032) for number in range(1250)]
    monkeypatch.setattr(second_hearing, "speech_frames", lambda *_: every)

    def use(recogniser: Says) -> Says:
        monkeypatch.setattr(recogniser_choice, "second", lambda *_: (recogniser, "base"))
        return recogniser

    return use


def again(folder: Path) -> tuple[int, list[str]]:
    told: list[str] = []
    return hear_once_more(folder, Settings(), told.append), told


def page(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


def test_the_better_text_is_in_every_page_and_the_first_one_stays_in_the_journal(
    listens: Callable[[Says], Says],
) -> None:
    folder = held(ID)
    before = (folder / log.NAME).read_bytes()
    listens(Says(BETTER))

    words, told = again(folder)

    after = (folder / log.NAME).read_bytes()
    assert words == len(BETTER.split())
    assert "base" in told[0]
    assert after.startswith(before)
    assert len(after) > len(before)
    for name in (sessions.TRANSCRIPT, sessions.REPORT, sessions.REPORT_JSON):
        assert "slow motor" in page(folder, name)
        assert STORY not in page(folder, name)
    assert "heard once more afterwards with base" in page(folder, sessions.TRANSCRIPT)
    assert "heard once more afterwards with base" in page(folder, sessions.REPORT)
    lines = [one["text"] for one in said(folder / log.NAME)]
    assert BETTER in lines
    assert STORY not in lines


def test_it_happens_once(listens: Callable[[Says], Says]) -> None:
    folder = held(ID)
    listens(Says(BETTER))
    again(folder)
    before = (folder / log.NAME).read_bytes()
    listens(Says(STORY))

    assert again(folder) == (0, [])
    assert (folder / log.NAME).read_bytes() == before


def test_what_was_not_understood_is_tried_again(listens: Callable[[Says], Says]) -> None:
    lost = NotUnderstood(at=S(12.0), started_at=S(4.0), ended_at=S(9.0))
    folder = held(ID, [*a_session(), lost])
    assert "not understood" in page(folder, sessions.REPORT)
    listens(Says(BETTER))
    again(folder)

    assert "not understood" not in page(folder, sessions.REPORT)


def test_what_the_second_hearing_did_not_understand_is_told() -> None:
    journal: list[Event] = [
        NotUnderstood(at=S(5.0), started_at=S(1.0), ended_at=S(3.0)),
        HeardAgain(at=S(9.0), text="", words=(), audio_start=S(0.0), audio_end=S(8.0), model="base"),
        NotUnderstood(at=S(9.0), started_at=S(6.0), ended_at=S(7.0)),
    ]
    folder = held(ID, [*a_session(), *journal])

    assert "[00:06] 1 s of speech were not understood" in page(folder, sessions.REPORT)
    assert "[00:01]" not in page(folder, sessions.REPORT).partition("## Notes")[2]


def test_neither_the_interviewer_s_voice_nor_a_back_channel_is_taken_for_an_answer(
    listens: Callable[[Says], Says],
) -> None:
    spans = [(1.2, 2.8), (20.0, 20.6)]  # within the first question, and a nod
    sounds = [
        event
        for start, end in spans
        for event in (SpeechStarted(at=S(start)), SpeechEnded(at=S(end), started_at=S(start)))
    ]
    nod = BackChannel(at=S(20.6), started_at=S(20.0))
    folder = held(ID, [*a_session(), *sounds, nod])
    recogniser = listens(Says(BETTER))
    again(folder)

    assert recogniser.stretches
    assert not any(start < 2.8 and end > 1.2 for start, end in recogniser.stretches)
    assert not any(start < 20.6 and end > 20.0 for start, end in recogniser.stretches)


@pytest.mark.parametrize("what", ["no recording", "nobody here is better"])
def test_there_may_be_nothing_to_do(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = held(ID)
    if what == "no recording":
        (folder / SOUND).unlink()
    monkeypatch.setattr(recogniser_choice, "second", lambda *_: None)

    assert again(folder) == (0, [])


def test_who_presses_ctrl_c_has_the_session_as_it_was(
    listens: Callable[[Says], Says], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(output, "POLITE", 0)
    folder = held(ID)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    listens(Says(BETTER, stop))

    output.heard_once_more(folder, Settings())

    shown = capsys.readouterr().err
    assert "Ctrl-C leaves it out." in shown
    assert "Left out" in shown
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_it_waits_before_each_step_and_leaves_the_session_as_it_was_when_it_may_not_go_on(
    listens: Callable[[Says], Says],
) -> None:
    folder = held(ID)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    recogniser = listens(Says(BETTER))
    waited: list[int] = []

    def wait() -> None:
        waited.append(len(recogniser.stretches))
        if recogniser.stretches:
            raise RequestError("the server ends")

    with pytest.raises(RequestError):
        hear_once_more(folder, Settings(), lambda text: None, wait)

    assert waited[:2] == [0, 0]  # before it chooses who listens, and before the first stretch
    assert len(recogniser.stretches) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_broken_recording_is_one_line_and_costs_nothing(
    listens: Callable[[Says], Says], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "POLITE", 0)
    folder = held(ID)
    (folder / SOUND).write_bytes(b"RIFF" + b"x" * 99)
    listens(Says(BETTER))

    output.heard_once_more(folder, Settings())

    assert capsys.readouterr().err.splitlines()[-1].startswith("The second hearing failed: ")


# Who listens


@pytest.mark.parametrize(
    ("here", "takes", "model", "first", "who"),
    [
        pytest.param(("tiny.en", "base"), 0.5, "auto", "tiny.en", "base", id="the better one"),
        pytest.param(("tiny.en", "base"), 3.0, "auto", "tiny.en", "tiny.en", id="the better one is too slow"),
        pytest.param(("tiny.en",), 0.5, "auto", "tiny.en", "tiny.en", id="the only one"),
        pytest.param(("tiny.en",), 0.5, "auto", "base", None, id="the first was better"),
        pytest.param(("tiny.en", "base"), 0.5, "auto", "large at elsewhere", None, id="a server listened"),
        pytest.param(("tiny.en", "base"), 0.5, "auto", "", "base", id="nobody listened"),
        pytest.param(("tiny.en", "base"), 0.5, "tiny.en", "tiny.en", "tiny.en", id="as set"),
        pytest.param((), 0.5, "auto", "tiny.en", None, id="none is here"),
    ],
)
def test_the_best_that_is_here_and_quick_enough_listens(
    here: tuple[str, ...],
    takes: float,
    model: str,
    first: str,
    who: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recogniser_choice, "is_here", lambda name: name in here)
    monkeypatch.setattr(recogniser_choice, "takes", lambda name: (takes, None))
    monkeypatch.setattr(recogniser_choice, "locate", Path)
    monkeypatch.setattr(recogniser_choice, "Whisper", lambda folder, **_: folder)

    chosen = recogniser_choice.second(Settings(model=model), first)
    assert (chosen and chosen[1]) == who


@pytest.fixture(scope="module")  # so that it looks into the home that was there before
def weights() -> Path:
    return locate("tiny.en")


@pytest.mark.e2e
def test_a_real_recogniser_hears_what_was_never_heard(weights: Path) -> None:
    folder = held(ID)
    voice = read(RECORDING)[: 16_000 * 12]
    silent = np.zeros((16_000 * 4, 2), dtype=np.float32)
    both = np.vstack([silent, np.stack([voice, 0 * voice], axis=1)])
    soundfile.write(folder / SOUND, both, 16_000, subtype="PCM_16")
    events = log.read_log(folder / log.NAME)
    heard = second_hearing.second_hearing(both[:, 0], events, Whisper(weights, beam=5), "tiny.en", ())

    assert "ranking model" in " ".join(one.text for one in heard if isinstance(one, HeardAgain)).lower()
    assert json.loads(log.to_line(heard[0]))["event"] == "HeardAgain"
