"""A class on one server: libraries apart, and a teacher who sees what was handed in and nothing else."""

import asyncio
import json
import queue
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlencode

import pytest

from tests.simulator.room.rooms_held import Window as RoomWindow
from tests.simulator.room.rooms_held import furnish
from tests.simulator.session_folders import held
from tests.simulator.web.asgi import PORT, Answer, ask, asked
from vivavoce.simulator.classroom import handing_in
from vivavoce.simulator.door import password, windows
from vivavoce.simulator.door.login import NOT_YOURS
from vivavoce.simulator.door.password import Password
from vivavoce.simulator.door.remote import Remote
from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room import rooms as rooms_module
from vivavoce.simulator.room.room import Asked
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.web import app, handed_in, new_interview
from vivavoce.simulator.web.app import application
from vivavoce.simulator.web.doorkeeper import Doorkeeper
from vivavoce.simulator.web.handed_in import MOST_FILES, HandedIn
from vivavoce.transcripts.errors import LibraryError, UnwritableError
from vivavoce.transcripts.journal import log, notes
from vivavoce.transcripts.journal.home import home, own_home, served, whose
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.scoring.assessment import PLAIN, Reader

NAME = "room.test:8437"
FIRST = "2026-01-01-0900-first"
NAMES = ("teacher", "ana", "ben")
ORIGIN = {"origin": f"https://{NAME}"}


class Person:
    """A window that somebody came in by, with their name."""

    def __init__(self, door: Doorkeeper, name: str) -> None:
        self._door = door
        answer = entered(door, name, f"password of {name}")
        assert answer.status == 303
        self._cookie = {"cookie": answer.headers["set-cookie"].split(";")[0]}

    def get(self, path: str) -> Answer:
        return ask(self._door, self._door.base + path, headers=self._cookie, host=NAME)

    def post(self, path: str, body: bytes = b"") -> Answer:
        return asyncio.run(self.sent(path, body))

    async def sent(self, path: str, body: bytes = b"") -> Answer:
        return await asked(self._door, self._door.base + path, "POST", self._cookie | ORIGIN, body, host=NAME)


def entered(door: Doorkeeper, name: str, text: str) -> Answer:
    form = urlencode({"username": name, "password": text}).encode()
    return ask(door, "/", "POST", ORIGIN, form, host=NAME)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.setattr(password, "COST", {"n": 2, "r": 1, "p": 1})
    held("2026-01-01-0900-of-the-machine")
    for name in ("ana", "ben"):
        with served(name):
            held(FIRST)


def door(*names: str) -> Doorkeeper:
    passwords = {name: Password.of(f"password of {name}") for name in names}
    certificate = Path("certificate.pem")
    return application(PORT, Remote(host=NAME, passwords=passwords, certificate=certificate, key=certificate))


@pytest.fixture
def room() -> Doorkeeper:
    return door(*NAMES)


def listed(person: Person) -> set[str]:
    return set(re.findall(r"/session/([\w-]+)\"", person.get("/").text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ana", "password of ben"),
        ("nobody", "password of ana"),
        ("", "password of ana"),
        ("teacher", "password of ana"),
        ("../ana", "password of ana"),
    ],
)
def test_a_name_opens_with_its_own_password_alone(room: Doorkeeper, name: str, text: str) -> None:
    answer = entered(room, name, text)
    assert answer.status == 403
    assert NOT_YOURS in answer.text
    assert f'value="{name}"' in answer.text


def test_a_name_is_asked_for_where_there_are_several(room: Doorkeeper) -> None:
    page = ask(room, "/", host=NAME).text
    assert re.search(r'<label for="name">Your name</label>\s*<input id="name" name="username"', page)
    assert page.count("autofocus") == 1


def test_a_name_may_be_typed_as_it_is_written(room: Doorkeeper) -> None:
    assert entered(room, " Ana ", "password of ana").status == 303


def test_whoever_mistypes_a_name_is_told_so_however_many_did(room: Doorkeeper) -> None:
    for number in range(password.FREE + 2):
        answer = entered(room, f"anna{number}", "password of ana")
        assert (answer.status, NOT_YOURS in answer.text) == (403, True)
    for _ in range(password.FREE + 1):
        entered(room, "ben", "a wrong password")
    assert entered(room, "ben", "password of ben").status == 429
    assert entered(room, "ana", "password of ana").status == 303


