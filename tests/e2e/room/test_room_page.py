"""The room's page in a real Chromium, with a link that the test drives."""

import mimetypes
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vivavoce.simulator.web.app import HERE
from vivavoce.simulator.web.doorkeeper import HEADERS
from vivavoce.transcripts.report.html_page import PARTS, STYLE

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
SITE, BASE, KEY = "https://room.invalid", "/inside", "first"
FAKE = Path(__file__).with_name("fake_link.js")
PICTURES = os.environ.get("ROOM_PICTURES")  # a folder for a picture of each state, to be looked at
LINE = "Tell me about a time when you had to change your mind about something that mattered to other people."
HEARD = "so in my second year at the depot we had planned to replace the scanners and I was all for it until"
WELCOME = {
    "who": "Dana", "round": "behavioral", "minutes": 30, "captions": True, "pad": False, "at": 0.0,
    "under_way": True,
}  # fmt: skip


def room(**given: Any) -> str:
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    values = {"title": "Behavioral interview", "who": "Dana", "minutes": 30.0, "key": KEY, "pad": False}
    return templates.get_template("room.html").render(
        **{"base": BASE, "captions": True, "under_way": False, "fetches": "", "leave": "", **values, **given}
    )


def served(page: "Page", html: str) -> None:
    """Answer what the page asks for, under the rules that the real server sends; link.js is the fake."""

    def answer(route: "Route") -> None:
        path = route.request.url.removeprefix(f"{SITE}{BASE}")
        kind, body = "text/html", html
        if path == "/report.css":
            kind, body = "text/css", STYLE + PARTS
        elif path.startswith("/static/"):
            name = path.removeprefix("/static/")
            kind = mimetypes.guess_type(name)[0] or ""
            body = (FAKE if name == "link.js" else HERE / "static" / name).read_text("utf-8")
        elif path != f"/room/{KEY}":
            body = "<!doctype html><title>elsewhere</title>"
        route.fulfill(body=body, content_type=kind, headers=HEADERS)

    page.route(f"{SITE}/**", answer)
    page.goto(f"{SITE}{BASE}/room/{KEY}")
    page.wait_for_function("() => window.link")


def say(page: "Page", type_of_it: str, /, **detail: Any) -> None:
    page.evaluate("([kind, detail]) => link.say(kind, detail)", [type_of_it, detail])


def calls(page: "Page") -> list[list[Any]]:
    """What the page asked of its link since the last look; events that it has queued come first."""
    found: list[list[Any]] = page.evaluate(
        "() => new Promise((done) => setTimeout(() => done(link.calls.splice(0)), 20))"
    )
    return found


def inside(page: "Page", state: str, at: float = 754.0, **welcome: Any) -> None:
    """Be in the middle of an interview."""
    page.get_by_role("button", name="Come in").click()
    say(page, "welcome", **{**WELCOME, "at": at, "state": state, **welcome})
    say(page, "line", text=LINE, at=at)
    say(page, "level", level=0.1)


def checking(page: "Page") -> None:
    page.get_by_role("button", name="Come in").click()
    say(page, "welcome", **WELCOME | {"under_way": False}, state="waiting")


def talking(state: str, **more: Any) -> Any:
    def so(page: "Page") -> None:
        inside(page, "open")
        say(page, "state", state=state, who="Dana", at=754.0)
        if state == "answering":
            say(page, "caption", text=HEARD)
            say(page, "level", level=0.62)

    return so


def check_at(step: str, text: str, **more: str) -> Any:
    def so(page: "Page") -> None:
        checking(page)
        say(page, "check", step=step, text=text, **more)
        say(page, "level", level=0.4)

    return so


def in_trouble(kind: str, text: str) -> Any:
    def so(page: "Page") -> None:
        page.get_by_role("button", name="Come in").click()
        say(page, "trouble", kind=kind, text=text)

    return so


def muted(page: "Page") -> None:
    inside(page, "open")
    page.keyboard.press("m")


def muted_and_speaking(page: "Page") -> None:
    muted(page)
    for _ in range(8):
        say(page, "level", level=0.7)


