"""Which fields of a story are told in a text or a take, with the words and times that show it. Pure.

Two things speak for a field: cues, which come from outside as content checks that cover M01 to M07, and with
an embedding, how likely a sentence tells it (sensed.py). Where in a story a field is looked for is known
here: the same words tell of the problem at the beginning and of a failure later on.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from vivavoce.transcripts.bank.fields import FIELDS
from vivavoce.transcripts.bank.sensed import sensed
from vivavoce.transcripts.bank.telling import Telling
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring.checks import Check, Checks, held
from vivavoce.transcripts.story.parts import Embedding
from vivavoce.transcripts.story.plain import aim, steps
from vivavoce.transcripts.story.sentences import sentences

Span = tuple[int, int]
Spans = Sequence[Span]

CODES = {field: f"M0{number}" for number, field in enumerate(FIELDS, 1)}
# Between which parts of a story's words a sentence that shows the field begins.
PLACES: Mapping[str, tuple[float, float]] = {
    "problem": (0.0, 0.45),
    "data": (0.0, 0.75),
    "metrics": (0.35, 1.0),
    "delivery": (0.2, 1.0),
    "changes": (0.35, 1.0),
}
ANYWHERE = (0.0, 1.0)
WIDER = 0.1  # of both ends, where the meaning tells too
CUED = 0.15  # that a cue adds to the probability
# From which sum of both a sentence tells the field; rather too few fields than too many (benchmarks/bank).
LEAST: Mapping[str, float] = {
    "problem": 0.23,
    "reason": 0.48,
    "data": 0.45,
    "model": 0.2,
    "metrics": 0.4,
    "delivery": 0.5,
    "changes": 0.28,
}
LONGEST = 20_000  # characters that are looked at; a story of three minutes has about 2,500
LEAST_STEPS = 2  # things that "I" did, from which what was done is told
FIRST = 2  # sentences that are looked at for the problem in any case


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The sentence that shows a field: `text[start:end]` is the quote; `at` is when it was said, if known."""

    start: int
    end: int
    quote: str
    at: Seconds | None = None


def covered(text: str, checks: Sequence[Checks], embedding: Embedding | None = None) -> dict[str, Shown]:
    """Return the fields that `text` tells, in the order of FIELDS, each with the sentence that shows it.

    Args:
        text: what was said or written of one story.
        checks: sets of which those that cover one of M01 to M07 count.
        embedding: knows what sentences mean; None for cues alone, which find less.
    """
    text = text[:LONGEST]
    spans = sentences(text)
    by_field = {
        field: [one for group in checks for one in group.checks if code in one.rule.covers]
        for field, code in CODES.items()
    }
    if embedding is None or not spans:
        found = {field: _cued(field, wanted, text, spans) for field, wanted in by_field.items()}
    else:
        found = _weighed(by_field, text, spans, embedding)
    return {
        field: Shown(start=span[0], end=span[1], quote=text[slice(*span)].strip())
        for field, span in found.items()
        if span is not None
    }


def covered_in(
    telling: Telling, checks: Sequence[Checks], embedding: Embedding | None = None
) -> dict[str, Shown]:
    """Return the same for a take, with times where it was spoken; what was typed has none."""
    words = telling.words
    if not words:
        return covered(telling.text, checks, embedding)
    starts = [0, *accumulate(len(word.text) + 1 for word in words)]
    found = covered(" ".join(word.text for word in words), checks, embedding)
    return {
        field: replace(one, at=words[bisect_right(starts, one.start) - 1].start)
        for field, one in found.items()
    }


def _cued(field: str, checks: Sequence[Check], text: str, spans: Spans) -> Span | None:
    """Return the first sentence in its part of the story that shows `field` by its words alone."""
    part = _part(text, spans, *PLACES.get(field, ANYWHERE))
    if field == "problem":
        part = _before_steps(text, part)
    places = held(checks, text, part) if checks and part else {}
    if places:
        return part[min(places.values())]
    return PLAINLY[field](text, part) if field in PLAINLY else None


def _weighed(
    by_field: Mapping[str, Sequence[Check]], text: str, spans: Spans, embedding: Embedding
) -> dict[str, Span | None]:
    """Return for each field the sentence for which meaning and cues speak most, if that is enough."""
    likely = sensed([text[slice(*span)].strip() for span in spans], embedding)
    found: dict[str, Span | None] = {}
    for column, (field, checks) in enumerate(by_field.items()):
        begin, end = PLACES.get(field, ANYWHERE)
        part = _part(text, spans, begin - WIDER if begin else begin, end + WIDER)
        scored = [
            (float(likely[spans.index(span), column]) + CUED * _has_cue(checks, text, span), span)
            for span in part
        ]
        best, span = max(scored, key=lambda row: row[0], default=(0.0, spans[0]))
        found[field] = span if best >= LEAST[field] else None
    return found


def _has_cue(checks: Sequence[Check], text: str, span: Span) -> bool:
    return bool(checks) and bool(held(checks, text, [span]))


def _part(text: str, spans: Spans, begin: float, end: float) -> Spans:
    """Return the sentences that begin between these parts of the words."""
    before = [0, *accumulate(len(text[slice(*span)].split()) for span in spans)]
    return [span for span, many in zip(spans, before, strict=False) if begin <= many / before[-1] < end]


def _before_steps(text: str, spans: Spans) -> Spans:
    """Return the sentences before the first that tells steps: what was wrong afterwards is another matter."""
    told = (place for place, span in enumerate(spans) if steps(text[slice(*span)]) >= LEAST_STEPS)
    return spans[: max(FIRST, next(told, len(spans)))]


def _wanted(text: str, spans: Spans) -> Span | None:
    """Return the first sentence that plainly says what was to be done."""
    return next((span for span in spans if aim(text[slice(*span)])), None)


def _done(text: str, spans: Spans) -> Span | None:
    """Return the sentence with most steps, if there are enough in all of them together."""
    many = [steps(text[slice(*span)]) for span in spans]
    return spans[many.index(max(many))] if sum(many) >= LEAST_STEPS else None


PLAINLY = {"problem": _wanted, "model": _done}  # where no cue tells
