"""Pages of the live room without a browser: web sockets with sound at its own pace, and a candidate at each.

A page plays what it is sent as simulator/web/static/sound_worklet.js does: it lets some wait, and leaves out
silence that waits for too long. Its candidate speaks when they were asked, which the page is told.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from vivavoce.audio.devices import packets
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples

RATE_HZ = 48_000
PACKET = 1_024  # samples in a message, as in a page
LEAD, SLACK = 0.06 * RATE_HZ, 0.05 * RATE_HZ
SPEECH = 0.01  # of full scale: where an answer ends
AUDIBLE = 0.001  # of a sample that is played
NOISE = 2e-4  # of the room
GIVEN_UP = 12.0  # seconds after an answer: nobody replies
PAUSE = 0.6  # seconds from a question to its answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What a candidate says, at RATE_HZ, and how many samples of it are speech.

    `lacks` is that it ends before it is complete: the interviewer waits on purpose, however idle the machine.
    """

    text: str
    sound: Samples
    ends: int
    lacks: bool = False


@dataclass(slots=True)
class Player:
    """What a page plays."""

    place: int = 0  # of the next sample
    _queue: deque[tuple[int, int, int]] = field(
        default_factory=deque
    )  # first, count, first audible (or none)
    _waiting: int = 0
    _playing: bool = False
    _taken: int = 0  # of the first in the queue

    def take(self, message: bytes) -> None:
        """Take a packet."""
        kind, first, sound = packets.spoken(message)
        if kind == packets.CUT:
            self._queue.clear()
            self._waiting = self._taken = 0
            self.place, self._playing = max(self.place, first), False
        elif first >= self.place:
            audible = np.flatnonzero(np.abs(sound) > AUDIBLE)
            self._queue.append((first, len(sound), int(audible[0]) if len(audible) else -1))
            self._waiting += len(sound)

    def play(self, count: int) -> bool:
        """Play `count` samples; return whether a block began to be heard in them."""
        while self._waiting > LEAD + SLACK and self._queue and self._queue[0][2] < 0:
            first, size, _ = self._queue.popleft()
            self._waiting -= size - self._taken
            self.place, self._taken = first + size, 0
        if not self._playing and self._waiting < LEAD:
            return False
        self._playing = True
        return any(self._pulled(count))

    def _pulled(self, count: int) -> Iterator[bool]:
        heard = False
        while count and self._queue:
            first, size, audible = self._queue[0]
            many = min(count, size - self._taken)
            heard |= self._taken <= audible < self._taken + many
            self._taken, count, self._waiting = self._taken + many, count - many, self._waiting - many
            self.place = first + self._taken
            if self._taken == size:
                self._queue.popleft()
                self._taken = 0
        self._playing = not count
        yield heard


@dataclass(slots=True)
class SimulatedPage:
    """One page, and the candidate at it; `gaps` are in seconds, from true end to first sound.

    Those after answers that lack something are `waits`.
    """

    address: str
    headers: dict[str, str]
    answers: Sequence[Answer]
    gaps: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    never: int = 0
    late: float = 0.0  # seconds that a packet was sent too late, at most
    over: bool = False
    session: str = ""  # its id, once it is over
    _state: str = ""
    _lacks: bool = False  # the latest answer
    _asked: bool = False  # whether something was heard since the last answer
    _ended_at: float = 0.0  # when the answer was over; 0 while no reply is awaited
    _player: Player = field(default_factory=Player)

    async def live(self, until: asyncio.Event, delay: float) -> None:
        """Begin after `delay` seconds; answer until the event, and have the last answer replied to."""
        await asyncio.sleep(delay)
        async with connect(self.address, additional_headers=self.headers, max_size=None) as socket:
            hello = {"type": "hello", "page": "simulated", "epoch": 1, "rate": RATE_HZ}
            await socket.send(json.dumps(hello))
            await socket.send(json.dumps({"type": "begin"}))
            receiving = asyncio.create_task(self._receive(socket))
            try:
                await self._speak(socket, until)
                await socket.send(json.dumps({"type": "end"}))
                await asyncio.wait_for(receiving, 60)
            except ConnectionClosed:
                self.over = True
            finally:
                receiving.cancel()

    async def _receive(self, socket: ClientConnection) -> None:
        async for message in socket:
            if isinstance(message, bytes):
                self._player.take(message)
                continue
            told = json.loads(message)
            self._state = told.get("state", self._state)
            if told["type"] == "ended":
                self.session = told["to"].rpartition("/")[2]
                self.over = True
                return

    async def _speak(self, socket: ClientConnection, until: asyncio.Event) -> None:
        loop, noise = asyncio.get_running_loop(), np.random.default_rng(0)
        began, first, speech = loop.time(), 0, self._candidate(loop.time, until)
        for sound in speech:
            if self.over:
                return
            due = began + (first + PACKET) / RATE_HZ
            await asyncio.sleep(max(0.0, due - loop.time()))
            self.late = max(self.late, loop.time() - due)
            played = self._player.place
            self._asked |= self._heard(due)
            samples = sound + (NOISE * noise.standard_normal(PACKET)).astype(np.float32)
            packet = Heard(epoch=1, first=first, played=played, samples=samples)
            await socket.send(packets.heard_packet(packet))
            first += PACKET

    def _heard(self, now: float) -> bool:
        heard = self._player.play(PACKET)
        if self._ended_at and heard:
            (self.waits if self._lacks else self.gaps).append(now - self._ended_at)
            self._ended_at = 0.0
        elif self._ended_at and now - self._ended_at > GIVEN_UP:
            self.never += 1
            self._ended_at, self._asked = 0.0, True
        return heard

    def _candidate(self, clock: Callable[[], float], until: asyncio.Event) -> Iterator[Samples]:
        silent: NDArray[np.float32] = np.zeros(PACKET, np.float32)
        for number in range(10_000):
            answer = self.answers[number % len(self.answers)]
            waited = 0.0
            while waited < PAUSE:
                if until.is_set() and not self._ended_at:
                    return
                waited = waited + PACKET / RATE_HZ if self._asked and self._state == "open" else 0.0
                yield silent
            self.said.append(answer.text)
            self._lacks = answer.lacks
            for start in range(0, len(answer.sound) - PACKET + 1, PACKET):
                if start <= answer.ends < start + PACKET:
                    self._ended_at = clock() - (PACKET - (answer.ends - start)) / RATE_HZ
                    self._asked = False
                yield answer.sound[start : start + PACKET]


def at_page_rate(sound: Samples) -> Samples:
    """Return `sound` of SAMPLE_RATE_HZ at RATE_HZ."""
    times = np.arange(len(sound) * RATE_HZ // SAMPLE_RATE_HZ) * (SAMPLE_RATE_HZ / RATE_HZ)
    raised: Samples = np.interp(times, np.arange(len(sound)), sound).astype(np.float32)
    return raised
