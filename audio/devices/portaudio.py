"""PortAudio: which sound devices there are, and streams to them. The one file that imports sounddevice.

PortAudio knows only the devices that were there when it was started, and restarting it ends every
stream. So all streams of the process are kept here.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.errors import DeviceError

LATENCY_S = 0.04  # asked of the device; with "low", PulseAudio lost the first 0.2 s

Direction = Literal["microphone", "speaker"]
Block = NDArray[np.float32]  # shape (n, channels), at the device's rate
Callback = Callable[[Block, int, object, object], None]

INSTALLERS = {
    "apt-get": "sudo apt-get install libportaudio2",
    "dnf": "sudo dnf install portaudio",
    "pacman": "sudo pacman -S portaudio",
    "zypper": "sudo zypper install portaudio",
    "brew": "brew install portaudio",
}


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device as PortAudio lists it."""

    index: int
    name: str
    inputs: int
    outputs: int
    rate_hz: int
    default_input: bool
    default_output: bool


def devices() -> list[Device]:
    """Return the sound devices that were there when PortAudio was started.

    Raises:
        DeviceError: PortAudio is not installed.
    """
    sd = sounddevice()
    default_in, default_out = sd.default.device
    return [
        Device(
            index=d["index"],
            name=d["name"],
            inputs=d["max_input_channels"],
            outputs=d["max_output_channels"],
            rate_hz=round(d["default_samplerate"]),
            default_input=d["index"] == default_in,
            default_output=d["index"] == default_out,
        )
        for d in sd.query_devices()
    ]


def find(name: str | None, direction: Direction) -> Device:
    """Return the device called `name`, else one with `name` in its name; without a name the system's choice.

    Raises:
        DeviceError: there is none, or PortAudio is not installed.
    """
    mic = direction == "microphone"
    here = [device for device in devices() if (device.inputs if mic else device.outputs)]
    if name is None:
        preferred = [device for device in here if (device.default_input if mic else device.default_output)]
    else:
        preferred = [device for device in here if device.name == name]
        here = [device for device in here if name.lower() in device.name.lower()]
    for device in preferred + here:
        return device
    which = f'no {direction} called "{name}"' if name is not None else f"no {direction}"
    raise DeviceError(f"there is {which}; connect one, and see with: vivavoce doctor")


class _Stream(Protocol):
    latency: float

    def start(self) -> None: ...
    def close(self) -> None: ...


class _PortAudio:
    """The one PortAudio of this process: its streams, and who needs it restarted."""

    def __init__(self) -> None:
        self.streams: list[_Stream] = []
        self.speakers: list[str | None] = []  # the names of those in use
        self.stalled = ""  # why a restart is due

    def open(self, device: Device, direction: Direction, callback: Callback) -> _Stream:
        """Return a running mono stream at the device's rate.

        Args:
            device: from `find`.
            direction: which of the device's two.
            callback: given a block of shape (n, channels) to copy or to fill, n, and two things to ignore.

        Raises:
            DeviceError: it is in use, refused, or gone.
        """
        sd = sounddevice()
        kind = sd.InputStream if direction == "microphone" else sd.OutputStream
        try:
            stream: _Stream = kind(
                device=device.index,
                samplerate=device.rate_hz,
                # Mono heard, but played on both sides: not every driver spreads one channel.
                channels=1 if direction == "microphone" else min(2, device.outputs),
                dtype="float32",
                latency=LATENCY_S,
                callback=callback,
            )
            try:
                stream.start()
            except sd.PortAudioError:
                stream.close()
                raise
        except sd.PortAudioError as error:
            raise DeviceError(
                f'the {direction} "{device.name}" cannot be opened ({error.args[0]}); '
                "close other programs that use it, or choose another (vivavoce doctor lists them)"
            ) from error
        self.streams.append(stream)
        return stream

    def close(self, stream: _Stream) -> None:
        """End `stream`; one that a restart has ended is left alone."""
        if stream in self.streams:
            self.streams.remove(stream)
            stream.close()

    def restart(self) -> None:
        """End every stream and look at the devices afresh.

        Raises:
            DeviceError: PortAudio does not start, or a speaker in use is not there.
        """
        while self.streams:
            self.streams.pop().close()
        self.stalled = ""
        sd = sounddevice()
        try:
            while sd._initialized:
                sd._terminate()
            sd._initialize()
        except sd.PortAudioError as error:
            raise DeviceError(f"the sound system does not answer ({error.args[0]}); restart it") from error
        for name in self.speakers:
            find(name, "speaker")


portaudio = _PortAudio()


@cache
def sounddevice() -> ModuleType:
    """Return the library's module; importing it starts PortAudio.

    Raises:
        DeviceError: PortAudio is not installed.
    """
    # PulseAudio would deliver in blocks of up to 2 s; read when PortAudio starts, which is at the import.
    os.environ.setdefault("PULSE_LATENCY_MSEC", "20")
    try:
        import sounddevice as module
    except OSError as error:
        found = (command for program, command in INSTALLERS.items() if shutil.which(program))
        command = next(found, "the package manager of your system (portaudio)")
        raise DeviceError(
            f"PortAudio, which reaches microphone and speaker, is missing; run: {command}"
        ) from error
    started: ModuleType = module
    return started
