"""What was heard of the sides of a recording, put together as talk: pieces, pauses, and who was silent."""

from collections.abc import Iterator, Mapping, Sequence

from vivavoce.transcripts.events import Event, Seconds
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.talk.pacing import pauses
from vivavoce.transcripts.talk.turns import NEVER
from vivavoce.transcripts.words import Span, middle, speech, words

PIECE_PAUSE = Seconds(0.5)  # of one side: behind it what the other says may stand
LONG_SILENCE = Seconds(300.0)


def pieces(sides: Mapping[str, Sequence[Event]]) -> list[Spoken]:
    """Return what was said by the `sides`, each by its name, in order; a piece ends with a pause."""
    found = [piece for name, events in sides.items() for piece in _pieces(name, events)]
    return sorted(found, key=lambda piece: piece.start or 0.0)


def _pieces(name: str, events: Sequence[Event]) -> Iterator[Spoken]:
    left = words(events)
    silent = [one for one in pauses(left, speech(events)) if one.length >= PIECE_PAUSE]
    begun = Seconds(0.0)
    for end, begins in [*((one.start, one.end) for one in silent), (NEVER, NEVER)]:
        part = tuple(word for word in left if 2 * middle(word) < end + begins)  # stretched over silence
        left = left[len(part) :]
        if part:
            start, over = max(begun, part[0].start), min(end, max(word.end for word in part))
            text = " ".join(word.text.strip() for word in part)
            yield Spoken(name, text, start, max(start, over), part)
        begun = begins


def silences(sides: Mapping[str, Sequence[Event]], length: Seconds) -> Iterator[Span]:
    """Yield where nobody spoke for LONG_SILENCE and more, in a recording of this `length`."""
    latest = Seconds(0.0)
    spoken = sorted(span for events in sides.values() for span in speech(events))
    for span in [*spoken, Span(length, length)]:
        if span.start - latest >= LONG_SILENCE:
            yield Span(latest, span.start)
        latest = max(latest, span.end)
