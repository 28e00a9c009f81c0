"""Answers from a transcript that was made elsewhere, measured as far as it has times."""

from collections.abc import Iterator, Sequence

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.imports.follow_ups import asks_on, replies, stems
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.fillers import fillers
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.talk.turns import Turn
from vivavoce.transcripts.words import Span

FOLLOW_UP = "probe(follow-up)"  # the move of a question that asks on
NO_TIMES = "the file has no times, so pace and pauses cannot be told"
ONLY_STARTS = "the file only says when each turn begins, so pace and pauses cannot be told"
CAPTION_TIMES = "the times are those of captions: the pace is near, pauses within a caption cannot be seen"


def answers(
    pairs: Sequence[tuple[str, Sequence[Spoken]]], question: str = "", speech: Sequence[Span] = ()
) -> list[Answer]:
    """Return the answers of `pairs`. A question that only asks on belongs to the thread before.

    Args:
        pairs: each question with what was said to it.
        question: that of an answer whose question the file does not say.
        speech: when the candidate made speech sounds, if that is known.
    """
    found: list[Answer] = []
    thread: set[str] = set()  # what was said in it
    for asked, said in pairs:
        on = bool(found) and (asks_on(asked, thread) or replies(asked, found[-1].text))
        one = answer(asked or question, said, FOLLOW_UP if on else "", speech)
        thread = (thread if on else set()) | stems(f"{one.question.text} {one.text}")
        found.append(one)
    return found


def answer(question: str, said: Sequence[Spoken], move: str = "", speech: Sequence[Span] = ()) -> Answer:
    """Return what was `said` to `question`; where only pieces have times, their words share them evenly."""
    words = tuple(word for piece in said for word in piece.words or _spread(piece))
    starts = [piece.start for piece in said if piece.start is not None]
    ends = [piece.end for piece in said if piece.end is not None]
    start = Seconds(min(starts, default=0.0))
    end = Seconds(max([*ends, start]))
    text = " ".join(piece.text for piece in said)
    timed = bool(starts)
    return Answer(
        question=Turn(speaker="interviewer", start=start, end=start, text=question, move=move, timed=timed),
        turns=(Turn(speaker="candidate", start=start, end=end, text=text, words=words, timed=timed),),
        words=words,
        response_gap=None,
        pacing=pacing(words, speech),
        fillers=tuple(fillers(words)),
        captioned=not all(piece.words for piece in said),
    )


def note(said: Sequence[Spoken]) -> str:
    """Return what cannot be told from what was `said`; empty if each word has its time."""
    if all(piece.words for piece in said):
        return ""
    if any(piece.end is not None for piece in said):
        return CAPTION_TIMES
    return ONLY_STARTS if any(piece.start is not None for piece in said) else NO_TIMES


def _spread(piece: Spoken) -> Iterator[Word]:
    if piece.start is None or piece.end is None:
        return
    texts = piece.text.split()
    step = (piece.end - piece.start) / len(texts)
    for number, text in enumerate(texts):
        start = piece.start + number * step
        yield Word(text=text, start=Seconds(start), end=Seconds(start + step))
