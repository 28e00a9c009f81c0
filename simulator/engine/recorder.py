"""The recorder: both sides of the talk into one WAV file that is whole at every moment.

Each block goes to the operating system at once and the header is set after it, so whatever
stops the program, the file is a valid recording of all but the block being written. The sample
clock and the file agree: block n starts at n * 32 ms in both.
"""

from io import FileIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.simulator.errors import RecorderError
from vivavoce.transcripts.journal import recording
from vivavoce.transcripts.journal.disk import append


class Recorder:
    """Writes `sound.wav` in `folder`: candidate left, interviewer right.

    Raises:
        RecorderError: the file cannot be made, or a recording is there already.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._file = FileIO(folder / recording.NAME, "xb")
            append(self._file, recording.header(0))
        except FileExistsError:
            raise RecorderError(f"{folder} holds a recording already; start a new session") from None
        except OSError as error:
            raise RecorderError(f"cannot record in {folder}: {error.strerror}; free some space") from None
        self._sound_bytes = 0

    def write(self, candidate: NDArray[np.float32], interviewer: NDArray[np.float32]) -> None:
        """Append one block of each side: mono sound in [-1, 1] at 16 kHz, both of shape (n,).

        After the first failure nothing more is written, and nothing more is raised.

        Raises:
            RecorderError: the block does not fit on the disk; all before it is kept.
        """
        if self._file.closed:
            return
        stereo = np.stack([candidate, interviewer], axis=1)
        block = np.rint(stereo.clip(-1, 1) * 32767).astype("<i2").tobytes()
        try:
            append(self._file, block)
            self._sound_bytes += len(block)
            self._file.seek(0)
            self._file.write(recording.header(self._sound_bytes))
        except OSError as error:
            self.close()
            raise RecorderError(f"recording stopped: {error.strerror}; free some disk space") from None

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._file.close()
