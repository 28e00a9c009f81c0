"""What tests in a browser share."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vivavoce.simulator.web import app

ROOM = Path(__file__).with_name("room")
STATIC = app.HERE / "static"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        flags = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = driver.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()
