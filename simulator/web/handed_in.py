"""Papers that were handed in through the page: files of the user's alone, that go with the program."""

import secrets
import threading
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from vivavoce.transcripts.journal.home import whose

MOST_BYTES = 5 * 1024 * 1024  # of a paper
MOST_FILES = 20  # of one person; the oldest goes when one more comes
LONGEST_ENDING = 6


class HandedIn:
    """A private folder, made when the first paper comes; each paper is there for who handed it in alone."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._paths: dict[tuple[str, str], Path] = {}  # by whose it is and its key
        self._changing = threading.RLock()  # several may come at once, pasted and as files

    def keep(self, content: bytes, ending: str) -> str:
        """Keep a paper whose name would end so, such as ".pdf"; return what it is asked for by."""
        with self._changing:
            if self._folder is None:
                self._folder = Path(mkdtemp(prefix="vivavoce-"))
            key = secrets.token_urlsafe(16)
            plain = ending if ending[1:].isascii() and ending[1:].isalnum() else ""
            path = self._folder / f"{key}{plain[:LONGEST_ENDING].lower()}"
            path.touch(mode=0o600)
            path.write_bytes(content)
            self._paths[whose(), key] = path
            theirs = [one for (who, _), one in self._paths.items() if who == whose()]
            if len(theirs) > MOST_FILES:
                self.forget(theirs[0])
            return key

    def path(self, key: str) -> Path | None:
        """Return where the paper is that is called `key`; None if it is not there any more."""
        return self._paths.get((whose(), key))

    def forget(self, path: Path | str) -> None:
        """Delete the paper at `path` if it is one of these; a session has read it, or it is too old."""
        with self._changing, suppress(OSError):  # it goes with the folder
            for key in [key for key, one in self._paths.items() if str(one) == str(path)]:
                self._paths.pop(key).unlink()

    def close(self) -> None:
        """Delete all."""
        self._paths.clear()
        if self._folder is not None:
            rmtree(self._folder, ignore_errors=True)
            self._folder = None
