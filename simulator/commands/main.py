"""The command line: arguments in, one call, an exit status out.

What each does is in commands.py. Results go to stdout and progress to stderr. An error that the user can
do something about is one line and status 2; a bug keeps its traceback and ends with 1.
"""

import argparse
import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from vivavoce.audio.errors import MissingModels
from vivavoce.simulator import settings, signals
from vivavoce.simulator.commands import commands
from vivavoce.simulator.commands.commands import MODEL_NAMES
from vivavoce.simulator.errors import expected
from vivavoce.simulator.streams import bare, guarded
from vivavoce.transcripts.journal import home
from vivavoce.transcripts.journal.home import OTHERS
from vivavoce.transcripts.printable import line

USAGE, INTERRUPTED = 2, 130
RECOGNISER = ("model", "transcription_base_url", "transcription_model")


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    guarded()
    try:
        arguments = _parser().parse_args(argv)
        with _private(), signals.answered(signals.leave):
            _tidy_up()
            _run(arguments)
            sys.stdout.flush()
    except KeyboardInterrupt as stop:
        status = stop.status if isinstance(stop, signals.Stopped) else INTERRUPTED
        if threading.active_count() > 1:  # whose work nobody waits for; all that was said is on the disk
            os._exit(status)
        return status
    except BrokenPipeError:  # whoever read our results has enough of them
        _mute()
    except OSError as error:  # of a file or a folder that is not what it should be
        if sys.platform == "win32" and error.errno == errno.EINVAL and not error.filename:
            _mute()  # a broken pipe, as Windows reports it
            return 0
        place = f"cannot use {error.filename}: " if error.filename else ""
        return _refuse(f"{place}{error.strerror or error}; check what is there, and its permissions")
    except Exception as error:
        if not isinstance(error, expected()):
            raise
        return _refuse(str(error))
    return 0


def _run(arguments: argparse.Namespace) -> None:
    """Run the command; if it finds, before it begins, that models are missing, once more with them."""
    run: Callable[[argparse.Namespace], None] = arguments.run
    try:
        run(arguments)
    except MissingModels as error:
        if "yes" not in arguments:
            raise
        from vivavoce.simulator.commands import weights

        weights.offer(error.names, yes=arguments.yes)
        run(arguments)