def test_each_has_a_library_apart(room: Doorkeeper) -> None:
    with served("ana"):
        held("2026-01-02-0900-of-ana")
    ana, ben = Person(room, "ana"), Person(room, "ben")

    assert listed(ana) == {FIRST, "2026-01-02-0900-of-ana"}
    assert listed(ben) == {FIRST}
    for path in ("", "/sound", "/as/json"):
        assert ana.get(f"/session/2026-01-02-0900-of-ana{path}").status == 200
        assert ben.get(f"/session/2026-01-02-0900-of-ana{path}").status == 404
    ben.post(f"/session/{FIRST}/delete")
    assert listed(ben) == set()
    assert FIRST in listed(ana)


def test_the_teacher_sees_what_was_handed_in_and_nothing_else(room: Doorkeeper) -> None:
    ana, teacher = Person(room, "ana"), Person(room, "teacher")
    with served("ana"):
        notes.keep(sessions.find(FIRST), notes.Notes("for me alone"))
    assert "Nobody has handed in" in teacher.get("/").text
    assert listed(teacher) == set()

    assert ana.post(f"/session/{FIRST}/hand-in").status == 303
    assert ana.post(f"/session/{FIRST}/hand-in").status == 303

    (copy,) = listed(teacher)
    page = teacher.get(f"/session/{copy}").text
    assert "ana: first" in page
    assert "for me alone" not in page
    assert "Candidate" in page
    assert teacher.get(f"/session/{copy}/sound").status == 200
    assert teacher.get(f"/session/{copy}/as/html?sound=1").status == 200


def test_what_was_handed_in_stays_as_it_was_until_it_is_taken_back(room: Doorkeeper) -> None:
    ana, teacher = Person(room, "ana"), Person(room, "teacher")
    page = ana.get(f"/session/{FIRST}").text
    assert "Hand it in" in page
    ana.post(f"/session/{FIRST}/hand-in")
    assert "Take it back" in ana.get(f"/session/{FIRST}").text
    assert "keeps the copy" in ana.get(f"/session/{FIRST}/delete").text

    ana.post(f"/session/{FIRST}/hand-in?back")

    assert listed(teacher) == set()
    assert "Hand it in" in ana.get(f"/session/{FIRST}").text
    ana.post(f"/session/{FIRST}/hand-in")
    ana.post(f"/session/{FIRST}/delete")
    assert len(listed(teacher)) == 1


def test_two_may_hand_in_sessions_of_one_name(room: Doorkeeper) -> None:
    for name in ("ana", "ben"):
        Person(room, name).post(f"/session/{FIRST}/hand-in")
    Person(room, "ben").post(f"/session/{FIRST}/hand-in?back")
    assert listed(Person(room, "teacher")) == {f"{FIRST}_ana"}


def test_no_name_of_a_session_and_of_a_person_makes_the_copy_of_another() -> None:
    room, cut = door("teacher", "ana", "ben-ana"), "2026-01-02-0900-" + "long-" * 9
    of_ana = (f"{FIRST}-ben", f"{cut}-1", f"{cut}-2", "Zoë")
    given = [("ben-ana", FIRST), *(("ana", session) for session in of_ana)]
    for name, session in given:
        with served(name):
            held(session)
    for name, session in given:
        assert "Hand it in" in Person(room, name).get(f"/session/{session}").text
        Person(room, name).post(f"/session/{session}/hand-in")
        assert "Take it back" in Person(room, name).get(f"/session/{session}").text
    assert len(listed(Person(room, "teacher"))) == len(given)
    Person(room, "ana").post(f"/session/{FIRST}-ben/hand-in?back")
    assert "Take it back" in Person(room, "ben-ana").get(f"/session/{FIRST}").text


def test_two_clicks_hand_in_one_copy(room: Doorkeeper) -> None:
    ana = Person(room, "ana")

    async def clicked() -> None:
        await asyncio.gather(*(ana.sent(f"/session/{FIRST}/hand-in") for _ in range(4)))

    asyncio.run(clicked())
    assert listed(Person(room, "teacher")) == {f"{FIRST}_ana"}


def test_the_teacher_reads_what_the_student_read(room: Doorkeeper) -> None:
    """And where nobody has read it yet, it is read as anybody's is."""
    with served("ana"):
        folder = sessions.find(FIRST)
        report = json.loads((folder / sessions.REPORT_JSON).read_text())
        report["answers"][0]["why_not"] = "an older version said so"
        (folder / sessions.REPORT_JSON).write_text(json.dumps(report))
    Person(room, "ana").post(f"/session/{FIRST}/hand-in")
    with served("teacher"):
        given = json.loads((sessions.find(FIRST) / sessions.REPORT_JSON).read_text())
    assert given["answers"] == report["answers"]

    read: list[Reader] = []

    def reader() -> Reader:
        read.append(PLAIN)
        return PLAIN

    with served("ben"):
        handing_in.hand_in(sessions.find(FIRST), reader)
    assert read


