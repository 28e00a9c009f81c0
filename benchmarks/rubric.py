"""How well the scores agree with grades, and what must never earn one.

    python -m benchmarks.rubric [--words] [--stories FILE]

Strangers first (benchmarks/strangers.py), each kind of author and then all of them, read by weights that have
not seen their author (benchmarks/story.py, benchmarks/fit_told.py): the balanced accuracy with which a part
is called present; of how many told whole a finding says that a part was not heard, or that it leads away, or
may, and of how many without it; the mean score. Then graded answers, to which no cost is fitted: those that
are not held out, the same but for those whose grade is for what was done and not for how it is told, and the
held-out fifth. Then answers that are none, and every answer with an off-topic passage in it, ours and
strangers': no score may rise. `--words` does without MiniLM.
"""

import argparse
import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit_story import examples, minilm
from benchmarks.fit_told import examples as cued
from benchmarks.fit_told import unseen
from benchmarks.measure import publish
from benchmarks.stories import Answer, answers, interrupted, passages
from benchmarks.story import folds
from benchmarks.strangers import ANY_LEFT_OUT, NO_STORY, STRATA, Strange, author, labelled, strangers
from vivavoce.personas.content.content_checks import every_set
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, Reader, assess
from vivavoce.transcripts.story.parts import Embedding

NO_ANSWERS = (
    "fine.",
    "dont know",
    "I don't know.",
    "idk",
    "yes",
    "ok ok ok",
    "lorem kafe bon trill zug ama dono fip",
)
NOT_HEARD = ("result-missing", "action-missing", "context-missing")
HARD_TO_FIND = ("result-unclear", "action-unclear")
GAPS = ("missing", "unclear", "thin", "soft")
SEED = 7
CONDUCT = "conduct"  # the kind of a graded answer that is well told, of something that nobody should do
PRESENT = {"result": "result", "action": "action", "context": "situation", "task": "task"}
Array = NDArray[np.float64]
Read = tuple[Strange, Assessment]


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--words", action="store_true", help="without the embedding")
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    chosen = parser.parse_args()
    embedding = None if chosen.words else minilm()
    graded = [one for one in answers() if one.grade is not None]
    learnt = [one for one in graded if not one.heldout]
    read = blind(chosen.stories, embedding)
    stories = [one for one in labelled(chosen.stories) if one.kind != NO_STORY]
    strata = [(f"strangers, {one}", [row for row in read if row[0].stratum == one]) for one in STRATA]
    figures: dict[str, object] = {
        **{name: present(rows) | accused(rows) for name, rows in [*strata, ("strangers", read)]},
        "graded": agreement(learnt, embedding),
        "graded, but for conduct": agreement([one for one in learnt if one.kind != CONDUCT], embedding),
        "held out (look once)": agreement([one for one in graded if one.heldout], embedding),
        "no answers that were scored above 1": sum(_scored(text, embedding) for text in NO_ANSWERS),
        "off-topic passages that raised a score": risen(answers(), embedding),
        "off-topic passages that raised a stranger's score": risen(stories, embedding),
    }
    publish("rubric-words" if chosen.words else "rubric", figures)


def blind(path: str, embedding: Embedding | None) -> list[Read]:
    """Return what is found in strangers' stories by weights that have not seen who tells them."""
    ours = examples([one for one in answers() if not one.heldout], embedding)
    theirs = examples(labelled(path), embedding, asides=0)
    known, many, found = cued(path), strangers(path, ANY_LEFT_OUT), list[Read]()
    for weights, fold in folds(ours, theirs):
        reader = Reader(embedding, every_set(), weights=weights)
        for who in sorted({author(x.answer) for x in fold}):
            with unseen(known, who):
                own = [one for one in many if one.author == who]
                found += [(one, assess(one.text, one.question, reader)) for one in own]
    return found


def present(many: Sequence[Read]) -> dict[str, float]:
    """Return the balanced accuracy with which each part is called present, and not where it was left out."""
    figures = {}
    for part, label in PRESENT.items():
        right = {
            variant: [found.present[label] == told for one, found in many if one.variant == variant]
            for variant, told in (("told", True), (f"no {part}", False))
        }
        both = [np.mean(rows or [False]) for rows in right.values()]
        figures[f"present: {part}"] = round(float(np.mean(both)), 3)
    return figures


