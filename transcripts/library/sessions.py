"""The library: one folder a session under the user's data folder.

A session folder is its journal and its sound; `session.json` says what it was. Everything else
in it (`transcript.md`, `report.md`) is computed and may be deleted.
"""

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.transcripts.errors import (
    JournalError,
    LibraryError,
    MissingError,
    NewerError,
    UnwritableError,
)
from vivavoce.transcripts.events import Seconds, SessionEnded
from vivavoce.transcripts.journal import disk, log, recording
from vivavoce.transcripts.journal.home import own_home
from vivavoce.transcripts.journal.session_json import Meta, read_meta, write_meta
from vivavoce.transcripts.words import typed

if TYPE_CHECKING:
    from vivavoce.transcripts.scoring.assessment import Reader

__all__ = ["Entry", "create", "find", "finish", "read_meta", "sessions", "write_meta"]

COMPUTED = TRANSCRIPT, REPORT, REPORT_JSON = "transcript.md", "report.md", "report.json"
LONGEST_NAME = 40
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)  # no name for a folder on Windows


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the list of sessions; `problem` says what is wrong with the folder, if anything is.

    `finished` is a session that has ended and has all that is computed from it.
    """

    id: str
    folder: Path
    started_at: str = ""
    title: str = ""
    round: str = ""
    persona: str = ""
    length: float | None = 0.0  # seconds; None for a session in writing
    turns: int = 0
    finished: bool = False
    origin: str = ""  # meta.DEMO, meta.AGAIN, or "" for a person's own take
    story: str = ""  # that was told, by its name
    drill: str = ""  # that it was, by its id
    problem: str = ""


def now() -> datetime:
    """Return the moment by the clock and in the time zone of this machine.

    Raises:
        LibraryError: the time zone is none.
    """
    try:
        return datetime.now().astimezone()
    except (ValueError, OverflowError):
        raise LibraryError(
            "the time zone of this machine is a day or more from UTC; mend TZ, such as TZ=Europe/Berlin"
        ) from None


def create(meta: Meta, fill: Callable[[Path], object] = lambda folder: None) -> Path:
    """Make the folder of a new session, named for the date and `meta.title` (or the round); return it.

    Its session.json holds `meta` with `started_at` set to now, and `fill` writes what else there is so far.

    Raises:
        LibraryError: the folder cannot be made, or it is not known what time it is.
    """
    moment = now()

    def begin(folder: Path) -> None:
        write_meta(folder, replace(meta, started_at=moment.isoformat(timespec="seconds")))
        fill(folder)

    return made(f"{moment:%Y-%m-%d-%H%M}-{_slug(meta.title or meta.round)}", begin)


def made(name: str, fill: Callable[[Path], object]) -> Path:
    """Return the folder of a new session, called `name` if that can be, which appears when `fill` is done.

    Raises:
        UnwritableError: the folder cannot be made, or `fill` met a disk that is full. Nothing is left then.
    """
    plain = name if re.fullmatch(r"\w[\w-]{0,99}", name, re.ASCII) else _slug(name)
    if _DEVICE.fullmatch(plain):
        plain = f"session-{plain}"
    try:
        with disk.drafted(shelf()) as draft:
            fill(draft)
            return _placed(draft, plain)
    except OSError as error:
        raise UnwritableError(
            f"cannot write to {shelf()}: {error.strerror}; make room there, or set VIVAVOCE_HOME elsewhere"
        ) from None


def sessions() -> list[Entry]:
    """Return all sessions, newest first; folders that cannot be read are named, not left out."""
    minute = len("2026-11-23-1415")
    return sorted(map(entry, folders()), key=lambda e: (e.id[:minute], e.started_at, e.id), reverse=True)


def find(name: str) -> Path:
    """Return the folder of the session whose id is `name` or alone begins with it.

    Raises:
        LibraryError: there is none, or there are several.
    """
    fitting = [folder for folder in folders() if name and folder.name.startswith(name)]
    exact = [folder for folder in fitting if folder.name == name]
    if len(exact or fitting) == 1:
        return (exact or fitting)[0]
    if not fitting:
        raise LibraryError(f"no session {name!r}; `vivavoce sessions` lists them")
    several = ", ".join(sorted(folder.name for folder in fitting)[:3])
    raise LibraryError(f"{len(fitting)} sessions begin with {name!r}; say more of it: {several}")


def find_exactly(name: str) -> Path:
    """Return the folder of the session whose id is `name`, which may come from anywhere.

    Raises:
        MissingError: there is none.
    """
    folder = shelf() / name
    if name == folder.name and not name.startswith(".") and "\\" not in name:
        with suppress(OSError, ValueError):  # a name that is too long, or that no file can have
            # The last, because on Windows a folder answers to other names too, such as "x." and "X".
            if folder.is_dir() and not folder.is_symlink() and folder.resolve().name == name:
                return folder
    raise MissingError("there is no such session")


def running(folder: Path) -> bool:
    """Return whether a program still writes the session in `folder`."""
    return log.in_use(folder / log.NAME)


def finish(folder: Path, reader: "Reader | None" = None) -> None:
    """Complete the session in `folder`, however it ended, and write its transcript and report.

    Makes the sound's header fit its length, takes away a torn last line of the journal and says
    when the session ended if nothing else did. Doing it twice changes nothing. `reader` is what the
    answers are read with for the report; without it, the parts are found by their words alone.

    Raises:
        LibraryError: there is no session in it, it is still running, a newer version wrote it,
            or the folder cannot be written.
        JournalError: its journal may not be read.
    """
    try:
        complete(folder, reader)
    except UnwritableError as error:
        raise UnwritableError(f"{error}, then run: vivavoce recover {folder.name}") from None


def complete(folder: Path, reader: "Reader | None" = None) -> None:
    """Do as `finish` does to a folder that is none of the library's sessions yet."""
    from vivavoce.transcripts.report.json_report import to_json
    from vivavoce.transcripts.report.report import markdown, report, transcript
    from vivavoce.transcripts.scoring.assessment import PLAIN  # not needed to list sessions

    journal, sound = folder / log.NAME, folder / recording.NAME
    if running(folder):
        raise LibraryError(f"{folder.name} is still running; end it first")
    details = _details(folder)
    length = recording.repair(sound) if sound.exists() else Seconds(0.0)
    if not journal.exists() and not length:
        raise LibraryError(f"{folder} holds no session; `vivavoce sessions` lists those there are")
    _close(journal, length)
    found = log.scan(journal)
    made = report(found.events, details, found.skipped, reader or PLAIN)
    pages = transcript(found.events), markdown(made), json.dumps(to_json(made))
    for name, page in zip(COMPUTED, pages, strict=True):
        disk.replace(folder / name, page.encode())


