import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.simulator.engine import floor as floor_module
from vivavoce.simulator.engine.floor import (
    CONFIRM,
    GRACE,
    HOLDERS,
    RESUME,
    TABLE,
    YIELD,
    Command,
    Floor,
    FloorError,
    Holder,
    Interrupted,
    Left,
    State,
    Tick,
    Typed,
    diagram,
)
from vivavoce.transcripts.events import (
    CutIn,
    Event,
    FinalHypothesis,
    NothingSaid,
    PartialHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Seconds,
    SessionEnded,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
)

ROOT = Path(__file__).parents[3]
S = Seconds


def speech(at: float) -> Event:
    return SpeechStarted(at=S(at))


def hush(at: float, started_at: float = 0.0) -> Event:
    return SpeechEnded(at=S(at), started_at=S(started_at))


def turn_end(at: float) -> Event:
    return TurnEnded(
        at=S(at),
        started_at=S(0),
        ended_at=S(at),
        decided_at=S(at),
        text="so",
        why="complete",
        probability=0.9,
    )


def cut_in(at: float) -> Event:
    return CutIn(at=S(at), why="it circles", evidence=())


def line(at: float) -> Event:
    return PlaybackStarted(at=S(at), text="Why?")


def line_end(at: float, *, complete: bool = True) -> Event:
    return PlaybackFinished(at=S(at), heard=S(1), complete=complete)


def key(at: float) -> Event:
    return Interrupted(at=S(at))


def typed(at: float) -> Event:
    return Typed(at=S(at), text="I moved the scanner.")


def tick(at: float) -> Event:
    return Tick(at=S(at))


def words(at: float, text: str) -> Event:
    return PartialHypothesis(at=S(at), text=text, stable="", audio_end=S(at))


def over(at: float) -> Event:
    return SessionEnded(at=S(at), reason="it is over")


# How each state is reached; time goes on from 40.
HISTORIES: dict[State, list[Event]] = {
    State.OPEN: [],
    State.ANSWERING: [speech(1)],
    State.REPLYING: [speech(1), hush(2), turn_end(3)],
    State.SPEAKING: [line(30)],
    State.CONTESTED: [line(30), speech(40)],
    State.HUSHED: [line(30), speech(39.5), hush(40, 39.5)],
    State.CUTTING_IN: [speech(1), cut_in(40)],
    State.OVER: [over(1)],
}


def a_floor(state: State) -> Floor:
    floor = Floor()
    for event in HISTORIES[state]:
        floor.receive(event)
    assert floor.state is state
    return floor


