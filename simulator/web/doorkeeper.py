"""Who may talk to the web page: the browser windows that the user opened, or that know the password.

A web server on one's own machine can be reached by every page in every browser there, by other users of the
machine, and by name tricks (DNS rebinding). Three things open it, one after the other:

- an address with a token, which only the user sees and which lets one window in, once;
- a cookie, which the window gets for it: scripts cannot read it, and other sites cannot send it;
- a random path of this start, below which everything lies. A cookie knows no port, and every port of
  127.0.0.1 is the same site: without the path, each server on this machine would be sent it. Neither is
  enough alone, and whoever lacks one of them is answered alike wherever he asks.

Where others may come in from elsewhere, a password takes the place of the token, each window gets a cookie of
its own, which it can give back, and all of it goes by https.

Besides, the Host must be ours, what changes something must be sent by our own page, sizes are bounded, and
answers forbid the browser everything that they do not need. A web socket is held to the same before it is
accepted: browsers let every page open one to every server, with cookies, and say only in Origin which page.
"""

import hmac
import secrets
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from html import escape
from typing import Any

from vivavoce.simulator.door import login
from vivavoce.simulator.door.login import Login, Reply
from vivavoce.simulator.door.remote import Remote
from vivavoce.simulator.door.windows import Windows
from vivavoce.transcripts.journal.home import served

