"""One spoken exchange, as a person has it: the real program, the real sound-card code, the air between.

The candidate is one of the demo's recordings, played in front of a simulated microphone; what the
interviewer says is taken from a simulated loudspeaker (pulse.py).
"""

import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.e2e.pulse import Pulse, heard, sound_system
from vivavoce.audio.devices import sound_files
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.transcripts.events import Event, Failed, QuestionAsked, SessionEnded
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.talk.turns import turns

pytestmark = pytest.mark.soundcard

ROOT = Path(__file__).parents[2]
VIVAVOCE = Path(sys.executable).with_name("vivavoce")
SAID = (
    "Within two weeks the complaints were back to normal, and applications per search went up by four "
    "percent. Um, what I took from it is that a good offline number means nothing until serving matches "
    "training."
)
AUDIBLE = 0.02  # of full scale
WINDOW = SAMPLE_RATE_HZ // 100
WINDOWS_PER_SECOND = 100
LINE_IS_OVER = 3.0  # seconds of silence; a null sink that nobody reads stalls for up to 2
MOST_WRONG = 0.25
LONGEST_GAP = 2.5  # seconds from the candidate's last sound to the interviewer's next
LONGEST_LINE = 30.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was heard at the loudspeaker, in seconds, and what the program left behind."""

    greeting: float
    gap: float
    reply: float
    status: int
    output: str
    folder: Path
    events: list[Event]


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    place = tmp_path_factory.mktemp("home")
    (place / "models").symlink_to(home() / "models")
    answer = sound_files.read(ROOT / "simulator" / "practice" / "recordings" / "result.flac")
    with pytest.MonkeyPatch.context() as patch, sound_system(patch) as pulse:
        with pulse.recording() as raw, interview(pulse, place) as program:
            greeted = line_after(0, raw)
            with pulse.spoken(answer):
                # The player needs a moment to begin, so the true gap is a little shorter.
                fell_silent = windows(raw) + int(np.flatnonzero(audible(answer))[-1])
                time.sleep(len(answer) / SAMPLE_RATE_HZ)
                replied = line_after(fell_silent, raw)
            program.send_signal(signal.SIGINT)
            output, _ = program.communicate(timeout=20)
        (folder,) = (place / "sessions").iterdir()
        yield Exchange(
            greeting=len(greeted) / WINDOWS_PER_SECOND,
            gap=float(replied[0] - fell_silent) / WINDOWS_PER_SECOND,
            reply=len(replied) / WINDOWS_PER_SECOND,
            status=program.returncode,
            output=output,
            folder=folder,
            events=log.read_log(folder / log.NAME),
        )


@contextmanager
def interview(pulse: Pulse, place: Path) -> Iterator[subprocess.Popen[str]]:
    command = [str(VIVAVOCE), "interview", "--model", "tiny.en", "--round", "behavioral"]
    program = subprocess.Popen(
        command,
        env=pulse.environment | {"VIVAVOCE_HOME": str(place)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        try:
            yield program
        finally:
            program.kill()


def line_after(start: int, raw: Path) -> NDArray[np.int64]:
    """Wait for a line that begins after window `start` to end; return its audible windows."""
    until = time.monotonic() + LONGEST_LINE
    while time.monotonic() < until:
        sound = audible(heard(raw))
        line = start + np.flatnonzero(sound[start:])
        if len(line) and len(sound) - line[-1] > LINE_IS_OVER * WINDOWS_PER_SECOND:
            return line
        time.sleep(0.1)
    raise TimeoutError("the interviewer's line did not begin or did not end")


def windows(raw: Path) -> int:
    return len(heard(raw)) // WINDOW


def audible(sound: Samples) -> NDArray[np.bool_]:
    """Return for each whole window of `sound` whether it can be heard."""
    whole = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW)
    loud: NDArray[np.bool_] = np.abs(whole).max(axis=1, initial=0) > AUDIBLE
    return loud


def test_the_greeting_is_heard(exchange: Exchange) -> None:
    assert exchange.greeting > 3


def test_the_candidate_is_understood(exchange: Exchange) -> None:
    wer = runpy.run_path(str(ROOT / "benchmarks" / "wer.py"))["wer"]
    said = " ".join(turn.text for turn in turns(exchange.events) if turn.speaker == "candidate")

    assert wer(SAID, said) <= MOST_WRONG, said


def test_the_interviewer_answers_soon(exchange: Exchange) -> None:
    assert 0 < exchange.gap <= LONGEST_GAP
    assert exchange.reply > 0.5
    assert len({event.text for event in exchange.events if isinstance(event, QuestionAsked)}) >= 2


def test_ctrl_c_ends_the_session_in_good_order(exchange: Exchange) -> None:
    assert exchange.status == 0
    assert str(exchange.folder / "report.md") in exchange.output
    assert [event.reason for event in exchange.events if isinstance(event, SessionEnded)] == [
        "the candidate ended it"
    ]


def test_the_session_folder_is_complete(exchange: Exchange) -> None:
    stereo, rate = soundfile.read(exchange.folder / "sound.wav", dtype="float32")

    assert {file.name for file in exchange.folder.iterdir()} == {
        "events.jsonl",
        "sound.wav",
        "session.json",
        "transcript.md",
        "report.md",
        "report.json",
    }
    assert (np.abs(stereo).max(axis=0) > 0.05).all()
    assert len(stereo) / rate == pytest.approx(max(event.at for event in exchange.events), abs=0.1)
    assert [event for event in exchange.events if isinstance(event, Failed)] == []
    assert SAID.split()[0] in (exchange.folder / "transcript.md").read_text("utf-8")
