"""A page and its program in virtual time: the real worklet in a browser, microphone and speaker here.

Only the clock, the network between them and the session are made up. The session says a line of LINE
seconds at a constant level every EVERY seconds, so that each edge of what is played can be held against
what was said; the microphone hears a click every EVERY seconds.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import Empty
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.e2e.conftest import ROOM, STATIC
from vivavoce.audio.devices import browser, packets
from vivavoce.audio.devices.browser import Arrival, Attached, BrowserMicrophone, BrowserSpeaker, NoMore
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence

if TYPE_CHECKING:
    from playwright.sync_api import Page

LINE, EVERY = 4.0, 10.0  # seconds
LEVEL = np.float32(0.25)
EPOCH = 7
QUANTUM = 128

Way = Callable[[float], float | None]  # when what is sent at that time arrives, in seconds; None: never


def at_once(at: float) -> float | None:
    return at


def in_order(way: Way) -> Way:
    """Let nothing overtake: what is sent later does not arrive before."""
    latest = 0.0

    def arrives(at: float) -> float | None:
        nonlocal latest
        found = way(at)
        if found is not None:
            latest = found = max(latest, found)
        return found

    return arrives


@dataclass
class Seen:
    """What a run showed, in seconds of the page's clock."""

    said: list[tuple[float, float]] = field(default_factory=list)  # a line, by what the program knows
    played: list[tuple[float, float]] = field(default_factory=list)  # a stretch of sound, in the page
    clicks: list[float] = field(default_factory=list)  # in the recording
    lost: int = 0  # samples of the recording
    waits: list[tuple[float, float]] = field(default_factory=list)  # when, and how long sound waits


class World:
    """A page of `rate_hz`; the program's clock runs ahead of its by `drift`; `up` and `down` are the network.

    A `batch` of seconds passes in the page before any answer of the program's comes: what all take at least.
    """

    def __init__(
        self,
        page: "Page",
        rate_hz: int,
        *,
        up: Way = at_once,
        down: Way = at_once,
        drift: float = 0.0,
        batch: float = 0.04,
    ) -> None:
        self.now = 0.0  # at the program, by its own clock
        self._page, self._rate_hz, self._drift = page, rate_hz, drift
        self._up, self._down = in_order(up), in_order(down)
        self._batch_s = batch
        self._quanta = round(batch * rate_hz / QUANTUM)
        self._ran = 0  # quanta
        self._on_the_way: list[tuple[float, Arrival]] = []
        self._coming: list[tuple[int, str]] = []
        self._until = 0.0
        self._edges: list[int] = []
        self.seen = Seen()
        sources = [(STATIC / name).read_text(encoding="utf-8") for name in ("sound_worklet.js", "packets.js")]
        load = (ROOM / "worklet.js").read_text(encoding="utf-8")
        page.evaluate(load, [*sources, rate_hz, round(EVERY * rate_hz)])

    # As the queue of what arrives

    def put(self, arrival: Arrival) -> None:
        self._on_the_way.append((self.now, arrival))

    def qsize(self) -> int:
        return sum(at <= self.now for at, _ in self._on_the_way)

    def get(self, timeout: float = 0.0) -> Arrival:
        """Return what arrives next, and let time pass until then."""
        latest = self.now + timeout
        while not self._on_the_way or self._on_the_way[0][0] > self._passed:
            if self._passed >= self._until:
                return NoMore()
            if not self._on_the_way and self._passed > latest:
                self.now = latest
                raise Empty
            self._batch()
        at, arrival = self._on_the_way.pop(0)
        self.now = max(self.now, at)
        return arrival

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    @property
    def _passed(self) -> float:
        return self._ran * QUANTUM / self._rate_hz * (1 + self._drift)

    def _send(self, packet: bytes) -> None:
        at = self._down(self.now + self._batch_s)
        if at is not None:
            place = at / (1 + self._drift) * self._rate_hz
            self._coming.append((int(place), base64.b64encode(packet).decode()))

    def _batch(self) -> None:
        self._ran += self._quanta
        due = self._ran * QUANTUM
        now = [one for one in self._coming if one[0] <= due - QUANTUM]
        self._coming = self._coming[len(now) :]
        got = json.loads(self._page.evaluate("asked => answer(asked)", json.dumps([self._quanta, now])))
        self._edges += got["edges"]
        at = due / self._rate_hz
        self.seen.waits.append((at, got["waiting"] / self._rate_hz))
        for place, message in got["up"]:
            sent = place / self._rate_hz * (1 + self._drift)
            if (arrives := self._up(sent)) is not None:
                self._on_the_way.append((arrives, self._heard(message)))

    def _heard(self, message: Any) -> Heard:
        if isinstance(message, str):
            return packets.heard(base64.b64decode(message), self._rate_hz)
        first, played, count = message
        return Heard(epoch=EPOCH, first=first, played=played, samples=silence(count))

    # The session

    def run(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> Seen:
        """Let `seconds` pass; return what was seen."""
        self._until = seconds
        monkeypatch.setattr(browser, "SimpleQueue", lambda: self)
        monkeypatch.setattr(browser, "time", SimpleNamespace(sleep=self.sleep))
        speaker = BrowserSpeaker()
        microphone = BrowserMicrophone(speaker)
        microphone.tell(Attached(send=self._send, rate_hz=self._rate_hz, epoch=EPOCH))
        began: float | None = None
        for frame in microphone.frames():
            self._hear(frame)
            level = said(frame.ended_at)
            at = frame.ended_at + speaker.latency
            if level and began is None:
                began = at
            elif not level and began is not None:
                self.seen.said.append((began, at))
                began = None
            speaker.play(np.full(FRAME_SAMPLES, level, dtype=np.float32))
        edges = [edge / self._rate_hz for edge in self._edges]
        self.seen.played = list(zip(edges[::2], edges[1::2], strict=False))
        return self.seen

    def _hear(self, frame: Frame) -> None:
        self.seen.lost += frame.lost
        for place in clicks(frame.samples):
            at = (frame.start + place) / SAMPLE_RATE_HZ
            if not self.seen.clicks or at - self.seen.clicks[-1] > 0.01:
                self.seen.clicks.append(at)


def said(at: float) -> np.float32:
    return LEVEL if 2 <= at % EVERY < 2 + LINE else np.float32(0)


def clicks(samples: Samples) -> Iterator[int]:
    yield from map(int, np.flatnonzero(np.abs(samples) > 0.1))
