import json
import resource
import tracemalloc
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import within
from vivavoce.transcripts import events
from vivavoce.transcripts.errors import JournalError
from vivavoce.transcripts.events import Event, Reprompt, Seconds, SessionEnded, SessionStarted, Word
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.log import Journal, glance, in_use, read_log, scan, to_line, whole_lines
from vivavoce.transcripts.printable import printable
from vivavoce.transcripts.short_lists import NAMED

S = Seconds

SAID = [
    SessionStarted(at=S(0.0)),
    Reprompt(at=S(1.5), text='Quoted "at": 99, "event": "SessionEnded" and\na new line é'),
    SessionEnded(at=S(2.25), reason="user"),
]

TIMES = st.floats(min_value=-1, max_value=100_000).map(lambda at: round(at, 3))
TEXTS = st.text().map(printable)  # what is not, is made so when it is read
BY_HINT: dict[Any, st.SearchStrategy[Any]] = {
    Seconds: TIMES,
    float: TIMES,
    str: TEXTS,
    int: st.integers(),
    bool: st.booleans(),
    tuple[str, ...]: st.lists(TEXTS, max_size=3).map(tuple),
}
WORDS = st.builds(Word, text=TEXTS, start=TIMES, end=TIMES, probability=TIMES, filler=st.booleans())
BY_HINT[tuple[Word, ...]] = st.lists(WORDS, max_size=3).map(tuple)

KINDS = [kind for kind in Event.kinds.values() if kind.__module__ == events.__name__]


def any_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: BY_HINT[hints[field.name]] for field in fields(kind)})


def journal(folder: Path, content: bytes) -> Path:
    path = folder / log.NAME
    path.write_bytes(content)
    return path


@given(said=st.lists(st.one_of(map(any_of, KINDS))))
def test_every_event_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, said: list[Event]
) -> None:
    path = tmp_path_factory.mktemp("journal") / log.NAME
    kept = Journal(path)
    for event in said:
        kept.write(event)
        assert path.read_bytes().endswith(to_line(event))
    kept.close()

    assert read_log(path) == said
    assert glance(path).latest == max((event.at for event in said), default=0)
    assert glance(path).counts.total() == len(said)


@given(cut=st.integers(min_value=1, max_value=200))
def test_a_journal_that_was_cut_short_anywhere_gives_all_whole_events(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    content = b"".join(map(to_line, SAID))
    path = journal(tmp_path_factory.mktemp("journal"), content[:-cut])

    found = scan(path)

    whole = [event for event in SAID if to_line(event).rstrip() in content[:-cut]]
    assert found.events == whole
    assert len(found.skipped) <= 1
    assert whole_lines(path) == b"".join(map(to_line, whole))


@pytest.mark.parametrize(
    ("line", "note"),
    [
        pytest.param(b"\x00\xff garbage", "line 2 is damaged", id="bytes that are no text"),
        pytest.param(b'{"schema": 1, "at": 1.0}', "line 2 is damaged", id="no event"),
        pytest.param(b"[1, 2]", "line 2 is damaged", id="not an object"),
        pytest.param(b'{"at": 1, "event": "Reprompt"}', "line 2 is damaged", id="a field missing"),
        pytest.param(b'{"at": null, "event": "SessionStarted"}', "line 2 is damaged", id="no time"),
        pytest.param(
            json.dumps({"schema": 9, "at": 1.0, "event": "MindRead", "text": "secret"}).encode(),
            "line 2 holds 'MindRead', which this version does not know",
            id="an event of a newer version",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_the_rest_is_read(
    tmp_path: Path, line: bytes, note: str
) -> None:
    path = journal(tmp_path, to_line(SAID[0]) + line + b"\n" + to_line(SAID[2]))

    found = scan(path)

    assert found.events == [SAID[0], SAID[2]]
    assert found.skipped == [note]


def test_fields_of_a_newer_version_are_ignored(tmp_path: Path) -> None:
    row = {"schema": 2, "at": 1.0, "event": "Reprompt", "text": "Again?", "mood": "kind"}

    assert read_log(journal(tmp_path, json.dumps(row).encode())) == [Reprompt(at=S(1.0), text="Again?")]


def test_a_journal_is_never_overwritten(tmp_path: Path) -> None:
    Journal(tmp_path / log.NAME).close()

    with pytest.raises(JournalError, match="start a new one"):
        Journal(tmp_path / log.NAME)


def test_a_journal_is_in_use_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / log.NAME
    assert not in_use(path)

    kept = Journal(path)
    assert in_use(path)

    kept.close()
    assert not in_use(path)


def test_what_becomes_known_afterwards_comes_behind_all_else(tmp_path: Path) -> None:
    path = journal(tmp_path, to_line(SessionStarted(at=Seconds(0.0))))
    log.add(path, [SessionEnded(at=Seconds(9.0), reason="over")])

    assert [type(event) for event in read_log(path)] == [SessionStarted, SessionEnded]


def test_nothing_is_added_to_a_journal_that_is_in_use(tmp_path: Path) -> None:
    held = Journal(tmp_path / log.NAME)

    with pytest.raises(JournalError, match="still running"):
        log.add(tmp_path / log.NAME, [SessionEnded(at=Seconds(9.0), reason="over")])
    held.close()
    assert read_log(tmp_path / log.NAME) == []


@pytest.mark.parametrize("left_over", [0, 1, 20])
def test_after_a_full_disk_the_journal_ends_with_a_whole_event_and_can_go_on(
    tmp_path: Path, left_over: int
) -> None:
    path = tmp_path / log.NAME
    kept = Journal(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(to_line(SAID[0])) + left_over, hard))
    try:
        kept.write(SAID[0])
        with pytest.raises(JournalError, match=r"^[^\n]*free some disk space$"):
            kept.write(SAID[1])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert read_log(path) == SAID[:1]

    kept.write(SAID[2])
    kept.close()
    assert read_log(path) == [SAID[0], SAID[2]]


@pytest.mark.parametrize("read", [read_log, scan, glance, whole_lines])
def test_a_journal_that_is_not_there_is_an_error_for_the_user(tmp_path: Path, read: Any) -> None:
    with pytest.raises(JournalError, match="is it a session folder"):
        read(tmp_path / log.NAME)


@pytest.mark.parametrize(
    "line", [b"x", b"{x", b"{}", b'"event"', b'{"event": "MindRead"}', b"\xff\xfe", b'{"at": 1, "event": 2}']
)
def test_of_many_lines_of_rubbish_the_first_few_are_named_and_the_rest_counted(
    tmp_path: Path, line: bytes
) -> None:
    path = journal(tmp_path, to_line(SAID[0]) + 5000 * (line + b"\n") + to_line(SAID[2]))

    found = scan(path)

    assert within(0.5, lambda: scan(path))
    assert found.events == [SAID[0], SAID[2]]
    assert [note.split()[:2] for note in found.skipped[:NAMED]] == [["line", str(n)] for n in range(2, 7)]
    assert found.skipped[NAMED:] == ["4,995 more lines could not be used"]


def test_megabytes_of_rubbish_take_no_more_memory_than_they_are_long(tmp_path: Path) -> None:
    path = journal(tmp_path, to_line(SAID[0]) + 50_000 * b"x\n")
    tracemalloc.start()
    try:
        scan(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 3 * path.stat().st_size
