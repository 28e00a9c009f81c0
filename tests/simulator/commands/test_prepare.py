"""`vivavoce prepare`: what was understood of the papers, what would be asked, and why."""

import json
from pathlib import Path
from typing import Any

import pytest

from vivavoce.simulator.commands.main import main

RESUME = """# Jo Marlow
jo.marlow@example.org

## Experience
### Staff Nurse, Alder Infirmary
2018 - Present
- Introduced a handover sheet on the surgical ward, which cut missed medicines by 40 percent
- Trained eleven new colleagues

### Nurse, Lindenhof Clinic
2015 - 2018
- Cared for patients after surgery

## Skills
Triage, wound care
"""
POSTING = """# Charge Nurse
Fairholme Infirmary

## What you will do
- Lead a team of nine on the late shift

## What we look for
- Experience with triage
- Experience with ventilators
"""
LETTER = """Dear Ms Harrow,

I am writing to apply for the position of charge nurse that you advertised last week. I have worked on
surgical wards for nine years and I would be glad to tell you more about it when we meet.

Yours sincerely,
Jo Marlow
"""


@pytest.fixture(autouse=True)
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for name, text in (("cv.md", RESUME), ("job.md", POSTING), ("letter.txt", LETTER)):
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def prepared(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["prepare", "--json", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


@pytest.mark.proves("T01", "T02")
def test_it_has_the_shape_that_other_programs_rely_on(capsys: pytest.CaptureFixture[str]) -> None:
    found = prepared(capsys, "--resume", "cv.md", "--job", "job.md")

    assert found["schema"] == 1
    assert found["seconds"] < 10
    assert found["resume"]["kind"] == "resume"
    assert found["resume"]["why_not"] is None
    assert found["resume"]["name"] == "Jo Marlow"
    assert [
        (one["title"], one["employer"], one["start"], one["end"]) for one in found["resume"]["roles"]
    ] == [
        ("Staff Nurse", "Alder Infirmary", "2018", None),
        ("Nurse", "Lindenhof Clinic", "2015", "2018"),
    ]
    assert found["resume"]["skills"] == ["Triage", "wound care"]
    assert (found["job"]["title"], found["job"]["employer"]) == ("Charge Nurse", "Fairholme Infirmary")
    for one in found["questions"]:
        assert set(one) == {"round", "id", "text", "because"}
        assert (one["because"]["resume"] or "") in RESUME
        assert (one["because"]["job"] or "") in POSTING


def test_most_questions_come_from_the_papers_none_has_the_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = prepared(capsys, "--resume", "cv.md", "--job", "job.md")["questions"]
    because = [one for one in found if one["because"]["resume"] or one["because"]["job"]]

    assert {one["round"] for one in found} == {"behavioral", "nursing/clinical"}
    assert len(because) >= 0.6 * len(found)
    assert not any("Marlow" in one["text"] or "Jo " in one["text"] for one in found)


def test_another_title_leads_to_another_interview(capsys: pytest.CaptureFixture[str]) -> None:
    nurse = prepared(capsys, "--resume", "cv.md", "--title", "Ward sister, registered nurse")["questions"]
    other = prepared(capsys, "--resume", "cv.md", "--title", "Accountant")["questions"]

    assert {one["round"] for one in nurse} != {one["round"] for one in other}
    assert len({one["text"] for one in nurse} & {one["text"] for one in other}) <= len(nurse) / 2


def test_a_letter_is_no_resume_and_what_to_do_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    found = prepared(capsys, "--resume", "letter.txt")

    assert found["resume"]["kind"] == "letter"
    assert found["resume"]["why_not"]
    assert main(["prepare", "--resume", "letter.txt"]) == 0
    assert "cannot be used" in capsys.readouterr().out


def test_what_was_understood_can_be_saved_and_mended(
    papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = prepared(capsys, "--resume", "cv.md", "--save", "mine.json")["resume"]
    text = (papers / "mine.json").read_text("utf-8")
    (papers / "mine.json").write_bytes(text.replace("Staff Nurse", "Senior Staff Nurse").encode())
    again = prepared(capsys, "--resume", "mine.json")["resume"]

    assert again["roles"][0]["title"] == "Senior Staff Nurse"
    assert [one["name"] for one in again["projects"]] == [one["name"] for one in first["projects"]]


def test_the_page_for_people_says_why_and_what_to_ask_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prepare", "--resume", "cv.md", "--job", "job.md"]) == 0
    shown = capsys.readouterr().out

    assert "because your résumé says: " in shown
    assert "because the posting says: Lead a team of nine on the late shift" in shown
    assert "You may ask at the end: " in shown


@pytest.mark.parametrize("arguments", [["--round", "nowhere"], ["--job", "missing.pdf"]])
def test_what_cannot_be_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prepare", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1
