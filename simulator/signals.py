"""Signals that ask politely: a kill that can be answered, the end of the terminal, and Ctrl-C.

A session ends in good order, and its report is written. Any other command leaves as after Ctrl-C, having
cleaned up, with the status that the shell expects. What comes after the first polite signal changes nothing.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

POLITE = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
HANG_UP = getattr(signal, "SIGHUP", None)  # which Windows has not
STATUS = 128  # and the number of the signal, by convention

Answer = Callable[[int, FrameType | None], object]


class Stopped(KeyboardInterrupt):
    """A polite signal came."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = STATUS + number


@contextmanager
def answered(answer: Answer, *others: int) -> Iterator[None]:
    """Answer the first polite signal in the block, and these `others`; what nohup has switched off stays so.

    Polite signals after the first are ignored for good: what ends in good order is not to be disturbed.
    """
    if threading.current_thread() is not threading.main_thread():  # only that one may say what is done
        yield
        return
    terminals = [number for number in (1, 2) if os.isatty(number)]

    def receive(number: int, frame: FrameType | None) -> None:
        if number in POLITE:
            for one in POLITE:
                signal.signal(one, signal.SIG_IGN)
        if number == HANG_UP:
            _mute(terminals)
        answer(number, frame)

    wanted = [number for number in POLITE if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, receive) for number in (*wanted, *others)}
    try:
        yield
    finally:
        for number, action in before.items():
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, action or signal.SIG_DFL)


def leave(number: int, frame: FrameType | None) -> None:
    """Leave at once, cleaning up.

    Raises:
        Stopped: always.
    """
    raise Stopped(number)


def ignore(number: int, frame: FrameType | None) -> None:
    """Go on: what is being done is soon over, and must not be left half done."""


@contextmanager
def noted() -> Iterator[Callable[[], bool]]:
    """Yield what tells whether a polite signal came; leave when the block has ended its work in good order.

    Raises:
        Stopped: one came.
    """
    came: list[int] = []
    with answered(lambda number, frame: came.append(number)):
        yield lambda: bool(came)
    if came:
        raise Stopped(came[0])


def _mute(terminals: list[int]) -> None:
    """Let nothing that is still to be shown raise: these terminals are gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for terminal in terminals:
        os.dup2(nowhere, terminal)
    os.close(nowhere)
