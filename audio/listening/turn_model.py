"""Smart-Turn: does the sound of a turn say that its speaker is done?

An encoder of Whisper-tiny's shape with a classifying head (8 M parameters, int8, BSD-2), which
hears the last eight seconds, silence in front if there are fewer. Its inputs are Whisper's own
log-mel features of the waveform brought to zero mean and unit variance.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.audio.models import onnx

WINDOW_SAMPLES = 8 * SAMPLE_RATE_HZ
MODEL_FILE = "smart-turn-v3.2-cpu.onnx"

FFT_SAMPLES = 400  # 25 ms
HOP_SAMPLES = 160  # 10 ms
MELS = 80


class SmartTurn:
    """A `TurnModel` over Smart-Turn v3.2: 60 to 250 ms a verdict on one core."""

    def __init__(self, folder: Path) -> None:
        self._network = onnx.load(folder / MODEL_FILE)

    def probability(self, turn: Samples) -> float:
        """Return the probability that the speaker of `turn`, who just fell silent, is done."""
        features = log_mel(_standardised(turn))[np.newaxis]
        return float(self._network.run(None, {"input_features": features})[0].ravel()[0])


def log_mel(samples: Samples) -> NDArray[np.float32]:
    """Return Whisper's features of `samples`: shape (80, len(samples) // 160), float32.

    The formula is OpenAI's (whisper/audio.py): power spectrogram, Slaney mel filters, log10,
    the lowest 8 decades kept, scaled by (x + 4) / 4.
    """
    padded = np.pad(samples.astype(np.float64), FFT_SAMPLES // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, FFT_SAMPLES)[::HOP_SAMPLES][:-1]
    power = np.abs(np.fft.rfft(windows * np.hanning(FFT_SAMPLES + 1)[:-1])) ** 2
    logs = np.log10(np.maximum(_MEL_FILTERS @ power.T, 1e-10))
    scaled: NDArray[np.float32] = ((np.maximum(logs, logs.max() - 8.0) + 4.0) / 4.0).astype(np.float32)
    return scaled


def _standardised(turn: Samples) -> Samples:
    recent = turn[-WINDOW_SAMPLES:]
    padded = np.pad(recent, (WINDOW_SAMPLES - len(recent), 0))
    standardised: Samples = (padded - padded.mean()) / np.sqrt(padded.var() + 1e-7)
    return standardised


def _mel_filters() -> NDArray[np.float64]:
    """Return Slaney's triangular filters, shape (80, 201): linear below 1 kHz, logarithmic above."""
    linear_hz, log_start_mel, log_step = 200.0 / 3.0, 15.0, np.log(6.4) / 27.0
    top_mel = log_start_mel + np.log(SAMPLE_RATE_HZ / 2 / 1000.0) / log_step
    mels = np.linspace(0.0, top_mel, MELS + 2)
    edges = np.where(
        mels < log_start_mel, mels * linear_hz, 1000.0 * np.exp(log_step * (mels - log_start_mel))
    )
    bins = np.fft.rfftfreq(FFT_SAMPLES, 1 / SAMPLE_RATE_HZ)
    rising = (bins - edges[:-2, np.newaxis]) / np.diff(edges)[:-1, np.newaxis]
    falling = (edges[2:, np.newaxis] - bins) / np.diff(edges)[1:, np.newaxis]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    filters: NDArray[np.float64] = triangles * (2.0 / (edges[2:] - edges[:-2]))[:, np.newaxis]
    return filters


_MEL_FILTERS = _mel_filters()
