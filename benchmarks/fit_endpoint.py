"""Fit the endpoint's weights on the development half: `python -m benchmarks.fit_endpoint [--model tiny.en]`.

Every marked pause and every true end gives one row: what the ear knew while the silence lasted.
A logistic regression over the two log-odds separates ends from mid-sentence pauses; pauses
between sentences are left out, since nothing in them says that more is coming. The weights that
it prints are the constants in simulator/engine/endpoint.py.
"""

import argparse
import json

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import models
from benchmarks.speech import SpokenAnswer, answers
from vivavoce.audio.frame import FRAME_SAMPLES, Frame
from vivavoce.simulator.engine import endpoint
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Ear, Models

KNOWN_AFTER = 1.0  # seconds into a silence, when everything has been computed
PENALTY = 0.02
STEPS = 20_000

Row = tuple[str, endpoint.Evidence]


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--model", nargs="+", default=["tiny.en"])
    options = parser.parse_args()
    rows = [row for name in options.model for a in answers("dev") for row in evidence(a, models(name))]
    chosen = [(kind, known) for kind, known in rows if kind != "between-sentences"]
    inputs = np.array([endpoint.log_odds(known) for _, known in chosen])
    weights = _fit(inputs, np.array([kind == "end" for kind, _ in chosen], dtype=float))
    for kind, known in rows:
        print(f"{kind:18} closed {known.closed or 0:.2f} sound {known.sound or 0:.2f} {known.text[-48:]!r}")
    print(json.dumps({"bias": weights[0], "closed": weights[1], "sound": weights[2]}))


def evidence(answer: SpokenAnswer, using: Models) -> list[Row]:
    """Return what was known in each pause of `answer`, and at its end."""
    using.detector.reset()
    background = Inline()
    ear = Ear(using, background)
    wanted = [(p.start + KNOWN_AFTER, str(p.kind)) for p in answer.pauses]
    wanted.append((answer.ends_at + KNOWN_AFTER, "end"))
    rows: list[Row] = []
    for start in range(0, len(answer.samples) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        frame = Frame(start, answer.samples[start : start + FRAME_SAMPLES])
        background.collect(frame.ended_at)
        ear.receive(frame, may_end=False)
        while wanted and frame.ended_at >= wanted[0][0]:
            rows.append((wanted.pop(0)[1], ear.evidence))
    return rows


def _fit(inputs: NDArray[np.float64], labels: NDArray[np.float64]) -> list[float]:
    """Return the bias and weights of a logistic regression with an L2 penalty, by gradient descent."""
    columns = np.column_stack([np.ones(len(inputs)), inputs])
    weights = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-columns @ weights)) - labels
        weights -= 0.05 * (columns.T @ error / len(labels) + PENALTY * np.array([0, *weights[1:]]))
    return [round(float(w), 2) for w in weights]


if __name__ == "__main__":
    main()
