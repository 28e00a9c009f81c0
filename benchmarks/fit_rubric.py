"""Fit what each finding costs the overall score: `python -m benchmarks.fit_rubric`.

Reads the graded answers of benchmarks/stories that are not held out and writes
transcripts/scoring/rubric.json. Least squares that cannot go below LEAST, drawn towards PRIOR as strongly as
PULL answers would; for there are more findings than a hundred answers can tell apart.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.fit_story import minilm
from benchmarks.stories import Answer, answers
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Reader, assess
from vivavoce.transcripts.story.parts import Embedding

PRIOR = {  # points that a gap costs, to somebody who reads the answer for the first time
    "result-missing": 1.2,
    "result-unclear": 0.8,
    "result-soft": 0.5,
    "action-missing": 1.2,
    "action-unclear": 0.8,
    "action-thin": 0.8,
    "action-short": 0.4,
    "context-missing": 0.6,
    "no-episode": 1.0,
    "shortest": 1.2,
    "shorter": 0.6,
    "short": 0.3,
    "details-missing": 0.5,
    "setup-heavy": 0.5,
    "aside-heavy": 0.6,
    "long": 0.5,
    "off-topic": 1.0,
}
PULL = 12.0  # answers
STEPS, RATE = 4000, 0.01
LEAST, NEAREST = 0.2, 0.05
WORSE = (
    ("result-missing", "result-unclear"),
    ("action-missing", "action-unclear"),
    ("action-missing", "action-thin"),
)
SET = {"off-topic": 1.0}  # too rare among the graded answers to be fitted


def main() -> None:
    """Fit and write."""
    graded = [one for one in answers() if one.grade is not None and not one.heldout]
    found = fit(codes(graded, minilm()), [float(one.grade or 0) for one in graded])
    path = Path(rubric.__file__).with_name("rubric.json")
    path.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    print(json.dumps(found, indent=2))


def codes(many: Sequence[Answer], embedding: Embedding | None) -> list[frozenset[str]]:
    """Return the codes of the gaps in each of `many`; of what is not judged, none that costs."""
    told = [assess(" ".join(one.texts), one.question, Reader(embedding)) for one in many]
    return [frozenset(found.code for found in one.findings if found.kind == rubric.GAP) for one in told]


def fit(rows: Sequence[frozenset[str]], grades: Sequence[float]) -> dict[str, float]:
    """Return the points that each code costs, LEAST and more."""
    names = sorted(code for code, rule in rubric.RULES.items() if rule.kind == rubric.GAP)
    judged = [(row, grade) for row, grade in zip(rows, grades, strict=True) if row or grade > rubric.WORST]
    inputs = np.array([[float(name in row) for name in names] for row, _ in judged])
    wanted = np.array([rubric.BEST - grade for _, grade in judged])
    usual = np.array([PRIOR[name] for name in names])
    costs = usual
    for _ in range(STEPS):
        total = np.clip(inputs @ costs, 0, None)
        over = (total > rubric.BEST - rubric.WORST) & (wanted == rubric.BEST - rubric.WORST)
        error = np.where(over, 0.0, total - wanted)  # a score cannot fall below the worst
        costs -= RATE * ((inputs.T @ error + PULL * (costs - usual)) / 10)
        costs = np.clip(costs, LEAST, None)
    for worse, milder in WORSE:
        costs[names.index(worse)] = max(costs[names.index(worse)], costs[names.index(milder)])
    rounded = (round(round(float(cost) / NEAREST) * NEAREST, 2) for cost in costs)
    return dict(zip(names, rounded, strict=True)) | SET


if __name__ == "__main__":
    main()
