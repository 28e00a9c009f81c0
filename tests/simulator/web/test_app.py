"""The pages of the library, from a client without a browser."""

import json
import random
import re
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.simulator.session_folders import held
from tests.simulator.web.asgi import OWN, PORT, Answer, ask, entered
from tests.transcripts.conftest import line, speech
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.web.app import application
from vivavoce.simulator.web.doorkeeper import Doorkeeper
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import Seconds, SessionEnded, SessionStarted
from vivavoce.transcripts.journal import log, notes
from vivavoce.transcripts.journal.notes import LONGEST
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.scoring.assessment import PLAIN, Reader

FIRST, SECOND = "2026-01-01-0900-first", "2026-01-02-0900-second"
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{7*7}} ${7*7} javascript:alert(1)"


class Window:
    """A browser window that was let in."""

    def __init__(self, app: Doorkeeper) -> None:
        self._app, self._headers = app, entered(app)
        self.base = app.base

    def get(self, path: str, seen: Callable[[str], object] = str, **headers: str) -> Answer:
        return ask(self._app, self.base + path, headers=self._headers | headers, seen=seen)

    def post(self, path: str, body: str = "") -> Answer:
        kind = {"origin": OWN, "content-type": "application/x-www-form-urlencoded"}
        return ask(self._app, self.base + path, "POST", self._headers | kind, body.encode())


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    (tmp_path / "secret.txt").write_text("TOP SECRET")
    held(FIRST)
    held(SECOND, persona="Robin")
    return tmp_path


