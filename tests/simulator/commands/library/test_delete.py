"""`vivavoce delete`: what goes is shown, and nothing is left of it."""

import shutil
from pathlib import Path

import pytest

from vivavoce.simulator.commands.main import main
from vivavoce.simulator.review.delete import delete
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.index import Index


def test_delete_shows_what_goes_and_leaves_nothing(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "latency"]) == 0
    assert main(["delete", "2026-01-01"]) == 2  # nobody to ask
    assert len(sessions.folders()) == 2
    capsys.readouterr()
    assert main(["delete", "2026-01-01", "2026-01-02", "--yes"]) == 0
    assert "events.jsonl" in capsys.readouterr().out
    assert sessions.folders() == []
    left = [path for path in own.rglob("*") if path.is_file() and b"latency" in path.read_bytes()]
    assert left == []


@pytest.mark.parametrize("arguments", [[], ["--all", "2026-01-01"], ["nothing", "--yes"], ["", "--yes"]])
def test_what_to_delete_must_be_clear(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["delete", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert len(sessions.folders()) == 2


def test_everything_can_go_at_once() -> None:
    assert main(["delete", "--all", "--yes"]) == 0
    assert sessions.folders() == []


def test_a_running_session_is_not_deleted() -> None:
    folder = sessions.shelf() / "2026-01-03-0900-live"
    folder.mkdir()
    journal = log.Journal(folder / log.NAME)
    try:
        assert main(["delete", "2026-01-03", "--yes"]) == 2
    finally:
        journal.close()
    assert folder.exists()


def test_what_another_process_has_deleted_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sessions.find("2026-01-01")
    monkeypatch.setattr("vivavoce.simulator.review.delete.refuse_running", shutil.rmtree)

    delete(folder)

    assert len(sessions.folders()) == 1


def test_an_index_that_cannot_forget_is_told_as_that(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(index: Index, names: list[str]) -> None:
        raise LibraryError("cannot use library.sqlite: database or disk is full")

    monkeypatch.setattr(Index, "forget", full)

    assert main(["delete", "2026-01-01", "--yes"]) == 2
    assert "2026-01-01-0900-first is deleted, but the index still knows of it" in capsys.readouterr().err
