"""Whatever a server does, whoever asks it gets an end, soon and small, and nobody else hears of it."""

import gzip
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.contract.servers import Answering, RecordingServer
from vivavoce.audio.errors import AudioError
from vivavoce.audio.frame import Frame
from vivavoce.audio.listening.transcription_server import ServerRecogniser
from vivavoce.audio.voices.speech_server import ServerVoice
from vivavoce.personas.chat import second_opinion
from vivavoce.personas.chat.client import ChatError, ChatPhrasing
from vivavoce.personas.chat.prompt import Speaker
from vivavoce.personas.moves import Move, Said, Step
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.doctor import examination, server_check
from vivavoce.simulator.live import devices, recogniser_choice
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.errors import ServerError
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.remote_server import Server, is_here, proxy, via

ANSWER = """Our reports were slow, so I had to find out why. I profiled the queries, moved two of them
into one, and within a week the reports took three seconds and not a minute. I would measure earlier."""
KEY, SAID = "sk-never-shown", "the xylophone migration"
TIMEOUT = Seconds(0.2)  # of who is never answered
PATIENCE = Seconds(10.0)  # of who is: on a busy machine an answer takes its time
SOON = 3.0  # seconds; of a busy machine
MOST_SENT = 24_000_000  # bytes: the largest limit, and what lies in the sockets
ENDLESS = 200_000_000
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
ERRORS = (ChatError, AudioError, ServerError)


class Hostile(Answering):
    """Has the fault that stands in its address."""

    server: "HostileServer"

    def do_POST(self) -> None:  # noqa: N802
        self.server.requests.append({"path": self.path, "key": self.headers["Authorization"] or ""})
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        fault = self.path.split("/")[1]
        with suppress(OSError):  # who asked hung up
            self.misbehave(fault)

    do_GET = do_POST  # noqa: N815

    def misbehave(self, fault: str) -> None:
        if fault.isdecimal():
            elsewhere = f"http://localhost:{self.server.server_port}/elsewhere"
            self.head(int(fault), Location=elsewhere if fault.startswith("3") else "")
            self.send(repeat(b"e" * 65_536))
        elif fault == "endless":
            self.head(200)
            self.send(repeat(b"data: x " * 8_192))
        elif fault == "chunks":
            self.head(200, **{"Transfer-Encoding": "chunked"})
            self.send(repeat(b"10000\r\n" + b"x" * 65_536 + b"\r\n"))
        elif fault == "packed":
            self.head(200, **{"Content-Encoding": "gzip"})
            self.send([gzip.compress(b'{"data": [], "text": ""}')])
        elif fault == "drip":
            self.head(200)
            self.send(repeat(b":"), every=0.05)
        elif fault == "header":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self.send(repeat(b"a"), every=0.05)
        elif fault == "drip500":
            self.head(500)
            self.send(repeat(b":"), every=0.05)
        elif fault == "silent":
            self.server.over.wait(SOON)
        elif fault == "turns":  # endless the first time, well the second
            first = len([one for one in self.server.requests if one["path"] == self.path]) == 1
            self.close_connection = True
            self.head(200)
            self.send(repeat(b":"), every=0.02) if first else self.send([b"o", b"k"], every=0.25)
        else:
            self.head(404)

    def head(self, status: int, **more: str) -> None:
        self.protocol_version = "HTTP/1.1"
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, blocks: Iterator[bytes] | list[bytes], every: float = 0.0) -> None:
        for block in blocks:
            if self.server.sent > ENDLESS or self.server.over.wait(every):
                return
            self.wfile.write(block)
            self.wfile.flush()
            self.server.sent += len(block)


class HostileServer(RecordingServer):
    sent = 0

    def __init__(self) -> None:
        super().__init__(Hostile)
        self.over = threading.Event()


@pytest.fixture(scope="module")
def hostile() -> Iterator[HostileServer]:
    for part in ("audio.speech", "audio.transcriptions", "chat.completions", "models"):
        import_module(
            f"openai.resources.{part}"
        )  # a second's work, which the package leaves to the first call
    with HostileServer() as running:
        threading.Thread(target=running.serve_forever, args=[0.02], daemon=True).start()
        yield running
        running.over.set()
        running.shutdown()


@pytest.fixture
def server(hostile: HostileServer) -> HostileServer:
    hostile.requests.clear()
    return hostile


