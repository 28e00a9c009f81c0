import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.audio.errors import ModelError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.listening.turn_model import MELS, MODEL_FILE, WINDOW_SAMPLES, SmartTurn, log_mel


def noise(seconds: float) -> Samples:
    return (0.1 * np.random.default_rng(7).standard_normal(int(seconds * SAMPLE_RATE_HZ))).astype(np.float32)


def tone(hz: float) -> Samples:
    return np.sin(2 * np.pi * hz * np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ).astype(np.float32)


def test_features_are_a_column_a_hop_of_10_ms() -> None:
    features = log_mel(noise(8.0))

    assert features.shape == (MELS, 800)
    assert features.dtype == np.float32


@settings(deadline=None, max_examples=20)
@given(st.floats(1e-4, 1.0))
def test_features_keep_the_lowest_eight_decades_whatever_the_level(level: float) -> None:
    features = log_mel((level * noise(1.0)).astype(np.float32))

    assert np.isfinite(features).all()
    assert features.max() - features.min() <= 2.0 + 1e-6


def test_a_higher_tone_lies_in_a_higher_band() -> None:
    bands = [int(log_mel(tone(hz)).mean(axis=1).argmax()) for hz in (200, 500, 1000, 2000, 4000, 7000)]

    assert bands == sorted(set(bands))


def test_silence_is_finite() -> None:
    assert np.isfinite(log_mel(silence(WINDOW_SAMPLES))).all()


@pytest.mark.parametrize("content", [None, b"", b"not a network"])
def test_a_missing_or_damaged_network_says_what_to_do(tmp_path, content) -> None:  # type: ignore[no-untyped-def]
    if content is not None:
        (tmp_path / MODEL_FILE).write_bytes(content)

    with pytest.raises(ModelError, match=r"vivavoce models verify"):
        SmartTurn(tmp_path)


@pytest.mark.e2e
def test_features_are_those_of_whisper() -> None:
    from faster_whisper.feature_extractor import FeatureExtractor

    sound = noise(8.0)

    # Ours drops the last column, which lies beyond the sound; the reference pads 10 ms to make one.
    reference = FeatureExtractor()(sound, padding=0)
    np.testing.assert_allclose(log_mel(sound)[:, :799], reference[:, :799], atol=1e-3)