def test_a_full_disk_is_said_without_a_folder_of_the_server(
    room: Doorkeeper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("write_meta", "shutil.copyfile"):
        with monkeypatch.context() as patch:
            patch.setattr(f"{handing_in.__name__}.{name}", full if "copy" in name else unwritable)
            answer = Person(room, "ana").post(f"/session/{FIRST}/hand-in")
        assert answer.status == 500
        assert "the disk of the server is full" in answer.text
        assert str(tmp_path) not in answer.text
    assert listed(Person(room, "teacher")) == set()
    with served("teacher"):
        assert not [one for one in sessions.shelf().iterdir() if one.name.startswith(".")]


def test_what_holds_nothing_is_said_without_a_folder_of_the_teacher(room: Doorkeeper, tmp_path: Path) -> None:
    with served("ana"):
        (sessions.shelf() / "2026-01-02-0900-empty").mkdir()
    answer = Person(room, "ana").post("/session/2026-01-02-0900-empty/hand-in")
    assert "nothing in it that can be read" in answer.text
    assert str(tmp_path) not in answer.text


def test_what_does_not_say_what_it_is_has_a_name_for_the_teacher(room: Doorkeeper) -> None:
    with served("ana"):
        (sessions.find(FIRST) / "session.json").unlink()
    Person(room, "ana").post(f"/session/{FIRST}/hand-in")
    assert f"ana: {FIRST}" in Person(room, "teacher").get("/").text


def unwritable(folder: Path, _: object) -> None:
    raise UnwritableError(f"cannot write {folder}: no space")


@pytest.mark.parametrize("path", ["plan", "stories", "claims", "progress", "interview", "room/x"])
def test_the_teacher_has_no_business_where_one_practises(room: Doorkeeper, path: str) -> None:
    assert Person(room, "teacher").get(f"/{path}").status == 404
    assert f'/{path}"' not in Person(room, "teacher").get("/").text


@pytest.mark.parametrize("what", ["hand-in", "again"])
def test_the_teacher_hands_in_nothing_and_has_nothing_heard(room: Doorkeeper, what: str) -> None:
    Person(room, "ana").post(f"/session/{FIRST}/hand-in")
    assert Person(room, "teacher").post(f"/session/{FIRST}_ana/{what}").status == 404


def test_nobody_hands_in_where_there_is_no_teacher() -> None:
    without = door("ana", "ben")
    ana = Person(without, "ana")
    assert "hand-in" not in ana.get(f"/session/{FIRST}").text
    ana.post(f"/session/{FIRST}/hand-in")
    with served("teacher"):
        assert not sessions.folders()


def test_what_is_still_running_is_not_handed_in(tmp_path: Path) -> None:
    with served("ana"):
        folder = sessions.find(FIRST)
        (folder / log.NAME).unlink()
        with closing(log.Journal(folder / log.NAME)), pytest.raises(LibraryError, match="still running"):
            handing_in.hand_in(folder, lambda: PLAIN)
    with served("teacher"):
        assert not sessions.folders()


def test_what_a_killed_program_left_is_finished_before_anybody_comes(tmp_path: Path) -> None:
    with served("ana"):
        folder = sessions.find(FIRST)
    for name in sessions.COMPUTED:
        (folder / name).unlink()
    left = folder.parent / ".deleted-1-x"
    left.mkdir()

    handing_in.complete(["ana", "ben"], lambda: PLAIN)

    assert all((folder / name).is_file() for name in sessions.COMPUTED)
    assert not left.exists()


def test_who_hands_in_many_papers_loses_those_of_nobody_else() -> None:
    handed = HandedIn()
    with served("ana"):
        key = handed.keep(b"a paper", ".txt")
    with served("ben"):
        for _ in range(MOST_FILES + 1):
            handed.keep(b"another", ".txt")
        assert handed.path(key) is None
    with served("ana"):
        assert handed.path(key) is not None
    handed.close()


def test_papers_that_come_at_once_lie_in_one_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def slow(prefix: str) -> str:
        time.sleep(0.05)
        made.append(mkdtemp(prefix=prefix))
        return made[-1]

    monkeypatch.setattr(handed_in, "mkdtemp", slow)
    handed = HandedIn()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: handed.keep(b"a paper", ""), range(8)))
    handed.close()
    assert not any(Path(one).exists() for one in made)


def test_who_comes_in_often_throws_nobody_else_out(room: Doorkeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "MOST", 2)
    ana, bens = Person(room, "ana"), [Person(room, "ben") for _ in range(4)]
    assert [one.get("/").status for one in (ana, *bens)] == [200, 303, 303, 200, 200]


