"""`vivavoce simulate`: the engine on a candidate script, in virtual time."""

import argparse
import json
import sys
from pathlib import Path

from vivavoce.simulator import settings, signals
from vivavoce.simulator.commands import flags

HELP = "run the engine on a candidate script, in virtual time"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the script, the form of the output, and the settings that count."""
    parser.add_argument(
        "script",
        type=Path,
        help="a candidate script, or the name of one (docs/scripts.md)",
    )
    parser.add_argument("--json", action="store_true", help="print the events as JSON Lines")
    flags.add_yes(parser)
    flags.add_settings(parser, [*flags.RECOGNISER, "interruptions", "llm_base_url", "llm_model"])


def run(arguments: argparse.Namespace) -> None:
    """Run the script; print its events, or what was said."""
    from vivavoce.simulator.engine import embeddings
    from vivavoce.simulator.live.devices import proxies
    from vivavoce.simulator.live.loading import loaded
    from vivavoce.simulator.practice.candidate_script import named, read_script
    from vivavoce.simulator.practice.simulate import simulate
    from vivavoce.transcripts.events import to_json
    from vivavoce.transcripts.report.report import transcript

    given, script = settings.load(vars(arguments)), read_script(named(arguments.script))
    for line in proxies(given, speaks=False):
        print(line, file=sys.stderr)
    audible = any(entry.sound is not None for entry in script.entries)
    models = loaded(given)[0] if audible else None
    with signals.noted() as stopped:
        events = simulate(script, models, given, embeddings.embedding, stopped)
        if arguments.json:
            for event in events:
                print(json.dumps(to_json(event)))
        else:
            print(transcript(events), end="")
