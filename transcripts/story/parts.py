"""The parts of a told story, sentence by sentence: situation, task, action, result, lesson, or other.

Three steps. Where there is a sentence embedding, a softmax regression on it says how each sentence sounds, in
six numbers. A second regression reads each sentence with its two neighbours, by their traits and those
six; it knows nothing of the place in the answer, because an answer may begin with its result. The first
has learnt from our own answers alone and knows their words; six numbers of it are as much as helps with
strangers, from whom the second has learnt too. Then one hidden Markov model for each *plan* of telling (all
parts in order, one of them missing, the result first, no order) weighs the row of sentences, each
with the transitions and the places of parts that are usual under its plan. How well each plan
explains the answer says how much it counts; so nothing is found only because it stands where a
result would stand. The weights are fitted by benchmarks/fit_story.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vivavoce.transcripts.story.sentences import sentences
from vivavoce.transcripts.story.traits import traits

LABELS = ("situation", "task", "action", "result", "lesson", "other")
PLACES = 10  # of equal length, in which an answer is divided for the usual places of parts
SENSED = 0.3  # how large the logarithms of the first regression are beside a trait, which is up to one
LEAST_SENSED = -6.0  # logarithm of a probability; below it all is equally unlikely
PARTS = ("context", "task", "action", "result", "lesson")  # whose presence is judged

Vectors = NDArray[np.float32]
Array = NDArray[np.float64]


class Embedding(Protocol):
    """Knows how alike sentences are in meaning."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector for each of `texts`, shape (len(texts), width)."""
        ...


class Known:
    """An `Embedding` that has computed many texts together, which is quicker than a few at a time."""

    def __init__(self, embedding: Embedding, texts: Iterable[str]) -> None:
        self._embedding = embedding
        self._known = self._computed(sorted(set(texts)))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector for each of `texts`; those that are not known are computed."""
        new = self._computed([text for text in texts if text not in self._known])
        return np.array([self._known[text] if text in self._known else new[text] for text in texts])

    def _computed(self, texts: Sequence[str]) -> Mapping[str, Vectors]:
        return dict(zip(texts, self._embedding.vectors(texts), strict=True)) if texts else {}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer: `text[start:end]`, the space after it included."""

    start: int
    end: int
    label: str
    confidence: float  # probability of the label


