import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.devices import packets
from vivavoce.audio.devices.packets import CUT, HEARD, MOST_SAMPLES, SILENCE, SOUND, Heard
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import silence

RATE_HZ = 48_000
SAMPLES = np.linspace(-1, 1, 960, dtype=np.float32)


def raw(
    kind: int = HEARD, epoch: int = 1, first: float = 0, played: float = 0, sound: bytes = b"\1\0"
) -> bytes:
    return struct.pack("<B3xIdd", kind, epoch, first, played) + sound


@given(st.integers(0, 2**32 - 1), st.integers(0, MOST_SAMPLES - 1), st.integers(0, MOST_SAMPLES - 1))
def test_what_a_page_heard_comes_out_as_it_went_in(epoch: int, first: int, played: int) -> None:
    sent = Heard(epoch=epoch, first=first, played=played, samples=SAMPLES)
    got = packets.heard(packets.heard_packet(sent), RATE_HZ)
    assert (got.epoch, got.first, got.played) == (epoch, first, played)
    assert np.abs(got.samples - SAMPLES).max() < 1e-4


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(raw()[:23], id="half a head"),
        pytest.param(raw(sound=b""), id="no sound"),
        pytest.param(raw(sound=b"\0\0\0"), id="half a sample"),
        pytest.param(raw(sound=b"\0\0" * (RATE_HZ // 4 + 1)), id="too long"),
        pytest.param(raw(kind=SOUND), id="another kind"),
        pytest.param(raw(kind=0), id="no kind"),
        pytest.param(raw(first=-1), id="before the beginning"),
        pytest.param(raw(first=0.5), id="between two samples"),
        pytest.param(raw(first=math.nan), id="nowhere"),
        pytest.param(raw(first=math.inf), id="never"),
        pytest.param(raw(first=2.0**60), id="beyond all counts"),
        pytest.param(raw(played=math.nan), id="played nowhere"),
        pytest.param(raw(played=-5), id="played before the beginning"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: somewhere\r\n\r\n", id="another protocol"),
    ],
)
def test_what_is_no_packet_is_refused(message: bytes) -> None:
    with pytest.raises(DeviceError, match="packet"):
        packets.heard(message, RATE_HZ)


@given(st.binary(max_size=80))
def test_whatever_comes_is_a_packet_or_refused(message: bytes) -> None:
    try:
        got = packets.heard(message, RATE_HZ)
    except DeviceError:
        return
    assert len(got.samples)
    assert 0 <= got.first < MOST_SAMPLES


def test_what_is_to_be_played_says_where_and_silence_is_only_named() -> None:
    kind, first, sound = packets.spoken(packets.spoken_packet(4_711, SAMPLES))
    assert (kind, first) == (SOUND, 4_711)
    assert np.abs(sound - SAMPLES).max() < 1e-4

    named = packets.spoken_packet(5_671, silence(960))
    assert len(named) == 16
    kind, first, sound = packets.spoken(named)
    assert (kind, first, len(sound), sound.any()) == (SILENCE, 5_671, 960, False)

    assert packets.spoken(packets.cut_packet(6_000))[:2] == (CUT, 6_000)
