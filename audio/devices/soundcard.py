"""The real microphone and the real speaker.

A callback of PortAudio's copies its block into a queue and returns; the session's thread does the
rest. When either device goes away, the microphone stops the clock, restarts PortAudio and waits;
a speaker that finds its stream ended by that opens it again. A speaker that only stops asking for
sound, as PulseAudio's streams do now and then after an underrun, is opened again by itself.
"""

import time
from collections.abc import Callable, Generator
from contextlib import suppress
from queue import Empty, SimpleQueue

import numpy as np

from vivavoce.audio.devices.arrivals import Arrivals, Cutter
from vivavoce.audio.devices.jitter import JitterBuffer
from vivavoce.audio.devices.portaudio import Block, find, portaudio
from vivavoce.audio.devices.resampling import resampler
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.transcripts.events import Seconds

FIRST_BLOCK_S = 4.0  # Bluetooth, or a PulseAudio source that slept
HEARTBEAT_S = 0.5
STALLED_S = 3.0  # a sink of PulseAudio's that sleeps works in steps of 2 s
PATIENT_TRIES = 2  # before a silent speaker is reason enough to stop the session
RETRY_S = 1.0
PULL_SAMPLES = SAMPLE_RATE_HZ // 100


class PortAudioMicrophone:
    """A `Microphone` on a sound device; when that goes away, it waits."""

    def __init__(
        self,
        name: str | None = None,
        *,
        on_lost: Callable[[str], None] = lambda reason: None,
        on_found: Callable[[str], None] = lambda name: None,
        patience: Seconds = Seconds(60.0),
    ) -> None:
        """Take the device called `name` (a part of its name will do), or the system's choice.

        Args:
            name: see `devices`.
            on_lost: told why, once no sound comes; `frames` then waits, and its clock stands still.
            on_found: told which device delivers again, before the next frame.
            patience: how long to wait for a device that went away.
        """
        self._name = name
        self._on_lost = on_lost
        self._on_found = on_found
        self._patience = patience
        self._heard = 0
        self._alive = False
        self._source: _Source | None = None

    @property
    def only_zeros(self) -> bool:
        """Whether a second has come and every sample was exactly 0: no permission (macOS), or muted."""
        return not self._alive and self._heard >= SAMPLE_RATE_HZ

    def open(self) -> None:
        """Wake the device: some need two seconds, in which other things can be done.

        Raises:
            DeviceError: it cannot be opened.
        """
        self._source = self._source or _Source(self._name)

    def close(self) -> None:
        """Release the device."""
        if self._source is not None:
            self._source.close()
            self._source = None

    def frames(self) -> Generator[Frame, None, None]:
        """Yield what the device hears from now on; the time that it was away is no part of the recording.

        Raises:
            DeviceError: it cannot be opened, or stayed away for longer than `patience`.
        """
        cutter = Cutter()
        early = self._source
        source = self._source = early or _Source(self._name)
        try:
            if early is not None:
                early.forget()
            source.delivers(FIRST_BLOCK_S)
            while True:
                if not source.delivers(HEARTBEAT_S):
                    source = self._wait(f'the microphone "{source.device.name}" went silent')
                elif portaudio.stalled:
                    source = self._wait(portaudio.stalled)
                sound, lost = source.take()
                self._heard += len(sound)
                self._alive = self._alive or bool(sound.any())
                yield from cutter.cut(sound, lost)
        finally:
            self.close()

    def _wait(self, reason: str) -> "_Source":
        self._on_lost(reason)
        until = time.monotonic() + self._patience
        while (tried := time.monotonic()) < until:
            try:
                portaudio.restart()
                source = _Source(self._name)
            except DeviceError:
                time.sleep(max(0.0, tried + RETRY_S - time.monotonic()))
                continue
            if source.delivers(FIRST_BLOCK_S):
                self._on_found(source.device.name)
                self._source = source
                return source
            source.close()
        raise DeviceError(f"{reason} and did not come back; connect it and start again")


