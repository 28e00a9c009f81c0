"""Which findings wrong people who tell their story otherwise than those the reader learnt from?

    python -m benchmarks.accused

Over the stories of tests/transcripts/scoring/strangers.toml, of which it is known what they tell: those
with which the findings were mended, and those that were kept aside. Printed is in how many each wrong is.
Then over those of said.toml beside it: what is said that is false, or shown by words that do not show it.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from vivavoce.personas.content.content_checks import every_set
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.scoring.assessment import Assessment, Reader, assess
from vivavoce.transcripts.scoring.rubric import CONTRADICTED

FOLDER = Path(__file__).parents[1] / "tests" / "transcripts" / "scoring"
FILES = ("strangers.toml", "said.toml")
PARTS = ("context", "task", "action", "result")
OF_A_WHOLE_STORY = (  # said of a story that has all its parts
    *("aside-heavy", "off-topic", "doubtful", "rambling", "details-missing", "no-episode", "shorter"),
    *("setup-heavy", "action-short", "action-thin", "result-soft"),
)


def wrongs(case: Mapping[str, object], codes: set[str], systems: set[str]) -> Iterator[str]:
    """Yield what is wrong in the findings `codes` about a story; `systems` are those about what learns."""
    lacks, never = case["lacks"], case.get("never", [])
    assert isinstance(lacks, list)
    assert isinstance(never, list)
    for part in PARTS:
        if part in lacks:
            yield from (
                f"praised, and not told: {part}" for how in ("told", "measured") if f"{part}-{how}" in codes
            )
        else:
            yield from (
                f"told, and {how}: {part}" for how in ("missing", "unclear") if f"{part}-{how}" in codes
            )
    if not lacks:
        yield from (f"of a whole story: {code}" for code in OF_A_WHOLE_STORY if code in codes)
    yield from (f"never to be said: {code}" for code in never if code in codes)
    if "reasons-missing" in codes:
        yield "reasons are left open"
    if any(codes.issuperset(pair) for pair in CONTRADICTED.items()):
        yield "two findings say the contrary"
    if not case.get("systems") and codes & systems:
        yield "a story of something else is taken for a system that learns"


def untrue(case: Mapping[str, object], found: Assessment) -> Iterator[tuple[str, str]]:
    """Yield how each finding of a story is wrong, and its code: it is false, or other words show it."""
    never, not_shown = case.get("never", []), case.get("not_shown", {})
    assert isinstance(never, list)
    assert isinstance(not_shown, dict)
    for one in found.findings:
        if one.code in never:
            yield "never to be said", one.code
        if one.code in not_shown and not_shown[one.code] in found.quote(one):
            yield "shown by the wrong words", one.code


def main() -> None:
    """Print how many stories of each part have each wrong."""
    sets = every_set()
    cases, said = (tomllib.loads((FOLDER / name).read_text("utf-8"))["cases"] for name in FILES)
    reader = Reader(embedding(2), sets)
    systems = {check.id for one in sets if one.systems for check in one.checks}
    for name, held in (("mended with", False), ("kept aside", True)):
        own = [case for case in cases if case.get("held_out", False) is held]
        counts: Counter[str] = Counter()
        for case in own:
            counts.update({*wrongs(case, {one.code for one in _read(case, reader).findings}, systems)})
        _print(name, len(own), counts)
    false = Counter(": ".join(one) for case in said for one in untrue(case, _read(case, reader)))
    _print("said of them", len(said), false)


def _read(case: Mapping[str, object], reader: Reader) -> Assessment:
    return assess(" ".join(str(case["text"]).split()), str(case["question"]), reader)


def _print(name: str, many: int, counts: Counter[str]) -> None:
    print(f"{name}: {many} stories, {counts.total()} wrongs")
    for wrong, count in sorted(counts.items()):
        print(f"  {count:3d}  {wrong}")


if __name__ == "__main__":
    main()
