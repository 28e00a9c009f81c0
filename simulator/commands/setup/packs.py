"""`vivavoce packs`: what can be asked, what is wrong with a pack of one's own, and a start for a new one."""

import argparse
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator.commands import output
from vivavoce.transcripts.printable import line

if TYPE_CHECKING:
    from vivavoce.personas.content.pack import Pack

HELP = "list what can be asked, check a persona or a pack of your own, or begin one from a job posting"
MOST_TITLES = 3  # of the jobs that a folder is for


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and its files."""
    parser.add_argument("action", nargs="?", choices=("list", "lint", "new"), default="list")
    parser.add_argument("file", nargs="?", type=Path, help="lint: the file to check")
    parser.add_argument("--job", type=Path, metavar="POSTING", help="new: the posting to begin from")
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="new: where it goes (default: among your own packs)"
    )


def run(arguments: argparse.Namespace) -> None:
    """Print what can be asked, or what is wrong with the file, or where the new one is."""
    if arguments.action == "list":
        _list()
    elif arguments.action == "lint":
        _lint(arguments.file)
    else:
        _new(arguments.job, arguments.to)


def _list() -> None:
    from vivavoce.personas.content.pack import pack
    from vivavoce.personas.content.persona import PersonaError, names

    packs, broken = [], []
    for name in names("packs"):
        try:
            packs.append(pack(name))
        except PersonaError as error:
            broken.append(str(error))
    for folder, group in groupby(sorted(packs, key=_folder), _folder):
        rows = [*group]
        print(line(_heading(folder, rows)))
        output.table([("id", "title", "minutes", "questions"), *map(_row, rows)])
        print()
    output.below_files(broken, "packs")


def _folder(content: "Pack") -> str:
    return content.id.rpartition("/")[0]


def _heading(folder: str, rows: Sequence["Pack"]) -> str:
    """Return whom the packs of a folder are for: the titles that its loop fits."""
    titles = [title for one in rows for title in one.titles]
    employers = [name for one in rows for name in one.employers]
    jobs = ", ".join(title.replace("|", " or ").replace("*", "") for title in titles[:MOST_TITLES])
    more = f" and {len(titles) - MOST_TITLES} more titles" if len(titles) > MOST_TITLES else ""
    where = f", above all at {', '.join(employers)}" if employers else ""
    return f"{folder}: for {jobs}{more}{where}" if jobs else folder or "for any job"


def _row(content: "Pack") -> tuple[str, ...]:
    many = f"{content.most_questions} of {len(content.questions)}" if content.questions else "a loop"
    return content.id, content.title, f"{content.minutes:g}", many


def _new(job: Path | None, to: Path | None) -> None:
    """Write a pack that is made from the posting `job`, and print how to go on.

    Raises:
        PersonaError: no posting was named.
        DocumentError: nothing can be made of it, or it cannot be written.
    """
    from vivavoce.personas.content.persona import PersonaError, identity
    from vivavoce.simulator.live.papers import begin_pack

    if job is None:
        raise PersonaError("name the posting to begin from: vivavoce packs new --job POSTING")
    path = begin_pack(job, to)
    name = identity("packs", path) if to is None else path
    print(line(f"{path}: a start. Fill in what its comments ask for; docs/packs.md has the way."))
    print(line(f"Check it: vivavoce packs lint {path}"))
    print(line(f"Try it: vivavoce interview --text --round {name}"))


def _lint(path: Path | None) -> None:
    """Print what is wrong with a persona or a pack.

    Raises:
        PersonaError: something is, or no file was named.
    """
    from vivavoce.personas.content.lint import lint
    from vivavoce.personas.content.persona import PersonaError

    if path is None:
        raise PersonaError("name the file to check: vivavoce packs lint FILE")
    problems = lint(path)
    for problem in problems:
        print(line(f"{path}:{problem.line}: {problem.text}"))
    if problems:
        raise PersonaError(f"{len(problems)} to mend in {path}; docs/personas.md has the format")
    print(f"{path}: nothing to mend")
