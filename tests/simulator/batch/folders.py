"""Folders of answers and transcripts, for the tests of many files."""

import json
from pathlib import Path

TOLD = (
    "In my last job at a bank, the monthly report took three days and was often late. "
    "I was asked to bring that down to one day. "
    "I interviewed the four people who filled it in, and I wrote a script that collected the figures. "
    "As a result, the report took {} hours, and my manager rolled it out to two other teams."
)


def answers(folder: Path, files: int = 4, lines: int = 2) -> Path:
    """Return `folder` with so many files of typed answers, one in a folder of its own."""
    for number in range(files):
        rows = [{"id": f"{number}-{one}", "answer": TOLD.format(2 + number + one)} for one in range(lines)]
        path = folder / ("deep/er" if number == 1 else "") / f"part {number}.jsonl"
        put(path, "".join(json.dumps(row) + "\n" for row in rows))
    return folder


def talks(folder: Path, files: int = 3) -> Path:
    """Return `folder` with so many transcripts, the first as a text and as subtitles."""
    for number in range(files):
        put(folder / f"talk{number}.txt", f"Interviewer: What went well?\nAna: {TOLD.format(2 + number)}\n")
    put(folder / "talk0.SRT", f"1\n00:00:01,000 --> 00:00:20,000\n{TOLD.format(3)}\n")
    return folder


def put(path: Path, text: str) -> None:
    """Write `text` as the file at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def content(folder: Path) -> dict[str, bytes]:
    """Return all files below `folder`, by their names from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
