"""Patience: how long the interviewer waits in silence, and how long it listens to talk without progress.

The two never meet. Silence leads up the ladder, which only ever offers help; cutting in needs
speech that goes on without progress (requirement N01).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vivavoce.personas.content.persona import Persona
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.progress import Progress, staleness
from vivavoce.transcripts.story.subject import BELONGS, Meaning, nothing

FLOOR = Seconds(25.0)  # of talk that every answer has
# Pressure grows with every second of talk by the log-odds that it brings nothing new, and falls with talk
# that does (a cumulative sum, the quickest test for a change: Page 1954).
ENOUGH = 9.0  # pressure, in log-odds times seconds
LETS_GO = 0.5  # of that; below, the talk has moved on after all
STRONGEST = 6.0  # log-odds; no moment counts for more
WORD_SECONDS = 0.6  # of talk that a word counts for at most, so that a pause counts for nothing
LET_SPEAK = Seconds(60.0)  # of talk without a cut-in, for who asked to finish
COOL_DOWN = Seconds(45.0)  # between two cut-ins
MOST_CUT_INS = 2  # an answer
LONG_AGO = Seconds(6.0)  # for something new to be worth saying
AS_BEFORE = 0.1  # cosine beyond which it was said before
MICRO_PAUSE = Seconds(0.1)
JUST_NOW = Seconds(0.6)  # since a clause ended, by its mark
CLAUSE_ENDS = tuple(".,;:?!")
NO_PAUSE = Seconds(1.0)  # of talk without one: then the end of a clause will do
NO_CLAUSE = Seconds(3.0)  # and then the end of a word
THINKING = Seconds(0.3)  # who is silent for so long may be thinking, and is left alone


class Rung(StrEnum):
    """What a silence leads to, one after the other."""

    ENCOURAGE = "encourage"
    REPROMPT = "reprompt"
    MOVE_ON = "move on"


class Ladder:
    """What a silence before the answer leads to. Each silence is measured from its own beginning."""

    def __init__(self, persona: Persona) -> None:
        self._after = {
            Rung.ENCOURAGE: persona.encourage_after,
            Rung.REPROMPT: Seconds(persona.reprompt_after - persona.encourage_after),
            Rung.MOVE_ON: Seconds(persona.give_up_after - persona.reprompt_after),
        }
        self.reset()

    def reset(self) -> None:
        """A new question was asked."""
        self._since: Seconds | None = None
        self._rungs = list(Rung)

    def pause(self) -> None:
        """Somebody speaks: the silence is over."""
        self._since = None

    def step(self, now: Seconds, *, answered: bool) -> Rung | None:
        """Return what it is time for, once each; the last again and again.

        Args:
            now: while the floor is open and nobody speaks.
            answered: whether part of an answer was given; then nothing is asked again.
        """
        if self._since is None:
            self._since = now
        rung = self._rungs[0]
        if now - self._since < self._after[rung]:
            return None
        self._since = None
        if len(self._rungs) > 1:
            self._rungs.pop(0)
        return Rung.MOVE_ON if answered and rung is Rung.REPROMPT else rung


@dataclass(frozen=True, slots=True)
class Eagerness:
    """How readily somebody cuts in: 0 never, 1 as a usual interviewer, 2 at the first sign."""

    factor: float = 1.0

    @property
    def enough(self) -> float:
        """The pressure at which to cut in."""
        return ENOUGH / max(self.factor, 0.1)


USUAL = Eagerness()


class Rambling:
    """Watches one answer for talk that goes on without progress."""

    def __init__(
        self, floor: Seconds = FLOOR, eagerness: Eagerness = USUAL, meaning: Meaning = nothing
    ) -> None:
        self._meaning = meaning
        self._floor = Seconds(max(floor, FLOOR))
        self._eagerness = eagerness
        self._cut_in_at: list[Seconds] = []
        self.reset()

    def reset(self, question: str = "", *, same_question: bool = False) -> None:
        """A new answer begins, to `question`. Cut-ins are counted until a new question is asked."""
        self._progress = Progress(question, self._meaning)
        self._quiet_until = Seconds(0.0)
        self._pressure, self._pressed = 0.0, False
        self._due_at: Seconds | None = None  # since when there is reason to cut in
        self._count, self._until = 0, Seconds(0.0)
        self.progressed_until = Seconds(0.0)
        self._cut_in_at = self._cut_in_at if same_question else []

    def let_speak(self) -> None:
        """Who asked to finish is let speak on for a while."""
        self._quiet_until = LET_SPEAK

    def receive(self, final: Sequence[Word], pending: Sequence[Word]) -> None:
        """Take words that have become final, and the present hypothesis of the rest."""
        progress = self._progress
        if not progress.receive(final, pending) or progress.latest is None:
            return
        talked = min(progress.latest.end - self._until, WORD_SECONDS * (progress.count - self._count))
        if talked <= 0:
            return
        odds = min(max(staleness(progress.signals, progress.likeness), -STRONGEST), STRONGEST)
        self._pressure = min(max(0.0, self._pressure + odds * talked), 2 * self._eagerness.enough)
        self._pressed = self._pressure >= self._eagerness.enough * (LETS_GO if self._pressed else 1.0)
        if self._pressure == 0.0:  # the sum's last zero is the likeliest place of the change
            self.progressed_until = progress.latest.end
        self._count, self._until = progress.count, progress.latest.end
        self._due_at = (self._due_at or progress.latest.end) if self._ought(progress.latest.end) else None

    def _ought(self, latest: Seconds) -> bool:
        if self._eagerness.factor <= 0 or len(self._cut_in_at) >= MOST_CUT_INS:
            return False
        cooling = bool(self._cut_in_at) and latest - self._cut_in_at[-1] < COOL_DOWN
        early = self._progress.said_for < max(self._floor, self._quiet_until)
        return self._pressed and not (cooling or early)

    def evidence(self) -> tuple[str, ...]:
        """Return why to cut in, the reason first; empty while there is no reason."""
        return () if self._due_at is None else self._told()

    def has_cut_in(self, at: Seconds) -> None:
        """Take note of a cut-in."""
        self._cut_in_at.append(at)
        self._pressure, self._pressed, self._due_at = 0.0, False, None

    def may_begin(self, now: Seconds, silent_for: Seconds) -> bool:
        """Whether this is a place to begin: a micro-pause, not a silence.

        Some never pause. After a while the end of a clause will do for them, and at last any word.
        """
        latest = self._progress.latest
        if latest is None or self._due_at is None or silent_for >= THINKING:
            return False
        waited = now - self._due_at
        at_a_clause = latest.text[-1:] in CLAUSE_ENDS and now - latest.end <= JUST_NOW
        return silent_for >= MICRO_PAUSE or waited >= (NO_PAUSE if at_a_clause else NO_CLAUSE)

    def _told(self) -> tuple[str, ...]:
        progress, signals = self._progress, self._progress.signals
        again = progress.repeated()[:4]
        latest = progress.latest.end if progress.latest else Seconds(0.0)
        nothing_new = latest - progress.fact_at
        return (
            _reason(progress),
            f"{signals.novelty:.0%} of the latest words bring in something new",
            *([f"again: {', '.join(again)}"] if again else []),
            *([f"nothing new was told for {nothing_new:.0f} s"] if nothing_new >= LONG_AGO else []),
            f"{progress.said_for:.0f} s into the answer",
        )


def _reason(progress: Progress) -> str:
    """Return, in words, what stands out in the latest talk."""
    signals, likeness = progress.signals, progress.likeness
    if likeness is not None and likeness.to_subject < BELONGS:
        return "the answer has left the question"
    if likeness is not None and likeness.said_before > AS_BEFORE:
        return "the answer circles"
    if signals.after_result > 0.5:
        return "the result was told, and the answer goes on"
    if signals.hedged > 0.2:
        return "much of it is fillers and hedges"
    if signals.aside > 0 or signals.on_topic < 0.1:
        return "the answer has left the question"
    if signals.novelty < 0.2 or signals.repeating > 0.3:
        return "the answer circles"
    return "the answer does not move on"
