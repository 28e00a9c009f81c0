"""Sessions beside each other on the command line: what was said anywhere, and one take against another."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.review import shelf
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import SCHEMA
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.compare import Comparison, Piece, to_json
from vivavoce.transcripts.library.compare import compare as compared
from vivavoce.transcripts.library.index import MARKS, Hit, Index
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.timestamps import clock

SIGNS = {"kept": " ", "moved": "~", "lost": "-", "added": "+"}


def search(text: str, *, as_json: bool = False) -> None:
    """Print the lines that have the words of `text`, those that fit best first.

    Raises:
        LibraryError: the index cannot be written.
    """
    with Index() as index:
        if not index.refresh():
            print("Another vivavoce still reads sessions in; this is what there is so far.", file=sys.stderr)
        hits = index.search(text)
    if as_json:
        for hit in hits:
            row = asdict(hit) | {"snippet": _bare(hit.snippet)}
            print(json.dumps({"schema": SCHEMA} | row))
        return
    for hit in hits:
        print(line(f"{hit.session} {_when(hit)}{hit.speaker}: {_bare(hit.snippet)}"))
    if not hits:
        print("Nothing was found; each word must stand in the line.")


def compare(before: str, after: str, *, as_json: bool = False) -> None:
    """Print what became of the answers of session `before` in session `after`.

    Raises:
        TranscriptError: there is no such session, it cannot be read, or they answer no question both.
    """
    means = reader()
    one, other = (shelf.reported(sessions.find(name), means)[1] for name in (before, after))
    found = compared(one, other, means)
    if not found:
        raise LibraryError("these two answer no question both, so there is nothing to compare")
    if as_json:
        print(json.dumps(to_json(found)))
        return
    print(f"{before} → {after}\n")
    print("\n\n".join("\n".join(_lines(one)) for one in found))


def _lines(one: Comparison) -> Iterator[str]:
    yield line(one.question) or "Your answer"
    yield from _changes("scores", one.scores, "d")
    yield from _changes("seconds", one.seconds, ".0f")
    yield from _changes("figures", one.figures, ".1f")
    for pair in one.pairs:
        piece = pair.after or pair.before
        yield f"{SIGNS[pair.kind]} {_when(piece)}{'' if piece is None else line(piece.text)}"
    yield "  (+ added, - lost, ~ moved)"


def _changes(name: str, rows: Mapping[str, tuple[float | None, float | None]], form: str) -> Iterator[str]:
    known = {key: pair for key, pair in rows.items() if pair != (None, None)}
    if known:
        told = (f"{key} {_number(was, form)} → {_number(now, form)}" for key, (was, now) in known.items())
        yield f"{name}: " + ", ".join(told)


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def _when(what: Piece | Hit | None) -> str:
    return "" if what is None or what.at is None else f"[{clock(what.at)}] "


def _bare(snippet: str) -> str:
    return "".join(letter for letter in snippet if letter not in MARKS)
