"""`vivavoce stories`: list, draft and show, on a home in any state."""

import json
import sys
from pathlib import Path

import pytest

from vivavoce.personas.content.pack import Pack, pack
from vivavoce.simulator.commands.main import main

RESUME = """# Jo Marlow
jo.marlow@example.org

## Experience
### Staff Nurse, Alder Infirmary
2018 - Present
- Introduced a handover sheet on the surgical ward, which cut missed medicines by 40 percent

### Nurse, Lindenhof Clinic
2015 - 2018
- Reorganised the supply room, saving 3 hours a week

## Skills
Triage, wound care
"""
STORY = """---
title: The handover sheet
themes: conflict
questions: bad-news
version: 1
---
## The problem
Medicines were missed at night.
## What you built or did
I wrote a sheet.
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what the command prints."""
    main(["stories", *arguments])
    return capsys.readouterr().out


def put(home: Path, content: str = STORY, name: str = "sheet.md") -> None:
    (home / "stories").mkdir(parents=True, exist_ok=True)
    (home / "stories" / name).write_bytes(content.encode())


def test_an_empty_home_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert "vivavoce stories draft --resume FILE" in said(capsys)
    row = json.loads(said(capsys, "--json"))
    assert (row["schema"], row["stories"], len(row["themes_missing"])) == (1, [], 6)


@pytest.mark.proves("M09")
def test_drafts_are_written_once_and_then_left_as_they_are(
    tmp_path: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    resume = tmp_path / "resume.md"
    resume.write_bytes(RESUME.encode())

    first = json.loads(said(capsys, "draft", "--resume", str(resume), "--json"))
    written = {Path(path).name for path in first["written"]}
    assert len(written) == 2
    for path in map(Path, first["written"]):
        path.write_bytes(path.read_bytes() + b"mine")
    before = [Path(path).read_bytes() for path in first["written"]]

    again = said(capsys, "draft", "--resume", str(resume))
    assert again.count("Left as it is:") == 2
    assert [Path(path).read_bytes() for path in first["written"]] == before
    assert "jo.marlow" not in "".join(map(bytes.decode, before))


def test_the_list_has_takes_open_fields_themes_and_questions(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(own_home)

    page = said(capsys)

    assert "why this way, what you had to work with, how you measured it" in page
    assert "Themes: conflict (as you say)" in page
    assert "Themes without a story: failure, ownership, ambiguity, leadership, impact" in page
    (row,) = json.loads(said(capsys, "--json"))["stories"]
    assert {"conflict", "disagreement", "bad-news", "story"} <= {one["id"] for one in row["questions"]}
    assert [one["id"] for one in row["questions"] if one["by_person"]] == ["bad-news"]
    assert row["open"] == ["reason", "data", "metrics", "delivery", "changes"]


def test_a_story_is_shown_with_its_words(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(own_home)

    page = said(capsys, "show", "sheet")

    assert "The problem\n  Medicines were missed at night.\n" in page
    assert "Why this way\n  (open)\n" in page
    assert "No takes yet; tell it with: vivavoce story sheet" in page
    assert json.loads(said(capsys, "show", "sheet", "--json"))["schema"] == 1


def test_copies_and_problems_are_told_in_a_line(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(own_home, "---\ntitle: Half")
    put(own_home, STORY, "sheet (1).md")

    main(["stories"])

    shown = capsys.readouterr()
    assert "its head has no second line ---" in shown.out
    assert "sheet (1).md looks like a copy of sheet.md" in shown.err


@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
@pytest.mark.parametrize("name", ["two\nlines.md", "red\x1b[31m.md", "rtl\u202egnp.md", "half\udcff.md"])
def test_a_file_whose_name_cannot_be_typed_is_told_of(
    name: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(own_home, STORY, name)

    main(["stories"])

    told = capsys.readouterr().err.splitlines()
    assert [one for one in told if "cannot be shown or typed" in one] == told[:1] != []
    assert told[0].isprintable()


def test_a_story_of_ten_megabytes_is_listed_at_once(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(own_home, STORY + "## Sunshine\n" + "We had eleven falls, and I changed the form. " * 220_000)

    assert "only the first 1 MB are read" in said(capsys)


def test_the_packs_are_read_once_however_many_stories_there_are(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read: list[str] = []

    def noted(name: str) -> Pack:
        read.append(name)
        return pack(name)

    monkeypatch.setattr("vivavoce.simulator.training.story_bank.pack", noted)
    for number in range(5):
        put(own_home, STORY.replace("title: ", f"title: {number} "), f"s{number}.md")
    said(capsys)

    assert read
    assert len(read) == len(set(read))


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["show", "../x"], "no story '../x'"),
        (["show"], "name the story"),
        (["draft"], "name your résumé"),
        (["draft", "--resume", "/nowhere/x.pdf"], "x.pdf"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stories", *arguments]) == 2
    err = capsys.readouterr().err
    assert problem in err
    assert "Traceback" not in err
