import json
import os
import resource
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from shutil import rmtree

import pytest

from tests.transcripts.conftest import line, speech
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import Event, Seconds, SessionEnded, SessionStarted, TurnEnded, to_json
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, write_meta
from vivavoce.transcripts.library import index as index_module
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.index import MARKS, Index


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path


def held(name: str, events: list[Event], **about: str) -> Path:
    folder = sessions.shelf() / name
    folder.mkdir(parents=True)
    write_meta(folder, Meta(**about))
    (folder / log.NAME).write_text("".join(json.dumps(to_json(event)) + "\n" for event in events))
    sessions.finish(folder)
    return folder


def test_a_session_is_listed_with_its_scores(session: list[Event]) -> None:
    held("2026-01-01-0900-first", session, title="first", round="behavioral", persona="Dana")
    held("2026-01-02-0900-second", session, title="second", round="story", persona="Robin")
    with Index() as index:
        index.refresh()
        rows = index.sessions()
        assert [row.id for row in rows] == ["2026-01-02-0900-second", "2026-01-01-0900-first"]
        assert (rows[1].title, rows[1].persona, rows[1].length, rows[1].turns) == ("first", "Dana", 40.0, 1)
        assert rows[1].finished
        assert [row.id for row in index.sessions(persona="Robin")] == ["2026-01-02-0900-second"]
        assert index.sessions(limit=1, offset=1) == [rows[1]]
        assert (index.count(), index.values("round")) == (2, ["behavioral", "story"])
        answers = index.answers("2026-01-01-0900-first")
        report = json.loads((sessions.shelf() / "2026-01-01-0900-first" / "report.json").read_text())
        assert [row["question"] for row in answers] == [row["question"] for row in report["answers"]]
        assert [row["overall"] for row in answers] == [
            (row["scores"] or {}).get("overall") for row in report["answers"]
        ]


TOLD = (
    "Last spring I ran the night desk of a hotel in Leeds. It was up to me to make the handover shorter. "
    "I timed ten of them with a watch, and I wrote a card with five lines for each guest. "
    "As a result the handover fell from forty minutes to seventeen."
)


def test_an_answer_is_listed_with_its_parts_and_what_it_tells(session: list[Event]) -> None:
    said = [*line(1.0, "What did you improve?", "ask", 2.0), *speech(4.0, TOLD, 0.9)]
    ended = TurnEnded(
        at=Seconds(38.0),
        started_at=Seconds(4.0),
        ended_at=Seconds(37.0),
        decided_at=Seconds(38.0),
        text=TOLD,
        why="silence",
        probability=0.9,
    )
    events = [SessionStarted(at=Seconds(0.0)), *said, ended, SessionEnded(at=Seconds(40.0), reason="time")]
    held("2026-01-01-0900-first", events, started_at="2026-01-01T09:00:00+01:00")
    held("2026-01-02-0900-demo", session, started_at="2026-01-01T10:00:00+01:00", origin="demo")
    report = json.loads((sessions.shelf() / "2026-01-01-0900-first" / "report.json").read_text())
    with Index() as index:
        index.refresh()
        row, *_ = index.answers("2026-01-01-0900-first")
        assert row["parts"] == report["answers"][0]["pacing"]["part_seconds"]
        assert row["wpm"] == report["answers"][0]["pacing"]["speech_rate_wpm"]
        assert "action" in row["told"]
        assert len(index.answers("2026-01-01-0900-first", "2026-01-02-0900-demo")) == 3
        assert index.own(10) == ["2026-01-01-0900-first"]
        began = "2026-01-01T09:00:00+01:00"
        assert index.held("2026-01-01") == (1, began, [began])
        assert index.held("2026-01-02") == (1, began, [])


