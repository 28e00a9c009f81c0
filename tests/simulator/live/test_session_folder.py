"""What chooses the questions of a session: its seed."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.engine.rounds import interviewer
from vivavoce.simulator.live.session_folder import seed
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import QuestionAsked, Seconds
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.library import sessions

TYPED = "I led the move to the new depot and it cut the cost by half.\n" * 3


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def asked(folder: Path) -> list[str]:
    events = log.read_log(folder / log.NAME)
    return [one.text for one in events if isinstance(one, QuestionAsked) and one.move in ("open", "ask")]


def interviewed(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "stdin", StringIO(TYPED))
    before = set(sessions.folders())
    assert main(["interview", "--text", "--title", "same"]) == 0
    (made,) = set(sessions.folders()) - before
    return made


def test_after_a_deletion_other_questions_come(monkeypatch: pytest.MonkeyPatch) -> None:
    first = interviewed(monkeypatch)
    questions = asked(first)
    assert questions
    assert main(["delete", "--all", "--yes"]) == 0

    assert asked(interviewed(monkeypatch)) != questions


@pytest.mark.parametrize("gone", ["the latest", "the first", "nothing", "all"])
def test_no_session_has_the_seed_of_another(gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = []
    for _ in range(3):
        seeds.append(sessions.read_meta(interviewed(monkeypatch)).seed)
        folders = sorted(sessions.folders())
        names = {"the latest": folders[-1:], "the first": folders[:1], "nothing": [], "all": folders}[gone]
        if names:
            assert main(["delete", "--yes", *(folder.name for folder in names)]) == 0

    assert seeds == [1, 2, 3]


def test_of_many_that_begin_at_once_each_has_a_seed_of_its_own() -> None:
    with ThreadPoolExecutor(8) as pool:
        seeds = list(pool.map(lambda _: seed(), range(400)))

    assert sorted(seeds) == list(range(1, 401))


def test_the_seed_is_kept_so_that_the_questions_can_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    interviewed(monkeypatch)
    folder = interviewed(monkeypatch)
    about = sessions.read_meta(folder)

    again = interviewer(persona("dana"), pack("behavioral"), None, about.seed)

    assert json.loads((folder / "session.json").read_text())["seed"] == about.seed == 2
    assert again.open(Seconds(0.0)).text == asked(folder)[0]


def test_a_seed_that_cannot_be_counted_is_told_in_a_line(home: Path) -> None:
    (home / "begun").mkdir(parents=True)

    with pytest.raises(LibraryError, match="set VIVAVOCE_HOME elsewhere"):
        seed()
