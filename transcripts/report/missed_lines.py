"""What was said and not understood, as lines of the report and of the transcript."""

from collections.abc import Iterator, Sequence

from vivavoce.transcripts.events import Event, NotUnderstood, Seconds
from vivavoce.transcripts.timestamps import clock


def missed(events: Sequence[Event]) -> Iterator[tuple[Seconds, str]]:
    """Yield when something was said in which no word was recognised, and a line that says so."""
    for event in events:
        if isinstance(event, NotUnderstood):
            seconds = max(1, round(event.ended_at - event.started_at))
            yield event.started_at, f"[{clock(event.started_at)}] {seconds} s of speech were not understood."
