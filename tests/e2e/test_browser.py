"""The pages in a real Chromium: what plays, what lights up, what a keyboard reaches, what axe says."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from tests.simulator.session_folders import held
from vivavoce.simulator.web.doorkeeper import forward
from vivavoce.transcripts.library import sessions as library

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
MANY = "2026-01-05-0900-many"
ROUNDS = "2026-01-06-0900-rounds"
PHONE, DESK = (390, 844), (1280, 800)
FIRST, SECOND = "2026-01-01-0900-first", "2026-01-02-0900-second"
CLOSE = 0.05  # seconds


class Library:
    """`vivavoce web` while it runs."""

    def __init__(self, told: IO[str]) -> None:
        self._told = told

    def address(self) -> str:
        """Return the newest address: each opens one window, and the next one is printed then."""
        while True:
            found = re.search(r"http://\S+", self._told.readline())
            if found:
                return found[0]


@contextmanager
def running() -> Iterator[Library]:
    command = [str(Path(sys.executable).with_name("vivavoce")), "web", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            yield Library(program.stdout)
        finally:
            program.terminate()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Run `vivavoce web` on two sessions."""
    home = tmp_path_factory.mktemp("home")
    before = os.environ.get("VIVAVOCE_HOME")
    os.environ["VIVAVOCE_HOME"] = str(home)
    try:
        held(FIRST)
        held(SECOND, persona="Robin")
        with running() as library:
            yield library
    finally:
        if before is None:
            del os.environ["VIVAVOCE_HOME"]
        else:
            os.environ["VIVAVOCE_HOME"] = before


@pytest.fixture
def page(chromium: Any, opened: Library) -> Iterator["Page"]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda told: problems.append(told.text) if told.type == "error" else None)
    elsewhere: list[str] = []
    address = opened.address()
    own = address.split("/?")[0]
    page.on("request", lambda one: None if one.url.startswith((own, "data:")) else elsewhere.append(one.url))
    page.goto(address)
    yield page
    assert problems == []
    assert elsewhere == []
    context.close()


def go(page: "Page", path: str) -> None:
    page.goto("/".join(page.url.split("/", 4)[:4]) + path)


def unfold(page: "Page") -> None:
    """Open everything that is folded."""
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")


def playing_at(page: "Page") -> float:
    """Return where the sound began to play, once it does; it is told once."""
    page.wait_for_function("() => !document.getElementById('sound').paused && window.from !== undefined")
    return float(page.evaluate("() => { const at = window.from; delete window.from; return at; }"))


def watched(page: "Page") -> None:
    """Have the page remember where it next begins to play."""
    page.evaluate(
        "() => { const s = document.getElementById('sound');"
        " s.addEventListener('play', () => { window.from = s.currentTime; }); }"
    )


def test_from_the_library_to_a_session(page: "Page") -> None:
    assert page.locator(".sessions li").count() == 2
    page.get_by_role("link", name="first").click()
    assert page.locator("h1").inner_text() == "first with Dana"


@pytest.mark.parametrize("place", [0, 7, 15])
def test_a_word_that_is_clicked_plays_from_its_start(page: "Page", place: int) -> None:
    go(page, f"/session/{FIRST}")
    unfold(page)
    watched(page)
    word = page.locator(".turn.candidate .word").nth(place)
    word.click()
    assert playing_at(page) == pytest.approx(float(word.get_attribute("data-at") or "nan"), abs=CLOSE)


def test_the_word_that_is_said_is_lit_without_drift(page: "Page") -> None:
    go(page, f"/session/{FIRST}")
    words = page.locator(".word")
    for place in (0, words.count() - 1):
        at, end = (float(words.nth(place).get_attribute(name) or "nan") for name in ("data-at", "data-end"))
        middle = (at + end) / 2
        page.evaluate("at => { document.getElementById('sound').currentTime = at; }", middle)
        page.wait_for_function("at => Number(document.querySelector('.lit')?.dataset.at) === at", arg=at)


