"""Serve the pages with one room that waits: prints the address to enter by, and the room's path."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room.room import Asked
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.settings import load
from vivavoce.simulator.web import app, interview_pages, server

opened: list[str] = []


class OneRoom(Rooms):
    """Has a room from the beginning on."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.first = self.open(Asked(settings=load({}), wanted=Wanted(minutes=5)))
        opened.append(f"/room/{self.first.key}")


@contextmanager
def shown() -> Iterator[None]:
    """Print where it is."""
    print(door.address(lambda: None), door.base + opened[0], sep="\n", flush=True)
    yield


interview_pages.Rooms = OneRoom  # type: ignore[misc]
with server.listening(0) as place:
    door = app.application(place.getsockname()[1])
    server.run(door, place, shown())
