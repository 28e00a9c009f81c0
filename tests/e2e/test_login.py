"""Coming in from elsewhere in a real Chromium: over https, with a password, and out again."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.test_browser import barriers, barriers_now
from tests.simulator.door.certificates import NAME, certificate
from tests.simulator.session_folders import held
from vivavoce.simulator.web.server import listening
from vivavoce.transcripts.journal.home import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PASSWORD = "a quiet green ladder"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `vivavoce web` for others, on one session."""
    with running(tmp_path_factory.mktemp("home"), PASSWORD) as made:
        yield made


@pytest.fixture(scope="module")
def class_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `vivavoce web` for a class, on a session of ana's."""
    with running(tmp_path_factory.mktemp("class"), f"teacher: {PASSWORD}\nana: {PASSWORD}", "ana") as made:
        yield made


@contextmanager
def running(home: Path, passwords: str, whose: str = "") -> Iterator[str]:
    """Yield the address."""
    own, key = certificate(home)
    secret = home / "password"
    secret.touch(0o600)
    secret.write_text(passwords)
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("VIVAVOCE_HOME", str(home))
        with served(whose):
            held("2026-01-01-0900-first")
        with listening(0) as free:
            port = str(free.getsockname()[1])
        vivavoce = str(Path(sys.executable).with_name("vivavoce"))
        asked = ["--port", port, "--host", f"{NAME}:{port}", "--certificate", str(own), "--key", str(key)]
        command = [vivavoce, "web", *asked, "--password-file", str(secret)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            try:
                yield program.stdout.readline().split()[0]
            finally:
                program.terminate()


def opened(chromium: Any, address: str, said: list[str], **how: Any) -> "Page":
    """Return a window at the page for the password; what its console says is put into `said`."""
    page: Page = chromium.new_context(ignore_https_errors=True, **how).new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    return page


def test_the_password_lets_in_and_the_button_out(chromium: Any, address: str) -> None:
    said: list[str] = []
    page = opened(chromium, address, said)
    assert page.evaluate("document.activeElement.id") == "password"
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("1 in all").wait_for()
    inside = page.url
    assert page.evaluate("isSecureContext && 'mediaDevices' in navigator")
    allowed = page.evaluate("name => document.featurePolicy.allowsFeature(name)", "microphone")
    assert (allowed, page.evaluate("document.featurePolicy.allowsFeature('camera')")) == (True, False)
    assert said == []

    other = page.context.new_page()
    other.goto(inside)
    other.get_by_text("1 in all").wait_for()
    page.get_by_role("button", name="Leave").click()
    page.get_by_label("Password").wait_for()
    other.goto(inside)
    assert other.url == address
    assert page.context.cookies() == []
    page.context.close()


def test_a_wrong_password_is_said_where_one_types_the_next(chromium: Any, address: str) -> None:
    page = opened(chromium, address, [])
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Come in").click()
    problem = page.get_by_role("alert")
    assert problem.inner_text() == "That is not the password."
    assert page.get_by_label("Password").get_attribute("aria-describedby") == problem.get_attribute("id")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("1 in all").wait_for()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_everybody_can_use_the_page_for_the_password(
    chromium: Any, address: str, width: int, scheme: str
) -> None:
    page = opened(chromium, address, [], viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert barriers(page) == []
    page.get_by_label("Password").fill("not this one")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert barriers_now(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Password").fill(PASSWORD)  # so that wrong ones in a row stay few
    page.keyboard.press("Enter")
    page.get_by_text("1 in all").wait_for()
    assert barriers_now(page) == []
    page.context.close()


def entered(chromium: Any, address: str, name: str, said: list[str], **how: Any) -> "Page":
    """Return the window of somebody of the class."""
    page = opened(chromium, address, said, **how)
    assert page.evaluate("document.activeElement.id") == "name"
    page.keyboard.type(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    return page


@pytest.mark.parametrize("width", [390, 1280])
def test_a_session_is_handed_in_and_the_teacher_has_it(chromium: Any, class_room: str, width: int) -> None:
    said: list[str] = []
    how: dict[str, Any] = {"viewport": {"width": width, "height": 800}}
    student = entered(chromium, class_room, "ana", said, **how)
    student.get_by_role("link", name="first with Dana").click()
    student.get_by_role("button", name="Hand it in").click()
    student.get_by_role("button", name="Take it back").wait_for()
    teacher = entered(chromium, class_room, "teacher", said, **how)
    teacher.get_by_role("heading", name="Handed in").wait_for()
    ways = teacher.locator("nav[aria-label=Main] a").all()
    assert [one.inner_text() for one in ways] == ["vivavoce", "Handed in"]
    assert barriers(teacher) == []
    teacher.get_by_role("link", name="ana: first").click()
    teacher.get_by_role("button", name="Play").wait_for()
    for page in (student, teacher):
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    student.get_by_role("button", name="Take it back").click()
    student.get_by_role("button", name="Hand it in").wait_for()
    teacher.get_by_role("link", name="Handed in").click()
    teacher.get_by_text("Nobody has handed in anything yet").wait_for()
    assert said == []
    for page in (student, teacher):
        page.context.close()
