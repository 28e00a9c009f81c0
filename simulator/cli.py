"""The command line: arguments in, one call, an exit status out.

Every command imports what it needs when it runs, so `vivavoce --help` loads nothing. Results go to
stdout and progress to stderr. An error that the user can do something about is one line and status 2;
a bug keeps its traceback and ends with 1.
"""

import argparse
import io
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator import settings
from vivavoce.simulator.errors import expected

if TYPE_CHECKING:
    from vivavoce.simulator.keeping import Wanted

USAGE, INTERRUPTED = 2, 130
MODEL_NAMES = ("tiny.en", "smart-turn", "minilm")  # what a first session and its report need
RECOGNISER = ("model", "transcription_base_url", "transcription_model")


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    _robust_streams()
    try:
        arguments = _parser().parse_args(argv)
        run: Callable[[argparse.Namespace], None] = arguments.run
        run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        if threading.active_count() > 1:  # whose work nobody waits for; all that was said is on the disk
            os._exit(INTERRUPTED)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our results has enough of them
        _mute()
    except OSError as error:  # of a file or a folder that is not what it should be
        place = f"cannot use {error.filename}: " if error.filename else ""
        return _refuse(f"{place}{error.strerror or error}; check what is there, and its permissions")
    except Exception as error:
        if not isinstance(error, expected()):
            raise
        return _refuse(str(error))
    return 0


def _refuse(reason: str) -> int:
    """Say in one line what the user can do something about."""
    print(f"vivavoce: {' '.join(plain(reason).split())}", file=sys.stderr)
    try:
        sys.stdout.flush()
    except OSError:
        _mute()
    return USAGE


