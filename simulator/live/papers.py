"""The user's own papers, a résumé and a job posting, read and understood."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from vivavoce.personas.content.persona import OWN
from vivavoce.personas.papers.draft import drafted, name_of
from vivavoce.personas.papers.formats.read import paper, paper_of
from vivavoce.personas.papers.paper import Kind, Paper
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.personas.papers.understanding import structured
from vivavoce.personas.papers.understanding.posting import posting
from vivavoce.personas.papers.understanding.resume import resume as understood_resume
from vivavoce.personas.papers.understanding.understood import Resume
from vivavoce.simulator.errors import DocumentError
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.journal.home import home

Source = Path | str | bytes  # where a paper is, or what it says
Tell = Callable[[str], None]
_HEADING = re.compile(rb"^#{1,6} ", re.MULTILINE)
NO_PROJECT = "No project was found in your résumé to ask about; vivavoce prepare shows what was understood."


def on_stderr(text: str) -> None:
    """Tell the user of the command line."""
    print(text, file=sys.stderr)


def understood(
    resume: Source | None, job: Source | None, title: str = "", tell: Tell = on_stderr
) -> Tailoring:
    """Return what the files `resume` and `job` (a posting) say, or these texts; neither need be given.

    A résumé that cannot be used says so in its `why_not`. What of a long paper was left out is told.

    Raises:
        DocumentError: the posting cannot be used.
    """
    found = posting(_usable(job, tell)) if job else None
    return Tailoring(_resume(_read(resume, Kind.RESUME, tell)) if resume else None, found, title)


def known(
    resume: Path | str | None, job: Path | str | None, title: str = "", tell: Tell = on_stderr
) -> Tailoring:
    """Return the same for an interview. A résumé of which nothing can be asked is told of.

    Raises:
        DocumentError: one of them cannot be used.
    """
    found = understood(resume, job, title, tell)
    if found.resume is not None and found.resume.why_not:
        raise DocumentError(f"{resume}: {found.resume.why_not}")
    if found.resume is not None and not found.resume.projects:
        tell(NO_PROJECT)
    return found


def ending(text: bytes) -> str:
    """Return how a file with this text would be called; all other formats tell themselves."""
    return ".md" if _HEADING.search(text) else ".txt"


def save(found: Resume, path: Path) -> None:
    """Write `found` to `path` as JSON Resume, which a person can mend and `--resume` reads.

    Raises:
        DocumentError: it cannot be written.
    """
    text = json.dumps(structured.as_data(found), ensure_ascii=False, indent=2)
    _write(Path(os.path.expanduser(path)), f"{text}\n")


def begin_pack(job: Path, to: Path | None = None) -> Path:
    """Write a pack as a start for its author, made from the posting in the file `job`; return where it is.

    Args:
        job: a posting.
        to: a file that is not there yet; None for one among the user's own packs, named after the title.

    Raises:
        DocumentError: the posting cannot be used or says nothing to ask about, or the file is there already.
    """
    found = posting(_usable(job, on_stderr))
    text, own = drafted(found), home() / OWN["packs"]
    path = Path(os.path.expanduser(to)) if to else own / f"{name_of(found)}.toml"
    if not text:
        raise DocumentError(f"{job}: no title, duty or skill was found to ask about; is it a job posting?")
    if path.exists():
        raise DocumentError(f"{path} is there already; name another file with --to")
    if to is None:
        _make(own)
    _write(path, text)
    return path


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DocumentError(f"cannot make {folder}: {error.strerror}; set VIVAVOCE_HOME elsewhere") from None


def _write(path: Path, text: str) -> None:
    try:
        disk.replace(path, text.encode("utf-8", "replace"))
    except LibraryError as error:
        raise DocumentError(str(error)) from None


def _resume(read: Paper) -> Resume:
    return Resume(kind=read.kind, why_not=read.why_not) if read.why_not else understood_resume(read)


def _usable(source: Source, tell: Tell) -> Paper:
    read = _read(source, Kind.POSTING, tell)
    if read.why_not:
        raise DocumentError(f"{_name(source, Kind.POSTING)}: {read.why_not}")
    return read


def _read(source: Source, kind: Kind, tell: Tell) -> Paper:
    """Return the paper at `source`; what of a long one was left out is told."""
    read = paper_of(source, ending(source), kind) if isinstance(source, bytes) else paper(source, kind)
    if read.note:
        tell(f"{_name(source, kind)}: {read.note}")
    return read


def _name(source: Source, kind: Kind) -> str:
    return f"the {kind.value}" if isinstance(source, bytes) else str(source)
