"""The recording's file format: WAV, 16 kHz, 16 bit, two channels (candidate left, interviewer right).

The header says how long the sound is, so a file whose writer was killed has one that says too
little. `repair` sets it right from the length of the file; the sound itself is never touched.
A WAV file ends at 4 GB, which is after 18 hours; what comes later is written but not counted.
"""

import struct
from pathlib import Path

from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import Seconds

NAME = "sound.wav"
RATE_HZ = 16_000
CHANNELS = 2
BLOCK_BYTES = 2 * CHANNELS  # one int16 a channel
HEADER_BYTES = 44
MOST_BYTES = (2**32 - 1 - 36) // BLOCK_BYTES * BLOCK_BYTES  # the RIFF size field counts 36 header bytes too


def header(sound_bytes: int) -> bytes:
    """Return the 44 bytes that go before `sound_bytes` of samples."""
    size = min(sound_bytes, MOST_BYTES) // BLOCK_BYTES * BLOCK_BYTES
    form = struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE")
    rates = (RATE_HZ, RATE_HZ * BLOCK_BYTES, BLOCK_BYTES, 16)
    return form + struct.pack("<4sIHHIIHH4sI", b"fmt ", 16, 1, CHANNELS, *rates, b"data", size)


def repair(path: Path) -> Seconds:
    """Make the header of the recording at `path` fit its length; return how long it is.

    A file in another layout is left alone and counts as 0 s.

    Raises:
        LibraryError: the file cannot be read or written.
    """
    if not path.is_file():
        raise LibraryError(f"{path} is not a sound file; delete it, the session can be read without it")
    try:
        with path.open("r+b") as file:
            found = file.read(HEADER_BYTES)
            if not _ours(found):
                return Seconds(0.0)
            sound = max(0, path.stat().st_size - HEADER_BYTES)
            if found != header(sound):
                file.seek(0)
                file.write(header(sound))
    except OSError as error:
        raise LibraryError(f"cannot repair {path}: {error.strerror}; check its permissions") from None
    return Seconds(sound // BLOCK_BYTES / RATE_HZ)


def _ours(found: bytes) -> bool:
    """Tell a header of ours, whatever its sizes, or one that was never written whole."""
    expected = header(0)
    same_layout = found[:4] + found[8:40] == expected[:4] + expected[8:40]
    return same_layout or len(found) < HEADER_BYTES or not any(found)
