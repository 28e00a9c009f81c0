"""A new interview: what the page offers, what becomes of a form, and what is said of a mistake."""

import json
import os
import re
import stat
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.simulator.web import notebooks
from tests.simulator.web.asgi import OWN, PORT, Answer, ask, entered
from tests.simulator.web.test_notebook import TODAY, Page, on
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.pack_list import listed
from vivavoce.personas.content.persona import names, persona
from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.room.room import Asked, Room
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.web import app as web
from vivavoce.simulator.web.handed_in import MOST_BYTES, MOST_FILES, HandedIn
from vivavoce.simulator.web.new_interview import FormError, manner, wanted
from vivavoce.simulator.web.notebook import begins
from vivavoce.transcripts.journal.home import home

RESUME = """Robin Example
Experience
Shift lead, Example Parcels, 2021 to 2024
- Moved the scanner in front of the scales, which cut the stops by 40 percent
- Taught both shifts the new order
Education
School of Example, 2015
"""
POSTING = (
    "Shift lead at Example Parcels\nYou will lead a shift of twelve people.\nRequirements: planning, safety"
)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    on(TODAY, monkeypatch)
    return tmp_path


@pytest.fixture
def handed() -> HandedIn:
    return HandedIn()


class Window:
    """A browser window that was let in, on a server that opens rooms."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[Asked] = []
        monkeypatch.setattr(Rooms, "open", lambda _, asked: self._open(asked))
        self.app = web.application(PORT)
        self._headers = entered(self.app)

    def _open(self, opening: Asked) -> Room:
        self.opened.append(opening)
        return Room("key", opening)

    def get(self, path: str) -> Answer:
        return ask(self.app, self.app.base + path, headers=self._headers)

    def post(self, path: str, body: bytes) -> Answer:
        return ask(self.app, self.app.base + path, "POST", self._headers | {"origin": OWN}, body)

    def sent(self, **form: str) -> Answer:
        return self.post("/interview", urlencode(form).encode())

    def page(self, answer: Answer) -> Page:
        return Page(Answer(200, answer.headers, answer.body), self.app.base)


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Window:
    return Window(monkeypatch)


def test_every_round_is_offered_as_its_pack_says() -> None:
    found = {one.id: one for one in listed()}
    assert [*found][:4] == ["behavioral", "project-story", "loop", "mock-loop"]
    assert {*found} == {*names("packs")}
    for name in ("behavioral", "linkedin-ml/coding", "nursing/mock-loop", "linkedin-ml/loop"):
        whole = pack(name)
        assert (found[name].title, found[name].minutes) == (whole.title, whole.minutes)
    assert {one.id for one in found.values() if one.writes} >= {"backend/coding", "linkedin-ml/ml-design"}
    assert not found["behavioral"].writes


def test_a_round_of_ones_own_is_offered_and_one_that_cannot_be_read_is_not_in_the_way() -> None:
    own = home() / "packs"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('round = "mine"\ntitle = "Mine"\nminutes = 9\n', "utf-8")
    (own / "broken.toml").write_text("round = ", "utf-8")
    found = {one.id: one for one in listed()}
    assert found["mine"].minutes == 9
    assert "broken" not in found
    (own / "mine.toml").write_text('round = "mine"\ntitle = "Mine, later"\nminutes = 12\n', "utf-8")
    assert {one.id: one for one in listed()}["mine"].title == "Mine, later"


@pytest.mark.parametrize(
    ("who", "how"),
    [
        ("omar", ["dry", "quick", "doubts what you say", "interrupts early"]),
        ("rosa", ["warm"]),
        ("aiko", ["friendly", "unhurried", "never interrupts"]),
    ],
)
def test_somebody_is_told_of_by_how_they_ask(who: str, how: list[str]) -> None:
    assert manner(persona(who)) == how


def test_everybody_is_told_of() -> None:
    assert all(manner(persona(name)) for name in names("people") if name != "helen")


def test_three_choices_make_an_interview(handed: HandedIn) -> None:
    found = wanted({"round": "backend/coding", "persona": "viktor", "resume": RESUME}, handed)
    assert (found.wanted.round, found.wanted.persona, found.wanted.minutes) == (
        "backend/coding",
        "viktor",
        None,
    )
    assert found.pad
    path = Path(found.settings.resume)
    assert path.read_text("utf-8") == RESUME.strip()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    handed.close()
    assert not path.parent.exists()


def test_an_empty_form_is_the_usual_interview(handed: HandedIn) -> None:
    found = wanted({}, handed)
    assert (found.wanted.round, found.wanted.persona, found.pad) == ("behavioral", "dana", False)
    assert (found.settings.resume, found.settings.job, found.wanted.question) == ("", "", None)


def test_what_is_special_is_taken(handed: HandedIn) -> None:
    form = {"minutes": " 12.5 ", "question": "What  did you\nlearn?", "title": "Shift lead", "pad": "yes"}
    found = wanted(form, handed)
    assert (found.wanted.minutes, found.wanted.question) == (12.5, "What did you learn?")
    assert (found.wanted.title, found.pad) == ("Shift lead", True)
    assert not wanted({"round": "backend/coding", "pad": "no"}, handed).pad


@pytest.mark.parametrize(
    ("form", "field", "line"),
    [
        ({"round": "nothing"}, "round", "no such round"),
        ({"round": "../../etc/passwd.toml"}, "round", "no such round"),
        ({"persona": "/tmp/evil.toml"}, "persona", "no such interviewer"),
        *(({"minutes": one}, "minutes", "from 1 to 240") for one in ("0", "241", "ten", "nan", "inf", "-3")),
        ({"question": "x" * 501}, "question", "500 characters"),
        ({"title": "x" * 201}, "title", "200 characters"),
        ({"resume": "x" * 40_001}, "resume", "40,000"),
        ({"resume_file": "gone"}, "resume", "choose it again"),
        ({"job_file": "gone", "job": "text"}, "job", "twice"),
        ({"resume": "%PDF-1.4 nothing"}, "resume", "The résumé cannot be used: it is"),
    ],
)
def test_each_mistake_has_its_line(handed: HandedIn, form: dict[str, str], field: str, line: str) -> None:
    with pytest.raises(FormError) as told:
        wanted(form, handed)
    assert [*told.value.mistakes] == [field]
    assert line in told.value.mistakes[field]
    assert "\n" not in told.value.mistakes[field]


def test_all_mistakes_are_told_at_once_and_what_was_typed_stays(window: Window) -> None:
    answer = window.sent(
        round="behavioral", persona="priya", minutes="many", title='"><evil>', question="y" * 600
    )
    assert answer.status == 422
    assert window.opened == []
    page = window.page(answer)
    assert "2 things have to be mended first." in page.words
    assert "Give the minutes as a number from 1 to 240" in page.words
    assert {"many", '"><evil>', "y" * 600} <= {*page.of("value")}
    assert "evil" not in page.tags
    assert re.search(r'value="priya" checked', answer.text)
    assert re.search(r'<details class="card more" open', answer.text)
    assert page.of("aria-describedby") == ["wrong-minutes", "wrong-question"]


def test_a_form_leads_into_its_room(window: Window) -> None:
    answer = window.sent(round="nursing/clinical", persona="rosa")
    assert (answer.status, answer.headers["location"]) == (303, f"{window.app.base}/room/key")
    assert window.opened[0].wanted.round == "nursing/clinical"


def test_where_no_room_can_be_opened_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(rooms: Rooms, asked: Asked) -> Room:
        raise RequestError("all seats are taken")

    monkeypatch.setattr(Rooms, "open", full)
    app = web.application(PORT)
    headers = entered(app) | {"origin": OWN}
    answer = ask(app, f"{app.base}/interview", "POST", headers, b"round=behavioral")
    assert answer.status == 422
    assert "ll seats are taken" in answer.text


def test_what_an_address_names_is_chosen(window: Window) -> None:
    answer = window.get("/interview?round=backend/coding&persona=omar&question=two-sum")
    assert re.search(r'value="backend/coding" checked', answer.text)
    assert re.search(r'value="omar" checked', answer.text)
    assert re.search(r'<details class="trade" open><summary>Backend engineer', answer.text)
    assert 'value="two-sum"' in answer.text
    assert window.page(answer).words


def test_papers_of_the_settings_are_used_unless_others_are_given(
    own: Path, handed: HandedIn, window: Window
) -> None:
    paper = own / "cv of mine.md"
    paper.write_text(RESUME, "utf-8")
    home().mkdir(parents=True, exist_ok=True)
    (home() / "config.toml").write_text(f'resume = "{paper.as_posix()}"\n', "utf-8")
    assert "Use the one from your settings: cv of mine.md" in window.page(window.get("/interview")).words
    assert wanted({"own_resume": "1"}, handed).settings.resume == str(paper)
    assert wanted({"own_resume": "1", "resume": RESUME}, handed).settings.resume != str(paper)
    assert wanted({}, handed).settings.resume == ""
    paper.unlink()
    with pytest.raises(FormError, match="it cannot be read"):
        wanted({"own_resume": "1"}, handed)


def test_a_file_is_read_when_it_is_handed_in_and_used_when_it_begins(window: Window) -> None:
    answer = window.post("/interview/paper?what=resume&name=cv.md", RESUME.encode())
    told = json.loads(answer.body)
    assert answer.status == 200
    assert re.fullmatch(r"Read: \d roles?, \d projects?\.", told["said"])
    window.sent(resume_file=told["key"])
    path = Path(window.opened[0].settings.resume)
    assert path.read_text("utf-8") == RESUME
    assert path.suffix == ".md"


@pytest.mark.parametrize(
    ("query", "content", "line"),
    [
        ("what=resume&name=cv.pdf", b"\x89PNG\r\n", "a picture"),
        ("what=job&name=job.txt", b"", "The posting cannot be used"),
        ("what=passwd&name=x", b"x", "no such paper"),
        ("what=resume&name=../../x.%00pdf", b"\x00" * 500, "cannot be used"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_kept(
    window: Window, query: str, content: bytes, line: str
) -> None:
    answer = window.post(f"/interview/paper?{query}", content)
    told = json.loads(answer.body)
    assert answer.status == 422
    assert line in told["why"]
    assert "vivavoce-" not in told["why"]  # where it was kept is nobody's business
    assert "key" not in told


def test_a_posting_is_told_by_its_title(window: Window) -> None:
    told = json.loads(window.post("/interview/paper?what=job&name=job.txt", POSTING.encode()).body)
    assert told["said"].startswith("Read")


def test_a_file_has_five_megabytes_and_a_form_one(window: Window) -> None:
    paper, form = "/interview/paper?what=job&name=x.txt", "/interview"
    assert window.post(paper, b"x" * (MOST_BYTES + 1)).status == 413
    assert window.post(paper, b"\x00" * MOST_BYTES).status == 422
    assert window.post(form, b"title=" + b"x" * 1024 * 1024).status == 413


def test_only_so_many_files_are_kept(handed: HandedIn) -> None:
    keys = [handed.keep(b"x", ".txt") for _ in range(MOST_FILES + 1)]
    assert handed.path(keys[0]) is None
    last = handed.path(keys[-1])
    assert last is not None
    assert len([*last.parent.iterdir()]) == MOST_FILES
    handed.forget(last)
    assert not last.exists()
    handed.close()
    assert not last.parent.exists()


def test_a_name_leads_nowhere_else(handed: HandedIn) -> None:
    path = handed.path(handed.keep(b"x", "./../../x"))
    assert path is not None
    assert path.suffix == ""
    handed.close()


def test_a_drill_begins_with_its_own_questions(handed: HandedIn) -> None:
    found = wanted({"drill": "own-step", "resume": RESUME}, handed)
    assert (found.wanted.drill, found.settings.resume) == ("own-step", "")
    assert found.wanted.content().most_questions == 2
    assert found.timing is None


def test_a_story_is_told_against_the_clock(handed: HandedIn) -> None:
    notebooks.a_week(TODAY)
    found = wanted({"story": notebooks.NAME}, handed)
    assert (found.wanted.story, found.wanted.minutes) == (notebooks.NAME, 3)
    assert found.timing is not None


@pytest.mark.parametrize(
    ("form", "line"), [({"drill": "none"}, "no drill"), ({"story": "../x"}, "name has letters")]
)
def test_what_there_is_not_is_told(window: Window, form: dict[str, str], line: str) -> None:
    answer = window.sent(**form)
    assert answer.status == 422
    assert line in window.page(answer).words.lower() or line in window.page(answer).words


@pytest.mark.parametrize(
    ("how", "form"),
    [
        ("vivavoce interview --round backend/coding", {"round": "backend/coding"}),
        ("vivavoce interview --round x --question 'a b'", {"round": "x", "question": "a b"}),
        ("vivavoce drills run interruption", {"drill": "interruption"}),
        ("vivavoce story NAME", {}),
        ("vivavoce stories", {}),
        ("", {}),
    ],
)
def test_what_a_command_of_the_plan_does_a_button_does(how: str, form: dict[str, str]) -> None:
    assert begins(how) == form


def test_what_is_due_begins_with_a_button(window: Window) -> None:
    notebooks.a_week(TODAY)
    for path in ("/", "/plan", "/stories", f"/stories/{notebooks.NAME}"):
        page = window.page(window.get(path))
        assert f"{window.app.base}/interview" in page.of("action"), path
    assert "own-step" in window.page(window.get("/")).of("value")
    assert notebooks.NAME in window.page(window.get("/stories")).of("value")
