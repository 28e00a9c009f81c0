"""The page's end of a room: what comes over the wire, readable or not, from one page or two."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.websockets import WebSocket

from tests.simulator.room import rooms_held
from tests.simulator.room.rooms_held import furnish
from vivavoce.audio.devices import packets
from vivavoce.audio.devices.packets import Heard
from vivavoce.simulator.room import socket
from vivavoce.simulator.room.room import GONE, Room
from vivavoce.simulator.room.socket import NORMAL, TOO_SLOW, UNREADABLE, Outbox, talk

HELLO = {"type": "hello", "page": "first", "epoch": 1, "rate": 16_000}
SOUND = packets.heard_packet(Heard(epoch=1, first=0, played=0, samples=np.full(320, 0.1, dtype=np.float32)))


class One:
    """The `Rooms` of a test: it has one."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def find(self, key: str) -> Room | None:
        return self.room if key == self.room.key else None


class Client:
    """A page's connection, on the loop of the test."""

    def __init__(self, rooms: One, key: str = "key", *, reads: bool = True) -> None:
        self._coming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._coming.put_nowait({"type": "websocket.connect"})
        self.told: list[dict[str, Any]] = []
        self.binary: list[bytes] = []
        self.closed: int | None = None
        self._reads = asyncio.Event()
        if reads:
            self._reads.set()
        scope = {"type": "websocket", "path_params": {"key": key}, "headers": [], "path": "/"}
        self.served = asyncio.create_task(talk(WebSocket(scope, self._receive, self._send), rooms))  # type: ignore[arg-type]

    async def _receive(self) -> dict[str, Any]:
        return await self._coming.get()

    async def _send(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.closed = message.get("code", 1000)
            self.leave()
            return
        if message["type"] == "websocket.send":
            await self._reads.wait()
        if (text := message.get("text")) is not None:
            self.told.append(json.loads(text))
        elif (sound := message.get("bytes")) is not None:
            self.binary.append(sound)

    def say(self, message: object) -> None:
        """Send `message`: bytes and texts as they are, all else as JSON."""
        if isinstance(message, bytes):
            self._coming.put_nowait({"type": "websocket.receive", "bytes": message})
        else:
            text = message if isinstance(message, str) else json.dumps(message)
            self._coming.put_nowait({"type": "websocket.receive", "text": text})

    def leave(self) -> None:
        self._coming.put_nowait({"type": "websocket.disconnect", "code": 1001})

    def read(self) -> None:
        self._reads.set()

    async def over(self) -> None:
        await asyncio.wait_for(self.served, 10)

    async def told_of(self, kind: str) -> dict[str, Any]:
        """Return the first message of that kind, once it is there."""
        for _ in range(1000):
            for message in self.told:
                if message["type"] == kind:
                    return message
            await asyncio.sleep(0.01)
        raise AssertionError(f"nothing of {kind}: {self.told}")


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[One]:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    furnish(monkeypatch)
    room = rooms_held.opened()
    for _ in rooms_held.closed([room]):
        yield One(room)


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await test()
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        assert left == []  # nothing waits for a page that is gone

    asyncio.run(whole())


def test_a_page_joins_speaks_and_leaves_and_the_room_waits_for_it(rooms: One) -> None:
    async def test() -> None:
        client = Client(rooms)
        client.say(HELLO)
        assert (await client.told_of("welcome"))["state"] == "waiting"
        client.say(SOUND)
        client.say({"type": "begin"})
        client.leave()
        await client.over()
        again = Client(rooms)
        again.say(HELLO)
        assert (await again.told_of("welcome"))["heard"] == 320
        again.leave()
        await again.over()

    run(test)


def test_a_page_that_leaves_without_a_word_leaves_nothing_behind(rooms: One) -> None:
    async def test() -> None:
        client = Client(rooms)
        client.leave()
        await client.over()

    run(test)


def test_a_page_that_never_says_who_it_is_is_let_go(rooms: One, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "PATIENCE", 0.05)

    async def test() -> None:
        client = Client(rooms)
        await client.over()
        assert client.closed == UNREADABLE

    run(test)


def test_a_room_that_there_is_not_says_where_what_was_said_is(rooms: One) -> None:
    async def test() -> None:
        client = Client(rooms, "another")
        await client.over()
        assert client.told == [{"type": "refused", "text": GONE, "takeover": False}]

    run(test)


UNKNOWN: dict[str, object] = {
    "no JSON": "hello",
    "a list": [1, 2],
    "a number": 5,
    "nothing": "",
    "half": '{"type": "he',
    "deep": "[" * 100_000,
    "no type": {},
    "an unknown type": {"type": "dance"},
    "binary": b"\1" * 100,
    "an empty binary": b"",
}


@pytest.mark.parametrize("message", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_what_cannot_be_read_ends_that_connection_and_not_the_room(rooms: One, message: object) -> None:
    async def test() -> None:
        for first in (True, False):
            client = Client(rooms)
            if not first:
                client.say(HELLO)
            client.say(message)
            await client.over()
            assert client.closed == UNREADABLE
        client = Client(rooms)
        client.say(HELLO)
        await client.told_of("welcome")
        client.leave()
        await client.over()

    run(test)


def test_a_second_window_is_told_that_it_may_take_over_and_the_first_that_it_has(rooms: One) -> None:
    async def test() -> None:
        first = Client(rooms)
        first.say(HELLO)
        await first.told_of("welcome")
        second = Client(rooms)
        second.say(HELLO | {"page": "second"})
        refused = await second.told_of("refused")
        assert refused["takeover"] is True
        await second.over()
        assert not first.served.done()

        third = Client(rooms)
        third.say(HELLO | {"page": "second", "takeover": True})
        await third.told_of("welcome")
        assert (await first.told_of("refused"))["takeover"] is True
        await first.over()
        assert first.closed == NORMAL
        third.leave()
        await third.over()

    run(test)


def test_a_page_that_comes_back_after_the_end_is_told_of_it(rooms: One) -> None:
    async def test() -> None:
        client = Client(rooms)
        client.say(HELLO)
        client.say({"type": "end"})
        assert (await client.told_of("ended"))["to"] == ""
        client.leave()
        await client.over()
        late = Client(rooms)
        late.say(HELLO)
        assert await late.told_of("ended")
        late.leave()
        await late.over()

    run(test)


def test_a_page_that_does_not_read_is_let_go_and_nothing_piles_up(
    rooms: One, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "MOST_WAITING", 50)
    made: list[Outbox] = []

    class Noted(Outbox):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(socket, "Outbox", Noted)

    async def test() -> None:
        client = Client(rooms, reads=False)
        client.say(HELLO)
        await asyncio.sleep(0.05)
        for _ in range(500):
            made[0].send(SOUND)
        await asyncio.sleep(0.05)
        assert made[0]._waiting.qsize() <= 1
        client.read()  # the network has room again
        await client.over()
        assert client.closed == TOO_SLOW
        assert len(client.binary) < 50

        again = Client(rooms)
        again.say(HELLO)
        await again.told_of("welcome")
        again.leave()
        await again.over()

    run(test)


def test_what_is_sent_after_the_server_has_ended_is_dropped() -> None:
    made: list[Outbox] = []

    async def test() -> None:
        made.append(Outbox())

    asyncio.run(test())
    made[0].send(SOUND)
    made[0].tell({"type": "notice"})
