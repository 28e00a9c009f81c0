"""Practice as progress: only what was counted, and nothing that pretends to be a trend."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from vivavoce.transcripts.library.practice import LATEST, WEEKS, often, practice, since

TODAY = date(2026, 11, 27)
ALL = ["situation", "task", "action", "result"]


def held(days: dict[str, int]) -> tuple[int, str, list[str]]:
    """Return as many sessions on each day as the index would."""
    begun = sorted(f"{day}T19:00:00+01:00" if day else "" for day, many in days.items() for _ in range(many))
    known = [one for one in begun if one]
    return len(begun), min(known, default=""), [one for one in known if one >= since(TODAY)]


def rows(told: Sequence[list[str] | None], in_one: int = 1) -> list[dict[str, Any]]:
    """Return the answers of as many sessions as there are, `in_one` of them in each."""
    return [{"session": f"s{n // in_one}", "told": one} for n, one in enumerate(told)]


def results(pattern: str) -> list[list[str] | None]:
    """Return a story with its result for each "+", without for each "-", and no story for each " "."""
    kinds: dict[str, list[str] | None] = {"+": ALL, "-": ALL[:3], " ": None}
    return [kinds[mark] for mark in pattern]


@pytest.mark.parametrize(
    ("pattern", "now", "of", "before", "beside"),
    [
        pytest.param("--+-+++-++", 4, 5, 2, 5, id="five beside five"),
        pytest.param("--+--+-+++-++", 4, 5, 2, 5, id="the oldest no longer count"),
        pytest.param("- -+ -+++-++ ", 4, 5, 2, 5, id="what is no story does not count"),
        pytest.param("-+-+++-+", 3 + 1, 5, 1, 3, id="three are enough before"),
        pytest.param("+-+++-+", 4, 5, None, 2, id="two are too few"),
        pytest.param("+-", 1, 2, None, 0, id="two answers"),
    ],
)
def test_the_latest_answers_stand_beside_as_many_before(
    pattern: str, now: int, of: int, before: int | None, beside: int
) -> None:
    found = practice(held({"2026-11-27": 9}), rows(results(pattern)), TODAY)
    (result,) = (one for one in found.told if one.part == "result")

    assert (result.now, found.now, result.before, found.before) == (now, of, before, beside)
    assert result.marks == tuple(mark == "+" for mark in pattern if mark != " ")[-2 * LATEST :]


@pytest.mark.parametrize("told", [[], [ALL], [None, None], [ALL] * 12])
def test_one_session_says_nothing_of_how_answers_change(told: list[list[str] | None]) -> None:
    assert practice(held({"2026-11-27": 1}), rows(told, in_one=12), TODAY).told == ()


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({}, ""),
        ({"2026-11-27": 1}, "One session so far. From the second on, this shows what your answers tell."),
        (
            {"2026-10-18": 1, "2026-11-21": 2, "2026-11-27": 1},
            "3 sessions in the last seven days, 4 in all since 18 October 2026.",
        ),
        (
            {"2026-11-20": 1, "2026-11-21": 1},
            "1 session in the last seven days, 2 in all since 20 November 2026.",
        ),
        ({"2026-10-18": 2, "2026-11-20": 1}, "3 sessions since 18 October 2026."),
        ({"": 1, "yesterday": 2}, "3 sessions."),
    ],
)
def test_how_often_is_said_in_a_sentence(days: dict[str, int], says: str) -> None:
    assert often(practice(held(days), [], TODAY)) == says


def test_each_session_is_in_its_week_and_one_of_tomorrow_in_this_one() -> None:
    days = {"2026-11-28": 1, "2026-11-21": 1, "2026-11-20": 4, "2026-10-03": 2, "2026-10-02": 9}

    assert practice(held(days), [], TODAY).weeks == (2, *[0] * (WEEKS - 3), 4, 2)
