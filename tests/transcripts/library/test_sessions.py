from pathlib import Path

import pytest

from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import Event, Seconds
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.log import Journal
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library.sessions import create, find, finish, read_meta, sessions

S = Seconds
BEHAVIORAL = Meta(round="behavioral", persona="Ana", minutes=10, models={"recogniser": "base"})


def journalled(folder: Path, events: list[Event]) -> Path:
    journal = Journal(folder / log.NAME)
    for event in events:
        journal.write(event)
    journal.close()
    return folder


def a_folder(home: Path, name: str) -> Path:
    folder = home / "sessions" / name
    folder.mkdir(parents=True)
    return folder


def test_a_new_session_is_named_for_its_date_and_round_and_keeps_its_details(home: Path) -> None:
    folder = create(BEHAVIORAL)

    details = read_meta(folder)

    assert folder.parent == home / "sessions"
    assert folder.name == f"{details.started_at[:10]}-{details.started_at[11:16].replace(':', '')}-behavioral"
    assert (details.round, details.persona, details.minutes) == ("behavioral", "Ana", 10)
    assert details.models == {"recogniser": "base"}


def test_sessions_of_the_same_minute_have_folders_of_their_own(home: Path) -> None:
    assert len({create(BEHAVIORAL) for _ in range(4)}) == 4


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Übung: Zürich/../etc", "ubung-zurich-etc"),
        ("  ", "session"),
        ("面接", "session"),
        ("x" * 300, "x" * 40),
        ("CON.", "con"),
    ],
)
def test_any_title_gives_a_safe_name(home: Path, title: str, name: str) -> None:
    folder = create(Meta(title=title))

    assert folder.parent == home / "sessions"
    assert folder.name[len("2026-11-23-1415-") :].removesuffix("-2") == name


def test_the_list_is_newest_first(home: Path, session: list[Event]) -> None:
    for name in ["2026-01-02-1000-a", "2026-01-03-0900-b", "2025-12-31-2359-c"]:
        journalled(a_folder(home, name), session)

    assert [entry.id[:10] for entry in sessions()] == ["2026-01-03", "2026-01-02", "2025-12-31"]


def test_the_list_tells_length_turns_and_whether_a_session_ended(home: Path, session: list[Event]) -> None:
    finish(journalled(create(BEHAVIORAL), session))

    (entry,) = sessions()

    assert (entry.round, entry.persona, entry.length, entry.turns) == ("behavioral", "Ana", 40.0, 1)
    assert (entry.finished, entry.problem) == (True, "")


def test_without_a_session_the_list_is_empty(home: Path) -> None:
    assert sessions() == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param({}, "cannot read", id="an empty folder"),
        pytest.param({"session.json": b'{"sch'}, "damaged", id="half-written details"),
        pytest.param({"session.json": b"[]"}, "damaged", id="details of another shape"),
        pytest.param({"session.json": b'{"schema": 2}'}, "newer vivavoce", id="a newer version"),
        pytest.param({"session.json": b'{"schema": 1}'}, "events.jsonl", id="no events yet"),
    ],
)
def test_a_folder_that_cannot_be_read_is_named_in_the_list(
    home: Path, content: dict[str, bytes], problem: str
) -> None:
    folder = a_folder(home, "2026-01-02-1000-odd")
    for name, text in content.items():
        (folder / name).write_bytes(text)

    (entry,) = sessions()

    assert problem in entry.problem
    assert "\n" not in entry.problem
    assert (entry.id, entry.finished) == ("2026-01-02-1000-odd", False)


def test_a_stray_file_is_no_session(home: Path) -> None:
    (home / "sessions").mkdir()
    (home / "sessions" / ".DS_Store").write_bytes(b"")

    assert sessions() == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2026-01-02-1000-a", "2026-01-02-1000-a"),
        ("2026-01-02-1000-ab", "2026-01-02-1000-ab"),
        ("2026-01-03", "2026-01-03-0900-b"),
    ],
)
def test_a_session_is_found_by_its_id_or_its_beginning(home: Path, name: str, found: str) -> None:
    for each in ["2026-01-02-1000-a", "2026-01-02-1000-ab", "2026-01-03-0900-b"]:
        a_folder(home, each)

    assert find(name).name == found


@pytest.mark.parametrize(
    ("name", "message"),
    [("2026", "2 sessions begin with"), ("1999", "no session"), ("", "no session"), ("../x", "no session")],
)
def test_a_name_that_fits_none_or_several_says_what_to_do(home: Path, name: str, message: str) -> None:
    for each in ["2026-01-02-1000-a", "2026-01-03-0900-b"]:
        a_folder(home, each)

    with pytest.raises(LibraryError, match=message):
        find(name)


def test_details_of_the_wrong_shape_fall_back_and_unknown_ones_are_ignored(home: Path) -> None:
    folder = a_folder(home, "2026-01-02-1000-a")
    (folder / "session.json").write_bytes(
        b'{"schema": 1, "round": 7, "persona": "Ana", "mood": "", "minutes": 5}'
    )

    assert read_meta(folder) == Meta(persona="Ana", minutes=5)
