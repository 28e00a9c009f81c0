"""Nothing is sent and nothing is left elsewhere, whatever the environment asks for; and it would be seen."""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest
from websockets.sync.client import ClientConnection, connect

from benchmarks.in_browser import recording
from benchmarks.killed_room import room_opened
from tests.audio.models.test_store import TOY, ToyHub
from tests.e2e.trace import complaints, traced
from tests.simulator.session_folders import held
from vivavoce.audio.devices.packets import Heard, heard_packet
from vivavoce.audio.frame import SAMPLE_RATE_HZ, silence
from vivavoce.simulator.web.server import listening
from vivavoce.transcripts.journal.home import home, served
from vivavoce.transcripts.library import sessions

pytestmark = pytest.mark.traced

VIVAVOCE = Path(sys.executable).with_name("vivavoce")
ANSWERS = [
    {"id": str(n), "question": "When did you lead?", "answer": f"I led {n} people. We cut the time by half."}
    for n in range(2, 9)
]
PATIENCE = 300
BLOCK = 1_024  # samples of a page's packet

# What every command does, without what every command passes first.
UNSILENCED = """
import os, sys
from vivavoce.audio import SILENT
for name in SILENT:
    del os.environ[name]
from vivavoce.simulator.commands.main import main
sys.exit(main(sys.argv[1:]))
"""

REACHING = """
import socket
for port, host in ((443, "192.0.2.1"), (53, "127.0.0.1")):  # to take a datagram's address sends no packet
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect((host, port))
"""

FETCHING = """
import sys
from pathlib import Path
from vivavoce.audio.models.sources import Hub
from vivavoce.audio.models.model_list import HubFile, ModelFile
_, endpoint, workshop, name, repository, path, revision = sys.argv
wanted = ModelFile(name=name, size=1_000_000, sha256="", hub=HubFile(repository, path, revision))
print(Hub(endpoint).get(wanted, Path(workshop), lambda what, done, total: None))
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A home that holds the models of this machine and nothing else."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(home() / "models")
    (tmp_path / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ANSWERS))
    return tmp_path


def ran(place: Path, *command: str | Path, **more: str) -> str:
    """Return what a program that ended well printed."""
    with traced(place, command, more) as program:
        printed, problems = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0, problems
    return printed


@pytest.mark.proves("N06")
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["demo", "--fast", "--model", "tiny.en"], id="demo"),
        pytest.param(["score", "../answers.jsonl"], id="score"),
        pytest.param(["doctor"], id="doctor"),
        pytest.param(["interview", "--text"], id="typed"),
        pytest.param(["models", "verify"], id="models"),
    ],
)
def test_a_command_sends_nothing_and_leaves_nothing_elsewhere(command: list[str], place: Path) -> None:
    assert ran(place, VIVAVOCE, *command)
    assert complaints(place) == []


def test_a_page_of_the_library_is_served_to_this_machine_alone(place: Path) -> None:
    with traced(place, [VIVAVOCE, "web", "--no-browser"]) as program:
        assert program.stdout
        address = re.search(r"http://127\.0\.0\.1\S+", program.stdout.readline())
        assert address
        assert b"Begin an interview" in page(address[0])
        os.killpg(program.pid, signal.SIGINT)
        program.communicate(timeout=PATIENCE)

    assert complaints(place) == []


@pytest.mark.proves("N06")
def test_an_interview_in_a_room_is_held_between_page_and_program_alone(place: Path) -> None:
    with traced(place, [VIVAVOCE, "web", "--no-browser"], {"VIVAVOCE_MODEL": "tiny.en"}) as program:
        assert program.stdout
        address = next(word for line in program.stdout for word in line.split() if "?token=" in word)
        cookie, base, path = room_opened(address)
        own = address.partition("/?")[0]
        headers = {"Cookie": cookie, "Origin": own}
        with connect(f"ws{own.removeprefix('http')}{base}{path}/talk", additional_headers=headers) as socket:
            for message in (
                {"type": "hello", "page": "traced", "epoch": 1, "rate": SAMPLE_RATE_HZ},
                {"type": "begin"},
            ):
                socket.send(json.dumps(message))
            told = spoken_to(socket)
        os.killpg(program.pid, signal.SIGINT)
        program.communicate(timeout=PATIENCE)

    assert told["to"].startswith("/session/")
    assert complaints(place) == []


@pytest.mark.proves("N06")
def test_what_is_handed_in_goes_to_a_folder_of_this_machine(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(place / "home"))
    with served("ana"):
        session = held("2026-01-01-0900-first").name
    secret = place / "password"
    secret.touch(0o600)
    secret.write_text("teacher: a quiet green ladder\nana: a quiet green ladder\n")
    with listening(0) as free:
        port = free.getsockname()[1]
    how = ["--host", "class.test", "--behind-proxy", "--port", str(port), "--password-file", secret]
    with traced(place, [VIVAVOCE, "web", *how]) as program:
        assert program.stdout
        program.stdout.readline()
        with closing(Door(port)) as door:
            base = door.post("/", "username=ana&password=a+quiet+green+ladder")
            door.post(f"{base}session/{session}/hand-in", "")
        os.killpg(program.pid, signal.SIGINT)
        program.communicate(timeout=PATIENCE)

    with served("teacher"):
        assert [one.title for one in sessions.sessions()] == ["ana: first"]
    assert complaints(place) == []


class Door:
    """A window that comes in by a reverse proxy of this machine."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._headers = {
            "Host": "class.test",
            "Origin": "https://class.test",
            "X-Forwarded-Proto": "https",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def close(self) -> None:
        self._connection.close()

    def post(self, path: str, form: str) -> str:
        """Send `form`; return where it leads."""
        self._connection.request("POST", path, form, self._headers)
        answer = self._connection.getresponse()
        answer.read()
        assert answer.status == 303
        if given := answer.headers["Set-Cookie"]:
            self._headers["Cookie"] = given.split(";")[0]
        return str(answer.headers["Location"])


