"""Patience: how long the interviewer waits in silence, and how long it listens to talk that circles.

The two never meet. Silence leads up the ladder, which only ever offers help; cutting in needs
speech that goes on without progress (requirement N01).
"""

from collections.abc import Sequence
from enum import StrEnum

from vivavoce.personas.persona import Persona
from vivavoce.transcripts.drift import RECENT_WORDS, novelty, repeated
from vivavoce.transcripts.events import Seconds, Word

LITTLE_NEW = 0.14  # of the latest words; people who move on stay above
STEADY = Seconds(2.0)  # of talk with little new, so that one clause of summing-up is no reason
MICRO_PAUSE = Seconds(0.10)
THINKING = Seconds(0.5)  # who is silent for so long may be thinking, and is left alone


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


class Rambling:
    """Watches one answer for talk that goes on without progress."""

    def __init__(self, floor: Seconds) -> None:
        self._floor = floor
        self.reset()

    def reset(self) -> None:
        """A new answer begins."""
        self._words: Sequence[Word] = ()
        self._stale_since: Seconds | None = None

    def receive(self, words: Sequence[Word]) -> None:
        """Take all the words of the answer so far, drafts included."""
        self._words = words
        if not words or novelty(words) > LITTLE_NEW:
            self._stale_since = None
        elif self._stale_since is None:
            self._stale_since = words[-1].end

    def evidence(self) -> tuple[str, ...]:
        """Return why to cut in, the reason first; empty while there is no reason."""
        if self._stale_since is None:
            return ()
        said_for, stale_for = (
            self._words[-1].end - self._words[0].start,
            self._words[-1].end - self._stale_since,
        )
        if said_for < self._floor or stale_for < STEADY:
            return ()
        return (
            "the answer circles",
            f"{novelty(self._words):.0%} of the last {RECENT_WORDS} words bring in something new",
            "again: " + ", ".join(repeated(self._words)[:4]),
            f"{said_for:.0f} s into the answer",
        )

    def may_begin(self, silent_for: Seconds) -> bool:
        """Whether this is a place to begin: a micro-pause, not a silence."""
        return MICRO_PAUSE <= silent_for < THINKING
