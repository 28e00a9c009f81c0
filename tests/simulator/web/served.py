"""A server of its own process: the real one, behind the real doorkeeper, with an application that echoes."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

BASE = "/path-of-this-start"
PROGRAM = f"""
from contextlib import contextmanager
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
    door = Doorkeeper(app, place.getsockname()[1], {BASE!r})
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

    def asked(self) -> str:
        """Return what it answers to a window that it let in."""
        headers = {"Cookie": self.cookie}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", f"{BASE}/", headers=headers)
        answer = connection.getresponse().read().decode()
        connection.close()
        return answer


@contextmanager
def served() -> Iterator[Served]:
    """Run such a server; it says nothing on stderr, and has ended afterwards."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as program:
        try:
            assert program.stdout is not None
            address = program.stdout.readline().strip()
            port = int(address.split(":")[2].split("/")[0])
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/" + address.split("/", 3)[3])
            cookie = str(connection.getresponse().getheader("set-cookie")).split(";")[0]
            connection.close()
            yield Served(program.pid, port, cookie)
            program.terminate()
            assert program.communicate(timeout=10)[1] == ""
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
