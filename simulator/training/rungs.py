"""What to keep of a take in 30, 60, 90 and 180 seconds, in the candidate's own sentences."""

from pathlib import Path

from vivavoce.transcripts.bank.ladder import Rung, ladder, pieces_of
from vivavoce.transcripts.bank.telling import told
from vivavoce.transcripts.errors import JournalError
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.library.stored_report import assessments
from vivavoce.transcripts.story.parts import Sentence
from vivavoce.transcripts.story.sentences import sentences
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.turns import turns


def rungs_of(folder: Path) -> tuple[Rung, ...]:
    """Return what to keep of a story at each length; () where no report tells what its sentences are.

    That takes a model, so only what the stored report found is used.
    """
    try:
        events = log.scan(folder / log.NAME).events
    except JournalError:
        return ()
    found, stored = answers(events, turns(events)), assessments(folder)
    if not found or not stored:
        return ()
    telling = told(found)
    judged = stored.get(telling.text) or next(iter(stored.values()))
    parts = [
        Sentence(start, end, segment.label, segment.confidence)
        for start, end in sentences(judged.text)
        for segment in judged.segments
        if segment.start <= start < segment.end
    ]
    return ladder(pieces_of(judged.text, parts, telling.words))
