"""`vivavoce packs`: what can be asked, and what is wrong with a persona or a pack of one's own."""

import argparse
from pathlib import Path

from vivavoce.simulator.commands import output
from vivavoce.transcripts.printable import line

HELP = "list what can be asked, or check a persona or a pack of your own"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and the file to check."""
    parser.add_argument("action", nargs="?", choices=("list", "lint"), default="list")
    parser.add_argument("file", nargs="?", type=Path, help="the file to check")


def run(arguments: argparse.Namespace) -> None:
    """Print what can be asked, or what is wrong with the file."""
    if arguments.action == "list":
        _list()
    else:
        _lint(arguments.file)


def _list() -> None:
    from vivavoce.personas.content.pack import pack
    from vivavoce.personas.content.persona import PersonaError, names

    rows: list[tuple[str, ...]] = [("id", "round", "title", "minutes", "questions")]
    broken = []
    for name in names("packs"):
        try:
            content = pack(name)
        except PersonaError as error:
            broken.append(str(error))
            continue
        many = f"{content.most_questions} of {len(content.questions)}" if content.questions else "a loop"
        rows.append((name, content.round, content.title, f"{content.minutes:g}", many))
    output.table_of_files(rows, broken, "packs")


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
