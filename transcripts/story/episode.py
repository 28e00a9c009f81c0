"""Is it one specific episode, or a generality? Pure.

In real interviews a story was told to only a quarter of the questions that asked for one, and a story is
what raises the impression (Bangerter, Corvalan & Cavin 2014). An episode has people doing things in the
past, at some time or place. "I always", "I would" and "I am a person who" make a generality.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vivavoce.transcripts.story.progress_words import PAST
from vivavoce.transcripts.story.star import DOING

ENOUGH = 0.45  # of the words must be in sentences that tell what happened
FEWEST = 2  # such sentences

_DONE = re.compile(rf"\b(?:i|we|he|she|they|it|who|\w+s?) {DOING}", re.IGNORECASE)
_STATED = re.compile(r"\b(?:needed|(?:was|were|had|did|could)n't)\b", re.IGNORECASE)
_UNREAL = re.compile(  # looks like the past: "trust has to be built", "if everybody treated others"
    r"\b(?:be|being) (?:\w+ly )?(?:\w{2,}ed|built|told|put|set|made|found|heard|kept|taken|given|done|seen|"
    r"known|sent|held|left|brought|paid|met|led|won|lost|said|sold|taught|spent|understood|felt|cut)\b|"
    r"\bif (?:\w+ ){1,2}(?:were|was|did|had|got|came|went|\w{2,}ed)\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:i|we|you|one) (?:\w+ly )?(?:always|usually|often|never|tend to|try to|like to|would|'d|will|"
    r"believe|think|"
    r"consider|am a|am very|am good|thrive|can)\b|\bi'?(?:d|m) (?:always|usually|a|an|very|good|probably|"
    r"first)\b|"
    r"\b(?:people (?:say|come|tell)|my (?:friends|colleagues) (?:say|always)|every (?:time|day)|whenever|"
    r"if (?:a|an|the|"
    r"someone|somebody|i|it)|in general|is (?:the )?key|is (?:very |extremely )?important|is all about|"
    r"it's all about)\b",
    re.IGNORECASE,
)
_PRESENT_STORY = re.compile(  # "so I'm standing there and he says": a story in the present
    r"\b(?:so|and|then) (?:i'm|i am|he's|she's|we're|they're) \w+ing\b|\b(?:he|she|they|boss|owner|manager) "
    r"(?:say|says|goes|comes|asks|tell|tells|is like)\b|\bi (?:say|go|tell|ask|wait|make|take|drive|call)\b",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What an answer tells."""

    EPISODE = "episode"
    GENERALITY = "generality"


@dataclass(frozen=True, slots=True)
class Episode:
    """Whether it is an episode, and which sentence shows it best."""

    kind: Kind
    sentence: int


def episode(texts: Sequence[str]) -> Episode:
    """Return what the sentences `texts`, at least one, tell together."""
    plain = [text.replace("\u2019", "'") for text in texts]
    did = [happened(text) for text in texts]
    counts = [len(text.split()) for text in texts]
    told = sum(count for count, yes in zip(counts, did, strict=True) if yes > 0)
    general = [len(_HABIT.findall(text)) for text in plain]
    if told >= ENOUGH * sum(counts) and sum(yes > 0 for yes in did) >= min(FEWEST, len(texts)):
        return Episode(Kind.EPISODE, max(range(len(texts)), key=lambda index: did[index]))
    return Episode(Kind.GENERALITY, max(range(len(texts)), key=lambda index: (general[index], counts[index])))


def happened(text: str) -> float:
    """Return how much a sentence tells of what happened; 0 and less is nothing."""
    text = text.replace("\u2019", "'")
    real = _UNREAL.sub(" ", text)
    past = sum(len(one.findall(real)) for one in (PAST, _DONE, _STATED, _PRESENT_STORY))
    return past - 1.5 * len(_HABIT.findall(text))
