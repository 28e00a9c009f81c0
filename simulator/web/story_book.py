"""A person's stories, their takes and the figures claimed in them, as plain values for the templates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.simulator.training.rungs import rungs_of
from vivavoce.simulator.training.story_bank import Asked, Banked, asked_of, banked
from vivavoce.simulator.web.notebook import named
from vivavoce.simulator.web.session_facts import Told
from vivavoce.transcripts.bank.coverage import Shown
from vivavoce.transcripts.bank.fields import THEMES, headings
from vivavoce.transcripts.bank.story_file import StoryFile, copies, stories, story
from vivavoce.transcripts.bank.takes import Take, numbered
from vivavoce.transcripts.library.sessions import shelf
from vivavoce.transcripts.training.held import day_of

TIMES = {1: "once", 2: "twice"}
MOST_TAKES = 12  # side by side; older ones stand in the library


def book(told: Mapping[str, Told]) -> dict[str, Any]:
    """Return all stories with their latest takes, and which themes have none yet.

    Raises:
        LibraryError: the stories cannot be read.
        PersonaError: a pack cannot be used.
    """
    takes = _takes(told.values())
    files = stories()
    asked = asked_of(Tailoring()) if files else ()
    found = [_banked(one, takes, asked) for one in files]
    of = {theme: [one.file for one in found if theme in one.themes.shown] for theme in THEMES}
    return {
        "stories": [_story(one) for one in found],
        "themes": [
            (theme, [(one.name, one.title) for one in having]) for theme, having in of.items() if having
        ],
        "missing": [theme for theme, having in of.items() if not having],
        "copies": copies(),
        "lost": sorted(set(takes) - {one.name for one in files}),
    }


def page_of(name: str, told: Mapping[str, Told]) -> dict[str, Any]:
    """Return all there is to one story.

    Raises:
        LibraryError: there is none, or it cannot be read.
        PersonaError: a pack cannot be used.
    """
    file = story(name)
    found = _banked(file, _takes(one for one in told.values() if one.story == name), asked_of(Tailoring()))
    names = headings(file.kind)
    return {
        **_story(found),
        **_ladder(found.takes),
        "fields": [(heading, file.fields[field]) for field, heading in names.items()],
        "other": file.other,
        "questions": [(one.round, one.text) for one in found.questions],
        "side_by_side": [_take(one, names) for one in found.takes[:MOST_TAKES]],
        "older": max(0, len(found.takes) - MOST_TAKES),
    }


def top(name: str) -> dict[str, Any]:
    """Return what the top of a story's page shows.

    Raises:
        LibraryError: there is none, or it cannot be read.
    """
    found = story(name)
    return {"name": found.name, "title": found.title}


def _takes(told: Iterable[Told]) -> dict[str, list[Take]]:
    """Return the takes of each story, the newest first."""
    of: dict[str, list[Take]] = {}
    for one in told:
        of.setdefault(one.story, []).append(one.take)
    return {name: numbered(takes) for name, takes in of.items()}


def _banked(file: StoryFile, takes: Mapping[str, Sequence[Take]], asked: Asked) -> Banked:
    return banked(file, takes.get(file.name, ()), asked)


def _story(one: Banked) -> dict[str, Any]:
    names = headings(one.file.kind)
    latest = next((take for take in one.takes if not take.problem), None)
    return {
        "name": one.file.name,
        "title": one.file.title,
        "themes": list(one.themes.shown),
        "by_person": one.themes.by_person,
        "problem": one.file.problem,
        "open": [_small(names[field]) for field in one.open],
        "times": f"Told {TIMES.get(len(one.takes), f'{len(one.takes)} times')}",
        "takes": [_named(take) for take in one.takes],
        "latest": None if latest is None else _told(latest, names),
    }


def _told(take: Take, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what a take told, and what it left open."""
    return _named(take) | {
        "told": [_small(heading) for field, heading in names.items() if field in take.fields],
        "left": [_small(heading) for field, heading in names.items() if field not in take.fields],
    }


def _named(take: Take) -> dict[str, Any]:
    """Return what a take is called: its number, its day and its length."""
    day = day_of(take.started_at)
    return {
        "session": take.session,
        "number": take.number,
        "day": "" if day is None else named(day),
        "length": "in writing" if take.seconds is None else f"{take.seconds:.0f} s",
        "problem": take.problem,
    }


def _take(take: Take, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a take beside others: what it tells, in the order in which it was told, and what it does not."""
    told = sorted(take.fields.items(), key=lambda row: (row[1].at or 0.0, row[1].start))
    return _told(take, names) | {
        "in_order": [_shown(names[field], one, timed=take.seconds is not None) for field, one in told],
    }


def _shown(heading: str, one: Shown, *, timed: bool) -> dict[str, Any]:
    return {"heading": heading, "quote": one.quote, "at": one.at if timed else None}


def _ladder(takes: Sequence[Take]) -> dict[str, Any]:
    """Return what to keep of the latest take at each length: of the first whose sentences a report tells."""
    for take in takes:
        if found := rungs_of(shelf() / take.session):
            rows = [
                {
                    "seconds": rung.seconds,
                    "takes": rung.takes,
                    "whole": not rung.dropped,
                    "pieces": [(one.text, one not in rung.dropped) for one in rung.told],
                }
                for rung in found
            ]
            return {"rungs": rows, "rungs_of": _named(take)["day"]}
    return {"rungs": []}


def _small(heading: str) -> str:
    return heading[:1].lower() + heading[1:]