def _mute() -> None:
    """Let nothing that is still to be printed raise when the process ends: its reader may be gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _robust_streams() -> None:
    """Let no character that a stream cannot hold end a session, nor a stream that is closed."""
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def plain(text: str) -> str:
    """Return `text` with a space for whatever cannot be shown, like a control character or broken UTF-8."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vivavoce", description="A spoken interview simulator that runs on this machine."
    )
    commands = parser.add_subparsers(required=True, dest="command")

    def add(name: str, run: Callable[[argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        command.set_defaults(run=run)
        return command

    _sessions(add)
    _sounds(add)
    _library(add)
    return parser


Add = Callable[[str, Callable[[argparse.Namespace], None], str], argparse.ArgumentParser]


def _sessions(add: Add) -> None:
    interview = add("interview", _interview, "hold an interview at your microphone and speakers")
    interview.add_argument("--round", default="behavioral", help="which kind (default: behavioral)")
    interview.add_argument("--persona", default="dana", help="who asks (default: dana)")
    interview.add_argument("--question", type=plain, metavar="TEXT", help="practise this one question")
    interview.add_argument("--minutes", type=_minutes, help="how long (default: as the round says)")
    interview.add_argument("--title", type=plain, default="", help="what to call the session")
    interview.add_argument("--text", action="store_true", help="type the answers instead of speaking")
    _settings(interview, settings.HELP)
    demo = add("demo", _demo, "run a whole interview with a simulated candidate")
    demo.add_argument("--fast", action="store_true", help="in virtual time, without sound")
    others = ("microphone", "echo", *settings.PAPERS)
    _settings(demo, [name for name in settings.HELP if name not in others])


def _sounds(add: Add) -> None:
    simulate = add("simulate", _simulate, "run the engine on a candidate script, in virtual time")
    simulate.add_argument(
        "script",
        type=Path,
        help="a candidate script, or the name of one (docs/scripts.md)",
    )
    simulate.add_argument("--json", action="store_true", help="print the events as JSON Lines")
    _settings(simulate, [*RECOGNISER, "interruptions", "llm_base_url", "llm_model"])
    transcribe = add("transcribe", _transcribe, "recognise a sound file")
    transcribe.add_argument("audio", type=Path, help="a sound file")
    mode = transcribe.add_mutually_exclusive_group()
    mode.add_argument("--stream", action="store_true", help="say too what was known when")
    mode.add_argument(
        "--live", action="store_true", help="hear it as if it were spoken now; print JSON Lines"
    )
    transcribe.add_argument("--json", action="store_true", help="print an object with words and times")
    _settings(transcribe, [*RECOGNISER, "terms"])
    models = add("models", _models, "list, get or verify the model weights")
    models.add_argument("action", nargs="?", choices=("list", "get", "verify"), default="list")
    models.add_argument("names", nargs="*", metavar="NAME", help=f"which (get: {' '.join(MODEL_NAMES)})")
    models.add_argument("--from", dest="folder", type=Path, help="a folder that holds them: no network")
    doctor = add("doctor", _doctor, "say what works here, and what to do about the rest")
    doctor.add_argument("--json", action="store_true", help="print an object")
    _settings(doctor, [name for name in settings.HELP if name not in settings.PAPERS])


def _library(add: Add) -> None:
    add("sessions", _list, "list your sessions, newest first")
    show = add("show", _show, "print the report of a session")
    show.add_argument("id", help="its id, or the beginning of it")
    add("personas", _personas, "list who can interview you")
    packs = add("packs", _packs, "list what can be asked, or check a persona or a pack of your own")
    packs.add_argument("action", nargs="?", choices=("list", "lint"), default="list")
    packs.add_argument("file", nargs="?", type=Path, help="the file to check")
    recover = add("recover", _recover, "complete sessions that a crash or a power cut ended")
    recover.add_argument("id", nargs="?", help="only this one")


def _settings(parser: argparse.ArgumentParser, names: "Mapping[str, str] | list[str]") -> None:
    """Add a flag for each of the settings, without a default: what is not given is None."""
    group = parser.add_argument_group("settings (docs/settings.md)")
    for name in names:
        flag, text = "--" + name.replace("_", "-"), settings.HELP[name]
        if name == "captions":
            group.add_argument(flag, action=argparse.BooleanOptionalAction, default=None, help=text)
        else:
            kind = "FILE" if name in settings.PAPERS else name.upper()
            group.add_argument(flag, choices=settings.CHOICES.get(name), metavar=kind, help=text)


def _minutes(text: str) -> float:
    minutes = float(text)
    if not 1 <= minutes <= 240:
        raise argparse.ArgumentTypeError("from 1 to 240 minutes")
    return minutes


def _given(arguments: argparse.Namespace) -> settings.Settings:
    return settings.load(vars(arguments))


def _interview(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator.keeping import Wanted

    wanted = Wanted(
        persona=arguments.persona,
        round=arguments.round,
        minutes=arguments.minutes,
        question=arguments.question,
        title=arguments.title,
    )
    if arguments.text:
        _in_writing(_given(arguments), wanted)
        return
    from vivavoce.simulator.live import interview

    _close(interview(_given(arguments), wanted))


def _in_writing(given: settings.Settings, wanted: "Wanted") -> None:
    from vivavoce.simulator.typed import typed

    lines = (plain(line) for line in sys.stdin or ())
    _close(typed(given, wanted, lines, lambda line: print(line, flush=True)))


def _demo(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator.demo import demo

    _close(demo(_given(arguments), fast=arguments.fast))


def _close(folder: Path) -> None:
    """Print the report of a session that is over, and where all of it is."""
    from vivavoce.simulator import screen, shelf

    screen.show(shelf.page(folder))
    print()
    shelf.where(folder)


def _simulate(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator.loading import loaded
    from vivavoce.simulator.script import named, read_script
    from vivavoce.simulator.simulate import simulate
    from vivavoce.transcripts.events import to_json
    from vivavoce.transcripts.report import transcript

    given, script = _given(arguments), read_script(named(arguments.script))
    audible = any(entry.sound is not None for entry in script.entries)
    events = simulate(script, loaded(given)[0] if audible else None, given)
    if arguments.json:
        for event in events:
            print(json.dumps(to_json(event)))
    else:
        print(transcript(events), end="")


def _transcribe(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator.transcribe import play, transcribe

    given = _given(arguments)
    if arguments.live:
        play(arguments.audio, given, lambda row: print(json.dumps(row), flush=True))
        return
    row = transcribe(arguments.audio, given, stream=arguments.stream)
    print(json.dumps(row) if arguments.json else row["text"])


def _models(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator import weights

    if arguments.action == "list":
        weights.show()
    elif arguments.action == "get":
        weights.get(arguments.names or MODEL_NAMES, arguments.folder)
    else:
        weights.verify(arguments.names)


def _doctor(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator import doctor

    checks = doctor.examine(_given(arguments), lambda name: print(f"{name} …", file=sys.stderr))
    if arguments.json:
        print(json.dumps(doctor.to_json(checks), indent=2))
    else:
        print(doctor.page(checks))


def _list(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator import shelf

    shelf.sessions()


def _show(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator import shelf

    shelf.show(arguments.id)


def _personas(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator import casting

    casting.people()


def _packs(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator import casting

    casting.packs() if arguments.action == "list" else casting.check(arguments.file)


def _recover(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator import shelf

    shelf.recover(arguments.id)


if __name__ == "__main__":
    sys.exit(main())
