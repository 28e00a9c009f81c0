"""A résumé or a posting from a file, whoever made it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from vivavoce.personas.papers.formats.unreadable import DAMAGED, TOO_LARGE, TOO_SLOW
from vivavoce.personas.papers.paper import Kind, Line, Paper

MOST_BYTES = 20_000_000
DEADLINE = 6.0  # seconds for a file
SECOND_DEADLINE = 3.0  # for a PDF whose first reader crashed

_READER = (sys.executable, "-P", "-m", "vivavoce.personas.papers.formats.reader_process")


def paper(path: Path | str, kind: Kind) -> Paper:
    """Return what stands in the file at `path`, in at most ten seconds.

    Args:
        path: of a PDF, DOCX, ODT, RTF, HTML, Markdown, text or JSON file; "~" is the user's home.
        kind: what it is meant to be, RESUME or POSTING.

    Returns:
        The paper; where the file cannot be used, one without lines whose `why_not` says in a line what it
        is and what to do, and whose `kind` is another. No error is raised for anything in a file.
    """
    where = Path(os.path.expanduser(path))
    try:
        if where.exists() and not where.is_file():  # a pipe would be waited for without end
            return _refused("it is not a file; name one paper")
        with where.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # the latter: no file can be called so
        why = getattr(error, "strerror", None) or "no file can have this name"
        return _refused(f"it cannot be read ({why}); check the name and its permissions")
    return paper_of(content, where.suffix, kind)


def paper_of(content: bytes, suffix: str, kind: Kind) -> Paper:
    """Return what stands in `content`, that of a file whose name ends with `suffix`, as `paper` does.

    It is read by a process, a PDF by the second reader where the first crashed.
    """
    if len(content) > MOST_BYTES:
        return _refused(f"it is {TOO_LARGE}")
    try:
        told = _told(content, DEADLINE, kind.value, f"paper{suffix}")
        if told is None and b"%PDF-" in content[:1024]:
            told = _told(content, SECOND_DEADLINE, kind.value, f"paper{suffix}", "second")
    except subprocess.TimeoutExpired:
        return _refused(f"it is {TOO_SLOW}")
    if told is None:
        return _refused(f"it is {DAMAGED}")
    if told["why"] is not None:
        return _refused(f"it is {told['why']}", Kind(told["kind"]))
    lines = tuple(_line(*line) for line in told["lines"])
    return Paper(kind=kind, lines=lines, data=told["data"], note=told["note"])


def _told(content: bytes, deadline: float, *arguments: str) -> dict[str, Any] | None:
    """Return what the process says of `content`; None where it crashed.

    Raises:
        subprocess.TimeoutExpired: it was ended after `deadline` seconds.
    """
    done = subprocess.run(
        [*_READER, *arguments],
        input=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=deadline,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=False,
    )
    if done.returncode or not done.stdout:
        return None
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _line(
    text: str, size: float, bold: bool, left: float, page: int, column: int, gap: bool, bullet: bool
) -> Line:
    return Line(text=text, size=size, bold=bold, left=left, page=page, column=column, gap=gap, bullet=bullet)


def _refused(why: str, kind: Kind = Kind.OTHER) -> Paper:
    return Paper(kind=kind, why_not=why)
