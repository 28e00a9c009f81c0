"""The flags that several commands have."""

import argparse
from collections.abc import Iterable

from vivavoce.simulator import settings

RECOGNISER = ("model", "transcription_base_url", "transcription_model")


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Add the flag of a command that may need models which are not here."""
    parser.add_argument("--yes", action="store_true", help="fetch models that are missing without asking")


def add_settings(parser: argparse.ArgumentParser, names: Iterable[str]) -> None:
    """Add a flag for each of the settings, without a default: what is not given is None."""
    group = parser.add_argument_group("settings (docs/settings.md)")
    for name in (one for one in names if one not in settings.SERVED):
        flag, text = "--" + name.replace("_", "-"), settings.HELP[name]
        if name in settings.SWITCHES:
            group.add_argument(flag, action=argparse.BooleanOptionalAction, default=None, help=text)
        else:
            kind = "FILE" if name in settings.PAPERS else name.upper()
            group.add_argument(flag, choices=settings.CHOICES.get(name), metavar=kind, help=text)
