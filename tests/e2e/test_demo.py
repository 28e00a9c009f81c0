"""The demo as a user runs it: real models, a real voice, virtual time."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from vivavoce.transcripts.events import (
    CutIn,
    Encouraged,
    Event,
    Failed,
    FinalHypothesis,
    QuestionAsked,
    Reprompt,
    SessionEnded,
    TurnEnded,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.talk.turns import turns

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
VIVAVOCE = Path(sys.executable).with_name("vivavoce")
FEWEST_TURNS = 4
MOST_WRONG = 0.2


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a demo session, in a home of its own with the models of this machine."""
    place = tmp_path_factory.mktemp("home")
    (place / "models").symlink_to(home() / "models")
    environment = os.environ | {"VIVAVOCE_HOME": str(place)}
    command = [VIVAVOCE, "demo", "--fast", "--model", "tiny.en"]

    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stderr
    (folder,) = (place / "sessions").iterdir()
    assert str(folder / "report.md") in done.stdout
    return folder


@pytest.fixture(scope="module")
def events(demo: Path) -> list[Event]:
    return log.read_log(demo / log.NAME)


def test_the_session_is_complete(demo: Path, events: list[Event]) -> None:
    files = {file.name for file in demo.iterdir()}

    assert files == {"events.jsonl", "sound.wav", "session.json", "transcript.md", "report.md", "report.json"}
    assert sum(isinstance(event, SessionEnded) for event in events) == 1
    about: Meta = sessions.read_meta(demo)
    assert about.models["recogniser"] == "tiny.en"
    assert [event for event in events if isinstance(event, Failed)] == []


def test_the_candidate_is_interrupted_once_and_for_a_reason(events: list[Event]) -> None:
    (cut,) = (event for event in events if isinstance(event, CutIn))

    assert cut.why
    assert cut.evidence


def test_the_candidate_has_turns_and_the_interviewer_questions(events: list[Event]) -> None:
    spoken = [turn for turn in turns(events) if turn.speaker == "candidate"]

    assert len(spoken) >= FEWEST_TURNS
    assert sum(isinstance(event, TurnEnded) for event in events) >= FEWEST_TURNS
    assert len({event.text for event in events if isinstance(event, QuestionAsked)}) >= FEWEST_TURNS


def test_every_answer_has_its_question_and_nobody_waits_for_another(events: list[Event]) -> None:
    script = json.loads((ROOT / "simulator" / "practice" / "recordings" / "demo.json").read_text("utf-8"))
    spoken = [turn for turn in turns(events) if turn.speaker == "candidate"]

    assert len(spoken) == len(script["candidate"])
    assert [event for event in events if isinstance(event, Encouraged | Reprompt)] == []


def test_both_sides_are_in_the_recording(demo: Path, events: list[Event]) -> None:
    stereo, rate = soundfile.read(demo / "sound.wav", dtype="float32")

    assert (np.abs(stereo).max(axis=0) > 0.05).all()
    assert len(stereo) / rate == pytest.approx(max(event.at for event in events), abs=0.1)


def test_what_was_said_is_what_was_heard(events: list[Event]) -> None:
    wer = runpy.run_path(str(ROOT / "benchmarks" / "wer.py"))["wer"]
    script = json.loads((ROOT / "simulator" / "practice" / "recordings" / "demo.json").read_text("utf-8"))
    said = " ".join(entry["text"] for entry in script["candidate"])
    heard = " ".join(event.text for event in events if isinstance(event, FinalHypothesis))

    assert wer(said, heard) <= MOST_WRONG


def test_the_report_names_the_interruption(demo: Path) -> None:
    assert "The interviewer cut in" in (demo / "report.md").read_text("utf-8")


def test_what_the_report_would_leave_out_is_what_left_the_story(demo: Path) -> None:
    report = (demo / "report.md").read_text(encoding="utf-8")
    (finding,) = [
        line for line in report.splitlines() if "This leads away from the story" in line and "**" in line
    ]

    assert "band" in finding
    assert "offline one" not in report, "the result was felt by people"
