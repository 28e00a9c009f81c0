"""`vivavoce delete`: sessions deleted for good, after showing what goes and asking."""

import argparse
import sys

from vivavoce.transcripts.errors import LibraryError

HELP = "delete sessions for good, after showing what goes"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add which sessions, and whether to ask."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="their ids, or the beginnings of them")
    parser.add_argument("--all", action="store_true", help="every session")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(arguments: argparse.Namespace) -> None:
    """Print what goes, ask, and delete it."""
    from vivavoce.simulator.review import delete
    from vivavoce.transcripts.library import sessions

    if bool(arguments.ids) == arguments.all:
        raise LibraryError("name the sessions to delete, or say --all; `vivavoce sessions` lists them")
    delete.finish_interrupted()
    names = dict.fromkeys(arguments.ids)
    folders = sessions.folders() if arguments.all else [sessions.find(name) for name in names]
    if not folders:
        raise LibraryError("there is no session to delete; `vivavoce sessions` lists them")
    for folder in folders:
        delete.refuse_running(folder)
        print(delete.preview(folder))
    if not arguments.yes and not _agreed(len(folders)):
        print("Nothing was deleted.")
        return
    for folder in folders:
        delete.delete(folder)
    print(f"Deleted: {', '.join(sorted(folder.name for folder in folders))}")


def _agreed(count: int) -> bool:
    if not sys.stdin or not sys.stdin.isatty():
        raise LibraryError("say --yes to delete without being asked")
    which = "it" if count == 1 else f"these {count}"
    return input(f"Delete {which} for good? [y/N] ").strip().lower() in ("y", "yes")
