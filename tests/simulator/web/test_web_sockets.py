"""Web sockets through the doorkeeper, over a real connection: who may open one, and what many or large do."""

import asyncio
import resource
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.simulator.door.certificates import NAME, certificate
from tests.simulator.web.served import BASE, Served, served
from tests.simulator.web.test_browser import soon
from vivavoce.simulator.web.server import LARGEST_MESSAGE, SILENT

MANY = 1_000


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as one:
        yield one


def opened(server: Served, path: str = f"{BASE}/talk", **changed: str | None) -> ClientConnection:
    """Return a web socket that a page of ours opens, but for what is `changed`; a None is left out."""
    here = f"127.0.0.1:{server.port}"
    given = {"host": here, "origin": f"http://{here}", "cookie": server.cookie} | changed
    headers = [(key.title(), value) for key, value in given.items() if value is not None and key != "host"]
    uri = f"ws://{given['host']}{path}"
    sock = socket.create_connection(("127.0.0.1", server.port), 10)
    try:
        return connect(uri, sock=sock, additional_headers=headers, open_timeout=20, compression=None)
    except InvalidStatus:
        sock.close()
        raise


def test_a_page_of_ours_talks_by_either_name_whatever_other_programs_left_as_cookies(server: Served) -> None:
    local = f"localhost:{server.port}"
    much = "; ".join(f"theirs{n}={'x' * 4000}" for n in range(50))
    for changed in ({}, {"host": local, "origin": f"http://{local}"}, {"cookie": f"{much}; {server.cookie}"}):
        with opened(server, **changed) as talk:  # type: ignore[arg-type]
            talk.send(b"x" * LARGEST_MESSAGE)
            assert talk.recv(10) == str(LARGEST_MESSAGE)


REFUSED = {
    "no origin": {"origin": None},
    "an origin of nobody": {"origin": "null"},
    "another page": {"origin": "http://evil.example"},
    "another page of this machine": {"origin": "http://127.0.0.1:1"},
    "the other name": {"origin": "http://localhost:PORT"},
    "another scheme": {"origin": "https://127.0.0.1:PORT"},
    "a longer name": {"origin": "http://127.0.0.1:PORT.evil.example"},
    "two origins in one": {"origin": "http://127.0.0.1:PORT, http://127.0.0.1:PORT"},
    "no cookie": {"cookie": None},
    "another cookie": {"cookie": "vivavoce=theirs"},
    "another name for this machine": {"host": "evil.example:PORT", "origin": "http://evil.example:PORT"},
    "a name without its port": {"host": "127.0.0.1", "origin": "http://127.0.0.1"},
    "another site, the browser says": {"sec-fetch-site": "cross-site"},
    "another path": {"path": "/talk"},
    "a longer path": {"path": f"{BASE}x/talk"},
    "the path alone": {"path": BASE},
    "the door": {"path": "/?token=x"},
}


@pytest.mark.parametrize("changed", REFUSED.values(), ids=REFUSED.keys())
def test_who_is_not_a_page_of_ours_is_refused_before_it_is_accepted(
    server: Served, changed: dict[str, str | None]
) -> None:
    told = {key: value and value.replace("PORT", str(server.port)) for key, value in changed.items()}
    with pytest.raises(InvalidStatus) as refused:
        opened(server, **told)  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403
    assert not refused.value.response.body


def test_two_origins_are_refused_though_both_are_ours(server: Served) -> None:
    here = f"http://127.0.0.1:{server.port}"
    headers = [("Origin", here), ("Origin", here), ("Cookie", server.cookie)]
    with pytest.raises(InvalidStatus, match="400"):
        connect(f"ws://127.0.0.1:{server.port}{BASE}/talk", additional_headers=headers, proxy=None)


def ended(talk: ClientConnection, message: bytes | Iterator[bytes]) -> bool:
    """Return whether the server hangs up over that message."""
    try:
        talk.send(message)
        talk.recv(10)
    except (ConnectionClosedError, ConnectionResetError):
        return True
    return False


@pytest.mark.parametrize("size", [LARGEST_MESSAGE + 1, 50 * LARGEST_MESSAGE])
def test_a_message_that_is_too_large_ends_that_one_connection(server: Served, size: int) -> None:
    with opened(server) as other, opened(server) as talk:
        assert ended(talk, b"x" * size)
        other.send("still there")
        assert other.recv(10) == "11"


