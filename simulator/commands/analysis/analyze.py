"""`vivavoce analyze`: the report on something that was said, here or elsewhere."""

import argparse
import json
from pathlib import Path

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags, output
from vivavoce.transcripts.printable import line

HELP = "report on a session, a recording or a transcript"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to report on, the form of the report, and the settings that count."""
    parser.add_argument(
        "path",
        type=Path,
        help="a session (folder or id), a sound file, or .srt .vtt .sbv .txt .md .json .docx",
    )
    parser.add_argument("--question", type=line, default="", metavar="TEXT", help="what was asked")
    whose = "whose answers they are: the speaker's name, or the channel, such as left"
    parser.add_argument("--candidate", type=line, default="", metavar="NAME", help=whose)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print an object")
    form.add_argument("--markdown", action="store_true", help="print a Markdown page")
    form.add_argument("--html", type=Path, metavar="FILE", help="write a page for the browser")
    parser.add_argument(
        "--judge",
        action="store_true",
        help="also ask the chat model, which the answers are sent to",
    )
    flags.add_yes(parser)
    flags.add_settings(parser, [*flags.RECOGNISER, "terms", "second_language", "llm_base_url", "llm_model"])


def run(arguments: argparse.Namespace) -> None:
    """Print or write the report."""
    from vivavoce.simulator.live import screen
    from vivavoce.simulator.review.analyze import analyze
    from vivavoce.transcripts.report import html_page, json_report
    from vivavoce.transcripts.report.report import markdown

    given = settings.load(vars(arguments))
    found = analyze(arguments.path, given, arguments.question, arguments.candidate)
    output.recommend_embeddings()
    if arguments.judge:
        from vivavoce.simulator.review.second_opinion import judged

        found = judged(found, given)
    if arguments.html:
        html_page.write(arguments.html, found)
        print(arguments.html)
    elif arguments.json:
        print(json.dumps(json_report.to_json(found)))
    elif arguments.markdown:
        print(markdown(found), end="")
    else:
        screen.show(markdown(found))
