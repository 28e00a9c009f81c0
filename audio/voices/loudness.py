"""What every voice needs before it is heard: no dead air at its ends, one loudness for all (pure)."""

import numpy as np

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence

SPEECH_DBFS = -20.0  # RMS while there is speech
PEAK_DBFS = -3.0  # room for the resampling of a sound card
GAIN_LIMIT_DB = 24.0  # what is quieter than that is noise
SILENCE_DBFS = -50.0
ACTIVE_RANGE_DB = 25.0  # windows further below the loudest are gaps between words

LEAD_SAMPLES = SAMPLE_RATE_HZ * 10 // 1000
TRAIL_SAMPLES = SAMPLE_RATE_HZ * 80 // 1000
EDGE_SAMPLES = SAMPLE_RATE_HZ * 5 // 1000
WINDOW_SAMPLES = SAMPLE_RATE_HZ * 10 // 1000
PASSES = 3  # what the peaks lose makes the whole quieter: after three it is within 1 dB of what is wanted


def amplitude(dbfs: float) -> float:
    """Return the amplitude, 1.0 being full scale, of a level in dB."""
    return float(10 ** (dbfs / 20))


def trimmed(samples: Samples) -> Samples:
    """Return `samples` from 10 ms before the first sound to 80 ms after the last; empty if there is none.

    Both ends fade, for what is cut may not be quite silent, and a jump is heard as a click.
    """
    loud = np.flatnonzero(_rms(samples) > amplitude(SILENCE_DBFS))
    if not len(loud):
        return silence(0)
    start = int(loud[0]) * WINDOW_SAMPLES - LEAD_SAMPLES
    end = (int(loud[-1]) + 1) * WINDOW_SAMPLES + TRAIL_SAMPLES
    sound = samples[max(0, start) : end].copy()
    rise = np.linspace(0, 1, min(EDGE_SAMPLES, len(sound)), dtype=np.float32)
    sound[: len(rise)] *= rise
    sound[len(sound) - len(rise) :] *= rise[::-1]
    return sound


def levelled(samples: Samples) -> Samples:
    """Return `samples` at SPEECH_DBFS while there is speech, its peaks held down to PEAK_DBFS.

    A deep voice has high peaks. To keep it quieter for them would make its loud words those
    that are said softly.
    """
    before = active_rms(samples)
    if not before:
        return samples
    wanted = min(amplitude(SPEECH_DBFS), before * amplitude(GAIN_LIMIT_DB))
    for _ in range(PASSES):
        samples = _peaks_held(samples * np.float32(wanted / active_rms(samples)))
    return samples


def active_rms(samples: Samples) -> float:
    """Return the RMS of `samples` while there is speech, 1.0 being full scale; 0.0 for silence."""
    rms = _rms(samples)
    active = rms[rms > rms.max(initial=0.0) * amplitude(-ACTIVE_RANGE_DB)]
    return float(np.sqrt(np.mean(np.square(active)))) if len(active) else 0.0


def _peaks_held(samples: Samples) -> Samples:
    """Return `samples` with a gain that is low enough in each window, and moves in straight lines between."""
    peaks = np.abs(_windows(samples)).max(axis=1)
    gains = np.minimum(1, amplitude(PEAK_DBFS) / np.maximum(peaks, 1e-9))
    corners = np.minimum([1, *gains], [*gains, 1])
    places = np.arange(len(corners)) * WINDOW_SAMPLES
    held: Samples = samples * np.interp(np.arange(len(samples)), places, corners).astype(np.float32)
    return held


def _rms(samples: Samples) -> Samples:
    rms: Samples = np.sqrt(np.mean(np.square(_windows(samples)), axis=1))
    return rms


def _windows(samples: Samples) -> Samples:
    padded = np.concatenate([samples, silence(-len(samples) % WINDOW_SAMPLES)])
    return padded.reshape(-1, WINDOW_SAMPLES)
