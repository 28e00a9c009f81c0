from typing import Any

import pytest

from vivavoce.audio.frame import SAMPLE_RATE_HZ
from vivavoce.simulator.engine.floor import State
from vivavoce.simulator.room.room_screen import EVERY, Message, RoomScreen
from vivavoce.transcripts.events import (
    Event,
    Failed,
    FinalHypothesis,
    FramesLost,
    MicrophoneFound,
    MicrophoneLost,
    PartialHypothesis,
    PlaybackStarted,
    RoundBegan,
    Seconds,
    TurnEnded,
    TurnResumed,
)

S = Seconds


class Seen:
    """A screen that has shown a line, and what its page is told."""

    def __init__(self) -> None:
        self.told: list[Message] = []
        self.screen = RoomScreen("Dana", self.told.append)
        self.new(PlaybackStarted(at=S(0.1), text="Hello."))

    def new(self, *events: Event) -> list[Message]:
        self.told.clear()
        for event in events:
            self.screen.receive(event)
        return list(self.told)

    def frame(self, at: float, state: State = State.OPEN) -> list[Message]:
        self.told.clear()
        self.screen.heard(S(at), 0.5, state)
        return list(self.told)


@pytest.mark.parametrize(
    ("state", "named"),
    [
        (State.OPEN, "open"),
        (State.ANSWERING, "answering"),
        (State.REPLYING, "replying"),
        (State.SPEAKING, "speaking"),
        (State.CONTESTED, "speaking"),
        (State.HUSHED, "speaking"),
        (State.CUTTING_IN, "cutting_in"),
        (State.OVER, "over"),
    ],
)
def test_each_state_of_the_floor_has_a_name_in_the_page(state: State, named: str) -> None:
    (told,) = Seen().frame(1.0, state)
    assert told == {"type": "state", "state": named, "who": "Dana", "at": 1.0}


def test_before_the_first_line_nobody_is_asked_to_speak() -> None:
    told: list[Message] = []
    screen = RoomScreen("Dana", told.append)
    screen.heard(S(0.03), 0.5, State.OPEN)
    assert told == []
    assert screen.welcome()["state"] == "waiting"


def test_a_state_is_told_when_it_changes_and_the_clock_now_and_then() -> None:
    seen = Seen()
    assert seen.frame(1.0)
    assert seen.frame(1.0 + EVERY - 0.1) == []
    assert seen.frame(1.0 + EVERY)
    assert seen.frame(1.1 + EVERY, State.SPEAKING)
    assert seen.frame(1.2 + EVERY, State.CONTESTED) == []


def words(kind: Any, text: str, at: float = 2.0) -> Event:
    more = {"stable": "", "audio_end": S(at)} if kind is PartialHypothesis else {
        "words": (), "audio_start": S(at), "audio_end": S(at)
    }  # fmt: skip
    event: Event = kind(at=S(at), text=text, **more)
    return event


def turn_end() -> Event:
    at = S(3.0)
    return TurnEnded(
        at=at, started_at=at, ended_at=at, decided_at=at, text="so", why="complete", probability=0.9
    )


def test_captions_grow_and_begin_anew_with_each_turn() -> None:
    seen = Seen()
    texts = [
        one["text"]
        for one in seen.new(
            words(PartialHypothesis, "So we"),
            words(FinalHypothesis, "So we moved"),
            words(PartialHypothesis, "the scanner"),
            turn_end(),
            words(PartialHypothesis, "Then"),
        )
    ]
    assert texts == ["So we", "So we moved", "So we moved the scanner", "Then"]
    assert seen.screen.welcome()["caption"] == "Then"
    (line,) = seen.new(PlaybackStarted(at=S(4.0), text="Why?"))
    assert line == {"type": "line", "text": "Why?", "at": 4.0}
    assert seen.screen.welcome() == {
        "who": "Dana", "at": 0.0, "state": "waiting", "line": "Why?", "caption": "", "notices": []
    }  # fmt: skip


def test_an_answer_that_goes_on_is_shown_whole() -> None:
    seen = Seen()
    seen.new(words(FinalHypothesis, "So we moved"), turn_end())
    told = seen.new(words(PartialHypothesis, "and then"), TurnResumed(at=S(3.5)))
    assert told[-1]["text"] == "So we moved and then"
    assert seen.screen.welcome()["caption"] == "So we moved and then"


@pytest.mark.parametrize(
    ("reason", "state"), [("the candidate paused", "paused"), ("the page is not heard", "waiting")]
)
def test_a_page_that_is_away_waits_or_is_paused_until_it_is_found(reason: str, state: str) -> None:
    seen = Seen()
    seen.frame(1.0)
    (told,) = seen.new(MicrophoneLost(at=S(1.0), reason=reason))
    assert told["state"] == seen.screen.welcome()["state"] == state
    (told,) = seen.new(MicrophoneFound(at=S(1.0), name="the page"))
    assert told["state"] == "open"


def test_lost_sound_is_told_once_in_one_line_and_a_little_is_not() -> None:
    seen = Seen()
    seen.frame(1.0)
    assert seen.new(FramesLost(at=S(1.0), samples=SAMPLE_RATE_HZ // 4)) == []
    assert seen.frame(1.1) == []
    assert seen.frame(1.2) == []

    seen.new(
        FramesLost(at=S(2.0), samples=SAMPLE_RATE_HZ), FramesLost(at=S(2.0), samples=SAMPLE_RATE_HZ // 2)
    )
    assert seen.frame(2.1) == []  # there may be more
    (told,) = seen.frame(2.2)
    assert told["text"].startswith("1.5 s of sound were lost")
    assert "\n" not in told["text"]
    assert seen.frame(2.3) == []


def test_what_is_said_once_is_told_again_only_to_who_comes_later() -> None:
    seen = Seen()
    failed = Failed(at=S(1.0), stage="voice", reason="the voice failed")
    assert [one["text"] for one in seen.new(failed, failed)] == [
        "Voice: the voice failed. The interview goes on."
    ]
    assert seen.screen.welcome()["notices"] == ["Voice: the voice failed. The interview goes on."]


def test_the_next_round_has_another_interviewer() -> None:
    seen = Seen()
    (told,) = seen.new(RoundBegan(at=S(9.0), round="coding", persona="Robin"))
    assert told["who"] == seen.screen.welcome()["who"] == "Robin"