@pytest.fixture
def window() -> Window:
    return Window(application(PORT))


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.area = ""  # as a browser reads it: without the line break that it begins with
        self._inside = False
        self.feed(text)
        self.close()
        self.area = self.area.removeprefix("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self._inside = tag == "textarea"

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        self.area += data if self._inside else ""


@pytest.mark.parametrize(
    ("path", "shows"),
    [
        ("/", "2 in all"),
        ("/?persona=Robin", SECOND),
        ("/?page=2", "No session is like that"),
        ("/search?q=latency", 'found">latency</mark>'),
        ("/search?q=nothing+there", "Nothing was found"),
        ("/progress", "Asked more than once"),
        (f"/session/{FIRST}", "Tell me about a slow model."),
        (f"/compare?before={FIRST}&after={SECOND}", "What was in the pipeline?"),
        (f"/session/{FIRST}/delete", "events.jsonl"),
    ],
)
def test_a_page_shows_what_it_is_for(window: Window, path: str, shows: str) -> None:
    answer = window.get(path)
    assert answer.status == 200
    assert shows in answer.text
    page = Page(answer.text)
    assert page.tags.count("h1") == 1
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    places = [value for name, value in page.attributes if name in ("src", "href", "action")]
    assert not [one for one in places if not one.startswith((f"{window.base}/", "#"))]


def test_the_library_shows_practice_and_one_session_is_no_trend(window: Window) -> None:
    both = window.get("/").text
    assert "What your answers tell" in both
    assert "2 in all" in both
    shutil.rmtree(sessions.shelf() / SECOND)
    one = window.get("/").text
    assert "One session so far." in one
    assert "What your answers tell" not in one
    assert '<svg class="weeks"' not in one
    assert " before " not in one


def test_takes_of_one_question_stand_below_each_other_with_what_was_measured(window: Window) -> None:
    page = window.get("/progress").text
    assert page.count('<svg class="bar"') >= 2
    assert re.search(r"\d of 4 parts · \d\d:\d\d long · \d+ words a minute · overall \d", page)
    assert "over time" in page
    shutil.rmtree(sessions.shelf() / SECOND)
    assert "over time" not in window.get("/progress").text  # two answers of one session make no line


@pytest.mark.parametrize("fails", [False, True])
def test_the_top_of_a_page_is_sent_before_its_answers_are_read(
    window: Window, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    from vivavoce.simulator.web import app as server

    (sessions.shelf() / FIRST / "report.json").unlink()
    order: list[str] = []

    def means() -> Reader:
        order.append("read")
        if fails:
            raise LibraryError("the <checks> cannot be used")
        return PLAIN

    monkeypatch.setattr(server, "means", means)
    page = window.get(f"/session/{FIRST}", seen=lambda piece: order.append(piece[-90:])).text
    assert "being read" in order[0]
    assert order[1] == "read"
    assert page.count("<h1>") == page.count("</main>") == 1
    assert page.rstrip().endswith("</html>")
    assert ("the &lt;checks&gt; cannot be used" in page) is fails
    assert ("To try next" in page) is not fails
    again = window.get(f"/session/{FIRST}").text
    assert ("being read" in again) is fails


def test_the_filter_leaves_the_others_out(window: Window) -> None:
    assert FIRST not in window.get("/?persona=Robin").text


def test_words_have_their_times(window: Window) -> None:
    assert 'data-at="4.4" data-end="4.75">we</span>' in window.get(f"/session/{FIRST}").text


def test_sound_comes_in_ranges(window: Window) -> None:
    whole = (sessions.shelf() / FIRST / "sound.wav").read_bytes()
    part = window.get(f"/session/{FIRST}/sound", range="bytes=100-199")
    assert (part.status, part.body) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert window.get(f"/session/{FIRST}/sound", range=f"bytes={len(whole)}-").status == 416
    assert window.get(f"/session/{FIRST}/sound").body == whole


@pytest.mark.parametrize("form", ["html", "md", "json", "srt", "vtt", "csv"])
def test_every_form_can_be_downloaded(window: Window, form: str) -> None:
    answer = window.get(f"/session/{FIRST}/as/{form}")
    assert answer.status == 200
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{FIRST}.{form}"
    assert b"slow model" in answer.body


def test_a_page_can_be_taken_along_with_its_sound(window: Window) -> None:
    page = Page(window.get(f"/session/{FIRST}/as/html?sound=1").text)
    (address,) = [value for name, value in page.attributes if name == "src"]
    assert address.startswith("data:audio/ogg;base64,")


def test_notes_are_kept_and_shown_as_text(window: Window) -> None:
    assert "★" not in window.get("/").text
    assert window.post(f"/session/{FIRST}/notes", f"text={quote(EVIL)}&star=on").status == 303
    page = window.get(f"/session/{FIRST}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "★" in page
    assert "★" in window.get("/?star=1").text
    assert SECOND not in window.get("/?star=1").text
    assert json.loads((sessions.shelf() / FIRST / "notes.json").read_text())["text"] == EVIL


@pytest.mark.parametrize(
    "text",
    [
        *("a" * LONGEST, "щ" * LONGEST, "語" * LONGEST, "💬" * LONGEST, "\U000e0041" * LONGEST),
        *("\n" * LONGEST, "a\n" * (LONGEST // 2), "\nbegins with a line", "ends with one\n"),
    ],
    ids=lambda text: f"{text[0]!a}",
)
def test_notes_as_long_as_they_may_be_are_kept_whole_in_any_script(window: Window, text: str) -> None:
    form = urlencode({"text": text.replace("\n", "\r\n"), "star": "on"})  # as browsers send it
    assert window.post(f"/session/{FIRST}/notes", form).status == 303
    assert notes.read(sessions.shelf() / FIRST) == notes.Notes(text, star=True)
    assert Page(window.get(f"/session/{FIRST}").text).area == text


def unwritable(folder: Path) -> None:
    (folder / "notes.json").mkdir()


@pytest.mark.parametrize(
    ("name", "text", "spoil", "status", "says"),
    [
        (FIRST, "a" * (LONGEST + 4), None, 413, "20,004"),
        (FIRST, "語" * (LONGEST + 1), None, 413, "20,001"),
        (FIRST, "\n" * (LONGEST + 1), None, 413, "20,001"),
        (FIRST, f"{EVIL}\n</textarea>" * 2_000, None, 413, "shorten them"),
        (FIRST, "typed for an hour", unwritable, 500, "cannot write"),
        (FIRST, "typed for an hour", shutil.rmtree, 404, "no such session"),
        (FIRST + "?", "typed for an hour", None, 404, "no such session"),
    ],
    ids=["longer", "longer in Japanese", "too many lines", "hostile", "unwritable", "deleted", "misnamed"],
)
def test_notes_that_are_not_kept_are_shown_with_the_reason(
    window: Window, name: str, text: str, spoil: Callable[[Path], object] | None, status: int, says: str
) -> None:
    if spoil is not None:
        spoil(sessions.shelf() / FIRST)
    form = urlencode({"text": text.replace("\n", "\r\n"), "star": "on"})
    answer = window.post(f"/session/{quote(name)}/notes", form)
    assert answer.status == status
    assert says in answer.text.lower()
    page = Page(answer.text)
    assert page.area == text
    assert ("checked", "") in page.attributes
    assert ("maxlength", str(LONGEST)) in page.attributes
    assert "img" not in page.tags


def test_notes_that_are_saved_at_once_are_all_kept(window: Window) -> None:
    window.get("/")
    folder = sessions.shelf() / FIRST
    with ThreadPoolExecutor(12) as threads:
        answers = threads.map(lambda n: window.post(f"/session/{FIRST}/notes", f"text={n}"), range(60))
    assert {answer.status for answer in answers} == {303}
    assert notes.read(folder).text in {str(n) for n in range(60)}
    assert not list(folder.glob("*.tmp"))


def test_what_cannot_be_done_is_said_and_is_not_called_missing(window: Window) -> None:
    (sessions.shelf().parent / "config.toml").write_text("model = ")
    answer = window.post(f"/session/{FIRST}/again", "model=base")
    assert answer.status == 500
    assert "config.toml" in answer.text
    assert window.get("/session/nothing").status == 404


def test_a_session_is_heard_again_while_the_page_goes_on(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vivavoce.simulator.web import app as server

    asked: list[tuple[str, str]] = []
    go, over = threading.Event(), threading.Event()

    def hear(name: str, settings: Settings) -> Path:
        asked.append((name, settings.model))
        go.wait(10)
        over.set()
        return held("2026-01-05-0900-again")

    monkeypatch.setattr(server, "hear_again", hear)
    assert window.post(f"/session/{FIRST}/again", "model=evil").status == 400
    assert window.post(f"/session/{FIRST}/again", "model=base").status == 303
    assert f"{FIRST} is being heard again with base." in window.get("/").text
    assert window.post(f"/session/{FIRST}/again", "model=base").status == 409
    go.set()
    assert over.wait(10)
    for _ in range(100):
        if "2026-01-05-0900-again is new." in window.get("/").text:
            break
        time.sleep(0.05)
    assert "2026-01-05-0900-again is new." in window.get("/").text
    assert asked == [(FIRST, "base")]


def test_delete_asks_first_and_then_leaves_nothing(window: Window, own: Path) -> None:
    window.get("/search?q=latency")
    assert window.get(f"/session/{FIRST}/delete").status == 200
    assert (sessions.shelf() / FIRST).exists()
    for name in (FIRST, SECOND):
        assert window.post(f"/session/{name}/delete").status == 303
    left = [path for path in own.rglob("*") if path.is_file() and b"latency" in path.read_bytes()]
    assert left == []
    assert "Nothing here yet" in window.get("/").text


def test_what_was_said_cannot_become_a_page(window: Window) -> None:
    events = [
        SessionStarted(at=Seconds(0.0)),
        *line(1.0, EVIL, "ask", 2.0),
        *speech(4.0, f"so we had {EVIL} and then I fixed it and it was good in the end for all of us", 0.9),
        SessionEnded(at=Seconds(40.0), reason=EVIL),
    ]
    held("2026-01-03-0900-evil", events, title=EVIL, persona=EVIL)
    for path in (
        "/",
        "/search?q=alert",
        "/progress",
        "/session/2026-01-03-0900-evil",
        "/session/2026-01-03-0900-evil/as/html",
    ):
        page = Page(window.get(path).text)
        assert "img" not in page.tags
        assert page.tags.count("script") == (path == "/session/2026-01-03-0900-evil")
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        assert "49" not in [value for _, value in page.attributes]


def test_a_session_that_another_program_writes_is_said_to_run(window: Window) -> None:
    folder = sessions.create(Meta(title="Now"))
    killed = sessions.create(Meta(title="Killed"))
    log.Journal(killed / log.NAME).close()
    journal = log.Journal(folder / log.NAME)
    journal.write(SessionStarted(at=Seconds(0.0)))
    page = window.get("/?round=").text
    journal.close()

    assert page.count("Still running") == 1
    assert f"vivavoce recover {killed.name}" in page
    assert f"vivavoce recover {folder.name}" not in page
    assert "Still running" not in window.get("/?round=").text


def test_a_link_out_of_the_library_is_not_followed(window: Window, own: Path) -> None:
    (sessions.shelf() / "2026-01-04-0900-link").symlink_to(own)
    sound = sessions.shelf() / FIRST / "sound.wav"
    sound.unlink()
    sound.symlink_to(own / "secret.txt")

    assert window.get("/session/2026-01-04-0900-link").status == 404
    assert window.get(f"/session/{FIRST}/sound").status == 404


PIECES = [
    *("..", "../..", "%2e%2e", "%2f", "/", "\\", "\x00", "%00", "a" * 3000, "é", "💥", ".", "", "~", "$HOME"),
    *(
        "2026-01-01-0900-first/..",
        "secret.txt",
        "..%2fsecret.txt",
        "C:",
        "|",
        ";",
        "'",
        '"',
        "<x>",
        "\r\n",
        "%",
        "%zz",
    ),
]
ROUTES = [
    "/{}",
    "/session/{}",
    "/session/{}/sound",
    "/session/{}/delete",
    "/session/{}/again",
    "/session/{}/as/{}",
    "/session/2026-01-01-0900-first/as/{}",
    "/static/{}",
    "/?page={}&round={}&persona={}",
    "/search?q={}",
    "/compare?before={}&after={}",
    "/compare?before=2026-01-01-0900-first&after={}",
    "/progress?{}",
]
RANGES = ["bytes=0-1", "bytes=-", "bytes=9-1", "x", "bytes=0-1,3-4," * 50, "bytes=99999999999-"]
ALLOWED = {200, 206, 303, 307, 400, 403, 404, 405, 409, 413, 416}


def test_hostile_input_is_refused_quietly(window: Window) -> None:
    chance = random.Random(3)
    for _ in range(400):
        route = chance.choice(ROUTES)
        path = route.format(*("".join(chance.choices(PIECES, k=chance.randint(1, 3))) for _ in range(4)))
        odd = {
            "range": chance.choice(
                ["bytes=0-1", "bytes=-", "bytes=9-1", "x", "bytes=0-1,3-4," * 50, "bytes=99999999999-"]
            )
        }
        answer = window.get(path, **odd)
        assert answer.status in ALLOWED, (path, answer.status)
        assert b"TOP SECRET" not in answer.body
        assert b"Traceback" not in answer.body
        posted = window.post(path.split("?")[0], "text=" + chance.choice(PIECES))
        assert posted.status in ALLOWED, (path, posted.status)
    assert {folder.name for folder in sessions.folders()} == {FIRST, SECOND}


@pytest.mark.parametrize(
    "body", ["", "text", "text=%ff%fe", "&" * 5_000, "=" * 999, "text=" + "x" * 60_000, "star=on", "text=%00"]
)
def test_any_note_is_kept_or_refused(window: Window, body: str) -> None:
    assert window.post(f"/session/{FIRST}/notes", body).status in (303, 413)
    assert window.get(f"/session/{FIRST}").status == 200


WORD = '{"text": "a", "start": 4, "end": 5, "probability": 1, "filler": false}'
FINAL = (
    '{"schema": 1, "at": 6, "event": "FinalHypothesis", "text": "a b", "words": [WORD], '
    '"audio_start": 4, "audio_end": 5}'
)
BROKEN = {
    "events.jsonl": [
        '{"schema": 1, "at": 1e15, "event": "SpeechStarted"}',
        '{"schema": 1, "at": 1' + "0" * 400 + ', "event": "SpeechStarted"}',
        FINAL.replace("WORD", WORD.replace('"start": 4', '"start": "x"')),
        FINAL.replace("WORD", WORD.replace('"start": 4', '"start": null')),
        FINAL.replace("WORD", WORD.replace('"a"', "5")),
        FINAL.replace("WORD", WORD.replace('"a"', '"\\ud800"')),
        FINAL.replace("WORD", WORD).replace('"a b"', '["a"]'),
        FINAL.replace("WORD", WORD).replace('"audio_start": 4', '"audio_start": 1' + "0" * 400),
    ],
    "session.json": [
        '{"schema": 1, "title": "\\ud800"}',
        '{"schema": 1, "title": 5, "models": []}',
        "[]",
        "1" * 5000,
    ],
    "notes.json": ['{"text": "\\ud800"}', "[]", '{"text": 5, "star": "yes"}'],
    "report.json": [
        '{"pacing": {"speech_rate_wpm": 1' + "0" * 400 + "}}",
        '{"answers": [{"question": "\\ud800"}]}',
        '{"answers": [{"scores": {"overall": 1e400}, "start": NaN}]}',
        "[" * 50_000,
    ],
}


@pytest.mark.parametrize(("name", "content"), [(name, one) for name in BROKEN for one in BROKEN[name]])
def test_a_folder_that_was_edited_by_hand_breaks_nothing(window: Window, name: str, content: str) -> None:
    path = sessions.shelf() / FIRST / name
    before = path.read_text("utf-8") if name == "events.jsonl" else ""
    path.write_text(before + content + "\n")
    for page in ("/", "/progress", "/search?q=latency", f"/session/{FIRST}", f"/session/{FIRST}/as/html"):
        assert window.get(page).status == 200
    assert SECOND in window.get("/").text


def test_a_stored_report_cannot_bring_markup_in(window: Window) -> None:
    path = sessions.shelf() / FIRST / "report.json"
    row = json.loads(path.read_text("utf-8"))
    answer = next(one for one in row["answers"] if one["star"]["segments"])
    answer["star"]["segments"][0] |= {"label": '"><script>alert(1)</script>', "at": 4.0}
    path.write_text(json.dumps(row))
    for page in (f"/session/{FIRST}", f"/session/{FIRST}/as/html"):
        assert "<script>alert" not in window.get(page).text


def test_what_is_half_deleted_is_no_session_and_stops_nobody(window: Window) -> None:
    (sessions.shelf() / ".deleted-foo").write_text("")
    (sessions.shelf() / ".deleted-1-2026-01-01-0900-old").mkdir()
    assert window.post(f"/session/{FIRST}/delete").status == 303
    assert [folder.name for folder in sessions.folders()] == [SECOND]


def test_a_session_shows_what_its_rounds_were_about(own: Path, window: Window) -> None:
    asked = (
        "What makes a good handover to the next shift?",
        "The posting speaks of growth. Which metric would you trade for which one there?",
    )
    said = "I say who is the sickest and what I expect, and I let them repeat it back to me"
    folder = held(
        "2026-01-06-0900-rounds",
        [
            SessionStarted(at=Seconds(0.0)),
            *line(1.0, asked[0], "ask", 2.0),
            *speech(4.0, said, 0.9),
            *line(15.0, asked[1], "ask", 2.0),
            *speech(18.0, said, 0.9),
            SessionEnded(at=Seconds(30.0), reason="over"),
        ],
    )
    meta = sessions.read_meta(folder)
    kept = replace(meta, pack="nursing/clinical", settings={"job": True, "resume": False})
    sessions.write_meta(folder, kept)
    page = window.get(f"/session/{folder.name}").text

    assert "What the round was about, and what was covered" in page
    assert "Held with a job posting," in page
    assert "Asked because the posting speaks of it." in page
    assert "Clinical interview" in page
    assert "<strong>Not heard:</strong>" in page
    assert 'id="rounds"' not in window.get(f"/session/{FIRST}").text
