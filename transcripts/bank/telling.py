"""What of a session was the telling of a story, and how long it took, from first word to last. Pure.

A question in between belongs to it, and so does what follows; what is asked after it does not. A telling that
was stopped because its time was over did not come to its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.turns import Turn

# Moves after which a telling begins, and those that leave it going.
BEGINS = frozenset({"open", "repeat", "restart", "explain", "reassure", "boundary"})
GOES_ON = frozenset({"cut in", "go on"})
OVERTIME = "the time was over a while ago"  # why a telling is stopped
WORDS_A_SECOND = 2.5  # of what was typed, where no clock ran
FEWEST_WORDS = 6  # of a turn that is a story and no "okay"


@dataclass(frozen=True, slots=True)
class Telling:
    """The answers that are one telling; `whole` if it came to its end."""

    answers: tuple[Answer, ...] = ()
    whole: bool = False

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The candidate's, from the first on that is more than "okay"."""
        turns = (turn for one in self.answers for turn in one.turns)
        return tuple(dropwhile(lambda turn: len(turn.text.split()) < FEWEST_WORDS, turns))

    @property
    def words(self) -> list[Word]:
        """What was told, word by word."""
        return [word for turn in self.turns for word in turn.words]

    @property
    def text(self) -> str:
        """What was told."""
        return " ".join(turn.text for turn in self.turns)

    @property
    def seconds(self) -> Seconds | None:
        """How long it took, with all that came in between; None where that is not known."""
        words = self.words
        return Seconds(words[-1].end - words[0].start) if words else None

    @property
    def reckoned(self) -> Seconds:
        """How long it took, or for what was typed, about how long it would have."""
        return self.seconds or Seconds(len(self.text.split()) / WORDS_A_SECOND)


def told(answers: Sequence[Answer]) -> Telling:
    """Return the telling that `answers` begin with, or that was begun anew among them."""
    found = [*answers[:1]]
    for one in answers[1:]:
        move = one.question.move
        if move in BEGINS:
            found = [one]
        elif move in GOES_ON and one.question.why != OVERTIME:
            found.append(one)
        else:
            break
    return Telling(tuple(found), bool(found) and found[-1].complete)
