"""Who asks, and what: personas and packs, one TOML file each."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, TypeVar

from vivavoce.transcripts.events import Seconds

T = TypeVar("T")

TEXTS = ("name", "role")


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


def persona(name: str) -> Persona:
    """Return the persona in people/`name`.toml.

    Raises:
        PersonaError: there is none, or it lacks something.
    """
    return _read("people", name, lambda row: Persona(id=name, **_checked(row)))


def pack(name: str) -> Pack:
    """Return the pack in packs/`name`.toml.

    Raises:
        PersonaError: there is none, or it lacks something.
    """
    return _read("packs", name, lambda row: Pack(id=name, **row | {"questions": _questions(row)}))


def practising(content: Pack, question: str) -> Pack:
    """Return `content` with `question` as its only one.

    Raises:
        PersonaError: the question is empty.
    """
    text = " ".join(question.split())
    if not text:
        raise PersonaError("the question to practise is empty; give it as --question 'Tell me about ...'")
    return replace(content, questions=(Question(id="practice", text=text, again=text),))


def names(kind: str) -> list[str]:
    """Return the ids of all there are: `kind` is "people" or "packs"."""
    folder = files("vivavoce.personas") / kind
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    for key, value in row.items():
        if key not in TEXTS and (isinstance(value, bool) or not isinstance(value, int | float) or value <= 0):
            raise TypeError(f"{key} must be a positive number, not {value!r}")
    return row


def _questions(row: dict[str, Any]) -> tuple[Question, ...]:
    if not row["questions"]:
        raise TypeError("questions must not be empty")
    return tuple(Question(**question) for question in row["questions"])


def _read(kind: str, name: str, make: Callable[[dict[str, Any]], T]) -> T:
    if name not in names(kind):
        raise PersonaError(f"no {name!r} among {kind}; there are: {', '.join(names(kind))}")
    text = (files("vivavoce.personas") / kind / f"{name}.toml").read_text(encoding="utf-8")
    try:
        return make(tomllib.loads(text))
    except (TypeError, KeyError, tomllib.TOMLDecodeError) as error:
        raise PersonaError(f"{kind}/{name}.toml is not complete: {error}") from error
