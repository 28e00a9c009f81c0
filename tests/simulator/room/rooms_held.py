"""Rooms with simulated models, and a page that the test plays."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from vivavoce.audio.devices import packets
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.frame import Frame
from vivavoce.audio.ports import Hypothesis
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.simulator.live import devices, recogniser_choice
from vivavoce.simulator.live import interview as live
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room import room as room_module
from vivavoce.simulator.room.page import Page
from vivavoce.simulator.room.room import Asked, Room
from vivavoce.simulator.room.room_screen import Message
from vivavoce.simulator.settings import Settings

RATE_HZ = 16_000
PACKET = 320
SOON = 60.0  # seconds, on a machine that does other things as well


class Deaf:
    """A `Recogniser` that hears nothing."""

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        return Hypothesis()


def furnish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put simulated models in place of those of the machine."""
    for name in ("load_ahead", "load_voice"):
        monkeypatch.setattr(devices, name, lambda settings: None)
    monkeypatch.setattr(devices, "voice", lambda settings, who, *_, **__: SilentVoice(who.rate_wpm))
    monkeypatch.setattr(live, "need", lambda settings, **_: None)
    monkeypatch.setattr(live, "turn_model", lambda: None)
    monkeypatch.setattr(room_module, "missing", lambda settings: [])
    choice = recogniser_choice.Choice("scripted", "Listening with a script.")
    monkeypatch.setattr(recogniser_choice, "choose", lambda settings, jobs=1: (Deaf(), choice))


class Window:
    """A page in a window: it counts its samples, and keeps what it is told and sent."""

    def __init__(self, room: Room, name: str = "first", epoch: int = 1) -> None:
        self.room, self.epoch = room, epoch
        self.told: list[Message] = []
        self.sent: list[bytes] = []
        self.left = False
        self.place = 0
        self.page = Page(id=name, send=self.sent.append, tell=self.told.append, leave=self._leave)

    def _leave(self) -> None:
        self.left = True

    def join(self, **changed: Any) -> "Window":
        self.room.join(self.page, {"type": "hello", "rate": RATE_HZ, "epoch": self.epoch, **changed})
        return self

    def speak(self, seconds: float, level: float = 0.001) -> None:
        """Send sound seven times as fast as life, which the session keeps up with."""
        for _ in range(round(seconds * RATE_HZ / PACKET)):
            samples = np.full(PACKET, level, dtype=np.float32)
            packet = Heard(epoch=self.epoch, first=self.place, played=self._played, samples=samples)
            self.room.sound(packets.heard_packet(packet))
            self.place += PACKET
            time.sleep(0.003)

    @property
    def _played(self) -> int:
        """All that it was sent but the latest tenth of a second."""
        if not self.sent:
            return 0
        _, first, sound = packets.spoken(self.sent[-1])
        return max(0, first + len(sound) - RATE_HZ // 10)

    def all(self, kind: str) -> list[Message]:
        return [message for message in self.told if message["type"] == kind]

    def until(self, seen: Callable[[Message], bool]) -> Message:
        """Speak until something that it is told is `seen`; return that."""
        end = time.monotonic() + SOON
        while time.monotonic() < end:
            if found := [message for message in list(self.told) if seen(message)]:
                return found[-1]
            self.speak(0.1)
        raise AssertionError(f"not told: {self.told[-5:]}")

    def state(self, name: str) -> Message:
        """Speak until that is the state that it was told last."""
        return self.until(lambda one: one in self.all("state")[-1:] and one["state"] == name)

    def ended(self) -> Message:
        """Wait for the end."""
        assert self.room.over(SOON)
        (message,) = self.all("ended")
        return message


def opened(**given: Any) -> Room:
    """Return a room that waits for its page."""
    asked = {"settings": Settings(), "wanted": Wanted(minutes=5), "pad": True, **given}
    made = Room("key", Asked(**asked))
    made.start()
    return made


def closed(rooms: list[Room]) -> Iterator[None]:
    """End them after the block, and see that no thread is left."""
    yield
    for one in rooms:
        one.end()
        assert one.over(SOON)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("vivavoce-room")]