def test_one_session_at_a_time_is_heard_again_whoever_asks(
    room: Doorkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: queue.Queue[str] = queue.Queue()
    go = threading.Event()

    def hear(name: str, settings: Settings) -> Path:
        heard.put(whose())
        assert go.wait(10)
        return Path(f"of-{whose()}")

    monkeypatch.setattr(app, "hear_again", hear)
    people = [Person(room, name) for name in ("ana", "ben")]
    for one in people:
        assert one.post(f"/session/{FIRST}/again", b"model=base").status == 303
        assert f"{FIRST} is being heard again" in one.get("/").text
    first = heard.get(timeout=10)
    with pytest.raises(queue.Empty):
        heard.get(timeout=0.3)
    go.set()
    assert {first, heard.get(timeout=10)} == {"ana", "ben"}
    for one, name in zip(people, ("ana", "ben"), strict=True):
        until = time.monotonic() + 10
        while f"of-{name} is new" not in (page := one.get("/").text):
            assert time.monotonic() < until
        assert f"of-{'ben' if name == 'ana' else 'ana'}" not in page


def test_a_room_keeps_its_session_for_whoever_opened_it(monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(monkeypatch)
    monkeypatch.setattr(rooms_module, "hear_once_more", lambda *_: 0)
    made = Rooms(lambda settings: 2)
    with served("ben"):
        room = made.open(Asked(settings=Settings(), wanted=Wanted(minutes=5)))
        assert made.find(room.key) is room
    with served("ana"):
        assert made.find(room.key) is None
    window = RoomWindow(room).join()
    room.command({"type": "begin"})
    window.state("speaking")
    room.command({"type": "end"})
    (to,) = {window.ended()["to"]}
    made.close()
    with served("ben"):
        assert sessions.find_exactly(to.rpartition("/")[2]).is_dir()


def test_nobody_of_a_class_is_in_two_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(monkeypatch)
    made, asked = Rooms(lambda settings: 2), Asked(settings=Settings(), wanted=Wanted(minutes=5))
    with served("ana"):
        left = [made.open(asked) for _ in range(4)]
        assert made.own() is None
        RoomWindow(left[-1]).join()
        with pytest.raises(RequestError, match="an interview of yours is going on"):
            made.open(asked)
        assert made.own() is left[-1]
    assert all(room.over(10) for room in left[:-1])
    with served("ben"):
        assert made.own() is None
        made.open(asked)
    with served("cleo"), pytest.raises(RequestError, match="2 interviews are going on"):
        made.open(asked)
    made.close()


def test_a_room_that_somebody_left_before_it_began_is_in_nobodys_way(monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(monkeypatch)
    made, asked = Rooms(lambda settings: 1), Asked(settings=Settings(), wanted=Wanted(minutes=5))
    with served("ana"):
        first, second = made.open(asked), made.open(asked)
    assert first.over(10)
    assert not second.over(0)
    made.close()


def test_who_closed_the_window_of_a_room_finds_it_again(
    room: Doorkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    class There:
        key = "the-key"

    monkeypatch.setattr(Rooms, "own", lambda _: There if whose() == "ana" else None)
    assert '/room/the-key">Back to it</a>' in Person(room, "ana").get("/interview").text
    assert "Back to it" not in Person(room, "ben").get("/interview").text


def test_nobody_is_sent_to_a_terminal_that_is_not_theirs(room: Doorkeeper) -> None:
    with served("ana"):
        held("2026-01-02-0900-second")
        (sessions.find(FIRST) / sessions.REPORT_JSON).unlink()
    for name in ("ana", "ben"):
        page = Person(room, name).get("/?page=1").text
        assert "this machine" not in page
        assert "vivavoce recover" not in page
    Person(room, "ben").post(f"/session/{FIRST}/delete")
    assert "vivavoce demo" not in Person(room, "ben").get("/").text
    assert "ask whoever runs it" in (page := Person(room, "ben").get("/stories").text)
    assert "vivavoce stories" not in page


def test_the_papers_of_the_machine_are_nobodys_of_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_interview, "load", lambda: Settings(resume="/cv.pdf", job="/job.txt"))
    assert new_interview.choices({}, {})["own"] == {"resume": "cv.pdf", "job": "job.txt"}
    with served("ana"):
        assert new_interview.choices({}, {})["own"] == {"resume": "", "job": ""}


def test_who_is_served_is_known_in_the_block_alone() -> None:
    with served("ana"):
        assert own_home() == home() / "people" / "ana"
    assert own_home() == home()