@pytest.fixture
def between() -> Iterator[RecordingServer]:
    """A proxy, which notes whatever it is asked for."""
    with RecordingServer(Hostile) as running:
        threading.Thread(target=running.serve_forever, args=[0.02], daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def a_line(url: str, timeout: Seconds) -> object:
    who, asked = Speaker("Dana", "manager", 0.6), Step(move=Move.PROBE_RESULT, why="", about=SAID)
    return list(ChatPhrasing(url, "m", KEY, who, timeout=timeout).phrase(asked, [Said("candidate", SAID)]))


def an_opinion(url: str, timeout: Seconds) -> object:
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(second_opinion, "TIMEOUT", timeout)
        return second_opinion.opinion(url, "m", KEY, "Why?", SAID)


def a_transcript(url: str, timeout: Seconds) -> object:
    sound = Frame(0, np.full(1_600, 0.1, np.float32))
    return ServerRecogniser(url, "m", KEY, timeout=timeout).transcribe(sound, "", timed=True)


def a_sound(url: str, timeout: Seconds) -> object:
    return list(ServerVoice(url, "m", "v", KEY, timeout=timeout).speak(f"You mentioned {SAID}."))


def the_models(url: str, timeout: Seconds = PATIENCE) -> object:
    _, problem = server_check.answer(url, KEY, timeout)
    raise ServerError(problem)


Asking = Callable[[str, Seconds], object]
ASKING: list[Asking] = [a_line, an_opinion, a_transcript, a_sound, the_models]


FAULTS = {
    "307": "answered 307",
    "500": "answered 500",
    "endless": "sent more than|took longer",
    "chunks": "sent more than|took longer",
    "drip": "took longer",
    "header": "took longer",
    "drip500": "answered 500",
    "silent": "took longer|failed",
    "packed": "packs its answer",
}
OFTEN = ("307", "500", "endless", "drip")  # who asks for a sound is held against all of them


@pytest.mark.parametrize(
    ("asking", "fault"), [(one, f) for one in ASKING for f in FAULTS if one is a_sound or f in OFTEN]
)
def test_a_hostile_answer_ends_soon_and_small_and_is_one_line(
    server: HostileServer, asking: Asking, fault: str
) -> None:
    began, sent = time.monotonic(), server.sent

    patience = PATIENCE if "answered" in FAULTS[fault] else TIMEOUT
    with pytest.raises(ERRORS, match=FAULTS[fault]) as raised:
        asking(f"http://127.0.0.1:{server.server_port}/{fault}/v1", patience)

    assert time.monotonic() - began < SOON
    assert server.sent - sent < MOST_SENT
    assert not any(secret in str(raised.value) for secret in (KEY, SAID, "\n"))
    assert {request["path"].split("/")[1] for request in server.requests} == {fault}


HERE = """localhost LOCALHOST localhost. interview.localhost 127.0.0.1 127.0.0.1. 127.8.9.1 127.1 2130706433
    0x7f.1 0177.0.0.1 017700000001 0 0.0.0.0 ::1 :: ::ffff:127.0.0.1 ::ffff:7f00:1 0:0:0:0:0:0:0:1
    127\u30020\u30020\u30021 \uff11\uff12\uff17.0.0.1 \u24db\u24de\u24d2\u24d0\u24dbhost
    ip6-localhost IP6-Loopback localhost6 localhost.localdomain
    desk desk.home.example DESK.home.example. box Alias.example here6""".split()
ELSEWHERE = """localhost.example.com notlocalhost 10.0.0.1 128.0.0.1 127.0.0.1.example.com fe80::1 ::2
    ::ffff:10.0.0.1 0xa.1 chat.example.com 1.0.0.127 localhost4you
    printer home.example boxer commented 127.0.0.1x""".split()
HOSTS = """127.0.0.1\tlocalhost
127.0.1.1  box alias.example  # commented
10.0.0.7 printer
::1 here6

# 127.0.0.1 commented
"""


@pytest.mark.parametrize(("name", "here"), [*((n, True) for n in HERE), *((n, False) for n in ELSEWHERE)])
def test_this_machine_is_known_by_every_notation_and_has_no_proxy(
    name: str, here: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "hosts").write_text(HOSTS)
    monkeypatch.setattr("vivavoce.transcripts.remote_server.HOSTS", tmp_path / "hosts")
    monkeypatch.setattr("vivavoce.transcripts.remote_server.gethostname", lambda: "Desk.home.example")
    for variable in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(variable, "http://user:secret@proxy.example:3128")
    url = f"http://[{name}]:8080/v1" if ":" in name else f"http://{name}:8080/v1"

    assert is_here(name) is here
    assert (proxy(url) is None) is here
    assert via(url) == ("" if here else " through the proxy proxy.example:3128")


@pytest.mark.parametrize("status", [301, 302, 303, 308, 400, 401, 404, 429, 503])
def test_neither_a_redirect_nor_an_error_is_followed_or_read(server: HostileServer, status: int) -> None:
    sent = server.sent

    with pytest.raises(ServerError, match=f"answered {status}$"):
        the_models(f"http://127.0.0.1:{server.server_port}/{status}/v1")

    assert server.sent - sent < MOST_SENT
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("asking", "variable", "name"),
    [
        *((asking, "http_proxy", "127.0.0.1") for asking in ASKING),
        *((the_models, variable, "127.1") for variable in ("HTTP_PROXY", "all_proxy", "ALL_PROXY")),
        (the_models, "http_proxy", "localhost"),
    ],
)
def test_what_is_for_a_server_on_this_machine_never_reaches_a_proxy(
    server: HostileServer,
    between: RecordingServer,
    asking: Asking,
    variable: str,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(variable, f"http://127.0.0.1:{between.server_port}")

    with pytest.raises(ERRORS, match="answered 404"):
        asking(f"http://{name}:{server.server_port}/none/v1", PATIENCE)

    assert between.requests == []
    assert server.requests[0]["key"] == f"Bearer {KEY}"


def test_a_proxy_of_another_kind_is_nothing_to_a_server_on_this_machine(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")

    with pytest.raises(ServerError, match="answered 404"):
        the_models(f"http://127.0.0.1:{server.server_port}/none/v1")


def test_a_proxy_that_cannot_be_used_is_one_line_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("all_proxy", "socks5://user:secret@proxy.example:1080")

    with pytest.raises(ServerError, match=r"proxy of another kind than http, proxy\.example:1080$"):
        Server("http://chat.example.com/v1", KEY, TIMEOUT)


@pytest.mark.parametrize("exempt", ["*", "example.com", ".example.com", "chat.example.com:8080"])
def test_who_is_exempt_from_the_proxy_is_asked_directly(exempt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", exempt)

    assert proxy("http://chat.example.com:8080/v1") is None
    assert via("http://chat.example.com:8080/v1") == ""


def test_elsewhere_the_proxy_is_the_one_that_was_named(
    between: RecordingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{between.server_port}")
    url = "http://chat.example.com/none/v1"

    assert via(url) == f" through the proxy 127.0.0.1:{between.server_port}"
    with pytest.raises(ServerError):
        the_models(url)

    assert [request["path"] for request in between.requests] == [f"{url}/models"]


def test_a_proxy_is_told_where_the_server_is_named(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    between: RecordingServer,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("all_proxy", f"http://127.0.0.1:{between.server_port}")
    url = "http://chat.example.com/none/v1"
    far = Settings(llm_base_url=url, speech_base_url=url, transcription_base_url=url, voice="server")
    near = Settings(llm_base_url="http://localhost:1/v1", transcription_base_url="http://127.0.0.1:1/v1")
    through = f" through the proxy 127.0.0.1:{between.server_port}"

    assert devices.proxies(far) == [
        f"The chat server chat.example.com is reached{through}.",
        f"The speech server chat.example.com is reached{through}.",
    ]
    assert devices.proxies(near) == []
    assert recogniser_choice.choose(far)[1].why.endswith(f"what you say is sent there{through}.")
    assert recogniser_choice.choose(near)[1].why.endswith("what you say is sent there.")
    assert examination._server(far).found == f"chat.example.com{through} answered 404"
    main(["simulate", "terse", "--llm-base-url", url, "--llm-model", "m"])
    assert through in capsys.readouterr().err
    (tmp_path / "answer.txt").write_text(ANSWER)
    main(["analyze", str(tmp_path / "answer.txt"), "--judge", "--llm-base-url", url, "--llm-model", "m"])
    assert through in capsys.readouterr().err


def test_a_connection_is_kept_from_one_answer_to_the_next_and_made_anew_after_a_fault() -> None:
    class Keeping(Answering):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # noqa: N802
            self.server.requests.append({"from": str(self.client_address)})
            body = json.dumps({"data": []}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with RecordingServer(Keeping) as running:
        threading.Thread(target=running.serve_forever, args=[0.02], daemon=True).start()
        asked = Server(running.url, KEY, PATIENCE)
        for _ in range(3):
            asked.reply(lambda client: client.models.with_streaming_response.list(), 100)
        asked.close()
        asked.reply(lambda client: client.models.with_streaming_response.list(), 100)
        asked.close()
        running.shutdown()

    assert len({request["from"] for request in running.requests}) == 2


def test_hanging_up_on_one_answer_does_not_break_the_next(server: HostileServer) -> None:
    asked = Server(f"http://127.0.0.1:{server.server_port}/turns/v1", KEY, Seconds(0.6), Seconds(0.6))

    def ask(client: Any) -> Any:
        return client.models.with_streaming_response.list()

    first = asked.blocks(ask, 10_000, 1)
    assert next(first) == b":"
    time.sleep(0.3)  # so that its time is over in the middle of the second
    assert asked.reply(ask, 100) == b"ok"
    with pytest.raises(ServerError, match="took longer"):
        list(first)


@pytest.mark.proves("N06")
def test_what_is_sent_is_not_logged_whatever_the_environment_asks_for() -> None:
    program = (
        "import logging; from vivavoce.transcripts.remote_server import Server\n"
        "Server('http://127.0.0.1:9/v1', 'key', 1.0); print(logging.getLogger('openai').level)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        env=os.environ | {"OPENAI_LOG": "debug"},
        capture_output=True,
        text=True,
    )

    assert told.stdout.strip() == str(logging.NOTSET), told.stderr
