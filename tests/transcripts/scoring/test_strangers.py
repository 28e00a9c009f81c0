"""Answers as people tell them: no finding accuses of what was told, and none says two things."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from vivavoce.personas.content.content_checks import every_set
from vivavoce.transcripts.scoring.assessment import Reader, assess
from vivavoce.transcripts.scoring.checks import fitting
from vivavoce.transcripts.scoring.rubric import CONTRADICTED

CASES = tomllib.loads((Path(__file__).parent / "strangers.toml").read_text(encoding="utf-8"))["cases"]
READER = Reader(checks=every_set())
PARTS = ("context", "task", "action", "result")
OF_SYSTEMS = {check.id for one in every_set() if one.systems for check in one.checks}


def codes(case: dict[str, Any]) -> set[str]:
    told = " ".join(case["text"].split())  # lines are broken in the file, and not in the telling
    return {one.code for one in assess(told, case["question"], READER).findings}


def of(parts: list[str], *kinds: str) -> set[str]:
    return {f"{part}-{kind}" for part in parts for kind in kinds}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_was_told_is_not_missed_and_what_was_not_is_not_praised(case: dict[str, Any]) -> None:
    told = [part for part in PARTS if part not in case["lacks"]]
    wrong = of(told, "missing", "unclear") | of(case["lacks"], "told", "measured") | {*case.get("never", [])}
    assert codes(case) & wrong == {*case.get("still_wrong", [])}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_no_finding_says_the_contrary_of_another(case: dict[str, Any]) -> None:
    found = codes(case)
    assert not [pair for pair in CONTRADICTED.items() if found.issuperset(pair)]
    assert not {"action-told", "only-we"} <= found


@pytest.mark.parametrize(
    "case", [one for one in CASES if not one.get("systems")], ids=lambda case: case["id"]
)
def test_a_story_of_something_else_is_not_taken_for_a_system_that_learns(case: dict[str, Any]) -> None:
    assert not codes(case) & OF_SYSTEMS


@pytest.mark.parametrize(
    "told",
    [
        "It's asking before you touch them. It is quicker not to, but I'd rather lose minutes than trust.",
        "I'd accept fewer cakes in the window if what is there is fresh.",
    ],
)
def test_what_is_weighed_at_a_bed_or_in_a_shop_is_no_system(told: str) -> None:
    fits = [
        one
        for one in fitting(every_set(), "What matters most in the first hour of a shift?", told)
        if one.systems
    ]
    assert fits == []


def test_what_is_weighed_in_a_feed_is_a_system() -> None:
    told = "I'd rather lose some clicks than the users' trust, since trust is lost later and for longer."
    assert any(one.systems for one in fitting(every_set(), "What would you optimise?", told))
