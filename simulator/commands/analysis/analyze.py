"""`vivavoce analyze`: the report on something that was said, here or elsewhere."""

import argparse
import json
from pathlib import Path

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags, many_files, output
from vivavoce.simulator.errors import SettingsError
from vivavoce.transcripts.printable import line

HELP = "report on a session, a recording or a transcript"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to report on, the form of the report, and the settings that count."""
    parser.add_argument(
        "path",
        help="a session (folder or id), a sound, or .srt .vtt .sbv .txt .md .csv .tsv .html .json .docx; "
        "with --to a folder of transcripts",
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
    flags.add_many(parser)
    flags.add_settings(parser, [*flags.RECOGNISER, "terms", "second_language", "llm_base_url", "llm_model"])


def run(arguments: argparse.Namespace) -> None:
    """Print or write the report; or write one for each transcript of a folder."""
    if many_files.wanted(arguments):
        _many(arguments)
        return
    from vivavoce.simulator.live import screen
    from vivavoce.simulator.review.analyze import analyze
    from vivavoce.transcripts.report import html_page, json_report
    from vivavoce.transcripts.report.report import markdown

    given = settings.load(vars(arguments))
    found = analyze(Path(arguments.path), given, arguments.question, arguments.candidate)
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


def _many(arguments: argparse.Namespace) -> None:
    """Write the report on each transcript of a folder."""
    from vivavoce.simulator.batch.work import Analysis

    if arguments.html or arguments.markdown or arguments.judge:
        raise SettingsError(
            "--to writes JSON, without a chat model; leave out --html, --markdown and --judge"
        )
    given = settings.load(vars(arguments))
    counting = settings.Settings(second_language=given.second_language)
    work = Analysis(settings=counting, question=arguments.question, candidate=arguments.candidate)
    many_files.run(arguments, work, arguments.path)
