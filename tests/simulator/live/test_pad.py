"""The file that the candidate writes in: it is read along, whatever an editor does to it."""

import os
from pathlib import Path

import pytest

from vivavoce.simulator.errors import DocumentError
from vivavoce.simulator.live.pad import EVERY, LARGEST, PadFile
from vivavoce.transcripts.events import PadChanged, Seconds


def write(path: Path, text: str, stamp: int) -> None:
    path.write_bytes(text.encode())
    os.utime(path, ns=(stamp, stamp))


def test_a_change_is_seen_once_and_what_was_there_before_is_none(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    write(path, "# mine", 1)
    pad = PadFile(path)

    assert pad.look(Seconds(1)) is None
    write(path, "def f():", 2)
    assert pad.look(Seconds(1 + EVERY / 2)) is None
    assert pad.look(Seconds(2)) == PadChanged(at=Seconds(2), text="def f():")
    assert pad.look(Seconds(3)) is None
    write(path, "def f():", 3)
    assert pad.look(Seconds(4)) is None


def test_it_is_made_and_may_go_away_for_a_while(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    pad = PadFile(path)
    path.unlink()

    assert pad.look(Seconds(1)) is None
    write(path, "goal", 5)
    assert pad.look(Seconds(2)) == PadChanged(at=Seconds(2), text="goal")


def test_a_large_one_and_one_that_is_no_text_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "large"
    write(path, "", 1)
    pad = PadFile(path)
    path.write_bytes(b"\xff\x00" * 500_000)

    change = pad.look(Seconds(1))
    assert change is not None
    assert len(change.text) == LARGEST


@pytest.mark.parametrize("name", ["", "missing/code.py"])
def test_what_is_no_file_is_told_in_a_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="name a text file"):
        PadFile(tmp_path / name)
