"""Sentences of an answer that belong to something else: runs that are hardly about what the rest is. Pure.

A sentence alone says little: good stories have some that are like none of the others. A run of several is
unlike the rest only if it leaves the story. So every run is compared with all that is outside of it, and
with the question; how unlike it must be depends on its length, because the mean over more sentences varies
less. Once a run is found, what stands next to it and is more like it than like the rest belongs to it.
benchmarks/rubric.py has how often a passage that was put into an answer raises its score.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vivavoce.transcripts.story import plain
from vivavoce.transcripts.story.parts import Vectors

UNLIKE = (0.11, 0.12, 0.13)  # mean cosine below which a run of 2, 3, 4 and more sentences is off topic
SHORTEST = 2  # sentences of a run: one odd sentence is nothing
ASKED = 2  # sentences of the rest that the question weighs as much as
LONGEST = 400  # sentences: beyond them an answer is not compared, since runs grow with the square
MOST = 0.5  # of the sentences
NO_MORE_LIKE = 0.25  # cosine: a neighbour of a run that is more like the rest than this stays
LEAST_REST = 3  # sentences that a run is compared with

_BACK = re.compile(r"\W*(?:(?:so|and|but|then) )?(?:it|this|that|they|these|those|he|she)\b", re.IGNORECASE)

Array = NDArray[np.float64]


def beyond_doubt(texts: Sequence[str], away: frozenset[int]) -> frozenset[int]:
    """Return those of the sentences `away`, numbers into `texts`, that are off topic beyond doubt.

    Beside less than LEAST_REST other sentences nothing is sure, and a run may go on from the story: if it
    begins with a word for what was told before ("It cost us ..."), or plainly says what was done ever since.
    """
    if len(texts) - len(away) < LEAST_REST:
        return frozenset()
    begins = [index for index in sorted(away) if index - 1 not in away]
    runs = [
        [index for index in sorted(away) if max(x for x in begins if x <= index) == begin] for begin in begins
    ]
    return frozenset(index for run in runs if not _goes_on(texts, run) for index in run)


def _goes_on(texts: Sequence[str], run: Sequence[int]) -> bool:
    said = [texts[index] for index in run]
    return bool(run[0] and _BACK.match(said[0])) or any(plain.lesson(one) for one in said)


def off_topic(vectors: Vectors, question: Vectors | None) -> frozenset[int]:
    """Return which sentences are off topic.

    Args:
        vectors: a unit vector for each sentence, shape (n, width).
        question: the question's, shape (width,); None if there is none.
    """
    found: set[int] = set()
    asked = np.zeros(vectors.shape[1]) if question is None else question.astype(np.float64)
    while len(vectors) <= LONGEST:
        left = [index for index in range(len(vectors)) if index not in found]
        most = int(MOST * len(vectors)) - len(found)
        own = vectors[left].astype(np.float64)
        begin, end = _most_unlike(own, asked, most)
        if begin == end:
            break
        begin, end = _grown(own, asked, begin, end, most)
        found.update(left[begin:end])
    return frozenset(found)


def _most_unlike(vectors: Array, question: Array, most: int) -> tuple[int, int]:
    """Return the run of at most `most` sentences that is most below its threshold; (0, 0) if none is."""
    count = len(vectors)
    alike = np.pad(vectors @ vectors.T, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    asked = np.concatenate([[0.0], np.cumsum(vectors @ question)])
    weight = ASKED if question.any() else 0
    best, where = 0.0, (0, 0)
    for length in range(SHORTEST, most + 1):
        begins = np.arange(count - length + 1)
        ends = begins + length
        inside = alike[ends, ends] - alike[begins, ends] - alike[ends, begins] + alike[begins, begins]
        across = alike[ends, -1] - alike[begins, -1] - inside + weight * (asked[ends] - asked[begins])
        enough = UNLIKE[min(length - SHORTEST, len(UNLIKE) - 1)]
        short = across / (length * (count - length + weight)) - enough
        place = int(short.argmin())
        if short[place] < best:
            best, where = float(short[place]), (place, place + length)
    return where


def _grown(vectors: Array, question: Array, begin: int, end: int, most: int) -> tuple[int, int]:
    """Return the run with those neighbours that are more like it than like the rest."""
    while end - begin < most:
        rest = np.vstack([vectors[:begin], vectors[end:], question[np.newaxis]])
        for index in {begin - 1, end} & set(range(len(vectors))):
            there = (rest @ vectors[index]).sum() - 1  # itself
            apart = there / (len(rest) - 1)
            if apart < min(NO_MORE_LIKE, float((vectors[begin:end] @ vectors[index]).mean())):
                begin, end = min(begin, index), max(end, index + 1)
                break
        else:
            break
    return begin, end
