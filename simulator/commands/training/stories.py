"""`vivavoce stories`: one's own stories, drafts for them from a résumé, and one of them with its takes."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags, output
from vivavoce.transcripts.printable import line, printable

if TYPE_CHECKING:
    from vivavoce.simulator.training.story_bank import Banked
    from vivavoce.transcripts.bank.takes import Take

HELP = "list your stories, begin some from a résumé, or show one with its takes"
MOST_TAKES = 4  # side by side
MOST_QUESTIONS = 5  # of a story in the list

Row = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and its story or papers."""
    parser.add_argument("action", nargs="?", choices=("list", "draft", "show"), default="list")
    parser.add_argument("name", nargs="?", help="show: the story")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    flags.add_settings(parser, {name: settings.HELP[name] for name in ("resume", "job")})


def run(arguments: argparse.Namespace) -> None:
    """Print or write them.

    Raises:
        LibraryError: there is no such story, or the stories cannot be read or written.
        DocumentError: a paper cannot be used.
    """
    from vivavoce.simulator.live import papers
    from vivavoce.transcripts.errors import LibraryError

    given = settings.load(vars(arguments))
    if arguments.action == "draft":
        _draft(given, as_json=arguments.json)
        return
    known = papers.understood(None, given.job)
    if arguments.action == "list":
        _list(known, as_json=arguments.json)
    elif arguments.name is None:
        raise LibraryError("name the story: vivavoce stories show NAME; `vivavoce stories` lists them")
    else:
        _show(arguments.name, known, as_json=arguments.json)


def _draft(given: settings.Settings, *, as_json: bool) -> None:
    from pathlib import Path

    from vivavoce.simulator.errors import DocumentError
    from vivavoce.simulator.live import papers
    from vivavoce.simulator.training.story_bank import draft

    if not given.resume:
        raise DocumentError("name your résumé: vivavoce stories draft --resume FILE")
    written, there = draft(papers.understood(given.resume, given.job), Path(given.resume))
    if as_json:
        _print({"written": [str(path) for path in written], "there_already": there})
        return
    for path in written:
        print(line(f"Wrote {path}"))
    for title in there:
        print(line(f"Left as it is: {title}"))
    if written:
        print(
            "Each has what your résumé says and a question where it says nothing. Write as you would speak."
        )


def _list(known: Any, *, as_json: bool) -> None:
    from vivavoce.simulator.training.story_bank import bank, missing_themes
    from vivavoce.transcripts.bank.story_file import copies

    found, left = bank(known), copies()
    missing = missing_themes(found)
    if as_json:
        _print({"stories": [_row(one) for one in found], "themes_missing": [*missing], "notes": left})
        return
    if not found:
        print("No stories yet; begin with: vivavoce stories draft --resume FILE")
    else:
        output.table([("name", "title", "takes", "still open"), *map(_line, found)])
        for one in found:
            print()
            print("\n".join(map(printable, _about(one))))
        print(f"\nThemes without a story: {', '.join(missing) or 'none'}")
    for said in left:
        print(line(said), file=sys.stderr)


def _line(one: "Banked") -> tuple[str, ...]:
    return one.file.name, one.file.title, str(len(one.takes)), ", ".join(_names(one)) or "nothing"


def _names(one: "Banked") -> list[str]:
    from vivavoce.transcripts.bank.fields import headings

    return [_small(headings(one.file.kind)[field]) for field in one.open]


def _small(heading: str) -> str:
    return heading[:1].lower() + heading[1:]


def _about(one: "Banked") -> Iterator[str]:
    yield line(one.file.title)
    whose = "as you say" if one.themes.by_person else "found in its words"
    names = ", ".join(one.themes.shown)
    yield f"  Themes: {names} ({whose})" if names else "  Themes: none found yet"
    for question in one.questions[:MOST_QUESTIONS]:
        yield f"  Answers ({question.round}): {line(question.text)}"
    if len(one.questions) > MOST_QUESTIONS:
        yield f"  and {len(one.questions) - MOST_QUESTIONS} more; vivavoce stories show {one.file.name}"
    if one.file.problem:
        yield f"  {line(one.file.problem)}"


