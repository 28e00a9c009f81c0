"""The notebook's pages: today, the plan, the stories, the claims; from a client without a browser."""

import re
import shutil
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest

from tests.simulator.training.weeks.libraries import NO_END, Told
from tests.simulator.web import notebooks
from tests.simulator.web.asgi import OWN, PORT, Answer, ask, entered
from tests.simulator.web.notebooks import ASKED, NAME, belt, story
from vivavoce.simulator.web import notebook_pages, session_facts
from vivavoce.simulator.web.app import application
from vivavoce.transcripts.bank.story_file import FOLDER, Draft, write_draft
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.training import plan_file
from vivavoce.transcripts.training.plan_file import PlanFile

TODAY = date(2026, 11, 28)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{7*7}} [x](javascript:alert(1))"
RTL = "קו המיון \u202eenil"
PAGES = ("/", "/plan", "/stories", f"/stories/{NAME}", "/claims")


class Page(HTMLParser):
    """A page as it is read: its words, its tags and their attributes."""

    def __init__(self, answer: Answer, base: str) -> None:
        super().__init__()
        assert answer.status == 200
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.html = answer.text
        self.words = " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text.partition("<main")[2])).split())
        self.feed(answer.text)
        self.close()
        places = [value for name, value in self.attributes if name in ("src", "href", "action", "data-sound")]
        assert not [one for one in places if not one.startswith((f"{base}/", "#"))]
        assert not [name for name, _ in self.attributes if name.startswith("on") or name == "style"]
        levels = [int(tag[1]) for tag in self.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= level + 1 for level, below in pairwise(levels))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def of(self, name: str) -> list[str]:
        return [value for one, value in self.attributes if one == name]


class Window:
    """A browser window that was let in."""

    def __init__(self) -> None:
        self._app = application(PORT)
        self._headers = entered(self._app)
        self.pieces: list[str] = []

    def answer(self, path: str) -> Answer:
        self.pieces = []
        return ask(self._app, self._app.base + path, headers=self._headers, seen=self.pieces.append)

    def post(self, path: str, **form: str) -> Answer:
        more = self._headers | {"origin": OWN}
        return ask(self._app, self._app.base + path, "POST", more, urlencode(form).encode())

    def page(self, path: str) -> Page:
        return Page(self.answer(path), self._app.base)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home, on TODAY; answers are read by their words alone."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    on(TODAY, monkeypatch)
    monkeypatch.setattr(session_facts, "embedding", lambda: None)
    return tmp_path


@pytest.fixture
def window() -> Window:
    return Window()


def on(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook_pages, "today", lambda: day)


def test_whoever_is_new_is_told_how_to_begin(window: Window) -> None:
    page = window.page("/")
    assert page.words.startswith('id="main"> Saturday 28 November Begin an interview Begin a plan')
    assert "Day of the interview" in page.words
    assert "2026-11-28" in page.of("min")
    assert "Nothing here yet. Begin an interview , or hear one in a terminal: vivavoce demo" in page.words
    assert "There is no plan yet." in window.page("/plan").words
    assert "vivavoce stories draft --resume FILE" in window.page("/stories").words
    assert "No figures yet" in window.page("/claims").words
    assert window.answer(f"/stories/{NAME}").status == 404


