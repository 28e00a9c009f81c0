"""Sound files: read any of them, or let one stand in for the microphone.

A file is decoded block by block, mixed to mono and resampled as it is read, so that an hour of
96 kHz stereo never lies in memory. libsndfile reads what it knows best; all else (MP3, M4A, WebM) goes
to FFmpeg, which faster-whisper brings along. A file that breaks off is read as far as it goes.
"""

import io
import math
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np

from vivavoce.audio.errors import SoundFileError
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.transcripts.events import Seconds

SHORTEST = SAMPLE_RATE_HZ // 10  # less than 0.1 s is a click, not speech
BLOCK = 65_536
# Of anything else libsndfile's MP3 decoder makes a guess, and complains about it on stderr.
SNDFILE_SIGNATURES = (b"RIFF", b"RIFX", b"RF64", b"riff", b"fLaC", b"OggS", b"FORM", b"caff", b".snd")

Block = tuple[int, Samples]  # rate in Hz, mono samples


def read(path: Path, longest: Seconds | None = None) -> Samples:
    """Return the sound in `path` as mono at SAMPLE_RATE_HZ, shape (n,), scaled down only if it exceeds 1.

    Args:
        path: any sound file.
        longest: more sound than that is refused as soon as it is seen.

    Raises:
        SoundFileError: missing, empty, not sound, shorter than 0.1 s, too long, or with samples that are
            no numbers.
    """
    known = _signature(path).startswith(SNDFILE_SIGNATURES)
    for decode in (_soundfile_blocks, _ffmpeg_blocks) if known else (_ffmpeg_blocks,):
        sound = _resampled(decode(path), path, longest)
        if len(sound) >= SHORTEST:
            loudest = np.float32(max(1.0, np.abs(sound).max()))
            return sound / loudest
    raise SoundFileError(
        f"{path}: not a sound file, or less than 0.1 s of sound; give a WAV, FLAC, MP3, M4A, OGG or WebM file"
    )


def _signature(path: Path) -> bytes:
    if not path.exists():
        raise SoundFileError(f"{path}: there is no such file; check the name")
    if not path.is_file():
        raise SoundFileError(f"{path}: not a file; name one sound file")
    try:
        with path.open("rb") as file:
            signature = file.read(4)
    except OSError as error:
        raise SoundFileError(f"{path}: cannot be opened ({error.strerror}); check its permissions") from error
    if not signature:
        raise SoundFileError(f"{path}: empty; record it again")
    return signature


def _soundfile_blocks(path: Path) -> Iterator[Block]:
    import soundfile

    try:
        with soundfile.SoundFile(str(path)) as file:
            while len(block := file.read(BLOCK, dtype="float32", always_2d=True)):
                yield file.samplerate, block.mean(axis=1)
    except (soundfile.SoundFileError, TypeError):  # TypeError: a name ending in .raw
        return


def _ffmpeg_blocks(path: Path) -> Iterator[Block]:
    import av

    try:
        # A playlist names other files and addresses: given a file object and no protocol, FFmpeg opens none.
        with path.open("rb") as file, av.open(file, "r", options={"protocol_whitelist": "none"}) as container:
            planar = av.AudioResampler(format="fltp")
            for decoded in container.decode(audio=0):
                for frame in planar.resample(decoded):
                    yield frame.sample_rate, frame.to_ndarray().mean(axis=0)
    except (av.FFmpegError, IndexError):  # IndexError: no audio stream
        return


def _resampled(blocks: Iterator[Block], path: Path, longest: Seconds | None) -> Samples:
    import soxr

    parts, length = [silence(0)], 0.0
    stream: soxr.ResampleStream | None = None
    for rate_hz, block in blocks:
        if not np.isfinite(block).all():
            raise SoundFileError(f"{path}: some samples are not numbers; export the file again")
        stream = stream or soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32")
        parts.append(stream.resample_chunk(block))
        length += len(block) / rate_hz
        if longest is not None and length > longest:
            raise SoundFileError(f"{path}: longer than {longest / 60:.0f} minutes; cut it, and give the part")
    if stream is not None:
        parts.append(stream.resample_chunk(silence(0), last=True))
    return np.concatenate(parts)


class FileMicrophone:
    """A `Microphone` that hears given samples, then silence."""

    def __init__(self, samples: Samples, *, paced: bool, then_silence: Seconds = Seconds(0.0)) -> None:
        """Play `samples`, shape (n,), then `then_silence` seconds of silence (may be infinite).

        Args:
            samples: mono sound at SAMPLE_RATE_HZ.
            paced: deliver each frame when a device would have filled it; else as fast as asked.
            then_silence: the last frame is filled up with silence in any case.
        """
        self._samples = samples
        self._paced = paced
        self._count = math.inf
        if math.isfinite(then_silence):
            self._count = math.ceil((len(samples) + then_silence * SAMPLE_RATE_HZ) / FRAME_SAMPLES)

    def frames(self) -> Generator[Frame, None, None]:
        """Yield the sound, then the silence, from the beginning."""
        began = time.monotonic()
        number = 0
        while number < self._count:
            number += 1
            if self._paced:
                # A deadline and not a pause: what one frame is late, the next makes up for.
                time.sleep(max(0.0, began + number * FRAME_SECONDS - time.monotonic()))
            yield self._frame((number - 1) * FRAME_SAMPLES)

    def _frame(self, start: int) -> Frame:
        heard = self._samples[start : start + FRAME_SAMPLES]
        return Frame(start, np.concatenate([heard, silence(FRAME_SAMPLES - len(heard))]))


def side(path: Path, channel: int) -> Samples:
    """Return one channel of the sound file at `path`, at SAMPLE_RATE_HZ.

    Raises:
        SoundFileError: it cannot be read, or has no such channel.
    """
    import soundfile
    import soxr

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise SoundFileError(f"{path}: {error.error_string}; is it a sound file?") from None
    if channel >= samples.shape[1]:
        raise SoundFileError(f"{path}: it has {samples.shape[1]} channels; give a session's recording")
    one: Samples = soxr.resample(samples[:, channel], rate, SAMPLE_RATE_HZ).astype(np.float32)
    return one


def compressed(path: Path) -> bytes:
    """Return the sound file at `path` as Ogg Vorbis, a fifteenth of its size.

    Raises:
        SoundFileError: it cannot be read.
    """
    import soundfile

    file = io.BytesIO()
    try:
        with soundfile.SoundFile(path) as source:
            rate, channels = source.samplerate, source.channels
            with soundfile.SoundFile(file, "w", rate, channels, format="OGG", subtype="VORBIS") as target:
                for block in source.blocks(blocksize=rate):
                    target.write(block)
    except soundfile.LibsndfileError as error:
        raise SoundFileError(f"{path}: {error.error_string}; is it a sound file?") from None
    return file.getvalue()
