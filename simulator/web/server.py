"""A server on this machine: a port that listens before anybody is told of it, and an end in good order."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.web.doorkeeper import HOST, Doorkeeper

if TYPE_CHECKING:
    import uvicorn

# Always the same, because a browser keeps for an address with its port who may use the microphone.
PORT, NEXT = 8437, 20  # and how many after it are tried
EVERYWHERE = "0.0.0.0"  # every address of this machine
WAITING = 128  # windows that may knock before the pages are ready, and connections taken in at a time
SILENT, PATIENCE = 500, 10.0  # connections at most that have asked for nothing yet, and seconds to do so
GRACE = 1.0  # seconds for an answer that is on its way when the end comes
HEADERS = 1024 * 1024  # bytes; a browser sends what every program on 127.0.0.1 ever left as a cookie
REMOTE_HEADERS = 64 * 1024  # bytes; few programs share another name
LARGEST_MESSAGE = 256 * 1024  # bytes through a web socket; a second of sound at 48 kHz takes 96,000
PING, PONG = 20.0, 20.0  # seconds between two, and for the answer to one: then nobody is there any more


@contextmanager
def listening(port: int | None, address: str = HOST) -> Iterator[socket.socket]:
    """Yield a socket that listens on `port` of this machine alone, or where `address` says.

    Any that is free if it is 0; PORT if it is None, or else one of those after it.

    Raises:
        SettingsError: the port is taken.
    """
    with ExitStack() as stack:
        ports = range(PORT, PORT + NEXT) if port is None else [port]
        for one in ports:
            place = stack.enter_context(socket.socket())
            # On Windows SO_REUSEADDR would let another program take the port away.
            reuse = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
            place.setsockopt(socket.SOL_SOCKET, reuse, 1)
            try:
                place.bind((address, one))
                place.listen(WAITING)
                break
            except OSError as error:
                if one == ports[-1]:
                    problem = f"port {one} cannot be used: {error.strerror}; choose another --port"
                    raise SettingsError(problem) from None
                place.close()
        if port is None and one != PORT:
            print(
                f"Port {PORT} is taken: at {one} the browser asks for the microphone anew.", file=sys.stderr
            )
        yield place


def run(app: Doorkeeper, place: socket.socket, shown: AbstractContextManager[None]) -> None:
    """Serve `app` at `place` until a polite signal: Ctrl-C, a kill, the end of the terminal.

    `shown` tells the user of it, once nothing that it leaves behind can outlive such a signal.
    """
    os.environ["WEBSOCKETS_MAX_LINE_LENGTH"] = str(HEADERS)  # read when that library is imported
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            asyncio.get_running_loop().call_later(GRACE, self.hang_up)
            await super().shutdown(sockets)

        def hang_up(self) -> None:
            """Let go of windows that do not fetch what they asked for, as a player in a pause does."""
            for connection in self.server_state.connections:
                connection.transport.abort()

    remote = app.remote
    config = uvicorn.Config(
        app,
        http=_patient(),
        backlog=WAITING,
        h11_max_incomplete_event_size=REMOTE_HEADERS if remote else HEADERS,
        ssl_certfile=remote.certificate if remote else None,
        ssl_keyfile=remote.key if remote else None,
        proxy_headers=False,  # what a proxy says is looked at by the doorkeeper
        # It reads no further before the application has taken what came, so nothing queues up.
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_ping_interval=PING,
        ws_ping_timeout=PONG,
        ws_per_message_deflate=False,  # sound hardly shrinks
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
    )
    server = Server(config)
    with polite(server), shown:
        server.run(sockets=[place])


def _patient() -> type[asyncio.Protocol]:
    """Return HTTP that lets go of who asks for nothing: after a while, and sooner if many more come."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    silent: dict[H11Protocol, asyncio.TimerHandle] = {}  # the longest silent first

    class Patient(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            silent[self] = self.loop.call_later(PATIENCE, transport.abort)
            if len(silent) > SILENT:
                longest = next(iter(silent))
                longest.transport.abort()
                heard(longest)

        def handle_events(self) -> None:
            super().handle_events()
            if self.scope is not None:
                heard(self)

        def connection_lost(self, exc: Exception | None) -> None:
            heard(self)
            super().connection_lost(exc)

    def heard(one: H11Protocol) -> None:
        if (timer := silent.pop(one, None)) is not None:
            timer.cancel()

    return Patient


@contextmanager
def polite(server: "uvicorn.Server") -> Iterator[None]:
    """Let polite signals end `server`, and nothing more: what the program still has to do, it does.

    The server has handlers of its own while it runs, and raises again what it got when it is over.
    """

    def end(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    heard = [number for number in map(signal.Signals.__getitem__, names) if _wanted(number)]
    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    finally:
        for number, action in before.items():
            signal.signal(number, action)


def _wanted(number: signal.Signals) -> bool:
    """Return whether it was not turned off by who started us, as nohup does."""
    return signal.getsignal(number) is not signal.SIG_IGN
