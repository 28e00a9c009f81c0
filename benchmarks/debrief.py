"""How many of the questions that a debrief tells of are found, how many others, and what is weak.

Run `python -m benchmarks.debrief`; `--tuning` shows the misses of those that are not held out.
"""

import argparse
import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vivavoce.transcripts.training.debrief import Asked, debriefed

TRUTH = Path(__file__).with_name("debriefs.toml")


def cases() -> list[dict[str, Any]]:
    """Return the debriefs and what is true of them."""
    rows: list[dict[str, Any]] = tomllib.loads(TRUTH.read_text(encoding="utf-8"))["debriefs"]
    return rows


def paired(asked: Sequence[Sequence[str]], found: Sequence[Asked]) -> Iterator[int | None]:
    """Yield for each question that was `asked` the place of the one that was found for it, each once."""
    free = dict(enumerate(found))
    for words in asked:
        fits = (place for place, one in free.items() if all(word in one.question.lower() for word in words))
        place = next(fits, None)
        free.pop(place, None) if place is not None else None
        yield place


def measured(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return the shares over all `rows`."""
    told = heard = false = weak = weak_heard = weak_false = 0
    for row in rows:
        found = debriefed(row["text"])
        places = list(paired(row["asked"], found))
        told += len(places)
        heard += sum(place is not None for place in places)
        false += len(found) - sum(place is not None for place in places)
        for number, place in enumerate(places):
            is_weak, is_heard = number in row["weak"], place is not None and found[place].weak
            weak += is_weak
            weak_heard += is_weak and is_heard
            weak_false += is_heard and not is_weak
    return {
        "debriefs": len(rows),
        "asked": told,
        "found": heard,
        "false": false,
        "recall": round(heard / told, 3),
        "precision": round(heard / max(1, heard + false), 3),
        "weak": weak,
        "weak_found": weak_heard,
        "weak_false": weak_false,
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="show what was found in those not held out")
    tuning = [row for row in cases() if not row.get("held_out")]
    if parser.parse_args().tuning:
        for row in tuning:
            found = debriefed(row["text"])
            missed = [
                words
                for words, place in zip(row["asked"], paired(row["asked"], found), strict=True)
                if place is None
            ]
            print(
                row["id"],
                *(f"  {'weak' if one.weak else '    '} {one.question}" for one in found),
                f"  missed: {missed}",
                sep="\n",
            )
    held_out = [row for row in cases() if row.get("held_out")]
    print(json.dumps({"tuning": measured(tuning), "held_out": measured(held_out)}, indent=1))


if __name__ == "__main__":
    main()
