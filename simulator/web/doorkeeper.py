"""Who may talk to the local web page: the browser window that this program opened, and nobody else.

A web server on one's own machine can be reached by every page in every browser there, by other users of the
machine, and by name tricks (DNS rebinding). So: the Host must be ours; a token that only the opened address
has is traded for a cookie that scripts cannot read and other sites cannot send; what changes something must
be sent by our own page; sizes are bounded; and answers forbid the browser everything they do not need.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

COOKIE = "vivavoce"
NO_COOKIE = "Open the address that `vivavoce web` printed; it is good for this start only."
MOST_BODY = 64 * 1024  # bytes
SAFE = ("GET", "HEAD")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, our own forms would come from "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Doorkeeper:
    """An ASGI application that lets through to `app` what `token` or its cookie vouches for."""

    def __init__(self, app: App, port: int, token: str) -> None:
        self._app = app
        self._token = token
        self._session = secrets.token_urlsafe(32)
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        origins = sum(key.lower() == b"origin" for key, _ in scope["headers"])
        refused = (400, "One Origin is enough.") if origins > 1 else self._refused(scope, headers)
        if refused is not None:
            await _say(send, *refused)
        elif self._with_token(scope):
            cookie = f"{COOKIE}={self._session}; Path=/; HttpOnly; SameSite=Strict"
            await _say(send, 303, "", {"Location": "/", "Set-Cookie": cookie})
        elif not self._known(headers):
            await _say(
                send, 403, "Open the address that `vivavoce web` printed; it is good for this start only."
            )
        else:
            await self._hand_on(scope, receive, send)

    async def _hand_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole(receive) if scope["method"] == "POST" else b""
        if body is None:
            await _say(send, 413, "That is more than this page sends.")
            return
        left = [{"type": "http.request", "body": body, "more_body": False}]

        async def known() -> Message:
            return left.pop() if left else await receive()

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_raw(HEADERS)]
            await send(message)

        await self._app(scope, known, guarded)

    def _refused(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        """Return a status and what to say if the request comes from elsewhere."""
        host = headers.get("host", "")
        if host not in self._hosts:
            return 421, "This page answers to 127.0.0.1 alone."
        if scope["method"] not in (*SAFE, "POST"):
            return 405, "GET and POST are all there is."
        if scope["method"] == "POST" and headers.get("origin") != f"http://{host}":
            return 403, "This form was not sent by this page."
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not self._with_token(
            scope
        ):
            return 403, "Another site asked for this."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY:
            return 413, "That is more than this page sends."
        return None

    def _with_token(self, scope: Scope) -> bool:
        query = scope.get("query_string", b"").decode("latin-1")
        given = query.removeprefix("token=") if query.startswith("token=") else ""
        return scope["path"] == "/" and hmac.compare_digest(given.encode(), self._token.encode())

    def _known(self, headers: dict[str, str]) -> bool:
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return False
        given = cookies[COOKIE].value if COOKIE in cookies else ""
        return hmac.compare_digest(given.encode(), self._session.encode())


async def _whole(receive: Receive) -> bytes | None:
    """Return the body of a request; None if it is larger than anything that our own pages send."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > MOST_BODY:
            return None
        if message["type"] != "http.request" or not message.get("more_body", False):
            return body


async def _say(send: Send, status: int, text: str, more: dict[str, str] | None = None) -> None:
    body = text.encode()
    told = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
    headers = _raw(HEADERS | told | (more or {}))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(key.lower().encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()]
