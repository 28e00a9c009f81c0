"""Which fields of a story are told in a text or a take, with the words and times that show it. Pure.

The cues come from outside as content checks, each of which covers M01 to M07. Where in a story a field is
looked for is known here: the same words tell of the problem at the beginning and of a failure later on.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from vivavoce.transcripts.bank.fields import FIELDS
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.scoring.checks import Check, Checks, held
from vivavoce.transcripts.story.plain import aim, steps
from vivavoce.transcripts.story.sentences import sentences

Spans = Sequence[tuple[int, int]]

CODES = {f"M0{number}": field for number, field in enumerate(FIELDS, 1)}
# Between which parts of a story's words a sentence that shows the field begins.
PLACES: Mapping[str, tuple[float, float]] = {
    "problem": (0.0, 0.45),
    "data": (0.0, 0.75),
    "metrics": (0.35, 1.0),
    "delivery": (0.2, 1.0),
    "changes": (0.35, 1.0),
}
LEAST_STEPS = 2  # things that "I" did, from which what was done is told
FIRST = 2  # sentences that are looked at for the problem in any case
ANYWHERE = (0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The sentence that shows a field: `text[start:end]` is the quote; `at` is when it was said, if known."""

    start: int
    end: int
    quote: str
    at: Seconds | None = None


def covered(text: str, checks: Sequence[Checks]) -> dict[str, Shown]:
    """Return the fields that `text` tells, in the order of FIELDS, each with the sentence that shows it.

    Args:
        text: what was said or written of one story.
        checks: sets of which those that cover one of M01 to M07 count.
    """
    spans = sentences(text)
    found: dict[str, tuple[int, int]] = {}
    for field in FIELDS:
        code = next(one for one, name in CODES.items() if name == field)
        wanted = [one for group in checks for one in group.checks if code in one.rule.covers]
        place = _part(text, spans, *PLACES.get(field, ANYWHERE))
        if field == "problem":
            place = _before_steps(text, place)
        span = _shown(wanted, text, place)
        if span is None and field in PLAINLY:
            span = PLAINLY[field](text, place)
        if span is not None:
            found[field] = span
    return {
        field: Shown(start=start, end=end, quote=text[start:end].strip())
        for field, (start, end) in found.items()
    }


def covered_in(words: Sequence[Word], checks: Sequence[Checks]) -> dict[str, Shown]:
    """Return the same for a take, of which `words` are all that the candidate said, with times."""
    starts = [0, *accumulate(len(word.text) + 1 for word in words)]
    text = " ".join(word.text for word in words)
    found = covered(text, checks)
    return {
        field: Shown(
            start=one.start,
            end=one.end,
            quote=one.quote,
            at=words[bisect_left(starts, one.start + 1) - 1].start,
        )
        for field, one in found.items()
    }


def _shown(checks: Sequence[Check], text: str, spans: Spans) -> tuple[int, int] | None:
    """Return the first of `spans` in which one of `checks` holds."""
    places = held(checks, text, spans) if checks and spans else {}
    return spans[min(places.values())] if places else None


def _part(text: str, spans: Spans, begin: float, end: float) -> Spans:
    """Return the sentences that begin between these parts of the words."""
    before = [0, *accumulate(len(text[slice(*span)].split()) for span in spans)]
    return [span for span, many in zip(spans, before, strict=False) if begin <= many / before[-1] < end]


def _before_steps(text: str, spans: Spans) -> Spans:
    """Return the sentences before the first that tells steps: what was wrong afterwards is another matter."""
    told = (place for place, span in enumerate(spans) if steps(text[slice(*span)]) >= LEAST_STEPS)
    return spans[: max(FIRST, next(told, len(spans)))]


def _wanted(text: str, spans: Spans) -> tuple[int, int] | None:
    """Return the first sentence that plainly says what was to be done."""
    return next((span for span in spans if aim(text[slice(*span)])), None)


def _done(text: str, spans: Spans) -> tuple[int, int] | None:
    """Return the sentence with most steps, if there are enough in all of them together."""
    many = [steps(text[slice(*span)]) for span in spans]
    return spans[many.index(max(many))] if sum(many) >= LEAST_STEPS else None


PLAINLY = {"problem": _wanted, "model": _done}  # where no cue tells
