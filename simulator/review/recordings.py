"""What was heard of the sides of a recording, put together as talk: pieces, pauses, and who was silent."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from vivavoce.transcripts.events import Event, Seconds
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.words import Span, speech, words

PIECE_PAUSE = Seconds(0.5)  # of one side: behind it what the other says may stand
LONG_SILENCE = Seconds(300.0)


def pieces(sides: Mapping[str, Sequence[Event]]) -> list[Spoken]:
    """Return what was said by the `sides`, each by its name, in order; a piece ends with a pause."""
    found = [piece for name, events in sides.items() for piece in _pieces(name, events)]
    return sorted(found, key=lambda piece: piece.start or 0.0)


def _pieces(name: str, events: Sequence[Event]) -> Iterator[Spoken]:
    told = words(events)
    ends = [n for n, (a, b) in enumerate(pairwise(told), 1) if b.start - a.end >= PIECE_PAUSE]
    for first, last in pairwise([0, *ends, len(told)]):
        part = tuple(told[first:last])
        if part:
            text = " ".join(word.text.strip() for word in part)
            yield Spoken(name, text, part[0].start, max(word.end for word in part), part)


def silences(sides: Mapping[str, Sequence[Event]], length: Seconds) -> Iterator[Span]:
    """Yield where nobody spoke for LONG_SILENCE and more, in a recording of this `length`."""
    latest = Seconds(0.0)
    spoken = sorted(span for events in sides.values() for span in speech(events))
    for span in [*spoken, Span(length, length)]:
        if span.start - latest >= LONG_SILENCE:
            yield Span(latest, span.start)
        latest = max(latest, span.end)
