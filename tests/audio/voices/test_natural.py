import shutil
import socket
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.timing import within
from vivavoce.audio.errors import VoiceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.audio.voices import natural
from vivavoce.audio.voices.loudness import SPEECH_DBFS, WINDOW_SAMPLES
from vivavoce.audio.voices.natural import NaturalVoice

SENTENCE = "What did you measure before the change, and who saw it?"


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Let the next voice load anew."""
    natural._larynx.cache_clear()
    yield
    natural._larynx.cache_clear()


def heard(voice: NaturalVoice, text: str) -> Samples:
    return np.concatenate([np.zeros(0, np.float32), *voice.speak(text)])


def pitch_hz(sound: Samples) -> float:
    """Return the median pitch of what is loud."""
    found = []
    for start in range(0, len(sound) - 1024, 512):
        part = sound[start : start + 1024] * np.hanning(1024)
        alike = np.correlate(part, part, "full")[1023:]
        lag = 40 + int(np.argmax(alike[40:230]))
        if alike[0] > 2 and alike[lag] > 0.5 * alike[0]:
            found.append(SAMPLE_RATE_HZ / lag)
    return float(np.median(found))


def longest_silence(sound: Samples) -> float:
    whole = sound[: len(sound) // WINDOW_SAMPLES * WINDOW_SAMPLES].reshape(-1, WINDOW_SAMPLES)
    quiet = np.sqrt(np.mean(np.square(whole), axis=1)) < 0.003
    runs = "".join("x" if one else " " for one in quiet).split()
    return max(map(len, runs), default=0) * WINDOW_SAMPLES / SAMPLE_RATE_HZ


def test_the_rate_and_the_pitch_are_those_asked_for() -> None:
    slow, quick = (heard(NaturalVoice(rate), SENTENCE) for rate in (135, 200))
    low, high = (pitch_hz(heard(NaturalVoice(pitch=pitch), SENTENCE)) for pitch in (0.55, 1.1))

    assert len(slow) / len(quick) == pytest.approx(200 / 135, rel=0.1)
    assert high / low == pytest.approx(2, rel=0.2)


@pytest.mark.parametrize("pitch", [0.55, 0.9, 1.2])
def test_every_pitch_is_as_loud(pitch: float) -> None:
    sound = heard(NaturalVoice(pitch=pitch), SENTENCE)
    rms = np.sqrt(np.mean(np.square(sound[: len(sound) // 160 * 160].reshape(-1, 160)), axis=1))
    active = rms[rms > rms.max() * 10 ** (-25 / 20)]

    assert SPEECH_DBFS - 6 < 20 * np.log10(np.sqrt(np.mean(np.square(active)))) < SPEECH_DBFS + 1
    assert np.abs(sound).max() < 0.75


def test_the_same_sentence_sounds_the_same() -> None:
    first, again = (heard(NaturalVoice(), SENTENCE) for _ in range(2))

    assert np.array_equal(first, again)
    assert NaturalVoice(150).identity != NaturalVoice(160).identity != NaturalVoice(160, 0.9).identity


@pytest.mark.parametrize(
    ("question", "is_higher"),
    [
        ("Would you like to stop?", True),
        ("Shall we leave it for today?", True),
        ("What happened?", False),
        ("I see it.", False),
    ],
)
@pytest.mark.parametrize("pitch", [0.57, 1.0])
def test_only_a_question_for_yes_or_no_ends_higher_than_the_network_lets_it(
    question: str, is_higher: bool, pitch: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = heard(NaturalVoice(pitch=pitch), question)
    monkeypatch.setattr(natural, "rises", lambda sentence: False)
    otherwise = heard(NaturalVoice(pitch=pitch), question)

    assert np.array_equal(said, otherwise) != is_higher
    assert (pitch_hz(said[-6_400:]) > pitch_hz(otherwise[-6_400:])) == is_higher


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(["measured"] * 400),
        "a" * 2_000,
        "Fine \U0001f642 then.",
        "See https://example.com/a/very/long/path?with=a&query=in#it and say.",
        'for i in range(10): print(f"{i}") # done `x[0]`, {a: [1, 2]} => foo()',
        "\u0417\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443\u0439\u0442\u0435, said he.",
        "\u6f22\u5b57 then",
        "It was 123456789012345678901234567890 rows.",
        "9" * 300,
        "$" + "9" * 40 + ".99",
        "about 1e999 of them",
        "It cost " + "$" * 300 + " a lot.",
        "[x](/y/)",
        "[word](/\u02c8notaphoneme/) and [[x]](y)",
        "Wait <break time='5s'/> here.",
        "a\x00b\x07c\x1b[31m",
        "go \ud83d on",
        "(" * 300 + "x" + ")" * 300,
        "12:99 or 25/13/2024 $1.2.3 5%%%",
    ],
)
def test_odd_text_is_said_without_a_second_of_silence(text: str, offline: None) -> None:
    chunks = list(NaturalVoice().speak(text))
    sound = np.concatenate(chunks)

    assert len(sound) > SAMPLE_RATE_HZ // 3
    assert longest_silence(sound) < 1.0
    assert np.abs(sound).max() < 0.75
    assert max(map(len, chunks)) < 40 * SAMPLE_RATE_HZ  # what is made at once stays small


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!... -- ;;; ,,,",
        "$" * 300,
        "\U0001f642",
        "<break>",
        "\ud800",
        "\u0417\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443\u0439\u0442\u0435. \u0414\u0430?",
        "\u8acb\u4ecb\u7d39\u4e00\u4e0b\u4f60\u81ea\u5df1\u3002",
        "\u0645\u0631\u062d\u0628\u0627",
    ],
)
def test_what_it_cannot_say_has_no_sound_and_is_no_error(text: str, offline: None) -> None:
    assert not len(heard(NaturalVoice(), text))


def test_a_line_of_400_words_takes_seconds() -> None:
    voice = NaturalVoice()
    heard(voice, "Yes.")

    assert within(8.0, lambda: heard(voice, " ".join(["measured"] * 400)))


def test_a_damaged_file_is_a_voice_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgotten: None
) -> None:
    spec = find_spec("hibari")
    assert spec is not None
    assert spec.origin is not None
    assets = Path(shutil.copytree(Path(spec.origin).parent / "assets", tmp_path / "assets"))
    weights = assets / natural.WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    larynx = natural.Larynx
    monkeypatch.setattr(natural, "Larynx", lambda _: larynx(assets))

    with pytest.raises(VoiceError, match=r"hibari\.onnx is damaged.*--force-reinstall"):
        heard(NaturalVoice(), SENTENCE)


@pytest.mark.parametrize("missing", ["hibari.g2p", "onnxruntime"])
def test_what_is_not_installed_is_a_voice_error(
    missing: str, monkeypatch: pytest.MonkeyPatch, forgotten: None
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(VoiceError, match="natural voice"):
        heard(NaturalVoice(), SENTENCE)
    natural.load()
