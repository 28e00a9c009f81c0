"""Sound files: read any of them, or let one stand in for the microphone.

A file is decoded and resampled block by block, so that an hour of 96 kHz stereo never lies in memory.
libsndfile reads what it knows best; all else (MP3, M4A, WebM) goes
to FFmpeg, which faster-whisper brings along. A file that breaks off is read as far as it goes.
"""

import io
import time
from collections.abc import Generator, Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.errors import SoundFileError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.transcripts.events import Seconds

SHORTEST = SAMPLE_RATE_HZ // 10  # less than 0.1 s is a click, not speech
BLOCK = 65_536
# Of anything else libsndfile's MP3 decoder makes a guess, and complains about it on stderr.
SNDFILE_SIGNATURES = (b"RIFF", b"RIFX", b"RF64", b"riff", b"fLaC", b"OggS", b"FORM", b"caff", b".snd")

Channels = NDArray[np.float32]  # sound with its channels beside each other, shape (n, channels)
Block = tuple[int, Channels]  # rate in Hz, and what was decoded


def read(path: Path, longest: Seconds | None = None) -> Samples:
    """Return the sound in `path` as mono at SAMPLE_RATE_HZ, shape (n,), scaled down only if it exceeds 1.

    See `blocks` for the arguments and the errors.
    """
    sound: Samples = np.concatenate([block.mean(axis=1) for block in blocks(path, longest)])
    return sound / np.float32(max(1.0, np.abs(sound).max()))


def blocks(path: Path, longest: Seconds | None = None) -> Iterator[Channels]:
    """Yield the sound in `path` at SAMPLE_RATE_HZ, block by block, with all its channels.

    Args:
        path: any sound file.
        longest: more sound than that is refused as soon as it is seen.

    Raises:
        SoundFileError: missing, empty, not sound, shorter than 0.1 s, too long, or with samples that are
            no numbers.
    """
    known = _signature(path).startswith(SNDFILE_SIGNATURES)
    for decode in (_soundfile_blocks, _ffmpeg_blocks) if known else (_ffmpeg_blocks,):
        first: list[Channels] = []
        rest = _resampled(decode(path), path, longest)
        for block in rest:
            first.append(block)
            if sum(map(len, first)) >= SHORTEST:
                yield from chain(first, rest)
                return
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
                yield file.samplerate, block
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
                    yield frame.sample_rate, np.ascontiguousarray(frame.to_ndarray().T)
    except (av.FFmpegError, IndexError):  # IndexError: no audio stream
        return


def _resampled(decoded: Iterator[Block], path: Path, longest: Seconds | None) -> Iterator[Channels]:
    import soxr

    length, channels = 0.0, 0
    stream: soxr.ResampleStream | None = None
    for rate_hz, block in decoded:
        if not np.isfinite(block).all():
            raise SoundFileError(f"{path}: some samples are not numbers; export the file again")
        if stream is None:
            channels = block.shape[1]
            stream = soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, channels, dtype="float32")
        same = block.shape[1] == channels  # a stream that changes its mind is mono from there
        fit = block if same else np.repeat(block.mean(axis=1, keepdims=True), channels, axis=1)
        yield stream.resample_chunk(fit)
        length += len(block) / rate_hz
        if longest is not None and length > longest:
            raise SoundFileError(f"{path}: longer than {longest / 60:.0f} minutes; cut it, and give the part")
    if stream is not None:
        yield stream.resample_chunk(np.zeros((0, channels), dtype=np.float32), last=True)


def regrouped(sound: Iterable[NDArray[np.float32]], size: int) -> Iterator[NDArray[np.float32]]:
    """Yield `sound` in blocks of `size` samples; the last one may be shorter."""
    kept: list[NDArray[np.float32]] = []
    for block in sound:
        kept.append(block)
        if sum(map(len, kept)) >= size:
            whole = np.concatenate(kept)
            end = len(whole) // size * size
            yield from (whole[start : start + size] for start in range(0, end, size))
            kept = [whole[end:]]
    if sum(map(len, kept)):
        yield np.concatenate(kept)


class FileMicrophone:
    """A `Microphone` that hears given sound, then silence."""

    def __init__(
        self, sound: Iterable[Samples], *, paced: bool, then_silence: Seconds = Seconds(0.0)
    ) -> None:
        """Play `sound`, then `then_silence` seconds of silence (may be infinite).

        Args:
            sound: mono sound at SAMPLE_RATE_HZ, in blocks of any length.
            paced: deliver each frame when a device would have filled it; else as fast as asked.
            then_silence: the last frame is filled up with silence in any case.
        """
        self._sound = sound
        self._paced = paced
        self._then_silence = then_silence

    def frames(self) -> Generator[Frame, None, None]:
        """Yield the sound, then the silence, from the beginning."""
        began, start, length = time.monotonic(), 0, 0
        for heard in chain(regrouped(self._sound, FRAME_SAMPLES), repeat(silence(0))):
            length += len(heard)
            if start >= length + self._then_silence * SAMPLE_RATE_HZ:
                return
            if self._paced:
                # A deadline and not a pause: what one frame is late, the next makes up for.
                due = began + (start + FRAME_SAMPLES) / SAMPLE_RATE_HZ
                time.sleep(max(0.0, due - time.monotonic()))
            yield Frame(start, np.concatenate([heard, silence(FRAME_SAMPLES - len(heard))]))
            start += FRAME_SAMPLES


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