def _close(journal: Path, sound: Seconds) -> None:
    """Make `journal` end with a whole line and a SessionEnded; `sound` is how long was recorded."""
    lines, seen = b"", log.Glance(Seconds(0.0), Counter())
    if journal.exists():
        lines, seen = log.whole_lines(journal), log.glance(journal)
    if not seen.counts["SessionEnded"]:
        lines += log.to_line(SessionEnded(at=max(seen.latest, sound), reason=log.RECOVERED))
    if not journal.exists() or lines != journal.read_bytes():
        disk.replace(journal, lines)


def _details(folder: Path) -> Meta:
    """Return what `folder` says of its session, defaults if it is unreadable: the session itself is not."""
    try:
        return read_meta(folder)
    except NewerError:
        raise
    except LibraryError:
        return Meta()


def entry(folder: Path) -> Entry:
    """Return the line of one session."""
    details, seen, problems = Meta(), log.Glance(Seconds(0.0), Counter()), []
    try:
        details = read_meta(folder)
    except LibraryError as error:
        problems.append(str(error))
    try:
        seen = log.glance(folder / log.NAME)
    except JournalError as error:
        problems.append(str(error))
    return Entry(
        id=folder.name,
        folder=folder,
        started_at=details.started_at,
        title=details.title,
        round=details.round,
        persona=details.persona,
        origin=details.origin,
        story=details.story,
        drill=details.drill,
        length=None if _in_writing(folder / log.NAME, seen) else seen.latest,
        turns=max(0, seen.counts["TurnEnded"] - seen.counts["TurnResumed"]),
        finished=seen.counts["SessionEnded"] > 0 and all((folder / name).is_file() for name in COMPUTED),
        problem="; ".join(problems),
    )


def _in_writing(journal: Path, seen: log.Glance) -> bool:
    """Return whether the candidate typed; only a journal with words and without a sound is read for it."""
    silent = not (seen.counts["SpeechStarted"] or seen.counts["PlaybackStarted"])
    return silent and seen.counts["FinalHypothesis"] > 0 and typed(log.scan(journal).events)


def shelf() -> Path:
    """Return the folder that holds the session folders."""
    return own_home() / "sessions"


def folders() -> list[Path]:
    """Return the folder of each session, in no order."""
    try:
        with os.scandir(shelf()) as found:
            return [Path(one.path) for one in found if _is_session(one)]
    except FileNotFoundError:
        return []


def _is_session(found: "os.DirEntry[str]") -> bool:
    """Return whether it is a folder whose name can be shown, and none that is being deleted."""
    try:
        found.name.encode()
    except UnicodeEncodeError:
        return False
    return found.is_dir() and not found.is_symlink() and not found.name.startswith(".")


def _placed(draft: Path, name: str) -> Path:
    """Give `draft` this name, or the first of name-2, name-3 ... that is free."""
    for number in count(1):
        folder = draft.with_name(name if number == 1 else f"{name}-{number}")
        if not os.path.lexists(folder):
            try:
                return draft.rename(folder)
            except OSError:
                if not folder.exists():  # or else another process was quicker
                    raise
    raise AssertionError("count() never ends")


def _slug(text: str) -> str:
    """Return `text` as a name that is safe in every file system."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-") or "session"
