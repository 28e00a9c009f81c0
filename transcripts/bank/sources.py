"""Where figures are claimed: the stories' files, and every take of the library. Computed anew from both."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vivavoce.transcripts.bank.ledger import STORY, TAKE
from vivavoce.transcripts.bank.likeness import Source
from vivavoce.transcripts.bank.story_file import StoryFile, stories
from vivavoce.transcripts.errors import JournalError, LibraryError
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, read_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.turns import turns

BETWEEN = "\n\n"  # between two turns


def sources(story: str = "", home: Path | None = None) -> list[Source]:
    """Return the stories and the takes, those of demos and second hearings left out.

    Args:
        story: only what belongs to the story of this name.
        home: where the stories are; the user's own if None.

    Raises:
        LibraryError: the folder of the stories cannot be read.
    """
    told = (one for folder in sessions.folders() for one in _told_in(folder, story))
    return [*written(story, home), *told]


def written(story: str = "", home: Path | None = None) -> list[Source]:
    """Return the stories alone, or the one of this name.

    Raises:
        LibraryError: the folder of the stories cannot be read.
    """
    return [_written(one) for one in stories(home) if story in ("", one.name)]


def told_in(folder: Path) -> list[Source]:
    """Return each answer of a session; nothing of one that is not the person's own, or cannot be read."""
    return list(_told_in(folder, ""))


def _written(one: StoryFile) -> Source:
    text = BETWEEN.join(filter(None, [*one.fields.values(), one.other]))
    return Source(kind=STORY, name=one.name, story=one.name, text=text)


def _told_in(folder: Path, story: str) -> Iterator[Source]:
    with suppress(LibraryError, JournalError):
        meta = read_meta(folder)
        if not meta.origin and story in ("", meta.story):
            yield from _answers(folder, meta)


def _answers(folder: Path, meta: Meta) -> Iterator[Source]:
    events = log.scan(folder / log.NAME).events
    for one in answers(events, turns(events)):
        text = BETWEEN.join(turn.text for turn in one.turns)
        if text.strip():
            yield Source(
                kind=TAKE,
                name=folder.name,
                at=meta.started_at,
                story=meta.story,
                text=text,
                words=one.words,
            )
