"""What every `Voice` promises, whatever makes its sound."""

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.audio.ports import Voice
from vivavoce.audio.voices.natural import NaturalVoice
from vivavoce.audio.voices.phrase_cache import CachedVoice
from vivavoce.audio.voices.speech_server import SERVER_RATE_HZ, ServerVoice
from vivavoce.audio.voices.system_voice import SilentVoice, SystemVoice

QUESTION = "What did you measure before the change? And what did you measure after it?"
CANCEL_SECONDS = 0.020


class SpeechServer(BaseHTTPRequestHandler):
    """Answers a sentence with a tone of 0.2 s a word."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/audio/speech"
        assert request["response_format"] == "pcm"
        count = len(request["input"].split()) * SERVER_RATE_HZ // 5
        tone = np.sin(np.arange(count) * 0.05) * 0.9
        body = (tone * 32_767).astype("<i2").tobytes()
        self.send_response(200)
        self.send_header("Content-Type", "audio/pcm")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:  # the voice was stopped: that is what is tested
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """Say nothing of a client that hung up."""


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with QuietServer(("127.0.0.1", 0), SpeechServer) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


@pytest.fixture(scope="module")
def system() -> Iterator[SystemVoice]:
    with closing(SystemVoice()) as voice:
        yield voice


@pytest.fixture(scope="module", params=["system", "natural", "silent", "cached", "server"])
def voice(
    request: pytest.FixtureRequest,
    system: SystemVoice,
    server_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Voice:
    folder: Path = tmp_path_factory.mktemp("phrases")
    make: dict[str, Callable[[], Voice]] = {
        "system": lambda: system,
        "natural": NaturalVoice,
        "silent": SilentVoice,
        "cached": lambda: CachedVoice(system, folder, lambda sentence: True),
        "server": lambda: ServerVoice(server_url, "tts-1", "alloy", "sk-secret"),
    }
    return make[str(request.param)]()


def heard(voice: Voice, text: str) -> Samples:
    return np.concatenate([np.zeros(0, np.float32), *voice.speak(text)])


def test_chunks_are_sound_at_16_khz_that_does_not_clip(voice: Voice) -> None:
    chunks = list(voice.speak(QUESTION))

    for chunk in chunks:
        assert chunk.dtype == np.float32
        assert chunk.ndim == 1
        assert len(chunk) > 0
    sound = np.concatenate(chunks)
    assert 2 * SAMPLE_RATE_HZ < len(sound) < 10 * SAMPLE_RATE_HZ
    assert 0.005 < np.abs(sound).max() <= 0.75


def test_the_first_chunk_begins_with_sound(voice: Voice) -> None:
    first = next(iter(voice.speak(QUESTION)))

    assert np.abs(first[: SAMPLE_RATE_HZ // 20]).max() > 0.003


@pytest.mark.parametrize(
    "text", ["", "   \n", "...", "\U0001f642", "<break/>", "\x00\x07", "- - -", "\ud800"]
)
def test_what_has_no_words_yields_nothing(voice: Voice, text: str) -> None:
    assert list(voice.speak(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Great \U0001f642\U0001f468\u200d\U0001f469\u200d\U0001f467 work, \x00\x1b[31mthank\x07 you.",
        'Wait <break time="1s"/> and <speak>go</speak> on & tell me if 3 < 4.',
        "-- --help -v leading dashes",
        "one\ntwo\r\nthree\n\n- four\n- five",
        "<?xml version='1.0'?><voice required='Gender=Female'>hello</voice>",
        "[[slnc 5000]] hello [[inpt PHON]]",
        "\ud83d broken surrogate and 漢字 and Ünïcödé and عربى",
        "a" * 400,
        "%s %n {0} $(reboot) `id` \\n 'quoted' \"twice\"",
    ],
)
def test_weird_text_is_survived_and_the_next_line_is_heard(voice: Voice, text: str) -> None:
    assert len(heard(voice, text)) > 0
    assert len(heard(voice, "And then?")) > 0


def test_closing_early_returns_at_once(voice: Voice) -> None:
    took = []
    for _ in range(3):  # the quickest of three: the machine may be busy, the voice must not
        chunks = voice.speak(QUESTION)
        assert isinstance(chunks, Generator)
        next(chunks)
        before = time.perf_counter()
        chunks.close()
        took.append(time.perf_counter() - before)

    assert min(took) < CANCEL_SECONDS
    assert len(heard(voice, "Go on.")) > 0


def test_a_very_long_text_is_heard_early(voice: Voice) -> None:
    text = " ".join(["measured"] * 2_000)
    before = time.perf_counter()

    first = next(iter(voice.speak(text)))

    assert time.perf_counter() - before < 1.0
    assert len(first) < 30 * SAMPLE_RATE_HZ


def test_a_voice_serves_several_threads(voice: Voice) -> None:
    lengths: list[int] = []
    threads = [threading.Thread(target=lambda: lengths.append(len(heard(voice, QUESTION)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert len(lengths) == 3
    assert max(lengths) - min(lengths) < SAMPLE_RATE_HZ // 10
