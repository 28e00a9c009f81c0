"""Polite signals end what runs in good order."""

import json
import os
import pty
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vivavoce.audio.frame import FRAME_SAMPLES, Frame
from vivavoce.simulator import signals
from vivavoce.simulator.commands import main as cli
from vivavoce.simulator.commands.library import sessions as sessions_command
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.live.session_folder import ENDED, Wanted, keeping
from vivavoce.simulator.live.typed import typed
from vivavoce.simulator.practice.candidate import CandidateMicrophone
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import FinalHypothesis, Seconds, SessionEnded, SessionStarted
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions

VIVAVOCE = Path(sys.executable).with_name("vivavoce")
ANSWER = "I rewrote the features and latency went down by forty percent."
POLITE = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.setattr(cli.threading, "active_count", lambda: 1)
    return tmp_path


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """Let the signals of one test mean nothing to the next."""
    before = {number: signal.getsignal(number) for number in signals.POLITE}
    yield
    for number, action in before.items():
        signal.signal(number, action)


def send(number: int) -> None:
    os.kill(os.getpid(), number)


def kept(folder: Path) -> tuple[list[str], list[str]]:
    """Return what was answered, and how the session ended."""
    events = log.read_log(folder / log.NAME)
    answers = [event.text for event in events if isinstance(event, FinalHypothesis)]
    return answers, [event.reason for event in events if isinstance(event, SessionEnded)]


def only() -> sessions.Entry:
    (entry,) = sessions.sessions()
    return entry


@POLITE
def test_a_typed_interview_ends_in_good_order(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def lines() -> Iterator[str]:
        yield ANSWER
        send(number)

    monkeypatch.setattr(sys, "stdin", lines())

    assert main(["interview", "--text"]) == 0
    assert only().finished
    assert kept(only().folder) == ([ANSWER], [ENDED])


@POLITE
def test_a_second_polite_signal_changes_nothing(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = sessions.finish

    def lines() -> Iterator[str]:
        yield ANSWER
        try:
            send(number)
        finally:
            send(number)

    def finishing(*given: object) -> None:
        send(number)
        finish(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(sys, "stdin", lines())
    monkeypatch.setattr(sessions, "finish", finishing)

    assert main(["interview", "--text"]) == 0
    assert only().finished
    assert kept(only().folder) == ([ANSWER], [ENDED])


@POLITE
def test_what_comes_while_a_line_is_answered_interrupts_nothing(number: int) -> None:
    shown: list[str] = []

    def show(line: str) -> None:
        shown.append(line)
        if len(shown) == 3:  # the hint, the greeting, what is said to the answer
            send(number)

    with signals.answered(signals.leave):
        folder = typed(Settings(), Wanted(), [ANSWER] * 3, show)

    assert kept(folder) == ([ANSWER], [ENDED])
    assert only().finished


@POLITE
def test_what_comes_while_the_report_is_written_interrupts_nothing(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = sessions.finish

    def finishing(*given: object) -> None:
        send(number)
        finish(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(sessions, "finish", finishing)
    with signals.answered(signals.leave), keeping(Meta(round="behavioral"), print) as files:
        files.begun = True
        files.write(SessionStarted(at=Seconds(0.0)))

    assert only().finished


@POLITE
def test_only_the_first_is_answered(number: int) -> None:
    answers: list[int] = []
    with signals.answered(lambda number, frame: answers.append(number)):
        for one in (number, *signals.POLITE):
            send(one)

    assert answers == [number]


@pytest.mark.parametrize("gone", [OSError(5, "Input/output error"), BrokenPipeError(), EOFError()])
def test_a_terminal_that_is_gone_ends_it_too(gone: Exception) -> None:
    def lines() -> Iterator[str]:
        yield ANSWER
        if not isinstance(gone, EOFError):
            raise gone

    folder = typed(Settings(), Wanted(), lines(), lambda line: None)

    assert kept(folder) == ([ANSWER], [ENDED])


@POLITE
def test_any_other_command_leaves_with_the_status_that_the_shell_expects(
    number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cleaned: list[str] = []

    def interrupted(*_: object) -> None:
        try:
            send(number)
        finally:
            cleaned.append("so")

    monkeypatch.setattr(sessions_command, "run", interrupted)
    assert main(["sessions"]) == 128 + number
    assert cleaned == ["so"]
    assert capsys.readouterr() == ("", "")


@POLITE
def test_a_simulation_prints_what_happened_until_then(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "script.json"
    script.write_text(json.dumps({"schema": 1, "candidate": [{"say": ANSWER}]}))
    listen = CandidateMicrophone.frames

    def frames(self: CandidateMicrophone) -> Iterator[Frame]:
        for frame in listen(self):
            if frame.start == 100 * FRAME_SAMPLES:
                send(number)
            yield frame

    monkeypatch.setattr(CandidateMicrophone, "frames", frames)

    assert main(["simulate", str(script), "--json"]) == 128 + number
    *_, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (last["event"], last["reason"]) == ("SessionEnded", ENDED)
    assert 3.0 < last["at"] < 3.5


def test_what_nohup_has_switched_off_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with signals.answered(signals.leave):
            send(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_thread_leaves_signals_to_the_main_one() -> None:
    seen: list[object] = []

    def run() -> None:
        with signals.answered(signals.leave):
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()

    assert seen == [signal.getsignal(signal.SIGTERM)]


def until(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.e2e
def test_a_terminal_window_that_is_closed_costs_nothing(home: Path) -> None:
    program, terminal = pty.fork()
    if program == 0:
        os.execv(VIVAVOCE, [str(VIVAVOCE), "interview", "--text"])
    os.write(terminal, f"{ANSWER}\n".encode())
    journals = (home / "sessions").glob
    until(lambda: any(b"TurnEnded" in one.read_bytes() for one in journals("*/events.jsonl")))
    os.close(terminal)

    _, status = os.waitpid(program, 0)
    assert os.WIFEXITED(status)
    assert only().finished
    assert kept(only().folder) == ([ANSWER], [ENDED])
