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
WINDOW_SAMPLES = SAMPLE_RATE_HZ * 10 // 1000


def amplitude(dbfs: float) -> float:
    """Return the amplitude, 1.0 being full scale, of a level in dB."""
    return float(10 ** (dbfs / 20))


def trimmed(samples: Samples) -> Samples:
    """Return `samples` from 10 ms before the first sound to 80 ms after the last; empty if there is none."""
    loud = np.flatnonzero(_rms(samples) > amplitude(SILENCE_DBFS))
    if not len(loud):
        return silence(0)
    start = int(loud[0]) * WINDOW_SAMPLES - LEAD_SAMPLES
    end = (int(loud[-1]) + 1) * WINDOW_SAMPLES + TRAIL_SAMPLES
    return samples[max(0, start) : end]


def levelled(samples: Samples) -> Samples:
    """Return `samples` at SPEECH_DBFS while there is speech, or lower where the peak would pass PEAK_DBFS."""
    rms = _rms(samples)
    active = rms[rms > rms.max(initial=0.0) * amplitude(-ACTIVE_RANGE_DB)]
    if not len(active):
        return samples
    wanted = amplitude(SPEECH_DBFS) / np.sqrt(np.mean(np.square(active)))
    allowed = amplitude(PEAK_DBFS) / np.abs(samples).max()
    return samples * np.float32(min(wanted, allowed, amplitude(GAIN_LIMIT_DB)))


def _rms(samples: Samples) -> Samples:
    padded = np.concatenate([samples, silence(-len(samples) % WINDOW_SAMPLES)])
    windows = padded.reshape(-1, WINDOW_SAMPLES)
    rms: Samples = np.sqrt(np.mean(np.square(windows), axis=1))
    return rms