@contextmanager
def _private() -> Iterator[None]:
    """Make every file and folder for this user alone, by whatever part of the program."""
    before = os.umask(OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def _tidy_up() -> None:
    """Close to others what older versions left open, and finish what killed programs had begun."""
    from vivavoce.simulator.review import delete as removal

    for mend in (home.close_to_others, removal.sweep):
        with suppress(OSError):  # a home that cannot be written is told of by whoever has to
            mend()


def _refuse(reason: str) -> int:
    """Say in one line what the user can do something about."""
    print(f"vivavoce: {line(reason)}", file=sys.stderr)
    try:
        sys.stdout.flush()
    except OSError:
        _mute()
    return USAGE


def _mute() -> None:
    """Let nothing that is still to be printed raise when the process ends: its reader may be gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), bare(sys.stdout).fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vivavoce", description="A spoken interview simulator that runs on this machine."
    )
    chosen = parser.add_subparsers(required=True, dest="command")

    def add(name: str, run: Callable[[argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
        command = chosen.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        command.set_defaults(run=run)
        return command

    _sessions(add)
    _sounds(add)
    _analysis(add)
    _library(add)
    return parser


Add = Callable[[str, Callable[[argparse.Namespace], None], str], argparse.ArgumentParser]


def _sessions(add: Add) -> None:
    interview = add("interview", commands.interview, "hold an interview at your microphone and speakers")
    interview.add_argument("--round", default="behavioral", help="which kind (default: behavioral)")
    interview.add_argument("--persona", default="dana", help="who asks (default: dana)")
    interview.add_argument("--question", type=line, metavar="TEXT", help="practise this one question")
    interview.add_argument("--minutes", type=_minutes, help="how long (default: as the round says)")
    interview.add_argument("--title", type=line, default="", help="what to call the session")
    interview.add_argument("--text", action="store_true", help="type the answers instead of speaking")
    _fetches(interview)
    _settings(interview, settings.HELP)
    demo = add("demo", commands.demo, "run a whole interview with a simulated candidate")
    demo.add_argument("--fast", action="store_true", help="in virtual time, without sound")
    _fetches(demo)
    others = ("microphone", "echo", *settings.PAPERS)
    _settings(demo, [name for name in settings.HELP if name not in others])


def _sounds(add: Add) -> None:
    simulate = add("simulate", commands.simulate, "run the engine on a candidate script, in virtual time")
    simulate.add_argument(
        "script",
        type=Path,
        help="a candidate script, or the name of one (docs/scripts.md)",
    )
    simulate.add_argument("--json", action="store_true", help="print the events as JSON Lines")
    _fetches(simulate)
    _settings(simulate, [*RECOGNISER, "interruptions", "llm_base_url", "llm_model"])
    transcribe = add("transcribe", commands.transcribe, "recognise a sound file")
    transcribe.add_argument("audio", type=Path, help="a sound file")
    mode = transcribe.add_mutually_exclusive_group()
    mode.add_argument("--stream", action="store_true", help="say too what was known when")
    mode.add_argument(
        "--live", action="store_true", help="hear it as if it were spoken now; print JSON Lines"
    )
    transcribe.add_argument("--json", action="store_true", help="print an object with words and times")
    _fetches(transcribe)
    _settings(transcribe, [*RECOGNISER, "terms"])
    models = add("models", commands.models, "list, get or verify the model weights")
    models.add_argument("action", nargs="?", choices=("list", "get", "verify"), default="list")
    models.add_argument("names", nargs="*", metavar="NAME", help=f"which (get: {' '.join(MODEL_NAMES)})")
    models.add_argument("--from", dest="folder", type=Path, help="a folder that holds them: no network")
    doctor = add("doctor", commands.doctor, "say what works here, and what to do about the rest")
    doctor.add_argument("--json", action="store_true", help="print an object")
    _settings(doctor, [name for name in settings.HELP if name not in settings.PAPERS])


def _analysis(add: Add) -> None:
    analyze = add("analyze", commands.analyze, "report on a session, a recording or a transcript")
    analyze.add_argument(
        "path", type=Path, help="a session (folder or id), a sound file, or .json .srt .vtt .txt .md"
    )
    analyze.add_argument("--question", type=line, default="", metavar="TEXT", help="what was asked")
    analyze.add_argument("--candidate", type=line, default="", metavar="NAME", help="whose answers they are")
    form = analyze.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print an object")
    form.add_argument("--markdown", action="store_true", help="print a Markdown page")
    form.add_argument("--html", type=Path, metavar="FILE", help="write a page for the browser")
    analyze.add_argument(
        "--judge",
        action="store_true",
        help="also ask the chat model, which the answers are sent to",
    )
    _fetches(analyze)
    _settings(analyze, [*RECOGNISER, "terms", "second_language", "llm_base_url", "llm_model"])
    score = add("score", commands.score, "score typed answers, one JSON object a line")
    score.add_argument("answers", type=Path, help='a file with {"id", "question", "answer"} on each line')
    score.add_argument("--json", action="store_true", help="print a report for each, as JSON Lines")
    calibrate = add("calibrate", commands.calibrate, "compare with answers that people labelled and graded")
    calibrate.add_argument("labels", type=Path, help="JSON Lines; docs/analysis.md has the format")
    calibrate.add_argument("--json", action="store_true", help="print an object")


def _takes(add: Add) -> None:
    web = add("web", commands.web, "open the library and the review page in the browser")
    web.add_argument("--port", type=_port, default=0, help="which port; any that is free unless given")
    web.add_argument("--no-browser", action="store_true", help="print the address alone")
    search = add("search", commands.search, "find what was said in any session")
    search.add_argument("text", type=line, help='words that a line must have; "in quotes" as they stand')
    search.add_argument("--json", action="store_true", help="print JSON Lines")
    compare = add("compare", commands.compare, "set one take against another: what was added, lost, moved")
    compare.add_argument("before", help="the id of the earlier take, or the beginning of it")
    compare.add_argument("after", help="that of the later one")
    compare.add_argument("--json", action="store_true", help="print an object")
    again = add("again", commands.again, "hear a session once more with another model; the old one stays")
    again.add_argument("id", help="its id, or the beginning of it")
    _fetches(again)
    _settings(again, [*RECOGNISER, "terms"])
    export = add("export", commands.export, "write a session to a folder in every form there is")
    export.add_argument("id", help="its id, or the beginning of it")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="where to make the folder")
    export.add_argument("--sound", action="store_true", help="with the recording, also inside the HTML page")
    export.add_argument("--notes", action="store_true", help="with your star and notes, to move elsewhere")
    bring = add("import", commands.bring, "bring in a session that was exported")
    bring.add_argument("folder", type=Path, help="the exported folder")
    delete = add("delete", commands.delete, "delete sessions for good, after showing what goes")
    delete.add_argument("ids", nargs="*", metavar="ID", help="their ids, or the beginnings of them")
    delete.add_argument("--all", action="store_true", help="every session")
    delete.add_argument("--yes", action="store_true", help="do not ask")


def _library(add: Add) -> None:
    sessions = add("sessions", commands.list_sessions, "list your sessions, newest first")
    sessions.add_argument("--json", action="store_true", help="print JSON Lines")
    _takes(add)
    show = add("show", commands.show, "print the report of a session")
    show.add_argument("id", help="its id, or the beginning of it")
    add("personas", commands.personas, "list who can interview you")
    packs = add("packs", commands.packs, "list what can be asked, or check a persona or a pack of your own")
    packs.add_argument("action", nargs="?", choices=("list", "lint"), default="list")
    packs.add_argument("file", nargs="?", type=Path, help="the file to check")
    recover = add("recover", commands.recover, "complete sessions that a crash or a power cut ended")
    recover.add_argument("id", nargs="?", help="only this one")


def _fetches(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="fetch models that are missing without asking")


def _settings(parser: argparse.ArgumentParser, names: "Mapping[str, str] | list[str]") -> None:
    """Add a flag for each of the settings, without a default: what is not given is None."""
    group = parser.add_argument_group("settings (docs/settings.md)")
    for name in names:
        flag, text = "--" + name.replace("_", "-"), settings.HELP[name]
        if name in settings.SWITCHES:
            group.add_argument(flag, action=argparse.BooleanOptionalAction, default=None, help=text)
        else:
            kind = "FILE" if name in settings.PAPERS else name.upper()
            group.add_argument(flag, choices=settings.CHOICES.get(name), metavar=kind, help=text)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError("from 0 to 65535")
    return port


def _minutes(text: str) -> float:
    minutes = float(text)
    if not 1 <= minutes <= 240:
        raise argparse.ArgumentTypeError("from 1 to 240 minutes")
    return minutes


if __name__ == "__main__":
    sys.exit(main())
