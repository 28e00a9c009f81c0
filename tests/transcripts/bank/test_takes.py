"""The takes of a story: which sessions they are, in which order, and what each tells."""

from pathlib import Path

import pytest

from tests.transcripts.conftest import line, speech
from vivavoce.personas.content.story_map import story_map
from vivavoce.transcripts.bank.takes import every_take, takes
from vivavoce.transcripts.events import Seconds, SessionEnded, SessionStarted
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import DEMO, Meta, write_meta

TOLD = "patients waited three hours and they complained every day I drew up a plan and moved the visits"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))


def hold(
    home: Path, name: str, started_at: str, story: str = "x", text: str = TOLD, origin: str = ""
) -> Path:
    """Write a session folder in which a story was told."""
    folder = home / "sessions" / name
    folder.mkdir(parents=True)
    write_meta(folder, Meta(started_at=started_at, story=story, origin=origin))
    events = [
        SessionStarted(at=Seconds(0.0)),
        *line(1.0, "Go ahead.", "ask", 1.0),
        *speech(4.0, TOLD, 0.9),
        SessionEnded(at=Seconds(60.0), reason="user"),
    ]
    (folder / log.NAME).write_bytes(b"".join(map(log.to_line, events)))
    return folder


def test_takes_are_the_sessions_that_name_the_story_the_newest_first(tmp_path: Path) -> None:
    hold(tmp_path, "2026-11-28-1000-a", "2026-11-28T10:00:00+01:00")
    hold(tmp_path, "2026-11-28-0930-b", "2026-11-28T09:30:00+00:00")  # half an hour later, elsewhere
    hold(tmp_path, "2026-11-28-1100-c", "2026-11-28T11:00:00+01:00", story="other")
    hold(tmp_path, "2026-11-28-1200-d", "2026-11-28T12:00:00+01:00", story="")
    hold(tmp_path, "2026-11-28-1300-e", "2026-11-28T13:00:00+01:00", origin=DEMO)

    found = takes("x", story_map())

    assert [(one.session, one.number) for one in found] == [
        ("2026-11-28-0930-b", 2),
        ("2026-11-28-1000-a", 1),
    ]
    assert {*every_take(story_map())} == {"x", "other"}
    assert takes("../x", story_map()) == []


def test_a_take_says_how_long_it_took_and_which_fields_it_told_when(tmp_path: Path) -> None:
    hold(tmp_path, "2026-11-28-1000-a", "2026-11-28T10:00:00+01:00")

    (take,) = takes("x", story_map())

    many = len(TOLD.split())
    assert take.words == many
    assert take.seconds == pytest.approx(0.4 * (many - 1) + 0.35, abs=0.06)
    assert {*take.fields} == {"problem", "model"}
    assert take.fields["problem"].at == 4.0


def test_a_session_that_is_damaged_is_no_take_or_says_so(tmp_path: Path) -> None:
    folder = hold(tmp_path, "2026-11-28-1000-a", "not a date")
    (folder / log.NAME).unlink()
    (folder / log.NAME).mkdir()
    other = hold(tmp_path, "2026-11-28-1100-b", "2026-11-28T11:00:00+01:00")
    (other / "session.json").write_bytes(b"{")

    (take,) = takes("x", story_map())

    assert (take.session, take.number, take.fields) == ("2026-11-28-1000-a", 0, {})
    assert take.problem
    assert "\n" not in take.problem


def test_without_a_session_there_is_no_take() -> None:
    assert takes("x", story_map()) == []
