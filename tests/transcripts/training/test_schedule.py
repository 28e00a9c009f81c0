"""When a drill is due: as FSRS says, the same whoever asks and whenever, and never later for a gap."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transcripts.training.schedule import DONE, MIDDAY, NOT_YET, RATINGS, WELL, Review, due

FIRST = date(2026, 11, 2)
GAP = ""

histories = st.lists(st.tuples(st.integers(0, 40), st.sampled_from([*RATINGS, GAP])), max_size=12).map(
    lambda rows: [Review(FIRST + timedelta(gap), f"{at:02}", rating) for at, (gap, rating) in enumerate(rows)]
)


def after(history: list[Review], rating: str, days: int = 1) -> date:
    """Return when the drill is due if it goes so `days` after all that was."""
    day = max((one.day for one in history), default=FIRST) + timedelta(days)
    found = due([*history, Review(day, "99", rating)])
    assert found is not None
    return found.day


@given(histories, st.integers(0, 30))
def test_a_drill_that_went_better_never_comes_sooner(history: list[Review], days: int) -> None:
    assert after(history, NOT_YET, days) <= after(history, DONE, days) <= after(history, WELL, days)


def test_one_done_well_comes_later_and_one_done_badly_sooner() -> None:
    history = [Review(FIRST, "a", WELL)]

    assert after(history, NOT_YET, 2) < after(history, DONE, 2) < after(history, WELL, 2)


@given(histories)
def test_the_order_in_which_sessions_are_found_changes_nothing(history: list[Review]) -> None:
    assert due(history) == due(reversed(history)) == due(sorted(history))


@given(histories)
def test_a_drill_is_due_after_it_was_held_and_at_once_for_a_gap(history: list[Review]) -> None:
    found, held = due(history), [one for one in history if one.rating]

    assert (found is None) == (not history)
    if found is not None:
        assert found.held == len(held)
        last = max(held, default=None)
        gaps = sorted(one for one in history if not one.rating and (last is None or one > last))
        assert found.since_gap == (gaps[0].day if gaps else None)
        assert found.day == gaps[0].day if gaps else last is not None and found.day > last.day


def test_a_gap_heard_again_and_again_is_one_failure() -> None:
    well = [Review(FIRST, "a", WELL), Review(FIRST + timedelta(2), "b", WELL)]
    once = [*well, Review(FIRST + timedelta(3), "c", GAP)]
    often = [*once, *(Review(FIRST + timedelta(3 + more), "d", GAP) for more in range(1, 5))]
    drilled = Review(FIRST + timedelta(9), "e", WELL)

    assert due(often) == due(once)
    assert due([*often, drilled]) == due([*once, drilled])


def test_a_gap_after_a_drill_brings_the_next_one_sooner() -> None:
    well = [Review(FIRST, "a", WELL), Review(FIRST + timedelta(2), "b", WELL)]
    drilled = Review(FIRST + timedelta(5), "e", WELL)
    without, with_gap = due([*well, drilled]), due([*well, Review(FIRST + timedelta(4), "c", GAP), drilled])

    assert without is not None
    assert with_gap is not None
    assert with_gap.day < without.day


def test_it_is_what_fsrs_says() -> None:
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, day, history = Card(card_id=1, due=datetime(2026, 1, 1, tzinfo=UTC)), FIRST, []
    for place, (rating, ours) in enumerate(
        [(Rating.Good, WELL), (Rating.Hard, DONE), (Rating.Again, NOT_YET), (Rating.Good, WELL)]
    ):
        card, _ = scheduler.review_card(card, rating, datetime.combine(day, MIDDAY))
        history.append(Review(day, str(place), ours))
        found = due(history)
        assert found is not None
        assert found.day == card.due.date()
        day = found.day + timedelta(place)  # some are held late


def test_it_reads_no_clock_and_throws_no_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a clock was read")

    history = [Review(FIRST, "a", WELL), Review(FIRST + timedelta(2), "b", WELL)]
    first = due(history)
    monkeypatch.setattr(time, "time", never)
    monkeypatch.setattr(time, "sleep", never)
    assert {due(history) for _ in range(20)} == {first}
