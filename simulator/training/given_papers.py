"""Papers that another program names by their path: only what a person would hand in themselves."""

import os
import re
from pathlib import Path

from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.live.papers import Source
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.library import sessions

ENDINGS = (".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".md", ".txt", ".json")
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]{1,20}:[\\/]|[\\/]{2}")  # of a URL, or of another machine's share


def source(what: str, path: str | None, text: str | None) -> Source | None:
    """Return where a paper is, or what it says; None if neither is given.

    Args:
        what: the paper, as arguments are named after it.
        path: of a file on this machine, from its root or from "~".
        text: of the paper, in place of a path.

    Raises:
        RequestError: both are given, or this file is not handed out.
    """
    if path is not None and text is not None:
        raise RequestError(f"give {what}_path or {what}_text, not both")
    if path is not None:
        return _allowed(f"{what}_path", path)
    return None if text is None else text.encode("utf-8", "replace")


def _allowed(name: str, path: str) -> Path:
    """Return where the file at `path` is.

    A program must not come by other files in this way: what is understood of a paper has its words.
    """
    if _ADDRESS.match(path):
        raise RequestError(f"{name} must be a file of this machine: nothing is fetched")
    where = Path(os.path.expanduser(path))
    if not where.is_absolute() or ".." in where.parts:
        raise RequestError(f"{name} must be a whole path without .., such as ~/cv.pdf")
    if where.suffix.lower() not in ENDINGS:
        raise RequestError(f"{name} must end with one of {' '.join(ENDINGS)}")
    real = Path(os.path.realpath(where))
    own = Path(os.path.realpath(home()))
    hidden = real.relative_to(own) if real.is_relative_to(own) else real
    if real.is_relative_to(os.path.realpath(sessions.shelf())):
        raise RequestError(f"{name} lies in a session; read_report reads sessions")
    if any(part.startswith(".") for part in hidden.parts) or real.suffix.lower() not in ENDINGS:
        raise RequestError(f"{name} leads to a hidden file or folder: move the paper to where you see it")
    return real
