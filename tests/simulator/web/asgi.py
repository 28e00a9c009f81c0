"""A client that calls an ASGI application in this process, and says exactly what it sends."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec

from vivavoce.simulator.web.doorkeeper import App, Doorkeeper, Message

PORT = 8123
OWN = f"http://127.0.0.1:{PORT}"
Asked = ParamSpec("Asked")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


async def asked(
    app: App,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    host: str = f"127.0.0.1:{PORT}",
    pieces: int = 1,
    seen: Callable[[str], object] = str,
) -> Answer:
    """Return the answer to one request.

    `pieces` are how many messages the body comes in, and `seen` is told each piece of the answer as it comes.
    """
    plain, _, query = path.partition("?")
    told = {"host": host, "content-length": str(len(body)), **(headers or {})}
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(key.lower().encode(), value.encode("utf-8")) for key, value in told.items()],
        "server": ("127.0.0.1", PORT),
        "client": ("127.0.0.1", 50_000),
    }
    size = max(1, len(body) // pieces)
    parts = [body[i : i + size] for i in range(0, len(body), size)] or [b""]
    sent: list[Message] = []

    async def receive() -> Message:
        if not parts:
            await asyncio.Event().wait()  # the window stays open
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: Message) -> None:
        sent.append(dict(message))
        if piece := message.get("body", b""):
            seen(piece.decode("utf-8", "replace"))

    await app(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    content = b"".join(
        message.get("body", b"") for message in sent if message["type"] == "http.response.body"
    )
    return Answer(
        start["status"], {k.decode().lower(): v.decode("latin-1") for k, v in start["headers"]}, content
    )


def waited(asked: Callable[Asked, Coroutine[None, None, Answer]]) -> Callable[Asked, Answer]:
    """Return `asked` for who asks for one thing after the other."""
    return lambda *given, **named: asyncio.run(asked(*given, **named))


ask = waited(asked)


def talked(app: App, path: str, headers: list[tuple[str, str]]) -> list[Message]:
    """Return what is answered to a web socket, before anything is sent through it."""
    scope: dict[str, Any] = {
        "type": "websocket",
        "scheme": "ws",
        "path": path,
        "query_string": b"",
        "root_path": "",
        "headers": [(key.encode(), value.encode()) for key, value in headers],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(dict(message))

    asyncio.run(_called(app, scope, receive, send))
    return sent


async def _called(app: App, *given: Any) -> None:
    await app(*given)


def entered(app: Doorkeeper) -> dict[str, str]:
    """Return the cookie header of a window that was let in."""
    answer = ask(app, app.address(lambda: None).removeprefix(OWN))
    assert answer.status == 303
    return {"cookie": answer.headers["set-cookie"].split(";")[0]}
