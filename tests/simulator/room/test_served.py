"""Interviews in rooms whose recognition, chat and voice are servers': nothing is recognised or said here."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from tests.contract.servers import SAID, RecordingServer, TranscriptionServer
from tests.contract.test_voices import QuietServer, SpeechServer
from tests.personas.chat.test_client import ChatServer
from vivavoce.audio.devices import packets
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.devices.sound_files import read
from vivavoce.audio.frame import Samples
from vivavoce.simulator.live import interview as live
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room import room as room_module
from vivavoce.simulator.room.room import Asked, Page, Room
from vivavoce.simulator.room.room_screen import Message
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Failed, FinalHypothesis, QuestionAsked
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.library import sessions

RECORDING = Path(__file__).parents[3] / "simulator" / "practice" / "recordings" / "result.flac"
RATE_HZ, PACKET = 16_000, 320
SPEED = 2  # times as quick as life
LONGEST = 60.0  # seconds
ROOMS = 2
LINES = 4
RESUME = """Jo Example

Experience
Data scientist, Harbour Bank, 2019 to 2023
- Built a churn model that cut cancellations by 12%.
- Led the move of 40 reports to one warehouse.
"""


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    with server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


class SoundsDone:
    """A `TurnModel` to which every pause is the end."""

    def probability(self, turn: Samples) -> float:
        return 0.9


class CountingSpeech(SpeechServer):
    """A `SpeechServer` that counts what it said."""

    said = 0

    def do_POST(self) -> None:  # noqa: N802
        type(self).said += 1
        super().do_POST()


class Candidate:
    """A page whose candidate answers each question until they were asked LINES times, and leaves."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.told: list[Message] = []
        self.heard = 0  # packets with sound

    def talk(self) -> None:
        page = Page(id=self._room.key, send=self._hear, tell=self.told.append, leave=lambda: None)
        self._room.join(page, {"type": "hello", "page": self._room.key, "epoch": 1, "rate": RATE_HZ})
        self._room.command({"type": "begin"})
        noise, until = np.random.default_rng(0), time.monotonic() + LONGEST
        spoken, answered = iter(list[Samples]()), 0
        for number in count():
            assert time.monotonic() < until, self.told[-3:]
            if self._room.result:
                return
            if self._lines() >= LINES:
                self._room.end()
            state = [one["state"] for one in self.told if one["type"] == "state"][-1:]
            if state == ["open"] and self._lines() > answered:
                answered = self._lines()
                spoken = iter(np.array_split(read(RECORDING)[: 4 * RATE_HZ], 4 * RATE_HZ // PACKET))
            sound = next(spoken, None)
            if sound is None:
                sound = (2e-4 * noise.standard_normal(PACKET)).astype(np.float32)
            place = PACKET * number
            self._room.sound(packets.heard_packet(Heard(epoch=1, first=place, played=place, samples=sound)))
            time.sleep(PACKET / RATE_HZ / SPEED)

    def _lines(self) -> int:
        return sum(one["type"] == "line" for one in self.told)

    def _hear(self, packet: bytes) -> None:
        self.heard += packet[0] == packets.SOUND


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Settings]:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.setattr(live, "turn_model", SoundsDone)
    monkeypatch.setattr(live, "need", lambda settings, **_: None)
    monkeypatch.setattr(room_module, "missing", lambda settings: [])
    monkeypatch.setattr(CountingSpeech, "said", 0)
    (tmp_path / "cv.txt").write_text(RESUME)
    with ExitStack() as servers:

        def started(answers: type[BaseHTTPRequestHandler]) -> tuple[RecordingServer, str]:
            server = RecordingServer(answers)
            return server, servers.enter_context(serving(server))

        recognition, recognises = started(TranscriptionServer)
        chat, words = started(ChatServer)
        speaks = servers.enter_context(serving(QuietServer(("127.0.0.1", 0), CountingSpeech)))
        yield Settings(
            transcription_base_url=recognises,
            transcription_model="words",
            llm_base_url=words,
            llm_model="good",
            speech_base_url=speaks,
            speech_model="tts",
            voice="server",
            resume=str(tmp_path / "cv.txt"),
        )
        assert len(recognition.requests) >= ROOMS
        assert len(chat.requests) >= ROOMS


def test_rooms_are_held_with_all_three_served_each_with_its_own_candidate(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms, faults = Rooms(lambda settings: ROOMS), list[BaseException]()
    asked = Asked(settings=settings, wanted=Wanted(minutes=30, title="One job"))
    candidates = [Candidate(rooms.open(asked)) for _ in range(ROOMS)]

    def talk(candidate: Candidate) -> None:
        try:
            candidate.talk()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=talk, args=[one]) for one in candidates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST + 10)
    rooms.close()

    assert faults == []
    assert CountingSpeech.said >= ROOMS
    assert capsys.readouterr().err == ""  # what is a candidate's own is told at their page
    folders = [tmp_path / "sessions" / one.told[-1]["to"].rpartition("/")[2] for one in candidates]
    assert len({*folders}) == ROOMS
    for folder, candidate in zip(folders, candidates, strict=True):
        events = log.read_log(folder / log.NAME)
        asks = [event.text for event in events if isinstance(event, QuestionAsked)]
        told = [one["text"] for one in candidate.told if one["type"] == "notice"]
        assert any(text.startswith("You will be asked about") for text in told)
        assert candidate.heard > 0
        assert len(asks) >= LINES
        assert SAID in " ".join(event.text for event in events if isinstance(event, FinalHypothesis))
        assert [event for event in events if isinstance(event, Failed)] == []
        assert sessions.read_meta(folder).models["recogniser"] == "words at 127.0.0.1"
