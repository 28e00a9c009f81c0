"""The user's own papers, a résumé and a job posting, read and understood."""

import json
import os
import sys
from pathlib import Path

from vivavoce.personas.papers.formats.read import paper
from vivavoce.personas.papers.paper import Kind, Paper
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.personas.papers.understanding import structured
from vivavoce.personas.papers.understanding.posting import posting
from vivavoce.personas.papers.understanding.resume import resume as understood_resume
from vivavoce.personas.papers.understanding.understood import Resume
from vivavoce.simulator.errors import DocumentError
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import disk

NO_PROJECT = "No project was found in your résumé to ask about; vivavoce prepare shows what was understood."


def understood(resume: Path | str | None, job: Path | str | None, title: str = "") -> Tailoring:
    """Return what the files `resume` and `job` (a posting) say; neither need be given.

    A résumé that cannot be used says so in its `why_not`.

    Raises:
        DocumentError: the posting cannot be used.
    """
    found = posting(_usable(job)) if job else None
    return Tailoring(_resume(paper(resume, Kind.RESUME)) if resume else None, found, title)


def known(resume: Path | str | None, job: Path | str | None, title: str = "") -> Tailoring:
    """Return the same for an interview. A résumé of which nothing can be asked is told of on stderr.

    Raises:
        DocumentError: one of them cannot be used.
    """
    found = understood(resume, job, title)
    if found.resume is not None and found.resume.why_not:
        raise DocumentError(f"{resume}: {found.resume.why_not}")
    if found.resume is not None and not found.resume.projects:
        print(NO_PROJECT, file=sys.stderr)
    return found


def save(found: Resume, path: Path) -> None:
    """Write `found` to `path` as JSON Resume, which a person can mend and `--resume` reads.

    Raises:
        DocumentError: it cannot be written.
    """
    text = json.dumps(structured.as_data(found), ensure_ascii=False, indent=2)
    try:
        disk.replace(Path(os.path.expanduser(path)), f"{text}\n".encode("utf-8", "replace"))
    except LibraryError as error:
        raise DocumentError(str(error)) from None


def _resume(read: Paper) -> Resume:
    return Resume(kind=read.kind, why_not=read.why_not) if read.why_not else understood_resume(read)


def _usable(path: Path | str) -> Paper:
    read = paper(path, Kind.POSTING)
    if read.why_not:
        raise DocumentError(f"{path}: {read.why_not}")
    return read
