"""Sentences of an answer that belong to something else: runs that are hardly about what the rest is. Pure.

A sentence alone says little: good stories have some that are like none of the others. A run of several is
unlike the rest only if it leaves the story. So every run is compared with all that is outside of it: by the
cosine of the two sums of their sentences' vectors, beside how much alike the sentences of either are, and by
how many of its sentences share a word with the rest or the question. How unlike the two are is the log-odds
that the run was put in, fitted by benchmarks/fit_off_topic.py. From SURE on a run is left out, and from
DOUBTFUL on it earns nothing (scoring/reading.py). Of runs that overlap the likeliest is that with most in it,
up to four sentences: where a run begins and ends is seldom sure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vivavoce.transcripts.story import plain
from vivavoce.transcripts.story.parts import Vectors
from vivavoce.transcripts.story.progress import stems

SHORTEST, LONGEST_RUN = 2, 12  # sentences of a run: one odd sentence is nothing
LONGEST = 400  # sentences: beyond them an answer is not compared, since runs grow with the square
MOST = 0.5  # of the sentences are a run, and are left out: what is more is the story itself
ENOUGH_REST, MOST_BESIDE = 4, 0.6  # sentences of a short story, and how much may be in doubt beside them
LEAST_REST = 3  # sentences beside which it may be sure that a run is off topic
LEAST_KEPT = 2  # sentences beside which it may be in doubt
ENOUGH = 4  # sentences of a run, beyond which more do not make it more likely
LEAST = 1e-9  # that is divided by
# The bias, and the weights of the cosine, of the share of sentences with a word of the rest, of a beginning
# that goes on from what was told, of having two sentences, three, of the logarithm of the rest's count, and
# of how alike the sentences of the run are, and those of the rest.
WEIGHTS = (4.56, -29.71, -3.21, -4.19, -4.22, -1.05, 3.47, 3.12, 7.43)
DOUBTFUL, SURE = 1.04, 2.82  # log-odds, from which 3 in 100 stories of strangers have a run, and 1

_BACK = re.compile(r"\W*(?:(?:so|and|but|then) )?(?:it|this|that|they|these|those|he|she)\b", re.IGNORECASE)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Run:
    """The sentences from number `begin` on, before number `end`, and the log-odds that they were put in."""

    begin: int
    end: int
    unlike: float

    @property
    def weight(self) -> float:
        """How much there is that is unlike the rest."""
        return self.unlike * min(self.end - self.begin, ENOUGH)


def off_topic(texts: Sequence[str], vectors: Vectors, question: str) -> frozenset[int]:
    """Return which sentences are off topic beyond doubt; for the arguments see `runs`."""
    found: set[int] = set()
    while True:
        left = [index for index in range(len(texts)) if index not in found]
        most = int(MOST * len(texts)) - len(found)
        many = runs([texts[index] for index in left], vectors[left], question)
        sure = [one for one in many if one.unlike >= SURE and one.end - one.begin <= most]
        if not sure:
            return beyond_doubt(texts, frozenset(found))
        found.update(left[sure[0].begin : sure[0].end])


def beyond_doubt(texts: Sequence[str], away: frozenset[int]) -> frozenset[int]:
    """Return those of the sentences `away`, numbers into `texts`, that are off topic beyond doubt.

    Beside less than LEAST_REST other sentences nothing is sure, and a run may go on from the story: if it
    begins with a word for what was told before ("It cost us ..."), or plainly says what was done ever since.
    """
    if len(texts) - len(away) < LEAST_REST:
        return frozenset()
    begins = [index for index in sorted(away) if index - 1 not in away]
    groups = [
        [index for index in sorted(away) if max(x for x in begins if x <= index) == begin] for begin in begins
    ]
    return frozenset(index for run in groups if not _goes_on(texts, run) for index in run)


def runs(texts: Sequence[str], vectors: Vectors, question: str) -> list[Run]:
    """Return the runs of which it is in doubt whether they belong to the rest, the likeliest not to first.

    Args:
        texts: the sentences.
        vectors: a unit vector for each, shape (n, width).
        question: what was asked, whose words are no one run's own; empty if unknown.
    """
    if not SHORTEST + LEAST_KEPT <= len(texts) <= LONGEST:
        return []
    places, rows = clues(texts, vectors, question)
    unlike = rows @ np.array(WEIGHTS[1:]) + WEIGHTS[0]
    found = [
        Run(int(begin), int(end), float(sure))
        for (begin, end), sure in zip(places, unlike, strict=True)
        if sure >= DOUBTFUL
    ]
    return sorted(found, key=lambda one: -one.weight)


def clues(texts: Sequence[str], vectors: Vectors, question: str) -> tuple[NDArray[np.int64], Array]:
    """Return where each run begins and ends, shape (m, 2), and what WEIGHTS weigh of it, shape (m, 8)."""
    count, wide = len(texts), vectors.astype(np.float64)
    alike = np.pad(wide @ wide.T, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    first, last = _elsewhere(texts, question)
    back = np.array([_BACK.match(one) is not None for one in texts], float)
    places, rows = [], []
    most = max(int(MOST * count), min(int(MOST_BESIDE * count), count - ENOUGH_REST))
    longest = min(LONGEST_RUN, count - LEAST_KEPT, most)
    for length in range(SHORTEST, longest + 1):
        begins, left = np.arange(count - length + 1), count - length
        ends = begins + length
        inside = alike[ends, ends] - alike[begins, ends] - alike[ends, begins] + alike[begins, begins]
        across = alike[ends, -1] - alike[begins, -1] - inside
        rest = alike[-1, -1] - 2 * across - inside
        cosine = across / np.sqrt(np.maximum(inside * rest, LEAST))
        within = begins[:, np.newaxis] + np.arange(length)
        shared = (first[within] < begins[:, np.newaxis]) | (last[within] >= ends[:, np.newaxis])
        same = np.ones(len(begins))
        clue = (cosine, shared.mean(axis=1), back[begins], same * (length == 2), same * (length == 3))
        rows.append(np.column_stack([*clue, same * np.log(left), _mean(inside, length), _mean(rest, left)]))
        places.append(np.column_stack([begins, ends]))
    return np.vstack(places), np.vstack(rows)


def _mean(total: Array, count: int) -> Array:
    """Return the mean cosine of two of `count` sentences, of which all cosines together are `total`."""
    return (total - count) / (count * (count - 1))


def _elsewhere(texts: Sequence[str], question: str) -> tuple[Array, Array]:
    """Return where the words of each sentence are said first, -1 in the question, and where last."""
    words = [set(stems([one])) for one in texts]
    known = dict.fromkeys(stems([question]), -1)
    last: dict[str, int] = {}
    for index, own in enumerate(words):
        for word in own:
            known.setdefault(word, index)
            last[word] = index
    first = [min((known[word] for word in own), default=index) for index, own in enumerate(words)]
    after = [max((last[word] for word in own), default=index) for index, own in enumerate(words)]
    return np.array(first, float), np.array(after, float)


def _goes_on(texts: Sequence[str], run: Sequence[int]) -> bool:
    said = [texts[index] for index in run]
    return bool(run[0] and _BACK.match(said[0])) or any(plain.lesson(one) for one in said)
