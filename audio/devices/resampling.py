"""Sound from one rate to another while it comes, for devices of any rate."""

from typing import Protocol

from vivavoce.audio.frame import Samples

GRADE = "LQ"  # soxr: 16-bit precision, at most 20 ms withheld; better grades withhold up to 40 ms


class Resampler(Protocol):
    """Keeps what it needs of the sound before."""

    def resample_chunk(self, x: Samples) -> Samples:
        """Return what is ready after `x`, the next sound, mono."""
        ...


def resampler(from_hz: float, to_hz: float) -> Resampler:
    """Return what takes sound of the one rate and gives it at the other."""
    import soxr

    stream: Resampler = soxr.ResampleStream(from_hz, to_hz, 1, dtype="float32", quality=GRADE)
    return stream
