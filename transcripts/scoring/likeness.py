"""How close sentences come to examples in meaning, for what was said in other words than cues. Pure.

One example is like much that it does not mean; so a sentence counts only if it is close to several. The
threshold was chosen on our own examples and on stories by strangers, in which none of the examples
should be found (benchmarks/topics.py).
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from vivavoce.transcripts.story.parts import Array, Embedding, Vectors

SEVERAL = 2  # examples that a sentence is close to: the mean of the nearest
CLOSE = 0.55  # cosine

Likeness = Callable[[tuple[str, ...]], Array]  # of each sentence of an answer to some examples


def likeness(vectors: Vectors, embedding: Embedding) -> Likeness:
    """Return what tells how close sentences with `vectors`, shape (n, width), are to examples: shape (n,)."""
    return lambda examples: _nearest(vectors, _known(embedding, examples))


def _nearest(vectors: Vectors, examples: Vectors) -> Array:
    found = np.sort(vectors.astype(np.float64) @ examples.T.astype(np.float64), axis=1)
    nearest: Array = found[:, -SEVERAL:].mean(axis=1)
    return nearest


@lru_cache(maxsize=4096)
def _known(embedding: Embedding, examples: Sequence[str]) -> Vectors:
    return embedding.vectors(examples)
