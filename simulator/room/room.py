"""One session for one page, in a thread of its own; it outlives the page's connection, and waits for it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vivavoce.audio.devices import packets
from vivavoce.audio.devices.browser import BrowserMicrophone, BrowserSpeaker, NoMore, Paused, Resumed
from vivavoce.audio.devices.echo import EchoGuard, Headphones
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import Samples
from vivavoce.audio.models import store
from vivavoce.audio.models.cpu_threads import cores
from vivavoce.audio.models.sources import default_sources
from vivavoce.audio.ports import Speaker
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.engine.rounds import Cast, interviewer
from vivavoce.simulator.engine.session import Session
from vivavoce.simulator.engine.session_parts import Pad, Timing
from vivavoce.simulator.errors import RequestError, expected
from vivavoce.simulator.live import devices
from vivavoce.simulator.live.interview import interview
from vivavoce.simulator.live.missing_models import missing
from vivavoce.simulator.live.places import Told
from vivavoce.simulator.live.recogniser_choice import JOBS
from vivavoce.simulator.live.session_folder import ENDED, Wanted
from vivavoce.simulator.room.checking import Checking, Wish
from vivavoce.simulator.room.page import Page, PagePad, attached
from vivavoce.simulator.room.room_screen import Fetching, Message, RoomScreen
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal.home import served, whose

PATIENCE, WAITS = Seconds(60.0), 10  # seconds until somebody begins, and how often again
LONGEST_ANSWER = 20_000  # characters that are typed at once
Afterwards = Callable[[Path | None], None]  # given the session's folder, if there is one

GONE = "This interview is over. What was said is in your library."
ELSEWHERE = "This interview is open in another window."
NOT_BEGUN = "The interview did not begin, so nothing was kept."
LEFT = "The window was away for too long. What was said until then is here."
UNEXPECTED = "Something went wrong in the program; what was said until then is in your library."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a room is opened for."""

    settings: Settings
    wanted: Wanted
    cast: Cast = interviewer
    timing: Timing | None = None
    pad: bool = False  # whether the page has one


