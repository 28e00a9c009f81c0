"""Patience: how long the interviewer waits in silence, and how long it listens to talk that circles.

The two never meet. Silence leads up the ladder, which only ever offers help; cutting in needs
speech that goes on without progress (requirement N01).
"""

from collections.abc import Sequence

from vivavoce.personas.persona import Persona
from vivavoce.transcripts.drift import novelty, repeated
from vivavoce.transcripts.events import Seconds, Word

LITTLE_NEW = 0.4  # of the content words of the last seconds; people who move on stay above
STEADY = 2  # finals in a row with little new, so that one clause of summing-up is no reason
MICRO_PAUSE = Seconds(0.10)
THINKING = Seconds(0.5)  # who is silent for so long may be thinking, and is left alone


class Ladder:
    """What a silence before the answer leads to."""

    def __init__(self, persona: Persona) -> None:
        self._persona = persona
        self.reset()

    def reset(self) -> None:
        """A new question was asked."""
        self._since: Seconds | None = None
        self._taken = 0

    def step(self, now: Seconds, *, spoken: bool) -> str | None:
        """Return "encourage", "reprompt" or "move on" when it is time, once each.

        Args:
            now: while the floor is open and nobody speaks.
            spoken: whether part of an answer was given already; then nothing is asked again.
        """
        self._since = now if self._since is None else self._since
        rungs = (
            (self._persona.encourage_after, "encourage"),
            (self._persona.reprompt_after, "move on" if spoken else "reprompt"),
            (self._persona.give_up_after, "move on"),
        )
        if self._taken >= len(rungs) or now - self._since < rungs[self._taken][0]:
            return None
        self._taken += 1
        return rungs[self._taken - 1][1]


class Rambling:
    """Watches one answer for talk that goes on without progress."""

    def __init__(self, floor: Seconds) -> None:
        self._floor = floor
        self.reset()

    def reset(self) -> None:
        """A new answer begins."""
        self._words: list[Word] = []
        self._stale = 0
        self._novelty = 1.0
        self.armed = False

    def receive(self, words: Sequence[Word]) -> None:
        """Take the words of a final."""
        self._words.extend(words)
        self._novelty = novelty(self._words, self._words[-1].end) if self._words else 1.0
        self._stale = self._stale + 1 if self._novelty < LITTLE_NEW else 0

    def evidence(self, now: Seconds) -> tuple[str, ...]:
        """Return why to cut in, the reason first; empty while there is none."""
        if not self._words or now - self._words[0].start < self._floor or self._stale < STEADY:
            return ()
        again = repeated(self._words, self._words[-1].end)[:4]
        return (
            "the answer circles",
            f"{self._novelty:.0%} of the latest content words are new",
            "again: " + ", ".join(again),
            f"{now - self._words[0].start:.0f} s into the answer",
        )

    def may_begin(self, silent_for: Seconds) -> bool:
        """Whether this is a place to begin: a micro-pause, not a silence."""
        return MICRO_PAUSE <= silent_for < THINKING
