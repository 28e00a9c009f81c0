"""Fillers: the "um" and "uh" that were heard, and when.

Only hard fillers are counted: sounds that are never words. What is a filler in one place and a
word in another ("like", "you know") is left for a closer look.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds, Word

RECALL_NOTE = "speech recognition leaves fillers out, so there were at least this many"
TYPICAL_PER_100_WORDS = (0.0, 6.0)  # verbatim transcripts of interviews and talks; above is notable
RUN = 3  # more of the same filler in a row is the recogniser's stutter, not the speaker's

_HARD = re.compile(r"u+m+|u+h+m*|e+r+m*|h+m+|a+h+")


@dataclass(frozen=True, slots=True)
class Filler:
    """A filler that was heard."""

    text: str
    at: Seconds


def is_filler(word: Word) -> bool:
    """Return whether `word` is a filler: flagged by the recogniser, or a hard one by its spelling."""
    return word.filler or _HARD.fullmatch(_bare(word)) is not None


def fillers(words: Sequence[Word]) -> list[Filler]:
    """Return the fillers among `words`, of a run of the same one only the first RUN."""
    found, run, last = [], 0, ""
    for word in words:
        text = _bare(word)
        run = run + 1 if text == last and run else int(is_filler(word))
        last = text
        if 0 < run <= RUN:
            found.append(Filler(text, word.start))
    return found


def _bare(word: Word) -> str:
    return re.sub(r"\W", "", word.text).lower()
