"""What a TOML table must hold, and what is wrong with one: checks that loading and lint share.

A check takes a value and yields faults, each with the path from the value to the place: keys, and
places in lists. Nothing here recurses into what no check asks for, so a hostile file costs nothing.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LARGEST_FILE = 256 * 1024  # bytes; the largest file that ships has a tenth
LONGEST_LINE = 2000  # characters, as a dotted key of many parts takes a parser forever
MOST_DOTS = 50  # in what stands left of the first "="

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where: keys and places in lists, from the top of the file."""

    where: Where
    text: str

    def __str__(self) -> str:
        place = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in self.where)
        return f"{place.lstrip('.')}: {self.text}" if place else self.text

    def below(self, *steps: str | int) -> "Fault":
        """Return the same fault as seen from further up."""
        return Fault((*steps, *self.where), self.text)


Check = Callable[[object], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a table: how its value is checked, and whether it must be there."""

    check: Check
    needed: bool = False


class UnreadableError(ValueError):
    """A file is no TOML; `line` counts from 1."""

    def __init__(self, text: str, line: int = 1) -> None:
        super().__init__(text)
        self.line = line


def read(path: Path) -> tuple[str, dict[str, object]]:
    """Return the text of the file at `path`, and its table.

    Raises:
        UnreadableError: it cannot be read, or it is no TOML.
    """
    text = _text(path)
    _refuse_what_is_hostile(text)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _placed(str(error), text) from error
    except ValueError as error:  # a number of thousands of digits
        raise UnreadableError(f"not TOML: {str(error).split(';')[0]}") from error
    except RecursionError as error:
        raise UnreadableError("nested too deeply") from error


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise UnreadableError("it is no file" if path.exists() else "there is no such file")
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableError(f"larger than {LARGEST_FILE // 1024} KB, which no persona or pack needs")
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableError("not text in UTF-8", line) from error
    except OSError as error:
        raise UnreadableError(f"it cannot be read: {error.strerror}") from error


def _refuse_what_is_hostile(text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise UnreadableError(f"a line of more than {LONGEST_LINE} characters", number)
        if line.split("=")[0].count(".") > MOST_DOTS and not line.lstrip().startswith(("#", '"', "'")):
            raise UnreadableError("a key of too many parts", number)


def _placed(message: str, text: str) -> UnreadableError:
    """Return tomllib's message without its "(at line 3, column 5)", and with the line as a number."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if found is None:
        return UnreadableError(f"not TOML: {message}")
    line = int(found[1]) if found[1] else text.count("\n") + (not text.endswith("\n"))
    return UnreadableError(f"not TOML: {message[: found.start()]}", max(line, 1))


def table(value: object, fields: Mapping[str, Field]) -> Iterator[Fault]:
    """Yield what is wrong with `value` as a table of `fields`: unknown keys, missing keys, wrong values."""
    if not isinstance(value, dict):
        yield Fault((), f"must be a table, not {named(value)}")
        return
    for key in value:
        if key not in fields:
            yield Fault((key,), f"unknown key; there are: {', '.join(fields)}")
    for key, field in fields.items():
        if key in value:
            yield from (fault.below(key) for fault in field.check(value[key]))
        elif field.needed:
            yield Fault((), f"{key} is missing")


def number(low: float, high: float) -> Check:
    """Return a check for a number from `low` to `high`."""

    def check(value: object) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            yield Fault((), f"must be a number from {low:g} to {high:g}, not {named(value)}")

    return check


def whole(low: int, high: int) -> Check:
    """Return a check for a whole number from `low` to `high`."""

    def check(value: object) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            yield Fault((), f"must be a whole number from {low} to {high}, not {named(value)}")

    return check


def flag(value: object) -> Iterator[Fault]:
    """Check for true or false."""
    if not isinstance(value, bool):
        yield Fault((), f"must be true or false, not {named(value)}")


def words(value: object) -> Iterator[Fault]:
    """Check for text of one line with something in it."""
    if not isinstance(value, str) or not value.strip():
        yield Fault((), f"must be text, not {named(value)}")
    elif not value.isprintable():
        yield Fault((), "must be one line, without control characters")


def some_words(value: object) -> Iterator[Fault]:
    """Check for text of one line, which may be empty."""
    if value != "":
        yield from words(value)


def one_of(*choices: str) -> Check:
    """Return a check for one of `choices`."""

    def check(value: object) -> Iterator[Fault]:
        if not isinstance(value, str) or value not in choices:
            yield Fault((), f"must be one of {', '.join(choices)}, not {named(value)}")

    return check


def list_of(item: Check, least: int = 1, *, distinct: bool = False) -> Check:
    """Return a check for a list of `least` or more, each as `item` wants it."""

    def check(value: object) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault((), f"must be a list, not {named(value)}")
            return
        if len(value) < least:
            yield Fault((), f"must have {least} or more, not {len(value)}")
        known: set[str] = set()
        for place, one in enumerate(value):
            yield from (fault.below(place) for fault in item(one))
            if distinct and isinstance(one, str):
                if one in known:
                    yield Fault((place,), f"{named(one)} is there twice")
                known.add(one)

    return check


def tables_of(fields: Mapping[str, Field]) -> Check:
    """Return a check for a list of one or more tables."""
    return list_of(lambda value: table(value, fields))


def tables_in(row: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """Return the tables in the list that `row` has at `key`."""
    value = row.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def texts(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return the texts in the list that `row` has at `key`."""
    value = row.get(key)
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def named(value: object) -> str:
    """Return what a message calls `value`: itself if it is short and plain, else what it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else f"{value[:40]}…")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**12 else "that many"
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, list) else "a date or time"
