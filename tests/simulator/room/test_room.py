"""One room: who may join, what a page may ask for in every state, and how it ends."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.room import rooms_held
from tests.simulator.room.rooms_held import Window, furnish
from vivavoce.audio.errors import DeviceError
from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.live.session_folder import ENDED
from vivavoce.simulator.room import room as room_module
from vivavoce.simulator.room.room import LONGEST_ANSWER, Room
from vivavoce.transcripts.events import (
    Event,
    FinalHypothesis,
    FramesLost,
    PadChanged,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    SessionEnded,
    TurnEnded,
)
from vivavoce.transcripts.journal import log

ANSWER = "I moved the scanner to the scales, and the line no longer stood still."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    furnish(monkeypatch)
    return tmp_path


@pytest.fixture
def opened() -> Iterator[Callable[..., Room]]:
    rooms: list[Room] = []

    def make(**given: Any) -> Room:
        rooms.append(rooms_held.opened(**given))
        return rooms[-1]

    yield make
    for _ in rooms_held.closed(rooms):
        pass


@pytest.fixture
def window(opened: Callable[..., Room]) -> Window:
    """Return a page that has joined a room."""
    return Window(opened()).join()


def begun(window: Window) -> Window:
    window.room.command({"type": "begin"})
    window.state("speaking")
    return window


def told(home: Path) -> list[Event]:
    (folder,) = (home / "sessions").iterdir()
    return log.read_log(folder / log.NAME)


def asked(events: list[Event]) -> int:
    return sum(isinstance(event, QuestionAsked) for event in events)


def test_a_page_that_joins_is_told_all_that_it_shows(window: Window) -> None:
    (welcome,) = window.told
    assert welcome | {"captions": True} == {
        "type": "welcome", "round": "behavioral", "minutes": 5, "captions": True,
        "pad": True, "who": "Dana", "at": 0.0, "state": "waiting", "line": "", "caption": "", "notices": [],
        "under_way": False, "heard": 0, "written": "",
    }  # fmt: skip
    begun(window)
    line = window.until(lambda one: one["type"] == "line")
    back = Window(window.room).join()
    (welcome,) = back.told
    assert welcome["who"] == "Dana"
    assert welcome["state"] == "speaking"
    assert welcome["line"] == line["text"]
    assert welcome["at"] > 0
    assert welcome["heard"] == window.place


@pytest.mark.parametrize(
    "hello",
    [
        {"rate": 0},
        {"rate": 7_999},
        {"rate": 192_001},
        {"rate": "48000"},
        {"rate": 44_100.5},
        {"rate": None},
        {"rate": True},
        {"epoch": -1},
        {"epoch": 2**32},
        {"epoch": "1"},
        {"epoch": None},
    ],
)
def test_a_hello_that_no_page_of_ours_says_changes_nothing(window: Window, hello: dict[str, Any]) -> None:
    wrong = Window(window.room)
    with pytest.raises(RequestError):
        wrong.join(**hello)
    assert wrong.told == []
    assert not window.left
    begun(window)


@pytest.mark.parametrize("position", [-1, "x", None, 1.5, [], 10**30])
def test_a_place_that_makes_no_sense_is_the_beginning(window: Window, position: object) -> None:
    begun(window)
    Window(window.room).join(position=position)
    window.speak(0.2)


def test_a_second_window_is_refused_until_it_takes_over(window: Window) -> None:
    second = Window(window.room, "second", epoch=9)
    for takeover in ({}, {"takeover": False}, {"takeover": "yes"}, {"takeover": 1}):
        with pytest.raises(RequestError, match="another window"):
            second.join(**takeover)
    assert not window.left

    second.join(takeover=True)
    assert window.left
    assert window.told[-1]["type"] == "refused"
    assert window.told[-1]["takeover"] is True
    assert second.told[-1]["type"] == "welcome"
    window.room.left(window.page)  # its connection closes: that is not the second one's
    begun(second)


def test_the_same_window_comes_back_without_being_asked(window: Window) -> None:
    begun(window)
    again = Window(window.room)
    again.place = window.place
    again.join()
    assert window.left
    again.speak(0.5)
    assert again.until(lambda one: one["type"] == "state")


def test_who_comes_when_it_is_over_is_led_to_the_review(window: Window, home: Path) -> None:
    begun(window)
    window.room.left(window.page)
    window.room.end()
    assert window.room.over(rooms_held.SOON)
    late = Window(window.room, "another")
    late.join()
    (folder,) = (home / "sessions").iterdir()
    assert late.told == [{"type": "ended", "to": f"/session/{folder.name}", "text": ""}]


def test_an_answer_that_is_typed_is_a_turn_and_is_replied_to(window: Window, home: Path) -> None:
    begun(window)
    window.state("open")
    window.room.command({"type": "typed", "text": f"  {ANSWER}\n\n"})
    window.state("speaking")
    window.room.end()
    window.ended()

    events = told(home)
    turns = [event for event in events if isinstance(event, TurnEnded)]
    assert [turn.text for turn in turns] == [ANSWER]
    assert turns[0].why == "typed"
    assert asked(events) == 2


@pytest.mark.parametrize("state", ["speaking", "open", "replying"])
def test_an_answer_can_be_typed_in_every_state(window: Window, home: Path, state: str) -> None:
    begun(window)
    if state != "speaking":
        window.state("open")
    if state == "replying":
        window.room.command({"type": "typed", "text": "Once I counted boxes."})
    window.room.command({"type": "typed", "text": ANSWER})
    window.until(lambda one: one["type"] == "line" and one is not window.all("line")[0])
    window.room.end()
    window.ended()

    events = told(home)
    texts = [event.text for event in events if isinstance(event, FinalHypothesis)]
    assert texts[-1] == ANSWER
    assert [type(event) for event in events if isinstance(event, PlaybackStarted | PlaybackFinished)][:3] == [
        PlaybackStarted, PlaybackFinished, PlaybackStarted,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "  \n ", "\ud800 half a sign", "null\0byte", "\x1b[2J", "x" * 50_000])
def test_whatever_is_typed_the_session_goes_on(window: Window, home: Path, text: str) -> None:
    begun(window)
    window.state("open")
    window.room.command({"type": "typed", "text": text})
    window.room.command({"type": "pad", "text": text})
    window.speak(1.0)
    window.room.command({"type": "typed", "text": ANSWER})
    window.speak(0.5)
    window.state("speaking")
    window.room.end()
    assert window.ended()["to"]
    events = told(home)
    texts = [event.text for event in events if isinstance(event, TurnEnded)]
    assert texts[-1] == ANSWER
    assert all(len(one) <= LONGEST_ANSWER for one in texts)


def test_the_pad_is_journalled_when_it_changes(window: Window, home: Path) -> None:
    begun(window)
    for text in ("def f():", "def f():", "def f():\n    return 1"):
        window.room.command({"type": "pad", "text": text})
        window.speak(0.3)
    other = Window(window.room, "another window").join(takeover=True)
    assert other.told[0]["written"] == "def f():\n    return 1"
    window.room.end()
    other.ended()
    written = [event.text for event in told(home) if isinstance(event, PadChanged)]
    assert written == ["def f():", "def f():\n    return 1"]


def test_in_a_pause_nothing_is_heard_and_the_clock_stands_still(window: Window, home: Path) -> None:
    begun(window)
    at = window.state("open")["at"]
    window.room.command({"type": "pause"})
    window.state("paused")
    window.speak(20.0)
    assert window.told[-1]["state"] == "paused"
    window.room.command({"type": "key"})
    window.room.command({"type": "go_on"})
    back = window.state("open")
    assert back["at"] - at < 5
    window.room.end()
    window.ended()
    assert not any(isinstance(event, FramesLost) for event in told(home))


def test_the_key_lets_the_candidate_speak(window: Window, home: Path) -> None:
    begun(window)
    window.speak(0.5)
    window.room.command({"type": "key"})
    window.state("open")
    window.room.end()
    window.ended()
    cut = [event for event in told(home) if isinstance(event, PlaybackFinished)]
    assert not cut[0].complete


ENDS: dict[str, Callable[[Window], object]] = {
    "speaking": begun,
    "open": lambda window: begun(window).state("open"),
    "paused": lambda window: (begun(window), window.room.command({"type": "pause"}), window.state("paused")),
    "without a page": lambda window: (begun(window), window.room.left(window.page)),
}


@pytest.mark.parametrize("state", ENDS)
def test_it_can_be_ended_in_every_state(window: Window, home: Path, state: str) -> None:
    ENDS[state](window)
    window.room.command({"type": "end"})
    assert window.room.over(rooms_held.SOON)
    reasons = [event.reason for event in told(home) if isinstance(event, SessionEnded)]
    assert reasons == [ENDED]
    assert window.room.result is not None
    assert window.room.result["to"].startswith("/session/")
    window.room.command({"type": "end"})  # twice is once
    window.room.command({"type": "key"})
    window.room.command({"type": "typed", "text": ANSWER})


def test_one_that_never_began_leaves_nothing(window: Window, home: Path) -> None:
    window.room.end()
    assert window.ended() == {
        "type": "ended", "to": "", "text": "The interview did not begin, so nothing was kept."
    }  # fmt: skip
    assert not (home / "sessions").exists()


def test_one_that_is_ended_while_it_begins_ends(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(settings: object) -> list[str]:
        window.room.end()
        return []

    monkeypatch.setattr(room_module, "missing", missing)
    window.room.command({"type": "begin"})
    window.ended()


@pytest.mark.parametrize(
    "message", [{}, {"type": "dance"}, {"type": "pad"}, {"type": "pad", "text": 5}, {"type": []}]
)
def test_a_request_that_there_is_not_is_refused_and_harms_nothing(
    window: Window, message: dict[str, Any]
) -> None:
    begun(window)
    with pytest.raises(RequestError):
        window.room.command(message)
    window.state("open")


def test_a_sound_packet_that_is_none_is_refused_and_harms_nothing(window: Window) -> None:
    begun(window)
    for packet in (b"", b"\1\2\3", b"\0" * 5000):
        with pytest.raises(DeviceError):
            window.room.sound(packet)
    window.state("open")
