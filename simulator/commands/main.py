"""The command line: arguments in, one call, an exit status out.

Each command is a file of its own, which parser.py lists. Results go to stdout and progress to stderr. An
error that the user can mend is one line and status 2; a bug keeps its traceback and ends with 1.
"""

import argparse
import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from vivavoce.audio.errors import MissingModels
from vivavoce.simulator import signals
from vivavoce.simulator.commands.parser import parser
from vivavoce.simulator.errors import expected
from vivavoce.simulator.streams import bare, guarded
from vivavoce.transcripts.journal import home
from vivavoce.transcripts.journal.home import OTHERS
from vivavoce.transcripts.printable import line

USAGE, INTERRUPTED = 2, 130


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    guarded()
    try:
        arguments = parser().parse_args(argv)
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
        from vivavoce.simulator.commands.fetching import offer

        offer(error.names, yes=arguments.yes)
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
    from vivavoce.simulator.review import delete

    for mend in (home.close_to_others, delete.finish_interrupted):
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


if __name__ == "__main__":
    sys.exit(main())
