"""Answers from a transcript that was made elsewhere, measured as far as it has times."""

from collections.abc import Iterator, Sequence

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.fillers import fillers
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.talk.turns import Turn

NO_TIMES = "the file has no times, so pace and pauses cannot be told"
CAPTION_TIMES = "the times are those of captions: the pace is near, pauses within a caption cannot be seen"


def answer(question: str, said: Sequence[Spoken]) -> Answer:
    """Return what was `said` to `question`; where only pieces have times, their words share them evenly."""
    words = tuple(word for piece in said for word in piece.words or _spread(piece))
    starts = [piece.start for piece in said if piece.start is not None]
    ends = [piece.end for piece in said if piece.end is not None]
    start = Seconds(min(starts, default=0.0))
    end = Seconds(max([*ends, start]))
    text = " ".join(piece.text for piece in said)
    return Answer(
        question=Turn(speaker="interviewer", start=start, end=start, text=question, timed=bool(starts)),
        turns=(Turn(speaker="candidate", start=start, end=end, text=text, words=words, timed=bool(starts)),),
        words=words,
        response_gap=None,
        pacing=pacing(words),
        fillers=tuple(fillers(words)),
        captioned=not all(piece.words for piece in said),
    )


def note(said: Sequence[Spoken]) -> str:
    """Return what cannot be told from what was `said`; empty if each word has its time."""
    if all(piece.words for piece in said):
        return ""
    return CAPTION_TIMES if any(piece.end is not None for piece in said) else NO_TIMES


def _spread(piece: Spoken) -> Iterator[Word]:
    if piece.start is None or piece.end is None:
        return
    texts = piece.text.split()
    step = (piece.end - piece.start) / len(texts)
    for number, text in enumerate(texts):
        start = piece.start + number * step
        yield Word(text=text, start=Seconds(start), end=Seconds(start + step))
