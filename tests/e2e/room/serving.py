"""`vivavoce web` with a room that waits, whose interviewer hums and hears no words: `python -m` this file.

It prints where the window opens, and the room's path. Arguments: a port, and a key that the room is to have.
"""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vivavoce.audio.frame import Frame
from vivavoce.audio.ports import Hypothesis
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.simulator.live import devices, recogniser_choice
from vivavoce.simulator.live import interview as live
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room import room
from vivavoce.simulator.room.room import Asked
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.web import app, server


class Deaf:
    """A `Recogniser` that hears nothing."""

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        return Hypothesis()


def furnished() -> None:
    """Put simulated models in place of those of the machine."""
    for name in ("load_ahead", "load_voice"):
        setattr(devices, name, lambda settings: None)
    devices.voice = lambda settings, who, *_: SilentVoice(who.rate_wpm)  # type: ignore[assignment]
    live.need = lambda settings, **_: None  # type: ignore[assignment]
    room.missing = lambda settings: []
    live.SmartTurn = lambda folder: None  # type: ignore[assignment,misc]
    live.locate = Path  # type: ignore[assignment]
    choice = recogniser_choice.Choice("scripted", "Listening with a script.")
    recogniser_choice.choose = lambda settings: (Deaf(), choice)  # type: ignore[assignment]


def main(port: int, key: str) -> None:
    """Serve until a signal."""
    furnished()
    made: list[Rooms] = []
    begin = Rooms.__init__

    def noted(self: Rooms) -> None:
        begin(self)
        made.append(self)

    Rooms.__init__ = noted  # type: ignore[method-assign]
    with server.listening(port) as place:
        door = app.application(place.getsockname()[1])
        if key:
            secrets.token_urlsafe = lambda size: key  # type: ignore[assignment]
        opened = made[0].open(Asked(settings=Settings(), wanted=Wanted(minutes=5), pad=True))

        @contextmanager
        def shown() -> Iterator[None]:
            print(door.address(lambda: None))
            print(f"{door.base}/room/{opened.key}", flush=True)
            yield

        server.run(door, place, shown())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0, sys.argv[2] if len(sys.argv) > 2 else "")
