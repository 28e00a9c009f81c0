"""How likely a sentence tells each field of a story, by its embedding: a regression that was fitted. Pure.

Words alone find what somebody foresaw. What a sentence is for shows in its embedding too, in any profession;
the weights were fitted on sentences of our own (benchmarks/bank/fit.py).
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from vivavoce.transcripts.bank.fields import FIELDS
from vivavoce.transcripts.story.parts import Embedding

Array = NDArray[np.float64]

NAME = "story-fields.npz"
NONE = "none"
CLASSES = (*FIELDS, NONE)
SCALE = 6.0  # of the unit vectors, so that the penalty on the weights suits them
SHORTEST_CLAUSE = 6  # words
_CLAUSE = re.compile(
    r"[,;]\s+|\s(?=and (?:i|we|then|the|they|it)\b|so (?:i|we|that)\b|but\b|because\b)", re.IGNORECASE
)


def sensed(texts: Sequence[str], embedding: Embedding) -> Array:
    """Return how likely each sentence, or a clause of it, tells each of FIELDS; shape (len(texts), 7)."""
    pieces = [(place, part) for place, text in enumerate(texts) for part in (text, *_clauses(text))]
    found = np.zeros((len(texts), len(FIELDS)))
    if pieces:
        likely = probabilities(embedding.vectors([part for _, part in pieces]), _weights())
        np.maximum.at(found, [place for place, _ in pieces], likely[:, : len(FIELDS)])
    return found


def probabilities(vectors: NDArray[np.float32], weights: Array) -> Array:
    """Return the probability of each of CLASSES for unit `vectors`, shape (n, 384); a bias comes last."""
    logits = vectors.astype(np.float64) * SCALE @ weights[:-1] + weights[-1]
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    likely: Array = raised / raised.sum(axis=1, keepdims=True)
    return likely


def _clauses(text: str) -> list[str]:
    return [part for part in _CLAUSE.split(text) if SHORTEST_CLAUSE <= len(part.split()) < len(text.split())]


@cache
def _weights() -> Array:
    with as_file(files(__package__) / NAME) as path, np.load(path) as stored:
        weights: Array = stored["weights"].astype(np.float64)
    return weights
