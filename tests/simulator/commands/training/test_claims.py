import json
from pathlib import Path

import pytest

from vivavoce.simulator.commands.main import main
from vivavoce.transcripts.events import (
    FinalHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Seconds,
    Word,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import DEMO, Meta, write_meta

QUESTION = "Tell me about a change that you made."


def held(home: Path, name: str, text: str, at: str, **meta: str) -> None:
    """Leave a session in which `text` was said, a word a second from the tenth on."""
    folder = home / "sessions" / name
    folder.mkdir(parents=True)
    write_meta(folder, Meta(started_at=at, title=name, **meta))
    words = tuple(
        Word(text=word, start=Seconds(10.0 + place), end=Seconds(10.5 + place))
        for place, word in enumerate(text.split())
    )
    end = words[-1].end
    events = [
        QuestionAsked(at=Seconds(1.0), text=QUESTION, move="ask", why="plan"),
        PlaybackStarted(at=Seconds(1.0), text=QUESTION),
        PlaybackFinished(at=Seconds(4.0), heard=Seconds(3.0), complete=True),
        FinalHypothesis(at=end, text=text, words=words, audio_start=Seconds(10.0), audio_end=end),
    ]
    (folder / log.NAME).write_bytes(b"".join(map(log.to_line, events)))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    held(
        tmp_path,
        "one",
        "I rebuilt it and false alarms fell by 20 percent.",
        "2026-03-03T10:00:00+01:00",
        story="alarms",
    )
    held(tmp_path, "two", "The false alarms fell by 12 percent.", "2026-03-05T10:00:00+01:00", story="alarms")
    held(tmp_path, "demo", "False alarms fell by 90 percent.", "2026-03-06T10:00:00+01:00", origin=DEMO)
    return tmp_path


def test_takes_that_differ_are_shown_with_their_times_and_no_demo(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims"]) == 0
    told = capsys.readouterr().out

    assert "3 March [00:18]: 20 percent" in told
    assert "On Tuesday you said 20 percent, on Thursday 12 percent. Which is it?" in told
    assert "90 percent" not in told


def test_what_the_resume_and_the_notes_have_is_not_first_said(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "stories").mkdir()
    (home / "stories" / "alarms.md").write_text(
        "## How you measured it\nFalse alarms fell by 20 percent.\n", "utf-8"
    )
    main(["claims", "alarms", "--json"])
    row = json.loads(capsys.readouterr().out)
    claims = [claim for group in row["groups"] for claim in group["claims"]]

    assert row["schema"] == 1
    assert [(one["source"], one["low"], one["first_said"]) for one in claims] == [
        ("story", 20, False),
        ("take", 20, False),
        ("take", 12, True),
    ]


def test_figures_of_a_resume_are_held_against_the_takes(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = home / "resume.json"
    work = {
        "name": "Acme",
        "position": "Engineer",
        "highlights": ["Rebuilt the alarms; false alarms fell by 35 percent."],
    }
    paper.write_text(json.dumps({"basics": {"name": "Ada Moss"}, "work": [work]}), "utf-8")
    main(["claims", "--resume", str(paper)])

    assert "In your résumé: 35 percent" in capsys.readouterr().out


def test_a_story_that_nobody_knows_is_said_in_a_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "nowhere"]) == 2
    assert "no story 'nowhere'" in capsys.readouterr().err


def test_an_empty_library_has_no_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "new"))
    main(["claims"])

    assert "No figures were found yet" in capsys.readouterr().out
