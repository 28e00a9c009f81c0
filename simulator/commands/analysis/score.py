"""`vivavoce score`: typed answers in bulk."""

import argparse
import json
from pathlib import Path

from vivavoce.simulator.commands import flags, many_files, output

HELP = "score typed answers, one JSON object a line"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, and the form of the output."""
    what = 'a file with {"id", "question", "answer"} on each line, or with --to a folder of such files'
    parser.add_argument("answers", help=what)
    parser.add_argument("--json", action="store_true", help="print a report for each, as JSON Lines")
    flags.add_many(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print a row, or an object, for each answer; or write them for each file of a folder."""
    if many_files.wanted(arguments):
        from vivavoce.simulator.batch.work import Scoring

        many_files.run(arguments, Scoring(), arguments.answers)
        return
    from vivavoce.simulator.review import score as scoring
    from vivavoce.transcripts.scoring.assessment_json import to_json

    rows = scoring.score(Path(arguments.answers))
    output.recommend_embeddings()
    if not arguments.json:
        output.table(scoring.table(rows))
        return
    for one, found in rows:
        print(json.dumps(to_json(one.id, found)))
