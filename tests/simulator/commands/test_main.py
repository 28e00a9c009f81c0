import json
import subprocess
import sys
from pathlib import Path

import pytest

from vivavoce.audio.errors import DeviceError, ModelError
from vivavoce.personas.content.persona import PersonaError
from vivavoce.simulator.commands import main as cli
from vivavoce.simulator.commands.library import sessions as sessions_command
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.errors import RecorderError, ScriptError, SettingsError
from vivavoce.transcripts.errors import JournalError, LibraryError
from vivavoce.transcripts.events import Event, QuestionAsked, Seconds, SessionEnded, SessionStarted
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions

S = Seconds
VIVAVOCE = Path(sys.executable).with_name("vivavoce")
SCRIPT = {"candidate": [{"say": "So we shipped a model, it failed, and then I fixed it within two weeks."}]}

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    for name in ["VIVAVOCE_MODEL", "OPENAI_API_KEY", "VIVAVOCE_LLM_BASE_URL"]:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.json"
    path.write_text(json.dumps(SCRIPT))
    return path


def session(title: str, *, killed: bool = False) -> Path:
    folder = sessions.create(Meta(title=title, round="behavioral", persona="Dana"))
    journal = log.Journal(folder / log.NAME)
    events: list[Event] = [
        SessionStarted(at=S(0.0)),
        QuestionAsked(at=S(0.1), text="What broke?", move="ask", why="first"),
    ]
    for event in [*events, *([] if killed else [SessionEnded(at=S(61.0), reason="over")])]:
        journal.write(event)
    journal.close()
    if not killed:
        sessions.finish(folder)
    return folder


@pytest.mark.parametrize(
    "error",
    [
        ModelError,
        DeviceError,
        PersonaError,
        ScriptError,
        SettingsError,
        RecorderError,
        LibraryError,
        JournalError,
    ],
)
def test_what_the_user_can_mend_is_one_line_and_status_2(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def fail(*_: object) -> None:
        raise error("it is broken; mend it")

    monkeypatch.setattr(sessions_command, "run", fail)

    assert main(["sessions"]) == 2
    assert capsys.readouterr() == ("", "vivavoce: it is broken; mend it\n")


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(sessions_command, "run", fail)

    with pytest.raises(ZeroDivisionError):
        main(["sessions"])


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["show", "2020"], "vivavoce sessions"),
        (["recover", "2020"], "vivavoce sessions"),
        (["simulate", "none.json"], "cannot read the script"),
        (["transcribe", "none.wav"], "check the name"),
        (["models", "get", "gpt"], "choose tiny.en"),
        (["models", "verify", "tiny.en"], "vivavoce models get tiny.en"),
        (["interview", "--persona", "nobody", "--text"], "dana"),
        (["interview", "--rate", "fast"], "--rate must be a whole number"),
        (["demo", "--fast"], "vivavoce models get tiny.en smart-turn"),
        (["demo", "--model", "none"], "choose tiny.en"),
        (["interview"], "vivavoce models get tiny.en smart-turn"),
    ],
)
def test_every_command_says_in_one_line_what_to_do(
    arguments: list[str], advice: str, home: Path, capsys: Output
) -> None:
    assert main(arguments) == 2

    message = capsys.readouterr().err
    assert advice in message
    assert len(message.splitlines()) == 1
    assert not (home / "sessions").exists()


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["show"], ["interview", "--echo", "loud"], ["interview", "--minutes", "0"]]
)
def test_a_command_line_that_makes_no_sense_is_status_2(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)

    assert left.value.code == 2


def test_the_library_lists_shows_and_recovers(capsys: Output) -> None:
    whole, killed = session("Whole"), session("Killed", killed=True)

    assert main(["sessions"]) == 0
    listed = capsys.readouterr().out.splitlines()
    rows = {line.split()[0]: line for line in listed}
    assert rows.keys() == {"id", killed.name, whole.name}
    assert f"vivavoce recover {killed.name}" in rows[killed.name]
    assert "01:01" in rows[whole.name]

    assert main(["show", killed.name]) == 0
    assert "# Killed with Dana" in capsys.readouterr().out

    assert main(["recover"]) == 0
    assert str(killed / "report.md") in capsys.readouterr().out
    assert isinstance(log.read_log(killed / log.NAME)[-1], SessionEnded)

    assert main(["recover"]) == 0
    assert capsys.readouterr().out == "Every session is complete.\n"


def test_a_session_that_still_runs_is_neither_listed_as_whole_nor_recovered(capsys: Output) -> None:
    folder = sessions.create(Meta(title="Running"))
    journal = log.Journal(folder / log.NAME)
    journal.write(SessionStarted(at=S(0.0)))

    assert main(["recover"]) == 0
    assert f"{folder.name} is still running" in capsys.readouterr().out
    assert main(["sessions"]) == 0
    assert "recover" not in (listed := capsys.readouterr().out)
    assert "running" in listed.splitlines()[1]
    assert main(["recover", folder.name]) == 2
    assert "still running" in capsys.readouterr().err
    journal.close()


def test_an_empty_library_says_how_to_begin(capsys: Output) -> None:
    assert main(["sessions"]) == 0
    assert "vivavoce interview" in capsys.readouterr().out


def test_simulate_prints_events_in_the_order_of_time(script: Path, capsys: Output) -> None:
    assert main(["simulate", str(script), "--json"]) == 0

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["schema"] for row in rows} == {1}
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert {"QuestionAsked", "TurnEnded", "PlaybackFinished", "SessionEnded"} <= {
        row["event"] for row in rows
    }


def test_simulate_prints_what_was_said_to_people(script: Path, capsys: Output) -> None:
    assert main(["simulate", str(script)]) == 0
    assert "**Candidate** [00:" in capsys.readouterr().out


def test_models_are_listed_with_how_to_get_them(capsys: Output) -> None:
    assert main(["models"]) == 0

    listed = capsys.readouterr().out
    assert "vivavoce models get smart-turn" in listed
    assert "BSD-2-Clause" in listed


def test_a_folder_without_the_model_is_no_source(tmp_path: Path, capsys: Output) -> None:
    assert main(["models", "get", "smart-turn", "--from", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_settings_are_read_before_a_command_begins(home: Path, capsys: Output) -> None:
    home.mkdir()
    (home / "config.toml").write_text('modle = "base"\n')

    assert main(["demo", "--fast"]) == 2
    assert "line 1: there is no setting modle; did you mean model?" in capsys.readouterr().err


def test_ctrl_c_outside_a_session_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sessions_command, "run", interrupted)
    monkeypatch.setattr(cli.threading, "active_count", lambda: 1)

    assert main(["sessions"]) == 130
    assert capsys.readouterr() == ("", "")


def test_help_and_the_library_need_no_numpy() -> None:
    program = (
        "import sys, vivavoce.simulator.commands.main as cli; cli.main(['sessions']); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.PIPE, text=True)

    assert "numpy" not in done.stdout.split()


def test_a_reader_that_has_enough_is_no_error(script: Path) -> None:
    simulate = subprocess.Popen(
        [VIVAVOCE, "simulate", script, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert simulate.stdout is not None
    simulate.stdout.readline()
    simulate.stdout.close()
    assert simulate.stderr is not None

    assert simulate.stderr.read() == b""
    assert simulate.wait() == 0
    simulate.stderr.close()


def test_it_runs_as_a_module_too() -> None:
    command = [sys.executable, "-m", "vivavoce.simulator.commands.main", "--help"]

    assert b"interview" in subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
