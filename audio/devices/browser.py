"""A page in a browser as microphone and speaker: the same session, with its sound at the end of a wire.

The page may lose packets, its connection or itself; the session outlives it and waits. Its sound has one
clock, the page's sample count, on which a gap has a length: what was lost on the way is silence of that
length. The time without any page, or in a pause, is no part of the recording.

The network hands over what arrives from a thread of its own; all else happens on the session's.
"""

import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import numpy as np

from vivavoce.audio.devices import packets
from vivavoce.audio.devices.arrivals import Cutter
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.devices.resampling import Resampler, resampler
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.transcripts.events import PAUSED, Seconds

HEARTBEAT_S = 2.0  # without a packet: the page is taken for lost
LONGEST_GAP_S = 30.0  # beyond it the page was away, and nothing was lost on the way
MOST_WAITING = 3_000  # packets, about a minute: what a page sends beyond it is lost
BEHIND = 20  # packets that wait: the session catches up
REMEMBERED_S = 1.0  # of what was heard of the speaker: as late as a page may tell of it
CATCH_UP = 4.0  # times as quick as speech, so that recognition keeps up


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A page is there.

    Attributes:
        send: takes a packet for it; never blocks.
        rate_hz: of its sound, both ways.
        epoch: of its counts.
        position: place of the next of the speaker's samples that it lacks.
    """

    send: Callable[[bytes], None]
    rate_hz: int
    epoch: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class Paused:
    """The candidate paused."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The candidate goes on."""


@dataclass(frozen=True, slots=True)
class NoMore:
    """No page will come any more, and the session ends."""


Told = Callable[[str], None]
Arrival = Heard | Attached | Paused | Resumed | NoMore


class BrowserSpeaker:
    """A `Speaker` at a page; without one it swallows what it is given."""

    def __init__(self) -> None:
        self._page: Attached | None = None
        self._resampler = resampler(SAMPLE_RATE_HZ, SAMPLE_RATE_HZ)
        self._sent = self._played = 0
        self._kept_from = 0  # place before which all was dropped
        self._unheard: deque[tuple[int, bytes]] = deque()  # where each ends, and itself
        self._handed: deque[tuple[int, Samples]] = deque()  # where each begins, and itself

    @property
    def latency(self) -> Seconds:
        """How long the next block will wait to be heard, as of the microphone's latest frame."""
        return Seconds((self._sent - self._played) / self._rate_hz)

    @property
    def _rate_hz(self) -> int:
        return self._page.rate_hz if self._page else SAMPLE_RATE_HZ

    def attach(self, page: Attached) -> None:
        """Play at `page` from now on; if it is one that was away, it gets what it has not had."""
        before, self._page = self._page, page
        if before is None or (before.rate_hz, before.epoch) != (page.rate_hz, page.epoch):
            self._resampler = resampler(SAMPLE_RATE_HZ, page.rate_hz)
            self._sent = self._played = self._kept_from = 0
            self._unheard.clear()
            self._handed.clear()
        elif self._kept_from > page.position:  # the line was cut while the page was away
            page.send(packets.cut_packet(self._kept_from))
        for end, packet in self._unheard:
            if end > page.position:
                page.send(packet)

    def played(self, place: int) -> None:
        """Take note that everything before `place` was heard."""
        self._played = max(self._played, min(place, self._sent))
        while self._unheard and self._unheard[0][0] <= self._played:
            self._unheard.popleft()
        while self._handed and self._handed[0][0] < self._played - REMEMBERED_S * self._rate_hz:
            self._handed.popleft()

    def sounding(self, place: int, count: int) -> Samples:
        """Return `count` of its samples from `place` on, at the page's rate; silence where there are none."""
        sounding = silence(count)
        for first, sound in self._handed:
            here = max(first, place), min(first + len(sound), place + count)
            if here[0] < here[1]:
                sounding[here[0] - place : here[1] - place] = sound[here[0] - first : here[1] - first]
        return sounding

    def play(self, block: Samples) -> None:
        """Send `block` of FRAME_SAMPLES."""
        if self._page is None:
            return
        sound = self._resampler.resample_chunk(block)
        if len(sound):
            packet = packets.spoken_packet(self._sent, sound)
            self._sent += len(sound)
            self._unheard.append((self._sent, packet))
            self._handed.append((self._sent - len(sound), sound))
            self._page.send(packet)

    def stop(self) -> Seconds:
        """Have dropped what is on its way; return how much of it will not be heard."""
        dropped = self.latency
        if self._page is not None:
            self._unheard.clear()
            self._played = self._kept_from = self._sent
            self._page.send(packets.cut_packet(self._sent))
        return dropped


