"""A page that has joined a room: how it is reached, how its sound goes, and what is written in it."""

from collections.abc import Callable
from dataclasses import dataclass

from vivavoce.audio.devices import packets
from vivavoce.audio.devices.browser import Attached
from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.live.pad import LARGEST
from vivavoce.simulator.room.room_screen import Message
from vivavoce.transcripts.events import PadChanged, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that has joined.

    Attributes:
        id: the same for all connections of one window.
        send: takes sound packets, never blocks.
        tell: takes messages, never blocks.
        leave: closes its connection.
    """

    id: str
    send: Callable[[bytes], None]
    tell: Callable[[Message], None]
    leave: Callable[[], None]


@dataclass(slots=True)
class PagePad:
    """A `Pad` that the page has; an answer that is being typed is written there too."""

    writing: bool = False
    _text: str = ""
    _seen: str = ""

    @property
    def text(self) -> str:
        """All that stands in it, for a window that takes over."""
        return self._text

    def write(self, text: str) -> None:
        """Take all that stands in it, from any thread."""
        self._text = text[:LARGEST]

    def look(self, now: Seconds) -> PadChanged | None:
        """See `Pad`."""
        text = self._text
        if text == self._seen:
            return None
        self._seen = text
        return PadChanged(at=now, text=text)


def attached(page: Page, hello: Message) -> Attached:
    """Return how the sound of `page` goes.

    Raises:
        RequestError: `hello` does not say.
    """
    match hello:
        case {"rate": int(rate), "epoch": int(epoch)} if rate in packets.RATES_HZ and 0 <= epoch < 2**32:
            position = hello.get("position", 0)
            place = position if isinstance(position, int) and position >= 0 else 0
            return Attached(send=page.send, rate_hz=rate, epoch=epoch, position=place)
        case _:
            raise RequestError("this is no page of this program's")
