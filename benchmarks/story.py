"""How well the parts of a story are found, strangers first.

    python -m benchmarks.story [--words] [--stories FILE] [--folds]

Strangers (benchmarks/strangers.py) are measured by weights that have seen all of ours that is not held out
and other strangers, a sixth of the authors left out at a time: in the order in which they were told, in
another order, and with a part left out. What they say when no story is asked for is in training and has a
figure of its own. Beside the reader stands what knows nothing but the place of a sentence, nothing but its
words, and words and place. Each kind of author stands by itself. Then our own held-out fifth, by weights
that have seen no stranger; with --folds, ours without one author's file at a time instead (the held-out fifth
is then in no training and no measure). Macro-F1 is over situation, task, action and result.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.fit_story import Example, examples, fit, minilm, sensed
from benchmarks.measure import publish
from benchmarks.stories import answers
from benchmarks.strangers import NO_STORY, STRATA, author, labelled
from vivavoce.transcripts.story import parts
from vivavoce.transcripts.story.parts import LABELS, Embedding, Weights

STAR = LABELS[:4]
QUANTILES = (0.22, 0.37, 0.75)  # where task, action and result begin in a complete answer
FOLDS = 6
TOLD = 0.5  # probability from which a part counts as there
REORDERED = ("result first", "free")
WITHOUT = {part: f"no {part}" for part in ("result", "action", "context", "task")}
Judged = tuple[Example, list[str], dict[str, float]]


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--words", action="store_true", help="without the embedding")
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    parser.add_argument("--folds", action="store_true", help="ours: leave one author out at a time")
    chosen = parser.parse_args()
    embedding = None if chosen.words else minilm()
    learnt = examples([one for one in answers() if not one.heldout], embedding)
    figures = strange(learnt, chosen.stories, embedding)
    if chosen.folds:
        judged = [
            row
            for file in sorted({author(x.answer) for x in learnt})
            for row in judge(
                fit([x for x in learnt if author(x.answer) != file]),
                [x for x in learnt if author(x.answer) == file],
            )
        ]
    else:
        judged = judge(fit(learnt), examples([one for one in answers() if one.heldout], embedding))
    figures["our own"] = {"answers": len({x.answer.id for x, _, _ in judged})} | measure(judged)
    name = f"story{'-words' if chosen.words else ''}{'-folds' if chosen.folds else ''}"
    publish(name, figures)


def strange(ours: Sequence[Example], path: str, embedding: Embedding | None) -> dict[str, object]:
    """Return what is found in strangers' stories: by kind of author, and in all together."""
    many = examples(labelled(path), embedding, asides=0)
    found = blind(ours, many)
    words = blind(_bare(ours), _bare(many)) if embedding is not None else found
    rivals: dict[str, list[Judged]] = {
        "position": [(x, position(len(x.labels)), present) for x, _, present in found],
        "words": [
            (x, alone(x, weights), {}) for weights, fold in folds(_bare(ours), _bare(many)) for x in fold
        ],
        "words and position": words,
    }
    figures: dict[str, object] = {}
    tables: list[tuple[str, tuple[str, ...]]] = [(f"strangers, {one}", (one,)) for one in STRATA]
    tables.append(("strangers", STRATA))
    for name, kinds in tables:
        rows = {
            reader: [row for row in judged if row[0].answer.kind in kinds]
            for reader, judged in {"this": found, **rivals}.items()
        }
        if rows["this"]:
            figures[name] = {
                "answers": len({x.answer.id for x, _, _ in rows["this"]}),
                "in order": {reader: f1(each, ("complete",)) for reader, each in rows.items()},
                "in another order": {reader: f1(each, REORDERED) for reader, each in rows.items()},
                **missing(rows["this"]),
            }
    none = [label == "other" for x, labels, _ in found if x.answer.kind == NO_STORY for label in labels]
    return figures | {
        "sentences of no story that are called other": round(float(np.mean(none or [False])), 3)
    }


