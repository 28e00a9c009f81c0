"""When each word of a take's text was said. Pure."""

from bisect import bisect_right
from collections.abc import Sequence

from vivavoce.transcripts.events import Seconds, Word

AHEAD = 2000  # characters of the text in which its next word is looked for

Places = list[tuple[int, Seconds]]


def places(text: str, words: Sequence[Word]) -> Places:
    """Return where each of `words` that is in `text` begins, and when it was said."""
    found: Places = []
    at = 0
    for word in words:
        place = text.find(word.text, at, at + AHEAD)
        if place >= 0:
            found.append((place, word.start))
            at = place + len(word.text)
    return found


def said_at(known: Places, offset: int) -> Seconds | None:
    """Return when the word at `offset` was said; None if nothing was spoken."""
    if not known:
        return None
    return known[max(0, bisect_right(known, offset, key=lambda place: place[0]) - 1)][1]
