"""Sound that goes on: with it comes the end of what was said just before, as sound and as words.

A unit of a few seconds tells a recogniser little of who speaks, how and about what. One that hears the
seconds before it too, and is told which words were said in them, only has to write what follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vivavoce.audio.frame import Frame, Samples, join
from vivavoce.transcripts.events import Seconds, Word

SHORTEST_LEAD = Seconds(3.0)  # if so much was said
LONGEST_LEAD = Seconds(8.0)
BEFORE_A_WORD = Seconds(0.25)  # soft first sounds
AFTER_A_WORD = Seconds(0.5)  # of the pause at the lead's end
LONGEST_SOUND = Seconds(14.0)  # which needs no lead, and with one might be more than a recogniser hears
# As a pause in mid-sentence is written; what is said now goes on.
BROKEN_OFF = ("..", "…", "-")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Continued(Frame):
    """A sound, and what leads to it; that is no part of it, and who cannot use it hears the sound alone.

    Attributes:
        lead: the end of what was said just before, cut in a pause.
        begun: the words in `lead`, at least one.
        prompt: terms to expect; what was said before the lead is not in it.
    """

    lead: Samples
    begun: str
    prompt: str

    @property
    def alone(self) -> Frame:
        """The sound without what leads to it."""
        return Frame(self.start, self.samples, self.lost)


class Past:
    """The end of what was said, as far as it leads to what is said next."""

    def __init__(self) -> None:
        self._frames: list[Frame] = []
        self._words: list[Word] = []

    def add(self, frames: Sequence[Frame], words: Sequence[Word]) -> None:
        """Take the next `frames`, and the `words` that were said in them."""
        if not words:
            return
        self._frames += frames
        self._words += words
        end = Seconds(self._words[-1].end + AFTER_A_WORD)
        self._words = self._words[_first(self._words, end) :]
        start = self._words[0].start - BEFORE_A_WORD if self._words else end
        self._frames = [one for one in self._frames if start < one.ended_at and one.started_at < end]

    def forget(self) -> None:
        """What is said next has nothing to do with what was said."""
        self._frames, self._words = [], []

    def leads_to(self, sound: Frame, prompt: str) -> Frame:
        """Return `sound` with what leads to it, if there is anything, and `prompt` for the two."""
        begun = " ".join(word.text for word in self._words)
        if begun.endswith(BROKEN_OFF):
            begun = begun.rstrip("".join(BROKEN_OFF))
        if not begun or sound.duration > LONGEST_SOUND:
            return sound
        lead = join(self._frames).samples
        return Continued(sound.start, sound.samples, sound.lost, lead=lead, begun=begun, prompt=prompt)


def _first(words: Sequence[Word], end: Seconds) -> int:
    """Return which word a lead up to `end` begins with: the one behind the longest pause."""
    pauses = [0.0, *(after.start - before.end for before, after in pairwise(words))]
    lengths = [end - word.start for word in words]
    fit = [n for n, length in enumerate(lengths) if SHORTEST_LEAD <= length <= LONGEST_LEAD]
    if not fit:  # so little was said, or the words are strangely placed
        return next((n for n, length in enumerate(lengths) if length <= LONGEST_LEAD), len(words))
    return max(fit, key=lambda n: pauses[n])
