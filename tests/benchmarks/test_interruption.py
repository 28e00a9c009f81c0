import importlib
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from vivavoce.transcripts.events import CutIn, Event, PlaybackStarted, Seconds, TurnEnded, Word

# benchmarks/ is no installed package, and the checkout's root must stay off the import path.
PACKAGE = ModuleType("benchmarks")
PACKAGE.__path__ = [str(Path(__file__).parents[2] / "benchmarks")]
sys.modules.setdefault("benchmarks", PACKAGE)
interruption: Any = importlib.import_module("benchmarks.interruption")
rambles: Any = importlib.import_module("benchmarks.rambles")

ROWS = rambles.rows()
RAMBLERS = [row for row in ROWS if row.kind in rambles.RAMBLING]
SHARED = 6  # words in a row that two answers may not have in common
S = Seconds


def said(row: Any) -> list[str]:
    return str(row.text.replace("|", " ")).split()


# The answers


def test_there_are_enough_answers_of_each_kind_half_of_them_held_out() -> None:
    counts = Counter((row.kind, row.split) for row in ROWS)
    halves = dict.fromkeys(rambles.RAMBLING, 4) | {"progressing": 12, "slow": 8, "short": 6}

    assert counts == {(kind, split): n for kind, n in halves.items() for split in ("dev", "heldout")}


def test_the_ids_are_unique() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)


def test_a_split_has_its_own_rows_alone() -> None:
    assert {row.split for row in rambles.rows("dev")} == {"dev"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_an_answer_is_as_its_kind_says(row: Any) -> None:
    count, seconds = len(said(row)), rambles.words(row)[0][-1].end
    lengths = {"progressing": (230, 430), "slow": (60, 120), "short": (5, 45)}
    rates = {"progressing": (110, 190), "slow": (85, 120), "short": (110, 190)}
    fewest, most = lengths.get(row.kind, (190, 350))
    slowest, fastest = rates.get(row.kind, (130, 190))

    assert fewest <= count <= most
    assert slowest <= row.wpm <= fastest
    assert row.question.endswith(("?", "."))
    assert row.kind != "progressing" or 90 <= seconds <= 170


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_pause_follows_a_word_that_another_one_follows(row: Any) -> None:
    places = [number for number, _ in row.pauses]

    assert places == sorted(set(places))
    assert all(1 <= number < len(said(row)) for number in places)
    assert all(0.1 <= length <= 6.0 for _, length in row.pauses)


@pytest.mark.parametrize("row", RAMBLERS, ids=lambda row: row.id)
def test_a_rambler_progresses_and_then_for_a_minute_does_not(row: Any) -> None:
    before, after = row.text.split(" | ")
    words, mark = rambles.words(row)

    assert (35 if row.kind == "backstory" else 50) <= len(before.split()) <= 110
    assert 150 <= len(after.split()) <= 240
    assert mark == words[len(before.split()) - 1].end
    assert words[-1].end - mark >= 60


@pytest.mark.parametrize("row", [row for row in ROWS if row not in RAMBLERS], ids=lambda row: row.id)
def test_no_other_answer_has_a_mark(row: Any) -> None:
    assert "|" not in row.text
    assert rambles.words(row)[1] is None


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind == "slow"], ids=lambda row: row.id)
def test_a_slow_answer_has_thinking_pauses(row: Any) -> None:
    thinking = [length for _, length in row.pauses if length >= 1.5]

    assert len(thinking) >= 4
    assert max(length for _, length in row.pauses) <= 6.0


def test_no_two_answers_share_a_run_of_words() -> None:
    runs: dict[tuple[str, ...], str] = {}
    for row in ROWS:
        words = re.findall(r"[\w']+", row.text.lower())
        for run in zip(*(words[n:] for n in range(SHARED)), strict=False):
            assert runs.setdefault(run, row.id) == row.id, run


# The measures

# "we moved it, and then [pause] it held." from 10 s on; the talk stops progressing after "it,".
SAID = tuple(
    Word(text=text, start=S(start), end=S(end))
    for text, start, end in [
        ("we", 10.0, 10.2),
        ("moved", 10.25, 10.6),
        ("it,", 10.65, 10.8),
        ("and", 10.85, 11.0),
        ("then", 11.2, 11.5),
        ("it", 14.0, 14.2),
        ("held.", 14.25, 14.6),
    ]
)
MARK = S(10.8)


def cut(at: float) -> list[Event]:
    events: list[Event] = [PlaybackStarted(at=S(1.0), text="the question")]
    events += [CutIn(at=S(at), why="why", evidence=("this",)), PlaybackStarted(at=S(at + 0.03), text="line")]
    return events


def told(kind: str = "circling", mark: Seconds | None = MARK, events: Sequence[Event] = ()) -> Any:
    row = rambles.Row("id", kind, "What?", "text", 150, (), "dev")
    return interruption.Told(row, SAID, mark, tuple(events))


