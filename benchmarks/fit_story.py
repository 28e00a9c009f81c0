"""Fit what tells the parts of a story: `python -m benchmarks.fit_story`.

Reads the answers of benchmarks/stories that are not held out, in all their variants, and writes
transcripts/story/story.npz (with MiniLM) and transcripts/story/story-words.npz (without). Same answers, same
weights. What is not fitted by gradient (`TRUST`, `PENALTY`, the shares of plans) was chosen by
`benchmarks.story --folds`, which leaves one author's file out at a time.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.stories import Answer, answers, interrupted, passages, variants
from vivavoce.audio.models.store import locate
from vivavoce.simulator.engine.embeddings import MiniLM
from vivavoce.transcripts.story import parts
from vivavoce.transcripts.story.parts import LABELS, PARTS, PLACES, Embedding, Vectors, Weights

PLANS = ("complete", "no result", "no action", "no context", "no task", "result first", "free")
SHARES = (0.5, 0.1, 0.07, 0.07, 0.1, 0.08, 0.08)  # of answers that are told so
TRUST = (0.6, 0.6, 0.6)  # in transitions, places and plans
PENALTY = 2e-3
RATE, STEPS = 0.02, 300
FEWEST_SENTENCES = 2  # that a variant must still have
SMOOTHING = 0.3  # counts that every transition and place has
ASIDES, SEED = 2, 3  # copies of each answer with an off-topic passage in it
RARE = 0.3  # of an artificial variant, beside an answer as it was told

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """An answer in one variant, with what is known of its sentences."""

    answer: Answer
    row: Array  # (n, features)
    labels: NDArray[np.int64]  # (n,)


def main() -> None:
    """Fit both and write them."""
    learnt = [one for one in answers() if not one.heldout]
    target = Path(parts.__file__).parent
    for name, embedding in (("story.npz", minilm()), ("story-words.npz", None)):
        weights = fit(examples(learnt, embedding))
        kept = {key: value.astype(np.float32) for key, value in asdict(weights).items()}
        np.savez_compressed(target / name, **kept)
        print(f"{name}: {len(learnt)} answers, {(target / name).stat().st_size / 1e3:.0f} kB")


def minilm() -> MiniLM:
    """Return the embedding; its weights must be here."""
    return MiniLM(locate("minilm"))


def examples(many: Sequence[Answer], embedding: Embedding | None) -> list[Example]:
    """Return `many` in all variants; each sentence is embedded once."""
    found, known = [], dict[str, Vectors]()
    if embedding is not None:
        texts = sorted({text for one in _told(many) for text in [one.question, *one.texts]})
        known = dict(zip(texts, embedding.vectors(texts), strict=True))
    for one in _told(many):
        vectors = None if embedding is None else np.array([known[text] for text in one.texts])
        labels = np.array([LABELS.index(label) for label in one.labels])
        asked = None if embedding is None else known[one.question]
        found.append(Example(one, parts.features(one.texts, vectors, asked), labels))
    return found


def _told(many: Sequence[Answer]) -> Iterator[Answer]:
    """Yield `many` in all variants, the first of each also with an off-topic passage somewhere."""
    chance, extra = random.Random(SEED), passages(heldout=False)
    for each in many:
        told = [one for one in variants(each) if len(one.labels) >= FEWEST_SENTENCES]
        yield from told
        for one in told[:1] * ASIDES:
            count = len(one.labels)
            place = chance.choice([0, count, chance.randrange(count + 1)])
            yield interrupted(one, chance.choice(extra), place)


def fit(many: Sequence[Example], *, own: bool = True) -> Weights:
    """Return weights fitted to `many`.

    Args:
        many: the examples.
        own: whether presence is fitted on emissions that the halves of `many` give each other, so
            that it does not learn from what the regression knows by heart.
    """
    weights = _plans(many, *_regression(many))
    if not own:
        return weights
    halves = [[x for x in many if _half(x) == half] for half in (0, 1)]
    others = [fit(halves[1 - half], own=False) for half in (0, 1)]
    crossed = [(others[half], x) for half in (0, 1) for x in halves[half]]
    return replace(weights, presence=_presence(crossed))


def _half(x: Example) -> int:
    return int(x.answer.id.rsplit("-", 1)[1]) // 2 % 2


def _weight(x: Example) -> float:
    return 1.0 if x.answer.variant in ("told", "complete") else RARE if len(x.labels) > 1 else 0.1


def _regression(many: Sequence[Example]) -> tuple[Array, Array]:
    """Return bias and weights of a softmax regression with an L2 penalty, by Nesterov's gradient."""
    inputs = np.vstack([x.row for x in many]).astype(np.float32)  # twice as fast, and as good
    wanted = np.eye(len(LABELS), dtype=np.float32)[np.concatenate([x.labels for x in many])]
    counts = np.concatenate([np.full(len(x.labels), _weight(x)) for x in many])
    counts = (counts / counts.sum()).astype(np.float32)
    columns = np.column_stack([np.ones(len(inputs), np.float32), inputs])
    weights = np.zeros((columns.shape[1], len(LABELS)), np.float32)
    ahead = weights
    for step in range(STEPS):
        logits = columns @ ahead
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        slope = columns.T @ ((p - wanted) * counts[:, np.newaxis]) + PENALTY * ahead
        following = ahead - RATE * slope
        ahead = following + step / (step + 3) * (following - weights)
        weights = following
    return weights[0].astype(np.float64), weights[1:].astype(np.float64)


