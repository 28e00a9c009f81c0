"""What a damaged disk, a broken encoding or a hostile file may do to a command: one clear line, no more."""

import json
import os
import re
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from vivavoce.simulator.commands.main import main
from vivavoce.simulator.doctor import server_check
from vivavoce.simulator.errors import ScriptError
from vivavoce.simulator.practice.candidate_script import read_script
from vivavoce.transcripts.errors import LibraryError, UnwritableError
from vivavoce.transcripts.events import Seconds, SessionEnded, SessionStarted
from vivavoce.transcripts.journal import log, session_json
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions

VIVAVOCE = Path(sys.executable).with_name("vivavoce")
NESTED = "[" * 100_000

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def session(title: str) -> Path:
    folder = sessions.create(Meta(title=title))
    journal = log.Journal(folder / log.NAME)
    journal.write(SessionStarted(at=Seconds(0.0)))
    journal.write(SessionEnded(at=Seconds(61.0), reason="over"))
    journal.close()
    return folder


@pytest.mark.parametrize("row", [NESTED, '{"at": NaN, "event": "SessionStarted"}', '{"at": 1e999}'])
def test_a_hostile_line_in_a_journal_is_skipped_and_named(row: str, capsys: Output) -> None:
    folder = session("Mine")
    with (folder / log.NAME).open("a") as file:
        file.write(row + "\n")

    assert main(["show", folder.name]) == 0
    assert "line 3 is damaged" in capsys.readouterr().out


def test_a_session_that_cannot_be_read_hides_no_other(capsys: Output) -> None:
    sound, broken = session("Sound"), session("Broken")
    (broken / session_json.NAME).write_text(NESTED)
    (broken / log.NAME).unlink()
    os.mkfifo(broken / log.NAME)

    assert main(["sessions"]) == 0
    listed = capsys.readouterr().out
    assert sound.name in listed
    assert "it is not a file" in listed


def test_recover_completes_all_that_it_can_and_then_names_the_rest(capsys: Output) -> None:
    newer, killed = session("Newer"), session("Killed")
    (newer / session_json.NAME).write_text('{"schema": 99}')

    assert main(["recover"]) == 2
    printed = capsys.readouterr()
    assert "newer vivavoce" in printed.err
    assert (killed / sessions.REPORT).is_file()


def test_a_session_whose_report_did_not_fit_is_offered_to_recover(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    folder = session("Full")

    def full(path: Path, content: bytes) -> None:
        raise UnwritableError(f"cannot write {path}: No space left on device; free some space")

    with monkeypatch.context() as disk:
        disk.setattr(sessions.disk, "replace", full)
        with pytest.raises(LibraryError, match=f"vivavoce recover {folder.name}"):
            sessions.finish(folder)
    assert main(["sessions"]) == 0
    assert f"vivavoce recover {folder.name}" in capsys.readouterr().out
    assert main(["recover"]) == 0
    assert sessions.sessions()[0].finished


def test_a_session_that_cannot_begin_leaves_no_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise LibraryError("no space")

    monkeypatch.setattr(session_json, "replace", full)
    with pytest.raises(LibraryError):
        sessions.create(Meta())
    assert list((home / "sessions").iterdir()) == []


def test_broken_utf_8_and_control_characters_become_spaces(home: Path) -> None:
    command = [VIVAVOCE, "interview", "--text", b"--title", b"Caf\xff\x1b[2J"]
    done = subprocess.run(command, input=b"I led \xff it.\x07\nq\n", capture_output=True, check=True)

    assert b"Traceback" not in done.stderr
    [folder] = (home / "sessions").iterdir()
    assert json.loads((folder / session_json.NAME).read_text())["title"] == "Caf [2J"
    text = (folder / sessions.TRANSCRIPT).read_text()
    assert "I led" in text
    assert "\x07" not in text


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([b"transcribe", b"\xff\nno.wav"], b"no such file"),
        ([b"recover", b""], b"no session"),
        ([b"simulate", b"/dev"], b"cannot read the script"),
    ],
)
def test_a_strange_argument_is_one_line(arguments: list[bytes], complaint: bytes) -> None:
    done = subprocess.run([VIVAVOCE, *arguments], capture_output=True, check=False)

    assert done.returncode == 2
    assert complaint in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("place", ["/dev/null/deep", "x" * 5000, "~nobody/vivavoce"])
def test_a_home_that_is_none_is_one_line(place: str, tmp_path: Path) -> None:
    command = [VIVAVOCE, "interview", "--text"]
    environment = {**os.environ, "VIVAVOCE_HOME": place, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        command, input=b"q\n", capture_output=True, cwd=tmp_path, env=environment, check=False
    )

    assert done.returncode == (0 if place.startswith("~") else 2)
    assert len(done.stderr.splitlines()) == done.returncode // 2


