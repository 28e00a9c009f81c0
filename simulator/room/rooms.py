"""Which rooms there are, and that no more are held at once than this machine can hold."""

import secrets
import threading
from collections.abc import Callable

from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.room.room import Asked, Room
from vivavoce.simulator.settings import Settings

ENDING = 20.0  # seconds that all rooms together may take to write their reports


class Rooms:
    """The rooms of one server."""

    def __init__(self, most: Callable[[Settings], int] = lambda settings: 1) -> None:
        """Hold at once as many as `most` says."""
        self._rooms: dict[str, Room] = {}
        self._lock = threading.Lock()
        self._most = most

    def open(self, asked: Asked) -> Room:
        """Return a new room.

        Raises:
            RequestError: there are as many as this machine can hold.
        """
        with self._lock:
            if sum(room.result is None for room in self._rooms.values()) >= self._most(asked.settings):
                raise RequestError("an interview is going on; end it first, then begin another")
            room = Room(secrets.token_urlsafe(12), asked)
            self._rooms[room.key] = room
        room.start()
        return room

    def find(self, key: str) -> Room | None:
        """Return the room with this `key`, if there is one."""
        return self._rooms.get(key)

    def close(self) -> None:
        """End all sessions in good order."""
        rooms = list(self._rooms.values())
        for room in rooms:
            room.end()
        for room in rooms:
            room.over(ENDING / len(rooms))
