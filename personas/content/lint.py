"""What is wrong with a persona's or a pack's file, line by line, before anybody is interviewed with it.

What makes a file unusable comes from the checks that loading makes. Lint adds what is poor when
spoken: two questions at once, a sentence too long to follow, the words of a rubric.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from vivavoce.personas.content import content_checks, pack, pack_faults, persona
from vivavoce.personas.content.asking import asked
from vivavoce.personas.content.toml_fields import Fault, UnreadableError, Where, named, read

MOST_WORDS = 35  # of a line, as more cannot be followed by ear
MOST_PROBLEMS = 100  # told of one file

RUBRIC = re.compile(
    r"\bSTAR\b|(?i:\b(?:rubrics?|competenc(?:y|ies)|your score|(?:situation|task|action|result)s? ?:))"
)
HEADINGS = re.compile(r"\b(situation|task|action|result)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right, and the line it is in, counted from 1."""

    line: int
    text: str


def lint(path: Path) -> list[Problem]:
    """Return what is wrong with the persona, pack or checks in the file at `path`, from top to bottom.

    What cannot be read at all is one problem; nothing is raised.
    """
    try:
        text, row = read(path)
    except UnreadableError as error:
        return [Problem(error.line, str(error))]
    if "checks" in row:
        return _in_order(content_checks.faults(row), text, row)
    is_pack = _is_pack(path, row)
    faults = [*(pack_faults.faults(row) if is_pack else persona.faults(row)), *_spoken(row)]
    if is_pack:
        faults += _rounds(row)
    return _in_order(faults, text, row)


def _in_order(faults: Iterable[Fault], text: str, row: Mapping[str, object]) -> list[Problem]:
    lines = _Lines(text)
    first = islice(faults, MOST_PROBLEMS)
    found = {Problem(lines.of(fault.where, row), str(fault)): None for fault in first}
    return sorted(found, key=lambda problem: problem.line)


def poor(line: str) -> Iterator[str]:
    """Yield what makes `line` poor when spoken."""
    count = len(line.split())
    if count > MOST_WORDS:
        yield f"{count} words; {MOST_WORDS} can be followed by ear"
    if asked(line) > 1:
        yield "asks two things at once"
    rubric = RUBRIC.search(line)
    if rubric is not None:
        yield f"{named(rubric[0])} is a word of the rubric, which the candidate should not hear"
    elif len({found[1].lower() for found in HEADINGS.finditer(line)}) > 1:
        yield "names the parts of a good answer, which the candidate should not hear"


def _is_pack(path: Path, row: Mapping[str, object]) -> bool:
    if row.keys() & {"questions", "stages", "round", "title"}:
        return True
    return path.parent.name == "packs" and "rate_wpm" not in row


def _spoken(row: Mapping[str, object]) -> Iterator[Fault]:
    """Yield what is poor about the lines that are said to a candidate."""
    for where, line in _said(row):
        for text in poor(line):
            yield Fault(where, text)
        if where[0] != "phrases" and where[-2] != "again" and asked(line) == 0:
            yield Fault(
                where, "asks nothing: a question mark, or a request such as 'Tell me about', is missing"
            )


def _said(row: Mapping[str, object]) -> Iterator[tuple[Where, str]]:
    phrases = row.get("phrases")
    yield from _said_of_stages(row)
    for place, one in _tables(row, "questions"):
        for key in ("wordings", "again"):
            yield from _lines_in(("questions", place, key), one.get(key))
        further = one.get("follow_ups")
        for level, lines in further.items() if isinstance(further, dict) else ():
            yield from _lines_in(("questions", place, "follow_ups", level), lines)
        for number, point in _tables(one, "points"):
            for key in ("ask", "late"):
                yield from _lines_in(("questions", place, "points", number, key), point.get(key))
    for number, point in _tables(row, "points"):
        for key in ("ask", "late"):
            yield from _lines_in(("points", number, key), point.get(key))
    for key, lines in phrases.items() if isinstance(phrases, dict) else ():
        yield from _lines_in(("phrases", key), lines)


def _said_of_stages(row: Mapping[str, object]) -> Iterator[tuple[Where, str]]:
    for place, stage in _tables(row, "stages"):
        for key in ("turn", "doubt"):
            yield from _lines_in(("stages", place, key), stage.get(key))


def _tables(row: Mapping[str, object], key: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    value = row.get(key)
    for place, one in enumerate(value if isinstance(value, list) else []):
        if isinstance(one, dict):
            yield place, one


def _lines_in(where: Where, value: object) -> Iterator[tuple[Where, str]]:
    for place, line in enumerate(value if isinstance(value, list) else []):
        if isinstance(line, str):
            yield (*where, place), line


def _rounds(row: Mapping[str, object]) -> Iterator[Fault]:
    """Yield the stages whose round or persona does not exist."""
    rounds, people = set(persona.names("packs")), set(persona.names("people"))
    for place, stage in _tables(row, "stages"):
        for key, there in (("round", rounds), ("persona", people)):
            name = stage.get(key)
            if isinstance(name, str) and name and name not in there:
                yield Fault(("stages", place, key), f"there is no {named(name)}")
            elif key == "round" and isinstance(name, str) and _is_loop(name):
                yield Fault(("stages", place, key), f"{named(name)} is a loop itself")


def _is_loop(name: str) -> bool:
    try:
        return bool(pack.pack(name).stages)
    except persona.PersonaError:
        return False  # it has problems of its own, which its own file shows


class _Lines:
    """Where in a text its keys are. A guess is enough: the line of the nearest key above."""

    HEADER = re.compile(r"\s*+(\[\[?)([^\[\]]++)\]\]?\s*+(?:#.*)?$")
    KEY = re.compile(r"""\s*+("[^"]*"|'[^']*'|[A-Za-z0-9_-]++)\s*+=""")

    def __init__(self, text: str) -> None:
        self._text = text.split("\n")
        self._places: dict[Where, int] = {}
        counts: dict[str, int] = {}
        above: Where = ()
        for number, line in enumerate(self._text, 1):
            header, key = self.HEADER.match(line), self.KEY.match(line)
            if header is not None:
                name = header[2].strip()
                above = tuple(part.strip().strip("\"'") for part in name.split("."))
                if header[1] == "[[":
                    counts[name] = counts.get(name, -1) + 1
                    above = (*above, counts[name])
                self._places.setdefault(above, number)
                self._places.setdefault(above[:1], number)
            elif key is not None:
                self._places.setdefault((*above, key[1].strip("\"'")), number)

    def of(self, where: Where, row: Mapping[str, object]) -> int:
        """Return the line of `where`, a path into `row`."""
        known = next((where[:n] for n in range(len(where), 0, -1) if where[:n] in self._places), None)
        if known is None:
            return 1
        start = self._places[known]
        return start if len(known) == len(where) else self._line_with(_at(row, where), start)

    def _line_with(self, value: object, start: int) -> int:
        """Return the first line from `start` on that has `value`, or `start`."""
        wanted = value[:30].split('"')[0] if isinstance(value, str) else ""
        later = enumerate(self._text[start - 1 :], start)
        return next((number for number, line in later if wanted and wanted in line), start)


def _at(row: object, where: Where) -> object:
    for step in where:
        if isinstance(row, dict):
            row = row.get(str(step))
        elif isinstance(row, list) and isinstance(step, int) and step < len(row):
            row = row[step]
    return row
