"""What both sides said, line by line, read quickly: for the index, which reads every session there is."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from vivavoce.transcripts.events import LATEST
from vivavoce.transcripts.journal import disk

# Quotes inside spoken text are escaped, so no text can look like this.
_WANTED = {b'"event": "QuestionAsked"': "interviewer", b'"event": "FinalHypothesis"': "candidate"}
_HEAD = 120  # bytes of a line within which its event is named


def said(journal: Path) -> Iterator[dict[str, Any]]:
    """Yield {"at", "speaker", "text"} for each line of the `journal`; one that cannot be read is left out."""
    with suppress(OSError):
        for line in disk.read(journal).splitlines():
            speaker = next((who for mark, who in _WANTED.items() if mark in line[:_HEAD]), None)
            if speaker is None:
                continue
            with suppress(ValueError, AttributeError):
                row = disk.loads(line)
                at, text = row.get("audio_start", row.get("at")), row.get("text")
                timed = isinstance(at, int | float) and abs(at) <= LATEST
                if timed and isinstance(text, str) and text.strip():
                    yield {"at": float(at), "speaker": speaker, "text": text.strip()}
