"""`vivavoce import`: what is no session, what hides behind links, and what is left out."""

import json
import shutil
from pathlib import Path

import pytest

from vivavoce.simulator.commands.main import main
from vivavoce.transcripts.journal import log, notes
from vivavoce.transcripts.library import sessions


@pytest.mark.parametrize("content", [None, b"", b"\x00\xff", b"{}\n", b"[[["])
def test_what_is_no_session_is_not_brought_in(
    content: bytes | None, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = own / "source"
    source.mkdir()
    if content is not None:
        (source / log.NAME).write_bytes(content)

    assert main(["import", str(source)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert len(sessions.folders()) == 2


def test_a_link_out_of_the_folder_is_not_followed(own: Path) -> None:
    assert main(["export", "2026-01-01", "--to", str(own / "out")]) == 0
    secret = own / "secret"
    secret.write_text('{"schema": 1, "title": "secret"}')
    details = own / "out" / "2026-01-01-0900-first" / "session.json"
    details.unlink()
    details.symlink_to(secret)

    assert main(["import", str(details.parent)]) == 0
    assert "secret" not in "".join(path.name for path in sessions.find("2026-01-01-0900-first-2").iterdir())
    assert not (sessions.find("2026-01-01-0900-first-2") / "session.json").exists()


@pytest.mark.parametrize("content", [b"", b"[[[", b'{"text": 5, "star": "yes"}', b"\xff"])
def test_damaged_notes_come_along_as_none(content: bytes, own: Path) -> None:
    moved = shutil.copytree(sessions.find("2026-01-01"), own / "moved")
    (moved / notes.NAME).write_bytes(content)

    assert main(["import", str(moved)]) == 0
    assert notes.read(sessions.find("moved")) == notes.Notes()
    assert main(["sessions"]) == 0


def test_notes_behind_a_link_stay_there(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved = shutil.copytree(sessions.find("2026-01-01"), own / "moved")
    (own / "secret").write_text(json.dumps({"text": "secret"}))
    (moved / notes.NAME).symlink_to(own / "secret")

    assert main(["import", str(moved)]) == 0

    assert notes.read(sessions.find("moved")) == notes.Notes()
    assert capsys.readouterr().err == "Left out: notes.json.\n"


def test_what_else_is_in_a_folder_is_left_out_and_named(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "2026-01-01", "--to", str(own / "out"), "--sound"]) == 0
    moved = own / "out" / "2026-01-01-0900-first"
    for number in range(8):
        (moved / f"photo\x1b{number}.png").touch()
    capsys.readouterr()

    assert main(["import", str(moved)]) == 0

    names = ", ".join(f"photo {number}.png" for number in range(5))
    assert capsys.readouterr().err == f"Left out: {names}, and 3 more.\n"


@pytest.mark.parametrize("name", ["session.json", notes.NAME])
def test_details_and_notes_without_end_are_left_out(
    name: str, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = shutil.copytree(sessions.find("2026-01-01"), own / "moved")
    (moved / name).write_text(json.dumps({"schema": 1, "title": "a" * 1_000_000, "text": "a"}))

    assert main(["import", str(moved)]) == 0

    assert capsys.readouterr().err == f"Left out: {name}.\n"


def test_a_long_title_does_not_widen_every_line(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    details = sessions.find("2026-01-01") / "session.json"
    details.write_text(json.dumps({"schema": 1, "title": "a" * 100_000}))

    assert main(["sessions"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) < 400
