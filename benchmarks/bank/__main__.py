"""Are the fields of a story found in spoken stories of six professions, and in no others?

Each story was labelled with the fields that it tells before the detector was run on it. fresh.jsonl was
written when all but the thresholds was settled. They are from held.jsonl, written after the cues, and from
dev.jsonl, with which the cues were mended. strangers.jsonl has answers of other authors (held out in
benchmarks/stories), short ones that tell few fields. outside.jsonl has the fields of answers that
VIVAVOCE_STRANGERS names (benchmarks/strangers.py), where there are any: of the authors of "looked" the
errors were read and whole kinds of them mended, those of "once" were labelled and run when that was done.
The misses of dev alone are printed, unless --misses-held is given, which spoils the others. Decision 23
says which figures are worth how much.

    python -m benchmarks.bank [--words] [--misses] [--misses-held]
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.required import rates
from benchmarks.strangers import strangers
from vivavoce.personas.content.story_map import story_map
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.bank.coverage import covered
from vivavoce.transcripts.bank.fields import FIELDS
from vivavoce.transcripts.story.parts import Embedding

FOLDER = Path(__file__).parent
HALVES = ("fresh", "held", "strangers", "dev")
OUTSIDE = ("looked", "once")
BAR = 0.85


@dataclass(frozen=True, slots=True)
class Spoken:
    """A story as somebody told it, and the fields that it tells."""

    id: str
    job: str
    fields: Sequence[str]
    text: str


def told(half: str) -> list[Spoken]:
    """Return the stories of one file, by its name; of OUTSIDE none where strangers' answers are not here."""
    if half in OUTSIDE:
        return _outside(half)
    lines = (FOLDER / f"{half}.jsonl").read_text("utf-8").splitlines()
    return [Spoken(**json.loads(line)) for line in lines]


def _outside(half: str) -> list[Spoken]:
    texts = {one.id: one.text for one in strangers() if one.variant == "told"}
    rows = [json.loads(line) for line in (FOLDER / "outside.jsonl").read_text("utf-8").splitlines()]
    return [
        Spoken(row["id"], "", row["fields"], texts[row["id"]])
        for row in rows
        if row["half"] == half and row["id"] in texts
    ]


def pairs(stories: Sequence[Spoken], sense: Embedding | None) -> dict[str, list[tuple[bool, bool]]]:
    """Return for each field (is told, is found) of each story."""
    found = [covered(one.text, story_map(), sense) for one in stories]
    return {
        field: [(field in one.fields, field in shown) for one, shown in zip(stories, found, strict=True)]
        for field in FIELDS
    }


def main() -> None:
    """Print precision and recall of each file, for each field and together."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="print the misses of dev")
    parser.add_argument("--misses-held", action="store_true", help="print the others, which spoils them")
    parser.add_argument("--words", action="store_true", help="by words alone, without the embeddings")
    given = parser.parse_args()
    sense = None if given.words else embedding(2)
    for half in HALVES + OUTSIDE:
        stories = told(half)
        if not stories:
            continue
        by_field = pairs(stories, sense)
        for field, each in by_field.items():
            precision, recall = rates(each)
            print(f"{half} {field}: precision {precision:.2f}, recall {recall:.2f}, of {len(each)}")
        precision, recall = rates([one for each in by_field.values() for one in each])
        print(f"{half} together: precision {precision:.2f}, recall {recall:.2f}; the bar is {BAR}")
        if given.misses if half == "dev" else given.misses_held:
            _misses(stories, sense)


def _misses(stories: Sequence[Spoken], sense: Embedding | None) -> None:
    for one in stories:
        found = covered(one.text, story_map(), sense)
        for field in FIELDS:
            if (field in found) is not (field in one.fields):
                said = f"wrong: {found[field].quote}" if field in found else "missed"
                print(f"   {one.id} {field} {said}")


if __name__ == "__main__":
    main()