class BrowserMicrophone:
    """A `Microphone` at a page; while there is none, it waits."""

    def __init__(self, speaker: BrowserSpeaker, patience: Seconds = Seconds(300.0)) -> None:
        """Hear the page that `speaker` speaks at; wait for it for `patience`.

        `sounded` is what came out of the speaker while the latest frame was heard.
        """
        self._speaker = speaker
        self._on_lost: Told = lambda reason: None
        self._on_found: Told = lambda name: None
        self._patience = patience
        self._arrivals: SimpleQueue[Arrival] = SimpleQueue()
        self._page: Attached | None = None
        self._resampler, self._beside = _in_step(SAMPLE_RATE_HZ)
        self._next: int | None = None  # place of the sample that follows
        self._had = 0, 0  # an epoch, and up to which place its sound came
        self._zeros = 0  # samples, until one was something else
        self._away = self._paused = False
        self._cutter, self._sounding = Cutter(), Cutter()
        self.sounded = silence(FRAME_SAMPLES)

    @property
    def only_zeros(self) -> bool:
        """Whether a second has come and every sample was exactly 0: muted, or the wrong device."""
        return self._zeros >= SAMPLE_RATE_HZ

    def had(self, epoch: int) -> int:
        """Return up to which place the sound of `epoch` has come; for the thread that tells of arrivals."""
        return self._had[1] if self._had[0] == epoch else 0

    def listen(self, on_lost: Told, on_found: Told) -> None:
        """Tell from now on when the page stays away, why, and when it is heard again.

        While it is away `frames` waits, and its clock stands still.
        """
        self._on_lost, self._on_found = on_lost, on_found

    def tell(self, arrival: Arrival) -> None:
        """Take what has arrived, from any thread."""
        if isinstance(arrival, Heard):
            if self._arrivals.qsize() >= MOST_WAITING:
                return
            self._had = arrival.epoch, arrival.first + len(arrival.samples)
        self._arrivals.put(arrival)

    def frames(self, until: Callable[[], bool] = lambda: False) -> Generator[Frame, None, None]:
        """Yield what the page hears; end soon when `until` is true.

        Raises:
            DeviceError: no page came, or came back, in time.
        """
        self._cutter, self._sounding, self._next = Cutter(), Cutter(), None
        for _ in range(self._arrivals.qsize()):  # what was heard before anybody listened
            if isinstance(early := self._arrivals.get(), NoMore):
                return
            if not isinstance(early, Heard):
                self._receive(early)
        while not isinstance(arrival := self._arrived(until), NoMore):
            for frame, sounding in self._receive(arrival):
                self.sounded = sounding.samples
                yield frame
                if self._arrivals.qsize() > BEHIND:
                    time.sleep(FRAME_SECONDS / CATCH_UP)

    def _arrived(self, until: Callable[[], bool]) -> Arrival:
        waited = 0.0
        while not until():
            try:
                return self._arrivals.get(timeout=HEARTBEAT_S)
            except Empty:
                waited += HEARTBEAT_S
            self._lose("the page is not heard")
            if waited >= self._patience:
                raise DeviceError("the page did not come back")
        return NoMore()

    def _receive(self, arrival: Arrival) -> list[tuple[Frame, Frame]]:
        match arrival:
            case Heard() if self._page is not None and arrival.epoch == self._page.epoch:
                return [] if self._paused else self._cut(arrival, self._page.rate_hz)
            case Attached():
                self._attach(arrival)
            case Paused():
                self._paused = self._away = True
                self._on_lost(PAUSED)
            case Resumed():
                self._paused, self._next = False, None
            case _:  # of an epoch that is over
                pass
        return []

    def _attach(self, page: Attached) -> None:
        before, self._page = self._page, page
        if before is None or (before.rate_hz, before.epoch) != (page.rate_hz, page.epoch):
            self._next = None
            self._resampler, self._beside = _in_step(page.rate_hz)
        self._speaker.attach(page)

    def _cut(self, heard: Heard, rate_hz: int) -> list[tuple[Frame, Frame]]:
        """Return the frames that are complete with what was `heard`, each with what sounded meanwhile."""
        gap = 0 if self._next is None else heard.first - self._next
        if gap > LONGEST_GAP_S * rate_hz:
            gap = 0
        samples = heard.samples[max(0, -gap) :]  # what came twice is heard once
        if not len(samples):
            return []
        self._next = heard.first + len(heard.samples)
        self._find()
        self._speaker.played(heard.played)
        lost = max(0, gap)
        sound = self._resampler.resample_chunk(np.concatenate([silence(lost), samples]))
        sounding = self._speaker.sounding(heard.played - gap, lost + len(samples))
        self._zeros = -(2**62) if samples.any() else self._zeros + len(sound)
        return list(
            zip(
                self._cutter.cut(sound, round(lost * SAMPLE_RATE_HZ / rate_hz)),
                self._sounding.cut(self._beside.resample_chunk(sounding)),
                strict=True,
            )
        )

    def _lose(self, reason: str) -> None:
        if not self._away and self._page is not None:
            self._away = True
            self._on_lost(reason)

    def _find(self) -> None:
        if self._away:
            self._away = False
            self._on_found("the page")


def _in_step(rate_hz: int) -> tuple[Resampler, Resampler]:
    """Return two that hold back as much as each other, so that what goes through both stays side by side."""
    return resampler(rate_hz, SAMPLE_RATE_HZ), resampler(rate_hz, SAMPLE_RATE_HZ)
