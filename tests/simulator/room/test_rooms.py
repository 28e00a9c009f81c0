"""Several rooms at once; what is held in them is simulated here."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.simulator.web.asgi import OWN, PORT, Answer, ask, entered
from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.live import recogniser_choice
from vivavoce.simulator.live.places import Place
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room import room as room_module
from vivavoce.simulator.room import rooms as rooms_module
from vivavoce.simulator.room.room import Asked, Page, Room
from vivavoce.simulator.room.room_screen import Message
from vivavoce.simulator.room.rooms import KEPT, Rooms
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.web import app as web
from vivavoce.transcripts.errors import JournalError
from vivavoce.transcripts.events import Seconds

HELLO = {"type": "hello", "page": "one", "epoch": 1, "rate": 48_000}
ASKED = Asked(settings=Settings(), wanted=Wanted(minutes=30))
PATIENCE = 10.0


@dataclass
class Stage:
    """What takes the place of an interview: it lasts until `over` is set."""

    place: Path
    over: threading.Event = field(default_factory=threading.Event)
    begun: list[Place] = field(default_factory=list)
    opened: list[Rooms] = field(default_factory=list)

    def rooms(self, most: int, tell: Callable[[str], None] = lambda text: None) -> Rooms:
        self.opened.append(Rooms(lambda settings: most, tell))
        return self.opened[-1]

    def interview(self, settings: Settings, wanted: Wanted, cast: object, timing: object, at: object) -> Path:
        place: Room = at(settings, wanted)  # type: ignore[operator]
        place.screen("Dana").now = Seconds(60.0 * 20)
        self.begun.append(place)
        assert self.over.wait(PATIENCE)
        folder = self.place / f"session-{len(self.begun)}"
        folder.mkdir(exist_ok=True)
        return folder


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    one = Stage(tmp_path)
    monkeypatch.setattr(room_module, "interview", one.interview)
    monkeypatch.setattr(room_module, "missing", lambda settings: [])
    monkeypatch.setattr(rooms_module, "hear_once_more", lambda *_: 0)
    yield one
    one.over.set()
    for rooms in one.opened:
        rooms.close()


def come(until: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end
        time.sleep(0.002)


def begun(rooms: Rooms, stage: Stage, asked: Asked = ASKED) -> Room:
    before = len(stage.begun)
    room = rooms.open(asked)
    room.command({"type": "begin"})
    come(lambda: len(stage.begun) > before)
    return room


# Who is let in


def test_no_more_are_let_in_than_the_machine_can_hold(stage: Stage) -> None:
    rooms = stage.rooms(2)
    first, second = begun(rooms, stage), begun(rooms, stage)

    with pytest.raises(RequestError):
        rooms.open(ASKED)
    stage.over.set()
    come(lambda: first.result and second.result)

    assert rooms.open(ASKED).key not in (first.key, second.key)


def test_one_that_has_not_begun_has_its_place(stage: Stage) -> None:
    rooms = stage.rooms(1)
    rooms.open(ASKED)

    with pytest.raises(RequestError):
        rooms.open(ASKED)


def test_many_that_come_at_once_get_no_more_places_than_there_are(stage: Stage) -> None:
    rooms, let_in, gate = stage.rooms(3), list[Room](), threading.Barrier(12)

    def come_in() -> None:
        gate.wait(PATIENCE)
        try:
            let_in.append(rooms.open(ASKED))
        except RequestError:
            return

    threads = [threading.Thread(target=come_in) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert len(let_in) == 3


@pytest.mark.parametrize(
    ("minutes", "many", "when"),
    [
        ((30, 45), "2 interviews are", "10 minutes"),
        ((50, 45), "2 interviews are", "25 minutes"),
        ((30,), "one interview is", "10 minutes"),
        ((10,), "one interview is", "a minute"),
    ],
)
def test_who_must_wait_is_told_for_how_long(
    minutes: tuple[float, ...], many: str, when: str, stage: Stage
) -> None:
    rooms = stage.rooms(len(minutes))
    for one in minutes:
        begun(rooms, stage, Asked(settings=Settings(), wanted=Wanted(minutes=one)))

    with pytest.raises(RequestError) as refused:
        rooms.open(ASKED)

    told = f"{many} going on, as many as this machine can hold at once; try again in about {when}"
    assert str(refused.value) == told


def test_the_wait_is_known_where_no_minutes_were_asked_for(stage: Stage) -> None:
    rooms = stage.rooms(1)
    begun(rooms, stage, Asked(settings=Settings(), wanted=Wanted(round="mock-loop")))

    with pytest.raises(RequestError, match=r"about \d+ minutes$"):
        rooms.open(ASKED)


def test_the_page_of_a_new_interview_says_it_and_what_was_chosen_stays(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(stage.place))
    monkeypatch.setattr(recogniser_choice, "slowness", lambda settings: 100.0)  # so: one at a time
    opens = Rooms.open
    monkeypatch.setattr(Rooms, "open", lambda rooms, asked: stage.opened.append(rooms) or opens(rooms, asked))
    door = web.application(PORT)
    headers = entered(door) | {"origin": OWN}

    def sent() -> Answer:
        form = urlencode({"round": "behavioral", "minutes": "30", "title": "Clerk at a bank"})
        return ask(door, f"{door.base}/interview", "POST", headers, form.encode())

    first, second = sent(), sent()

    assert (first.status, second.status) == (303, 422)
    assert "One interview is going on" in second.text
    assert "try again in about a minute." in second.text
    assert "Clerk at a bank" in second.text


def test_the_library_says_that_a_session_was_heard_once_more(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(stage.place))
    monkeypatch.setattr(rooms_module, "hear_once_more", lambda *_: 7)
    opens = Rooms.open
    monkeypatch.setattr(Rooms, "open", lambda rooms, asked: stage.opened.append(rooms) or opens(rooms, asked))
    door = web.application(PORT)
    headers = entered(door)
    ask(door, f"{door.base}/interview", "POST", headers | {"origin": OWN}, b"round=behavioral")
    (room,) = stage.opened[0]._live()
    room.command({"type": "begin"})
    stage.over.set()
    assert room.over(PATIENCE)

    assert "session-1 has a better text now" in ask(door, f"{door.base}/", headers=headers).text


# What is left of them


def test_rooms_that_are_over_are_forgotten_in_the_end_and_those_that_are_not_stay(stage: Stage) -> None:
    rooms = stage.rooms(10_000)
    stays = begun(rooms, stage)
    others = [rooms.open(ASKED) for _ in range(KEPT + 5)]
    for room in others:
        room.end()
        assert room.over(PATIENCE)

    last = rooms.open(ASKED)

    assert rooms.find(others[0].key) is None
    assert all(rooms.find(room.key) is room for room in (stays, others[-1], last))


def test_a_page_that_goes_on_sending_when_all_is_over_fills_no_memory(stage: Stage) -> None:
    rooms, told = stage.rooms(1), list[Message]()
    room = begun(rooms, stage)
    room.join(Page(id="one", send=lambda packet: None, tell=told.append, leave=lambda: None), HELLO)
    stage.over.set()
    come(lambda: room.result)
    waiting = room._microphone._arrivals.qsize()

    for number in range(10):
        room.sound(packet(number))

    assert room._microphone._arrivals.qsize() == waiting


def packet(number: int) -> bytes:
    import numpy as np

    from vivavoce.audio.devices.packets import Heard, heard_packet

    return heard_packet(Heard(epoch=1, first=960 * number, played=0, samples=np.zeros(960, np.float32)))


# Heard once more


@dataclass
class Second:
    """A second hearing: it takes two steps, and waits before each."""

    steps: list[str] = field(default_factory=list)

    def hear(
        self, folder: Path, settings: Settings, tell: Callable[[str], None], wait: Callable[[], None]
    ) -> int:
        self.steps.append(f"{folder.name} comes")
        for number in (1, 2):
            wait()
            self.steps.append(f"{folder.name} step {number}")
        tell("done")
        return 12


def test_a_session_is_heard_once_more_when_it_is_over_and_that_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, told = Second(), list[str]()
    monkeypatch.setattr(rooms_module, "hear_once_more", second.hear)
    rooms = stage.rooms(2, told.append)
    room = begun(rooms, stage)

    stage.over.set()

    come(lambda: len(told) == 2)
    assert room.result
    assert told == ["done", "session-1 has a better text now; 12 words were heard again."]


def test_it_waits_while_anybody_is_in_a_room(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    second = Second()
    monkeypatch.setattr(rooms_module, "hear_once_more", second.hear)
    rooms = stage.rooms(2)
    waits = rooms.open(ASKED)  # for its page
    begun(rooms, stage)
    stage.over.set()
    come(lambda: second.steps)

    time.sleep(0.05)
    assert second.steps == ["session-1 comes"]

    waits.end()
    come(lambda: len(second.steps) == 3)


def test_two_are_heard_one_after_the_other(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    second = Second()
    monkeypatch.setattr(rooms_module, "hear_once_more", second.hear)
    rooms = stage.rooms(2)
    rooms.open(ASKED).command({"type": "begin"})
    begun(rooms, stage)
    stage.over.set()

    come(lambda: len(second.steps) == 6)

    assert [step.split()[1] for step in second.steps] == ["comes", "step", "step"] * 2


def test_the_end_of_the_server_ends_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    second, told = Second(), list[str]()
    monkeypatch.setattr(rooms_module, "hear_once_more", second.hear)
    monkeypatch.setattr(rooms_module, "ENDING", PATIENCE)
    rooms = stage.rooms(2, told.append)
    waits, room = rooms.open(ASKED), begun(rooms, stage)
    stage.over.set()
    come(lambda: second.steps)

    rooms.close()

    assert room.over(PATIENCE)
    assert waits.over(PATIENCE)
    assert told == ["session-1 was not heard once more: the server ends."]


def test_one_that_cannot_be_heard_is_told_of_in_a_line(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def hear(*_: object) -> int:
        raise JournalError("cannot write the journal")

    told: list[str] = []
    monkeypatch.setattr(rooms_module, "hear_once_more", hear)
    rooms = stage.rooms(1, told.append)
    begun(rooms, stage)

    stage.over.set()

    come(lambda: told)
    assert told == ["session-1 was not heard once more: cannot write the journal."]
