"""The page of a new interview in a real Chromium: chosen without a mouse, papers handed in, mistakes told."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from tests.e2e.room.test_room_page import barriers
from tests.e2e.test_browser import Library, go, running
from tests.simulator.web.test_new_interview import RESUME

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("VIVAVOCE_HOME", str(tmp_path_factory.mktemp("home")))
        with running() as library:
            yield library


@pytest.fixture
def page(chromium: Any, opened: Library) -> Iterator["Page"]:
    import axe_core_python

    page = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page()
    page.add_init_script(path=str(Path(axe_core_python.__file__).with_name("axe.min.js")))
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(opened.address())
    go(page, "/interview")
    yield page
    assert told == []
    page.context.close()


def sent(page: "Page") -> list[dict[str, list[str]]]:
    """Keep what the form sends from the server, and return where it is noted."""
    found: list[dict[str, list[str]]] = []

    def answer(route: "Route") -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        found.append(parse_qs(route.request.post_data or ""))
        route.fulfill(body="<!doctype html><title>the room</title>", content_type="text/html")

    page.route("**/interview", answer)
    return found


def test_three_choices_without_a_mouse(page: "Page") -> None:
    found = sent(page)
    page.get_by_role("radio", name="Behavioral interview").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    for _ in range(5):  # the trades are folded
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("#chosen").inner_text() == "Project story with Aiko, 15 minutes"
    page.get_by_role("button", name="Go to the room").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.title === 'the room'")
    assert (found[0]["round"], found[0]["persona"]) == (["project-story"], ["aiko"])


def test_a_loop_brings_its_own_people(page: "Page") -> None:
    page.get_by_text("Backend engineer").first.click()
    page.get_by_role("radio", name="Four rounds").check()
    assert page.get_by_text("its own interviewers: Viktor, Marcus, Helen and Dana.").is_visible()
    assert not page.get_by_role("radio", name="Rosa").is_visible()
    assert barriers(page) == []


def test_a_file_is_read_at_once_and_goes_along(page: "Page", tmp_path: Path) -> None:
    paper = tmp_path / "cv.md"
    paper.write_text(RESUME, "utf-8")
    page.get_by_label("A file").first.set_input_files(paper)
    page.get_by_text("Read: ").wait_for()
    assert barriers(page) == []
    found = sent(page)
    page.get_by_role("button", name="Go to the room").click()
    page.wait_for_function("() => document.title === 'the room'")
    assert len(found[0]["resume_file"][0]) > 20
    assert "job_file" not in found[0]


def test_a_file_that_is_no_paper_is_told_of_at_once(page: "Page", tmp_path: Path) -> None:
    paper = tmp_path / "cv.pdf"
    paper.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    page.get_by_label("A file").first.set_input_files(paper)
    page.get_by_text("The résumé cannot be used: it is a picture").wait_for()
    assert page.locator("[name=resume_file]").input_value() == ""
    large = tmp_path / "large.pdf"
    large.write_bytes(b"x" * (5 * 1024 * 1024 + 1))
    page.get_by_label("A file").first.set_input_files(large)
    page.get_by_text("larger than 5 MB").wait_for()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_a_mistake_stands_where_it_is_and_nothing_is_lost(page: "Page", width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.get_by_text("More choices").click()
    page.get_by_role("textbox", name="Minutes").fill("soon")
    page.get_by_label("The job that you want").fill("Shift lead")
    page.get_by_role("button", name="Go to the room").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_role("textbox", name="Minutes").input_value() == "soon"
    assert page.get_by_label("The job that you want").input_value() == "Shift lead"
    assert "from 1 to 240" in page.locator("#wrong-minutes").inner_text()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
