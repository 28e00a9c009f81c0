"""The notebook's pages in a real Chromium: read by everybody, used without a mouse, heard, and printed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.test_browser import Library, barriers, barriers_now, go, running, unfold
from tests.simulator.web import notebooks
from vivavoce.simulator.training.today import today
from vivavoce.transcripts.bank.story_file import Draft, write_draft
from vivavoce.transcripts.training import plan_file

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
KINDS = FULL, LAST_DAY, NEW = "full", "last day", "new"
PAGES = [
    *("/", "/plan", "/stories", f"/stories/{notebooks.NAME}", "/claims"),
    *("/interview", "/interview?round=backend/loop&minutes=20"),
]
LONG = "Wochenend" * 20
CLOSE = 0.1  # seconds


def filled(days: int) -> None:
    """Fill the home for an interview in so many days."""
    notebooks.a_week(today())
    write_draft(Draft(name="long", title=f"קו {LONG}", fields={"problem": f"{LONG} by 40 percent"}))
    file = plan_file.path()
    moved = file.read_text("utf-8").replace(
        (today() + timedelta(4)).isoformat(), (today() + timedelta(days)).isoformat()
    )
    file.write_text(moved, "utf-8")


@pytest.fixture(scope="module", params=KINDS)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Run `vivavoce web` on a week, on the last day before an interview, and for somebody new."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("VIVAVOCE_HOME", str(tmp_path_factory.mktemp("home")))
        if request.param != NEW:
            filled(4 if request.param == FULL else 1)
        with running() as library:
            library.kind = request.param  # type: ignore[attr-defined]
            yield library


def entered(chromium: Any, opened: Library, width: int = 1280, **given: Any) -> "Page":
    page = chromium.new_context(viewport={"width": width, "height": 900}, **given).new_page()
    page.told = []
    page.on("pageerror", lambda error: page.told.append(str(error)))
    page.on("console", lambda one: page.told.append(one.text) if one.type == "error" else None)
    page.goto(opened.address())
    found: Page = page
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 800, 1280])
def test_everybody_can_use_it(chromium: Any, opened: Library, width: int, scheme: str) -> None:
    page = entered(chromium, opened, width, color_scheme=scheme, reduced_motion="reduce")
    for path in PAGES:
        if opened.kind == NEW and path.startswith("/stories/"):  # type: ignore[attr-defined]
            continue
        go(page, path)
        assert barriers(page) == [], path
        unfold(page)
        assert barriers_now(page) == [], path
        assert page.evaluate("axe.run({runOnly: ['best-practice']}).then(one => one.violations.length)") == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("document.getAnimations().length") == 0
    assert page.told == []  # type: ignore[attr-defined]
    page.context.close()


@pytest.fixture
def page(chromium: Any, opened: Library) -> Iterator["Page"]:
    page = entered(chromium, opened)
    yield page
    assert page.told == []  # type: ignore[attr-defined]
    page.context.close()


@pytest.mark.parametrize("opened", [FULL], indirect=True)
def test_a_claim_is_heard_at_its_second_and_no_longer_without_a_mouse(page: "Page") -> None:
    go(page, "/claims")
    page.evaluate(
        "() => { const play = Audio.prototype.play; window.heard = [];"
        " Audio.prototype.play = function () { window.heard.push(this); return play.call(this); }; }"
    )
    button = page.locator("button[data-sound]").first
    at = float(button.get_attribute("data-at") or "nan")
    for _ in range(100):
        if page.evaluate("document.activeElement.dataset.sound"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.heard.length && window.heard[0].currentTime > 0.1")
    began = page.evaluate("window.heard[0].currentTime")
    assert at - 0.5 - CLOSE <= began < at + 1.0
    assert button.get_attribute("aria-pressed") == "true"
    page.wait_for_function("() => window.heard[0].paused", timeout=10_000)
    assert page.evaluate("window.heard[0].currentTime") == pytest.approx(at + 2.5, abs=0.6)
    assert button.get_attribute("aria-pressed") == "false"
    other = page.locator("button[data-sound]").nth(1)
    other.click()
    other.click()
    assert page.evaluate("window.heard.at(-1).paused")


@pytest.mark.parametrize("opened", [FULL], indirect=True)
def test_a_field_of_a_take_leads_to_its_second_of_the_session(page: "Page") -> None:
    go(page, f"/stories/{notebooks.NAME}")
    link = page.locator(".told-fields a").nth(1)
    at = float((link.get_attribute("href") or "").partition("#t")[2])
    link.click()
    page.wait_for_function("at => Math.abs(document.getElementById('sound').currentTime - at) < 0.05", arg=at)


@pytest.mark.parametrize("opened", [FULL], indirect=True)
def test_every_page_is_reached_from_the_first(page: "Page") -> None:
    for name, heading in (("Plan", "Your plan"), ("Stories", "Your stories"), ("Claims", "What you claim")):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        assert page.locator("h1").inner_text() == heading
    page.get_by_role("link", name="Today").click()
    now: date = today()
    assert page.locator("h1").inner_text() == f"{now:%A} {now.day} {now:%B}"


@pytest.mark.parametrize("opened", [LAST_DAY], indirect=True)
def test_the_card_is_what_is_printed(chromium: Any, opened: Library) -> None:
    page = entered(chromium, opened)
    go(page, "/plan")
    page.emulate_media(media="print")
    assert page.locator("#card").is_visible()
    for other in (".days", "header", "main > p"):
        assert not page.locator(other).first.is_visible()
    page.context.close()
