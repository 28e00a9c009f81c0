from functools import cache
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.personas.content.persona import persona
from vivavoce.personas.conversation.patience import COOL_DOWN, LET_SPEAK
from vivavoce.simulator.practice.candidate_script import Entry, Script, spoken
from vivavoce.simulator.practice.simulate import ENDLESS, longest, simulate
from vivavoce.transcripts.events import (
    CutIn,
    Encouraged,
    Event,
    FinalHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Reprompt,
    Seconds,
    SessionEnded,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    to_json,
)

S = Seconds
E = TypeVar("E", bound=Event)
FLOOR = 25.0
WITHIN = 0.5

CIRCLES = (
    "So the meeting about the plan was again a meeting about the plan and the plan was for the meeting. " * 7
)
STORY = """In spring our search service timed out twice a week and customers complained. I owned ranking, so I
collected traces for ten days and found that seven joins ran for every single request. I proposed a
nightly snapshot, my manager doubted the freshness, and I built a prototype over one weekend. We
compared latency against the old path, documented the tradeoff, trained support staff, and rolled
out region by region behind a flag. Timeouts dropped from fourteen a week to zero, infrastructure
spending shrank by a third, and two neighbouring teams copied our design during summer."""
QUESTION = "And how many people work in your team today?"


def says(
    text: str, *, wpm: float = 150, pauses: dict[int, float] | None = None, **given: float | None
) -> Entry:
    times = {key: None if value is None else S(value) for key, value in given.items()}
    return Entry(words=spoken(text, wpm, pauses or {}), **times)


def played(*entries: Entry, minutes: float = 1) -> list[Event]:
    return simulate(Script(entries=entries, minutes=minutes))