def typing(page: "Page") -> None:
    inside(page, "open")
    page.keyboard.press("t")
    page.keyboard.type("In my second year at the depot we had planned to replace the scanners.")


def with_pad(page: "Page") -> None:
    inside(page, "answering", pad=True)
    page.locator("#text-pad").fill("def most_frequent(words, k):\n    counted = {}\n    for word in words:\n")
    say(page, "caption", text=HEARD)


def asked(page: "Page") -> None:
    page.get_by_role("button", name="Come in").click()


def lost(page: "Page") -> None:
    inside(page, "answering")
    say(
        page,
        "connection",
        state="lost",
        text="The connection is lost. It is tried again; nothing is gone.",
    )


def back(page: "Page") -> None:
    lost(page)
    say(page, "connection", state="back", text="The connection is back.")


def closed(page: "Page") -> None:
    inside(page, "answering")
    say(page, "connection", state="closed", text="The program was ended. What you said is kept.")


def zeros(page: "Page") -> None:
    inside(page, "open")
    text = "The microphone gives only zeros: it may be switched off, or be the wrong one."
    say(page, "trouble", kind="zeros", text=text)


def refused(*, takeover: bool) -> Any:
    def so(page: "Page") -> None:
        page.get_by_role("button", name="Come in").click()
        text = (
            "It can go on in one window at a time."
            if takeover
            else "Two rooms are what this machine can hold."
        )
        say(page, "refused", text=text, takeover=takeover)

    return so


def over(page: "Page") -> None:
    inside(page, "answering")
    say(page, "ended", to="/session/first", text="The review opens by itself.")


def over_and_read(page: "Page") -> None:
    """Be at the end, before the review opens."""
    inside(page, "answering")
    page.evaluate("() => { window.kept = setTimeout; window.setTimeout = () => 0; }")
    say(page, "ended", to="/session/first", text="The review opens by itself.")
    page.evaluate("() => { window.setTimeout = window.kept; }")


def nothing_kept(page: "Page") -> None:
    inside(page, "open")
    say(page, "ended", to="", text="Nothing was said, so nothing was kept.")


def helped(page: "Page") -> None:
    inside(page, "open")
    page.keyboard.press("?")


def leaving(page: "Page") -> None:
    inside(page, "open")
    page.get_by_role("button", name="End").click()


def noticed(page: "Page") -> None:
    inside(page, "speaking")
    say(
        page,
        "notice",
        text="Recogniser: the small model, because this machine is slow. The interview goes on.",
    )


def bare(page: "Page") -> None:
    inside(page, "speaking", captions=False)


ALLOW = "Allow it in the browser's address bar, then try again."
STATES: dict[str, Any] = {
    "before": lambda page: None,
    "asked": asked,
    "check-quiet": check_at("quiet", "Stay silent for a moment."),
    "check-play": check_at("play", "Dana says a line."),
    "check-speak": check_at("speak", "Say: I am ready for this interview."),
    "check-done": check_at("done", "All is well.", guard="browser"),
    "check-half": check_at("done", "Your speakers are heard by your microphone.", guard="half-duplex"),
    **{one: talking(one) for one in ("open", "answering", "replying", "speaking", "cutting_in", "paused")},
    "without-captions": bare,
    "muted": muted,
    "muted-and-speaking": muted_and_speaking,
    "typing": typing,
    "pad": with_pad,
    "lost": lost,
    "back": back,
    "closed": closed,
    "denied": in_trouble("denied", ALLOW),
    "dismissed": in_trouble("dismissed", "The question was closed. Ask again, and choose Allow."),
    "no-microphone": in_trouble("no-microphone", "Plug one in, then look again."),
    "insecure": in_trouble("insecure", "Browsers give a microphone to https and 127.0.0.1 alone."),
    "suspended": in_trouble("suspended", "The browser wants a click before anything is heard."),
    "revoked": in_trouble("revoked", "Allow it again, and the interview goes on."),
    "zeros": zeros,
    "taken": refused(takeover=True),
    "full": refused(takeover=False),
    "over": over_and_read,
    "nothing-kept": nothing_kept,
    "help": helped,
    "leaving": leaving,
    "noticed": noticed,
}
SIZES = (390, 844), (768, 1024), (1280, 800)


