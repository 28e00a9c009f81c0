"""Fits how the clues of transcripts/story/told.py are weighed; prints what to write there.

    python -m benchmarks.fit_told [--stories FILE]

Learnt from strangers (benchmarks/strangers.py), each author as much as the root of their answers, and
our own stories a little. Where a part is doubtful and where it is missing is the share of complete
answers, scored by weights that have not seen their author, that may fall below.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.stories import answers, is_complete, variants
from benchmarks.strangers import strangers
from vivavoce.transcripts.story import told
from vivavoce.transcripts.story.star import Part
from vivavoce.transcripts.story.told import Calibration, clues, score

WITHOUT = {Part.ACTION: "no action", Part.RESULT: "no result"}
OURS = 0.15  # of the weight of a stranger's answer
RIDGE = 0.1
DOUBTFUL = {Part.ACTION: 0.27, Part.RESULT: 0.27}  # of complete answers
MISSING = {Part.ACTION: 0.01, Part.RESULT: 0.003}
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The clues of an answer; our own have no author."""

    author: str
    variant: str
    clues: dict[Part, tuple[float, ...]]


def main() -> None:
    """Fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    many = examples(parser.parse_args().stories)
    for part, one in calibrations(many).items():
        weights = ", ".join(f"{weight:.3f}" for weight in one.weights)
        print(f"    Part.{part.name}: Calibration(({weights}), {one.told:.2f}, {one.missing:.2f}),")


def examples(path: str = "") -> list[Example]:
    """Return the clues of strangers' answers and of our own, in each variant."""
    rows = [(one.author, one.variant, one.text) for one in strangers(path)]
    for answer in answers():
        named = {"complete": "told"}
        rows += [
            ("", named.get(one.variant, one.variant), " ".join(one.texts))
            for one in (variants(answer) if is_complete(answer) else ())
            if one.variant in ("complete", *WITHOUT.values())
        ]
    return [
        Example(author, variant, found.by_part) for author, variant, text in rows if (found := clues(text))
    ]


def calibrations(many: Sequence[Example]) -> dict[Part, Calibration]:
    """Return how each part's clues are weighed, learnt from `many`."""
    found = {}
    for part in WITHOUT:
        blind = [
            score(one.clues[part], Calibration(_weights(part, [x for x in many if x.author != author]), 0, 0))
            for author in sorted({one.author for one in many if one.author})
            for one in many
            if one.author == author and one.variant == "told"
        ]
        levels = np.quantile(blind, [DOUBTFUL[part], MISSING[part]])
        found[part] = Calibration(_weights(part, many), *(round(float(level), 2) for level in levels))
    return found


@contextmanager
def unseen(known: Sequence[Example], author: str) -> Iterator[None]:
    """Let transcripts/story/told.py weigh as it would without this author of `known`."""
    kept = dict(told.CALIBRATIONS)
    told.CALIBRATIONS.update(calibrations([one for one in known if one.author != author]))
    told.told.cache_clear()
    try:
        yield
    finally:
        told.CALIBRATIONS.update(kept)
        told.told.cache_clear()


def _weights(part: Part, many: Sequence[Example]) -> tuple[float, ...]:
    rows = np.array([one.clues[part] for one in many])
    told = np.array([one.variant != WITHOUT[part] for one in many])
    return weights(rows, told, [one.author for one in many])


def weights(rows: Array, told: NDArray[np.bool_], authors: Sequence[str]) -> tuple[float, ...]:
    """Return a bias and a weight for each column of `rows`; "" is who wrote ours."""
    answers_of = Counter(authors)
    counts = np.array([1 / np.sqrt(answers_of[one]) if one else 0.0 for one in authors])
    ours = np.array([not one for one in authors])
    counts[ours] = OURS * counts[~ours].sum() / max(1, ours.sum())
    for side in (told, ~told):
        counts[side] /= counts[side].sum()
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    fitted = _logistic((rows - mean) / spread, told, counts)
    slopes = fitted[1:] / spread
    return tuple(float(one) for one in (fitted[0] - (slopes * mean).sum(), *slopes))


def _logistic(rows: Array, told: NDArray[np.bool_], counts: Array) -> Array:
    """Return bias and slopes that make the told ones likely, by Newton's method."""
    wide = np.column_stack([np.ones(len(rows)), rows])
    ridge = RIDGE * np.eye(wide.shape[1])
    ridge[0, 0] = 0.0
    fitted = np.zeros(wide.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-wide @ fitted))
        curve = wide.T @ (wide * (counts * likely * (1 - likely) + 1e-12)[:, np.newaxis]) + ridge
        fitted += np.linalg.solve(curve, wide.T @ (counts * (told - likely)) - ridge @ fitted)
    return fitted


if __name__ == "__main__":
    main()
