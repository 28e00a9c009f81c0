"""A network between a page and its program that loses, delays, crawls and breaks, as it is told to."""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

QUEUED = 8  # messages at most that wait where it is slow: then nothing more is read


@dataclass
class Network:
    """What it does; change it at any time.

    Attributes:
        lost: share of the binary messages that never arrive.
        delay: seconds that every message takes.
        pause: seconds between two messages that come from the program.
        gone: whether nothing gets through, and connections break.
        connections: how many have been made.
    """

    target: int
    port: int = 0
    lost: float = 0.0
    delay: float = 0.0
    pause: float = 0.0
    gone: bool = False
    connections: int = 0
    _open: set[ServerConnection] = field(default_factory=set)
    _chance: random.Random = field(default_factory=lambda: random.Random(18))

    async def carry(self, page: ServerConnection) -> None:
        """Serve one connection."""
        assert page.request is not None
        if self.gone:
            await page.close(1011)
            return
        self.connections += 1
        self._open.add(page)
        asked = page.request.headers
        headers = [(name, asked[name]) for name in ("Origin", "Cookie")]
        uri = f"ws://127.0.0.1:{self.target}{page.request.path}"
        try:
            async with connect(uri, additional_headers=headers, compression=None, proxy=None) as program:
                ways = [
                    asyncio.ensure_future(self._pass(page, program, 0.0)),
                    asyncio.ensure_future(self._pass(program, page, 1.0)),
                    asyncio.ensure_future(self._broken()),
                ]
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
                page.transport.abort() if self.gone else await page.close()
        finally:
            self._open.discard(page)

    async def _broken(self) -> None:
        while not self.gone:
            await asyncio.sleep(0.02)

    async def _pass(self, source: Any, target: Any, slow: float) -> None:
        loop = asyncio.get_running_loop()
        waiting: asyncio.Queue[tuple[float, bytes | str] | None] = asyncio.Queue(0)

        async def deliver() -> None:
            while (item := await waiting.get()) is not None:
                due, message = item
                await asyncio.sleep(max(0.0, due - loop.time()) + slow * self.pause)
                with suppress(ConnectionClosed):
                    await target.send(message)

        delivering = asyncio.ensure_future(deliver())
        try:
            async for message in source:
                if isinstance(message, bytes) and self._chance.random() < self.lost:
                    continue
                waiting.put_nowait((loop.time() + self.delay, message))
                while slow * self.pause and waiting.qsize() > QUEUED:
                    await asyncio.sleep(0.01)
            waiting.put_nowait(None)
            await delivering
        except ConnectionClosed:
            pass
        finally:
            delivering.cancel()


@contextmanager
def network(target: int) -> Iterator[Network]:
    """Yield a network that leads to the program at the port `target`."""
    made = Network(target)
    ready, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        async with serve(made.carry, "127.0.0.1", 0, compression=None, close_timeout=1) as server:
            made.port = next(iter(server.sockets)).getsockname()[1]
            ready.set()
            await over.wait()
            made.gone = True

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
