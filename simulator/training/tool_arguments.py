"""What a tool of `vivavoce mcp` takes, and the check of what a program hands in: one line for each refusal.

A model wrote these arguments, perhaps after reading something hostile. So each has a type, a length and a
form, and nothing is taken that was not asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vivavoce.simulator.errors import RequestError
from vivavoce.transcripts.printable import line, printable

LONGEST_NAME = 100  # characters of an id or a title
LONGEST_SHOWN = 40  # characters of what was handed in, when it is told of

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument.

    Attributes:
        name: its name.
        about: what it is, for the program.
        most: its greatest length in characters; of a number, the greatest value.
        number: whether it is a whole number, from 1.
        lines: whether it is a text of several lines.
        needed: whether it must be given.
    """

    name: str
    about: str
    most: int = LONGEST_NAME
    number: bool = False
    lines: bool = False
    needed: bool = False

    def schema(self) -> Row:
        """Return what it takes, as JSON Schema."""
        if self.number:
            return {"type": "integer", "minimum": 1, "maximum": self.most, "description": self.about}
        return {"type": "string", "maxLength": self.most, "description": self.about}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTool:
    """A tool: what it is called, what it takes, and what is done.

    Attributes:
        name: its name.
        about: what it does, for the program.
        arguments: what it takes.
        run: does it, with the arguments that were given, by name.
        writes: whether it changes anything of the user's.
    """

    name: str
    about: str
    arguments: tuple[Argument, ...] = ()
    run: Callable[..., Row]
    writes: bool = False

    def schema(self) -> Row:
        """Return what it takes, as JSON Schema."""
        return {
            "type": "object",
            "properties": {one.name: one.schema() for one in self.arguments},
            "required": [one.name for one in self.arguments if one.needed],
            "additionalProperties": False,
        }


def checked(wanted: Sequence[Argument], given: Mapping[str, object]) -> dict[str, str | int]:
    """Return what was `given` of what is `wanted`, each of its type and within its length.

    Raises:
        RequestError: one is missing, of another type, too long or not wanted.
    """
    names = [one.name for one in wanted]
    for name in given:
        if name not in names:
            raise RequestError(f"there is no argument {shown(name)}; there are {', '.join(names) or 'none'}")
    return {
        one.name: _number(one, value) if one.number else _text(one, value)
        for one in wanted
        if (value := given.get(one.name)) is not None or _refused(one)
    }


def shown(text: str) -> str:
    """Return what was handed in, short and on one line, for the one who reads why it was refused."""
    plain = line(text[: LONGEST_SHOWN + 1])
    return repr(plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…")


def _refused(one: Argument) -> bool:
    if one.needed:
        raise RequestError(f"{one.name} is missing: {one.about}")
    return False


def _number(one: Argument, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= one.most:
        raise RequestError(f"{one.name} must be a whole number from 1 to {one.most:,}")
    return value


def _text(one: Argument, value: object) -> str:
    if not isinstance(value, str):
        raise RequestError(f"{one.name} must be a text")
    if len(value) > one.most:
        raise RequestError(f"{one.name} has {len(value):,} characters; at most {one.most:,} are taken")
    if not value.strip():
        raise RequestError(f"{one.name} is empty: {one.about}")
    if one.lines:
        return printable(value.replace("\r\n", "\n"))
    if value != printable(value) or "\n" in value or "\t" in value:
        raise RequestError(f"{one.name} must be one line without control characters")
    return value
