"""Where the user's data lives, and that it is the user's alone.

One program may serve several people, a class: each then has a library apart, which is that of whoever is
`served` at the moment. Models and settings are the machine's.

The command line makes every file and folder for its user alone: `main` sets the process's umask.
What stands there from before, made by an older version or copied in, is mended by `close_to_others`.
"""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from vivavoce.transcripts.errors import LibraryError

SETTINGS, PEOPLE = "config.toml", "people"
OURS = re.compile(r"sessions|stories|cache|models|personas|packs|people|checks|begun|(config|plan)\.toml")
CACHED = re.compile(r"voice|phrases|(library\.sqlite|speed\.json)(\W.*)?")  # and what is written beside them
SESSION = ("events.jsonl", "session.json")
LEFT = (".vivavoce-", ".deleted-", ".DS_Store")  # by killed programs, and by file managers
OTHERS, SHARED = 0o077, 0o5000  # may anybody else read it; is it shared in a way of its own, like /tmp


def home() -> Path:
    """Return the folder of all user data: $VIVAVOCE_HOME, or else the system's own place for it.

    Raises:
        LibraryError: it is, or lies below, what is no folder.
    """
    place = _named()
    nearest = next((one for one in (place, *place.parents) if os.path.lexists(one)), Path())
    if not nearest.is_dir():
        raise LibraryError(
            f"your data cannot lie in {place}: {nearest} is no folder; set VIVAVOCE_HOME elsewhere"
        )
    return place


_served: ContextVar[str] = ContextVar("served", default="")  # follows a task; a thread has to be given it


def whose() -> str:
    """Return the name of whom is served; "" where there is one user alone."""
    return _served.get()


@contextmanager
def served(name: str) -> Iterator[None]:
    """Serve the one called `name` in the block."""
    before = _served.set(name)
    try:
        yield
    finally:
        _served.reset(before)


def own_home() -> Path:
    """Return the folder of the sessions, the stories and the plan of whom is served.

    Raises:
        LibraryError: see `home`.
    """
    return home() / PEOPLE / name if (name := whose()) else home()


def _named() -> Path:
    named = os.environ.get("VIVAVOCE_HOME")
    if named:
        return Path(os.path.expanduser(named))  # which, unlike Path, takes a ~ that is nobody's as it is
    from platformdirs import user_data_path

    return user_data_path("vivavoce", appauthor=False)


def close_to_others() -> None:
    """Let nobody else read the home, the sessions, the index and the settings, whatever they were made with.

    $VIVAVOCE_HOME may name a folder of another kind, such as ~ or /tmp. So a folder is touched only if it is
    the user's own and holds nothing but what belongs there. In any other, what is ours in it is closed.
    """
    if os.name != "posix":  # elsewhere these bits do not say who may read
        return
    whole = home()
    if _is_open(whole, stat.S_ISDIR) and all(OURS.fullmatch(one.name) for one in _inside(whole)):
        _close(whole, below=False)
        if not (whole / SETTINGS).is_symlink():
            _close(whole / SETTINGS)
    _close_what_is_ours(whole / "cache", lambda one: CACHED.fullmatch(one.name) is not None)
    _close_what_is_ours(whole / "sessions", _is_session)
    _close_what_is_ours(whole / PEOPLE, lambda one: (one / "sessions").is_dir())


def _close_what_is_ours(folder: Path, is_ours: Callable[[Path], bool]) -> None:
    if not _is_open(folder, stat.S_ISDIR):
        return
    found = list(_inside(folder))
    ours = [one for one in found if is_ours(one)]
    if len(ours) == len(found):
        _close(folder)
        return
    for one in ours:
        if not one.is_symlink() and _is_open(one):
            _close(one)


def _is_open(path: Path, is_kind: Callable[[int], bool] = bool) -> bool:
    if sys.platform == "win32":
        return False
    with suppress(OSError):
        found = path.stat()
        plain = is_kind(found.st_mode) and not found.st_mode & SHARED
        return plain and bool(found.st_mode & OTHERS) and found.st_uid == os.geteuid()
    return False


def _inside(folder: Path) -> Iterator[Path]:
    return (one for one in folder.iterdir() if not one.name.startswith(LEFT))


def _is_session(folder: Path) -> bool:
    return folder.is_dir() and (
        not any(folder.iterdir()) or any((folder / name).exists() for name in SESSION)
    )


def _close(path: Path, *, below: bool = True) -> None:
    """Take `path` from all others, and with it what is `below`; links out of it are not followed."""
    with suppress(OSError):
        path.chmod(0o700 if path.is_dir() else 0o600)
    for folder, names, files in os.walk(path) if below else ():
        for name in [*names, *files]:
            with suppress(OSError):
                one = Path(folder, name)
                if not one.is_symlink():
                    one.chmod(0o700 if name in names else 0o600)
