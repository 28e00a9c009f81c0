"""What was recognised as plain data: the rows that `transcribe --json` prints."""

from collections.abc import Iterator, Sequence
from typing import Any

from vivavoce.transcripts.events import Event, FinalHypothesis, PartialHypothesis, TurnEnded, Word
from vivavoce.transcripts.imports.pieces import Spoken

LANGUAGE = "en"

Row = dict[str, Any]


def conversation(said: Sequence[Spoken]) -> Row:
    """Return what the sides of a call `said`, each piece and each word with its speaker."""
    words = [_word(word) | {"speaker": piece.speaker} for piece in said for word in piece.words]
    return {
        "text": " ".join(piece.text for piece in said),
        "language": LANGUAGE,
        "words": sorted(words, key=lambda row: float(row["start"])),
        "utterances": [_utterance(piece.text, piece.words) | {"speaker": piece.speaker} for piece in said],
    }


def text(row: Row) -> str:
    """Return the text in a `row`; of a call a line for each piece, with who says it."""
    said = [(one.get("speaker", ""), one["text"]) for one in row["utterances"]]
    return "\n".join(f"{who}: {what}" for who, what in said) if any(who for who, _ in said) else row["text"]


def transcript(events: Sequence[Event], *, stream: bool) -> Row:
    """Return the text of `events`, its words and utterances; with `stream` also what was known when."""
    finals = [event for event in events if isinstance(event, FinalHypothesis)]
    row: Row = {
        "text": " ".join(final.text for final in finals),
        "language": LANGUAGE,
        "words": [_word(word) for final in finals for word in final.words],
        "utterances": [_utterance(final.text, final.words) for final in finals],
    }
    if stream:
        row["stream"] = list(_stream(events))
        row["finals"] = [_ended(event) for event in events if isinstance(event, TurnEnded)]
    return row


def _word(word: Word) -> Row:
    return {
        "text": word.text,
        "start": round(word.start, 3),
        "end": round(word.end, 3),
        "probability": round(word.probability, 3),
        "filler": word.filler,
    }


def _utterance(text: str, words: Sequence[Word]) -> Row:
    return {"start": round(words[0].start, 3), "end": round(words[-1].end, 3), "text": text}


def _stream(events: Sequence[Event]) -> Iterator[Row]:
    """Yield a row whenever the text changed: what is settled or hardly changes, and what may change."""
    settled: list[str] = []
    for event in events:
        if isinstance(event, FinalHypothesis):
            settled.append(event.text)
            yield _row(event, " ".join(settled), "")
        elif isinstance(event, PartialHypothesis):
            rest = event.text.split()[len(event.stable.split()) :]
            yield _row(event, " ".join([*settled, event.stable]).strip(), " ".join(rest))


def _row(event: FinalHypothesis | PartialHypothesis, stable: str, partial: str) -> Row:
    times = {"at": round(event.at, 3), "audio_end": round(event.audio_end, 3)}
    return times | {"stable": stable, "partial": partial}


def _ended(event: TurnEnded) -> Row:
    return {
        "speech_end": round(event.ended_at, 3),
        "endpoint_at": round(event.decided_at, 3),
        "final_at": round(event.at, 3),
        "text": event.text,
    }
