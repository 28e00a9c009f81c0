"""What goes wrong with a microphone or a browser's sound, as the room's page tells it and goes on from it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.room.conftest import banner, begin, come_in, served, under_way, window

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def first(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Page"]:
    """Return a window that was let in."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("VIVAVOCE_HOME", str(tmp_path_factory.mktemp("home")))
        with served() as server, window(chromium, server) as page:
            yield page


@pytest.fixture
def opened(first: "Page") -> Iterator[Callable[..., "Page"]]:
    """Return what opens the room in another window; the interview may be under way already."""
    pages = []

    def go(before: str = "") -> "Page":
        page = first.context.new_page()
        page.set_default_timeout(15_000)
        pages.append(page)
        page.add_init_script(before or "0")
        page.goto(first.url)
        return page

    yield go
    for page in pages:
        page.close()


def inside(page: "Page") -> "Page":
    """Come in; begin if nobody has."""
    come_in(page)
    page.wait_for_function("() => ['check', 'talk', 'refused'].includes(document.body.dataset.view)")
    if page.evaluate("document.body.dataset.view") == "refused":
        page.click("[data-do=takeover]")
    if page.evaluate("document.body.dataset.view") == "check":
        page.reload()
        begin(page)
    under_way(page)
    return page


def trouble(page: "Page") -> str:
    """Return what stands where the room was."""
    page.wait_for_function("() => document.body.dataset.view === 'trouble'", timeout=15_000)
    text = page.inner_text("#trouble")
    assert "\n" not in text
    return text


def joined(page: "Page") -> int:
    found: int = page.evaluate("seen.filter(({ type }) => type === 'welcome').length")
    return found


REFUSED = {
    "denied": ("NotAllowedError", "Permission denied", "Allow it"),
    "dismissed": ("NotAllowedError", "Permission dismissed", "allow it"),
    "none": ("NotFoundError", "", "Connect one"),
    "taken": ("NotReadableError", "", "Close that"),
    "gone": ("OverconstrainedError", "", "Connect one"),
}


