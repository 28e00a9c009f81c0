"""A server on this machine: a port that listens before anybody is told of it, and an end in good order."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.web.doorkeeper import HOST, Doorkeeper

if TYPE_CHECKING:
    import uvicorn

WAITING = 128  # windows that may knock before the pages are ready
GRACE = 1.0  # seconds for an answer that is on its way when the end comes
HEADERS = 1024 * 1024  # bytes; a browser sends what every program on 127.0.0.1 ever left as a cookie


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """Yield a socket that listens on `port` of this machine alone, on any that is free if 0.

    Raises:
        SettingsError: the port is taken.
    """
    with socket.socket() as place:
        # On Windows SO_REUSEADDR would let another program take the port away.
        reuse = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        place.setsockopt(socket.SOL_SOCKET, reuse, 1)
        try:
            place.bind((HOST, port))
            place.listen(WAITING)
        except OSError as error:
            raise SettingsError(
                f"port {port} cannot be used: {error.strerror}; choose another --port"
            ) from None
        yield place


def run(app: Doorkeeper, place: socket.socket, shown: AbstractContextManager[None]) -> None:
    """Serve `app` at `place` until a polite signal: Ctrl-C, a kill, the end of the terminal.

    `shown` tells the user of it, once nothing that it leaves behind can outlive such a signal.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            asyncio.get_running_loop().call_later(GRACE, self.hang_up)
            await super().shutdown(sockets)

        def hang_up(self) -> None:
            """Let go of windows that do not fetch what they asked for, as a player in a pause does."""
            for connection in self.server_state.connections:
                connection.transport.abort()

    config = uvicorn.Config(
        app,
        http="h11",
        h11_max_incomplete_event_size=HEADERS,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
    )
    server = Server(config)
    with polite(server), shown:
        server.run(sockets=[place])


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