def test_the_keyboard_alone_is_enough(page: "Page") -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    go(page, f"/session/{FIRST}")
    watched(page)
    page.wait_for_function("() => document.getElementById('sound').readyState > 0")
    page.keyboard.press("n")
    finding = min(float(one.get_attribute("data-at") or "nan") for one in page.locator(".finding").all())
    assert playing_at(page) == pytest.approx(finding, abs=CLOSE)
    page.keyboard.press("Space")
    page.wait_for_function("() => document.getElementById('sound').paused")
    before = page.evaluate("document.getElementById('sound').currentTime")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.getElementById('sound').currentTime")
    assert after == pytest.approx(before + 5, abs=CLOSE)
    page.keyboard.press(">")
    assert page.evaluate("document.getElementById('sound').playbackRate") == 1.25


def test_either_side_can_be_heard_alone(page: "Page") -> None:
    go(page, f"/session/{FIRST}")
    page.get_by_label("interviewer", exact=True).check()
    page.get_by_label("you", exact=True).check()
    page.locator("#play").click()
    page.wait_for_function("() => document.getElementById('sound').currentTime > 0.2")


def test_the_timeline_and_the_findings_lead_to_their_place(page: "Page") -> None:
    go(page, f"/session/{FIRST}")
    unfold(page)
    watched(page)
    finding = page.locator(".finding").last
    finding.click()
    assert playing_at(page) == pytest.approx(float(finding.get_attribute("data-at") or "nan"), abs=CLOSE)
    page.locator("#play").click()
    chart = page.locator(".chart svg")
    box = chart.bounding_box()
    assert box is not None
    chart.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    assert playing_at(page) == pytest.approx(20, abs=0.3)


