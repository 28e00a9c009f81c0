"""`vivavoce web` with a room that waits, whose interviewer hums and hears no words: `python -m` this file.

It prints where the window opens, and the room's path. Arguments: a port, a key that the room is to have,
and a voice that speaks: then the models are those of the machine.
"""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.simulator.room.rooms_held import furnish
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room.room import Asked
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.settings import load
from vivavoce.simulator.web import app, server


def main(port: int = 0, key: str = "", voice: str = "") -> None:
    """Serve until a signal."""
    if not voice:
        furnish(pytest.MonkeyPatch())  # for as long as the program runs
    made: list[Rooms] = []
    begin = Rooms.__init__

    def noted(self: Rooms, **given: Any) -> None:
        begin(self, **given)
        made.append(self)

    Rooms.__init__ = noted  # type: ignore[method-assign]
    with server.listening(port) as place:
        door = app.application(place.getsockname()[1])
        if key:
            secrets.token_urlsafe = lambda size: key  # type: ignore[assignment]
        opened = made[0].open(
            Asked(settings=load({"voice": voice} if voice else {}), wanted=Wanted(minutes=5), pad=True)
        )

        @contextmanager
        def shown() -> Iterator[None]:
            print(door.address(lambda: None))
            print(f"{door.base}/room/{opened.key}", flush=True)
            yield

        server.run(door, place, shown())


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
