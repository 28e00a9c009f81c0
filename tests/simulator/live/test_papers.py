import json
import re
from pathlib import Path

import pytest

from vivavoce.simulator.commands.main import main
from vivavoce.simulator.errors import DocumentError, ScriptError
from vivavoce.simulator.live.papers import NO_PROJECT, save, understood
from vivavoce.simulator.practice.candidate_script import read_script
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.transcripts.events import QuestionAsked
from vivavoce.transcripts.library import sessions

RESUME = """Sam Example
sam@example.org

Experience
Data scientist, Kestrel, 2019 to 2024
- Built a churn model for a bank in two months, with others.
"""
POSTING = (
    "We look for somebody who cares about the relevance of a feed and knows how to measure it: an engineer."
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", iter(["\n"] * 4))
    (tmp_path / "cv.txt").write_text(RESUME)
    (tmp_path / "job.md").write_text(POSTING)
    return tmp_path


@pytest.mark.parametrize("command", [["interview", "--text"], ["interview"], ["simulate", "script.json"]])
@pytest.mark.parametrize("paper", ["resume", "job"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"", "without text"),
        (b"%PDF-1.7 " + b"text " * 40, "damaged"),
        (b"x" * 30_000_000, "too large"),
    ],
    ids=["missing", "empty", "pdf", "large"],
)
def test_a_paper_that_cannot_be_used_is_refused_in_one_line_and_leaves_nothing(
    command: list[str],
    paper: str,
    content: bytes | None,
    reason: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("vivavoce.simulator.live.interview.need", lambda settings, **_: None)
    if content is not None:
        (folder / "bad.txt").write_bytes(content)
    (folder / "script.json").write_text(json.dumps({paper: "bad.txt", "candidate": []}))

    assert main([*command, *([f"--{paper}", "bad.txt"] if command[0] == "interview" else [])]) == 2
    error = capsys.readouterr().err
    assert reason in error
    assert "bad.txt" in error
    assert error.count("\n") == 1
    assert not list(folder.glob("sessions/*"))


@pytest.mark.proves("T01")
def test_a_typed_interview_asks_about_the_resume_and_the_job(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["interview", "--text", "--resume", "cv.txt", "--job", str(folder / "job.md")]) == 0

    shown = capsys.readouterr()
    assert "churn model" in shown.out
    assert "relevance" in shown.out
    assert "You will be asked about the churn model: your résumé says" in shown.err
    assert "Sam" not in shown.err
    (session,) = (folder / "sessions").iterdir()
    settings = sessions.read_meta(session).settings
    assert (settings["resume"], settings["job"]) == (True, True)
    for path in session.iterdir():
        assert not re.search(rb"Sam|example\.org|cv\.txt|job\.md", path.read_bytes()), path.name
        assert str(folder).encode() not in path.read_bytes()


def test_the_papers_can_be_set_for_all_sessions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "config.toml").write_text('resume = "cv.txt"\n')

    assert main(["interview", "--text"]) == 0
    assert "churn model" in capsys.readouterr().out


@pytest.mark.proves("T03")
def test_a_question_that_is_practised_is_asked_and_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["interview", "--text", "--resume", "cv.txt", "--question", "Why us?"]) == 0

    shown = capsys.readouterr().out
    assert "Why us?" in shown
    assert "churn model" not in shown


def test_a_resume_in_which_nothing_is_found_is_told_of_and_the_interview_goes_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "cv.txt").write_text(
        "Jo Example\n\nExperience\nClerk, Harbour Bank, 2015 to 2019\n"
        "Clerk, Lindenhof Clinic, 2011 to 2015\n\nEducation\nSchool of Trade, Leeds, 2014\n"
    )

    assert main(["interview", "--text", "--resume", "cv.txt"]) == 0
    shown = capsys.readouterr()
    assert shown.err.startswith(f"{NO_PROJECT}\n")
    assert "Dana: " in shown.out


@pytest.mark.parametrize("round_name", ["behavioral", "loop"])
def test_a_script_names_papers_beside_itself(round_name: str, folder: Path) -> None:
    (folder / "papers").mkdir()
    (folder / "papers" / "cv.txt").write_text(RESUME)
    rows = {"round": round_name, "minutes": 10, "resume": "papers/cv.txt", "job": "job.md", "candidate": []}
    (folder / "script.json").write_text(json.dumps(rows))

    first, again = (simulate(read_script(folder / "script.json")) for _ in range(2))
    lines = [event.text for event in first if isinstance(event, QuestionAsked)]

    assert first == again
    assert len([line for line in lines if "Your résumé mentions the churn model" in line]) == 1
    assert len([line for line in lines if "relevance" in line]) == 1


@pytest.mark.parametrize("paper", [1, ["cv.txt"], "\x00"])
def test_a_script_whose_paper_is_no_file_s_name_is_refused(paper: object, folder: Path) -> None:
    (folder / "script.json").write_text(json.dumps({"resume": paper, "candidate": []}))

    with pytest.raises(ScriptError, match="is not a candidate script"):
        read_script(folder / "script.json")


def test_the_demo_knows_no_papers(folder: Path) -> None:
    with pytest.raises(SystemExit):
        main(["demo", "--resume", "cv.txt"])


def test_a_resume_that_was_saved_says_the_same_when_it_is_read_again(folder: Path) -> None:
    before = understood("cv.txt", None).resume
    assert before is not None
    save(before, folder / "mine.json")
    after = understood("mine.json", None).resume

    assert after is not None
    assert (after.roles, after.skills, after.name) == (before.roles, before.skills, before.name)
    assert {one.name for one in before.projects} <= {one.name for one in after.projects}
    with pytest.raises(DocumentError, match="cannot write"):
        save(before, folder / "nowhere" / "mine.json")
