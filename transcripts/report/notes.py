"""What the reader of a report should know of the session: what failed, what was lost, how it ended."""

from collections.abc import Iterator, Sequence

from vivavoce.transcripts.events import PAUSED, Event, Failed, FramesLost, MicrophoneLost, SessionEnded
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.recording import RATE_HZ
from vivavoce.transcripts.report.missed_lines import heard_again, missed
from vivavoce.transcripts.short_lists import few
from vivavoce.transcripts.timestamps import clock


def notes(events: Sequence[Event], skipped: Sequence[str]) -> Iterator[str]:
    """Yield what should be known of a session with these `events`, of which `skipped` could not be read."""
    ends = [event.reason for event in events if isinstance(event, SessionEnded)]
    if not ends or log.RECOVERED in ends:
        yield "The program stopped before the session was over; everything up to then is here."
    yield from few(_failures(events), "{:,} more failures like these")
    lost = sum(event.samples for event in events if isinstance(event, FramesLost))
    if lost:
        yield f"{lost / RATE_HZ:.1f} s of sound were lost; silence stands in their place."
    yield from few((text for _, text in missed(events)), "{:,} more stretches like these")
    yield from heard_again(events)
    yield from (f"The journal: {note}." for note in skipped)


def _failures(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, Failed):
            yield f"[{clock(event.at)}] {event.stage} failed: {event.reason}"
        elif isinstance(event, MicrophoneLost):
            what = "you paused" if event.reason == PAUSED else f"the microphone was lost: {event.reason}"
            yield f"[{clock(event.at)}] {what}"
