"""A server of its own process: the real one, behind the real doorkeeper, with an application that echoes."""

import os
import re
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

BASE = "/path-of-this-start"
PASSWORD = "a quiet green ladder"
PROGRAM = f"""
import asyncio
import sys
from contextlib import contextmanager
from vivavoce.simulator.door.password import Password
from vivavoce.simulator.door.remote import Remote
from vivavoce.simulator.web import server
from vivavoce.simulator.web.doorkeeper import Doorkeeper

async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({{"type": "http.response.start", "status": 200, "headers": []}})
        await send({{"type": "http.response.body", "body": b"here"}})
    while scope["type"] != "http":
        message = await receive()
        kind = message["type"]
        if kind == "websocket.connect":
            await send({{"type": "websocket.accept"}})
        elif kind == "websocket.receive":
            if message.get("text") == "busy":
                await asyncio.sleep(3)
            size = len(message.get("bytes") or message["text"])
            await send({{"type": "websocket.send", "text": str(size)}})
        elif kind.startswith("lifespan"):
            await send({{"type": kind + ".complete"}})
        if kind in ("websocket.disconnect", "lifespan.shutdown"):
            return

@contextmanager
def shown():
    print(door.address(lambda: None), flush=True)
    yield

with server.listening(0) as place:
    port, remote = place.getsockname()[1], None
    if sys.argv[1:]:
        name, certificate, key = sys.argv[1:]
        passwords = {{"": Password.of({PASSWORD!r})}}
        remote = Remote(host=f"{{name}}:{{port}}", passwords=passwords, certificate=certificate, key=key)
    door = Doorkeeper(app, port, {BASE!r}, remote)
    server.run(door, place, shown())
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs, and the cookie of a window that it let in."""

    pid: int
    port: int
    cookie: str

    @property
    def memory(self) -> float:
        """What it holds, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1000

    @property
    def files(self) -> int:
        """How many files and connections it holds."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def asked(self) -> str:
        """Return what it answers to a window that it let in."""
        headers = {"Cookie": self.cookie}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", f"{BASE}/", headers=headers)
        answer = connection.getresponse().read().decode()
        connection.close()
        return answer


@contextmanager
def served(*remote: str) -> Iterator[Served]:
    """Run such a server; it says nothing on stderr, and has ended afterwards.

    Args:
        remote: how others come in, if they do: a name, a certificate and its key.
    """
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", PROGRAM, *remote]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as program:
        try:
            assert program.stdout is not None
            address = program.stdout.readline().strip()
            port = int(address.split(":")[2].split("/")[0])
            yield Served(program.pid, port, _cookie(port, address, *remote))
            program.terminate()
            assert program.communicate(timeout=10)[1] == ""
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)


def _cookie(port: int, address: str, name: str = "", certificate: str = "", key: str = "") -> str:
    """Come in as a browser does; return the cookie."""
    if name:
        trusted = ssl.create_default_context(cafile=certificate)
        connection: HTTPConnection = HTTPSConnection(name, port, timeout=10, context=trusted)
        headers = {"Origin": f"https://{name}:{port}"}
        connection.request("POST", "/", urlencode({"password": PASSWORD}), headers)
    else:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/" + address.split("/", 3)[3])
    cookie = str(connection.getresponse().getheader("set-cookie")).split(";")[0]
    connection.close()
    return cookie
