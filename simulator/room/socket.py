"""The page's end of a room: a web socket with sound as binary messages and the rest as JSON.

Nothing that comes over it can harm the session: what cannot be read closes the connection, and the session
waits for the page to come back. Nothing slow happens here, so that a recognition does not keep a page
waiting for its pong.
"""

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from vivavoce.audio.errors import DeviceError
from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.room.page import Page
from vivavoce.simulator.room.room import GONE, Room
from vivavoce.simulator.room.room_screen import Message
from vivavoce.simulator.room.rooms import Rooms

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

PATIENCE = 10.0  # seconds for a page to say who it is
MOST_WAITING = 2_000  # messages for a page that does not read, a minute of sound: it is let go
NORMAL, UNREADABLE, TOO_SLOW = 1000, 1003, 1013  # RFC 6455, 7.4.1


class Outbox:
    """What waits to be sent to one page, from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[bytes | str | None] = asyncio.Queue()
        self.closing = NORMAL

    def send(self, packet: bytes) -> None:
        """Send a sound packet."""
        self._put(packet)

    def tell(self, message: Message) -> None:
        """Send a message."""
        self._put(json.dumps(message))

    def leave(self) -> None:
        """Close the connection when all before it was sent."""
        self._put(None)

    async def empty_into(self, socket: "WebSocket") -> None:
        """Send what comes, until the end or until the page is gone."""
        from starlette.websockets import WebSocketDisconnect

        with suppress(WebSocketDisconnect):
            while (item := await self._waiting.get()) is not None:
                if isinstance(item, bytes):
                    await socket.send_bytes(item)
                else:
                    await socket.send_text(item)
            await socket.close(self.closing)

    def _put(self, item: bytes | str | None) -> None:
        with suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self._queue, item)

    def _queue(self, item: bytes | str | None) -> None:
        if self.closing == TOO_SLOW:
            return
        if self._waiting.qsize() < MOST_WAITING:
            self._waiting.put_nowait(item)
        else:
            self.closing = TOO_SLOW
            self._waiting = asyncio.Queue()
            self._waiting.put_nowait(None)


async def talk(socket: "WebSocket", rooms: Rooms) -> None:
    """Serve one connection of a page to the room that its path names."""
    from starlette.websockets import WebSocketDisconnect

    room = rooms.find(socket.path_params["key"])
    await socket.accept()
    outbox = Outbox()
    sending = asyncio.create_task(outbox.empty_into(socket))
    try:
        if room is None:
            raise RequestError(GONE)
        hello = _read(await asyncio.wait_for(socket.receive_text(), PATIENCE))
        page = Page(
            id=str(hello.get("page", ""))[:64], send=outbox.send, tell=outbox.tell, leave=outbox.leave
        )
        room.join(page, hello)
        try:
            await _receive(socket, room)
        finally:
            room.left(page)
    except (RequestError, DeviceError) as error:
        outbox.closing = UNREADABLE
        outbox.tell({"type": "refused", "text": str(error), "takeover": "another window" in str(error)})
    except (TimeoutError, KeyError, RuntimeError, WebSocketDisconnect):  # no hello, or no text, or closed
        outbox.closing = UNREADABLE
    outbox.leave()
    await sending


async def _receive(socket: "WebSocket", room: Room) -> None:
    """Hand on what the page sends until it leaves.

    Raises:
        RequestError, DeviceError: it sent what no page of ours sends.
    """
    while (message := await socket.receive())["type"] == "websocket.receive":
        if (packet := message.get("bytes")) is not None:
            room.sound(packet)
        else:
            room.command(_read(message["text"]))


def _read(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise RequestError("this is no message of a page of ours")
    return message
