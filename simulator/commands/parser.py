"""The parser of the command line, from a table of the commands in the order that `--help` has."""

import argparse
from collections.abc import Mapping
from typing import Protocol

from vivavoce.simulator.commands.analysis import analyze, calibrate, score, transcribe
from vivavoce.simulator.commands.interviews import demo, interview, prepare, simulate
from vivavoce.simulator.commands.library import (
    again,
    compare,
    delete,
    export,
    import_session,
    recover,
    search,
    sessions,
    show,
    web,
)
from vivavoce.simulator.commands.setup import doctor, models, packs, personas, voices
from vivavoce.simulator.commands.training import claims, debrief, drills, mcp, plan, stories, story


class Command(Protocol):
    """What the module of a command has. It imports what it needs when it runs, so `--help` loads nothing."""

    HELP: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments to its parser."""

    def run(self, arguments: argparse.Namespace) -> None:
        """Do what the command does: results on stdout, progress on stderr."""


COMMANDS: Mapping[str, Command] = {
    "interview": interview,
    "story": story,
    "prepare": prepare,
    "plan": plan,
    "drills": drills,
    "demo": demo,
    "simulate": simulate,
    "stories": stories,
    "transcribe": transcribe,
    "models": models,
    "doctor": doctor,
    "analyze": analyze,
    "score": score,
    "calibrate": calibrate,
    "sessions": sessions,
    "web": web,
    "search": search,
    "compare": compare,
    "again": again,
    "export": export,
    "import": import_session,
    "delete": delete,
    "show": show,
    "claims": claims,
    "personas": personas,
    "voices": voices,
    "packs": packs,
    "recover": recover,
    "debrief": debrief,
    "mcp": mcp,
}


def parser() -> argparse.ArgumentParser:
    """Return the parser; what it returns has `run`, the command that was asked for."""
    whole = argparse.ArgumentParser(
        prog="vivavoce", description="A spoken interview simulator that runs on this machine."
    )
    chosen = whole.add_subparsers(required=True, dest="command")
    for name, command in COMMANDS.items():
        text = command.HELP
        added = chosen.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        added.set_defaults(run=command.run)
        command.arguments(added)
    return whole
