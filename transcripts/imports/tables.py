"""Transcripts in tables (.csv, .tsv), a row for each piece of talk below the names of columns; in records."""

import csv
from collections.abc import Sequence

from vivavoce.transcripts.imports.json_shape import ENDS, SPEAKERS, STARTS, TEXTS, bare

DELIMITERS = "\t;,"
LONGEST_KEY = 30  # characters


def table(lines: Sequence[str]) -> list[dict[str, object]]:
    """Return the rows of the table in `lines`, by the names of its columns; none if it is not whole."""
    delimiter = max(DELIMITERS, key=lines[0].count)
    names = [bare(name.strip(' "')) for name in lines[0].split(delimiter)]
    placed = {*SPEAKERS, *STARTS} & {*names}
    if not placed or not {*TEXTS} & {*names} or len({*names}) < len(names):
        return []
    try:
        reader = csv.reader((f"{line}\n" for line in lines[1:]), delimiter=delimiter, strict=True)
        rows = [_cells(row, names, delimiter) for row in reader if row]
    except csv.Error:  # a cell without an end, or far too long
        return []
    if any(len(row) != len(names) for row in rows):  # as text nothing of it is lost
        return []
    return [{name: _value(name, cell) for name, cell in zip(names, row, strict=True)} for row in rows]


def records(lines: Sequence[str]) -> list[dict[str, object]]:
    """Return the records in `lines`, such as "Speaker: Ana", "Time: 0:05", "Text: Why?"; or none."""
    found: list[dict[str, object]] = []
    begins = ""
    for line in lines:
        key, colon, rest = line.partition(":")
        name = bare(key.strip()) if colon and len(key) < LONGEST_KEY else ""
        if name in (*SPEAKERS, *STARTS, *ENDS, *TEXTS):
            begins = begins or name
            if name == begins:
                found.append({})
            found[-1][name] = rest.strip()
        elif line.strip() and found:
            last = next(reversed(found[-1]))
            found[-1][last] = f"{found[-1][last]} {line.strip()}"
    whole = [row for row in found if {*row} & {*SPEAKERS} and {*row} & {*TEXTS}]
    return whole if len(whole) > 1 and len(whole) == len(found) else []


def _cells(row: list[str], names: Sequence[str], delimiter: str) -> list[str]:
    """Return the cells of `row`; a text that comes last may have delimiters in it."""
    last = len(names) - 1
    return [*row[:last], delimiter.join(row[last:])] if names[last] in TEXTS and len(row) > last else row


def _value(name: str, cell: str) -> object:
    """Return what is in a `cell`; times may be whole numbers, and then are not always seconds."""
    timed = name in STARTS or name in ENDS
    return int(cell) if timed and cell.isascii() and cell.isdecimal() and len(cell) < 16 else cell