class Room:
    """A session and its page; a `Place`."""

    deaf = ""  # its page hears by itself that nothing comes, and knows whether it is muted
    jobs = max(JOBS, cores())

    def __init__(self, key: str, asked: Asked, afterwards: Afterwards = lambda folder: None) -> None:
        """Wait for a page; `asked` says for what, and `afterwards` works on when it is over."""
        self.key = key
        self._pad = PagePad()
        self.pad: Pad = self._pad
        self.result: Message | None = None  # once it is over
        self.asked, self._afterwards = asked, afterwards
        self._equip()
        self._screen: RoomScreen | None = None
        self._session: Session | None = None
        self._page: Page | None = None
        self._rate_hz = 0
        self._begun = threading.Event()
        self.ending = False
        self._folder: Path | None = None
        self.whose = whose()
        hold = served(self.whose)(self._hold)
        self._thread = threading.Thread(target=hold, name=f"vivavoce-room-{key[:6]}", daemon=True)

    def _equip(self) -> None:
        """Have devices that nobody has used."""
        speaker = BrowserSpeaker()
        self.speaker: Speaker = speaker
        self.echo: EchoGuard = Headphones()
        self._microphone = BrowserMicrophone(speaker)
        self._checking = Checking(self._microphone, speaker, self.tell, self._say)

    @property
    def under_way(self) -> bool:
        """Whether the interview has begun."""
        return self._begun.is_set()

    @property
    def deserted(self) -> bool:
        """Whether it has not begun, and no page is there."""
        return not self.under_way and self._page is None

    @property
    def now(self) -> Seconds:
        """How long the interview has gone on, without pauses."""
        return self._screen.now if self._screen else Seconds(0.0)

    def start(self) -> None:
        """Let it wait for its page."""
        self._thread.start()

    # What the page does; from the network's thread

    def join(self, page: Page, hello: Message) -> None:
        """Let `page` in, in place of the one before if that is the same window or `hello` takes over.

        Raises:
            RequestError: another window has it, it is over, or `hello` is none.
        """
        if self.result is not None:
            page.tell(self.result)
            return
        here = attached(page, hello)
        before = self._page
        if before is not None and before.id != page.id:
            if hello.get("takeover") is not True:
                raise RequestError(ELSEWHERE)
            before.tell({"type": "refused", "text": ELSEWHERE, "takeover": True})
        self._page, self._rate_hz = page, here.rate_hz
        if before is not None:
            before.leave()
        self._pad.writing = False  # a page that was writing says so again
        if self.result is not None:  # meanwhile
            page.tell(self.result)
            return
        page.tell(self._welcome() | {"heard": self._microphone.had(here.epoch)})
        self._microphone.tell(here)
        if not self.under_way:
            self._checking.joined(hello.get("settings"))

    def left(self, page: Page) -> None:
        """Take note that the connection of `page` is closed."""
        if self._page is page:
            self._page = None

    def sound(self, message: bytes) -> None:
        """Take a sound packet.

        Raises:
            DeviceError: it is none.
        """
        packet = packets.heard(message, self._rate_hz)
        if self.result is None:
            self._microphone.tell(packet)

    def command(self, message: Message) -> None:
        """Do what the page asks for.

        Raises:
            RequestError: there is no such thing.
        """
        match message:
            case {"type": "begin"}:
                self._wish("begin")
            case {"type": "pause"}:
                self._microphone.tell(Paused())
            case {"type": "go_on"}:
                self._microphone.tell(Resumed())
            case {"type": "end"}:
                self.end()
            case {"type": "typing", "on": bool(on)}:
                self._pad.writing = on
            case {"type": "pad", "text": str(text)}:
                self._pad.write(text)
            case {"type": "check", "do": "start" | "skip" as what}:
                self._wish(what)
            case {"type": "key"}:
                self._spoken_to(None)
            case {"type": "typed", "text": str(text)}:
                self._spoken_to(text)
            case _:
                raise RequestError("there is no such request")

    def _wish(self, what: Wish) -> None:
        """Check, or begin; once it has begun there is nothing to check."""
        if not self.under_way:
            if what == "begin":
                self._begun.set()
            self._checking.wish(what)

    def _spoken_to(self, text: str | None) -> None:
        """Hand on an answer that was typed, or without one the key; until it begins, nobody listens."""
        session = self._session  # which the end takes away, on another thread
        if session is None:
            return
        if text is None:
            session.interrupt()
        else:
            self._pad.writing = False
            session.type(" ".join(text[:LONGEST_ANSWER].split()))

    def end(self) -> None:
        """End the session in good order."""
        self.ending = True
        if (session := self._session) is not None:
            session.end(ENDED)
        self._microphone.tell(NoMore())
        self._begun.set()
        self._checking.wish("begin")

    def over(self, timeout: float) -> bool:
        """Return whether all is written, after `timeout` seconds at most."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def tell(self, message: Message) -> None:
        """Tell the page, if there is one."""
        if (page := self._page) is not None:
            page.tell(message)

    # What the session needs

    @contextmanager
    def opened(self, on_lost: Told, on_found: Told) -> Iterator[BrowserMicrophone]:
        """See `Place`."""
        self._microphone.listen(on_lost, on_found)
        yield self._microphone

    def screen(self, interviewer: str) -> RoomScreen:
        """See `Place`."""
        self._screen = RoomScreen(interviewer, self.tell)
        return self._screen

    @contextmanager
    def held(self, session: Session, folder: Path) -> Iterator[None]:
        """See `Place`."""
        self._session, self._folder = session, folder
        self.tell(self._welcome())
        if self.ending:  # while it was being prepared
            session.end(ENDED)
        try:
            yield
        finally:
            self._session = None  # and what it listens with

    def _say(self, text: str) -> Iterator[Samples]:
        asked = self.asked
        return devices.voice(asked.settings, persona(asked.wanted.persona), keep=False).speak(text)

    def _hold(self) -> None:
        text = UNEXPECTED
        try:
            if self._awaited() and not self.ending:
                self.echo = self._checking.guard
                self._held()
            text = NOT_BEGUN
        except DeviceError:
            text = LEFT
        except expected() as error:
            text = f"{error}."
        finally:
            folder = self._folder if self._folder and self._folder.is_dir() else None
            to, text = (f"/session/{folder.name}", text if text == LEFT else "") if folder else ("", text)
            self.result = {"type": "ended", "to": to, "text": text}
            self.tell(self.result)
            self._equip()  # the old devices hold the session and what waited; rooms that are over are kept
            self._afterwards(folder)

    def _awaited(self) -> bool:
        """Return whether somebody begins; who has a page before them is waited for longer than nobody is."""
        for _ in range(WAITS):
            if self._checking.until_begun(PATIENCE):
                return True
            if self.deserted:
                return False
        return False

    def _held(self) -> None:
        asked = self.asked
        for name in missing(asked.settings):  # the page has said what that means
            if self.ending:
                return
            store.fetch(name, Fetching(name, self.tell).show, default_sources())
        self._folder = interview(asked.settings, asked.wanted, asked.cast, asked.timing, lambda *_: self)

    def _welcome(self) -> Message:
        asked = self.asked
        fixed = {
            "type": "welcome",
            "round": asked.wanted.round,
            "minutes": asked.wanted.minutes,
            "captions": asked.settings.captions,
            "pad": asked.pad,
            "written": self._pad.text,
            "under_way": self.under_way,
        }
        who = persona(asked.wanted.persona).name
        shown = {"who": who, "at": 0.0, "state": "waiting", "line": "", "caption": "", "notices": []}
        return fixed | (shown if self._screen is None else self._screen.welcome())
