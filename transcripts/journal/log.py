"""The journal: a session's events in `events.jsonl`, one a line, in the order in which they became known.

Each line is handed to the operating system before `write` returns, so a program that is killed
loses nothing (a power cut may cost what the system had not yet put on the disk). A line that
does not fit is taken back, so only the last line of a journal can ever be torn.
"""

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path

from vivavoce.transcripts.errors import JournalError
from vivavoce.transcripts.events import LATEST, Event, Seconds, from_json, to_json
from vivavoce.transcripts.journal.disk import append, loads, read
from vivavoce.transcripts.short_lists import few

NAME = "events.jsonl"
RECOVERED = "recovered"  # the reason of a SessionEnded that was added after the program was killed

# Quotes inside spoken text are escaped, so text can never look like the head of a line.
_HEAD = re.compile(rb'"at": (-?\d+(?:\.\d+)?), "event": "(\w+)"')


@dataclass(frozen=True, slots=True)
class Log:
    """What a journal holds; `skipped` names the first lines that could not be used, and counts the rest."""

    events: list[Event]
    skipped: list[str]


@dataclass(frozen=True, slots=True)
class Glance:
    """The latest time in a journal, and how often each event happened."""

    latest: Seconds
    counts: Counter[str]


class Journal:
    """Appends events to a new file, which it holds for this process alone.

    Raises:
        JournalError: there is a journal already, or the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file = FileIO(path, "xb")
        except FileExistsError:
            raise JournalError(f"{path} holds a session already; start a new one") from None
        except OSError as error:
            raise JournalError(f"cannot make {path}: {error.strerror}; set VIVAVOCE_HOME elsewhere") from None
        with suppress(OSError):  # the file is new, so this can only be a file system without locks
            _hold(self._file)

    def write(self, event: Event) -> None:
        """Append `event`.

        Raises:
            JournalError: it does not fit; the journal still ends with the event before it.
        """
        try:
            append(self._file, to_line(event))
        except OSError as error:
            raise JournalError(f"cannot write the journal: {error.strerror}; free some disk space") from None

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._file.close()


def add(path: Path, events: Iterable[Event]) -> None:
    """Append `events` to the journal of a session that is over, all of them or none.

    Raises:
        JournalError: it is still running, or they do not fit.
    """
    if in_use(path):
        raise JournalError(f"{path.parent.name} is still running; end it first")
    try:
        with FileIO(path, "rb+") as file:
            append(file, b"".join(map(to_line, events)))
    except OSError as error:
        raise JournalError(f"cannot write the journal: {error.strerror}; free some disk space") from None


def to_line(event: Event) -> bytes:
    """Return `event` as a line of the journal."""
    return json.dumps(to_json(event)).encode() + b"\n"


def read_log(path: Path) -> list[Event]:
    """Return the events of the journal at `path`, without the lines that `scan` would name.

    Raises:
        JournalError: there is no such file, or it may not be read.
    """
    return scan(path).events


def scan(path: Path) -> Log:
    """Return the events of the journal at `path`, and what had to be skipped.

    Skipped are damaged lines, events that this version does not know, and a last line that was
    being written when the program stopped. The notes hold no spoken words.

    Raises:
        JournalError: there is no such file, or it may not be read.
    """
    events: list[Event] = []
    return Log(events, list(few(_skipped(_content(path), events), "{:,} more lines could not be used")))


def glance(path: Path) -> Glance:
    """Return the outline of the journal at `path` without reading its events: quick enough for lists.

    Raises:
        JournalError: there is no such file, or it may not be read.
    """
    heads = _HEAD.findall(whole_lines(path))
    latest = max((time for at, _ in heads if (time := float(at)) <= LATEST), default=0.0)
    return Glance(Seconds(latest), Counter(name.decode() for _, name in heads))


def whole_lines(path: Path) -> bytes:
    """Return the journal at `path` without a torn last line; a last line that only lacks its end keeps it.

    Raises:
        JournalError: there is no such file, or it may not be read.
    """
    content = _content(path)
    cut = content.rfind(b"\n") + 1
    return content + b"\n" if isinstance(_parsed(content[cut:]), Event) else content[:cut]


def in_use(path: Path) -> bool:
    """Return whether a running program holds the journal at `path`."""
    try:
        with FileIO(path, "rb+") as file:
            _hold(file)
            _let_go(file)
    except BlockingIOError:
        return True
    except OSError:  # no such file, or a file system without locks
        return False
    return False


def _content(path: Path) -> bytes:
    try:
        return read(path)
    except OSError as error:
        raise JournalError(f"cannot read {path}: {error.strerror}; is it a session folder?") from None


def _skipped(content: bytes, events: list[Event]) -> Iterator[str]:
    """Add the events in `content` to `events`, and yield what is wrong with each line that holds none."""
    for number, line in enumerate(BytesIO(content), start=1):
        if isinstance(event := _parsed(line), Event):
            events.append(event)
        elif not line.endswith(b"\n"):
            yield "the last line was still being written when the program stopped"
        elif line.strip():
            yield f"line {number} {event}"


def _parsed(line: bytes) -> Event | str:
    """Return the event on `line`, or what is wrong with it."""
    if b'"event"' not in line:  # which is quicker to see than what else is wrong
        return "is damaged"
    try:
        row = loads(line, parse_constant=_finite, parse_float=_finite)
        if isinstance(row, dict) and isinstance(row.get("event"), str) and row["event"] not in Event.kinds:
            return f"holds {row['event']!r:.40}, which this version does not know"
        event = from_json(row)
    except ValueError:
        return "is damaged"
    return event if isinstance(event.at, float | int) else "is damaged"


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(f"{written} is no time")
    return number


# `_hold` locks a file until it is let go or closed, or the process ends, however it ends.

if sys.platform == "win32":
    import msvcrt

    _BEYOND = 2**31 - 2  # a byte that no journal reaches: what is locked there, nobody else may read

    def _hold(file: FileIO) -> None:
        try:
            _locking(file, msvcrt.LK_NBLCK)
        except PermissionError as error:
            raise BlockingIOError(error.errno, error.strerror) from None

    def _let_go(file: FileIO) -> None:
        _locking(file, msvcrt.LK_UNLCK)

    def _locking(file: FileIO, mode: int) -> None:
        file.seek(_BEYOND)
        msvcrt.locking(file.fileno(), mode, 1)

else:
    import fcntl

    def _hold(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