class _Source:
    """An open input stream and what came from it."""

    def __init__(self, name: str | None) -> None:
        self.device = find(name, "microphone")
        self._arrivals = Arrivals(self.device.rate_hz)
        self._resampler = resampler(self.device.rate_hz, SAMPLE_RATE_HZ)
        self._blocks: SimpleQueue[tuple[float, Samples]] = SimpleQueue()
        self._next: tuple[float, Samples] | None = None
        self._stream = portaudio.open(self.device, "microphone", self._callback)

    def close(self) -> None:
        portaudio.close(self._stream)

    def forget(self) -> None:
        """Drop what was delivered and not taken."""
        while not self._blocks.empty():
            self._blocks.get()

    def delivers(self, wait_s: float) -> bool:
        """Return whether there is a block to take, or comes within `wait_s`."""
        try:
            self._next = self._next or self._blocks.get(timeout=wait_s)
        except Empty:
            return False
        return True

    def take(self) -> tuple[Samples, int]:
        """Return the block's sound at SAMPLE_RATE_HZ, and how many of its samples stand for lost ones."""
        if self._next is None:
            raise RuntimeError("no block was delivered")
        (at, block), self._next = self._next, None
        lost = self._arrivals.lost(len(block), at)
        sound = self._resampler.resample_chunk(np.concatenate([silence(lost), block]))
        return sound, round(lost * SAMPLE_RATE_HZ / self.device.rate_hz)

    def _callback(self, block: Block, count: int, when: object, flags: object) -> None:
        self._blocks.put((time.monotonic(), block[:, 0].copy()))


class PortAudioSpeaker:
    """A `Speaker` on a sound device.

    It opens at the first block, because some headsets change their rates when the microphone opens,
    which must therefore be first. While the device is away it swallows what it is given.
    """

    def __init__(self, name: str | None = None) -> None:
        """Take the device called `name` (a part of its name will do), or the system's choice."""
        self._name = name
        self._jitter = JitterBuffer()
        self._sink: _Sink | None = None
        self._tries = 0  # to make it play again, since it last did
        self._gave_up = False

    @property
    def latency(self) -> Seconds:
        """How long the next block will wait to be heard, as far as the device knows; 0 before the first."""
        return Seconds(
            0.0 if self._sink is None else self._jitter.waiting / SAMPLE_RATE_HZ + self._sink.latency
        )

    def play(self, block: Samples) -> None:
        """Queue `block` of FRAME_SAMPLES.

        Raises:
            DeviceError: at the first block only, the device cannot be opened.
        """
        if self._sink is None:
            self._sink = _Sink(self._name, self._jitter)
            portaudio.speakers.append(self._name)
        elif self._sink.closed:
            with suppress(DeviceError):  # the microphone's wait goes on until it can be opened
                self._sink = _Sink(self._name, self._jitter)
        elif self._sink.stalled:
            self._again(self._sink)
        self._jitter.push(block)

    def stop(self) -> Seconds:
        """Fade out what is queued within 15 ms; return how much of it will not be heard."""
        return Seconds(self._jitter.stop() / SAMPLE_RATE_HZ)

    def _again(self, sink: "_Sink") -> None:
        """Open the device again; if it is gone, or stays silent, have PortAudio restarted.

        The restart stops the session, so a device that is there and silent gets one and no more:
        an interview that nobody hears is better than one that breaks off again and again.
        """
        self._tries = 1 if sink.played else self._tries + 1
        gone = f'the speaker "{sink.device.name}" stopped playing'
        if self._tries > PATIENT_TRIES and not self._gave_up:
            self._gave_up, portaudio.stalled = True, gone
            return
        sink.close()
        try:
            self._sink = _Sink(self._name, self._jitter)
        except DeviceError:
            portaudio.stalled = gone

    def close(self) -> None:
        """Release the device."""
        if self._sink is not None:
            self._sink.close()
            portaudio.speakers.remove(self._name)
            self._sink = None


class _Sink:
    """An open output stream, which pulls from a jitter buffer."""

    def __init__(self, name: str | None, jitter: JitterBuffer) -> None:
        self.device = find(name, "speaker")
        self._jitter = jitter
        self._resampler = resampler(SAMPLE_RATE_HZ, self.device.rate_hz)
        self._ready = silence(0)
        self._pulled = time.monotonic()
        self.played = False
        self._stream = portaudio.open(self.device, "speaker", self._callback)
        self.latency = self._stream.latency

    @property
    def closed(self) -> bool:
        """Whether PortAudio was restarted since."""
        return self._stream not in portaudio.streams

    @property
    def stalled(self) -> bool:
        """Whether the device has asked for no sound for so long that it must be gone."""
        return time.monotonic() - self._pulled > STALLED_S

    def close(self) -> None:
        portaudio.close(self._stream)

    def _callback(self, block: Block, count: int, when: object, flags: object) -> None:
        self._pulled, self.played = time.monotonic(), True
        while len(self._ready) < count:
            more = self._resampler.resample_chunk(self._jitter.pull(PULL_SAMPLES))
            self._ready = np.concatenate([self._ready, more])
        block[:] = self._ready[:count, np.newaxis]
        self._ready = self._ready[count:]
