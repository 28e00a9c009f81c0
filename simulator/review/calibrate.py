"""`vivavoce calibrate`: agreement with answers that people labelled and graded, and every miss."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.errors import DocumentError
from vivavoce.simulator.review.score import MOST_LINE
from vivavoce.transcripts.events import SCHEMA
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, assess
from vivavoce.transcripts.story.parts import LABELS

NEAR = 1  # points by which a score may differ
QUOTED = 90  # characters
WANTED = 'one {"id", "question", "sentences": [["situation", "..."], ...], "grade": 1 to 5 or null} a line'


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer as a person labelled it, sentence by sentence; `grade` is None if nobody graded it."""

    id: str
    question: str
    sentences: tuple[tuple[str, str], ...]
    grade: int | None


def calibrate(path: Path) -> dict[str, Any]:
    """Return how the labels and scores agree with those in the file at `path`.

    Raises:
        DocumentError: the file cannot be read, or a line of it is no labelled answer; it names the line.
    """
    many = list(labelled(path))
    means = reader()
    pairs = [(one, assess(" ".join(text for _, text in one.sentences), one.question, means)) for one in many]
    labels = [(one, found, list(_labels(one, found))) for one, found in pairs]
    told = [(wanted, got) for _, _, rows in labels for _, wanted, got in rows]
    graded = [(one, found) for one, found in pairs if one.grade is not None]
    return {
        "schema": SCHEMA,
        "answers": len(many),
        "labels": {label: _figures(told, label) for label in LABELS},
        "macro_f1": _mean([_figures(told, label)["f1"] for label in LABELS[:4]]),
        "scores": _agreement(graded),
        "misses": [miss for row in labels for miss in _misses(*row)],
    }


def page(found: Mapping[str, Any]) -> str:
    """Return what `calibrate` found, for people."""
    lines = [f"{found['answers']} answers", "", "label       precision  recall   F1"]
    for label, row in found["labels"].items():
        cells = ("-" if row[key] is None else f"{row[key]:.2f}" for key in ("precision", "recall", "f1"))
        lines.append(f"{label:12}" + "   ".join(f"{cell:>6}" for cell in cells))
    if found["macro_f1"] is not None:
        lines.append(f"Mean F1 of situation, task, action and result: {found['macro_f1']:.2f}")
    if found["scores"]["graded"]:
        lines.append(f"Within one point of the grade: {found['scores']['within_1']:.0%}")
    lines += ["", f"{len(found['misses'])} misses"]
    lines += [
        line(f"{one['id']}: {one['what']}, not {one['wanted']}: {one['quote']}") for one in found["misses"]
    ]
    return "\n".join(lines)


def labelled(path: Path) -> Iterator[Labelled]:
    """Yield the answers of the file at `path`.

    Raises:
        DocumentError: the file cannot be read, or a line of it is no labelled answer; it names the line.
    """
    if path.exists() and not path.is_file():
        raise DocumentError(f"{path} is not a file; give {WANTED}")
    empty = True
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MOST_LINE + 1), b""), start=1):
            if line.strip():
                empty = False
                yield _labelled(line, f"{path}, line {number}")
    if empty:
        raise DocumentError(f"{path} is empty; give {WANTED}")


def _labelled(line: bytes, place: str) -> Labelled:
    try:
        row = json.loads(line.decode("utf-8-sig"))
        told = tuple((str(label), str(text)) for label, text in row["sentences"])
        grade = row.get("grade")
        one = Labelled(str(row["id"]), str(row.get("question") or ""), told, grade)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DocumentError(f"{place}: no labelled answer; give {WANTED}") from None
    if not told or not all(label in LABELS and text.strip() for label, text in told):
        raise DocumentError(f"{place}: each sentence needs one of {', '.join(LABELS)}, and words")
    if grade is not None and grade not in range(rubric.WORST, rubric.BEST + 1):
        raise DocumentError(f"{place}: “grade” must be a whole number from 1 to 5, or null")
    return one


def _labels(one: Labelled, found: Assessment) -> Iterator[tuple[str, str, str]]:
    """Yield each labelled sentence, its label, and the one that most of it got."""
    start = 0
    for wanted, text in one.sentences:
        end = start + len(text)
        shares = {
            label: sum(
                max(0, min(end, x.end) - max(start, x.start)) for x in found.segments if x.label == label
            )
            for label in LABELS
        }
        yield text, wanted, max(LABELS, key=lambda label: shares[label])
        start = end + 1


def _figures(told: Sequence[tuple[str, str]], label: str) -> dict[str, float | int | None]:
    hits = sum(wanted == got == label for wanted, got in told)
    wanted, got = sum(one == label for one, _ in told), sum(other == label for _, other in told)
    return {
        "sentences": wanted,
        "precision": _share(hits, got),
        "recall": _share(hits, wanted),
        "f1": _share(2 * hits, wanted + got),
    }


def _agreement(graded: Sequence[tuple[Labelled, Assessment]]) -> dict[str, float | int | None]:
    differences = [abs(_overall(found) - (one.grade or 0)) for one, found in graded]
    return {
        "graded": len(graded),
        "within_1": _share(sum(one <= NEAR for one in differences), len(graded)),
        "exact": _share(sum(one == 0 for one in differences), len(graded)),
    }


def _overall(found: Assessment) -> int:
    """Return the overall score; what is not judged has nothing to go by, and counts as the lowest."""
    return found.scores[rubric.OVERALL] if found.scores else rubric.WORST


def _misses(
    one: Labelled, found: Assessment, rows: Sequence[tuple[str, str, str]]
) -> Iterator[dict[str, str]]:
    for text, wanted, got in rows:
        if wanted != got:
            yield {"id": one.id, "what": got, "wanted": wanted, "quote": text[:QUOTED]}
    if one.grade is not None and abs(_overall(found) - one.grade) > NEAR:
        codes = ", ".join(x.code for x in found.findings if x.kind == rubric.GAP) or found.why_not
        yield {
            "id": one.id,
            "what": f"score {_overall(found)}",
            "wanted": f"grade {one.grade}",
            "quote": codes,
        }


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 3) if whole else None


def _mean(values: Sequence[float | int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 3) if known else None
