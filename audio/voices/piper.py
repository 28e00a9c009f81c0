"""Piper, a neural voice on this machine, for those who have installed it."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from vivavoce.audio.errors import ModelError, VoiceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.audio.models import onnx
from vivavoce.audio.voices.loudness import levelled, trimmed
from vivavoce.audio.voices.system_voice import RATE_WPM, spoken

PIPER_CLAUSE_WORDS = 5  # at half of real time, a clause of five words is what a listener waits for
PIPER_WPM = 165  # at length scale 1


class PiperVoice:
    """A `Voice` over Piper (an optional extra, GPL-3.0), on one thread."""

    def __init__(self, model_folder: Path, rate_wpm: int = RATE_WPM) -> None:
        """Prepare the voice in `model_folder` (NAME.onnx, NAME.onnx.json); it loads when it first speaks."""
        self.identity = f"piper {model_folder.name} {rate_wpm}"
        self._folder = model_folder
        self._length_scale = PIPER_WPM / rate_wpm

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield a chunk per clause.

        Raises:
            VoiceError: Piper or its weights are missing, or it failed.
        """
        return spoken(text, self._render, PIPER_CLAUSE_WORDS)

    def _render(self, clause: str) -> Iterator[Samples]:
        import soxr

        synthesis = self._loaded
        try:
            for chunk in synthesis(clause):
                sound: Samples = soxr.resample(chunk.audio_float_array, chunk.sample_rate, SAMPLE_RATE_HZ)
                yield levelled(trimmed(sound))
        except Exception as error:  # Piper and onnxruntime raise whatever they meet
            raise VoiceError(f"Piper failed ({type(error).__name__}); run: vivavoce doctor") from error

    @cached_property
    def _loaded(self) -> Callable[[str], Iterable[Any]]:
        try:
            from piper import PiperVoice as Piper
            from piper.config import PiperConfig, SynthesisConfig
        except ImportError as error:
            raise VoiceError("Piper is not installed; run: pip install 'vivavoce[piper]'") from error
        try:
            weights = next(iter(sorted(self._folder.glob("*.onnx"))))
            config = json.loads(weights.with_name(weights.name + ".json").read_text(encoding="utf-8"))
            piper = Piper(session=onnx.load(weights), config=PiperConfig.from_dict(config))
        except (StopIteration, OSError, ValueError, KeyError, ModelError) as error:
            raise VoiceError(
                f"{self._folder}: no Piper voice; it holds NAME.onnx and NAME.onnx.json"
            ) from error
        return partial(piper.synthesize, syn_config=SynthesisConfig(length_scale=self._length_scale))
