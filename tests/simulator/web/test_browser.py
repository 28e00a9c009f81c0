"""Opening the browser: what it is started with tells nobody the address, and nobody waits for it."""

import os
import re
import stat
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.simulator.web.asgi import OWN, PORT, ask
from tests.simulator.web.test_doorkeeper import secret
from vivavoce.simulator.web import browser
from vivavoce.simulator.web.browser import opened
from vivavoce.simulator.web.doorkeeper import Doorkeeper

FROM_A_FILE = {"sec-fetch-site": "cross-site"}


@pytest.fixture
def door() -> Doorkeeper:
    return Doorkeeper(secret, PORT, "/path")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = os.umask(0)
    yield tmp_path
    os.umask(before)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was started with."""
    given: list[str] = []
    monkeypatch.setattr(webbrowser, "open", given.append)
    return given


def soon(there: Callable[[], object]) -> bool:
    for _ in range(500):
        if there():
            return True
        time.sleep(0.01)
    return False


def handed(folder: Path) -> str:
    """Return where the only file leads to."""
    (page,) = folder.iterdir()
    (address,) = set(re.findall(r"http://[^\"]+", page.read_text()))
    return str(address).removeprefix(OWN)


def test_the_browser_is_given_a_file_that_only_the_user_reads(
    door: Doorkeeper, folder: Path, started: list[str]
) -> None:
    with opened(door):
        assert soon(lambda: started)
        (page,) = folder.iterdir()
        assert started == [page.as_uri()]
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert handed(folder).partition("=")[2] not in urlsplit(started[0]).path
        assert handed(folder) in page.read_text()


def test_the_file_leads_in_once_and_is_gone_then(door: Doorkeeper, folder: Path, started: list[str]) -> None:
    with opened(door):
        address = handed(folder)
        assert ask(door, address, headers=FROM_A_FILE).status == 200
        assert list(folder.iterdir()) == []
        assert ask(door, address, headers=FROM_A_FILE).status == 403


def test_a_browser_that_never_comes_leaves_no_way_in(
    door: Doorkeeper, folder: Path, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "GOOD_FOR", 0.2)
    with opened(door):
        address = handed(folder)
        assert soon(lambda: not list(folder.iterdir()))
        assert ask(door, address, headers=FROM_A_FILE).status == 403
    assert browser.GOOD_FOR <= 60


def test_the_file_goes_at_the_end(door: Doorkeeper, folder: Path, started: list[str]) -> None:
    with opened(door):
        address = handed(folder)
    assert list(folder.iterdir()) == []
    assert ask(door, address).status == 403


def test_a_browser_that_stays_in_the_terminal_is_not_waited_for(
    door: Doorkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, over = threading.Event(), threading.Event()

    def stay(place: str) -> None:
        left.wait(2)
        over.set()

    monkeypatch.setattr(webbrowser, "open", stay)
    with opened(door):
        assert not over.is_set()
    left.set()