def barriers(page: "Page") -> list[Any]:
    """Return what would keep somebody from using the page as it is."""
    kinds = "['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']"
    found = page.evaluate(f"() => axe.run({{runOnly: {kinds}}})")
    return [(one["id"], [node["html"][:150] for node in one["nodes"][:3]]) for one in found["violations"]]


@pytest.fixture
def page(chromium: Any) -> Iterator["Page"]:
    page = entered(chromium, 1280, 800)
    served(page, room())
    yield page
    assert page.told == []  # type: ignore[attr-defined]
    page.context.close()


def entered(chromium: Any, width: int, height: int, **given: Any) -> "Page":
    page = chromium.new_context(viewport={"width": width, "height": height}, **given).new_page()
    page.told = []
    page.on("pageerror", lambda error: page.told.append(str(error)))
    page.on("console", lambda one: page.told.append(one.text) if one.type in ("error", "warning") else None)
    found: Page = page
    return found


@pytest.mark.parametrize("state", STATES)
def test_everybody_can_use_it(chromium: Any, state: str) -> None:
    import axe_core_python

    page = entered(chromium, 1280, 800, reduced_motion="reduce")
    page.add_init_script(path=str(Path(axe_core_python.__file__).with_name("axe.min.js")))
    served(page, room(pad=state == "pad"))
    STATES[state](page)
    for (width, height), scheme in product(SIZES, ("light", "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{state}-{width}-{scheme}.png")
        assert barriers(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.getAnimations().length") == 0
    assert page.told == []  # type: ignore[attr-defined]
    page.context.close()


def focused(page: "Page") -> str:
    found: str = page.evaluate("document.activeElement.id || document.activeElement.dataset.do || ''")
    return found


def test_no_mouse_is_needed_from_the_door_to_the_review(page: "Page") -> None:
    page.keyboard.press("Tab")
    assert focused(page) == "start"
    page.keyboard.press("Enter")
    say(page, "welcome", **WELCOME | {"under_way": False}, state="waiting")
    say(page, "check", step="quiet", text="Be quiet.")
    page.keyboard.press("Space")  # there is nothing to interrupt yet
    page.keyboard.press("m")
    say(page, "check", step="done", text="All is well.", guard="browser")
    assert focused(page) == "begin"
    page.keyboard.press("Enter")
    assert calls(page) == [["start", {"takeover": False}], ["check", "start"], ["mute", False], ["begin"]]
    say(page, "state", state="speaking", who="Dana", at=0.4)
    assert focused(page) == "floor"
    for pressed in ("Space", "Enter", "p"):
        page.keyboard.press(pressed)
    say(page, "state", state="paused", who="Dana", at=3.0)
    page.keyboard.press("Space")  # nothing runs that could be interrupted
    page.keyboard.press("P")
    assert calls(page) == [["key"], ["key"], ["pause"], ["goOn"]]
    say(page, "state", state="open", who="Dana", at=4.0)
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="In this room").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Space")
    assert calls(page) == [["key"]]


def reached(page: "Page") -> list[str]:
    """Return what Tab leads to, in order."""
    found = []
    for _ in range(30):
        page.keyboard.press("Tab")
        if (name := focused(page)) in ("", *found[:1]):
            break
        found.append(name)
    return found


def test_the_pad_comes_before_what_can_be_done(chromium: Any) -> None:
    page = entered(chromium, 1280, 800)
    served(page, room(pad=True))
    with_pad(page)
    page.locator("#floor").focus()
    assert reached(page) == [*("text-pad key pause mute captions type help leave".split())]
    page.context.close()


def test_in_a_field_keys_are_letters(page: "Page") -> None:
    inside(page, "open")
    page.keyboard.press("t")
    calls(page)
    page.keyboard.type("mp? c")
    assert page.locator("#answer").input_value() == "mp? c"
    assert calls(page) == []


def test_after_a_click_the_key_is_not_for_the_button(page: "Page") -> None:
    inside(page, "open")
    page.get_by_role("button", name="Mute").click()
    calls(page)
    page.keyboard.press("Space")
    assert calls(page) == [["key"]]


def test_letters_can_be_switched_off_and_stay_so(page: "Page") -> None:
    inside(page, "open")
    page.keyboard.press("?")
    page.get_by_label("Letters work as keys").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    inside(page, "open")
    calls(page)
    for pressed in ("m", "p", "t", "?"):
        page.keyboard.press(pressed)
    assert calls(page) == []
    page.keyboard.press("Space")
    assert calls(page) == [["key"]]


def test_one_answer_is_typed_and_then_it_is_spoken_again(page: "Page") -> None:
    inside(page, "open")
    calls(page)
    page.keyboard.press("t")
    page.keyboard.type("At the depot,")
    page.keyboard.press("Escape")
    assert calls(page) == [["mute", True], ["typing", True], ["mute", False], ["typing", False]]
    assert focused(page) == "floor"
    page.keyboard.press("t")
    page.locator("#answer").press("End")
    page.keyboard.type(" I counted.")
    page.keyboard.press("Control+Enter")
    wanted = [["mute", True], ["typing", True], ["type", "At the depot, I counted."]]
    assert calls(page) == [*wanted, ["mute", False], ["typing", False]]
    assert not page.locator("#typing").is_visible()
    page.keyboard.press("t")
    assert page.locator("#answer").input_value() == ""


def test_who_was_muted_is_muted_after_typing(page: "Page") -> None:
    muted(page)
    page.keyboard.press("t")
    calls(page)
    page.get_by_role("button", name="Speak instead").click()
    assert calls(page) == [["mute", True], ["typing", False]]
    assert page.locator("#floor").inner_text() == "You are muted"


def test_somebody_muted_who_speaks_is_told_and_somebody_who_coughs_is_not(page: "Page") -> None:
    muted(page)
    for level in (0.8, 0.9, 0.1, 0.1):
        say(page, "level", level=level)
    assert not page.locator("#banner").is_visible()
    muted_speech = page.get_by_text("Unmute to be heard")
    for _ in range(6):
        say(page, "level", level=0.7)
    assert muted_speech.is_visible()
    page.keyboard.press("m")
    assert not muted_speech.is_visible()


def test_the_level_is_told_to_no_screen_reader(page: "Page") -> None:
    inside(page, "answering")
    page.evaluate(
        "() => { window.told = 0; new MutationObserver((all) => { window.told += all.length; })"
        ".observe(document.body, {subtree: true, childList: true, characterData: true}); }"
    )
    for step in range(10):
        say(page, "level", level=step / 10)
    assert page.evaluate("window.told") <= 1  # the clock
    assert page.evaluate("document.getElementById('level').closest('[aria-live], [role=status]')") is None
    assert page.evaluate("document.getElementById('level').style.transform") == "scaleX(0.9)"


def test_a_state_that_stays_is_said_once(page: "Page") -> None:
    inside(page, "open")
    page.evaluate(
        "() => { window.told = 0; new MutationObserver((all) => { window.told += all.length; }).observe("
        "document.querySelector('section[data-view=talk] [role=status]'),"
        " {subtree: true, childList: true, characterData: true}); }"
    )
    for _ in range(3):
        say(page, "state", state="open", who="Dana", at=760.0)
    assert page.evaluate("window.told") == 0


def shown(page: "Page") -> int:
    minutes, seconds = page.locator("#clock").inner_text().split(":")
    return 60 * int(minutes) + int(seconds)


def test_the_clock_is_the_servers_and_is_counted_on_in_between(page: "Page") -> None:
    inside(page, "answering", at=754.0)
    assert shown(page) == 754
    page.wait_for_function("() => document.getElementById('clock').textContent === '12:36'", timeout=4000)
    say(page, "state", state="paused", who="Dana", at=800.2)
    page.wait_for_timeout(1200)
    assert shown(page) == 800
    say(page, "state", state="open", who="Dana", at=800.9)
    page.wait_for_function("() => document.getElementById('clock').textContent === '13:21'", timeout=2000)
    say(page, "connection", state="lost", text="The connection is lost.")
    held = shown(page)
    page.wait_for_timeout(2500)
    assert shown(page) <= held + 1


def test_a_lost_connection_holds_the_keys_back_and_the_way_back_is_told(page: "Page") -> None:
    lost(page)
    calls(page)
    page.keyboard.press("Space")
    page.keyboard.press("p")
    assert calls(page) == []
    assert page.locator("#floor").inner_text() == "Dana is waiting for you"
    say(page, "connection", state="back", text="The connection is back.")
    say(page, "welcome", **{**WELCOME, "at": 761.0}, state="answering")
    assert page.locator("#banner").inner_text() == "The connection is back."
    assert page.locator("#floor").inner_text() == "Listening"
    assert shown(page) == 761


def test_the_review_opens_by_itself(page: "Page") -> None:
    over(page)
    assert page.get_by_role("link", name="To the review").get_attribute("href") == f"{BASE}/session/first"
    page.wait_for_url(f"{SITE}{BASE}/session/first", timeout=10_000)


def test_where_nothing_was_kept_nothing_opens(page: "Page") -> None:
    nothing_kept(page)
    page.wait_for_timeout(5000)
    assert page.url == f"{SITE}{BASE}/room/{KEY}"
    assert page.get_by_role("link", name="Back to today").get_attribute("href") == f"{BASE}/"


def test_the_end_wants_a_second_word(page: "Page") -> None:
    leaving(page)
    page.get_by_role("button", name="Stay").click()
    assert ["end"] not in calls(page)
    page.get_by_role("button", name="End").click()
    page.get_by_role("button", name="End it").click()
    page.wait_for_function("() => link.calls.length")
    assert calls(page) == [["end"]]


def test_a_room_that_another_window_has_can_be_continued_here(page: "Page") -> None:
    refused(takeover=True)(page)
    calls(page)
    page.keyboard.press("Enter")  # the button has the focus
    assert calls(page) == [["start", {"takeover": True}]]
    say(page, "welcome", **{**WELCOME, "at": 30.0}, state="open")
    assert page.locator("#floor").inner_text() == "Your turn"


def test_another_microphone_can_be_chosen_where_one_gives_zeros(page: "Page") -> None:
    zeros(page)
    page.get_by_label("Microphone").select_option(label="Microphone 2")
    page.get_by_role("button", name="Use it").click()
    assert calls(page)[-1] == ["choose", "two"]
    assert not page.locator("#devices").is_visible()


def test_sound_that_only_slept_leads_back_without_another_welcome(page: "Page") -> None:
    inside(page, "answering")
    say(page, "trouble", kind="suspended", text="The browser wants a click.")
    assert page.locator("#h-trouble").inner_text() == "The sound is asleep"
    page.get_by_role("button", name="Click to go on").click()
    assert page.locator("#floor").inner_text() == "Listening"


@pytest.mark.parametrize("kind", ["suspended", "revoked", "denied", "in-use", "closed"])
def test_each_trouble_has_a_button_that_begins_again_and_leads_back(page: "Page", kind: str) -> None:
    inside(page, "answering")
    if kind == "closed":
        say(page, "connection", state="closed", text="The program was ended.")
    else:
        say(page, "trouble", kind=kind, text="Why.")
    calls(page)
    page.keyboard.press("Enter")
    assert calls(page) == [["start", {"takeover": False}]]
    say(page, "welcome", **{**WELCOME, "at": 800.0}, state="open")
    assert page.locator("#floor").inner_text() == "Your turn"


def test_the_pad_is_sent_when_the_hand_rests_and_outlives_a_reload(chromium: Any) -> None:
    page = entered(chromium, 1280, 800)
    served(page, room(pad=True))
    inside(page, "open", pad=True)
    calls(page)
    page.locator("#text-pad").click()
    page.keyboard.type("for one in all:\n    ", delay=10)
    page.keyboard.press("Enter")
    page.wait_for_function("() => link.calls.length")
    assert calls(page) == [["pad", "for one in all:\n    \n    "]]
    page.reload()
    page.wait_for_function("() => window.link")
    inside(page, "open", pad=True)
    assert ["pad", "for one in all:\n    \n    "] in calls(page)
    say(page, "ended", to="", text="Over.")
    assert page.evaluate("sessionStorage.length") == 0
    page.context.close()


def test_captions_are_remembered(page: "Page") -> None:
    inside(page, "speaking")
    assert page.locator("#line").is_visible()
    page.keyboard.press("c")
    assert not page.locator("#line").is_visible()
    page.reload()
    inside(page, "speaking")
    assert not page.locator("#line").is_visible()


def test_what_was_said_is_text(page: "Page") -> None:
    inside(page, "open", who="<b>Dana</b>")
    for kind in ("line", "caption", "notice"):
        say(page, kind, text="<img src=x onerror=alert(1)>", at=1.0)
    assert page.locator("#line").inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator("img, b").count() == 0


def test_two_lines_about_the_program_stand_together_and_a_newer_one_takes_its_olders_place(
    page: "Page",
) -> None:
    inside(page, "open")
    for done in (10, 20):
        say(page, "notice", text=f"Fetching the model, once: {done} %.", about="tiny.en")
    say(page, "notice", text="1.5 s of sound were lost.")
    assert seen(page, "#banner") == ["Fetching the model, once: 20 %.", "1.5 s of sound were lost."]


def test_a_window_that_takes_over_has_what_was_written(chromium: Any) -> None:
    page = entered(chromium, 1280, 800)
    served(page, room(pad=True))
    inside(page, "open", pad=True, written="def f():")
    assert page.locator("#text-pad").input_value() == "def f():"
    calls(page)
    page.locator("#text-pad").fill("")
    page.wait_for_function("() => link.calls.length")
    assert calls(page) == [["pad", ""]]
    say(page, "welcome", **{**WELCOME, "pad": True}, state="open", written="def f():")
    assert page.locator("#text-pad").input_value() == ""  # it was taken out here, and is not put back
    page.context.close()


def test_who_cannot_start_is_told_why(page: "Page") -> None:
    page.evaluate("() => { link.fails = 'The server does not answer.'; }")
    page.get_by_role("button", name="Come in").click()
    assert page.get_by_text("The server does not answer.").is_visible()


def seen(page: "Page", where: str) -> list[str]:
    return [row for row in page.locator(where).inner_text().split("\n") if row.strip()]


@pytest.mark.proves("N08")
def test_the_room_shows_who_has_the_floor_the_time_a_level_and_captions_and_nothing_else(
    page: "Page",
) -> None:
    talking("answering")(page)
    assert seen(page, "#stage") == ["D", "Dana", LINE, "Listening", HEARD, "You"]
    assert " ".join(seen(page, "header"))[:33] == "Behavioral interview with Dana 12"
    assert page.locator("meter, progress, canvas, svg, img, table").count() == 0
    page.keyboard.press("c")
    assert seen(page, "#stage") == ["D", "Dana", "Listening", "You"]


def test_an_interview_without_a_length_and_one_that_goes_on_have_their_own_words(chromium: Any) -> None:
    page = entered(chromium, 390, 844)
    served(page, room(minutes=None, under_way=True))
    assert page.get_by_text("Your interview goes on where it was.").is_visible()
    page.get_by_role("button", name="Go back in").click()
    say(page, "welcome", **{**WELCOME, "at": 61.0, "minutes": None}, state="open")
    assert page.locator("#time").inner_text() == "01:01"
    assert ["check", "start"] not in calls(page)
    say(page, "line", text=" ".join([LINE] * 6), at=61.0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.told == []  # type: ignore[attr-defined]
    page.context.close()
