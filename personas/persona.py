"""Who asks, and what: personas and packs, one TOML file each."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from vivavoce.transcripts.events import Seconds


class PersonaError(Exception):
    """A persona or a pack cannot be used; its text is one line for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """An interviewer."""

    id: str
    name: str
    role: str
    rate_wpm: float
    encourage_after: Seconds
    reprompt_after: Seconds
    give_up_after: Seconds
    cut_in_after: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, and a second wording for who says nothing."""

    id: str
    text: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a round asks."""

    id: str
    round: str
    title: str
    minutes: float
    questions: tuple[Question, ...]


def persona(id: str) -> Persona:
    """Return the persona in people/`id`.toml.

    Raises:
        PersonaError: there is none, or it lacks something.
    """
    return _read("people", id, lambda row: Persona(id=id, **row))


def pack(id: str) -> Pack:
    """Return the pack in packs/`id`.toml.

    Raises:
        PersonaError: there is none, or it lacks something.
    """
    return _read("packs", id, lambda row: Pack(id=id, **row | {"questions": _questions(row)}))


def names(kind: str) -> list[str]:
    """Return the ids of all there are: `kind` is "people" or "packs"."""
    folder = files("vivavoce.personas") / kind
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def _questions(row: dict[str, Any]) -> tuple[Question, ...]:
    return tuple(Question(**question) for question in row["questions"])


def _read(kind: str, id: str, make: Any) -> Any:
    if id not in names(kind):
        raise PersonaError(f"no {id!r} among {kind}; there are: {', '.join(names(kind))}")
    text = (files("vivavoce.personas") / kind / f"{id}.toml").read_text(encoding="utf-8")
    try:
        return make(tomllib.loads(text))
    except (TypeError, KeyError, tomllib.TOMLDecodeError) as error:
        raise PersonaError(f"{kind}/{id}.toml is not complete: {error}") from error