@pytest.mark.parametrize(
    "change",
    [
        {"star": "x"},
        {"star": {"present": [1]}},
        {"kind": 5},
        {"pacing": {"part_seconds": "x", "speech_rate_wpm": []}},
        {"pacing": {"part_seconds": {"action": "x", "<b>": 4, "task": -1e300}}},
        {"findings": [{"code": ["x"]}, 4]},
        {"scores": None},
    ],
)
def test_a_report_that_somebody_edited_is_listed_all_the_same(
    session: list[Event], change: dict[str, object]
) -> None:
    path = held("2026-01-01-0900-first", session) / "report.json"
    report = json.loads(path.read_text())
    report["answers"][0] |= change
    path.write_text(json.dumps(report))
    with Index() as index:
        index.refresh()
        row, *_ = index.answers("2026-01-01-0900-first")
        assert set(row["parts"]) <= {"situation", "task", "action", "result", "lesson", "other"}
        assert row["told"] is None or isinstance(row["told"], list)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("latency", 1),
        ("LATENCY percent", 1),
        ('"latency went down"', 1),
        ('"down went latency"', 0),
        ("latency nothing", 0),
        ("slow", 2),
        ("", 0),
        ('"', 0),
        ("* AND (", 2),
        ("NOT latency OR NEAR(", 0),
        ("text:latency", 0),
        ("\x00", 0),
        ("' OR 1=1 --", 0),
        ("w" * 100_000, 0),
        ("a " * 2_000, 2),
    ],
)
def test_what_was_said_is_found_and_nothing_is_an_operator(
    session: list[Event], text: str, found: int
) -> None:
    held("2026-01-01-0900-first", session, title="first")
    with Index() as index:
        index.refresh()
        hits = index.search(text)
        assert len(hits) == found
        assert all(MARKS[0] in hit.snippet for hit in hits)


def test_a_hit_tells_who_said_it_and_when(session: list[Event]) -> None:
    held("2026-01-01-0900-first", session, title="first")
    with Index() as index:
        index.refresh()
        (hit,) = index.search("features")
        assert (hit.session, hit.title, hit.at, hit.speaker) == (
            "2026-01-01-0900-first",
            "first",
            4.0,
            "candidate",
        )
        (asked,) = index.search("pipeline in the was what")[:1]
        assert asked.speaker == "interviewer"


def test_folders_may_change_behind_its_back(session: list[Event]) -> None:
    first = held("2026-01-01-0900-first", session, title="first")
    with Index() as index:
        index.refresh()
        held("2026-01-02-0900-second", session, title="second")
        first.rename(first.with_name("2026-01-01-0900-moved"))
        index.refresh()
        assert [row.id for row in index.sessions()] == ["2026-01-02-0900-second", "2026-01-01-0900-moved"]
        write_meta(first.with_name("2026-01-01-0900-moved"), Meta(title="renamed"))
        index.refresh()
        assert index.sessions()[1].title == "renamed"
        rmtree(first.with_name("2026-01-01-0900-moved"))
        index.refresh()
        assert index.count() == 1
        assert {hit.session for hit in index.search("latency")} == {"2026-01-02-0900-second"}


def test_a_folder_that_cannot_be_read_is_named(session: list[Event]) -> None:
    newer = held("2026-01-01-0900-newer", session)
    (newer / "session.json").write_text('{"schema": 99}')
    (sessions.shelf() / "2026-01-02-0900-empty").mkdir()
    torn = held("2026-01-03-0900-torn", session)
    with (torn / log.NAME).open("a") as file:
        file.write('{"schema": 1, "at": 50, "event": "Fina')
    odd = held("2026-01-04-0900-odd", session)
    (odd / "report.json").write_text(
        '{"answers": [5, {"scores": 3, "findings": [1], "pacing": "x"}], "pacing": {}}'
    )
    with Index() as index:
        index.refresh()
        rows = {row.id: row for row in index.sessions()}
        assert len(rows) == 4
        assert "newer" in rows["2026-01-01-0900-newer"].problem
        assert rows["2026-01-02-0900-empty"].problem
        assert rows["2026-01-04-0900-odd"].overall is None


def test_what_is_deleted_leaves_no_word_in_the_cache(session: list[Event]) -> None:
    folder = held("2026-01-01-0900-first", session, title="xylophone")
    held("2026-01-02-0900-second", [event for event in session if "pipeline" in str(event)], title="second")
    with Index() as index:
        index.refresh()
        cache = sessions.shelf().parent / "cache"
        assert b"latency" in b"".join(path.read_bytes() for path in cache.iterdir())
        rmtree(folder)
        index.refresh()
        left = b"".join(path.read_bytes() for path in cache.iterdir())
        assert b"latency" not in left
        assert b"xylophone" not in left