C = Command
TRANSITIONS = [
    (State.OPEN, speech(40), State.ANSWERING, None),
    (State.OPEN, line(40), State.SPEAKING, []),
    (State.OPEN, key(40), State.OPEN, []),
    (State.ANSWERING, turn_end(40), State.REPLYING, [C.REPLY]),
    (State.ANSWERING, cut_in(40), State.CUTTING_IN, []),
    (State.ANSWERING, key(40), State.ANSWERING, [C.END_TURN]),
    (State.REPLYING, speech(40), State.ANSWERING, [C.DROP_REPLY, C.NOTE_RESUMED]),
    (State.REPLYING, line(40), State.SPEAKING, []),
    (State.REPLYING, key(40), State.REPLYING, []),
    (State.REPLYING, Left(at=S(40)), State.OPEN, []),
    (State.SPEAKING, speech(30 + GRACE), State.CONTESTED, [C.DUCK]),
    (State.SPEAKING, speech(30 + GRACE - 0.01), State.ANSWERING, [C.STOP_SPEAKING, C.NOTE_RESUMED]),
    (State.SPEAKING, line_end(40), State.OPEN, []),
    (State.SPEAKING, key(40), State.OPEN, [C.STOP_SPEAKING]),
    (State.CONTESTED, hush(40.5, 40), State.HUSHED, []),
    (State.HUSHED, speech(40.3), State.CONTESTED, []),
    (State.HUSHED, words(40.2, "Mm-hmm."), State.SPEAKING, [C.UNDUCK, C.NOTE_BACK_CHANNEL]),
    (State.HUSHED, words(40.2, "Wait."), State.ANSWERING, [C.STOP_SPEAKING, C.NOTE_BARGE_IN]),
    (State.HUSHED, tick(40 + RESUME), State.SPEAKING, [C.UNDUCK, C.NOTE_BACK_CHANNEL]),
    (State.HUSHED, tick(40 + RESUME - 0.01), State.HUSHED, []),
    (State.HUSHED, line_end(40.2), State.OPEN, []),
    (State.HUSHED, key(40.2), State.ANSWERING, [C.STOP_SPEAKING, C.NOTE_BARGE_IN]),
    (State.CONTESTED, tick(40 + CONFIRM), State.ANSWERING, [C.STOP_SPEAKING, C.NOTE_BARGE_IN]),
    (State.CONTESTED, tick(40 + CONFIRM - 0.01), State.CONTESTED, []),
    (State.CONTESTED, line_end(40.3), State.ANSWERING, []),
    (State.CONTESTED, key(40.3), State.ANSWERING, [C.STOP_SPEAKING, C.NOTE_BARGE_IN]),
    (State.CUTTING_IN, tick(40 + YIELD), State.ANSWERING, [C.STOP_SPEAKING]),
    (State.CUTTING_IN, tick(40 + YIELD - 0.01), State.CUTTING_IN, []),
    (State.OPEN, typed(40), State.ANSWERING, [C.DROP_REPLY]),
    (State.ANSWERING, typed(40), State.ANSWERING, []),
    (State.REPLYING, typed(40), State.ANSWERING, [C.DROP_REPLY, C.NOTE_RESUMED]),
    (State.SPEAKING, typed(40), State.ANSWERING, [C.STOP_SPEAKING]),
    (State.CONTESTED, typed(40.1), State.ANSWERING, [C.STOP_SPEAKING]),
    (State.HUSHED, typed(40.1), State.ANSWERING, [C.STOP_SPEAKING]),
    (State.CUTTING_IN, typed(40.1), State.ANSWERING, [C.STOP_SPEAKING]),
    (State.OVER, typed(40), State.OVER, []),
    (State.CUTTING_IN, line(40.1), State.CUTTING_IN, []),
    (State.CUTTING_IN, line_end(42), State.ANSWERING, []),
    (State.CUTTING_IN, key(41), State.ANSWERING, [C.STOP_SPEAKING]),
]


@pytest.mark.parametrize(
    ("state", "event", "after", "commands"),
    TRANSITIONS,
    ids=[f"{s} + {type(e).__name__}" for s, e, *_ in TRANSITIONS],
)
def test_a_transition(state: State, event: Event, after: State, commands: list[Command] | None) -> None:
    floor = a_floor(state)

    given_commands = floor.receive(event)

    assert floor.state is after
    assert commands is None or given_commands == commands


def test_a_cut_in_that_is_heeded_leaves_the_floor_open() -> None:
    floor = a_floor(State.CUTTING_IN)

    assert floor.receive(hush(41)) == []
    assert floor.receive(line_end(43)) == []
    assert floor.state is State.OPEN


def test_after_a_sound_without_words_the_floor_is_open_and_an_unheard_line_is_said() -> None:
    floor = a_floor(State.ANSWERING)

    assert floor.receive(NothingSaid(at=S(41), started_at=S(40))) == [Command.GO_ON]
    assert floor.state is State.OPEN


def test_who_falls_silent_and_begins_again_during_a_cut_in_has_the_whole_time_again() -> None:
    floor = a_floor(State.CUTTING_IN)
    for event in (hush(41), speech(42), tick(42 + YIELD - 0.01)):
        assert floor.receive(event) == []
    assert floor.receive(tick(42 + YIELD)) == [Command.STOP_SPEAKING]


def test_every_row_of_the_table_is_met_by_a_test() -> None:
    reached = {(state, after) for state, _, after, _ in TRANSITIONS} | {
        (State.CUTTING_IN, State.OPEN),
        (State.ANSWERING, State.OPEN),
    }

    assert {(s, after) for (s, _), (after, _) in TABLE.items() if after is not State.OVER} <= reached


@pytest.mark.parametrize("state", State)
def test_the_session_can_end_in_any_state(state: State) -> None:
    floor = a_floor(state)

    commands = floor.receive(over(50))

    assert floor.state is State.OVER
    assert commands == ([] if state is State.OVER else [Command.STOP_SPEAKING])


