"""Writing that leaves nothing half done, however many write at once and whatever stops them."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import disk


def test_everybody_who_writes_at_once_has_a_draft_of_his_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, both = tmp_path / "notes.json", threading.Barrier(8)
    synced = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (both.wait(5), synced(number)))
    failed: list[Exception] = []

    def write(content: bytes) -> None:
        try:
            disk.replace(path, content)
        except (LibraryError, OSError) as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(bytes([65 + n]) * 50_000,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert failed == []
    assert len(set(path.read_bytes())) == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["notes.json.4711.tmp", "notes.json.0123456789abcdef.tmp"])
@pytest.mark.parametrize(("age", "stays"), [(1.0, True), (disk.ABANDONED + 60, False)])
def test_a_draft_that_a_kill_left_goes_with_a_later_write(
    tmp_path: Path, name: str, age: float, stays: bool
) -> None:
    path, draft = tmp_path / "notes.json", tmp_path / name
    draft.write_text("private")
    now = draft.stat().st_mtime
    os.utime(draft, (now - age, now - age))

    disk.replace(path, b"{}")

    assert draft.exists() is stays


@pytest.mark.parametrize(
    "name", ["other.json.4711.tmp", "notes.json.tmp", "notes.json.bak", "notes.jsonx.1.tmp"]
)
def test_files_of_others_are_not_swept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("theirs")
    os.utime(tmp_path / name, (0, 0))

    disk.replace(tmp_path / "notes.json", b"{}")

    assert (tmp_path / name).exists()


def test_a_folder_in_the_place_of_an_old_draft_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "notes.json.1.tmp").mkdir()
    os.utime(tmp_path / "notes.json.1.tmp", (0, 0))

    disk.replace(tmp_path / "notes.json", b"{}")

    assert (tmp_path / "notes.json").read_bytes() == b"{}"


def taken(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize(
    "place",
    [
        lambda folder: folder / "nowhere" / "notes.json",
        lambda folder: taken(folder / "notes.json"),
        lambda folder: folder / "a file" / "notes.json",
        lambda folder: folder / ("long" * 70),
    ],
    ids=["no folder", "a folder of that name", "a file for a folder", "too long a name"],
)
def test_what_cannot_be_written_is_said_in_one_line(tmp_path: Path, place: Callable[[Path], Path]) -> None:
    (tmp_path / "a file").write_text("")

    with pytest.raises(LibraryError, match=r"^cannot write .*; free some space or the folder$"):
        disk.replace(place(tmp_path), b"{}")

    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="no limit for the size of files")
@pytest.mark.parametrize("size", [3, 500_000])  # a small one is found not to fit only when it is closed
def test_a_new_file_that_does_not_fit_is_not_there(size: int, tmp_path: Path) -> None:
    import resource

    path = tmp_path / "new.md"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            disk.create(path, b"x" * size)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_takes_the_place_of_none(tmp_path: Path) -> None:
    path = tmp_path / "new.md"
    disk.create(path, b"mine")
    with pytest.raises(FileExistsError):
        disk.create(path, b"another")
    assert path.read_bytes() == b"mine"
