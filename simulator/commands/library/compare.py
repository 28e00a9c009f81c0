"""`vivavoce compare`: what became of the answers of one session in another."""

import argparse
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vivavoce.simulator.commands import output
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.printable import line

if TYPE_CHECKING:
    from vivavoce.transcripts.library.compare import Comparison

HELP = "set one take against another: what was added, lost, moved"
SIGNS = {"kept": " ", "moved": "~", "lost": "-", "added": "+"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two sessions, and the form of the output."""
    parser.add_argument("before", help="the id of the earlier take, or the beginning of it")
    parser.add_argument("after", help="that of the later one")
    parser.add_argument("--json", action="store_true", help="print an object")


def run(arguments: argparse.Namespace) -> None:
    """Print what was added, lost and moved in the answers to each question that both have."""
    from vivavoce.simulator.engine.answer_reader import reader
    from vivavoce.simulator.review.session_report import reported
    from vivavoce.transcripts.library import sessions
    from vivavoce.transcripts.library.compare import compare, to_json

    means = reader()
    before, after = arguments.before, arguments.after
    one, other = (reported(sessions.find(name), means)[1] for name in (before, after))
    found = compare(one, other, means)
    if not found:
        raise LibraryError("these two answer no question both, so there is nothing to compare")
    if arguments.json:
        print(json.dumps(to_json(found)))
        return
    print(f"{before} → {after}\n")
    print("\n\n".join("\n".join(_lines(one)) for one in found))


def _lines(one: "Comparison") -> Iterator[str]:
    yield line(one.question) or "Your answer"
    yield from _changes("scores", one.scores, "d")
    yield from _changes("seconds", one.seconds, ".0f")
    yield from _changes("figures", one.figures, ".1f")
    for pair in one.pairs:
        piece = pair.after or pair.before
        told = f"{output.moment(piece.at)}{line(piece.text)}" if piece else ""
        yield f"{SIGNS[pair.kind]} {told}"
    yield "  (+ added, - lost, ~ moved)"


def _changes(name: str, rows: Mapping[str, tuple[float | None, float | None]], form: str) -> Iterator[str]:
    known = {key: pair for key, pair in rows.items() if pair != (None, None)}
    if known:
        told = (f"{key} {_number(was, form)} → {_number(now, form)}" for key, (was, now) in known.items())
        yield f"{name}: " + ", ".join(told)


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)
