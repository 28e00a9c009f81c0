"""`vivavoce personas`: who can interview."""

import argparse

from vivavoce.simulator.commands import output

HELP = "list who can interview you"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: there is one list."""


def run(arguments: argparse.Namespace) -> None:
    """Print who can interview, and which files cannot be used."""
    from vivavoce.personas.content.persona import PersonaError, names, persona

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
    output.table(rows)
    output.below_files(broken, "personas")
