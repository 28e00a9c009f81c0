"""`vivavoce web` as a process: when it listens, what it tells, how it ends."""

import json
import os
import re
import shlex
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from tests.simulator.door.certificates import NAME, certificate
from tests.simulator.session_folders import held
from tests.simulator.web.test_browser import soon
from tests.simulator.web.test_doorkeeper import secret
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.web import app as web
from vivavoce.simulator.web import server
from vivavoce.simulator.web.doorkeeper import Doorkeeper
from vivavoce.simulator.web.server import NEXT, listening, polite

PROGRAM = [str(Path(sys.executable).with_name("vivavoce")), "web", "--port", "0"]

# A browser that comes at once, writes down what it was given and what it saw, and stays in the terminal.
BROWSER = """
import json, re, sys, time, urllib.request
from pathlib import Path
page = Path(urllib.request.url2pathname(sys.argv[-1].removeprefix("file://"))).read_text()
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
told = opener.open(re.search('url=([^"]+)', page)[1])
row = {"given": sys.argv[1:], "page": page, "url": told.url, "saw": told.read().decode()}
Path(sys.argv[1] + ".new").write_text(json.dumps(row))
Path(sys.argv[1] + ".new").rename(sys.argv[1])
time.sleep(20)
"""
# A session that is being heard again when the end comes, in code that Python's own end would abort.
HEARING = """
import atexit, threading, time
from vivavoce.simulator.web import app as web
atexit.register(print, "Python ended")
threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
web.serve(0, browser=False)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    return tmp_path


@contextmanager
def running(command: list[str]) -> Iterator["subprocess.Popen[str]"]:
    """Run a program, which has no child left in the end."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as program:
        try:
            yield program
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)


def answer(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers=headers)
        got = connection.getresponse()
        return got.status, dict(got.getheaders()), got.read().decode()


@pytest.mark.e2e
def test_the_browser_comes_in_at_once_and_a_polite_kill_ends_it_all(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held("2026-01-01-0900-first")
    script, seen = home / "browser.py", home / "seen.json"
    script.write_text(BROWSER)
    monkeypatch.setenv("BROWSER", shlex.join([sys.executable, str(script), str(seen), "%s"]))
    with running(PROGRAM) as program:
        assert soon(seen.exists)
        row = json.loads(seen.read_text())
        program.terminate()
        assert program.wait(10) == 0
        os.killpg(program.pid, signal.SIGKILL)  # the browser, which has our pipes
        told, problems = program.communicate(timeout=10)
    assert problems == ""
    assert "1 in all" in row["saw"]
    (token,) = set(re.findall(r"token=([\w-]+)", row["page"]))
    assert token not in " ".join(row["given"]) + told + row["url"]
    assert list((home / "temporary").iterdir()) == []
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]+", told.splitlines()[0])


@pytest.mark.e2e
def test_the_printed_address_opens_once_and_is_followed_by_another_until_ctrl_c(home: Path) -> None:
    held("2026-01-01-0900-first")
    with running([*PROGRAM, "--no-browser"]) as program:
        assert program.stdout is not None
        first = program.stdout.readline().strip()
        port, door = int(first.split(":")[2].split("/")[0]), "/" + first.split("/", 3)[3]
        socket.create_connection(("127.0.0.1", port), 5).close()  # it listens already
        status, headers, _ = answer(port, door)
        assert (status, answer(port, door)[0]) == (303, 403)
        inside, cookie = headers["location"], headers["set-cookie"].split(";")[0]
        much = "; ".join(f"theirs{n}={'x' * 4000}" for n in range(50))
        assert "1 in all" in answer(port, inside, Cookie=f"{much}; {cookie}")[2]

        assert "http" not in program.stdout.readline()
        (second,) = re.findall(rf"http://127\.0\.0\.1:{port}(/\S+)", program.stdout.readline())
        program.stdout.close()  # whoever started it does not read on
        assert answer(port, second)[0] == 303
        assert "1 in all" in answer(port, inside, Cookie=cookie)[2]
        program.send_signal(signal.SIGINT)
        assert program.wait(10) == 0
        assert program.stderr is not None
        assert program.stderr.read() == ""


@pytest.mark.e2e
def test_a_player_in_a_pause_holds_up_only_for_a_moment_what_the_end_of_the_terminal_ends(home: Path) -> None:
    sound = held("2026-01-01-0900-first") / "sound.wav"
    os.truncate(sound, 50_000_000)
    with running([*PROGRAM, "--no-browser"]) as program:
        assert program.stdout is not None
        first = program.stdout.readline().strip()
        port, door = int(first.split(":")[2].split("/")[0]), "/" + first.split("/", 3)[3]
        headers = answer(port, door)[1]
        with socket.create_connection(("127.0.0.1", port), 5) as player:
            cookie = headers["set-cookie"].split(";")[0]
            path = f"{headers['location']}session/2026-01-01-0900-first/sound"
            asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n"
            player.sendall(asked.encode())
            assert player.recv(15) == b"HTTP/1.1 200 OK"
            program.send_signal(signal.SIGHUP)
            assert program.wait(10) == 0
            assert program.stderr is not None
            assert program.stderr.read() == ""


