"""A take of a story, held live or in writing, and what it was: its time, its fields, what is new in it."""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from vivavoce.personas.content.story_map import story_map
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.simulator.engine.rounds import Cast
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.review.session_report import reported
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.training.take import Take, cast
from vivavoce.simulator.training.take_clock import WORD, TakeClock
from vivavoce.transcripts.bank.coverage import covered_in
from vivavoce.transcripts.bank.drifts import next_question
from vivavoce.transcripts.bank.fields import headings
from vivavoce.transcripts.bank.ledger import ledger
from vivavoce.transcripts.bank.sources import sources
from vivavoce.transcripts.bank.story_file import LONGEST_NAME, stories
from vivavoce.transcripts.bank.telling import told
from vivavoce.transcripts.errors import LibraryError, TranscriptError
from vivavoce.transcripts.journal.session_json import read_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.compare import compare
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring.assessment import Reader

PLAIN_NAME = re.compile(rf"[^\W_](?:[\w .'-]{{0,{LONGEST_NAME - 2}}}[\w'])?")


def chosen(name: str, seconds: int, pressure: str, cues: str = WORD) -> tuple[Take, list[str]]:
    """Return the take of the story called `name`, and what is to be said of its file.

    Raises:
        LibraryError: the stories cannot be read, or `name` cannot be one's.
    """
    bank = {one.name: one for one in stories()}
    if name in bank:
        found = bank[name]
        notes = [f"{line(name)}: {found.problem}"] if found.problem else []
        return Take(
            name=name,
            title=found.title,
            kind=found.kind,
            seconds=seconds,
            pressure=pressure,
            cues=cues,
            doubt=next_question(ledger(sources(name)).drifts),
        ), notes
    if not PLAIN_NAME.fullmatch(name):
        raise LibraryError(
            f"a story's name has letters, digits, spaces and hyphens, at most {LONGEST_NAME}; "
            f"{line(name)[:LONGEST_NAME]!r} is none"
        )
    near = difflib.get_close_matches(name, bank, 1)
    hint = f"did you mean {near[0]}?" if near else "`vivavoce stories draft` makes one"
    take = Take(name=name, title=name.replace("-", " "), seconds=seconds, pressure=pressure, cues=cues)
    return take, [f"The take is kept as {name!r}, of which there is no file; {hint}"]


def opened(settings: Settings, take: Take, persona: str) -> tuple[Settings, Wanted, Cast, TakeClock]:
    """Return what a session needs that holds the `take`.

    Raises:
        PersonaError: the pack of project stories cannot be used.
    """
    clock = take.clock()
    return _plain(settings), _wanted(take, persona), cast(take, clock), clock


def hold(settings: Settings, take: Take, persona: str) -> Path:
    """Hold the `take` at the local sound devices; return the session's folder.

    Raises:
        MissingModels: models are not here; nothing has begun.
        AudioError: a device cannot be used; what was said is kept.
        PersonaError: no such persona.
        TranscriptError: the session cannot be kept.
    """
    from vivavoce.simulator.live.interview import interview

    return interview(*opened(settings, take, persona))


def hold_in_writing(
    settings: Settings, take: Take, persona: str, lines: Iterable[str], show: Callable[[str], None]
) -> Path:
    """Hold the `take` in writing, where nothing is timed; return the session's folder.

    Raises:
        PersonaError: no such persona.
        TranscriptError: the session cannot be kept.
    """
    from vivavoce.simulator.live.typed import typed

    return typed(_plain(settings), _wanted(take, persona), lines, show, cast(take, take.clock()))


def _wanted(take: Take, persona: str) -> Wanted:
    return Wanted(
        persona=persona, minutes=take.seconds / 60, title=take.title, story=take.name, pack=take.content
    )


def _plain(settings: Settings) -> Settings:
    """Return `settings` without what has no place in a take: papers, and a chat model's words."""
    return replace(settings, interruptions="off", resume="", job="", llm_base_url="")


def summary(folder: Path, take: Take) -> Iterator[str]:
    """Yield what the take in `folder` was, in a few lines.

    Raises:
        TranscriptError: the session cannot be read.
    """
    means = reader()
    found = reported(folder, means)[1]
    if not told(found.answers).turns:
        yield "Nothing was told yet; the next take begins at the same place."
        return
    yield _time(found, take)
    yield from _fields(found, take)
    yield from _since(folder, found, take, means)


def _time(found: Report, take: Take) -> str:
    took = None if found.typed else told(found.answers).seconds
    if took is None:
        return "Told in writing, so without the clock."
    over = round(took) - take.seconds
    return f"{took:.0f} of {take.seconds} seconds" + (f", {over} over." if over > 0 else ".")


def _fields(found: Report, take: Take) -> Iterator[str]:
    """Yield which fields of a story were found, as the story bank finds them; the rest may still be there."""
    shown = covered_in(told(found.answers), story_map(), embedding())
    for said, names in (
        ("Told", [name for field, name in headings(take.kind).items() if field in shown]),
        ("Not found in it", [name for field, name in headings(take.kind).items() if field not in shown]),
    ):
        if names:
            yield f"{said}: {'; '.join(names)}."


def _since(folder: Path, found: Report, take: Take, means: Reader) -> Iterator[str]:
    """Yield what changed since the last take of the same story, if there was one that can be read."""
    with suppress(TranscriptError):
        before = _last(folder, take.name)
        if before is None:
            return
        earlier = reported(before, means)[1]
        changes = [*_longer(told(earlier.answers).seconds, told(found.answers).seconds)]
        pairs = [pair.kind for one in compare(earlier, found, means)[:1] for pair in one.pairs]
        many = Counter(pairs)
        named = (("added", "new"), ("lost", "left out"), ("moved", "moved"), ("kept", "as before"))
        changes += [", ".join(f"{many[kind]} {name}" for kind, name in named if many[kind])] if pairs else []
        if pairs:
            changes[-1] = f"of the sentences {changes[-1]}"
        if changes:
            yield f"Since the take of {_day(earlier.meta.started_at)}: {'; '.join(changes)}."


def _longer(before: float | None, now: float | None) -> Iterator[str]:
    if before is None or now is None:
        return
    more = round(now) - round(before)
    yield "as long" if not more else f"{abs(more)} s {'longer' if more > 0 else 'shorter'}"


def _last(folder: Path, name: str) -> Path | None:
    """Return the folder of the last session before `folder` in which the story was told."""
    for other in sorted(sessions.folders(), key=lambda one: one.name, reverse=True):
        with suppress(LibraryError):
            if other != folder and read_meta(other).story == name:
                return other
    return None


def _day(moment: str) -> str:
    """Return the day of a moment in ISO form, as people say it."""
    with suppress(ValueError):
        day = date.fromisoformat(moment[:10])
        return f"{day.day} {day:%B}"
    return "an unknown day"