def test_many_pieces_of_a_message_are_bounded_together(server: Served) -> None:
    with opened(server) as talk:
        assert ended(talk, (b"x" * 1000 for _ in range(LARGEST_MESSAGE // 1000 + 1)))


@pytest.mark.e2e
def test_what_nobody_takes_yet_waits_where_it_was_sent_from(server: Served) -> None:
    with opened(server) as talk:
        talk.send("busy")
        before = server.memory
        talk.socket.settimeout(1)
        with suppress(TimeoutError, ConnectionClosedError):
            for _ in range(400):  # 100 MB
                talk.send(b"x" * LARGEST_MESSAGE)
        assert server.memory - before < 10
    assert server.asked() == "here"


@contextmanager
def files(many: int) -> Iterator[None]:
    """Let this process hold that many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < many:
        pytest.skip(f"this machine lets a process hold {hard} files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, many), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def knocked(port: int, asked: bytes) -> list[bytes]:
    """Return how each of many connections at once was answered."""

    async def one() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(asked)
        with closing(writer), suppress(ConnectionResetError):
            return await reader.readline()
        return b""

    return await asyncio.gather(*(one() for _ in range(MANY)))


@pytest.mark.e2e
def test_a_thousand_web_sockets_without_a_cookie_are_refused_and_leave_nothing(server: Served) -> None:
    asked = (
        f"GET {BASE}/talk HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()
    with files(2 * MANY), opened(server) as talk:
        asyncio.run(knocked(server.port, asked))  # so that what it loads once is loaded
        before = server.memory
        for _ in range(3):
            answers = asyncio.run(knocked(server.port, asked))
            assert set(answers) <= {b"HTTP/1.1 403 Forbidden\r\n", b""}
            assert len([one for one in answers if one]) >= SILENT  # who asked too late was let go
        assert server.memory - before < 10
        talk.send("still there")
        assert talk.recv(10) == "11"


@pytest.mark.e2e
def test_a_thousand_connections_that_ask_for_nothing_lock_nobody_out(server: Served) -> None:
    async def held() -> None:
        pairs = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(MANY)]
        for _, writer in pairs:
            writer.write(b"GET / HT")
        assert await asyncio.to_thread(server.asked) == "here"  # after all of those, as they came
        assert soon(lambda: server.files < SILENT + 50)
        talk.send("still there")
        assert await asyncio.to_thread(talk.recv, 10) == "11"
        for _, writer in pairs:
            writer.close()

    with files(2 * MANY), opened(server) as talk:
        before = server.memory
        asyncio.run(held())
        assert server.memory - before < 30
        assert server.asked() == "here"


def answered(connection: HTTPSConnection, origin: str, cookie: str) -> int:
    """Return the status of what a web socket is refused with.

    The client of websockets misses it at times over TLS, as the server hangs up at once.
    """
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    headers |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Origin": origin, "Cookie": cookie}
    with closing(connection):
        connection.request("GET", f"{BASE}/talk", headers=headers)
        return connection.getresponse().status


def test_over_https_a_page_of_ours_talks_as_well_and_plain_http_gets_nothing(tmp_path: Path) -> None:
    own, key = certificate(tmp_path)
    with served(NAME, str(own), str(key)) as server:
        here = f"{NAME}:{server.port}"
        trusted = ssl.create_default_context(cafile=own)

        def told(origin: str, cookie: str) -> str:
            headers = {"Origin": origin, "Cookie": cookie}
            with connect(
                f"wss://{here}{BASE}/talk", ssl=trusted, additional_headers=headers, proxy=None
            ) as talk:
                talk.send("here")
                return str(talk.recv(10))

        assert told(f"https://{here}", server.cookie) == "4"
        for origin, cookie in ((f"http://{here}", server.cookie), (f"https://{here}", "vivavoce=x")):
            connection = HTTPSConnection(NAME, server.port, timeout=10, context=trusted)
            assert answered(connection, origin, cookie) == 403
        with socket.create_connection(("127.0.0.1", server.port), 10) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"HTTP" not in plain.recv(1000)
