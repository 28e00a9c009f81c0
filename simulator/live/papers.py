"""The user's own papers, a résumé and a job posting, read and understood."""

import os
import sys
from pathlib import Path

from vivavoce.personas.papers.formats.read import paper
from vivavoce.personas.papers.paper import Kind, Paper
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.personas.papers.understanding.posting import posting
from vivavoce.personas.papers.understanding.resume import resume as understood
from vivavoce.simulator.errors import DocumentError

NO_PROJECT = "No project was found in your résumé to ask about; vivavoce prepare shows what was understood."


def known(resume: Path | str | None, job: Path | str | None, title: str = "") -> Tailoring:
    """Return what the files `resume` and `job` (a posting) say; neither need be given.

    A résumé of which nothing can be asked is told of on stderr.

    Raises:
        DocumentError: one of them cannot be read, or is something else.
    """
    found = Tailoring(
        understood(_read(resume, Kind.RESUME)) if resume else None,
        posting(_read(job, Kind.POSTING)) if job else None,
        title,
    )
    if found.resume is not None:
        if found.resume.why_not:
            raise DocumentError(f"{resume}: {found.resume.why_not}")
        if not found.resume.projects:
            print(NO_PROJECT, file=sys.stderr)
    return found


def _read(path: Path | str, kind: Kind) -> Paper:
    read = paper(os.path.expanduser(path), kind)
    if read.why_not:
        raise DocumentError(f"{path}: {read.why_not}")
    return read
