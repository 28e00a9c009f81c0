"""plan.toml in the home: when the interview is, since when there is a plan, and for which round.

A person may edit it. What cannot be used is told in one line, and the file is never changed for that.
"""

import json
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.journal.home import own_home
from vivavoce.transcripts.printable import line

NAME = "plan.toml"
LOOP = "loop"  # the rounds of the job, or of any
VERSION = 1
LARGEST = 100_000  # bytes
LONGEST = 200  # characters of a text that are kept
LONGEST_PATH = 4096
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)  # so that days around it can be reckoned with
HEAD = """# The week before an interview; `vivavoce plan` shows it. You may change what stands here.
# interview: its day. started: only what was done from then on counts.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """What the plan is for."""

    interview: date
    started: date
    round: str = LOOP
    title: str = ""  # of the job
    resume: str = ""  # where it is, if the person named one
    job: str = ""  # where its posting is, likewise


def path() -> Path:
    """Return where the file is, or would be."""
    return own_home() / NAME


def read() -> PlanFile | None:
    """Return the plan, None if there is none.

    Raises:
        LibraryError: there is a file that cannot be used as a plan; it stays as it is.
    """
    where = path()
    try:
        if where.stat().st_size > LARGEST:
            raise _unusable("it is too large for a plan")
        row = tomllib.loads(disk.read(where).decode("utf-8-sig"))
    except FileNotFoundError:
        if where.is_symlink():
            raise _unusable("it is a link to a file that is not there") from None
        return None
    except OSError as error:
        raise _unusable(error.strerror or "it cannot be read") from None
    except (ValueError, RecursionError) as error:  # no TOML, or not in UTF-8
        raise _unusable(line(str(error))[:80]) from None
    return _plan(row)


def write(plan: PlanFile) -> None:
    """Make `plan` the plan.

    Raises:
        LibraryError: there is one already, it could not be read again, or it cannot be written.
    """
    to = path()
    for day in (plan.started, plan.interview):
        if not EARLIEST <= day <= LATEST:
            raise LibraryError(
                f"no plan can have {day}; name a day before the year {LATEST.year + 1}, "
                "and look whether the clock of this machine is right"
            )
    if to.exists() or to.is_symlink():
        raise LibraryError(f"there is a plan in {to}; edit it, or move it away and ask again")
    rows = {"interview": plan.interview.isoformat(), "started": plan.started.isoformat()}
    texts = {"round": plan.round, **({"title": plan.title} if plan.title else {})}
    lines = [f"version = {VERSION}", *(f"{key} = {day}" for key, day in rows.items())]
    kept = {key: json.dumps(line(text)[:LONGEST], ensure_ascii=False) for key, text in texts.items()}
    papers = {"resume": plan.resume, "job": plan.job}
    kept |= {key: json.dumps(where, ensure_ascii=False) for key, where in papers.items() if where}
    lines += [f"{key} = {text}" for key, text in kept.items()]
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"cannot make {to.parent}: {error.strerror}; set VIVAVOCE_HOME") from None
    disk.replace(to, (HEAD + "\n".join(lines) + "\n").encode())


def _plan(row: dict[str, object]) -> PlanFile:
    version = row.get("version", VERSION)
    if not isinstance(version, int):
        raise _unusable(f"its version is no number; write version = {VERSION}")
    if version > VERSION:
        raise _unusable(f"a newer vivavoce wrote it (version {version})")
    if "interview" not in row:
        raise _unusable("it does not say when the interview is, such as interview = 2026-12-06")
    interview = _day(row, "interview")
    started = _day(row, "started") if "started" in row else None
    if started is None:
        raise _unusable("it does not say since when the plan counts, such as started = 2026-11-29")
    if started > interview:
        raise _unusable(f"it starts on {started}, after the interview on {interview}")
    return PlanFile(
        interview=interview,
        started=started,
        round=_text(row, "round") or LOOP,
        title=_text(row, "title"),
        resume=_text(row, "resume", LONGEST_PATH),
        job=_text(row, "job", LONGEST_PATH),
    )


def _day(row: dict[str, object], key: str) -> date:
    value = row[key]
    if isinstance(value, str):  # in quotes, as somebody may write it
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            raise _unusable(f"{key} is no day: {line(str(value))[:40]!r}; write {key} = 2026-12-06") from None
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date) or not EARLIEST <= value <= LATEST:
        raise _unusable(f"{key} is no day; write {key} = 2026-12-06")
    return value


def _text(row: dict[str, object], key: str, longest: int = LONGEST) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise _unusable(f'{key} is no text; write {key} = "..."')
    return line(value)[:longest]


def _unusable(why: str) -> LibraryError:
    return LibraryError(f"cannot use {path()}: {why}; mend it, or move it away for a new plan")
