"""What a room makes of a page that checks its sound, or does not."""

from collections.abc import Iterator
from typing import Any

import pytest

from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room import room as module
from vivavoce.simulator.room.page import Page
from vivavoce.simulator.room.room import Asked, Room
from vivavoce.simulator.settings import Settings

HELLO = {"type": "hello", "rate": 48_000, "epoch": 1}


@pytest.fixture
def room() -> Iterator[Room]:
    one = Room("key", Asked(settings=Settings(voice="system"), wanted=Wanted()))
    one.start()
    yield one
    one.end()
    assert one.over(10.0)


def joined(room: Room, **hello: Any) -> list[dict[str, Any]]:
    """Return what a page is told from when it joins."""
    told: list[dict[str, Any]] = []
    page = Page(id="one", send=lambda packet: None, tell=told.append, leave=lambda: None)
    room.join(page, {**HELLO, **hello})
    return told


@pytest.mark.parametrize("do", ["dance", "", None, 1, ["start"]])
def test_what_no_page_of_ours_asks_for_is_refused(room: Room, do: object) -> None:
    with pytest.raises(RequestError, match="no such request"):
        room.command({"type": "check", "do": do})
    with pytest.raises(RequestError, match="no such request"):
        room.command({"type": "check"})


@pytest.mark.parametrize(
    "settings", [None, "all", [], {"echoCancellation": {}}, {"autoGainControl": "x" * 9}]
)
def test_whatever_a_page_says_of_its_sound_it_may_come_in(room: Room, settings: object) -> None:
    assert [one["type"] for one in joined(room, settings=settings)] == ["welcome"]


def test_a_browser_that_changes_the_sound_is_named(room: Room) -> None:
    told = joined(room, settings={"noiseSuppression": True})
    assert "noise suppression" in told[-1]["text"]


def test_the_interview_is_guarded_by_what_was_chosen(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    guards: list[object] = []

    def interview(*given: Any) -> None:
        guards.append(given[-1]().echo)
        raise RequestError("enough")

    monkeypatch.setattr(module, "interview", interview)
    monkeypatch.setattr(module, "missing", lambda settings: ())
    joined(room, settings={"echoCancellation": False})
    room.command({"type": "check", "do": "skip"})
    room.command({"type": "begin"})
    room.command({"type": "begin"})
    assert room.over(10.0)
    (guard,) = guards
    assert type(guard).__name__ == "AsItSounded"
    room.command({"type": "check", "do": "start"})  # too late, and no harm


def test_a_room_that_ends_in_the_middle_of_its_check_keeps_nothing(room: Room) -> None:
    told = joined(room)
    room.command({"type": "check", "do": "start"})
    room.end()
    assert room.over(10.0)
    assert told[-1]["to"] == ""
