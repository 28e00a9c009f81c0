"""Who asks: one TOML file each, in people/ and in the user's own folder. docs/personas.md has the format."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from vivavoce.personas.content.toml_fields import (
    Check,
    Fault,
    Field,
    UnreadableError,
    flag,
    list_of,
    named,
    number,
    one_of,
    read,
    some_words,
    table,
    whole,
    words,
)
from vivavoce.personas.moves import IN_PACK, Move
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal.home import home

OWN = {"people": "personas", "packs": "packs", "checks": "checks"}  # what the user's folder calls the kinds
PROBES = tuple(move.value for move in Move if move.startswith("probe(") and move not in IN_PACK)

# What a line of each key may name. A key that is not here takes no lines.
ABOUT = (*PROBES, "clarify", "challenge", "cut in", "claim", "last heard", "put off")
PLAIN = (
    *("acknowledge", "encourage", "repeat", "reprompt", "restart", "reassure", "boundary", "later"),
    *("back channel", "hand over", "decline", "more questions", "close", "close quiet"),
    *(
        "explain",
        "go on",
        "accept",
        "care",
        "confirm stop",
        "another",
        "leave it out",
        "hear you",
        "small talk",
        "no marks",
        "no need",
        "kept",
        "any words",
        "it does",
        "it counts",
        "you told me",
        "not known",
    ),
    *(
        "english",
        "noted",
        "a program",
        "once more",
        "in other words",
        "time left",
        "yours to decide",
        "talk me through",
        "partner",
    ),
)
REDIRECT_TO = tuple(f"redirect to {part}" for part in ("situation", "action", "result", "number", "question"))
MAY_NAME: Mapping[str, frozenset[str]] = {
    "greeting": frozenset({"name", "role"}),
    "greeting quiet": frozenset({"name", "role"}),
    "redirect": frozenset({"theme"}),
    "time check": frozenset({"minutes"}),
    "few minutes": frozenset({"minutes"}),
    "time is over": frozenset({"minutes"}),
    "hand on": frozenset({"next"}),
    **dict.fromkeys(ABOUT, frozenset({"about"})),
    **dict.fromkeys((*PLAIN, *REDIRECT_TO), frozenset()),
}


class PersonaError(Exception):
    """A persona, a pack or their phrases cannot be used; its text is one line for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """An interviewer."""

    id: str
    name: str
    role: str
    rate_wpm: float  # how fast it speaks
    encourage_after: Seconds  # of silence before "take your time"
    reprompt_after: Seconds  # of silence before the question is asked again
    give_up_after: Seconds  # of silence before the next question
    cut_in_after: Seconds  # that an answer has in any case
    pitch: float = 1.0  # of its natural voice: 1 is a woman's of 200 Hz, 0.55 a man's
    voice: str = ""  # of the system's voices, the name or a part of it, or "male" or "female"
    warmth: float = 0.5  # from 0, businesslike, to 1
    cut_in_eagerness: float = 1.0  # from 0, never cuts in, to 2
    back_channels: bool = True  # whether it says "uh-huh" while it listens
    back_channel_every: Seconds = Seconds(60.0)  # of talk, at most
    follow_ups: int = 2  # the most in a row
    probes: tuple[str, ...] = ()  # values of Move: what it likes to ask after what is missing
    challenges: bool = False  # whether it doubts what it hears
    time_checks: bool = True  # whether it says how much time is left
    looks: str = ""  # from where it looks at the work, said after the greeting: a loop's stage says it
    phrases: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, hash=False
    )  # instead of the shared ones


def persona(name: str) -> Persona:
    """Return the persona that is called `name`: a user's own, a shipped one, or the one in a file.

    Args:
        name: an id, or the path of a file that ends in .toml.

    Raises:
        PersonaError: there is none, or it cannot be used.
    """
    path = found("people", name)
    _, row = whole_table(path, faults)
    return _made(path.stem, row)


def names(kind: str) -> list[str]:
    """Return the ids of all there are, the user's own included: `kind` is a key of OWN."""
    return sorted(_all(kind))


def found(kind: str, name: str) -> Path:
    """Return the file of the one that is called `name`.

    Raises:
        PersonaError: there is none.
    """
    there = _all(kind)
    path = there.get(name)
    if path is None and name.endswith(".toml") and _is_file(name):
        path = Path(name)
    if path is None:
        raise PersonaError(f"no {named(name)} among {kind}; there are: {', '.join(sorted(there))}")
    return path


def identity(kind: str, path: Path) -> str:
    """Return the id of the file at `path`: its name, after the folders that it is in among its `kind`."""
    folder = next((one for one in _folders(kind) if path.is_relative_to(one)), path.parent)
    return _name(path, folder)


