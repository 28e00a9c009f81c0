"""Packs and personas on the command line: what there is, and what is wrong with a file."""

from io import StringIO
from pathlib import Path

import pytest

from vivavoce.simulator.commands.main import main


@pytest.mark.parametrize(
    ("command", "shipped"),
    [("personas", ("dana", "omar")), ("packs", ("behavioral", "project-story"))],
)
def test_everybody_is_listed_and_what_is_broken_is_named(
    command: str,
    shipped: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    (tmp_path / command).mkdir()
    (tmp_path / command / "mine.toml").write_text('title = "x"\n', encoding="utf-8")
    assert main([command]) == 0

    told = capsys.readouterr()
    assert all(name in told.out for name in shipped)
    assert told.err.count("mine.toml cannot be used") == 1


def test_a_file_is_checked_with_its_lines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    path = tmp_path / "a.toml"
    path.write_text('name = "A"\nrole = 5\n', encoding="utf-8")
    assert main(["packs", "lint", str(path)]) == 2

    told = capsys.readouterr()
    assert f"{path}:2: " in told.out
    assert "to mend" in told.err
    assert main(["packs", "lint"]) == 2
    assert "name the file" in capsys.readouterr().err


POSTING = """# Charge Nurse
Fairholme Infirmary
## What you will do
- Lead a team of 31, with rostering and appraisals
- Keep the ward safe when it is full
## You have
- Experience with infusion pumps
"""


def test_packs_are_listed_by_folder_with_the_job_that_they_are_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    assert main(["packs"]) == 0

    parts = capsys.readouterr().out.split("\n\n")
    general, engineer = parts[0], next(one for one in parts if one.startswith("linkedin-ml"))
    assert general.startswith("for any job\n")
    assert "behavioral " in general
    assert "for machine learning engineer" in engineer.splitlines()[0]
    assert "LinkedIn" in engineer.splitlines()[0]
    assert "linkedin-ml/domain " in engineer


def test_a_pack_is_begun_from_a_posting_and_can_be_used_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.stdin", StringIO("I would look at who is new on the ward first.\n"))
    posting = tmp_path / "job.md"
    posting.write_text(POSTING, encoding="utf-8")
    made = tmp_path / "home" / "packs" / "charge-nurse.toml"

    assert main(["packs", "new", "--job", str(posting)]) == 0
    assert f"vivavoce packs lint {made}" in capsys.readouterr().out
    assert main(["packs", "lint", str(made)]) == 0
    assert main(["interview", "--text", "--round", "charge-nurse"]) == 0
    assert "charge nurse" in capsys.readouterr().out


def test_a_pack_of_one_s_own_is_never_written_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    posting, mine = tmp_path / "job.md", tmp_path / "mine.toml"
    posting.write_text(POSTING, encoding="utf-8")
    mine.write_text("# mine\n", encoding="utf-8")

    assert main(["packs", "new", "--job", str(posting), "--to", str(mine)]) == 2
    assert "there already" in capsys.readouterr().err
    assert mine.read_text(encoding="utf-8") == "# mine\n"


def test_a_posting_of_which_nothing_can_be_asked_makes_no_pack(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    posting = tmp_path / "job.md"
    posting.write_text("It rained, and we stayed in with the cat. " * 9, encoding="utf-8")

    assert main(["packs", "new", "--job", str(posting)]) == 2
    assert "is it a job posting?" in capsys.readouterr().err
    assert main(["packs", "new"]) == 2
    assert "name the posting" in capsys.readouterr().err
    assert not (tmp_path / "home" / "packs").exists()