def _show(name: str, known: Any, *, as_json: bool) -> None:
    from vivavoce.simulator.training.story_bank import one_story

    one = one_story(name, known)
    if as_json:
        _print(_row(one))
        return
    for said in _page(one):
        print(printable(said))


def _page(one: "Banked") -> Iterator[str]:
    from vivavoce.transcripts.bank.fields import headings

    yield from (*_about(one), f"  {one.file.path}")
    for field, heading in headings(one.file.kind).items():
        yield f"\n{heading}"
        yield f"  {one.file.fields[field] or '(open)'}".replace("\n", "\n  ")
    if one.file.other:
        yield f"\nOther\n  {one.file.other}".replace("\n", "\n  ")
    yield "\nQuestions that it answers"
    yield from (f"  ({each.round}) {line(each.text)}" for each in one.questions)
    yield ""
    yield from _takes(one)


def _takes(one: "Banked") -> Iterator[str]:
    """Yield the newest takes side by side: how long each took, and when each field was told."""
    from vivavoce.transcripts.bank.fields import headings

    shown = [take for take in one.takes if not take.problem][:MOST_TAKES]
    if not one.takes:
        yield f"No takes yet; tell it with: vivavoce story {one.file.name}"
        return
    rows = [("Takes, newest first", *(f"{take.number}: {take.started_at[:10]}" for take in shown))]
    rows += [("length", *(_length(take) for take in shown))]
    for field, heading in headings(one.file.kind).items():
        rows.append((heading, *(_when(take, field) for take in shown)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    for take in shown:
        yield f"  {take.number}: vivavoce show {take.session}"
    yield from (f"  {take.session}: {line(take.problem)}" for take in one.takes if take.problem)
    yield from _ladder(shown)


def _ladder(shown: "Sequence[Take]") -> Iterator[str]:
    """Yield what to keep of the newest take at each length."""
    from vivavoce.simulator.training.rungs import rungs_of
    from vivavoce.transcripts.bank.ladder import ladder_lines
    from vivavoce.transcripts.library.sessions import shelf

    for take in shown[:1]:
        if rungs := rungs_of(shelf() / take.session):
            yield f"\nThe ladder, from take {take.number}: + keep, - leave out"
            yield from ladder_lines(rungs)


def _length(take: "Take") -> str:
    return f"{take.words} words" if take.seconds is None else f"{take.seconds:.0f} s"


def _when(take: "Take", field: str) -> str:
    from vivavoce.transcripts.timestamps import clock

    found = take.fields.get(field)
    if found is None:
        return "-"
    return "told" if found.at is None or take.seconds is None else clock(found.at)


def _row(one: "Banked") -> Row:
    return {
        "name": one.file.name,
        "title": one.file.title,
        "kind": one.file.kind,
        "path": str(one.file.path),
        "fields": dict(one.file.fields),
        "other": one.file.other,
        "open": [*one.open],
        "themes": [{"id": name, "quote": quote or None} for name, quote in one.themes.shown.items()],
        "themes_by": "person" if one.themes.by_person else "words",
        "questions": [
            {"round": each.round, "id": each.id, "text": each.text, "by_person": each.by_person}
            for each in one.questions
        ],
        "takes": [_take(take) for take in one.takes],
        "problem": one.file.problem or None,
    }


def _take(take: "Take") -> Row:
    return {
        "session": take.session,
        "started_at": take.started_at,
        "number": take.number,
        "seconds": take.seconds,
        "words": take.words,
        "fields": {name: {"at": one.at, "quote": one.quote} for name, one in take.fields.items()},
        "themes": [*take.themes],
        "problem": take.problem or None,
    }


def _print(row: Mapping[str, Any]) -> None:
    print(json.dumps({"schema": 1} | dict(row), ensure_ascii=False, indent=1))
