"""What is asked next about a topic: the first point that was not heard, or something further. Pure.

A topic has no beginning and no end, but points that a good answer has. Who said little is asked an easier
question first. A round with a plan goes on by it instead (plan.py).
"""

from collections.abc import Collection, Sequence

from vivavoce.personas.content.question import FAIR, STRONG, THIN, Point, Question
from vivavoce.personas.moves import Move
from vivavoce.transcripts.scoring.checks import held
from vivavoce.transcripts.story.sentences import sentences

THIN_SHARE, STRONG_SHARE = 0.25, 0.6  # of the points, heard unasked: up to which, and from which on

Wanted = tuple[Move, str, str, str]  # the move, what counts as asked for then, why, and the words


def heard(points: Sequence[Point], text: str, *, wrote: bool = False) -> frozenset[str]:
    """Return the ids of those of `points` that `text` has, or what was written if the candidate `wrote`."""
    checks = [point.check for point in points]
    written = {check.id for check in checks if check.written and wrote}
    return frozenset(held(checks, text, sentences(text))) | written


def wanted(
    question: Question, known: Collection[str], probed: Collection[str], asked: int, turn: int
) -> Wanted | None:
    """Return what to ask next; None if nothing is open.

    Args:
        question: what was asked.
        known: the points that were heard.
        probed: what was asked for already: points, and levels that something further was asked for.
        asked: how many follow-ups there were.
        turn: another number asks in other words.
    """
    unasked = [point for point in question.points if point.check.id in known and point.check.id not in probed]
    share = len(unasked) / max(1, len(question.points))
    level = THIN if share <= THIN_SHARE else STRONG if share >= STRONG_SHARE else FAIR
    missing = missed(question.points, known, probed)
    harder = further(question, level, probed, turn)
    due = asked == 0 if level == THIN else level == STRONG and asked == 1
    if harder is not None and (not missing or due):
        return harder
    return asked_for(missing[0], turn) if missing else None


def missed(points: Sequence[Point], known: Collection[str], probed: Collection[str]) -> list[Point]:
    """Return those of `points` that were neither heard nor asked for."""
    return [one for one in points if one.check.id not in known and one.check.id not in probed]


def asked_for(point: Point, turn: int, *, past: bool = False) -> Wanted:
    """Return how `point` is asked for, in other words if it is `past`."""
    lines = point.late if past and point.late else point.ask
    return Move.PROBE_POINT, point.check.id, f"not heard: {point.name}", lines[turn % len(lines)]


def further(question: Question, level: str, probed: Collection[str], turn: int) -> Wanted | None:
    """Return what is asked further after an answer of `level`, and was not yet; None if nothing is."""
    lines = question.further.get(level, ())
    for place in range(len(lines)):
        line = lines[(turn + place) % len(lines)]
        if line not in probed:
            return Move.PROBE_FURTHER, line, f"the answer so far is {level}", line
    return None
