"""The candidate's words and stretches of speech, on the clock of the recording."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vivavoce.transcripts.events import (
    BackChannel,
    Event,
    FinalHypothesis,
    HeardAgain,
    NotUnderstood,
    PlaybackStarted,
    Seconds,
    SpeechEnded,
    SpeechStarted,
    Word,
)


class Span(NamedTuple):
    """A stretch of time."""

    start: Seconds
    end: Seconds

    @property
    def length(self) -> Seconds:
        """How long it is."""
        return Seconds(self.end - self.start)


def middle(word: Word) -> Seconds:
    """Return the time by which `word` is placed: recognisers err at its edges."""
    return Seconds((word.start + word.end) / 2)


def words(events: Sequence[Event]) -> list[Word]:
    """Return the candidate's words by time, in their best text, without those of their back-channels."""
    again = replaced(events)
    heard = [
        word
        for event in events
        if isinstance(event, FinalHypothesis)
        for word in event.words
        if isinstance(event, HeardAgain) or not within(middle(word), again)
    ]
    asides = [event for event in events if isinstance(event, BackChannel) and event.by == "candidate"]
    kept = [word for word in heard if not any(a.started_at <= middle(word) <= a.at for a in asides)]
    return sorted(kept, key=middle)


def replaced(events: Iterable[Event]) -> list[Span]:
    """Return the stretches whose first text was replaced by that of a second hearing, in order."""
    again = (event for event in events if isinstance(event, HeardAgain))
    return sorted(Span(event.audio_start, event.audio_end) for event in again)


def within(at: float, spans: Sequence[Span]) -> bool:
    """Return whether `at` lies in one of `spans`, which are in order and do not overlap."""
    place = bisect_right(spans, at, key=lambda span: span.start)
    return place > 0 and at < spans[place - 1].end


def not_understood(events: Iterable[Event]) -> list[NotUnderstood]:
    """Return the stretches of speech in which no word was recognised, not at a second hearing either."""
    left: list[NotUnderstood] = []
    for event in events:
        if isinstance(event, NotUnderstood):
            left.append(event)
        elif isinstance(event, HeardAgain):
            heard = [Span(event.audio_start, event.audio_end)]
            left = [one for one in left if not within((one.started_at + one.ended_at) / 2, heard)]
    return left


def typed(events: Sequence[Event]) -> bool:
    """Return whether a session was held in writing: there are words, none took any time, and nothing sounded.

    Its events are in order, but how far apart they are says nothing of what was written.
    """
    said = words(events)
    sounds = any(isinstance(event, SpeechStarted | SpeechEnded | PlaybackStarted) for event in events)
    return bool(said) and not sounds and all(word.end <= word.start for word in said)


def speech(events: Sequence[Event]) -> list[Span]:
    """Return when the candidate made speech sounds; what was never closed ends with the journal."""
    spans = [Span(event.started_at, event.at) for event in events if isinstance(event, SpeechEnded)]
    closed = {span.start for span in spans}
    onsets = [event.at for event in events if isinstance(event, SpeechStarted) and event.at not in closed]
    return sorted(spans + [Span(onset, latest(events)) for onset in onsets[-1:]])


def latest(events: Iterable[Event]) -> Seconds:
    """Return the last time that `events` know of, 0 s if there are none."""
    return max((event.at for event in events), default=Seconds(0.0))
