"""Fit what tells the parts of a story: `python -m benchmarks.fit_story [--stories FILE]`.

Reads the answers of benchmarks/stories that are not held out, in all their variants, and writes
transcripts/story/story.npz (with MiniLM) and transcripts/story/story-words.npz (without). The second
regression of the first learns from strangers, too (benchmarks/strangers.py): weights over traits of ours, no
word of theirs. The words alone have learnt from ours only, for transcripts/story/told.py is calibrated with
them on strangers. Same answers, same weights. What is not fitted by gradient (`TRUST`, the penalties, the
shares of plans, `parts.SENSED`) was chosen by `benchmarks.story`, which leaves strangers out by author.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.stories import Answer, answers, interrupted, passages, variants
from benchmarks.strangers import labelled
from vivavoce.audio.models.store import locate
from vivavoce.simulator.engine.embeddings import MiniLM
from vivavoce.transcripts.story import parts
from vivavoce.transcripts.story.parts import LABELS, PARTS, PLACES, Embedding, Vectors, Weights
from vivavoce.transcripts.story.traits import traits

PLANS = ("complete", "no result", "no action", "no context", "no task", "result first", "free")
SHARES = (0.5, 0.1, 0.07, 0.07, 0.1, 0.08, 0.08)  # of answers that are told so
TRUST = (0.6, 0.3, 0.6)  # in transitions, places and plans
PENALTY, SENSE_PENALTY = 1e-3, 1e-2  # of the second regression, and of the first
RATE, STEPS = 0.02, 300
FEWEST_SENTENCES = 2  # that a variant must still have
SMOOTHING = 0.3  # counts that every transition and place has
ASIDES, SEED = 2, 3  # copies of each answer with an off-topic passage in it
RARE = 0.3  # of an artificial variant, beside an answer as it was told
THEIRS = 6.0  # of ours that a stranger's answer counts as

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """An answer in one variant, with what is known of its sentences."""

    answer: Answer
    own: Array  # their traits, (n, COUNT)
    wide: Array | None  # what the first regression knows, (n, width); None without an embedding
    labels: NDArray[np.int64]  # (n,)
    times: float = 1.0  # that it counts
    sensed: Array | None = None  # what the first regression says, (n, 6)

    @property
    def row(self) -> Array:
        """What the second regression knows, shape (n, features)."""
        return parts.features(self.own, self.sensed)


def main() -> None:
    """Fit both and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    theirs = labelled(parser.parse_args().stories)
    if not theirs:
        raise SystemExit("no strangers' stories: name the file with --stories or in VIVAVOCE_STRANGERS")
    learnt = [one for one in answers() if not one.heldout]
    target = Path(parts.__file__).parent
    for name, embedding, others in (("story.npz", minilm(), theirs), ("story-words.npz", None, [])):
        weights = fit(examples(learnt, embedding), examples(others, embedding, asides=0))
        kept = {key: value.astype(np.float32) for key, value in asdict(weights).items()}
        np.savez_compressed(target / name, **kept)
        size = (target / name).stat().st_size / 1e3
        print(f"{name}: {len(learnt)} answers and {len(others)} by strangers, {size:.0f} kB")


def minilm() -> MiniLM:
    """Return the embedding; its weights must be here."""
    return MiniLM(locate("minilm"))


def examples(many: Sequence[Answer], embedding: Embedding | None, asides: int = ASIDES) -> list[Example]:
    """Return `many` in all variants, and each with an off-topic passage in `asides` places.

    Each sentence is embedded once.
    """
    told, known = list(_told(many, asides)), dict[str, Vectors]()
    if embedding is not None:
        texts = sorted({text for one in told for text in [one.question, *one.texts]})
        known = dict(zip(texts, embedding.vectors(texts), strict=True)) if texts else {}
    found = []
    for one in told:
        own = traits(one.texts)
        vectors = None if embedding is None else np.array([known[text] for text in one.texts])
        wide = None if vectors is None else parts.sounding(own, vectors, known[one.question])
        labels = np.array([LABELS.index(label) for label in one.labels])
        found.append(Example(one, own, wide, labels))
    return found


def _told(many: Sequence[Answer], asides: int) -> Iterator[Answer]:
    """Yield `many` in all variants, the first of each also with an off-topic passage somewhere."""
    chance, extra = random.Random(SEED), passages(heldout=False)
    for each in many:
        told = [one for one in variants(each) if len(one.labels) >= FEWEST_SENTENCES]
        yield from told
        for one in told[:1] * asides:
            count = len(one.labels)
            place = chance.choice([0, count, chance.randrange(count + 1)])
            yield interrupted(one, chance.choice(extra), place)


