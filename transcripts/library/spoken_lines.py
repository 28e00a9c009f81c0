"""What both sides said, line by line, read quickly: for the index, which reads every session there is."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from vivavoce.transcripts.events import LATEST, Event, FinalHypothesis, from_json
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.words import Span, middle, replaced, within

AGAIN = "HeardAgain"
# Quotes inside spoken text are escaped, so no text can look like this.
_WANTED = {
    b'"event": "QuestionAsked"': "interviewer",
    b'"event": "FinalHypothesis"': "candidate",
    b'"event": "HeardAgain"': "candidate",
}
_HEAD = 120  # bytes of a line within which its event is named


def said(journal: Path) -> Iterator[dict[str, Any]]:
    """Yield {"at", "speaker", "text"} for each line of the `journal`; one that cannot be read is left out."""
    rows = list(_rows(journal))
    again = replaced(list(_events(row for _, row in rows if row.get("event") == AGAIN)))
    for speaker, row in rows:
        with suppress(ValueError, AttributeError):
            at, text = row.get("audio_start", row.get("at")), row.get("text")
            if again and row.get("event") == FinalHypothesis.__name__:
                text = _left(row, again)
            if isinstance(at, int | float) and abs(at) <= LATEST and isinstance(text, str) and text.strip():
                yield {"at": float(at), "speaker": speaker, "text": text.strip()}


def _rows(journal: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with suppress(OSError):
        for line in disk.read(journal).splitlines():
            speaker = next((who for mark, who in _WANTED.items() if mark in line[:_HEAD]), None)
            with suppress(ValueError):
                if speaker is not None and isinstance(row := disk.loads(line), dict):
                    yield speaker, row


def _events(rows: Iterator[dict[str, Any]]) -> Iterator[Event]:
    for row in rows:
        with suppress(ValueError):
            yield from_json(row)


def _left(row: dict[str, Any], again: Sequence[Span]) -> str:
    """Return what of a first text was not replaced by a second one."""
    event = from_json(row)
    assert isinstance(event, FinalHypothesis)
    return " ".join(word.text for word in event.words if not within(middle(word), again))