def test_a_plan_is_begun_with_the_day_of_the_interview(window: Window) -> None:
    answer = window.post("/plan", interview="2026-12-04", title=" ICU\x07 nurse ")
    assert (answer.status, answer.headers["location"].rpartition("/")[2]) == (303, "plan")
    assert "Your interview (ICU nurse) is in 6 days" in window.page("/").words
    again = window.post("/plan", interview="2026-12-05")
    assert again.status == 422
    assert "there is a plan" in again.text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-27", "is past"),
        ("", "choose the day"),
        ("soon", "choose the day"),
        ("2026-02-30", "choose the day"),
        ("9999-12-31", "no plan can have"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_no_plan_is_there(day: str, said: str, window: Window) -> None:
    answer = window.post("/plan", interview=day)
    assert answer.status == 422
    assert said in answer.text
    assert not plan_file.path().exists()


@pytest.mark.proves("P09")
def test_today_comes_first_then_the_drills_with_their_reason_and_the_last_two_points(window: Window) -> None:
    notebooks.a_week(TODAY)
    page = window.page("/")
    order = [
        *("Left today", "Your interview (Shift lead) is in 4 days, on Wednesday 2 December."),
        *(
            "Drills that are due",
            "What you did yourself was told briefly, or hard to find (in 5 of your last 5 sessions).",
        ),
        *("Begin : Your own step", "From your last session", "Your sessions"),
    ]
    places = [page.words.index(one) for one in order]
    assert places == sorted(places)
    last = page.html.partition("From your last session")[2].partition("</section>")[0]
    assert last.count("<li>") == 2
    assert re.search(rf'href="[^"]*/session/{TODAY}-0700-\d+#t', last)


def test_a_page_of_the_list_has_the_list_alone(window: Window) -> None:
    notebooks.a_week(TODAY)
    for path in ("/?page=1", "/?round=behavioral", "/?star=1"):
        words = window.page(path).words
        assert words.startswith('id="main"> Your sessions')
        assert "Left today" not in words


def test_the_plan_says_what_was_done_and_plainly_what_was_skipped(window: Window) -> None:
    notebooks.a_week(TODAY)
    page = window.page("/plan")
    stories = (
        "\N{EN DASH} Tell three stories, each in under three minutes by the clock. Done: The sorting line "
        "(Wednesday 25 November). The rest was skipped."
    )
    assert stories in page.words
    assert "Skipped: your project from beginning to end" in page.words
    assert "✓" not in page.words
    assert page.of("aria-current") == ["date"]
    assert "Saturday 28 November, today" in page.words
    assert "%" not in page.words


def test_what_is_done_is_ticked(window: Window) -> None:
    notebooks.a_week(TODAY)
    for name in ("one", "two", "three"):
        fields = dict.fromkeys(("problem", "reason", "data", "model", "metrics"), "Some words.")
        write_draft(Draft(name=name, title=f"Story {name}", fields=fields))
    words = window.page("/plan").words
    assert words.count("✓") == 1
    assert "✓ Write down three stories, 5 of their seven fields at least. Done: Story one; " in words
    (home() / FOLDER / "one.md").unlink()
    assert "✓" not in window.page("/plan").words


@pytest.mark.proves("T04")
@pytest.mark.parametrize("days", [3, 4])
def test_the_last_day_offers_nothing_new_and_the_card(
    window: Window, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    notebooks.a_week(TODAY)
    on(TODAY + timedelta(days), monkeypatch)
    words = window.page("/").words
    assert "Nothing new today" in words
    for new in ("Left today", "Drills that are due", "From your last session", "Still open"):
        assert new not in words
    plan = window.page("/plan")
    assert "card" in plan.of("id")
    card = plan.words.partition("To take along")[2]
    assert card.startswith(" Your stories The sorting line 40 s")
    for new in ("kipped", "Still open", "vivavoce"):
        assert new not in plan.words
    assert "✓" not in plan.words  # one story of the three that were wanted


def test_before_the_plan_begins_and_after_the_interview_it_is_said(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    home().mkdir(parents=True)
    plan_file.write(PlanFile(interview=TODAY + timedelta(30), started=TODAY))
    assert "The plan begins on Monday 21 December." in window.page("/").words
    on(TODAY + timedelta(31), monkeypatch)
    for path in ("/", "/plan"):
        words = window.page(path).words
        assert "Your interview was on Monday 28 December." in words
        assert "vivavoce debrief" in words


def test_a_plan_that_cannot_be_used_is_one_line_and_the_rest_goes_on(window: Window) -> None:
    notebooks.a_week(TODAY)
    (home() / "plan.toml").write_text("interview = <b>soon</b>")
    page = window.page("/")
    assert "Cannot use" in page.words
    assert "Drills that are due" in page.words
    assert "Cannot use" in window.page("/plan").words


def test_stories_stand_with_their_themes_their_takes_and_what_is_open(window: Window) -> None:
    notebooks.a_week(TODAY)
    words = window.page("/stories").words
    assert "No story yet tells of conflict, failure, ambiguity or leadership." in words
    assert "Told twice: Thursday 26 November in 40 s; Wednesday 25 November in 40 s." in words
    assert re.search(r"The latest take told the problem.* Left open: why this way", words)
    assert "Die Nachtschicht über Ostern" in words
    assert "Not told aloud yet. Still to write" in words
    assert "Tell it now : Die Nachtschicht über Ostern" in words
    assert "Still to write: why this way" in words


def test_a_story_has_its_words_its_takes_its_ladder_and_its_claims(window: Window) -> None:
    notebooks.a_week(TODAY)
    page = window.page(f"/stories/{NAME}")
    order = [
        *("Your takes, the newest first", "Thursday 26 November", "Wednesday 25 November"),
        *("The same in less time", "In 30 seconds", "In 180 seconds", "What you wrote"),
        *("I moved the scanner in front of the scales.", "What it claims"),
    ]
    places = [page.words.index(one) for one in order]
    assert places == sorted(places)
    links = [one for one in page.of("href") if re.search(r"/session/2026-11-26-1900-\d+#t[\d.]+$", one)]
    assert links
    assert "takes you 40 s, with all of it" in page.words
    assert page.tags.count("del") >= 1
    assert "Said as 40 percent on Wednesday, 25 percent on Thursday" in page.words
    assert "fifteen" not in page.words.lower()


@pytest.mark.proves("M08")
def test_what_differs_stands_first_with_day_words_and_sound(window: Window) -> None:
    notebooks.a_week(TODAY)
    page = window.page("/claims")
    assert page.words.index("Said as 40 percent on Wednesday, 25 percent on Thursday") < page.words.index(
        "Said the same each time"
    )
    assert "Thursday 26 November : As a result the stops fell by 25 percent" in page.words
    sounds = list(zip(page.of("data-sound"), page.of("data-at"), strict=True))
    place, at = next(one for one in sounds if "2026-11-26-1900" in one[0])
    assert window.answer(place[place.index("/session") :]).status == 200
    assert float(at) > 20
    shutil.rmtree(sessions.shelf() / place.split("/")[-2])
    assert "25 percent" not in window.page("/claims").words


def test_without_its_recording_nothing_of_a_session_is_played(window: Window) -> None:
    notebooks.told(TODAY, 8, Told(question=ASKED, answer=notebooks.BELT.format(share="40")), sound=False)
    page = window.page("/claims")
    assert "percent" in page.words
    assert not page.of("data-sound")


def test_what_has_to_be_read_first_comes_in_pieces_and_only_once(window: Window) -> None:
    notebooks.a_week(TODAY)
    for path in ("/", "/stories", "/claims"):
        page = window.page(path)
        assert "being read" in window.pieces[0], path
        assert page.html.count("<h1>") == page.html.count("</main>") == 1
    for path in PAGES:
        assert "being read" not in window.answer(path).text, path
    assert "being read" not in Window().answer("/").text  # another start knows it too


def test_of_many_sessions_some_are_read_at_a_time_and_that_is_said(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebooks.a_week(TODAY)
    monkeypatch.setattr(notebook_pages, "AT_ONCE", 3)
    for path in ("/", "/claims"):
        assert "2 earlier sessions are not read yet" in window.page(path).words
        assert "not read yet" not in window.page(path).words


def spoiled(name: str) -> None:
    """Spoil what there is of one session, and leave others whole."""
    folder = next(one for one in sessions.folders() if name in one.name)
    (folder / "events.jsonl").write_bytes(b"\xff\x00 no journal\n" * 50)
    (folder / "report.json").write_bytes(b"{")
    other = sessions.shelf() / "2026-11-27-2000-broken"
    other.mkdir()
    (other / "session.json").write_text("[")


def test_broken_sessions_and_stories_are_told_and_the_others_shown(window: Window) -> None:
    notebooks.a_week(TODAY)
    spoiled("2026-11-26-1900")
    (home() / FOLDER / "half.md").write_text("---\ntitle: Half\n## The problem\nIt stood still")
    (home() / FOLDER / "bytes.md").write_bytes(b"\x00\x01\x02")
    (home() / FOLDER / "sorting-line (1).md").write_text("a copy")
    for path in PAGES:
        window.page(path)
    words = window.page("/stories").words
    assert "Its head has no second line" in words
    assert "It is no text" in words
    assert "looks like a copy" in words
    assert "The sorting line" in words
    assert "Left today" in window.page("/").words


def test_names_in_any_script_and_hostile_words_are_shown_as_words(window: Window) -> None:
    for name, title in (("rtl", RTL), ("evil", EVIL), ("long", "W" * 190)):
        write_draft(Draft(name=name, title=title, fields={"problem": f"{title} by 40 percent"}))
    (home() / FOLDER / "straße & co.md").write_text("## The problem\n\nWir standen still.")
    notebooks.told(TODAY, 8, Told(question=EVIL, answer=f"{EVIL} by 40 percent. {NO_END}"), story="evil")
    page = window.page("/stories")
    assert "קו המיון" in page.words
    assert "\u202e" not in page.html
    links = [one for one in page.of("href") if "/stories/" in one]
    assert len({*links}) == 4
    for link in links:
        found = window.page(unquote(link[link.index("/stories/") :]))
        assert "img" not in found.tags
        assert found.tags.count("script") == 1
    for path in ("/", "/claims"):
        assert "img" not in window.page(path).tags


def test_a_story_is_named_by_its_file_and_nothing_else(window: Window, own: Path) -> None:
    (own / "home").mkdir()
    story()
    (own / "home" / "secret.md").write_text("SECRET")
    for name in (
        "..",
        "../secret",
        "..%2fsecret",
        "%2e%2e/secret",
        "sorting-line.md",
        "x" * 3000,
        "%00",
        "é",
    ):
        answer = window.answer(f"/stories/{name}")
        assert answer.status in (400, 404), name
        assert b"SECRET" not in answer.body


def test_two_hundred_stories_are_shown(window: Window) -> None:
    for number in range(200):
        story(f"story-{number:03}", f"Story {number}")
    belt(TODAY)
    page = window.page("/stories")
    assert page.tags.count("h2") == 201
    assert "and 197 more" in page.words
    assert "Said in one place alone" in window.page("/claims").words


def test_the_pages_write_nothing_but_the_cache(window: Window) -> None:
    notebooks.a_week(TODAY)

    def seen() -> dict[str, bytes]:
        files = (one for one in home().rglob("*") if one.is_file() and "cache" not in one.parts)
        return {str(one): one.read_bytes() for one in files}

    before = seen()
    for path in PAGES:
        window.page(path)
    assert seen() == before