@pytest.mark.parametrize(
    ("at", "from_the_word", "from_the_gap"),
    [
        pytest.param(10.7, 0.5, 0.5, id="before any boundary, from the first word's end"),
        pytest.param(10.9, 0.1, 0.1, id="after a comma"),
        pytest.param(11.1, 0.1, 0.0, id="within a micro-pause"),
        pytest.param(11.3, 0.3, 0.1, id="after a micro-pause"),
        pytest.param(12.5, 1.0, 0.0, id="within a thinking pause"),
        pytest.param(14.1, 2.6, 0.1, id="after a thinking pause"),
        pytest.param(14.22, 2.72, 0.22, id="between two words that nothing parts"),
        pytest.param(15.0, 0.4, 0.0, id="after the end"),
    ],
)
def test_how_far_after_a_boundary(at: float, from_the_word: float, from_the_gap: float) -> None:
    measure = interruption.after_clause_end

    assert measure(SAID, S(at)) == pytest.approx(from_the_word)
    assert measure(SAID, S(at), gaps_end_late=True) == pytest.approx(from_the_gap)


@pytest.mark.parametrize(
    ("at", "silence", "thinking"),
    [
        pytest.param(10.4, 0.0, False, id="within a word"),
        pytest.param(11.1, 0.1, False, id="micro-pause"),
        pytest.param(12.5, 1.0, True, id="thinking pause"),
        pytest.param(15.6, 1.0, False, id="after the end"),
    ],
)
def test_how_long_nothing_was_said(at: float, silence: float, thinking: bool) -> None:
    assert interruption.silence_at(SAID, S(at)) == pytest.approx(silence)
    assert interruption.in_thinking_pause(SAID, S(at)) is thinking


@pytest.mark.parametrize(
    ("at", "delay", "in_time"),
    [
        pytest.param(10.5, -0.3, False, id="before the mark"),
        pytest.param(11.8, 1.0, True, id="after the mark"),
        pytest.param(15.0, 4.2, False, id="when the talk is over"),
    ],
)
def test_a_cut_in_is_in_time_after_the_mark_and_within_the_talk(
    at: float, delay: float, in_time: bool
) -> None:
    one = told(events=cut(at))

    assert one.delay == pytest.approx(delay)
    assert one.in_time is in_time
    assert one.starts_at == pytest.approx(at + 0.03)


def test_without_a_cut_in_there_is_nothing_to_measure() -> None:
    one = told(events=[PlaybackStarted(at=S(11.0), text="line")])

    assert (one.cut, one.starts_at, one.delay, one.in_time) == (None, None, None, False)


@pytest.mark.parametrize(
    ("at", "taken"), [pytest.param(12.5, True, id="in a pause"), pytest.param(15.0, False, id="after it")]
)
def test_a_turn_is_taken_when_it_ends_before_the_answer(at: float, taken: bool) -> None:
    ended = TurnEnded(
        at=S(at), started_at=S(10), ended_at=S(at), decided_at=S(at), text="", why="", probability=1.0
    )

    assert told(events=[ended]).turn_taken is taken
    assert not told(events=[*cut(11.0), ended]).turn_taken


def test_the_figures_count_each_kind_for_itself() -> None:
    figures = interruption.figures(
        [
            told("circling", events=cut(11.8)),
            told("circling", events=cut(10.5)),
            told("hedging"),
            told("slow", None, cut(12.5)),
            told("progressing", None),
        ]
    )

    assert figures["ramblers"] == {
        "cut_in_on": "1 of 3 (33.3 %)",
        "after_the_mark_s": {"p50": 1.0, "p95": 1.0, "n": 1},
        "before_the_mark": "1 of 3 (33.3 %)",
        "by_kind": {
            "circling": {
                "cut_in_on": "1 of 2 (50.0 %)",
                "after_the_mark_s": {"p50": 1.0, "p95": 1.0, "n": 1},
            },
            "hedging": {"cut_in_on": "0 of 1 (0.0 %)", "after_the_mark_s": {"n": 0}},
        },
    }
    assert figures["slow"] == {"cut_in_on": "1 of 1 (100.0 %)", "in_a_thinking_pause": 1}
    assert figures["progressing"] == {"cut_in_on": "0 of 1 (0.0 %)", "in_a_thinking_pause": 0}
    assert figures["moment"]["late_in_a_silence"] == 1
    assert figures["moment"]["longest_silence_before_s"] == 1.0
    assert figures["moment"]["never_heard"] == 0


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(told(), ["missed: id"], id="no cut-in on a rambler"),
        pytest.param(told("short", None), [], id="no cut-in on another"),
        pytest.param(told(events=cut(11.05)), [], id="a good one"),
        pytest.param(told(events=cut(10.7)), ["early: id -0.1 s, after 'we moved': this"], id="early"),
    ],
)
def test_a_miss_is_told_with_its_evidence(one: Any, expected: list[str]) -> None:
    assert [miss for miss in interruption.misses(one) if not miss.startswith("mid-clause")] == expected


def test_an_answer_is_told_to_the_engine_to_its_end() -> None:
    row = next(row for row in rambles.rows("dev") if row.kind == "short")

    one = interruption.tell(row)

    assert [word.text for word in one.words] == row.text.split()
    assert one.cut is None
    assert one.mark is None
    assert row.question in next(e.text for e in one.events if isinstance(e, PlaybackStarted))
