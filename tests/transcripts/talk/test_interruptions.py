import pytest

from vivavoce.transcripts.events import BargeIn, CutIn, Event, Seconds
from vivavoce.transcripts.talk.interruptions import interruptions
from vivavoce.transcripts.talk.turns import turns

S = Seconds


def test_recovery_ends_with_the_next_word_that_is_no_filler(
    session: list[Event],
) -> None:
    (found,) = interruptions(session, turns(session))

    assert (found.by, found.at, found.why) == ("interviewer", 29.5, "nothing new for 5 s")
    assert found.evidence == ("and so on",)
    assert found.recovery == pytest.approx(33.1 - 30.6)  # "um" at 32.7, "it" at 33.1


def test_without_a_word_after_a_cut_in_there_is_no_recovery(session: list[Event]) -> None:
    silent = [event for event in session if event.at < 32]

    assert [found.recovery for found in interruptions(silent, turns(silent))] == [None]


def test_a_cut_in_that_nothing_followed_is_still_there() -> None:
    events = [CutIn(at=S(9.0), why="w", evidence=())]

    assert [(one.at, one.recovery) for one in interruptions(events, turns(events))] == [(9, None)]


def test_a_barge_in_is_an_interruption_by_the_candidate_from_when_they_began(session: list[Event]) -> None:
    events = [*session, BargeIn(at=S(2.5), started_at=S(2.0))]

    first, _ = interruptions(events, turns(events))

    assert (first.by, first.at) == ("candidate", 2.0)
