"""Keys during a session: Enter interrupts or says "I am done", q ends.

A small thread reads them without blocking; where stdin is not a terminal there are none.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

POLL_SECONDS = 0.1


@contextmanager
def pressed(on_key: Callable[[str], None]) -> Iterator[bool]:
    """Call `on_key` from another thread for each key while the block lasts; yield whether there are any."""
    if not sys.stdin.isatty():
        yield False
        return
    over = threading.Event()
    thread = threading.Thread(target=_read, args=(on_key, over), name="vivavoce-keys", daemon=True)
    with _unbuffered():
        thread.start()
        try:
            yield True
        finally:
            over.set()
            thread.join()


def _read(on_key: Callable[[str], None], over: threading.Event) -> None:
    while not over.is_set():
        key = _next(over)
        if key is None:
            return
        if key:
            on_key(key)


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        yield

    def _next(over: threading.Event) -> str | None:
        if msvcrt.kbhit():
            return msvcrt.getwch()
        over.wait(POLL_SECONDS)
        return ""

else:
    import os
    import select
    import termios
    import tty

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        """Hand each key over at once and do not show it; Ctrl-C still interrupts."""
        before = termios.tcgetattr(sys.stdin)
        tty.setcbreak(sys.stdin)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def _next(over: threading.Event) -> str | None:
        """Return the next key, "" if none came in time, None if there will be no more."""
        ready, _, _ = select.select([sys.stdin], [], [], POLL_SECONDS)
        if not ready:
            return ""
        return os.read(sys.stdin.fileno(), 1).decode(errors="ignore") or None