COMMANDS = [
    ["demo", "--fast"],
    ["score", "answers.jsonl"],
    ["web", "--no-browser"],
    ["doctor"],
    ["sessions"],
    ["models", "list"],
    ["interview", "--text"],
    ["search", "word"],
    ["recover"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("place", ["file", "file/deep/home", "loop/home", "nowhere", "nowhere/home"])
def test_a_home_that_can_be_no_folder_is_one_line(
    place: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nowhere").symlink_to("gone/long/ago")
    (tmp_path / "answers.jsonl").write_text('{"answer": "I led it."}\n')
    before = sorted(tmp_path.iterdir())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / place))
    monkeypatch.setattr("vivavoce.simulator.web.app.serve", lambda *_, **__: pytest.fail("it serves"))

    assert main(command) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.fullmatch(r"vivavoce: your data cannot lie in .*; set VIVAVOCE_HOME elsewhere\n", printed.err)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (["demo", "--fast"], "cannot write to /proc/vivavoce/sessions"),
        (
            ["web", "--no-browser"],
            "cannot use /proc/vivavoce/cache/library.sqlite: No such file or directory",
        ),
        (["interview", "--text"], "cannot write /proc/vivavoce/begun"),
        (["search", "word"], "cannot use /proc/vivavoce/cache/library.sqlite: No such file or directory"),
        (["models", "get", "minilm"], "cannot write minilm to /proc/vivavoce/models"),
    ],
)
def test_a_home_that_cannot_be_written_is_one_line(
    command: list[str], complaint: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", "/proc/vivavoce")  # where nobody can make a folder, not even root
    monkeypatch.setattr("vivavoce.simulator.practice.demo.need", lambda settings, **_: None)
    monkeypatch.setattr("vivavoce.simulator.web.app.serve", lambda *_, **__: pytest.fail("it serves"))

    assert main(command) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"vivavoce: {complaint}")
    assert "VIVAVOCE_HOME" in printed.err
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize("command", [["sessions"], ["models", "list"], ["score", "answers.jsonl"]])
def test_what_only_reads_needs_no_home(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    (tmp_path / "answers.jsonl").write_text('{"answer": "I led it."}\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIVAVOCE_HOME", "/proc/vivavoce")

    assert main(command) == 0
    assert "vivavoce:" not in capsys.readouterr().err


def test_a_full_device_for_the_results_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [VIVAVOCE, "models"], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )

    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("😀 I was late.\n".encode(), "no JSON;"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nI was late.\n", "no answer;"),
        (b"I was late \xe9 again.\n", "not in UTF-8;"),
    ],
)
def test_scoring_what_is_a_transcript_says_what_reads_it(
    content: bytes, why: str, tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "a.srt").write_bytes(content)

    assert main(["score", str(tmp_path / "a.srt")]) == 2
    assert f"line 1: {why}" in (told := capsys.readouterr().err)
    assert "a transcript is for `vivavoce analyze`" in told


@pytest.mark.parametrize("row", ["deep = " + NESTED, "rate = " + "9" * 5000])
def test_a_hostile_configuration_is_one_line(row: str, home: Path, capsys: Output) -> None:
    home.mkdir()
    (home / "config.toml").write_text(row)

    assert main(["demo", "--fast"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        '{"candidate": [], "seed": Infinity}',
        '{"candidate": [], "seed": null}',
        '{"candidate": [{"say": "one two", "pauses": [[Infinity, 1]]}]}',
        '{"candidate": [{"say": "one \\ud800 two"}]}',
        '{"candidate": [{"words": [["\\u001b[2J", 0, 1]]}]}',
    ],
)
def test_a_script_that_nobody_can_say_is_refused(wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    path.write_text(wrong)

    with pytest.raises(ScriptError):
        read_script(path)


def test_an_address_that_is_none_is_one_line(capsys: Output) -> None:
    assert main(["doctor", "--llm-base-url", "http://[::1"]) == 2
    assert "--llm-base-url must be an address" in capsys.readouterr().err


def test_a_chat_server_that_sends_a_byte_now_and_then_is_not_waited_for() -> None:
    class Dripping(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            for letter in b"HTTP/1.0 200 OK":
                self.wfile.write(bytes([letter]))
                time.sleep(0.1)

        def log_message(self, *args: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Dripping) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        names, problem = server_check.answer(f"http://127.0.0.1:{server.server_port}/v1", "", Seconds(0.15))
        server.shutdown()

    assert names == []
    assert "took longer than" in problem
