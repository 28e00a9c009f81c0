"""Where each requirement is covered: the table of docs/requirements.md is drawn from it.

requirements.toml has the ids. The items of packs and the findings name those that they cover, and a test is
marked `@pytest.mark.proves("N01")`.
"""

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from vivavoce.transcripts.scoring import rubric

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "personas" / "content"
PAGE = ROOT / "docs" / "requirements.md"
FIRST_PACK = "linkedin-ml"  # which has everything that is content
MOST = 4  # of the places that a cell names
FEWEST_EXAMPLES = 5  # of each kind, that were not used in tuning
MARKER = "proves"
TOP = "| id | is | kind | items of packs | findings | examples | tests, measurements |"


@dataclass(frozen=True, slots=True)
class Covered:
    """Where the ids are covered, each in a table from the id to the places."""

    items: Mapping[str, Sequence[str]]  # of packs
    findings: Mapping[str, Sequence[str]]
    tests: Mapping[str, Sequence[str]]


@cache
def known() -> Mapping[str, Any]:
    return tomllib.loads((ROOT / "tests" / "requirements.toml").read_text("utf-8"))


@cache
def covered() -> Covered:
    return Covered(gathered(pack_items()), gathered(findings()), gathered(proofs()))


def gathered(pairs: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the places of each id, without doubles and in order."""
    found: dict[str, dict[str, None]] = {}
    for name, place in pairs:
        found.setdefault(name, {})[place] = None
    return {name: [*places] for name, places in found.items()}


def pack_items() -> Iterator[tuple[str, str]]:
    """Yield the ids that questions, points and examples of shipped packs cover, FIRST_PACK's first."""
    folder = CONTENT / "packs"
    for file in sorted(folder.rglob("*.toml"), key=lambda one: (one.parent.name != FIRST_PACK, one)):
        name = file.relative_to(folder).with_suffix("").as_posix()
        yield from items_of(tomllib.loads(file.read_text("utf-8")), name)


def items_of(row: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(row, list):
        for one in row:
            yield from items_of(one, where)
    elif isinstance(row, dict):
        here = f"{where} {row['id']}" if "id" in row else where
        yield from ((name, here) for name in (*([row["id"]] if "id" in row else []), *row.get("covers", [])))
        for value in row.values():
            yield from items_of(value, here)


def findings() -> Iterator[tuple[str, str]]:
    """Yield the ids that the rubric and the shipped checks find."""
    for code, rule in rubric.RULES.items():
        yield from ((name, code) for name in rule.covers)
    for file in sorted((CONTENT / "checks").glob("*.toml")):
        for check in tomllib.loads(file.read_text("utf-8"))["checks"]:
            yield from ((name, check["id"]) for name in check["covers"])


def proofs() -> Iterator[tuple[str, str]]:
    """Yield the ids that tests are marked with."""
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        yield from marks(file.read_text("utf-8"), file.relative_to(ROOT).as_posix())


def marks(text: str, path: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef):
            continue
        for one in node.decorator_list:
            if isinstance(one, ast.Call) and ast.unparse(one.func) == f"pytest.mark.{MARKER}":
                yield from ((ast.literal_eval(name), f"{path} {node.name}") for name in one.args)


def kinds() -> Iterator[tuple[str, str]]:
    """Yield each id with each of its kinds, those that must be covered by now."""
    for kind in ("content", "detect", "flow"):
        yield from ((name, kind) for name in known()[kind] if name not in known()["later"])


def missing(where: Covered) -> list[str]:
    """Return the ids, with their kinds, that nothing covers in the way that their kind asks for."""
    ways = {
        "content": lambda name: any(place.startswith(FIRST_PACK) for place in where.items.get(name, ())),
        "detect": lambda name: name in where.findings,
        "flow": lambda name: name in where.tests,
    }
    return [f"{name} ({kind})" for name, kind in kinds() if not ways[kind](name)]


@cache
def examples() -> Mapping[str, tuple[int, int]]:
    """Return how many held-out examples have each id, and how many lack it."""
    counts: dict[str, tuple[int, int]] = {}
    for line in (ROOT / "benchmarks" / "required" / "held.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yes, no = counts.get(row["id"], (0, 0))
        counts[row["id"]] = (yes + row["has"], no + (not row["has"]))
    return counts


def test_every_requirement_is_covered() -> None:
    assert missing(covered()) == []


@pytest.mark.parametrize(
    ("where", "gone"),
    [
        (Covered({}, covered().findings, covered().tests), "C08 (content)"),
        (Covered(covered().items, {}, covered().tests), "D11 (detect)"),
        (Covered(covered().items, covered().findings, {}), "N01 (flow)"),
    ],
    ids=["content", "detect", "flow"],
)
def test_a_requirement_that_nothing_covers_is_named(where: Covered, gone: str) -> None:
    assert gone in missing(where)


def test_nothing_covers_an_id_that_there_is_not() -> None:
    every = {name for kind in ("content", "detect", "flow") for name in known()[kind]}
    named = {*covered().items, *covered().findings, *covered().tests, *known()["measured"], *known()["later"]}

    assert {name for name in named if re.fullmatch(r"[A-Z]\d\d", name)} - every == set()
    assert {*covered().findings} - {*known()["detect"]} == set()


def test_what_is_covered_by_now_is_no_longer_called_later() -> None:
    assert {*known()["later"]} & {*covered().items, *covered().findings, *covered().tests} == set()


@pytest.mark.parametrize("name", known()["detect"])
def test_what_is_detected_has_examples_that_were_not_tuned_to(name: str) -> None:
    assert min(examples()[name]) >= FEWEST_EXAMPLES


def test_what_measures_a_requirement_exists() -> None:
    assert [path for path in known()["measured"].values() if not (ROOT / path).is_file()] == []


def test_a_mark_is_read_from_the_source() -> None:
    text = '@pytest.mark.e2e\n@pytest.mark.proves("N01", "N02")\ndef test_a() -> None: ...\n'

    assert [*marks(text, "a.py")] == [("N01", "a.py test_a"), ("N02", "a.py test_a")]


def test_the_table_is_drawn_from_the_sources() -> None:
    page = PAGE.read_text("utf-8")

    assert drawn(page) == page, "run: python -m tests.test_requirements"


def drawn(page: str) -> str:
    """Return `page` with its table as the sources have it: a row for each id."""
    rows = [TOP, "|---|---|---|---|---|---|---|"]
    merged: dict[str, list[str]] = {}
    for kind in ("content", "detect", "flow"):
        for name in known()[kind]:
            merged.setdefault(name, []).append(kind)
    rows += [row_of(name, merged[name]) for name in sorted(merged)]
    return page.split(TOP)[0] + "\n".join(rows) + "\n"


def row_of(name: str, kinds_of: Sequence[str]) -> str:
    yes, no = examples().get(name, (0, 0))
    measured = [f"`{known()['measured'][name]}`"] if name in known()["measured"] else []
    proved = [proof(place) for place in covered().tests.get(name, ())]
    cells = [
        name,
        known()[kinds_of[0]][name],
        " + ".join(kinds_of),
        "; ".join(short(covered().items.get(name, ()))),
        ", ".join(f"`{code}`" for code in covered().findings.get(name, ())),
        f"{yes} + {no}" if yes or no else "",
        "later" if name in known()["later"] else "; ".join([*proved, *measured]),
    ]
    return f"| {' | '.join(cells)} |"


def short(places: Sequence[str]) -> Iterator[str]:
    yield from places[:MOST]
    if len(places) > MOST:
        yield f"{len(places) - MOST} more"


def proof(place: str) -> str:
    """Return where a test is and what it says: its name in words."""
    path, name = place.split()
    return f"{name.removeprefix('test_').replace('_', ' ')} (`{path}`)"


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")
