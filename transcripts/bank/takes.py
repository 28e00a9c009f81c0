"""The takes of a story: the sessions in which it was told, newest first. Computed anew from their folders."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from vivavoce.transcripts.bank.coverage import Shown, covered_in
from vivavoce.transcripts.bank.telling import told
from vivavoce.transcripts.bank.themes import themes_of
from vivavoce.transcripts.errors import JournalError, LibraryError
from vivavoce.transcripts.events import Event, Seconds
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
    told: dict[str, list[tuple[Path, Meta]]] = {}
    for folder in sorted(sessions.folders()):
        with suppress(LibraryError):  # what it was is not known
            meta = read_meta(folder)
            if meta.story and not meta.origin and story in (None, meta.story):
                told.setdefault(meta.story, []).append((folder, meta))
    return {name: _numbered(held, checks, embedding) for name, held in told.items()}


def _numbered(
    held: Sequence[tuple[Path, Meta]], checks: Sequence[Checks], embedding: Embedding | None
) -> list[Take]:
    found: list[Take] = []
    number = 0
    for folder, meta in sorted(held, key=lambda one: (_moment(one[1]), one[0].name)):
        try:
            said = log.scan(folder / log.NAME).events
        except JournalError as error:
            found.append(Take(session=folder.name, started_at=meta.started_at, problem=str(error)))
            continue
        number += 1
        found.append(_take(folder, meta, number, said, (checks, embedding)))
    return found[::-1]


def _take(
    folder: Path,
    meta: Meta,
    number: int,
    said: Sequence[Event],
    means: tuple[Sequence[Checks], Embedding | None],
) -> Take:
    telling = told(answers(said, turns(said)))
    heard = telling.words
    seconds = None if typed(said) else telling.seconds
    return Take(
        session=folder.name,
        started_at=meta.started_at,
        number=number,
        seconds=None if seconds is None else Seconds(round(seconds, 1)),
        words=len(heard),
        fields=covered_in(heard, *means),
        themes=themes_of(" ".join(word.text for word in heard), means[0]),
    )


def _moment(meta: Meta) -> float:
    """Return when it began, wherever that was; 0 if nobody knows."""
    with suppress(ValueError, OverflowError):
        at = datetime.fromisoformat(meta.started_at)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    return 0.0
