"""Interruptions: who took the floor from whom, why, and how the candidate got going again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from vivavoce.transcripts.events import BargeIn, CutIn, Event, Seconds
from vivavoce.transcripts.talk.fillers import is_filler
from vivavoce.transcripts.talk.turns import Speaker, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """One side took the floor from the other at `at`.

    `evidence` is what the interviewer's reason rests on. `recovery` is from the end of the
    interviewer's cut-in to the candidate's next word that is not a filler; None if there was none.
    """

    by: Speaker
    at: Seconds
    why: str = ""
    evidence: tuple[str, ...] = ()
    recovery: Seconds | None = None


def interruptions(events: Sequence[Event], turns: Sequence[Turn]) -> list[Interruption]:
    """Return the cut-ins and barge-ins of a session by time."""
    found = [
        Interruption(by="interviewer", at=e.at, why=e.why, evidence=e.evidence, recovery=_recovery(e, turns))
        for e in events
        if isinstance(e, CutIn)
    ]
    found += [Interruption(by="candidate", at=e.started_at) for e in events if isinstance(e, BargeIn)]
    return sorted(found, key=lambda interruption: interruption.at)


def _recovery(cut: CutIn, turns: Sequence[Turn]) -> Seconds | None:
    after = dropwhile(lambda turn: turn.speaker == "candidate" or turn.end < cut.at, turns)
    line = next(after, None)
    onset = next((word.start for turn in after for word in turn.words if not is_filler(word)), None)
    return None if line is None or onset is None else Seconds(max(0.0, onset - line.end))
