"""Are the things found that requirements.md lists, in answers that have them, and in no others?

benchmarks/required/ has answers of our own, written by people who had not seen a cue: for each id six that
have it and six that do not, though they are about the same. `dev.jsonl` is what the cues are mended with; of
`held.jsonl` only the figures are printed, unless --misses-held is given, which spoils it. An id is found if a
finding covers it that credits it; of a mistake (X01 to X09, Q16), if one does that is no credit.

    python -m benchmarks.required [--ids D05,D06] [--misses]
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vivavoce.personas.content.content_checks import every_set
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.scoring.assessment import Assessment, Reader, assess
from vivavoce.transcripts.scoring.rubric import GAP, OBSERVATION, SIGNAL, STRENGTH

FOLDER = Path(__file__).parent / "required"
CREDIT, MISTAKE = (STRENGTH, SIGNAL), (GAP, OBSERVATION)
BAR = 0.85


@dataclass(frozen=True, slots=True)
class Example:
    """An answer that has what the requirement `id` asks for, or that lacks it."""

    id: str
    has: bool
    question: str
    answer: str


def examples(part: str) -> list[Example]:
    """Return those of one file, "dev" or "held"."""
    lines = (FOLDER / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [Example(**json.loads(line)) for line in lines]


def found(one: Example, assessed: Assessment) -> bool:
    """Return whether the requirement is among what was found."""
    kinds = MISTAKE if one.id.startswith("X") or one.id == "Q16" else CREDIT
    return any(one.id in finding.covers and finding.kind in kinds for finding in assessed.findings)


def rates(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    """Return precision and recall of (has, found)."""
    right = sum(has and hit for has, hit in pairs)
    return right / max(1, sum(hit for _, hit in pairs)), right / max(1, sum(has for has, _ in pairs))


def main() -> None:
    """Print precision and recall for each id, and the misses of the development part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ids", default="", help="only these, with commas")
    parser.add_argument("--misses", action="store_true", help="print the misses of dev")
    parser.add_argument("--misses-held", action="store_true", help="print those of held, which spoils it")
    given = parser.parse_args()
    reader = Reader(embedding(2), every_set())
    for part in ("dev", "held"):
        many = [one for one in examples(part) if not given.ids or one.id in given.ids.split(",")]
        hits = [found(one, assess(one.answer, one.question, reader)) for one in many]
        _print(part, many, hits, misses=given.misses_held if part == "held" else given.misses)


def _print(part: str, many: Sequence[Example], hits: Sequence[bool], *, misses: bool) -> None:
    poor = []
    for name in sorted({one.id for one in many}):
        pairs = [(one.has, hit) for one, hit in zip(many, hits, strict=True) if one.id == name]
        precision, recall = rates(pairs)
        poor += [name] if min(precision, recall) < BAR else []
        print(f"{part} {name}: precision {precision:.2f}, recall {recall:.2f}, of {len(pairs)}")
        for one, hit in zip(many, hits, strict=True) if misses else ():
            if one.id == name and one.has is not hit:
                print(f"   {'missed' if one.has else 'wrong'}: {one.question} | {one.answer}")
    precision, recall = rates([(one.has, hit) for one, hit in zip(many, hits, strict=True)])
    print(f"{part} together: precision {precision:.2f}, recall {recall:.2f}")
    print(f"{part} below {BAR}: {' '.join(poor) or '-'}")


if __name__ == "__main__":
    main()
