"""What a transcription server answers, as words on the sample clock.

Servers differ in how much they tell. Times of words are taken where there are any, then those of
segments; a bare text is spread evenly over the sound. Some give words without punctuation, which is
then taken from the text, because the endpoint looks for it.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, islice
from typing import Any, NamedTuple

from vivavoce.audio.frame import Frame
from vivavoce.audio.listening.recognised_words import said_once, spread, without_echoes
from vivavoce.transcripts.events import Word
from vivavoce.transcripts.printable import printable

NO_SPEECH_LIMIT = 0.6  # OpenAI's own; together with the next, sound without words
LOG_PROBABILITY_LIMIT = -1.0
NOTE = re.compile(r"\[[^][]*\]|\([^()]*\)|[*♪][^*♪]*[*♪]?")  # "[BLANK_AUDIO]", "(music)", "♪"

Row = Mapping[str, Any]


class _Placed(NamedTuple):
    """A piece of text with its times in seconds from the start of the sound."""

    text: str
    start: float
    end: float
    probability: float


def heard(reply: Any, sound: Frame) -> list[Word]:
    """Return the words of a server's `reply` about `sound`, in order and within it.

    Args:
        reply: the object that the server sent, verbose or not.
        sound: what was sent.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is no transcript.
    """
    segments: list[Row] = reply.get("segments") or []
    spoken = [one for one in segments if _is_speech(one)]
    text = " ".join(_text(one, "text") for one in (spoken if segments else [reply]))
    if not _letters(NOTE.sub(" ", text)):
        return []
    timed = _punctuated(_timed(reply, segments), text)
    rows = timed or [_placed(one, _text(one, "text"), 1.0) for one in spoken]
    if not rows or rows[-1].start > sound.duration:  # no times, or in a unit that nobody knows
        rows = [_Placed(text, 0.0, sound.duration, 1.0)]
    words = _within(rows, sound)
    return said_once(without_echoes(words)) if timed else words


def _is_speech(segment: Row) -> bool:
    quiet = float(segment.get("no_speech_prob") or 0.0) >= NO_SPEECH_LIMIT
    return not quiet or float(segment.get("avg_logprob") or 0.0) > LOG_PROBABILITY_LIMIT


def _timed(reply: Row, segments: Sequence[Row]) -> list[_Placed]:
    """Return the words that have times of their own, without those of segments that are no speech."""
    if reply.get("words"):
        sure = _sure(segments)
        rows = [_placed(one, _text(one, "word"), sure) for one in reply["words"]]
        silent = sorted(_placed(one, "", 0.0) for one in segments if not _is_speech(one))
        begin = [gap.start for gap in silent]
        until = [-math.inf, *accumulate((gap.end for gap in silent), max)]  # of the gaps that began so far
        return [one for one in rows if until[bisect_right(begin, one.start)] <= one.start]
    spoken = [one for one in segments if _is_speech(one)]
    return [_placed(one, _text(one, "word"), _sure([of])) for of in spoken for one in of.get("words") or []]


def _text(row: Row, name: str) -> str:
    text: object = row[name]
    if not isinstance(text, str):
        raise TypeError(f"{name} is no text")
    return printable(text)


def _sure(segments: Sequence[Row]) -> float:
    """Return how sure the server was of `segments`; 1 if it does not tell."""
    known = [float(one["avg_logprob"]) for one in segments if one.get("avg_logprob") is not None]
    return math.exp(sum(known) / len(known)) if known else 1.0


def _placed(row: Row, text: str, probability: float) -> _Placed:
    start, end = float(row["start"]), float(row["end"])
    given = row.get("probability")
    sure = _sure([row]) if "avg_logprob" in row else probability if given is None else float(given)
    if not math.isfinite(start + end + sure):
        raise ValueError("a time that is none")
    return _Placed(text, start, end, min(max(sure, 0.0), 1.0))


def _punctuated(rows: Sequence[_Placed], text: str) -> list[_Placed]:
    """Return `rows` as they are written in `text`; as they are if the two differ in more than that."""
    owners = (row for row in rows for _ in _letters(row.text))
    if _letters(text) != "".join(_letters(row.text) for row in rows):
        return [row for row in rows if _letters(row.text)]
    written: list[_Placed] = []
    for token in text.split():
        of = list(islice(owners, len(_letters(token))))
        if of:
            sure = min(row.probability for row in of)
            written.append(_Placed(token, of[0].start, of[-1].end, sure))
        elif written:  # a dash, or a percent sign of its own
            written[-1] = written[-1]._replace(text=written[-1].text + token)
    return written


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _within(rows: Sequence[_Placed], sound: Frame) -> list[Word]:
    """Return `rows` as words on the sample clock, none before the one before it or outside of `sound`."""
    words: list[Word] = []
    latest = 0.0
    for row in rows:
        start = min(max(row.start, latest), sound.duration)
        end = min(max(row.end, start), sound.duration)
        latest = start
        words += spread(row.text.split(), sound.started_at + start, sound.started_at + end, row.probability)
    return words
