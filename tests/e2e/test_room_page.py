"""The room's page in a real Chromium, with a link that the test drives."""

import mimetypes
import os
from collections.abc import Iterator
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
WELCOME = {"who": "Dana", "round": "behavioral", "minutes": 30, "captions": True, "pad": False, "at": 0.0}


def room(**given: Any) -> str:
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    values = {"title": "Behavioral interview", "who": "Dana", "minutes": 30.0, "key": KEY, "pad": False}
    return templates.get_template("room.html").render(
        **{"base": BASE, "captions": True, "under_way": False, **values, **given}
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
    found: list[list[Any]] = page.evaluate("() => link.calls.splice(0)")
    return found


def inside(page: "Page", state: str, at: float = 754.0, **welcome: Any) -> None:
    """Be in the middle of an interview."""
    page.get_by_role("button", name="Come in").click()
    say(page, "welcome", **{**WELCOME, "at": at, "state": state, **welcome})
    say(page, "line", text=LINE, at=at)
    say(page, "level", level=0.1)


def checking(page: "Page") -> None:
    page.get_by_role("button", name="Come in").click()
    say(page, "welcome", **WELCOME, state="waiting")


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
    "over": over,
    "nothing-kept": nothing_kept,
    "help": helped,
    "leaving": leaving,
    "noticed": noticed,
}
EVERY: list[tuple[int, int, str]] = [
    (390, 844, "light"),
    (768, 1024, "dark"),
    (1280, 800, "light"),
    (1280, 800, "dark"),
]


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


@pytest.mark.parametrize(("width", "height", "scheme"), EVERY)
@pytest.mark.parametrize("state", STATES)
def test_everybody_can_use_it(chromium: Any, state: str, width: int, height: int, scheme: str) -> None:
    import axe_core_python

    page = entered(chromium, width, height, color_scheme=scheme, reduced_motion="reduce")
    page.add_init_script(path=str(Path(axe_core_python.__file__).with_name("axe.min.js")))
    served(page, room(pad=state == "pad"))
    STATES[state](page)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{state}-{width}-{scheme}.png")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.told == []  # type: ignore[attr-defined]
    page.context.close()
