"""What a session leaves on the disk: its folder while it runs, and how it is closed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from io import FileIO
from pathlib import Path
from platform import python_version
from shutil import rmtree

from vivavoce.audio.errors import DeviceError
from vivavoce.audio.models.memory import give_back
from vivavoce.personas.content.content_checks import every_set
from vivavoce.personas.content.pack import Pack, practising
from vivavoce.personas.content.persona import Persona
from vivavoce.personas.papers.job_packs import BEHAVIORAL, round_of
from vivavoce.personas.papers.tailoring import NOTHING, Tailoring
from vivavoce.simulator import signals
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.engine.rounds import stages
from vivavoce.simulator.settings import Settings, kept
from vivavoce.transcripts.errors import JournalError, LibraryError, TranscriptError
from vivavoce.transcripts.events import Event
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.home import own_home
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions

ENDED = "the candidate ended it"
BEGUN = "begun"  # holds a byte for each session that began


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user asked for."""

    persona: str = "dana"
    round: str = BEHAVIORAL
    minutes: float | None = None
    question: str | None = None  # to practise this one alone
    title: str = ""  # of the job, and of the session
    pad: Path | None = None  # the file that code or notes are written in
    story: str = ""  # the name of the one that is told
    drill: str = ""  # the id of the one that is held
    pack: Pack | None = None  # what is asked, where no round has it

    def content(self, known: Tailoring = NOTHING) -> Pack:
        """Return what the interviewer will ask somebody of whom this is `known`.

        Raises:
            PersonaError: there is no such round, or the question is empty.
        """
        if self.pack is not None:
            return self.pack
        chosen = round_of(self.round, known)
        return chosen if self.question is None else practising(chosen, self.question)


@dataclass(slots=True)
class Files:
    """The folder of a running session and its journal; `begun` once there is something to keep."""

    folder: Path
    journal: log.Journal
    notice: Callable[[str], None]
    begun: bool = False
    _told: set[str] = field(default_factory=set)

    def write(self, event: Event) -> None:
        """Journal `event`; if it does not fit, the interview goes on without."""
        try:
            self.journal.write(event)
        except JournalError as error:
            self._tell(error)

    def name_recogniser(self, name: str) -> None:
        """Note in session.json which recogniser it is; if that cannot be, the interview goes on without."""
        try:
            meta = sessions.read_meta(self.folder)
            sessions.write_meta(self.folder, replace(meta, models={**meta.models, "recogniser": name}))
        except LibraryError as error:
            self._tell(error)

    def _tell(self, error: TranscriptError) -> None:
        """Say once what cannot be kept."""
        if str(error) not in self._told:
            self._told.add(str(error))
            self.notice(f"{error}. The interview goes on.")


@contextmanager
def keeping(meta: Meta, notice: Callable[[str], None]) -> Iterator[Files]:
    """Keep a session: its folder is complete when the block ends well, and gone if it never began.

    Whoever leaves at once, by a second Ctrl-C, leaves a folder that `vivavoce recover` completes.

    Raises:
        TranscriptError: the folder cannot be made or completed.
        PersonaError: a content check cannot be used.
    """
    every_set()  # so that a mistake in the user's own checks is told now, not when all has been said
    folder = sessions.create(meta)
    try:
        files = Files(folder, log.Journal(folder / log.NAME), notice)
    except JournalError:
        rmtree(folder)
        raise
    try:
        yield files
    except BaseException as error:
        files.journal.close()
        if not files.begun:
            rmtree(folder, ignore_errors=True)
        elif isinstance(error, DeviceError):
            _finish(folder)
        raise
    files.journal.close()
    if files.begun:
        _finish(folder)
    else:
        rmtree(folder, ignore_errors=True)


def _finish(folder: Path) -> None:
    with signals.answered(signals.ignore):  # the report is soon written
        sessions.finish(folder, reader())
    give_back()  # what the report took, or else who holds one session after the other keeps it


def seed() -> int:
    """Return a number that is higher for each session, so that the next one asks other questions.

    It is the length of a file to which each session adds a byte. No deletion sets that back, and of two that
    begin at once each adds its own.

    Raises:
        LibraryError: the file cannot be written.
    """
    path = own_home() / BEGUN
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileIO(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(b".")
            return file.tell()
    except OSError as error:
        raise LibraryError(f"cannot write {path}: {error.strerror}; set VIVAVOCE_HOME elsewhere") from None


def meta(settings: Settings, asking: Persona, content: Pack, wanted: Wanted, seed: int) -> Meta:
    """Return what session.json says of a session that is about to begin."""
    return Meta(
        title=wanted.title,
        round=content.round,
        persona=", ".join(dict.fromkeys(one.persona.name for one in stages(asking, content))),
        pack=content.id,
        minutes=wanted.minutes or content.minutes,
        versions={"vivavoce": version("vivavoce"), "python": python_version()},
        models={},
        settings=kept(settings),
        seed=seed,
        story=wanted.story,
        drill=wanted.drill,
    )
