"""What the report says of an answer is true: no false praise, no false blame, and words that show it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accused import untrue
from vivavoce.personas.content.content_checks import every_set
from vivavoce.transcripts.scoring.assessment import Reader, assess

CASES = tomllib.loads((Path(__file__).parent / "said.toml").read_text(encoding="utf-8"))["cases"]
READER = Reader(checks=every_set())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_is_said_of_a_plain_story_is_true(case: dict[str, Any]) -> None:
    told = " ".join(case["text"].split())  # lines are broken in the file, and not in the telling
    found = assess(told, case["question"], READER)
    assert all(words in told for words in case.get("not_shown", {}).values())
    assert {*case.get("always", [])} <= {one.code for one in found.findings}
    assert {code for _, code in untrue(case, found)} == {*case.get("still_wrong", [])}