def test_what_is_exported_opens_from_the_disk_and_loads_nothing(page: "Page", tmp_path: Path) -> None:
    go(page, f"/session/{FIRST}")
    with page.expect_download() as told:
        page.get_by_role("link", name="html with the sound").click()
    path = tmp_path / "report.html"
    told.value.save_as(path)
    findings = page.locator(".findings li strong").all_inner_texts()
    context = page.context.browser.new_context() if page.context.browser else page.context
    other = context.new_page()
    asked: list[str] = []
    other.on("request", lambda one: asked.append(one.url))
    other.goto(path.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert other.locator("li strong").all_inner_texts() == findings
    other.evaluate("() => document.querySelector('audio').play()")
    other.wait_for_function("() => document.querySelector('audio').currentTime > 0.1")
    other.close()


def test_search_leads_to_the_place(page: "Page") -> None:
    page.get_by_role("searchbox").fill("latency")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.found")
    assert page.locator("mark.found").count() == 2
    page.locator(".hits a").first.click()
    page.locator("#sound").wait_for(state="attached")
    page.wait_for_function("() => Math.abs(document.getElementById('sound').currentTime - 4) < 0.05")


def test_two_takes_stand_beside_each_other(page: "Page") -> None:
    page.get_by_label("First take: first").check()
    page.get_by_label("Second take: second").check()
    page.get_by_role("button", name="Compare").click()
    page.locator(".pairs .kept").first.wait_for()
    page.locator("button[data-take=after]").first.click()
    page.wait_for_function("() => !document.querySelector('audio[data-take=after]').paused")


def barriers(page: "Page") -> list[Any]:
    """Return what would keep somebody from using a page, after loading it once more."""
    import axe_core_python

    page.add_init_script(path=str(Path(axe_core_python.__file__).with_name("axe.min.js")))
    page.reload()
    return barriers_now(page)


def barriers_now(page: "Page") -> list[Any]:
    """Return the same of the page as it stands, which was looked at before."""
    found = page.evaluate("() => axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    return [(one["id"], [node["html"][:150] for node in one["nodes"][:3]]) for one in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 800, 1280])
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/search?q=latency", "/progress", "/nothing", f"/session/{FIRST}", f"/session/{FIRST}/delete"),
        f"/compare?before={FIRST}&after={SECOND}",
    ],
)
def test_everybody_can_use_it(chromium: Any, opened: Library, path: str, width: int, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(opened.address())
    go(page, path)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "() => [...document.querySelectorAll('main *, header *')].filter(e => e.textContent.trim() &&"
        " parseFloat(getComputedStyle(e).fontSize) < 14).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []
    context.close()


@pytest.fixture
def phone(chromium: Any, opened: Library) -> Iterator["Page"]:
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    page.goto(opened.address())
    yield page
    context.close()


SIDEWAYS = """() => [...document.querySelectorAll('*')].filter(one =>
    one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)
    && one.tagName !== 'TEXTAREA').map(one => one.outerHTML.slice(0, 80))"""
LOWEST = """() => Math.max(...[...document.querySelectorAll('.glance :is(li, .bar, h2)')].map(
    one => one.getBoundingClientRect().bottom))"""
SHIFTED = """() => new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().reduce((sum, one) => sum + one.value, 0)))
    .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""


def many() -> None:
    """Hold a session of many answers, unless it was held."""
    from benchmarks.report import session

    if not (library.shelf() / MANY).exists():
        held(MANY, list(session(600.0)))


def rounds() -> None:
    """Hold a session with a posting, unless it was held."""
    if not (library.shelf() / ROUNDS).exists():
        folder = held(ROUNDS)
        kept = replace(library.read_meta(folder), pack="behavioral", settings={"job": True})
        asked = (folder / "events.jsonl").read_text("utf-8")
        words = "The posting speaks of growth. Which metric would you trade for which one there?"
        (folder / "events.jsonl").write_text(asked.replace("Tell me about a slow model.", words), "utf-8")
        library.write_meta(folder, kept)


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("name", [FIRST, MANY])
def test_the_first_screen_says_what_it_was_made_of_and_what_to_do_next(
    page: "Page", name: str, size: tuple[int, int]
) -> None:
    many()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    go(page, f"/session/{name}")
    assert page.locator(".glance h2").first.inner_text() == "What it was made of"
    assert page.locator(".made .bar").count() == 1
    assert page.locator(".next li").count() == 2
    assert page.evaluate("window.scrollY") == 0
    assert page.evaluate(LOWEST) <= size[1]
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize(
    "path", ["/", "/progress", f"/session/{FIRST}", f"/session/{MANY}", "/search?q=latency"]
)
def test_nothing_scrolls_sideways_on_a_phone_whatever_is_unfolded(phone: "Page", path: str) -> None:
    many()
    go(phone, path)
    unfold(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert phone.evaluate(SIDEWAYS) == []


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_what_the_rounds_were_about_is_read_by_everybody(phone: "Page", width: int) -> None:
    rounds()
    phone.set_viewport_size({"width": width, "height": 900})
    go(phone, f"/session/{ROUNDS}")
    assert not phone.locator("#rounds p").first.is_visible()
    assert barriers(phone) == []
    phone.locator("#rounds summary").click()
    assert phone.locator("#rounds li").count() == 2
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers_now(phone) == []


@pytest.mark.parametrize("path", ["/", "/progress", f"/session/{FIRST}"])
def test_nothing_moves_while_a_page_loads(phone: "Page", path: str) -> None:
    go(phone, path)
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate(SHIFTED) < 0.01


def test_what_is_folded_opens_by_key_by_link_and_on_paper(page: "Page") -> None:
    go(page, f"/session/{FIRST}")
    said = page.locator("#said")
    said.locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".turn").first.is_visible()
    page.keyboard.press("Enter")
    assert not page.locator(".turn").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".turn").first.is_visible()
    assert not page.locator(".player").is_visible()
    page.emulate_media(media="screen")
    page.goto(page.url + "#t4.0")
    page.reload()
    assert page.locator(".turn").first.is_visible()


def test_a_report_in_a_file_is_read_without_a_script_and_breaks_none_of_its_own_rules(
    chromium: Any, opened: Library, tmp_path: Path
) -> None:
    from vivavoce.simulator.review.session_report import reported
    from vivavoce.transcripts.report.html_page import write
    from vivavoce.transcripts.scoring.assessment import PLAIN

    write(tmp_path / "report.html", reported(library.shelf() / FIRST, PLAIN)[1])
    context = chromium.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, java_script_enabled=False, offline=True
    )
    page, told = context.new_page(), []
    page.on("console", lambda one: told.append(one.text))
    page.goto((tmp_path / "report.html").as_uri())
    assert told == []
    tips = page.locator(".next li")
    box = tips.last.bounding_box()
    assert tips.count() == 2
    assert box is not None
    assert box["y"] + box["height"] <= PHONE[1]
    styled = page.locator(".glance").bounding_box()
    assert styled is not None
    assert styled["x"] == 20  # its own style is allowed
    page.locator("summary").first.click()
    assert page.locator("details li strong").first.is_visible()
    context.close()


def test_delete_is_confirmed_and_done(page: "Page") -> None:
    held("2026-01-03-0900-third")
    go(page, "/")
    page.get_by_role("link", name="third").click()
    page.get_by_role("link", name="Delete this session").click()
    page.get_by_role("button", name="Delete it for good").click()
    page.wait_for_url("**/")
    assert page.get_by_role("link", name="third").count() == 0


def test_the_port_is_the_machines_alone(page: "Page") -> None:
    port = int(page.url.split(":")[2].split("/")[0])
    others = {entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in others - {"127.0.0.1", "127.0.1.1"}:
        with socket.socket() as place:
            place.settimeout(2)
            assert place.connect_ex((address, port)) != 0


Seen = list[tuple[str, str]]  # the path of a request, and all of its headers


@pytest.fixture
def neighbour() -> Iterator[tuple[str, Seen]]:
    """Run another server on 127.0.0.1, and return its address and what it sees."""
    seen: Seen = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.path, str(self.headers)))
            self.send_response(200)
            self.send_header("Set-Cookie", 'prefs={"a":1}; Path=/')
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>theirs</title><a href=/again>again</a>")

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", seen
        server.shutdown()


def test_another_port_is_told_nothing_that_opens_the_library(
    chromium: Any, opened: Library, neighbour: tuple[str, Seen]
) -> None:
    place, seen = neighbour
    context = chromium.new_context()
    page, other = context.new_page(), context.new_page()
    page.goto(opened.address())
    inside = page.url
    (cookie,) = context.cookies(inside)
    for name in ("favicon.ico", "static/style.css", f"session/{FIRST}"):
        other.goto(place + name)
        other.reload()
    other.get_by_role("link", name="again").click()
    other.evaluate("() => location.reload()")
    other.wait_for_load_state()
    link = "place => { document.body.innerHTML = `<a href='${place}linked'>out</a>`; }"
    page.evaluate(link, place)
    page.get_by_role("link", name="out").click()
    page.wait_for_url(place + "linked")
    page.reload()
    told = "\n".join(path + headers for path, headers in seen)
    assert "/linked" in told
    assert 'prefs={"a":1}' in told
    assert cookie["value"] not in told
    assert inside.split("/")[3] not in told
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    page.goto(inside)  # the cookie of the other one locks nobody out
    assert page.locator("main h2").last.inner_text() == "Your sessions"
    context.close()


def test_a_page_of_another_port_gets_nothing_out_of_the_browser(
    chromium: Any, opened: Library, neighbour: tuple[str, Seen]
) -> None:
    context = chromium.new_context()
    page, other = context.new_page(), context.new_page()
    page.goto(opened.address())
    other.goto(neighbour[0])
    fetch = (
        "([place, mode]) => fetch(place, {credentials: 'include', mode}).then(told => told.text(), () => '')"
    )
    for mode in ("cors", "no-cors"):
        assert other.evaluate(fetch, [page.url, mode]) == ""
    other.evaluate("place => { location.href = place; }", page.url)
    other.wait_for_url(page.url)
    assert "each is good once" in other.locator("body").inner_text()
    context.close()


def test_two_libraries_at_once_stay_open(chromium: Any, opened: Library) -> None:
    context = chromium.new_context()
    with running() as another:
        page, other = context.new_page(), context.new_page()
        page.goto(opened.address())
        other.goto(another.address())
        for one in (page, other, page):
            one.reload()
            assert one.locator("main h2").last.inner_text() == "Your sessions"
    context.close()


def test_the_file_that_the_browser_is_given_leads_in_and_its_address_is_spent(
    chromium: Any, opened: Library, tmp_path: Path
) -> None:
    context = chromium.new_context()
    page, file, address = context.new_page(), tmp_path / "open.html", opened.address()
    file.write_text(forward(address))
    page.goto(file.as_uri())
    page.wait_for_selector("h1")
    assert page.locator("main h2").last.inner_text() == "Your sessions"
    page.reload()
    page.get_by_role("link", name="first").click()
    assert page.locator("h1").inner_text() == "first with Dana"
    other = chromium.new_context().new_page()
    for place in (address, page.url):
        told = other.goto(place)
        assert told is not None
        assert told.status == 403
    other.context.close()
    context.close()


def test_notes_that_are_too_long_stay_in_the_page(chromium: Any, opened: Library) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(opened.address())
    go(page, f"/session/{FIRST}")
    unfold(page)
    box = page.get_by_label("What you want to remember")
    box.evaluate("(box, text) => { box.value = text; }", "語" * 20_001)
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_selector("[role=alert]")
    assert page.get_by_role("alert").inner_text().startswith("These notes have 20,001 characters")
    assert barriers(page) == []
    assert box.input_value() == "語" * 20_001
    box.fill("語" * 20_000)
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_url("**/session/*#notes")
    assert page.get_by_label("What you want to remember").input_value() == "語" * 20_000
    context.close()


def test_a_paste_that_does_not_fit_is_said(page: "Page") -> None:
    go(page, f"/session/{FIRST}")
    unfold(page)
    box = page.get_by_label("What you want to remember")
    box.fill("")
    paste = """(box, length) => {
        const data = new DataTransfer();
        data.setData("text", "x".repeat(length));
        box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
    }"""
    for length, hidden in ((20_000, True), (20_001, False), (5, True)):
        box.evaluate(paste, length)
        assert page.locator("#cut").is_hidden() is hidden


NINETY_MINUTES = 5400.0
INTERACTIVE, LAYOUT = 1.5, 0.05  # seconds
MACHINE = 3  # this may be a slow one, with other tests beside it


def test_a_session_of_ninety_minutes_is_quick_and_does_not_drift(page: "Page") -> None:
    import numpy as np
    import soundfile

    from benchmarks.report import session
    from vivavoce.transcripts.journal.recording import NAME as SOUND

    folder = held("2026-01-04-0900-long", list(session(NINETY_MINUTES)))
    soundfile.write(folder / SOUND, np.zeros(int(3000 * (NINETY_MINUTES + 120)), dtype=np.int16), 3000)
    library.finish(folder)
    go(page, f"/session/{folder.name}")
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive") / 1000
    assert ready < INTERACTIVE * MACHINE
    page.wait_for_function("() => document.getElementById('sound').readyState > 0")
    word = page.locator(".turn.candidate .word").last
    at = float(word.get_attribute("data-at") or "nan")
    assert at > NINETY_MINUTES - 120
    page.evaluate("at => { document.getElementById('sound').currentTime = at + 0.05; }", at)
    page.wait_for_function("at => Number(document.querySelector('.lit')?.dataset.at) === at", arg=at)
    slowest = page.evaluate(
        """async () => {
            let slowest = 0;
            let last = await new Promise(requestAnimationFrame);
            for (let step = 0; step < 60; step++) {
                window.scrollBy(0, 700);
                const now = await new Promise(requestAnimationFrame);
                slowest = Math.max(slowest, now - last);
                last = now;
            }
            return slowest / 1000;
        }"""
    )
    print(f"interactive after {ready:.2f} s, slowest frame {1000 * slowest:.0f} ms")
    assert slowest < LAYOUT * MACHINE
