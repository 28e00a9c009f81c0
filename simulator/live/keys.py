"""Keys during a session: Enter interrupts or says "I am done", q ends.

A small thread reads them without blocking; where stdin is not a terminal there are none.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

POLL_SECONDS = 0.1
MOST_BYTES = 64  # that one key sends


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
        keys = _next(over)
        if keys is None:
            return
        for key in keys:
            on_key(key)


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        yield

    def _next(over: threading.Event) -> str | None:
        """Return the next key, "" if none came in time."""
        if not msvcrt.kbhit():
            over.wait(POLL_SECONDS)
            return ""
        key = msvcrt.getwch()
        if key in ("\0", "\xe0") and msvcrt.kbhit():  # an arrow or the like: Page Down goes on with a Q
            msvcrt.getwch()
            return ""
        return key

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
            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def _next(over: threading.Event) -> str | None:
        """Return the keys that were pressed, "" if none came in time, None if there will be no more."""
        ready, _, _ = select.select([sys.stdin], [], [], POLL_SECONDS)
        if not ready:
            return ""
        keys = b""
        with suppress(OSError):  # the terminal is gone
            keys = os.read(sys.stdin.fileno(), MOST_BYTES)
        if keys.startswith(b"\x1b"):  # an arrow or the like: F2 ends with a Q
            return ""
        return keys.decode(errors="ignore") if keys else None
