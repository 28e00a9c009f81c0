"""Personas and packs on the command line: who there is, what there is, and what is wrong with a file."""

import sys
from pathlib import Path

from vivavoce.personas.content.lint import lint
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import PersonaError, names, persona
from vivavoce.simulator.review.shelf import table
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.printable import line


def people() -> None:
    """Print who can interview."""
    rows: list[tuple[str, ...]] = [("id", "name", "role", "cuts in", "follow-ups")]
    broken = []
    for name in names("people"):
        try:
            who = persona(name)
        except PersonaError as error:
            broken.append(str(error))
            continue
        cuts = "never" if not who.cut_in_eagerness else "often" if who.cut_in_eagerness > 1 else "seldom"
        rows.append((name, who.name, who.role, cuts, str(who.follow_ups)))
    _shown(rows, broken, "personas")


def packs() -> None:
    """Print what can be asked."""
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
    _shown(rows, broken, "packs")


def _shown(rows: list[tuple[str, ...]], broken: list[str], folder: str) -> None:
    table(rows)
    for problem in broken:
        print(line(problem), file=sys.stderr)
    print(f"\nYour own go into {home() / folder}; docs/personas.md has the format.")


def check(path: Path | None) -> None:
    """Print what is wrong with a persona or a pack.

    Raises:
        PersonaError: something is, or no file was named.
    """
    if path is None:
        raise PersonaError("name the file to check: vivavoce packs lint FILE")
    problems = lint(path)
    for problem in problems:
        print(line(f"{path}:{problem.line}: {problem.text}"))
    if problems:
        raise PersonaError(f"{len(problems)} to mend in {path}; docs/personas.md has the format")
    print(f"{path}: nothing to mend")
