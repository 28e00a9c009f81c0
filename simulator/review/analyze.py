"""`vivavoce analyze`: the report on a session, a recording, or a transcript made elsewhere."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from vivavoce.simulator.engine.answer_reader import THREADS, reader
from vivavoce.simulator.errors import DocumentError
from vivavoce.simulator.review.recordings import pieces, silences
from vivavoce.simulator.review.session_report import reported
from vivavoce.simulator.review.transcribe import Recording, recording
from vivavoce.simulator.settings import Settings, kept
from vivavoce.transcripts.events import Event, Seconds
from vivavoce.transcripts.imports import formats, imported_answers
from vivavoce.transcripts.imports.pairing import BACKWARDS
from vivavoce.transcripts.journal.log import NAME
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.report.missed_lines import heard_again, missed
from vivavoce.transcripts.report.report import Report, summed
from vivavoce.transcripts.scoring.assessment import Reader
from vivavoce.transcripts.short_lists import few
from vivavoce.transcripts.story.english import looks_english
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.timestamps import clock
from vivavoce.transcripts.words import speech

LONGEST = Seconds(6 * 3600.0)  # of a recording: more is no interview, and takes hours to hear
NO_QUESTION = "no question was given (--question): all is taken as one answer"
TYPED = ".jsonl"
ALIKE = "all channels of the file hold the same sound, so they do not tell who speaks"
NOT_ENGLISH = "this does not seem to be English, the only language that is judged so far"


def analyze(
    path: Path, settings: Settings, question: str = "", candidate: str = "", threads: int = THREADS
) -> Report:
    """Return the report on what is at `path`.

    Args:
        path: a session's folder or its id, a sound file, or a transcript (its name says which).
        settings: the recogniser, for a sound file.
        question: what was asked, where the file does not say.
        candidate: the label of the candidate in a transcript, or their channel; "" to find out.
        threads: how many may read the answers of a transcript.

    Raises:
        TranscriptError: there is no such session, or the transcript cannot be read.
        DocumentError: it is a folder of transcripts, or a file of typed answers.
        AudioError: the sound cannot be read, a model for it is not here, or the recogniser failed.
    """
    if _is_transcript(path):
        return _transcript(path, settings, question, candidate, reader(threads))
    if path.suffix.lower() == TYPED:
        raise DocumentError(f"{path} has typed answers, a line each; they are for `vivavoce score`")
    if path.is_file():
        return _recording(path, settings, question, candidate)
    folder = path if path.is_dir() else sessions.find(str(path))
    if not (folder / NAME).exists() and any(map(_is_transcript, folder.glob("*"))):
        raise DocumentError(f"{folder} is a folder of transcripts; name one, or add --to FOLDER for all")
    return reported(folder, reader())[1]


def _is_transcript(path: Path) -> bool:
    return path.suffix.lower() in formats.FORMATS


def _transcript(path: Path, settings: Settings, question: str, candidate: str, means: Reader) -> Report:
    talk = formats.paired(formats.read(path), candidate)
    found = imported_answers.answers(talk.pairs, question)
    notes = {*talk.notes, imported_answers.note([piece for _, said in talk.pairs for piece in said])} - {""}
    if BACKWARDS in notes:
        notes.discard(imported_answers.NO_TIMES)  # it has some, and they are of no use
    if not looks_english(" ".join(answer.text for answer in found)):
        notes.add(NOT_ENGLISH)
    length = max((turn.end for answer in found for turn in answer.turns), default=Seconds(0.0))
    meta = Meta(title=path.stem, settings=kept(settings))
    return summed(found, meta, length=length, notes=[talk.taken, *sorted(notes)], reader=means)


def _recording(path: Path, settings: Settings, question: str, candidate: str) -> Report:
    """Return the report on a sound file: the sides of a call apart, else all that nobody surely asks."""
    said = recording(path, settings, LONGEST, twice=True)
    talk = formats.paired(pieces(said.sides), candidate)
    names = {piece.speaker for _, told in talk.pairs for piece in told}
    theirs = [event for name, events in said.sides.items() if name in names or not name for event in events]
    found = imported_answers.answers(talk.pairs or [("", [])], question, speech(theirs))
    meta = Meta(title=path.stem, models={"recogniser": said.model}, settings=kept(settings))
    return summed(
        found,
        meta,
        length=said.length,
        heard=[word for answer in found for word in answer.words],
        notes=[*filter(None, [talk.taken]), *_notes(said, found, theirs)],
        reader=reader(),
    )


def _notes(said: Recording, found: Sequence[Answer], theirs: Sequence[Event]) -> Iterator[str]:
    """Yield what to know of a recording and of the answers `found` in it."""
    if not any(answer.question.text for answer in found):
        yield NO_QUESTION
    if said.alike:
        yield ALIKE
    text = " ".join(answer.text for answer in found)
    if text and not looks_english(text):
        yield NOT_ENGLISH
    for span in silences(said.sides, said.length):
        yield f"nobody spoke from {clock(span.start)} to {clock(span.end)}"
    yield from few((line for _, line in missed(theirs)), "{:,} more stretches like these")
    yield from heard_again(theirs)
