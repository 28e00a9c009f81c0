"""What was told, as the interviewer and the report both take it: one reader, calibrated on strangers. Pure.

The reader of parts.py errs often with people who tell otherwise than those whose answers it was fitted on. So
its probability is one clue of a few: for a result, whether the end sounds like one and not like another
step; for an action, how many things were done. How much each counts, and from where on it is believed, was
measured on other people's stories, an author at a time left out (benchmarks/fit_told.py). Being asked for
what one has just told is the worse fault: a part is missing only with confidence, and between that and "told"
there is doubt.

The same clues, and how the last sentence reads, tell whether a story is over or only paused between two
sentences (benchmarks/fit_ended.py).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from vivavoce.transcripts.story import parts as reader
from vivavoce.transcripts.story import plain, star
from vivavoce.transcripts.story.episode import deeds_now, happening
from vivavoce.transcripts.story.progress_words import ENDS
from vivavoce.transcripts.story.sentences import sentences
from vivavoce.transcripts.story.star import DOING, Part
from vivavoce.transcripts.story.traits import traits

FIRST_WORDS, LAST_WORDS = 250, 600  # of a longer answer: where a story begins, and where it ends
THIN = 12  # words in which nothing can be told so well that it is merely in doubt
MOST_ENDS, MOST_ENDS_AT_LAST, MOST_DONE = 3, 2, 8  # that count
NO_CONTEXT = 0.01  # probability below which neither situation nor task was told
CONTEXT = (Part.SITUATION, Part.TASK)

_DONE = re.compile(rf"\b(?:i|we) {DOING}", re.IGNORECASE)
_NOTED = re.compile(rf"^\W*{DOING}", re.IGNORECASE)  # notes have no "I": "Collected the logs."


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the clues of a part make a score, and the scores below which it is doubtful, and missing."""

    weights: tuple[float, ...]  # the bias first
    told: float
    missing: float


CALIBRATIONS = {
    Part.ACTION: Calibration((2.411, 0.322, 0.271, -0.618), 0.16, -1.28),
    Part.RESULT: Calibration((-0.710, 0.214, 0.528, -0.447, -0.386), 0.52, -2.34),
}
PLAINLY = {Part.RESULT: plain.outcome}  # two steps are not yet what was done: the interviewer asks on
ENDED = Calibration((-2.510, 0.265, 0.131, 0.804, 0.391, 0.301, -0.228, 0.121, 0.101, 2.623), -0.09, -0.09)


@dataclass(frozen=True, slots=True)
class Told:
    """The parts that were told, and those of which it is in doubt; every other is missing with confidence."""

    parts: frozenset[Part] = frozenset()
    doubtful: tuple[Part, ...] = ()  # the most doubtful first
    ended: bool = False  # whether the story may well be over with the last sentence
    scores: Mapping[Part, float] = field(default_factory=dict)  # how much speaks for each of CALIBRATIONS

    def lacks(self, part: Part) -> bool:
        """Whether `part` is missing with confidence."""
        return part not in self.parts and part not in self.doubtful


@dataclass(frozen=True, slots=True)
class Clues:
    """What speaks for the context, in [0, 1], for a part, and for an end; and how the text ends."""

    context: float
    by_part: dict[Part, tuple[float, ...]]
    ended: tuple[float, ...]
    ending: str
    plain: frozenset[Part]  # what some sentence plainly tells
    only_wanted: bool  # whether it stops at what was to be done


@lru_cache(maxsize=16)
def told(text: str) -> Told:
    """Return what `text`, all that was said to a question so far, tells."""
    found = clues(_bounded(text))
    if found is None:
        return Told()
    by_part = found.by_part
    cued = star.parts(text) - {*CONTEXT, *CALIBRATIONS}
    scores = {part: score(by_part[part], one) for part, one in CALIBRATIONS.items()}
    sure_of = found.plain | (frozenset({Part.RESULT}) & star.parts(found.ending))
    if found.only_wanted and scores[Part.ACTION] < CALIBRATIONS[Part.ACTION].told:
        scores[Part.RESULT], sure_of = CALIBRATIONS[Part.RESULT].missing - 1, sure_of - {Part.RESULT}
    sure = {part for part, one in CALIBRATIONS.items() if scores[part] >= one.told} | sure_of
    short_of = {part: one.told - scores[part] for part, one in CALIBRATIONS.items() if part not in sure}
    doubt = [part for part in sorted(short_of, key=lambda part: -short_of[part]) if _in_doubt(part, scores)]
    if len(text.split()) < THIN:
        doubt = []
    context = CONTEXT if found.context >= NO_CONTEXT else ()
    ended = score(found.ended, ENDED) >= ENDED.told
    return Told(frozenset({*cued, *sure, *context}), tuple(doubt), ended, scores)


def _in_doubt(part: Part, scores: Mapping[Part, float]) -> bool:
    return scores[part] >= CALIBRATIONS[part].missing


def score(clue: Sequence[float], by: Calibration) -> float:
    """Return how much speaks for a part with these clues."""
    return by.weights[0] + sum(weight * one for weight, one in zip(by.weights[1:], clue, strict=True))


def clues(text: str) -> Clues | None:
    """Return what speaks for and against what was told; None without words."""
    texts = [text[start:end].strip() for start, end in sentences(text)]
    if not texts:
        return None
    weights = reader.shipped(False)
    emitted = reader.emissions(reader.features(traits(texts), None), weights)
    marginals, plans = reader.decoded(emitted, weights)
    present = reader.presence(emitted, marginals, plans, weights)
    done = sum(len(_DONE.findall(one)) + (_NOTED.match(one) is not None) for one in texts)
    done += sum(map(deeds_now, texts)) if happening(texts) else 0
    many = sum(len(one.split()) for one in texts)
    ending = " ".join(_last_third(texts))
    ends = min(MOST_ENDS, len(ENDS.findall(ending)))
    result, action, length = logit(present["result"]), logit(present["action"]), float(np.log(len(texts)))
    last_is_action = logit(float(np.exp(emitted[-1, reader.LABELS.index("action")])))
    return Clues(
        present["context"],
        {
            Part.ACTION: (action, min(MOST_DONE, done), float(np.log(many))),
            Part.RESULT: (result, ends, last_is_action, length),
        },
        (result, action, length, ends, *_last(texts[-1], marginals[-1])),
        ending,
        frozenset(part for part, says in PLAINLY.items() if any(map(says, texts))),
        plain.aim(texts[-1]),
    )


def _last(text: str, marginals: reader.Array) -> tuple[float, ...]:
    """Return how the last sentence reads, which is `text`."""
    ends = min(MOST_ENDS_AT_LAST, len(ENDS.findall(text)))
    read = (logit(float(marginals[reader.LABELS.index(label)])) for label in ("action", "result", "other"))
    return (ends, *read, float(star.CUES[Part.LESSON].search(text) is not None))


def logit(p: float) -> float:
    """Return the log-odds of a probability, within bounds."""
    held = min(max(p, 1e-3), 1 - 1e-3)
    return float(np.log(held / (1 - held)))


def _last_third(texts: Sequence[str]) -> list[str]:
    """Return the sentences that end in the last third of the words."""
    ends = np.cumsum([len(one.split()) for one in texts])
    return [one for one, end in zip(texts, ends, strict=True) if end > ends[-1] * 2 / 3]


def _bounded(text: str) -> str:
    words = text.split()
    if len(words) <= FIRST_WORDS + LAST_WORDS:
        return text
    return " ".join([*words[:FIRST_WORDS], *words[-LAST_WORDS:]])