HOST = "127.0.0.1"
LEAVE = "/leave"  # below the path of this start
HERE_ALONE = (
    f"This page answers to {HOST} alone: at another address a browser gives no microphone without https. "
    "To let others in, start `vivavoce web --host` (docs/remote.md)."
)
STRANGER = "Open the newest address that `vivavoce web` printed: each is good once, and for this start only."
TOO_LARGE = "That is more than this page takes. Go back: what you typed is still there, make it shorter."
MOST_BODY = 1024 * 1024  # bytes; the longest notes take 240,000: a form makes up to 12 of a letter
MOST_PAPER, PAPER = 5 * 1024 * 1024, "/interview/paper"  # bytes of a file, and where it is handed in
SAFE = ("GET", "HEAD")
REFUSED = 1008  # of a web socket: against the rules here
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'{}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
USED = ("microphone", "screen-wake-lock")  # a phone that falls asleep hears nothing more
UNUSED = (
    "accelerometer camera display-capture encrypted-media fullscreen gamepad geolocation gyroscope "
    "hid idle-detection local-fonts magnetometer midi payment picture-in-picture publickey-credentials-get "
    "serial usb xr-spatial-tracking"
).split()
HEADERS = {
    "Permissions-Policy": ", ".join(
        [*(f"{name}=(self)" for name in USED), *(f"{name}=()" for name in UNUSED)]
    ),
    "X-Content-Type-Options": "nosniff",
    # Nothing to any other port; with no-referrer our own forms, too, would come from "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
FORWARD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="same-origin">
<meta http-equiv="refresh" content="0; url={0}">
<title>vivavoce</title>
<p><a href="{0}">Open your library</a></p>
</html>
"""

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Doorkeeper:
    """An ASGI application that lets through to `app`, below the path `base`, whom it has let in."""

    def __init__(self, app: App, port: int, base: str, remote: Remote | None = None) -> None:
        self._app = app
        self.base = base
        self.remote = remote
        self._port = port
        self._login = Login(remote.passwords, _warn) if remote else None
        self._tokens: dict[str, Callable[[], None]] = {}
        self._windows = Windows(f"{base}/", secure=remote is not None)
        self._own = "" if remote else self._windows.new()  # of every window here
        local = {f"{name}:{port}" for name in (HOST, "localhost", "[::1]")}
        self._hosts = {remote.host} if remote else local
        self._secure = "s" if remote else ""
        # Safari before 15.4 does not take 'self' for a web socket, and no browser an address in brackets.
        talks = (f" ws{self._secure}://{host}" for host in sorted(self._hosts) if "[" not in host)
        self._headers = HEADERS | {"Content-Security-Policy": POLICY.format("".join(talks))}

    def address(self, used: Callable[[], None]) -> str:
        """Return a new address, which lets one window in, once; then `used` is called."""
        token = secrets.token_urlsafe(24)
        self._tokens[token] = used
        return f"http://{HOST}:{self._port}/?token={token}"

    def withdraw(self, address: str) -> None:
        """Let nobody in at `address` any more."""
        self._tokens.pop(address.rpartition("=")[2], None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if scope["type"] == "websocket":
            await self._connect(scope, headers, receive, send)
        elif (refused := self._refused(scope, headers)) is not None:
            await self._say(send, *refused)
        elif (used := self._tokens.pop(_token(scope), None)) is not None:
            await self._let_in(send, headers)
            used()
        elif (name := self._known(scope, headers)) is None:
            await self._turn_away(scope, receive, send)
        elif self.remote and (scope["method"], scope["path"]) == ("POST", self.base + LEAVE):
            await self._let_out(scope, send)
        else:
            with served(name):
                await self._hand_on(scope, receive, send)

    async def _connect(self, scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> None:
        """Hand on a web socket that a page of ours opens; refuse any other before it is accepted."""
        ours = _origins(scope) == 1 and self._from_us(headers)
        if not ours or (name := self._known(scope, headers)) is None:
            await send({"type": "websocket.close", "code": REFUSED})
            return

        async def while_in() -> Message:
            message = await receive()
            if self._known(scope, headers) == name:
                return message
            return {"type": "websocket.disconnect", "code": REFUSED}  # left, in another tab

        inside = {"root_path": self.base, "scheme": f"ws{self._secure}"}
        with served(name):
            await self._app({**scope, **inside}, while_in, send)

    async def _let_in(self, send: Send, headers: dict[str, str]) -> None:
        """Give the cookie, and lead away from the address, so that a reload does not ask for it again.

        A window that another page sent here (the file in which the address was handed to the browser, a
        terminal in a web page) would not send a strict cookie along a redirect; it does from a page of ours.
        """
        inside = f"{self.base}/"
        given = {"Set-Cookie": self._own}
        if headers.get("sec-fetch-site", "none") == "none":
            await self._say(send, 303, "", given | {"Location": inside})
        else:
            await self._say(send, 200, forward(inside), given | {"Content-Type": "text/html; charset=utf-8"})

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer who is not in, wherever he asks: alike here, with the page for the password elsewhere."""
        if self._login is None:
            reply: Reply | str = Reply(403, STRANGER)
        elif scope["method"] != "POST":
            reply = self._login.page(scope["path"])
        elif scope["path"] != login.PLACE:
            reply = Reply(303, "", {"Location": login.PLACE})
        else:
            reply = await self._login.tried(await _whole(receive, login.MOST_BODY))
        if isinstance(reply, str):
            inside = {"Location": f"{self.base}/", "Set-Cookie": self._windows.new(reply)}
            reply = Reply(303, "", inside)
        await self._say(send, reply.status, reply.text, reply.headers)

    async def _let_out(self, scope: Scope, send: Send) -> None:
        """Let the cookie of this window open nothing any more."""
        gone = self._windows.out(scope["headers"])
        # What a page keeps in the browser is not for whoever sits there next.
        led = {"Location": login.PLACE, "Set-Cookie": gone, "Clear-Site-Data": '"storage"'}
        await self._say(send, 303, "", led)

    async def _hand_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole(receive, _most(scope)) if scope["method"] == "POST" else b""
        if body is None:
            await self._say(send, 413, TOO_LARGE)
            return
        left = [{"type": "http.request", "body": body, "more_body": False}]

        async def known() -> Message:
            return left.pop() if left else await receive()

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_raw(self._headers)]
            await send(message)

        # A proxy speaks http to us; the application leads on to what the browser speaks.
        inside = {"root_path": self.base, "scheme": f"http{self._secure}"}
        await self._app({**scope, **inside}, known, guarded)

    async def _say(self, send: Send, status: int, text: str, more: dict[str, str] | None = None) -> None:
        body = text.encode()
        told = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
        headers = _raw(self._headers | told | (more or {}))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _refused(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        """Return a status and what to say to what no page of ours sends, whoever sends it."""
        if _origins(scope) > 1:
            return 400, "One Origin is enough."
        if not self._reached(headers):
            return 421, self._elsewhere
        if scope["method"] not in (*SAFE, "POST"):
            return 405, "GET and POST are all there is."
        if scope["method"] == "POST" and not self._from_us(headers):
            return 403, "This form was not sent by this page."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _most(scope):
            return 413, TOO_LARGE
        return None

    @property
    def _elsewhere(self) -> str:
        """What to say to who asks at another address, or without https."""
        if self.remote is None:
            return HERE_ALONE
        return f"Open {self.remote.address}/ instead: a browser gives a page the microphone by https alone."

    def _reached(self, headers: dict[str, str]) -> bool:
        """Return whether this was asked for at our name, and by https as far as the proxy if there is one."""
        proxied = self.remote is not None and self.remote.certificate is None
        by = headers.get("x-forwarded-proto", "") if proxied else "https"
        return headers.get("host") in self._hosts and by in ("https", "wss")  # some proxies name the latter

    def _from_us(self, headers: dict[str, str]) -> bool:
        """Return whether a page of ours, at the name that was asked for, says that it sent this."""
        origin = f"http{self._secure}://{headers.get('host', '')}"
        return self._reached(headers) and headers.get("origin") == origin

    def _known(self, scope: Scope, headers: dict[str, str]) -> str | None:
        """Return who asks, if both the path and the cookie are there, and no other site asks; else None."""
        first = "/".join(scope["path"].split("/", 2)[:2])
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return None
        inside = scope["path"].count("/") > 1 and hmac.compare_digest(first.encode(), self.base.encode())
        return self._windows.whose(scope["headers"]) if inside else None


def forward(address: str) -> str:
    """Return a page that leads to `address`, with or without scripts."""
    return FORWARD.format(escape(address))


def _origins(scope: Scope) -> int:
    return sum(key.lower() == b"origin" for key, _ in scope["headers"])


def _token(scope: Scope) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    at_the_door = scope["method"] == "GET" and scope["path"] == "/" and query.startswith("token=")
    return query.removeprefix("token=") if at_the_door else ""


def _warn(text: str) -> None:
    with suppress(OSError):  # whoever read it may be gone
        print(text, file=sys.stderr, flush=True)


def _most(scope: Scope) -> int:
    return MOST_PAPER if scope["path"].endswith(PAPER) else MOST_BODY


async def _whole(receive: Receive, most: int) -> bytes | None:
    """Return the body of a request; None if it is larger than what our own pages send there."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > most:
            return None
        if message["type"] != "http.request" or not message.get("more_body", False):
            return body


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(key.lower().encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()]