def test_it_is_made_anew_from_nothing_and_when_it_is_damaged(session: list[Event]) -> None:
    held("2026-01-01-0900-first", session, title="first")
    with Index() as index:
        index.refresh()
        index.rebuild()
        assert index.count() == 1
    path = sessions.shelf().parent / "cache" / "library.sqlite"
    for damage in (b"no database" * 500, path.read_bytes()[:5000] + b"x" * 9000):
        path.write_bytes(damage)
        with Index() as index:
            index.refresh()
            assert index.count() == 1
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    with Index() as index:
        index.refresh()
        assert index.count() == 1


def test_two_at_once_do_not_hurt_each_other(session: list[Event]) -> None:
    for number in range(20):
        held(f"2026-01-01-09{number:02}-s", session)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with Index() as index:
                for _ in range(5):
                    os.utime(sessions.shelf() / "2026-01-01-0905-s" / log.NAME)
                    index.refresh()
                    index.search("latency")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [repr(failure) for failure in failures] == []
    with Index() as index:
        assert index.count() == 20
        assert len(index.search("latency")) == 20


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "PATIENCE", 0.05)
    monkeypatch.setattr(index_module, "BUSY", 0.05)
    monkeypatch.setattr("vivavoce.transcripts.library.index_file.BUSY", 0.05)


@pytest.mark.usefixtures("impatient")
def test_while_another_process_writes_there_is_what_there_is(session: list[Event], own: Path) -> None:
    held("2026-01-01-0900-first", session)
    with Index() as index:
        assert index.refresh()
    held("2026-01-02-0900-second", session)
    with closing(sqlite3.connect(own / "cache" / "library.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM lines")
        with Index() as index:
            assert not index.refresh()
            assert [hit.session for hit in index.search("latency")] == ["2026-01-01-0900-first"]
            with pytest.raises(LibraryError, match="wait a moment and try again"):
                index.forget(["2026-01-01-0900-first"])
            writer.execute("ROLLBACK")
            assert index.refresh()
            assert len(index.search("latency")) == 2


def test_others_may_write_between_the_sessions_that_are_read_in(
    session: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        held(f"2026-01-01-090{number}-s", session)
    monkeypatch.setattr(index_module, "AT_ONCE", 0.0)
    counts: list[int] = []

    def look(_: float) -> None:
        with Index() as other:
            counts.append(other.count())
            other.forget(["none"])

    monkeypatch.setattr(index_module.time, "sleep", look)
    with Index() as index:
        assert index.refresh()
        assert index.count() == 5
    assert counts == [1, 2, 3, 4]


def test_what_was_read_in_before_a_program_stopped_stays(
    session: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        held(f"2026-01-01-090{number}-s", session)
    monkeypatch.setattr(index_module, "AT_ONCE", 0.0)
    monkeypatch.setattr(index_module.time, "sleep", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt), Index() as index:
        index.refresh()
    with Index() as index:
        assert index.count() == 1


def test_a_disk_that_is_full_is_one_line_and_what_was_there_can_be_read(
    session: list[Event], own: Path
) -> None:
    held("2026-01-01-0900-first", session)
    with Index() as index:
        index.refresh()
    held("2026-01-02-0900-second", session)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Index() as index:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            with pytest.raises(LibraryError, match="cannot use"):
                index.refresh()
            assert len(index.search("latency")) == 1
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert index.refresh()


@pytest.mark.parametrize("name", sessions.COMPUTED)
def test_a_session_that_lacks_a_computed_file_is_not_finished(session: list[Event], name: str) -> None:
    folder = held("2026-01-01-0900-first", session)
    with Index() as index:
        index.refresh()
        (folder / name).unlink()
        index.refresh()
        assert not index.sessions()[0].finished
        sessions.finish(folder)
        index.refresh()
        assert index.sessions()[0].finished


def test_a_folder_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(LibraryError, match="cannot use"):
        Index(tmp_path / "file")