def folds(ours: Sequence[Example], many: Sequence[Example]) -> Iterator[tuple[Weights, list[Example]]]:
    """Yield weights that have seen `ours` and the other authors of `many`, and the stories of the rest."""
    authors = sorted({author(x.answer) for x in many})
    for left_out in [set(authors[start::FOLDS]) for start in range(min(FOLDS, len(authors)))]:
        seen = [x for x in many if author(x.answer) not in left_out]
        yield fit(ours, seen), [x for x in many if author(x.answer) in left_out]


def blind(ours: Sequence[Example], many: Sequence[Example]) -> list[Judged]:
    """Return what is found in each of `many` by weights that have not seen its author."""
    return [row for weights, fold in folds(ours, many) for row in judge(weights, fold)]


def judge(weights: Weights, many: Iterable[Example]) -> list[Judged]:
    """Return what `weights` find in each of `many`: a label a sentence, and what is present."""
    found = []
    for x in many:
        emitted = parts.emissions(sensed(x, weights.sense).row, weights)
        marginals, plans = parts.decoded(emitted, weights)
        labels = [LABELS[index] for index in marginals.argmax(axis=1)]
        found.append((x, labels, parts.presence(emitted, marginals, plans, weights)))
    return found


def alone(x: Example, weights: Weights) -> list[str]:
    """Return the labels that each sentence has without its place."""
    return [LABELS[index] for index in parts.emissions(sensed(x, weights.sense).row, weights).argmax(axis=1)]


def measure(judged: Sequence[Judged]) -> dict[str, object]:
    """Return the figures of the bars."""
    complete = [
        (x.answer.labels, position(len(x.labels))) for x, _, _ in judged if x.answer.variant == "complete"
    ]
    return {
        **{f"f1 {one}": f1(judged, (one,)) for one in sorted({x.answer.variant for x, _, _ in judged})},
        "f1 complete, position": macro_f1(complete),
        **missing(judged),
    }


def missing(judged: Sequence[Judged]) -> dict[str, float]:
    """Return how well a missing part is known, and of how many whole stories one is found missing."""
    figures = {}
    for part, variant in WITHOUT.items():
        rows = [row for row in judged if row[0].answer.variant in ("complete", variant)]
        figures[f"presence {part}"] = balanced(rows, part)
    for part in WITHOUT:
        whole = [present[part] < TOLD for x, _, present in judged if x.answer.variant == "complete"]
        figures[f"whole, without {part}"] = round(float(np.mean(whole or [False])), 3)
    return figures


def f1(judged: Sequence[Judged], kinds: Sequence[str]) -> float:
    """Return the macro-F1 of the variants `kinds`."""
    return macro_f1([(x.answer.labels, labels) for x, labels, _ in judged if x.answer.variant in kinds])


def balanced(rows: Sequence[Judged], part: str) -> float:
    """Return the balanced accuracy with which `part` is found present, and missing."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for x, _, present in rows:
        told = x.answer.tells(part)
        right[told].append((present[part] >= TOLD) == told)
    return round(float(np.mean([np.mean(right[told]) for told in (True, False) if right[told]])), 3)


def macro_f1(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> float:
    """Return the mean of the four F1; sentences that are none of the four are left out of the truth."""
    told = [(a, b) for wanted, found in pairs for a, b in zip(wanted, found, strict=True) if a in STAR]
    scores = []
    for label in STAR:
        hits = sum(a == b == label for a, b in told)
        both = sum(a == label for a, _ in told) + sum(b == label for _, b in told)
        if any(a == label for a, _ in told):
            scores.append(2 * hits / both)
    return round(float(np.mean(scores)), 3) if scores else 0.0


def position(count: int) -> list[str]:
    """Return the labels that the place alone says."""
    places = (np.arange(count) + 0.5) / count
    return [STAR[int(np.searchsorted(QUANTILES, place))] for place in places]


def _bare(many: Sequence[Example]) -> list[Example]:
    return [replace(x, wide=None) for x in many]


if __name__ == "__main__":
    main()