@pytest.mark.e2e
def test_the_end_does_not_wait_for_a_session_that_is_being_heard_again(home: Path) -> None:
    with running([sys.executable, "-c", HEARING]) as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("http")
        program.terminate()
        told, problems = program.communicate(timeout=10)
    assert (program.returncode, problems) == (0, "")
    assert "Python ended" not in told


def test_a_port_that_is_taken_is_said() -> None:
    with listening(0) as place:
        other = listening(place.getsockname()[1])
        with pytest.raises(SettingsError, match="choose another --port"):
            other.__enter__()


def test_the_port_is_always_the_same_and_if_it_is_taken_the_next_one_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening(0) as one, listening(0) as other:
        first = one.getsockname()[1]
        monkeypatch.setattr(server, "PORT", first)
        with listening(None) as place:
            assert first < place.getsockname()[1] < first + NEXT
            said = f"Port {first} is taken: at {place.getsockname()[1]} "
            assert capsys.readouterr().err.startswith(said)
        monkeypatch.setattr(server, "PORT", other.getsockname()[1])
        monkeypatch.setattr(server, "NEXT", 1)
        with pytest.raises(SettingsError, match="choose another --port"):
            listening(None).__enter__()
    with listening(None) as place:
        assert place.getsockname() == ("127.0.0.1", server.PORT)
    assert capsys.readouterr().err == ""


REMOTE = ["--certificate", "{}/certificate.pem", "--key", "{}/key.pem", "--password-file", "{}/password"]
PROXY = ["--behind-proxy", *REMOTE[4:]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "--behind-proxy"),
        (REMOTE[:4], "--password-file"),
        (REMOTE[4:], "--behind-proxy"),
        ([*REMOTE[:4], "--behind-proxy", *REMOTE[4:]], "either"),
        ([*PROXY[:1], "--password-file", "{}/key.pem"], "one line"),
    ],
)
def test_what_is_not_safe_is_not_begun(
    given: list[str],
    said: str,
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepared(home)
    monkeypatch.setattr(web, "serve", lambda *given, **more: pytest.fail("it listens"))
    assert main(["web", "--host", NAME, *(one.format(home) for one in given)]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert (told.err.count("\n"), told.out) == (1, "")


def prepared(home: Path) -> None:
    certificate(home)
    for path in (home / "password", home / "key.pem"):
        path.touch()
        path.chmod(0o600)
    (home / "password").write_text("a quiet green ladder")


@pytest.mark.e2e
@pytest.mark.parametrize(("given", "everywhere"), [(REMOTE, True), (PROXY, False)])
def test_others_reach_it_where_they_should_and_are_asked_for_the_password(
    given: list[str], everywhere: bool, home: Path
) -> None:
    prepared(home)
    with listening(0) as free:
        port = free.getsockname()[1]
    host = f"{NAME}:{port}"
    asked = [*PROGRAM[:2], "--port", str(port), "--host", host, *(one.format(home) for one in given)]
    with running(asked) as program:
        assert program.stdout is not None
        assert (
            program.stdout.readline()
            == f"https://{host}/ is open to whoever knows the password. Ctrl-C ends it.\n"
        )
        with socket.socket() as elsewhere:
            assert (elsewhere.connect_ex(("127.0.0.2", port)) == 0) is everywhere
        trusted = ssl.create_default_context(cafile=home / "certificate.pem")
        kind = partial(HTTPSConnection, context=trusted) if everywhere else HTTPConnection
        with closing(kind("localhost", port, timeout=20)) as connection:
            connection.request("GET", "/", headers={"Host": host, "X-Forwarded-Proto": "https"})
            got = connection.getresponse()
            assert (got.status, b"Password" in got.read()) == (200, True)
        program.send_signal(signal.SIGINT)
        assert program.communicate(timeout=10) == ("", "")
    assert program.returncode == 0


def test_what_nohup_turned_off_stays_off() -> None:
    import uvicorn

    program = uvicorn.Server(uvicorn.Config(Doorkeeper(secret, 1, "/path")))
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with polite(program):
            signal.raise_signal(signal.SIGHUP)
            assert not program.should_exit
            signal.raise_signal(signal.SIGTERM)
            assert program.should_exit
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
