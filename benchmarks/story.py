"""How well the parts of a story are found, on our own labelled answers.

    python -m benchmarks.story [--words] [--folds]

Trained on four fifths of every file and measured on the held-out fifth, as it is told, with a part
removed, and in another order; with --folds, trained without one author's file at a time and measured
on it instead (the held-out fifth is then in no training and no measure). `position` knows nothing
but the place of a sentence. Macro-F1 is over situation, task, action and result.
"""

import argparse
from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks.fit_story import Example, examples, fit, minilm
from benchmarks.measure import publish
from benchmarks.stories import answers
from vivavoce.transcripts.story import parts
from vivavoce.transcripts.story.parts import LABELS, PARTS, Weights

STAR = LABELS[:4]
QUANTILES = (0.22, 0.37, 0.75)  # where task, action and result begin in a complete answer
Judged = tuple[Example, list[str], dict[str, float]]


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--words", action="store_true", help="without the embedding")
    parser.add_argument("--folds", action="store_true", help="leave one author out at a time")
    chosen = parser.parse_args()
    many = answers()
    embedding = None if chosen.words else minilm()
    learnt = examples([one for one in many if not one.heldout], embedding)
    if chosen.folds:
        files = sorted({x.answer.id.split("-")[0] for x in learnt})
        judged = [
            row
            for file in files
            for row in judge(
                fit([x for x in learnt if x.answer.id.split("-")[0] != file]),
                [x for x in learnt if x.answer.id.split("-")[0] == file],
            )
        ]
    else:
        judged = judge(fit(learnt), examples([one for one in many if one.heldout], embedding))
    figures = measure(judged)
    name = f"story{'-words' if chosen.words else ''}{'-folds' if chosen.folds else ''}"
    publish(name, {"answers": len({x.answer.id for x, _, _ in judged}), **figures})


def judge(weights: Weights, many: Iterable[Example]) -> list[Judged]:
    """Return what `weights` find in each of `many`: a label a sentence, and what is present."""
    found = []
    for x in many:
        emitted = parts.emissions(x.row, weights)
        marginals, plans = parts.decoded(emitted, weights)
        labels = [LABELS[index] for index in marginals.argmax(axis=1)]
        found.append((x, labels, parts.presence(emitted, marginals, plans, weights)))
    return found


def measure(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the figures of the bars."""
    figures = {}
    for variant in sorted({x.answer.variant for x, _, _ in judged}):
        rows = [row for row in judged if row[0].answer.variant == variant]
        figures[f"f1 {variant}"] = macro_f1([(x.answer.labels, labels) for x, labels, _ in rows])
    complete = [row for row in judged if row[0].answer.variant == "complete"]
    figures["f1 complete, position"] = macro_f1(
        [(x.answer.labels, position(len(x.labels))) for x, _, _ in complete]
    )
    for part, variant in (
        ("result", "no result"),
        ("action", "no action"),
        ("context", "no context"),
        ("task", "no task"),
    ):
        rows = [row for row in judged if row[0].answer.variant in ("complete", variant)]
        figures[f"presence {part}"] = balanced(rows, part)
    for part in PARTS:
        figures[f"presence {part}, all"] = balanced(judged, part)
    return figures


def balanced(rows: Sequence[Judged], part: str) -> float:
    """Return the balanced accuracy with which `part` is found present, and missing."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for x, _, present in rows:
        told = x.answer.tells(part)
        right[told].append((present[part] >= 0.5) == told)
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
    return round(float(np.mean(scores)), 3)


def position(count: int) -> list[str]:
    """Return the labels that the place alone says."""
    places = (np.arange(count) + 0.5) / count
    return [STAR[int(np.searchsorted(QUANTILES, place))] for place in places]


if __name__ == "__main__":
    main()
