"""Opening the browser at an address that lets a window in, without showing that address to anybody else.

What a browser is started with stands in the list of processes, which every user of the machine may read. So
it is given a file that only this user can read, and that leads on to the address.
"""

import os
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vivavoce.simulator.web.doorkeeper import Doorkeeper, forward

GOOD_FOR = 60.0  # seconds for the browser to come


@contextmanager
def opened(door: Doorkeeper) -> Iterator[None]:
    """Have the browser come in through `door`; nobody waits for it.

    The file goes when it did, when it did not come in time, and at the end.
    """
    descriptor, name = tempfile.mkstemp(prefix="vivavoce-", suffix=".html")  # this user's alone
    page = Path(name)

    def over() -> None:
        door.withdraw(address)
        with suppress(OSError):
            page.unlink(missing_ok=True)

    address = door.address(over)
    with os.fdopen(descriptor, "w") as file:
        file.write(forward(address))
    late = threading.Timer(GOOD_FOR, over)
    late.daemon = True
    late.start()
    # One in the terminal, like w3m, is there until it is left.
    threading.Thread(target=webbrowser.open, args=(page.as_uri(),), daemon=True).start()
    try:
        yield
    finally:
        late.cancel()
        over()
