"""Sound on the wire between a browser's page and the program: binary messages, little-endian.

Both directions count samples at the page's own rate. A page counts from when its sound began (an
*epoch*: a new one after a reload or after the device slept), so whatever is lost on the way is known
by its length, and what the page has played is known to the sample.
"""

import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import Samples, silence

RATES_HZ = range(8_000, 192_001)  # that a browser may have
LONGEST = 0.25  # seconds in one packet; a page sends some 20 ms
MOST_SAMPLES = 2**50  # a count beyond it is damaged, and below it exact in a float

_HEARD = struct.Struct("<B3xIdd")  # kind, epoch, first, played
_SPOKEN = struct.Struct("<B3xId")  # kind, count, first
HEARD, SOUND, SILENCE, CUT = 1, 2, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heard:
    """What the page's microphone heard.

    Attributes:
        epoch: which of the page's counts these are.
        first: place of the first sample.
        played: place of the speaker's sample that sounded while the first one was heard.
        samples: mono, in [-1, 1], shape (n,), at the page's rate.
    """

    epoch: int
    first: int
    played: int
    samples: Samples


def heard(message: bytes, rate_hz: int) -> Heard:
    """Return what a page has sent.

    Raises:
        DeviceError: it is none of our packets.
    """
    if len(message) < _HEARD.size or len(message) % 2:
        raise DeviceError("a sound packet is cut off")
    kind, epoch, first, played = _HEARD.unpack_from(message)
    if kind != HEARD or not (_countable(first) and _countable(played)):
        raise DeviceError("this is no sound packet")
    pcm = np.frombuffer(message, dtype="<i2", offset=_HEARD.size)
    if not 0 < len(pcm) <= rate_hz * LONGEST:
        raise DeviceError("a sound packet is empty, or too long")
    return Heard(epoch=epoch, first=int(first), played=int(played), samples=_sound(pcm))


def heard_packet(packet: Heard) -> bytes:
    """Return `packet` as a page would send it."""
    return _HEARD.pack(HEARD, packet.epoch, packet.first, packet.played) + pcm16(packet.samples).tobytes()


def spoken_packet(first: int, samples: Samples) -> bytes:
    """Return the packet that has `samples` played from the place `first` on; silence is named, not sent."""
    if not samples.any():
        return _SPOKEN.pack(SILENCE, len(samples), first)
    return _SPOKEN.pack(SOUND, len(samples), first) + pcm16(samples).tobytes()


def cut_packet(kept_from: int) -> bytes:
    """Return the packet that has everything before the place `kept_from` dropped, however late it comes."""
    return _SPOKEN.pack(CUT, 0, kept_from)


def spoken(message: bytes) -> tuple[int, int, Samples]:
    """Return kind, place and samples of a packet of ours, as a page reads it."""
    kind, count, first = _SPOKEN.unpack_from(message)
    pcm = np.frombuffer(message, dtype="<i2", offset=_SPOKEN.size)
    sound = _sound(pcm) if kind == SOUND else silence(count)
    return kind, int(first), sound


def pcm16(samples: Samples) -> NDArray[np.int16]:
    """Return `samples` as whole numbers of 16 bits."""
    whole: NDArray[np.int16] = np.rint(samples.clip(-1, 1) * 32_767).astype("<i2")
    return whole


def _sound(pcm: NDArray[np.int16]) -> Samples:
    return pcm.astype(np.float32) / np.float32(32_768)


def _countable(place: float) -> bool:
    return math.isfinite(place) and 0 <= place < MOST_SAMPLES and place == int(place)
