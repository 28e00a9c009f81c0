"""The takes of a story: the sessions in which it was told, newest first. Computed anew from their folders."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from vivavoce.transcripts.bank.coverage import Shown, covered_in
from vivavoce.transcripts.bank.telling import told
from vivavoce.transcripts.bank.themes import themes_of
from vivavoce.transcripts.errors import JournalError, LibraryError
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, read_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.scoring.checks import Checks
from vivavoce.transcripts.story.parts import Embedding
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.turns import turns
from vivavoce.transcripts.words import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A story as it was told once.

    Attributes:
        session: id of the session.
        started_at: the wall-clock date in ISO form, with its own offset.
        number: 1 for the first take of the story; 0 for one that cannot be read.
        seconds: from the first word to the last; None in writing, and where nothing was said.
        words: how many were said.
        fields: those that it tells, with the sentence that shows it and when that was said.
        themes: those that its words speak of, with these words.
        problem: why it cannot be read; "" if it can.
    """

    session: str
    started_at: str = ""
    number: int = 0
    seconds: Seconds | None = None
    words: int = 0
    fields: dict[str, Shown] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def takes(story: str, checks: Sequence[Checks], embedding: Embedding | None = None) -> list[Take]:
    """Return the takes of the story called `story`, the newest first."""
    return every_take(checks, embedding, story).get(story, [])


def every_take(
    checks: Sequence[Checks], embedding: Embedding | None = None, story: str | None = None
) -> dict[str, list[Take]]:
    """Return the takes of each story that was ever told, or of one alone; the newest first."""
    by_story: dict[str, list[Take]] = {}
    for folder in sessions.folders():
        with suppress(LibraryError):  # what it was is not known
            meta = read_meta(folder)
            if meta.story and not meta.origin and story in (None, meta.story):
                by_story.setdefault(meta.story, []).append(take_in(folder, meta, checks, embedding))
    return {name: numbered(found) for name, found in by_story.items()}


def take_in(folder: Path, meta: Meta, checks: Sequence[Checks], embedding: Embedding | None = None) -> Take:
    """Return the take that the session in `folder` is, without its number."""
    try:
        said = log.scan(folder / log.NAME).events
    except JournalError as error:
        return Take(session=folder.name, started_at=meta.started_at, problem=str(error))
    telling = told(answers(said, turns(said)))
    seconds = None if typed(said) else telling.seconds
    return Take(
        session=folder.name,
        started_at=meta.started_at,
        seconds=None if seconds is None else Seconds(round(seconds, 1)),
        words=len(telling.text.split()),
        fields=covered_in(telling, checks, embedding),
        themes=themes_of(telling.text, checks),
    )


def numbered(found: Iterable[Take]) -> list[Take]:
    """Return the takes of a story with their numbers, the newest first."""
    ordered = sorted(found, key=lambda one: (_moment(one.started_at), one.session))
    number = count(1)
    return [one if one.problem else replace(one, number=next(number)) for one in ordered][::-1]


def _moment(started_at: str) -> float:
    """Return when it began, wherever that was; 0 if nobody knows."""
    with suppress(ValueError, OverflowError):
        at = datetime.fromisoformat(started_at)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    return 0.0