def of(kind: type[E], events: list[Event]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


@cache
def ramble() -> list[Event]:
    return played(says(CIRCLES, wpm=170), says(QUESTION))


def test_the_same_script_twice_gives_the_same_events() -> None:
    assert played(says(CIRCLES, wpm=170), says(QUESTION)) == ramble()


def test_events_come_in_time_order_and_can_be_printed() -> None:
    assert all(a.at <= b.at for a, b in pairwise(ramble()))
    assert all(to_json(event)["event"] == type(event).__name__ for event in ramble())
    assert isinstance(ramble()[-1], SessionEnded)


def test_a_question_is_heard_as_it_was_asked() -> None:
    spoken_lines = [event.text for event in ramble() if isinstance(event, PlaybackStarted)]
    decided = [event.text for event in ramble() if isinstance(event, QuestionAsked | Encouraged | Reprompt)]

    assert spoken_lines == decided


def speaking_at(events: list[Event], time: float) -> bool:
    """Return whether the candidate spoke within the last WITHIN seconds before `time`."""
    spoken_for = [(e.started_at, e.at) for e in events if isinstance(e, SpeechEnded)]
    return any(start <= time and end >= time - WITHIN for start, end in spoken_for)


def answer_before(events: list[Event], time: float) -> float:
    """Return when the answer began that was going on at `time`: the first speech after the last question."""
    asked, is_question = 0.0, False
    for event in events:
        if isinstance(event, QuestionAsked | Encouraged | Reprompt):
            is_question = isinstance(event, QuestionAsked)
        elif isinstance(event, PlaybackFinished) and event.complete and is_question and event.at < time:
            asked = event.at
    return min(e.at for e in events if isinstance(e, SpeechStarted) and e.at > asked - 1)


def assert_only_talk_is_cut_in_on(events: list[Event]) -> None:
    for cut_in in of(CutIn, events):
        assert speaking_at(events, cut_in.at), "silence is never a reason"
        assert cut_in.at - answer_before(events, cut_in.at) >= FLOOR
        assert cut_in.why
        assert cut_in.evidence


@pytest.mark.proves("X07")
def test_a_ramble_is_cut_in_on_once_at_a_micro_pause_and_the_next_question_follows() -> None:
    (cut_in,) = of(CutIn, ramble())

    assert_only_talk_is_cut_in_on(ramble())
    assert cut_in.at - answer_before(ramble(), cut_in.at) < 60
    redirect = next(event for event in of(QuestionAsked, ramble()) if event.at >= cut_in.at)
    assert redirect.move == "cut in"
    started = next(event for event in of(PlaybackStarted, ramble()) if event.at >= cut_in.at)
    assert started.at - cut_in.at < 0.25


def test_a_story_that_moves_on_is_never_cut_in_on_however_slowly_it_is_told() -> None:
    words = len(STORY.split())
    events = played(says(STORY, wpm=110, pauses=dict.fromkeys(range(7, words, 9), 2.5)))

    assert of(CutIn, events) == []


def test_who_talks_on_through_a_cut_in_keeps_the_floor() -> None:
    events = played(says(CIRCLES * 2, wpm=170, yields_after=None))
    cut_in, *again = of(CutIn, events)
    assert len(again) <= 1
    assert all(later.at - cut_in.at >= COOL_DOWN for later in again)

    stopped = next(e for e in of(PlaybackFinished, events) if e.at > cut_in.at)
    assert not stopped.complete
    assert next(e for e in of(TurnEnded, events) if e.at > cut_in.at).ended_at > cut_in.at + 10


def test_a_session_that_cannot_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vivavoce.simulator.practice.simulate.AT_LEAST", S(0.0))
    for_ever = " ".join(["and then we talked on about the plan"] * 100)  # 5 minutes without a full stop

    ended = played(says(for_ever, yields_after=None))[-1]

    assert isinstance(ended, SessionEnded)
    assert ended.reason == ENDLESS
    assert ended.at == pytest.approx(240, abs=0.1)


@pytest.mark.parametrize(
    ("minutes", "most"), [(0.1, 15), (1, 15), (10, 40), (60, 240), (240, 420), (None, 60)]
)
def test_a_session_may_take_several_times_as_long_as_was_planned(minutes: float | None, most: float) -> None:
    assert longest(Script(entries=(), minutes=minutes)) == most * 60


@pytest.mark.parametrize("gap", [0.2, 2.0, 7.0, 9.0, 15.0, 30.0])
def test_silence_before_an_answer_leads_to_help_and_the_answer_is_heard_whole(gap: float) -> None:
    events = played(says(STORY, gap=gap))

    assert of(CutIn, events) == []
    answered = next(event.at for event in events if isinstance(event, TurnEnded))
    assert len([event for event in of(Encouraged, events) if event.at < answered]) == (gap > 8)
    heard = " ".join(event.text for event in of(FinalHypothesis, events))
    assert heard == " ".join(STORY.split())


DANA = persona("dana")
SHORT = [
    "We shipped it.",
    "So the meeting about the plan and",
    "um",
    "I moved the joins and the errors stopped.",
]
ANSWER = st.builds(
    lambda text, wpm, gap, pauses: says(text, wpm=wpm, gap=gap, pauses=dict(pauses)),
    st.sampled_from([CIRCLES, CIRCLES, STORY, *SHORT]),
    st.sampled_from([110, 150, 200]),
    st.sampled_from([0.3, 2.0, 7.9, 8.1, 20.1, 30.0]),
    st.lists(st.tuples(st.integers(3, 110), st.sampled_from([0.4, 0.6, 1.5, 3.0, 5.0])), max_size=8),
)


KNOWN_AFTER = 0.13  # seconds: an onset is dated back to its first frame, and known three frames later


@pytest.mark.proves("N01")
@settings(max_examples=6, deadline=None)
@given(st.lists(ANSWER, min_size=1, max_size=2))
def test_silence_never_triggers_a_cut_in(entries: list[Entry]) -> None:
    events = played(*entries)

    assert_only_talk_is_cut_in_on(events)
    assert isinstance(events[-1], SessionEnded)
    for event in events:
        if isinstance(event, Encouraged | Reprompt):
            begun = [e.started_at + KNOWN_AFTER for e in of(SpeechEnded, events) if event.at < e.at]
            assert all(event.at <= known for known in begun), "help in mid-word"


STORY = (
    "Last year our import broke every night and I had to find out why. I read the logs, I saw that two jobs "
    "took the same lock, and I moved one of them. In the end it ran through for months."
)


@pytest.mark.parametrize(
    ("opener", "pause"),
    [("Okay.", 5), ("That's a good question.", 6), ("Hmm, let me see.", 6), ("Sure, let's go.", 5)],
)
def test_who_is_ready_or_thinks_keeps_the_floor_and_nothing_is_said(opener: str, pause: int) -> None:
    count = len(opener.split())
    events = played(says(f"{opener} {STORY}", pauses={count: pause}), minutes=5)

    told = [event.at for event in of(TurnEnded, events) if len(event.text.split()) > count]
    said = (*of(QuestionAsked, events), *of(Encouraged, events), *of(Reprompt, events))
    assert [one for one in said if 0 < one.at < told[0]] == []


def test_who_asks_for_a_minute_has_as_long_as_who_is_silent() -> None:
    events = played(says(f"Give me a minute, please. {STORY}", pauses={5: 40}), minutes=5)
    told = [event.at for event in of(TurnEnded, events) if len(event.text.split()) > 10]

    assert [one.move for one in of(QuestionAsked, events) if 0 < one.at < told[0]] == []


def test_who_asked_to_finish_is_not_cut_in_on_for_a_minute_of_talk() -> None:
    events = played(says("Sorry, may I just finish that?"), says(CIRCLES, wpm=170), minutes=4)
    go_on = next(event for event in of(QuestionAsked, events) if event.move == "go on")
    began = next(event.at for event in of(SpeechStarted, events) if event.at > go_on.at)

    assert [cut_in for cut_in in of(CutIn, events) if cut_in.at < began + LET_SPEAK] == []
    (usual,) = of(CutIn, ramble())
    assert usual.at - answer_before(ramble(), usual.at) < LET_SPEAK
