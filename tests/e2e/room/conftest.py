"""A room and its windows, for the tests that need a whole program."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import ROOM

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEY = "the-room-of-this-test"


class Server:
    """The program, while it runs."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        assert program.stdout is not None
        self.program = program
        self.address = program.stdout.readline().strip()
        self.room = self.address.split("/?")[0] + program.stdout.readline().strip()
        self.port = int(re.findall(r":(\d+)/", self.address)[0])

    def killed(self) -> None:
        self.program.kill()
        self.program.wait()


@contextmanager
def served(port: int = 0) -> Iterator[Server]:
    """Run the program with a room that waits, in the home that is set."""
    command = [sys.executable, "-m", "tests.e2e.room.serving", str(port), KEY]
    root = ROOM.parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as program:
        try:
            yield Server(program)
        finally:
            if program.poll() is None:
                program.send_signal(signal.SIGTERM)
                try:
                    program.wait(20)
                finally:
                    program.kill()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path


@contextmanager
def window(chromium: Any, server: Server, port: int = 0) -> Iterator["Page"]:
    """Open the room in a window of its own; its sound goes over `port`."""
    context = chromium.new_context(bypass_csp=bool(port))
    context.add_init_script(path=str(ROOM / "fake_microphone.js"))
    page = context.new_page()
    page.goto(server.address)
    page.evaluate("port => localStorage.setItem('port', port)", port)
    page.goto(server.room)
    yield page
    context.close()


def come_in(page: "Page") -> None:
    page.click("section:not([hidden]) [data-do=start]")


def begin(page: "Page") -> None:
    """Come in and begin."""
    come_in(page)
    page.wait_for_function("() => document.body.dataset.view === 'check'")
    page.wait_for_function(
        "() => { const b = [...document.querySelectorAll('[data-do=skip], [data-do=begin]')]"
        ".find((one) => one.checkVisibility()); b?.click(); return document.body.dataset.view === 'talk'; }"
    )
    under_way(page)


def under_way(page: "Page") -> None:
    """Wait until the page is told that the interview has begun."""
    page.wait_for_function("() => seen.some(({ state }) => state && state !== 'waiting')")


def banner(page: "Page") -> str:
    """Return the line about the program."""
    return page.inner_text("#banner") if page.is_visible("#banner") else ""


def ended(page: "Page") -> None:
    page.evaluate("socket.send(JSON.stringify({ type: 'end' }))")
    page.wait_for_function("() => seen.some(({ type }) => type === 'ended')", timeout=20_000)
