"""What comes next in a round with a plan, which the candidate leads: coding, design. Pure.

The round's steps come first, each only if it has not come up and what it builds on has; whoever is past
one is asked for it as for something behind them. Who cannot get on has a hint. With the steps done, the
question is made harder, most so where all of them were heard, and then its own points come up: what
follows from what was told, and what was left out, in turn. Late in the round only what matters is left.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from vivavoce.personas.content.question import FAIR, STRONG, THIN, Point, Question
from vivavoce.personas.conversation.standing import Decided, Standing
from vivavoce.personas.conversation.topics import Wanted, asked_for, further, missed
from vivavoce.personas.moves import Move, Step

MOST_IN_PLAN = 16  # follow-ups to one question
OWN_BETWEEN = 3  # points of the question's own that are asked for before it is made harder again


def put_to(at: Standing, found: Wanted | None) -> Decided | None:
    """Return the step that asks for what was `found`, and where the interview stands then."""
    if found is None:
        return None
    move, key, why, line = found
    after = replace(at, probed=at.probed | {key}, follow_ups=at.follow_ups + 1, probing=True, asks="")
    return after, Step(move=move, why=why, question=line)


def in_time(decided: Decided, minutes: int) -> Decided:
    """Return what was `decided` with a word on the `minutes` that are left, once; 0 for none."""
    at, step = decided
    if not minutes or at.time_checked or step.move is not Move.PROBE_POINT:
        return decided
    return replace(at, time_checked=True), replace(step, minutes_left=minutes, lead="few minutes")


def next_step(
    question: Question, known: Collection[str], at: Standing, turn: int, *, late: bool
) -> Wanted | None:
    """Return what to ask next in a round with a plan; None if nothing is open.

    Args:
        question: what was asked.
        known: the points that were heard.
        at: where the interview stands.
        turn: another number asks in other words.
        late: whether little time is left.
    """
    asking = {point.check.id for point in question.points if point.asking and at.inquired}
    known = {*known, *asking}
    steps = [point for point in question.points if point.step]
    missing = missed(steps, known, at.probed)
    if late:
        missing = [point for point in missing if point.matters]
    ready = [point for point in missing if not point.after or known & {*point.after}]
    nothing_yet = not any({*point.after} & known for point in steps)
    if missing and not ready and nothing_yet and (hint := further(question, THIN, at.probed, turn)):
        return hint
    if ready:
        place = steps.index(ready[0])
        past = any(point.check.id in known for point in steps[place + 1 :])
        return asked_for(ready[0], turn, past=past)
    if late and any(_is_further(question, key) for key in at.probed):
        return None
    return _beyond(question, steps, known, at, turn, late=late)


def _beyond(
    question: Question, steps: Sequence[Point], known: Collection[str], at: Standing, turn: int, *, late: bool
) -> Wanted | None:
    """Return what is asked once the steps are behind: something harder, or a point of the question's own."""
    levels = (STRONG, FAIR) if all(point.check.id in known for point in steps) else (FAIR, STRONG)
    lines = (further(question, level, at.probed, turn) for level in levels)
    harder_line = next((one for one in lines if one is not None), None)
    own = [point for point in question.points if not point.step]
    asked = sum(point.check.id in at.probed for point in own)
    harder = sum(_is_further(question, key) for key in at.probed)
    if harder_line is not None and (late or asked >= OWN_BETWEEN * harder):
        return harder_line
    missing = [] if late else missed(own, known, at.probed)
    follows = [point for point in missing if {*point.after} & {*known}]
    rest = [point for point in missing if not point.after]
    ordered = [*follows, *rest] if asked % 2 == 0 else [*rest, *follows]
    return asked_for(ordered[0], turn) if ordered else harder_line


def _is_further(question: Question, line: str) -> bool:
    return any(line in question.further.get(level, ()) for level in (FAIR, STRONG))
