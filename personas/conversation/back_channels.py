"""Back-channels: the soft words of a listener, "uh-huh", by which nobody takes the floor.

One comes just as the candidate goes on after the short pause at the end of a clause. Who goes on has
not finished, so none falls into the end of a turn; who stops for longer is thinking, and hears nothing.
"""

from collections.abc import Sequence

from vivavoce.personas.content.persona import Persona
from vivavoce.personas.conversation.patience import CLAUSE_ENDS
from vivavoce.transcripts.events import Seconds

FIRST_AFTER = Seconds(12.0)  # of listening to an answer
SHORTEST_PAUSE, LONGEST_PAUSE = Seconds(0.25), Seconds(1.0)  # of those at which a clause ends


class BackChannels:
    """When one listener says a soft word, and which: the words come in turn."""

    def __init__(self, persona: Persona, words: Sequence[str], seed: int = 0) -> None:
        """Listen as `persona` does, with `words`."""
        self._every = persona.back_channel_every
        self._words = words if persona.back_channels else ()
        self._turn = seed
        self._listening_since, self._latest = Seconds(0.0), Seconds(-self._every)

    def listen(self, now: Seconds) -> str:
        """Take note that a line was heard, and an answer to it begins; return all that may be said then."""
        self._listening_since = now
        return " ".join(self._words)

    def due(self, now: Seconds, pause: Seconds, said: str) -> str:
        """Return the word to say as the candidate goes on after a `pause`; empty if there is none now.

        Args:
            now: when they do.
            pause: how long they paused.
            said: the answer so far; without a mark at its end the pause was one in mid-clause.
        """
        since = max(self._listening_since + FIRST_AFTER, self._latest + self._every)
        at_a_clause = said[-1:] in CLAUSE_ENDS and SHORTEST_PAUSE <= pause <= LONGEST_PAUSE
        if not self._words or now < since or not at_a_clause:
            return ""
        return self._words[self._turn % len(self._words)]

    def said(self, now: Seconds) -> None:
        """Take note that what was due was said."""
        self._latest = now
        self._turn += 1
