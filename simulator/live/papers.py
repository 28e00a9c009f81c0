"""The user's own papers, a résumé or a job posting: plain text of a bounded size."""

import os
import sys
from pathlib import Path

from vivavoce.personas.papers.tailoring import Tailoring, tailoring
from vivavoce.personas.papers.understanding.plain import plain_paper
from vivavoce.personas.papers.understanding.posting import posting
from vivavoce.personas.papers.understanding.resume import resume as understood
from vivavoce.simulator.errors import DocumentError

MOST_BYTES = 200_000
LEAST_WORDS = 10
NO_PROJECT = 'No project was found in your résumé; lines like "Built a churn model for ..." are understood.'


def known(resume: Path | str | None, job: Path | str | None) -> Tailoring:
    """Return what the files `resume` and `job` (a posting) say; neither need be given.

    A résumé of which nothing can be asked is told of on stderr.

    Raises:
        DocumentError: one of them cannot be read.
    """
    found = tailoring(
        understood(plain_paper(document(Path(resume)))) if resume else None,
        posting(plain_paper(document(Path(job)))) if job else None,
    )
    if resume and not found.projects:
        print(NO_PROJECT, file=sys.stderr)
    return found


def document(path: Path) -> str:
    """Return the text in `path`.

    Raises:
        DocumentError: it is not there, too large, or not text.
    """
    try:
        with open(os.path.expanduser(path), "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # the latter: no file can be called so
        why = getattr(error, "strerror", None) or error
        raise DocumentError(f"cannot read {path}: {why}; name a text file (.txt, .md)") from error
    if len(content) > MOST_BYTES:
        raise DocumentError(
            f"{path} is larger than {MOST_BYTES // 1000} kB; save the pages that matter as text"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or content.startswith((b"%PDF", b"{\\rtf")):
        raise DocumentError(f"{path} is not plain text; save it as text in UTF-8 (.txt, .md) and try again")
    if len(text.split()) < LEAST_WORDS:
        raise DocumentError(f"there is hardly any text in {path}; is it the right file?")
    return text
