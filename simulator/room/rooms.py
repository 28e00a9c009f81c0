"""Which rooms there are, and that no more are held at once than this machine can hold.

A session that is over is heard once more while nobody is in a room: what has time gives way to what has none.
"""

import secrets
import threading
from collections.abc import Callable
from math import ceil
from pathlib import Path

from vivavoce.simulator.errors import RequestError, expected
from vivavoce.simulator.review.second_hearing import hear_once_more
from vivavoce.simulator.room import admission
from vivavoce.simulator.room.room import Asked, Room
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.journal.home import whose

YOURS = "an interview of yours is going on: go back to it, and end it first"
ENDING = 20.0  # seconds that all rooms together may take to write their reports
KEPT = 50  # rooms that are over: their pages may come back and ask where the review is


def _nobody(text: str) -> None:
    pass


class Rooms:
    """The rooms of one server."""

    def __init__(
        self, most: Callable[[Settings], int] = admission.most, tell: Callable[[str], None] = _nobody
    ) -> None:
        """Hold at once as many as `most` says; `tell` in a line what is done with a session that is over."""
        self._rooms: dict[str, Room] = {}
        self._changed = threading.Condition()
        self._hearing = threading.Lock()
        self._closed = False
        self._most, self._tell = most, tell

    def open(self, asked: Asked) -> Room:
        """Return a new room.

        The first one on a machine waits until its speed was measured, and others with it. In a class nobody
        has two: one that they left before it began gives way.

        Raises:
            RequestError: there are as many as this machine can hold, its text says for how long;
                or whom is served is in one.
        """
        with self._changed:
            most = self._most(asked.settings)
            if self.own() is not None:
                raise RequestError(YOURS)
            live = self._live()
            for room in [room for room in live if room.deserted and whose() == room.whose != ""]:
                room.end()
                live.remove(room)
            if len(live) >= most:
                raise RequestError(_full(live))
            key = secrets.token_urlsafe(12)
            room = Room(key, asked, lambda folder: self._over(folder, asked.settings))
            self._rooms[key] = room
            self._forget()
        room.start()
        return room

    def find(self, key: str) -> Room | None:
        """Return the room with this `key`, if there is one of whom is served."""
        room = self._rooms.get(key)
        return room if room is not None and room.whose == whose() else None

    def own(self) -> Room | None:
        """Return the room that whom is served is in, in a class: somebody came to it, and it does not end."""
        there = (room for room in self._live() if whose() == room.whose != "")
        return next((room for room in there if not room.deserted and not room.ending), None)

    def when_quiet(self, hear: Callable[[], Path]) -> Path:
        """Return what `hear` does, when nothing else is being heard once more and nobody is in a room.

        Raises:
            RequestError: the server ends.
        """
        with self._hearing:
            self._wait()
            return hear()

    def close(self) -> None:
        """End all sessions in good order."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        live = self._live()
        for room in live:
            room.end()
        for room in live:
            room.over(ENDING / len(live))

    def _live(self) -> list[Room]:
        return [room for room in list(self._rooms.values()) if room.result is None]

    def _forget(self) -> None:
        """Let go of the oldest that are over."""
        over = [key for key, room in self._rooms.items() if room.result is not None]
        for key in over[:-KEPT]:
            del self._rooms[key]

    def _over(self, folder: Path | None, settings: Settings) -> None:
        """Hear the session in `folder` once more, on the thread of the room that is over."""
        with self._changed:
            self._changed.notify_all()
        if folder is None:
            return
        with self._hearing:
            try:
                better = hear_once_more(folder, settings, self._tell, self._wait)
            except expected() as error:
                self._tell(f"{folder.name} was not heard once more: {error}.")
            else:
                if better:
                    self._tell(f"{folder.name} has a better text now; {better:,} words were heard again.")

    def _wait(self) -> None:
        """Return when nobody is in a room.

        Raises:
            RequestError: the server ends.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not self._live())
            if self._closed:
                raise RequestError("the server ends")


def _full(live: list[Room]) -> str:
    """Return when to come again, in a line."""
    minutes = max(1, ceil(min(map(_minutes_left, live))))
    many = "one interview is" if len(live) == 1 else f"{len(live)} interviews are"
    when = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"{many} going on, as many as this machine can hold at once; try again in about {when}"


def _minutes_left(room: Room) -> float:
    """Return how long the interview still takes, if nobody pauses and it keeps to its time.

    A room that nobody is in is given up soon.
    """
    if room.deserted:
        return 1.0
    wanted = room.asked.wanted
    return (wanted.minutes or wanted.content().minutes) - room.now / 60
