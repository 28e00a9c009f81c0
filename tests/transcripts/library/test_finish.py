import wave
from pathlib import Path

import numpy as np
import pytest

from vivavoce.transcripts.errors import LibraryError, NewerError
from vivavoce.transcripts.events import Event, Reprompt, Seconds, SessionEnded, SessionStarted
from vivavoce.transcripts.journal import log, recording
from vivavoce.transcripts.journal.log import Journal, read_log, scan, to_line
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions as library
from vivavoce.transcripts.library.sessions import create, finish, sessions

S = Seconds
BEHAVIORAL = Meta(round="behavioral", persona="Ana", minutes=10, models={"recogniser": "base"})


def journalled(folder: Path, events: list[Event]) -> Path:
    journal = Journal(folder / log.NAME)
    for event in events:
        journal.write(event)
    journal.close()
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def a_folder(home: Path, name: str) -> Path:
    folder = home / "sessions" / name
    folder.mkdir(parents=True)
    return folder


def test_a_session_that_ended_gets_its_pages_and_keeps_its_journal(home: Path, session: list[Event]) -> None:
    folder = journalled(create(BEHAVIORAL), session)
    before = (folder / log.NAME).read_bytes()

    finish(folder)

    assert (folder / log.NAME).read_bytes() == before
    assert "# Behavioral round with Ana" in (folder / "report.md").read_text("utf-8")
    assert "Tell me about a slow model." in (folder / "transcript.md").read_text("utf-8")


@pytest.mark.parametrize("torn", [b"", b'{"schema": 1, "at": 41.0, "event": "SessionEnded", "rea'])
def test_a_killed_session_is_completed_without_losing_a_whole_event(
    home: Path, session: list[Event], torn: bytes
) -> None:
    folder = journalled(create(BEHAVIORAL), session[:-1])
    with (folder / log.NAME).open("ab") as file:
        file.write(torn)
    assert not sessions()[0].finished

    finish(folder)

    found = scan(folder / log.NAME)
    last = SessionEnded(at=max(event.at for event in session[:-1]), reason="recovered")
    assert found.events == [*session[:-1], last]
    assert found.skipped == []
    assert sessions()[0].finished


def test_a_last_line_that_only_lacks_its_end_is_kept(home: Path) -> None:
    folder = create(BEHAVIORAL)
    whole = [to_line(SessionStarted(at=S(0.0))), to_line(Reprompt(at=S(1.0), text="a"))]
    (folder / log.NAME).write_bytes(b"".join(whole).removesuffix(b"\n"))

    finish(folder)

    assert [type(event) for event in read_log(folder / log.NAME)] == [SessionStarted, Reprompt, SessionEnded]


def test_damaged_lines_are_kept_and_named_in_the_report(home: Path, session: list[Event]) -> None:
    folder = create(BEHAVIORAL)
    damaged = to_line(session[0]) + b"\x00\x00\n" + b"".join(map(to_line, session[1:]))
    (folder / log.NAME).write_bytes(damaged)

    finish(folder)

    assert (folder / log.NAME).read_bytes() == damaged
    assert "line 2 is damaged" in (folder / "report.md").read_text("utf-8")


def test_finishing_twice_changes_nothing(home: Path, session: list[Event]) -> None:
    folder = journalled(create(BEHAVIORAL), session[:-1])
    (folder / recording.NAME).write_bytes(recording.header(0) + bytes(recording.BLOCK_BYTES * 100 + 3))
    finish(folder)
    once = files(folder)

    finish(folder)

    assert files(folder) == once


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(recording.header(0), id="of the start"),
        pytest.param(recording.header(10**6), id="too long"),
        pytest.param(bytes(recording.HEADER_BYTES), id="never written"),
    ],
)
def test_the_header_of_the_sound_is_made_to_fit(home: Path, header: bytes) -> None:
    folder = create(BEHAVIORAL)
    sound = np.arange(2 * 16_000, dtype="<i2").tobytes()
    (folder / recording.NAME).write_bytes(header + sound + b"\x01")

    finish(folder)

    with wave.open(str(folder / recording.NAME)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, 16_000, 16_000)
        assert file.readframes(16_000) == sound
    assert read_log(folder / log.NAME) == [SessionEnded(at=S(1.0), reason="recovered")]


def test_sound_of_another_layout_is_left_alone(home: Path, session: list[Event]) -> None:
    folder = journalled(create(BEHAVIORAL), session)
    (folder / recording.NAME).write_bytes(b"fLaC" + bytes(range(100)))

    finish(folder)

    assert (folder / recording.NAME).read_bytes() == b"fLaC" + bytes(range(100))


def test_a_header_never_says_more_than_its_field_can_hold() -> None:
    assert recording.header(2**40) == recording.header(recording.MOST_BYTES)


def test_a_session_that_is_still_running_is_left_alone(home: Path) -> None:
    folder = create(BEHAVIORAL)
    journal = Journal(folder / log.NAME)
    journal.write(SessionStarted(at=S(0.0)))

    with pytest.raises(LibraryError, match="still running"):
        finish(folder)
    journal.close()

    assert read_log(folder / log.NAME) == [SessionStarted(at=S(0.0))]


def test_a_session_of_a_newer_version_is_left_alone(home: Path, session: list[Event]) -> None:
    folder = journalled(a_folder(home, "2030-01-01-1000-new"), session[:-1])
    (folder / "session.json").write_bytes(b'{"schema": 2}')
    before = files(folder)

    with pytest.raises(NewerError, match="update"):
        finish(folder)

    assert files(folder) == before


@pytest.mark.parametrize("details", [None, b'{"sch'])
def test_a_session_without_readable_details_can_be_finished(
    home: Path, session: list[Event], details: bytes | None
) -> None:
    folder = journalled(a_folder(home, "2026-01-02-1000-a"), session)
    if details:
        (folder / "session.json").write_bytes(details)

    finish(folder)

    assert "slow model" in (folder / "report.md").read_text("utf-8")


def test_an_empty_folder_is_no_session(home: Path) -> None:
    folder = a_folder(home, "2026-01-02-1000-a")

    with pytest.raises(LibraryError, match="holds no session"):
        finish(folder)

    assert files(folder) == {}


def test_nothing_half_written_is_left_when_a_page_cannot_be_written(home: Path, session: list[Event]) -> None:
    folder = journalled(create(BEHAVIORAL), session)
    (folder / library.REPORT).mkdir()

    with pytest.raises(LibraryError, match="cannot write"):
        finish(folder)

    assert not list(folder.glob("*.tmp"))
