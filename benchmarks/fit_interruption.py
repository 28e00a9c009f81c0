"""Fit what tells talk without progress on the development half: `python -m benchmarks.fit_interruption`.

Every second of each scripted answer (interruption.json) gives one row: the signals of the latest
words, and whether the talk was beyond the mark at which it stops progressing. A logistic
regression on standardised signals, with an L2 penalty; a row of talk that progresses counts RUDE
times, because cutting it off is the worse mistake. The weights that it prints are the constants in
transcripts/story/progress.py.
"""

import json
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from benchmarks.interruption import Row, rows, words
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.story.progress import Progress, Signals

EVERY = Seconds(1.0)
SETTLING = Seconds(7.0)  # after the mark, in which the window is of both kinds
AT_LEAST = Seconds(15.0)  # of talk; nobody is cut in on before
RUDE = 2.0
PENALTY = 0.01
STEPS = 1500

Array = NDArray[np.float64]


def main() -> None:
    """Fit and print."""
    examples = [example for row in rows("dev") for example in labelled(row)]
    inputs = np.array([signals.values() for signals, _ in examples])
    stale = np.array([label for _, label in examples], dtype=float)
    bias, weights, right = fit(inputs, stale)
    print(f"{len(examples)} seconds, {stale.mean():.2f} without progress, {right:.3f} told right")
    named = zip(fields(Signals), weights, strict=True)
    print(json.dumps({"bias": round(bias, 2)} | {field.name: round(float(w), 2) for field, w in named}))


def fit(inputs: Array, stale: Array) -> tuple[float, Array, float]:
    """Return bias, weights, and the share of rows that they tell right."""
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    columns = np.column_stack([np.ones(len(inputs)), (inputs - mean) / spread])
    counts = np.where(stale > 0, 0.5 / stale.mean(), RUDE * 0.5 / (1 - stale.mean()))
    weights = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        error = counts * (1 / (1 + np.exp(-columns @ weights)) - stale)
        weights -= columns.T @ error / len(stale) + PENALTY * np.array([0, *weights[1:]])
    right = float(((columns @ weights > 0) == (stale > 0)).mean())
    own = weights[1:] / spread
    return float(weights[0] - own @ mean), own, right


def labelled(row: Row) -> list[tuple[Signals, bool]]:
    """Return the signals of `row`, second by second, and whether the talk has stopped progressing."""
    spoken, mark = words(row)
    progress, found, due = Progress(row.question), list[tuple[Signals, bool]](), AT_LEAST
    for word in spoken:
        progress.receive([word], ())
        if word.end < due:
            continue
        due = Seconds(word.end + EVERY)
        if mark is None or word.end < mark:
            found.append((progress.signals, False))
        elif word.end > mark + SETTLING:
            found.append((progress.signals, True))
    return found


if __name__ == "__main__":
    main()
