"""Fit what tells talk without progress: `python -m benchmarks.fit_interruption`.

The talk of strangers (rambles.py) and the development half of our own answers (interruption.json) is
followed as the engine follows it. Every EVERY words give a row: the signals of the latest words,
how like they are to what was said before, and whether the talk was beyond the mark at which it
stops progressing. A logistic regression on standardised signals with an L2 penalty, by Newton's
method. Every ramble weighs the same, and all talk that progresses RUDE times as much as all
rambles, because cutting it off is the worse mistake. What it prints are the constants in
transcripts/story/progress.py. interruption.py --folds uses it with an author left out.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.rambles import Row, rows, strange, words
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.story.progress import WINDOW, Progress, Signals, Weights

EVERY = 4  # words
MIXED = WINDOW // 2  # words after the mark, in which the window is of both kinds
FEWEST = 28  # words; nobody is cut in on before
RUDE = 2.0
COUNTS = {"long answers": 0.6, "progressing": 3.0, "slow": 3.0}  # others 1
OURS = "ours"
PENALTY = 0.003
STEPS = 12
FOLDS = 8

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A moment of some talk; `values` are the signals, then the likenesses."""

    author: str
    values: tuple[float, ...]
    stale: bool
    counts: float


def main() -> None:
    """Fit and print."""
    found = examples()
    print(f"{len(found)} moments, {np.mean([one.stale for one in found]):.2f} without progress")
    print("BY_WORDS", fitted(found, meaning=False))
    print("BY_MEANING", fitted(found))


def examples() -> list[Example]:
    """Return the moments of all talk, a stranger's or ours."""
    told = [*strange(), *((OURS, row) for row in rows("dev"))]
    return [example for author, row in told for example in _moments(author, row)]


def folds(authors: Collection[str]) -> list[set[str]]:
    """Return `authors` in FOLDS parts."""
    order = sorted(set(authors))
    random.Random(0).shuffle(order)
    return [set(order[begin::FOLDS]) for begin in range(FOLDS)]


def without_author() -> dict[str, Weights]:
    """Return, for each stranger, the weights that were fitted without them."""
    found = examples()
    weights = [
        (part, fitted([one for one in found if one.author not in part]))
        for part in folds({one.author for one in found} - {OURS})
    ]
    return {author: one for part, one in weights for author in part}


def fitted(found: Sequence[Example], *, meaning: bool = True) -> Weights:
    """Return the weights of the signals, and of the likenesses where there is `meaning`."""
    signals = len(Signals().values())
    many = len(found[0].values) if meaning else signals
    inputs = np.array([one.values[:many] for one in found])
    stale = np.array([one.stale for one in found], dtype=float)
    counts = np.array([one.counts for one in found])
    counts[stale > 0] /= counts[stale > 0].sum()
    counts[stale == 0] *= RUDE / counts[stale == 0].sum()
    bias, weights = _regression(inputs, stale, counts / counts.sum())
    rounded = tuple(round(float(weight), 2) for weight in weights)
    return Weights(round(bias, 2), rounded[:signals], rounded[signals:])


def _regression(inputs: Array, labels: Array, counts: Array) -> tuple[float, Array]:
    mean = np.average(inputs, axis=0, weights=counts)
    spread = np.sqrt(np.average((inputs - mean) ** 2, axis=0, weights=counts)) + 1e-6
    columns = np.column_stack([np.ones(len(inputs)), (inputs - mean) / spread])
    penalty = PENALTY * np.diag([0.0, *np.ones(inputs.shape[1])])
    weights = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (counts * (told - labels)) + penalty @ weights
        curve = (columns * (counts * told * (1 - told))[:, np.newaxis]).T @ columns + penalty
        weights -= np.linalg.solve(curve + 1e-9 * np.eye(len(weights)), slope)
    own = weights[1:] / spread
    return float(weights[0] - own @ mean), own


def _moments(author: str, row: Row) -> list[Example]:
    spoken, mark = words(row)
    marked = len(spoken) if mark is None else sum(word.end <= mark for word in spoken)
    counts = COUNTS.get(row.kind, 1.0)
    progress, found = Progress(row.question, embedding), list[Example]()
    for begin in range(0, len(spoken), EVERY):
        progress.receive(spoken[begin : begin + EVERY], ())
        many = min(begin + EVERY, len(spoken))
        if many < FEWEST or marked < many <= marked + MIXED or progress.likeness is None:
            continue
        stale = many > marked
        share = counts * EVERY / (len(spoken) - marked) if stale else counts
        values = (*progress.signals.values(), *progress.likeness.values())
        found.append(Example(author, values, stale, share))
    return found


if __name__ == "__main__":
    main()