@dataclass(frozen=True, slots=True)
class Story:
    """What an answer is made of; `present` has the probability that each of PARTS is told."""

    sentences: tuple[Sentence, ...]
    present: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was fitted, for sentences with an embedding or without one.

    sense (width + 1, 6), the bias first, and empty without one; bias (6,), weights (features, 6); plans:
    prior (K,), begins (K, 6), moves (K, 6, 6), ends (K, 6), places (K, PLACES, 6), all logarithms; prior of
    labels (6,); how much moves, places and plans count (3,); presence (parts, evidence + 1).
    """

    sense: Array
    bias: Array
    weights: Array
    labels: Array
    plans: Array
    begins: Array
    moves: Array
    ends: Array
    places: Array
    trust: Array
    presence: Array


def story(text: str, embedding: Embedding | None = None) -> Story:
    """Return the parts of `text`; without an `embedding` (MiniLM), its words alone are read."""
    found = sentences(text)
    texts = [text[start:end].strip() for start, end in found]
    vectors = None if embedding is None or not texts else embedding.vectors(texts)
    return read(texts, found, vectors)


def read(
    texts: Sequence[str],
    spans: Sequence[tuple[int, int]],
    vectors: Vectors | None,
    question: Vectors | None = None,
    fitted: Weights | None = None,
) -> Story:
    """Return the parts of an answer of which the sentences are known.

    Args:
        texts: the sentences that belong to the answer, in order.
        spans: where each is.
        vectors: their embeddings, shape (n, width); None if there are none.
        question: the embedding of what was asked, shape (width,).
        fitted: instead of the shipped weights.
    """
    if not texts:
        return Story((), dict.fromkeys(PARTS, 0.0))
    weights = fitted or shipped(vectors is not None)
    own = traits(texts)
    sensed = None if vectors is None else sense(sounding(own, vectors, question), weights.sense)
    emitted = emissions(features(own, sensed), weights)
    marginals, plans = decoded(emitted, weights)
    labelled = [
        Sentence(start, end, LABELS[int(each.argmax())], round(float(each.max()), 3))
        for (start, end), each in zip(spans, marginals, strict=True)
    ]
    return Story(tuple(labelled), presence(emitted, marginals, plans, weights))


def sounding(own: Array, vectors: Vectors, question: Vectors | None = None) -> Array:
    """Return what the first regression knows of each sentence, shape (n, width); `own` are its traits."""
    wide = vectors.astype(np.float64)
    # The embedding about as large as the traits together, the likeness to the rest as large as one.
    return np.hstack([own, wide * 4, likeness(wide, question) * 4])


def sense(wide: Array, fitted: Array) -> Array:
    """Return the log-probability of each label by the first regression, shape (n, 6)."""
    return _log_softmax(wide @ fitted[1:] + fitted[0])


def features(own: Array, sensed: Array | None) -> Array:
    """Return what is known of each sentence and its two neighbours, shape (n, features).

    Args:
        own: the traits of the sentences.
        sensed: what the first regression says of them; None without an embedding.
    """
    if sensed is not None:
        own = np.hstack([own, SENSED * np.maximum(sensed, LEAST_SENSED)])
    nothing = np.zeros((1, own.shape[1]))
    return np.hstack([own, np.vstack([nothing, own[:-1]]), np.vstack([own[1:], nothing])])


def likeness(vectors: Array, question: Vectors | None) -> Array:
    """Return the cosine of each sentence with all the others together, and the question; shape (n, 2)."""
    asked = np.zeros(vectors.shape[1]) if question is None else question.astype(np.float64)
    rest = vectors.sum(axis=0) + 2 * asked - vectors
    norms = np.linalg.norm(rest, axis=1) + 1e-9
    return np.column_stack([(vectors * rest).sum(axis=1) / norms, vectors @ asked])


def emissions(row: Array, weights: Weights) -> Array:
    """Return the log-probability of each label for each sentence, by itself; shape (n, 6)."""
    return _log_softmax(row @ weights.weights + weights.bias)


def decoded(emitted: Array, weights: Weights) -> tuple[Array, Array]:
    """Return the probabilities of labels, shape (n, 6), and of plans, shape (K,)."""
    by_move, by_place, by_plan = weights.trust
    count = len(emitted)
    place = ((np.arange(count) + 0.5) / count * PLACES).astype(int)
    likely = (emitted - weights.labels)[:, np.newaxis]
    local = likely + by_place * weights.places[:, place].transpose(1, 0, 2)
    each, total = _forward_backward(
        local, by_move * weights.begins, by_move * weights.moves, by_move * weights.ends
    )
    posterior = np.exp(_log_softmax(by_plan * total + weights.plans))
    mixed: Array = np.einsum("nkl,k->nl", each, posterior)
    return mixed, posterior


def evidence(emitted: Array, marginals: Array, plans: Array) -> Array:
    """Return what speaks for each of PARTS, shape (parts, EVIDENCE)."""
    own = np.exp(emitted)
    rows = []
    for part in PARTS:
        columns = [0, 1] if part == "context" else [LABELS.index(part)]
        alone, placed = own[:, columns].sum(axis=1), marginals[:, columns].sum(axis=1)
        top = np.sort(alone)[::-1]
        rows.append(
            [
                _logit(top[0]),
                _logit(top[:2].mean()),
                _logit(placed.max()),
                np.log(placed.sum() + 0.05),
                np.log(len(own)),
                *plans,
            ]
        )
    return np.array(rows)


def presence(emitted: Array, marginals: Array, plans: Array, weights: Weights) -> dict[str, float]:
    """Return the probability that each of PARTS is told."""
    rows = evidence(emitted, marginals, plans)
    logits = (weights.presence[:, 1:] * rows).sum(axis=1) + weights.presence[:, 0]
    return {part: round(float(p), 3) for part, p in zip(PARTS, 1 / (1 + np.exp(-logits)), strict=True)}


@cache
def shipped(embedded: bool) -> Weights:
    """Return the weights of the package, for sentences with an embedding or without."""
    name = "story.npz" if embedded else "story-words.npz"
    with (files("vivavoce.transcripts.story") / name).open("rb") as file, np.load(file) as kept:
        return Weights(**{key: kept[key].astype(np.float64) for key in kept.files})


def _forward_backward(local: Array, begins: Array, moves: Array, ends: Array) -> tuple[Array, Array]:
    """Return the marginals of K chains at once, shape (n, K, 6), and the logarithms of their weights."""
    ahead, behind = np.empty_like(local), np.empty_like(local)
    ahead[0], behind[-1] = begins + local[0], ends
    for index in range(1, len(local)):
        ahead[index] = _log_sum(ahead[index - 1][:, :, np.newaxis] + moves, axis=1) + local[index]
    for index in range(len(local) - 2, -1, -1):
        behind[index] = _log_sum(moves + (local[index + 1] + behind[index + 1])[:, np.newaxis], axis=2)
    both = ahead + behind
    total = _log_sum(both[-1], axis=1)
    return np.exp(both - total[:, np.newaxis]), total


def _log_sum(rows: Array, axis: int) -> Array:
    top = rows.max(axis=axis, keepdims=True)
    found: Array = np.squeeze(top, axis) + np.log(np.exp(rows - top).sum(axis=axis))
    return found


def _log_softmax(rows: Array) -> Array:
    shifted = rows - rows.max(axis=-1, keepdims=True)
    found: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return found


def _logit(p: float) -> float:
    held = min(max(float(p), 1e-3), 1 - 1e-3)
    return float(np.log(held / (1 - held)))
