"""`vivavoce score`: typed answers in bulk."""

import argparse
import json
from pathlib import Path

from vivavoce.simulator.commands import output

HELP = "score typed answers, one JSON object a line"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, and the form of the output."""
    parser.add_argument("answers", type=Path, help='a file with {"id", "question", "answer"} on each line')
    parser.add_argument("--json", action="store_true", help="print a report for each, as JSON Lines")


def run(arguments: argparse.Namespace) -> None:
    """Print a row, or an object, for each answer."""
    from vivavoce.simulator.review import score as scoring
    from vivavoce.transcripts.scoring.assessment_json import to_json

    rows = scoring.score(arguments.answers)
    output.recommend_embeddings()
    if not arguments.json:
        output.table(scoring.table(rows))
        return
    for one, found in rows:
        print(json.dumps(to_json(one.id, found)))