def fit(ours: Sequence[Example], theirs: Sequence[Example] = ()) -> Weights:
    """Return weights fitted to our own answers and to strangers'.

    The first regression is fitted to ours. What it says of ours, and what presence is fitted on, comes from
    halves that have not seen each other, so that neither learns from what the other knows by heart.
    """
    first, said = _first(ours)
    many = [*said, *(replace(sensed(x, first), times=THEIRS) for x in theirs)]
    weights = _plans(many, first, *_regression(*_inputs(many), PENALTY))
    halves = [[x for x in many if _half(x) == half] for half in (0, 1)]
    others = [_plans(half, first, *_regression(*_inputs(half), PENALTY)) for half in reversed(halves)]
    crossed = [(other, x) for other, half in zip(others, halves, strict=True) for x in half]
    return replace(weights, presence=_presence(crossed))


def sensed(x: Example, first: Array) -> Example:
    """Return `x` with what the `first` regression says of it."""
    return x if x.wide is None else replace(x, sensed=parts.sense(x.wide, first))


def _first(ours: Sequence[Example]) -> tuple[Array, list[Example]]:
    """Return the first regression, and `ours` with what one that has not seen them says of each."""
    if not ours or ours[0].wide is None:
        return np.zeros((0, len(LABELS))), list(ours)
    halves = [[x for x in ours if _half(x) == half] for half in (0, 1)]
    each = [np.vstack(_regression(*_wide(half), SENSE_PENALTY)) for half in reversed(halves)]
    said = [sensed(x, each[_half(x)]) for x in ours]
    return np.vstack(_regression(*_wide(ours), SENSE_PENALTY)), said


def _half(x: Example) -> int:
    return int(x.answer.id.rsplit("-", 1)[1]) // 2 % 2


def _weight(x: Example) -> float:
    usual = 1.0 if x.answer.variant in ("told", "complete") else RARE if len(x.labels) > 1 else 0.1
    return x.times * usual


def _wide(many: Sequence[Example]) -> tuple[Array, Array, Array]:
    return np.vstack([x.wide for x in many if x.wide is not None]), *_wanted(many)


def _inputs(many: Sequence[Example]) -> tuple[Array, Array, Array]:
    return np.vstack([x.row for x in many]), *_wanted(many)


def _wanted(many: Sequence[Example]) -> tuple[Array, Array]:
    """Return the labels of all sentences, shape (n, 6), and how much each counts."""
    labels = np.eye(len(LABELS))[np.concatenate([x.labels for x in many])]
    return labels, np.concatenate([np.full(len(x.labels), _weight(x)) for x in many])


def _regression(inputs: Array, wanted: Array, counts: Array, penalty: float) -> tuple[Array, Array]:
    """Return bias, shape (1, 6), and weights of a softmax regression with an L2 penalty.

    Found by Nesterov's gradient.
    """
    inputs, wanted = inputs.astype(np.float32), wanted.astype(np.float32)  # twice as fast, and as good
    counts = (counts / counts.sum()).astype(np.float32)
    columns = np.column_stack([np.ones(len(inputs), np.float32), inputs])
    weights = np.zeros((columns.shape[1], len(LABELS)), np.float32)
    ahead = weights
    for step in range(STEPS):
        logits = columns @ ahead
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        slope = columns.T @ ((p - wanted) * counts[:, np.newaxis]) + penalty * ahead
        following = ahead - RATE * slope
        ahead = following + step / (step + 3) * (following - weights)
        weights = following
    return weights[:1].astype(np.float64), weights[1:].astype(np.float64)


def _plans(many: Sequence[Example], first: Array, bias: Array, weights: Array) -> Weights:
    """Return the weights with what each plan's examples say of transitions and places."""
    size, plans = len(LABELS), len(PLANS)
    begins, ends = np.full((plans, size), SMOOTHING), np.full((plans, size), SMOOTHING)
    moves = np.full((plans, size, size), SMOOTHING)
    places = np.full((plans, PLACES, size), SMOOTHING)
    labels = np.full(size, SMOOTHING)
    for x in many:
        plan, count = PLANS.index(x.answer.variant), len(x.labels)
        begins[plan, x.labels[0]] += x.times
        ends[plan, x.labels[-1]] += x.times
        np.add.at(moves[plan], (x.labels[:-1], x.labels[1:]), x.times)
        where = ((np.arange(count) + 0.5) / count * PLACES).astype(int)
        np.add.at(places[plan], (where, x.labels), x.times)
        np.add.at(labels, x.labels, _weight(x))
    return Weights(
        sense=first,
        bias=bias[0],
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
        found.append(_logistic(inputs, told, np.array([x.times for _, x in crossed])))
    return np.array(found)


def _logistic(inputs: Array, told: Array, times: Array) -> Array:
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    columns = np.column_stack([np.ones(len(inputs)), (inputs - mean) / spread])
    times = times / times.mean()
    share = float(np.average(told, weights=times))
    counts = times * np.where(told > 0, 0.5 / max(share, 1e-3), 0.5 / max(1 - share, 1e-3))
    weights = np.zeros(columns.shape[1])
    for _ in range(2000):
        error = counts * (1 / (1 + np.exp(-columns @ weights)) - told)
        weights -= 0.3 * (columns.T @ error / len(told) + 1e-3 * np.array([0, *weights[1:]]))
    slopes = weights[1:] / spread
    return np.array([weights[0] - slopes @ mean, *slopes])


if __name__ == "__main__":
    main()