def whole_table(path: Path, check: Check) -> tuple[str, dict[str, object]]:
    """Return the text and the table of the file at `path` once `check` finds no fault.

    Raises:
        PersonaError: it cannot be read, or there is a fault; the first is named.
    """
    label = f"{path.parent.name}/{path.name}" if path.parent.name else path.name
    try:
        text, row = read(path)
    except UnreadableError as error:
        raise PersonaError(f"{label} cannot be used: line {error.line}: {error}") from error
    fault = next(check(row), None)
    if fault is not None:
        raise PersonaError(f"{label} cannot be used: {fault}")
    return text, row


def faults(value: object) -> Iterator[Fault]:
    """Yield what is wrong with `value` as a persona's table."""
    yield from table(value, FIELDS)
    if isinstance(value, dict):
        waits = [value.get(key) for key in ("encourage_after", "reprompt_after", "give_up_after")]
        for key, sooner, later in zip(("reprompt_after", "give_up_after"), waits, waits[1:], strict=False):
            if isinstance(sooner, int | float) and isinstance(later, int | float) and sooner >= later:
                yield Fault((key,), f"must be more than the one before it, {named(sooner)}")


_SOFT = re.compile(r"[A-Z][\w'-]{0,14}(?: [\w'-]{1,15}){0,2}\.")


def spoken(key: str) -> str:
    """Return `key` as Move spells it: "cut_in" is "cut in"."""
    return " ".join(key.replace("_", " ").split())


def line_of(key: str) -> Check:
    """Return a check for a line of `key`: text that names nothing but what it is given."""
    allowed = MAY_NAME[key]

    def check(value: object) -> Iterator[Fault]:
        wrong = list(words(value))
        yield from wrong
        if wrong:
            return
        if key == "back channel" and not _SOFT.fullmatch(str(value)):
            yield Fault((), "must be one to three words that begin with a capital and end with a full stop")
        try:
            parsed = list(string.Formatter().parse(str(value)))
        except ValueError as error:
            yield Fault((), f"its braces do not match: {error}")
            return
        for _, name, style, conversion in parsed:
            if name is not None and (name not in allowed or style or conversion):
                what = ", ".join(f"{{{one}}}" for one in sorted(allowed)) or "no placeholder"
                yield Fault((), f"may name {what}, not {{{name}}}")

    return check


def _lines(value: object) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault((), f"must be a table, not {named(value)}")
        return
    for key, lines in value.items():
        if spoken(key) in MAY_NAME:
            yield from (fault.below(key) for fault in list_of(line_of(spoken(key)), distinct=True)(lines))
        else:
            yield Fault((key,), f"unknown key; there are: {', '.join(MAY_NAME)}")


FIELDS: Mapping[str, Field] = {
    "name": Field(words, needed=True),
    "role": Field(words, needed=True),
    "rate_wpm": Field(number(80, 260), needed=True),
    "encourage_after": Field(number(3, 120), needed=True),
    "reprompt_after": Field(number(5, 300), needed=True),
    "give_up_after": Field(number(10, 600), needed=True),
    "cut_in_after": Field(number(25, 600), needed=True),
    "pitch": Field(number(0.5, 1.3)),
    "voice": Field(some_words),
    "warmth": Field(number(0, 1)),
    "cut_in_eagerness": Field(number(0, 2)),
    "back_channels": Field(flag),
    "back_channel_every": Field(number(50, 600)),
    "follow_ups": Field(whole(0, 3)),
    "probes": Field(list_of(one_of(*PROBES), least=0, distinct=True)),
    "challenges": Field(flag),
    "time_checks": Field(flag),
    "phrases": Field(_lines),
}


def _made(name: str, row: dict[str, object]) -> Persona:
    given: dict[str, object] = dict(row)
    given["probes"] = tuple(_items(row.get("probes")))
    phrases = row.get("phrases")
    if isinstance(phrases, dict):
        given["phrases"] = {spoken(key): tuple(_items(lines)) for key, lines in phrases.items()}
    return Persona(id=name, **given)  # type: ignore[arg-type]  # FIELDS has checked each


def _items(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _all(kind: str) -> dict[str, Path]:
    """Return the files by id; a user's own comes before a shipped one of the same id."""
    return {_name(file, folder): file for folder in _folders(kind) for file in folder.rglob("*.toml")}


def _folders(kind: str) -> tuple[Path, Path]:
    return Path(str(files("vivavoce.personas.content"))) / kind, home() / OWN[kind]


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).with_suffix("").as_posix()


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
