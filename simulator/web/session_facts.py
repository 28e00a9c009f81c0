"""What pages tell of all sessions together: computed once for each, and kept in the library's cache."""

from dataclasses import dataclass, replace
from pathlib import Path

from vivavoce.personas.content.story_map import story_map
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.bank.figures.claimed import Figure
from vivavoce.transcripts.bank.ledger import claims
from vivavoce.transcripts.bank.likeness import Claim, Source
from vivavoce.transcripts.bank.sources import told_in
from vivavoce.transcripts.bank.takes import Take, take_in
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal.session_json import read_meta
from vivavoce.transcripts.library.kept import Computed
from vivavoce.transcripts.training.held import Held, held_in

AT_ONCE = 250  # sessions that one page waits for; each takes about a twentieth of a second
TAKES_AT_ONCE = 12  # takes of stories: their sentences are read by what they mean, which takes a second each


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A session in which the story of this name was told."""

    story: str
    take: Take


@dataclass(frozen=True, slots=True)
class Figured:
    """A claim without its source."""

    figure: Figure
    at: Seconds | None
    quote: str
    context: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer and what is claimed in it."""

    source: Source
    found: tuple[Figured, ...]

    def claims(self) -> list[Claim]:
        """Return its claims."""
        return [Claim(self.source, one.figure, one.at, one.quote, one.context) for one in self.found]


@dataclass(frozen=True, slots=True)
class Claimed:
    """The answers of a session in which something is claimed in figures."""

    answers: tuple[Answered, ...]


def take_of(folder: Path) -> Told | None:
    """Return which story was told in a session; None if it was another one.

    Raises:
        LibraryError: its details cannot be read.
    """
    meta = read_meta(folder)
    if not meta.story or meta.origin:
        return None
    return Told(story=meta.story, take=take_in(folder, meta, story_map(), embedding()))


def claimed_in(folder: Path) -> Claimed | None:
    """Return what is claimed in figures in a session; None if nothing is."""
    said = [(source, claims(source)) for source in told_in(folder)]
    kept = tuple(
        Answered(
            source=replace(source, words=()),  # which told when it was said, and are not needed any more
            found=tuple(Figured(one.figure, one.at, one.quote, one.context) for one in found),
        )
        for source, found in said
        if found
    )
    return Claimed(kept) if kept else None


# The number is that of what is computed: another one where the same folder would give other values.
HELD = Computed("held 1", Held, held_in)
TOLD = Computed("told 1", Told, take_of)
CLAIMED = Computed("claimed 1", Claimed, claimed_in)
