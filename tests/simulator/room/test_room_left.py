"""What is left of a room that is over: its result, and nothing that a session needs."""

import gc
import os
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.room.rooms_held import Window, furnish
from vivavoce.audio.devices.packets import Heard
from vivavoce.simulator.engine.session import Session
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room import rooms as rooms_module
from vivavoce.simulator.room.room import Asked, Room
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.settings import Settings

DESCRIPTORS = Path("/proc/self/fd")


@pytest.fixture
def sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list["weakref.ref[Session]"]:
    """Return where each session that begins is noted."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    furnish(monkeypatch)
    monkeypatch.setattr(rooms_module, "hear_once_more", lambda *_: 0)
    noted: list[weakref.ref[Session]] = []
    begin = Session.__init__

    def noting(self: Session, *given: object) -> None:
        begin(self, *given)  # type: ignore[arg-type]
        noted.append(weakref.ref(self))

    monkeypatch.setattr(Session, "__init__", noting)
    return noted


@pytest.fixture
def rooms() -> Iterator[Rooms]:
    made = Rooms(lambda settings: 1)
    yield made
    made.close()


def held(rooms: Rooms) -> Room:
    """Hold a short interview, whose page goes on sending for a while; return its room."""
    room = rooms.open(Asked(settings=Settings(), wanted=Wanted(minutes=5)))
    window = Window(room).join()
    room.command({"type": "begin"})
    window.state("speaking")
    room.command({"type": "end"})
    window.speak(1.0)
    window.ended()
    window.speak(1.0)
    room.left(window.page)
    return room


def test_a_room_that_is_over_keeps_no_session(rooms: Rooms, sessions: list["weakref.ref[Session]"]) -> None:
    room = held(rooms)
    gc.collect()
    assert [one() for one in sessions] == [None]
    assert rooms.find(room.key) is room
    assert room.result is not None
    assert room.result["to"]


def test_nor_what_its_page_sent_meanwhile(rooms: Rooms, sessions: list["weakref.ref[Session]"]) -> None:
    gc.collect()
    before = {id(one) for one in gc.get_objects() if isinstance(one, Heard)}  # of other tests' rooms
    held(rooms)
    gc.collect()
    assert len(sessions) == 1
    assert [one for one in gc.get_objects() if isinstance(one, Heard) and id(one) not in before] == []


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="only Linux says which files are open")
def test_its_threads_end_and_its_files_are_closed(
    rooms: Rooms, sessions: list["weakref.ref[Session]"]
) -> None:
    held(rooms)  # so that what is loaded once is loaded
    before, threads = len(os.listdir(DESCRIPTORS)), set(threading.enumerate())
    held(rooms)
    assert len(sessions) == 2
    assert len(os.listdir(DESCRIPTORS)) == before
    new = [one.name for one in threading.enumerate() if one not in threads]
    assert not [name for name in new if name.startswith("vivavoce")]