@pytest.mark.parametrize(("name", "why", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_microphone_that_is_refused_is_told_and_can_be_tried_again(
    opened: Callable[..., "Page"], name: str, why: str, said: str
) -> None:
    page = opened(f"Object.assign(microphone, {{ refuses: '{name}', why: '{why}' }})")
    come_in(page)
    assert said in trouble(page)
    page.evaluate("delete microphone.refuses")
    page.click("section:not([hidden]) [data-do=start]")
    page.wait_for_function("() => ['check', 'talk', 'refused'].includes(document.body.dataset.view)")


def test_without_https_the_page_says_where_there_is_a_microphone(opened: Callable[..., "Page"]) -> None:
    page = opened("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    come_in(page)
    assert "https" in trouble(page)


def test_a_browser_without_worklets_is_told_so(opened: Callable[..., "Page"]) -> None:
    page = opened(
        "delete AudioContext.prototype.audioWorklet; delete BaseAudioContext.prototype.audioWorklet;"
    )
    come_in(page)
    assert "newer" in trouble(page)


def test_the_page_names_no_rate_and_asks_for_the_sound_as_it_is(opened: Callable[..., "Page"]) -> None:
    page = opened(
        "window.made = []; const Own = window.AudioContext; window.AudioContext = class extends Own {"
        " constructor(...given) { super(...given); if (given[0]) made.push(given[0]); } };"
    )
    inside(page)
    assert page.evaluate("made.every((options) => !('sampleRate' in options))")
    asked = page.evaluate("microphone.asked[0].audio")
    assert asked == {
        "echoCancellation": "all", "noiseSuppression": False, "autoGainControl": False, "channelCount": 1
    }  # fmt: skip


def test_a_context_that_is_suspended_is_told_and_goes_on_by_itself(opened: Callable[..., "Page"]) -> None:
    page = inside(opened())
    before = joined(page)
    page.evaluate(
        "() => { const one = contexts.at(-1); one.awake = one.resume;"
        " one.resume = async () => {}; one.suspend(); }"
    )
    assert "Press the button" in trouble(page)
    page.evaluate("contexts.at(-1).awake()")
    page.wait_for_function("() => document.body.dataset.view === 'talk'")
    assert joined(page) == before + 1


def test_a_click_begins_the_sound_anew_where_it_stays_suspended(opened: Callable[..., "Page"]) -> None:
    page = inside(opened())
    page.evaluate("() => { const one = contexts.at(-1); one.resume = async () => {}; one.suspend(); }")
    trouble(page)
    page.click("section:not([hidden]) [data-do=start]")
    page.wait_for_function("() => document.body.dataset.view === 'talk'")
    assert page.evaluate("contexts.map(({ state }) => state)") == ["closed", "running"]
    level(page)


def test_a_clock_that_froze_has_the_sound_built_anew_and_the_session_goes_on(
    opened: Callable[..., "Page"],
) -> None:
    page = inside(opened())
    before = joined(page)
    page.evaluate("Object.defineProperty(contexts.at(-1), 'currentTime', { value: 5 })")
    page.wait_for_function(
        "before => seen.filter(({ type }) => type === 'welcome').length > before", arg=before
    )
    page.wait_for_function("() => contexts.length === 2 && contexts[0].state === 'closed'")
    page.wait_for_timeout(2_500)
    assert page.evaluate("contexts.length") == 2
    assert page.evaluate("document.body.dataset.view") == "talk"
    level(page)


def level(page: "Page") -> None:
    """Check that the page hears something, and that the program hears the page."""
    page.wait_for_function("() => document.querySelector('#level').style.transform !== 'scaleX(0)'")
    page.evaluate("() => { seen.length = 0; socket.close(); }")
    page.wait_for_function("() => seen.some(({ type, heard }) => type === 'welcome' && heard > 0)")


def test_a_microphone_that_was_taken_away_is_replaced_in_one_line(opened: Callable[..., "Page"]) -> None:
    page = inside(opened())
    page.evaluate("microphone.end()")
    page.wait_for_function("() => microphone.streams.length === 2")
    page.wait_for_function("() => document.querySelector('#banner').textContent.includes('went away')")
    assert "\n" not in banner(page)
    assert page.evaluate("document.body.dataset.view") == "talk"
    level(page)


@pytest.mark.parametrize(("why", "said"), [("NotAllowedError", "Allow it"), ("NotFoundError", "went away")])
def test_a_permission_that_is_revoked_in_mid_session_is_told_and_a_device_that_comes_is_taken(
    opened: Callable[..., "Page"], why: str, said: str
) -> None:
    page = inside(opened())
    page.evaluate("why => { microphone.refuses = why; microphone.end(); }", why)
    assert said in trouble(page)
    page.evaluate(
        "() => { delete microphone.refuses;"
        " navigator.mediaDevices.dispatchEvent(new Event('devicechange')); }"
    )
    page.wait_for_function("() => document.body.dataset.view === 'talk'")
    level(page)


def test_a_device_that_comes_takes_nothing_from_the_one_that_is_heard(opened: Callable[..., "Page"]) -> None:
    page = inside(opened())
    page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    page.wait_for_timeout(300)
    assert page.evaluate("microphone.streams.length") == page.evaluate("contexts.length")


def test_only_zeros_are_told_with_a_choice_and_another_device_is_heard(opened: Callable[..., "Page"]) -> None:
    page = opened("microphone.mode = 'zeros'")
    inside(page)
    page.wait_for_function("() => !document.querySelector('#devices').hidden", timeout=10_000)
    assert "muted" in banner(page)
    page.evaluate("microphone.mode = 'clicks'")
    page.click("#devices button")
    page.wait_for_function("() => microphone.streams.at(-1) !== microphone.streams[0]")
    level(page)
    assert "muted" not in banner(page)


def test_four_channels_are_heard_as_one(opened: Callable[..., "Page"]) -> None:
    page = inside(opened("microphone.channels = 4"))
    assert page.evaluate("microphone.streams[0].getAudioTracks()[0].getSettings().channelCount") in (4, None)
    level(page)


def test_a_hidden_window_is_heard_as_any_other(opened: Callable[..., "Page"]) -> None:
    page = inside(opened())
    other = page.context.new_page()
    other.bring_to_front()
    page.evaluate("seen.length = 0")
    page.wait_for_function("() => seen.filter(({ type }) => type === 'state').length > 0", timeout=15_000)


def test_nothing_in_the_way_of_the_sound_waits_for_a_timer() -> None:
    from tests.e2e.conftest import STATIC

    for name in ("sound_worklet.js", "packets.js"):
        source = (STATIC / name).read_text(encoding="utf-8")
        assert "setTimeout" not in source
        assert "setInterval" not in source
