"""`vivavoce demo`: a whole interview with a simulated candidate."""

import argparse

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags, output

HELP = "run a whole interview with a simulated candidate"
OTHERS = ("microphone", "echo", *settings.PAPERS)  # settings that mean nothing to a simulated candidate


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add how fast it runs, and the settings of an interview."""
    parser.add_argument("--fast", action="store_true", help="in virtual time, without sound")
    flags.add_yes(parser)
    flags.add_settings(parser, [name for name in settings.HELP if name not in OTHERS])


def run(arguments: argparse.Namespace) -> None:
    """Run the interview; print its report."""
    from vivavoce.simulator.practice.demo import demo

    output.finished(demo(settings.load(vars(arguments)), fast=arguments.fast))
