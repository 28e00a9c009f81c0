"""What was not understood, and what was only at a second hearing, as lines of report and transcript."""

from collections.abc import Iterator, Sequence

from vivavoce.transcripts.events import Event, HeardAgain, Seconds
from vivavoce.transcripts.timestamps import clock
from vivavoce.transcripts.words import not_understood


def missed(events: Sequence[Event]) -> Iterator[tuple[Seconds, str]]:
    """Yield when something was said in which no word was recognised, and a line that says so."""
    for event in not_understood(events):
        seconds = max(1, round(event.ended_at - event.started_at))
        yield event.started_at, f"[{clock(event.started_at)}] {seconds} s of speech were not understood."


def heard_again(events: Sequence[Event]) -> Iterator[str]:
    """Yield a line that says how much of the text is from a second hearing, if any is."""
    better = [event for event in events if isinstance(event, HeardAgain)]
    if better:
        words = sum(len(event.words) for event in better)
        yield (
            f"The recording was heard once more afterwards with {better[-1].model}: the text of "
            f"{words:,} words is from then; what was heard at first is in the journal."
        )
