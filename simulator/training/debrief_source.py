"""What somebody brings home from an interview: typed, a text, a transcript of it, or what they dictated."""

import sys
from collections.abc import Sequence
from pathlib import Path

from vivavoce.simulator.errors import DocumentError
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.imports import formats
from vivavoce.transcripts.printable import printable
from vivavoce.transcripts.training.debrief import LONGEST, Asked, debriefed, of_talk

STDIN = Path("-")
LONGEST_SOUND = Seconds(3600.0)
PLAIN = (".txt", ".md", ".docx")
NOTHING = "no question was found in it; tell it as in: she asked me why I left. Or write one a line, with ?"


def asked(path: Path, settings: Settings, candidate: str = "") -> list[Asked]:
    """Return the questions that were asked, of which `path` tells.

    Args:
        path: STDIN, a text, a transcript of the interview itself, or a sound file.
        settings: the recogniser, for a sound file.
        candidate: the candidate's label in a transcript; "" to find out.

    Raises:
        DocumentError: no question is in it.
        TranscriptError: the text cannot be read.
        AudioError: the sound cannot be read, a model for it is not here, or the recogniser failed.
    """
    found = _asked(path, settings, candidate)
    if not found:
        raise DocumentError(NOTHING)
    return found


def _asked(path: Path, settings: Settings, candidate: str) -> list[Asked]:
    if path == STDIN:
        return debriefed(printable(sys.stdin.read(LONGEST)))
    if path.suffix.lower() not in formats.FORMATS:
        return _heard(path, settings, candidate)
    pieces = formats.read(path)
    if any(piece.speaker for piece in pieces):
        return _of_talk(pieces, candidate)
    plain = path.suffix.lower() in PLAIN  # what stands on a line of its own is an item of a list
    return debriefed(printable(formats.text(path)) if plain else " ".join(piece.text for piece in pieces))


def _heard(path: Path, settings: Settings, candidate: str) -> list[Asked]:
    """Return what a recording tells of: one of the talk itself has two sides, what was dictated has one."""
    from vivavoce.simulator.review.recordings import pieces
    from vivavoce.simulator.review.transcribe import recording

    said = pieces(recording(path, settings, LONGEST_SOUND).sides)
    if len({piece.speaker for piece in said}) > 1:
        return _of_talk(said, candidate)
    return debriefed(" ".join(piece.text for piece in said))


def _of_talk(spoken: Sequence[formats.Spoken], candidate: str) -> list[Asked]:
    talk = formats.paired(spoken, candidate)
    return of_talk([(question, " ".join(piece.text for piece in said)) for question, said in talk.pairs])
