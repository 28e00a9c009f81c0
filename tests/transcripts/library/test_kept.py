"""What was computed of a session stays until its folder changes, and goes with it."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import Seconds, SessionEnded
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, write_meta
from vivavoce.transcripts.library import rows, sessions
from vivavoce.transcripts.library.index import NAME, Index
from vivavoce.transcripts.library.kept import Computed, Kept, Which

MANY = 10


class Unit(NamedTuple):
    name: str
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    day: date
    parts: frozenset[str]
    units: tuple[Unit, ...] = ()
    by: dict[str, int] | None = None
    at: Seconds | None = None
    whole: bool = True


@given(st.builds(Row, day=st.dates(), at=st.none() | st.floats(0, 1e6)))
def test_what_is_written_is_read_as_it_was(row: Row) -> None:
    assert rows.read(Row, rows.written(row)) == row


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "null", "7", "[]", '["2026-01-01"]', '{"day": 1}', "[" * 9_000),
        '["2026-13-01",[],[],null,null,true]',
        '["2026-01-01","abc",[],null,null,true]',
        '["2026-01-01",[],[["kilo"]],null,null,true]',
        '["2026-01-01",[],[],{"a":"b"},null,true]',
        '["2026-01-01",[],[],null,"3",true]',
        '["2026-01-01",[],[],null,null,1]',
        '["2026-01-01",[],[],null,null,true,"more"]',
    ],
)
def test_what_is_no_row_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no Row"):
        rows.read(Row, text)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    for number, origin in enumerate(("", "", "demo"), start=1):
        session(f"2026-01-0{number}-0900-s", origin=origin)
    return tmp_path


def session(name: str, **about: str) -> Path:
    folder = sessions.shelf() / name
    folder.mkdir(parents=True, exist_ok=True)
    write_meta(folder, Meta(started_at=name[:10], title=name, **about))  # type: ignore[arg-type]
    (folder / log.NAME).write_bytes(log.to_line(SessionEnded(at=Seconds(1.0), reason="time")))
    return folder


class Counted:
    """Computes the title of a session, and counts how often."""

    def __init__(self, name: str = "title 1") -> None:
        self.asked: list[str] = []
        self.computed = Computed(name, Row, self._of)

    def _of(self, folder: Path) -> Row | None:
        self.asked.append(folder.name)
        if "bad" in folder.name:
            raise LibraryError("it cannot be read")
        title = sessions.read_meta(folder).title
        return None if title == "nothing" else Row(date(2026, 1, 1), frozenset({title}))

    def kept(self, most: int = MANY, which: Which | None = None) -> Kept[Row]:
        with Index() as index:
            index.refresh()
        found = Kept(self.computed, which)
        found.compute(most)
        return found


def test_each_session_is_computed_once_and_the_newest_first() -> None:
    counted = Counted()
    some = counted.kept(most=1)
    assert (list(some.values), some.left) == (["2026-01-02-0900-s"], 1)
    for _ in range(2):
        assert {*counted.kept().values} == {"2026-01-01-0900-s", "2026-01-02-0900-s"}  # no demo
    assert counted.asked == ["2026-01-02-0900-s", "2026-01-01-0900-s"]


def test_of_many_sessions_the_latest_count_and_all_drills_and_those_since_a_day() -> None:
    for day in range(1, 7):
        session(
            f"2026-02-0{day}-0900-s", drill="one-number" if day == 1 else "", story="x" if day > 4 else ""
        )

    def days(which: Which) -> list[str]:
        return sorted(name[5:10] for name in Counted(str(which)).kept(which=which).values)

    assert days(Which(latest=2)) == ["02-01", "02-05", "02-06"]
    assert days(Which(latest=1, since="2026-02-04")) == ["02-01", "02-04", "02-05", "02-06"]
    assert days(Which(stories=True)) == ["02-05", "02-06"]
    assert len(days(Which())) == 8


def test_a_session_that_says_nothing_or_cannot_be_read_is_asked_once_too() -> None:
    session("2026-01-05-0900-bad")
    write_meta(session("2026-01-06-0900-s"), Meta(started_at="2026-01-06", title="nothing"))
    counted = Counted()
    for _ in range(2):
        found = counted.kept()
        assert (len(found.values), found.left) == (2, 0)
    assert len(counted.asked) == 4


def test_a_session_that_changed_is_computed_again() -> None:
    counted = Counted()
    counted.kept()
    write_meta(sessions.shelf() / "2026-01-01-0900-s", Meta(started_at="2026-01-01", title="another title"))
    assert counted.kept().values["2026-01-01-0900-s"].parts == {"another title"}
    assert len(counted.asked) == 3


def test_what_is_computed_otherwise_has_another_name_and_what_is_damaged_is_computed_again(own: Path) -> None:
    Counted().kept()
    other = Counted("title 2")
    other.kept()
    assert len(other.asked) == 2
    with sqlite3.connect(own / "cache" / NAME) as base:
        base.execute("UPDATE kept SET value = '[1]'")
    base.close()
    again = Counted()
    assert len(again.kept().values) == len(again.asked) == 2


def test_what_was_kept_of_a_session_goes_with_it(own: Path) -> None:
    Counted().kept()
    with Index() as index:
        index.forget(["2026-01-01-0900-s"])
    assert b"2026-01-01-0900-s" not in (own / "cache" / NAME).read_bytes()
