"""What is asked next about a topic: the first point that was not heard, or something further. Pure.

A topic has no beginning and no end, but points that a good answer has. Who said little is asked an easier
question first. In a round with a plan the points are its steps, and the interviewer goes through all of them,
each only if it has not come up; in between it brings up what is harder, by the level of the answer.
"""

from collections.abc import Collection, Sequence

from vivavoce.personas.content.pack_faults import QUESTIONS
from vivavoce.personas.content.question import FAIR, STRONG, THIN, Point, Question
from vivavoce.personas.moves import Move
from vivavoce.transcripts.scoring.checks import held
from vivavoce.transcripts.story.sentences import sentences

MOST_IN_PLAN = 16  # follow-ups to one question of a round with a plan
THIN_SHARE, STRONG_SHARE = 0.25, 0.6  # of the points, heard unasked: up to which, and from which on
POINTS_BETWEEN = 3  # points that are asked for, in a plan, before something further is

Wanted = tuple[Move, str, str, str]  # the move, what counts as asked for then, why, and the words


def heard(points: Sequence[Point], text: str) -> frozenset[str]:
    """Return the ids of those of `points` that `text` has."""
    return frozenset(held([point.check for point in points], text, sentences(text)))


def wanted(
    question: Question, known: Collection[str], probed: Collection[str], asked: int, turn: int, plan: str
) -> Wanted | None:
    """Return what to ask next; None if nothing is open.

    Args:
        question: what was asked.
        known: the points that were heard.
        probed: what was asked for already: points, and levels that something further was asked for.
        asked: how many follow-ups there were.
        turn: another number asks in other words.
        plan: of the round.
    """
    unasked = [point for point in question.points if point.check.id in known and point.check.id not in probed]
    share = len(unasked) / max(1, len(question.points))
    level = THIN if share <= THIN_SHARE else STRONG if share >= STRONG_SHARE else FAIR
    missing = [one for one in question.points if one.check.id not in known and one.check.id not in probed]
    further = _further(question, level, probed, turn)
    if further is not None and (not missing or _is_due(level, probed, question, asked, plan)):
        return further
    if not missing:
        return None
    point = missing[0]
    return Move.PROBE_POINT, point.check.id, f"not heard: {point.name}", point.ask[turn % len(point.ask)]


def _is_due(level: str, probed: Collection[str], question: Question, asked: int, plan: str) -> bool:
    """Whether it is time for something further although points are missing."""
    if plan == QUESTIONS:
        return asked == 0 if level == THIN else level == STRONG and asked == 1
    points = sum(point.check.id in probed for point in question.points)
    return points > 0 and points >= POINTS_BETWEEN * (1 + asked - points)


def _further(question: Question, level: str, probed: Collection[str], turn: int) -> Wanted | None:
    lines = question.further.get(level, ())
    for place in range(len(lines)):
        line = lines[(turn + place) % len(lines)]
        if line not in probed:
            return Move.PROBE_FURTHER, line, f"the answer so far is {level}", line
    return None