def spoken_to(socket: ClientConnection) -> dict[str, str]:
    """Be silent until the interviewer speaks, say something, end it; return what is told at the end."""
    sound, first, begun = recording("result")[: 3 * SAMPLE_RATE_HZ], 0, False
    for _ in range(PATIENCE * SAMPLE_RATE_HZ // BLOCK):
        said, sound = (sound[:BLOCK], sound[BLOCK:]) if begun else (silence(BLOCK), sound)
        if not len(said):
            break
        packet = Heard(epoch=1, first=first, played=first, samples=said)
        socket.send(heard_packet(packet))
        first += len(said)
        with suppress(TimeoutError):
            message = socket.recv(BLOCK / SAMPLE_RATE_HZ)
            begun = begun or (isinstance(message, str) and json.loads(message)["type"] == "line")
    socket.send(json.dumps({"type": "end"}))
    while True:
        message = socket.recv(PATIENCE)
        if isinstance(message, str) and json.loads(message)["type"] == "ended":
            told: dict[str, str] = json.loads(message)
            return told


CALLS = [
    {
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "a", "version": "1"},
        },
    },
    *(
        {"method": "tools/call", "params": {"name": name, "arguments": given}}
        for name, given in (
            ("search", {"text": "figures"}),
            ("prepare", {"title": "Nurse", "job_path": "https://example.org/job.html"}),
            ("prepare", {"title": "Nurse"}),
        )
    ),
]


@pytest.mark.proves("N06")
def test_another_program_gets_its_answers_without_a_connection(place: Path) -> None:
    lines = [json.dumps({"jsonrpc": "2.0", "id": number, **call}) for number, call in enumerate(CALLS)]
    (place / "calls.jsonl").write_text("".join(f"{line}\n" for line in lines))
    told = ran(place, "sh", "-c", f"(cat ../calls.jsonl; sleep 20) | {VIVAVOCE} mcp")

    assert told.count('"isError":false') == 2
    assert "nothing is fetched" in told
    assert complaints(place) == []


def page(address: str) -> bytes:
    """Return what a browser gets from `address`, which may be told before it is served."""
    browser = build_opener(ProxyHandler({}), HTTPCookieProcessor())
    for _ in range(100):
        with suppress(URLError), browser.open(address, timeout=30) as answer:
            return bytes(answer.read())
        time.sleep(0.1)
    raise TimeoutError(address)


def test_without_the_switch_what_loads_onnxruntime_is_complained_of(place: Path) -> None:
    assert ran(place, sys.executable, "-c", UNSILENCED, "demo", "--fast", "--model", "tiny.en")

    assert any("onnxruntime" in wrong for wrong in complaints(place))


def test_an_address_and_a_name_are_complained_of(place: Path) -> None:
    ran(place, sys.executable, "-c", REACHING)

    assert complaints(place) == ["connect: 192.0.2.1", "connect: a name is asked for at 127.0.0.1"]


@pytest.fixture
def hub() -> Iterator[tuple[str, list[str]]]:
    """A hub of this machine's own: its address, and what it was asked for."""
    asked: list[str] = []

    class Attentive(ToyHub):
        def _answer(self) -> bytes:
            asked.append(self.path)
            return super()._answer()

    with ThreadingHTTPServer(("127.0.0.1", 0), Attentive) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_the_model_hub_is_asked_for_the_file_alone(place: Path, hub: tuple[str, list[str]]) -> None:
    address, asked = hub
    wanted = TOY.files[0].hub
    assert wanted
    file = [TOY.files[0].name, wanted.repository, wanted.path, wanted.revision]

    got = ran(place, sys.executable, "-c", FETCHING, address, place / "home", *file, HF_ENDPOINT=address)

    assert Path(got.strip()).is_relative_to(place / "home")
    assert asked
    assert all(path.endswith(f"/resolve/{wanted.revision}/{wanted.path}") for path in asked)
    assert complaints(place) == []