def accused(many: Sequence[Read]) -> dict[str, float]:
    """Return of which share of stories, whole or without a part, it is found that a part is not there."""
    told: dict[str, list[Assessment]] = {}
    for one, read in many:
        told.setdefault(one.variant, []).append(read)
    found = {variant: [{x.code for x in read.findings} for read in rows] for variant, rows in told.items()}
    whole = found.pop("told", [])
    figures = {"answers": float(len(whole))}
    for code in (*NOT_HEARD, *HARD_TO_FIND, "off-topic", rubric.DOUBTFUL):
        figures[f"whole: {code}"] = _share(whole, {code})
    figures["whole: any part not heard"] = _share(whole, {*NOT_HEARD})
    for variant, rows in found.items():
        part = variant.removeprefix("no ")
        figures[f"{variant}: not heard"] = _share(rows, {f"{part}-missing"})
        figures[f"{variant}: some gap of it"] = _share(rows, {f"{part}-{how}" for how in GAPS})
        figures[f"{variant}: praised"] = _share(rows, {f"{part}-told", f"{part}-measured"})
    names = {variant: "whole" if variant == "told" else variant for variant in told}
    return figures | {f"{names[x]}: mean score": round(float(_scores(told[x]).mean()), 3) for x in told}


def _share(rows: Sequence[set[str]], wanted: set[str]) -> float:
    return round(float(np.mean([bool(row & wanted) for row in rows] or [False])), 3)


def agreement(many: Sequence[Answer], embedding: Embedding | None) -> dict[str, float]:
    """Return how the overall score agrees with the grades; what is not judged counts as 1."""
    reader = Reader(embedding, every_set())
    given = _scores([assess(" ".join(one.texts), one.question, reader) for one in many])
    grades = np.array([float(one.grade or 0) for one in many])
    return {
        "answers": len(many),
        "within 1": round(float((np.abs(grades - given) <= 1).mean()), 3),
        "rank correlation": round(float(np.corrcoef(_ranks(grades), _ranks(given))[0, 1]), 3),
    }


def risen(many: Sequence[Answer], embedding: Embedding | None) -> dict[str, float]:
    """Return of how many answers some score, or the overall one, rose, and how many doubt cost a point."""
    reader = Reader(embedding, every_set())
    chance, extra = random.Random(SEED), passages(heldout=True)
    count = rose = overall = doubted = 0
    for one in many:
        found = assess(" ".join(one.texts), one.question, reader)
        plain, doubted = found.scores, doubted + any(x.code == rubric.DOUBTFUL for x in found.findings)
        place = chance.choice([0, len(one.texts), chance.randrange(len(one.texts) + 1)])
        told = interrupted(one, chance.choice(extra), place)
        longer = assess(" ".join(told.texts), one.question, reader).scores
        before = plain or dict.fromkeys([*rubric.DIMENSIONS, rubric.OVERALL], rubric.WORST)
        after = longer or dict.fromkeys(before, rubric.WORST)
        up = [name for name in before if after[name] > before[name]]
        count, rose, overall = count + 1, rose + bool(up), overall + (rubric.OVERALL in up)
    return {"answers": count, "any": rose, "overall": overall, "lost a point to doubt without one": doubted}


def _scores(many: Sequence[Assessment]) -> Array:
    """Return the overall score of each of `many`; what is not judged counts as the worst."""
    return np.array([float(one.scores[rubric.OVERALL] if one.scores else rubric.WORST) for one in many])


def _scored(text: str, embedding: Embedding | None) -> bool:
    found = assess(text, "Tell me about a time you failed.", Reader(embedding, every_set()))
    return found.scores is not None and max(found.scores.values()) > rubric.WORST


def _ranks(values: Array) -> Array:
    """Return the mean rank of each of `values`, as Spearman's coefficient wants ties."""
    order = np.sort(values)
    found: Array = (np.searchsorted(order, values, "left") + np.searchsorted(order, values, "right") - 1) / 2
    return found


if __name__ == "__main__":
    main()