@pytest.mark.parametrize("state", [state for state in State if state is not State.ANSWERING])
@pytest.mark.parametrize("event", [turn_end(50), cut_in(50)], ids=["turn end", "cut-in"])
def test_an_illegal_event_raises_and_changes_nothing(state: State, event: Event) -> None:
    floor, untouched = a_floor(state), a_floor(state)

    with pytest.raises(FloorError, match=f"while {state}"):
        floor.receive(event)

    assert vars(floor) == vars(untouched)


@pytest.mark.parametrize("state", [state for state in State if state is not State.HUSHED])
@pytest.mark.parametrize(
    "event",
    [
        PartialHypothesis(at=S(50), text="so", stable="", audio_end=S(49)),
        FinalHypothesis(at=S(50), text="so", words=(), audio_start=S(48), audio_end=S(49)),
        QuestionAsked(at=S(50), text="Why?", move="ask", why="it is next"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_text_moves_the_floor_nowhere(state: State, event: Event) -> None:
    floor = a_floor(state)

    assert floor.receive(event) == []
    assert floor.state is state


def test_the_line_stays_hushed_between_the_words_of_a_barge_in() -> None:
    floor = a_floor(State.SPEAKING)

    said = [
        *floor.receive(speech(33.0)),
        *floor.receive(hush(33.3, 33.0)),
        *floor.receive(speech(33.6)),
        *floor.receive(tick(33.0 + CONFIRM)),
    ]

    assert said == [Command.DUCK, Command.STOP_SPEAKING, Command.NOTE_BARGE_IN]
    assert floor.holder is Holder.CANDIDATE


def test_mm_hm_over_a_line_is_a_back_channel_and_the_line_goes_on() -> None:
    floor = a_floor(State.SPEAKING)

    said = [
        *floor.receive(speech(33.0)),
        *(command for i in range(15) for command in floor.receive(tick(33.0 + 0.032 * i))),
        *floor.receive(hush(33.5, 33.0)),
        *floor.receive(words(33.7, "Mm-hmm.")),
        *floor.receive(tick(36.0)),
        *floor.receive(line_end(37)),
    ]

    assert said == [Command.DUCK, Command.UNDUCK, Command.NOTE_BACK_CHANNEL]
    assert floor.state is State.OPEN


EVENTS = st.sampled_from([speech, hush, turn_end, cut_in, line, line_end, key, tick, tick, over])


@given(st.lists(st.tuples(EVENTS, st.floats(0, 3)), max_size=40))
def test_whatever_happens_the_floor_has_one_holder_and_refuses_without_harm(steps: list) -> None:  # type: ignore[type-arg]
    floor, now = Floor(), 0.0
    for make, gap in steps:
        now += gap
        before = dict(vars(floor))
        try:
            floor.receive(make(now))
        except FloorError:
            assert vars(floor) == before
        assert floor.holder is HOLDERS[floor.state]
        assert isinstance(floor.holder, Holder)
        if before["state"] is State.OVER:
            assert floor.state is State.OVER


def test_the_candidate_never_holds_the_floor_against_a_voice_that_was_not_told_to_stop() -> None:
    """Every way from the interviewer's turn to the candidate's stops the voice, unless it was done."""
    speaking = {State.SPEAKING, State.CONTESTED, State.CUTTING_IN}
    for (state, trigger), (after, commands) in TABLE.items():
        if state in speaking and HOLDERS[after] is Holder.CANDIDATE and "playback finishes" not in trigger:
            assert Command.STOP_SPEAKING in commands, (state, trigger)


def test_who_begins_while_a_line_is_still_being_made_is_not_talked_over() -> None:
    """With the floor open, "take your time" or the opening may be in the making."""
    assert Command.DROP_REPLY in Floor().receive(speech(1.0))


def test_the_diagram_has_every_row() -> None:
    assert diagram().count("-->") == 1 + len([key for key in TABLE if TABLE[key][0] is not State.OVER])


def test_the_page_in_the_docs_is_what_the_code_draws(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(floor_module.__file__, run_name="__main__")

    page = (ROOT / "docs" / "floor.md").read_text(encoding="utf-8")
    assert page == capsys.readouterr().out, "run: python -m vivavoce.simulator.engine.floor > docs/floor.md"