def _plans(many: Sequence[Example], bias: Array, weights: Array) -> Weights:
    """Return the weights with what each plan's examples say of transitions and places."""
    size, plans = len(LABELS), len(PLANS)
    begins, ends = np.full((plans, size), SMOOTHING), np.full((plans, size), SMOOTHING)
    moves = np.full((plans, size, size), SMOOTHING)
    places = np.full((plans, PLACES, size), SMOOTHING)
    labels = np.full(size, SMOOTHING)
    for x in many:
        plan, count = PLANS.index(x.answer.variant), len(x.labels)
        begins[plan, x.labels[0]] += 1
        ends[plan, x.labels[-1]] += 1
        np.add.at(moves[plan], (x.labels[:-1], x.labels[1:]), 1)
        np.add.at(places[plan], (((np.arange(count) + 0.5) / count * PLACES).astype(int), x.labels), 1)
        for label in x.labels:
            labels[label] += _weight(x)
    return Weights(
        bias=bias,
        weights=weights,
        labels=np.log(labels / labels.sum()),
        plans=np.log(SHARES),
        begins=np.log(begins / begins.sum(axis=1, keepdims=True)),
        moves=np.log(moves / moves.sum(axis=2, keepdims=True)),
        ends=np.log(ends / ends.sum(axis=1, keepdims=True)),
        places=np.log(places / places.sum(axis=2, keepdims=True)),
        trust=np.array(TRUST),
        presence=np.zeros((len(PARTS), 1)),
    )


def _presence(crossed: Sequence[tuple[Weights, Example]]) -> Array:
    """Return, for each part, a bias and the weights of what speaks for it (logistic, balanced)."""
    rows = []
    for weights, x in crossed:
        emitted = parts.emissions(x.row, weights)
        rows.append(parts.evidence(emitted, *parts.decoded(emitted, weights)))
    found = []
    for index, part in enumerate(PARTS):
        inputs = np.array([row[index] for row in rows])
        told = np.array([x.answer.tells(part) for _, x in crossed], dtype=float)
        found.append(_logistic(inputs, told))
    return np.array(found)


def _logistic(inputs: Array, told: Array) -> Array:
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    columns = np.column_stack([np.ones(len(inputs)), (inputs - mean) / spread])
    counts = np.where(told > 0, 0.5 / max(told.mean(), 1e-3), 0.5 / max(1 - told.mean(), 1e-3))
    weights = np.zeros(columns.shape[1])
    for _ in range(2000):
        error = counts * (1 / (1 + np.exp(-columns @ weights)) - told)
        weights -= 0.3 * (columns.T @ error / len(told) + 1e-3 * np.array([0, *weights[1:]]))
    slopes = weights[1:] / spread
    return np.array([weights[0] - slopes @ mean, *slopes])


if __name__ == "__main__":
    main()
