"""What of a session was the telling of a story, and how long it took, from first word to last. Pure.

A question in between belongs to it, and so does what follows; what is asked after it does not. A telling that
was stopped because its time was over did not come to its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.talk.answers import Answer

# Moves after which a telling begins, and those that leave it going.
BEGINS = frozenset({"open", "repeat", "restart", "explain", "reassure", "boundary"})
GOES_ON = frozenset({"cut in", "go on"})
OVERTIME = "the time was over a while ago"  # why a telling is stopped
WORDS_A_SECOND = 2.5  # of what was typed, where no clock ran


@dataclass(frozen=True, slots=True)
class Telling:
    """The answers that are one telling, at least one; `whole` if it came to its end."""

    answers: tuple[Answer, ...]
    whole: bool

    @property
    def text(self) -> str:
        """What was told."""
        return " ".join(one.text for one in self.answers if one.text)

    @property
    def seconds(self) -> Seconds | None:
        """How long it took, with all that came in between; None where that is not known."""
        words = [word for one in self.answers for word in one.words]
        return Seconds(words[-1].end - words[0].start) if words else None

    @property
    def reckoned(self) -> Seconds:
        """How long it took, or for what was typed, about how long it would have."""
        return self.seconds or Seconds(len(self.text.split()) / WORDS_A_SECOND)


def told(answers: Sequence[Answer]) -> Telling:
    """Return the telling that `answers`, at least one, begin with, or that was begun anew among them."""
    found = [answers[0]]
    for one in answers[1:]:
        move = one.question.move
        if move in BEGINS:
            found = [one]
        elif move in GOES_ON and one.question.why != OVERTIME:
            found.append(one)
        else:
            break
    return Telling(tuple(found), found[-1].complete)
