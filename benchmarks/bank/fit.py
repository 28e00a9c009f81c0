"""Fit by which embeddings a sentence tells a field of a story; writes transcripts/bank/story-fields.npz.

sentences.jsonl has sentences of our own, each with the field that it tells, or "none": none of them is from a
story that anything is measured on. Multinomial regression with a penalty, by plain gradient descent.

    python -m benchmarks.bank.fit
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.bank.sensed import CLASSES, NAME, SCALE, probabilities

SENTENCES = Path(__file__).with_name("sentences.jsonl")
WEIGHTS = Path(__file__).parents[2] / "transcripts" / "bank" / NAME
PENALTY = 16.0
STEPS, RATE = 4000, 0.3
FOLDS = 5

Array = NDArray[np.float64]


def fitted(vectors: NDArray[np.float32], labels: NDArray[np.intp]) -> Array:
    """Return the weights, shape (width + 1, classes); each class counts alike."""
    rows = vectors.astype(np.float64) * SCALE
    wanted = np.eye(len(CLASSES))[labels]
    each = (wanted @ (1 / wanted.sum(axis=0)))[:, np.newaxis] * len(labels) / len(CLASSES)
    weights = np.zeros((rows.shape[1] + 1, len(CLASSES)))
    for _ in range(STEPS):
        wrong = (probabilities(vectors, weights) - wanted) * each
        slope = np.vstack([rows.T @ wrong + PENALTY * weights[:-1], wrong.sum(axis=0, keepdims=True)])
        weights -= RATE / len(labels) * slope
    return weights


def main() -> None:
    """Fit, say how many sentences are labelled right by weights that had not seen them, and write."""
    sense = embedding(2)
    if sense is None:
        raise SystemExit("fetch it first: vivavoce models get minilm")
    rows = [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]
    vectors = sense.vectors([row["text"] for row in rows])
    labels = np.array([CLASSES.index(row["field"]) for row in rows])
    fold = np.arange(len(rows)) % FOLDS
    right = 0
    for one in range(FOLDS):
        weights = fitted(vectors[fold != one], labels[fold != one])
        right += int(
            (probabilities(vectors[fold == one], weights).argmax(axis=1) == labels[fold == one]).sum()
        )
    print(f"{right} of {len(rows)} right, those of a fold by the others")
    np.savez_compressed(WEIGHTS, weights=fitted(vectors, labels).astype(np.float16))


if __name__ == "__main__":
    main()
