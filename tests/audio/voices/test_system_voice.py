"""Voices: the process that can be killed, the phrases kept, the sentences cut, the servers that fail."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.errors import VoiceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.voices.loudness import PEAK_DBFS, SPEECH_DBFS, active_rms, amplitude, levelled, trimmed
from vivavoce.audio.voices.phrase_cache import CachedVoice
from vivavoce.audio.voices.piper import PiperVoice
from vivavoce.audio.voices.pyttsx3_process import Engine
from vivavoce.audio.voices.sentences import LONGEST_CHARACTERS, LONGEST_WORDS, sentences, speakable
from vivavoce.audio.voices.speech_server import ServerVoice
from vivavoce.audio.voices.system_voice import SilentVoice, SystemVoice
from vivavoce.transcripts.events import Seconds

SENTENCE = "How did you measure that?"


def heard(voice: SystemVoice | SilentVoice | CachedVoice | ServerVoice | PiperVoice, text: str) -> Samples:
    return np.concatenate([silence(0), *voice.speak(text)])


# Sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Tools, e.g. Kafka, i.e. a queue.", ["Tools, e.g. Kafka, i.e. a queue."]),
        ("Dr. Smith and J. Doe left. Why?", ["Dr. Smith and J. Doe left.", "Why?"]),
        ("From 1.5 s to 0.2 s at p99. How?", ["From 1.5 s to 0.2 s at p99.", "How?"]),
        ("You used Redis, etc. What else?", ["You used Redis, etc.", "What else?"]),
        ("Logs, metrics, etc. were there.", ["Logs, metrics, etc. were there."]),
        ("It began at 9 a.m. on Monday.", ["It began at 9 a.m. on Monday."]),
        ("Well... maybe. Really?! Yes.", ["Well... maybe.", "Really?!", "Yes."]),
        ('"Why?" she said. (Good.) Next.', ['"Why?"', "she said.", "(Good.)", "Next."]),
        ("2. Tell me more.", ["2. Tell me more."]),
        ("So did I. And you?", ["So did I.", "And you?"]),
        ("", []),
    ],
)
def test_a_line_is_cut_at_the_ends_of_its_sentences(text: str, pieces: list[str]) -> None:
    assert sentences(text) == pieces


def test_a_long_sentence_is_cut_at_a_comma() -> None:
    assert sentences("one two three, four five, six", clause_words=3) == ["one two three,", "four five, six"]


@given(st.text(), st.integers(1, 50))
def test_pieces_hold_all_of_the_text_and_none_is_a_monster(text: str, clause_words: int) -> None:
    pieces = sentences(text, clause_words)

    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(0 < len(p) <= LONGEST_CHARACTERS and len(p.split()) <= LONGEST_WORDS for p in pieces)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- first\n- second", "first. second"),
        ("wrapped\nin the middle", "wrapped in the middle"),
        ("**What** was `p99`?", "What was p99?"),
        ("# Your snake_case", "Your snake case"),
        ("I know C# & SQL", "I know C# and SQL"),
        ('wait <break time="1s"/> go', "wait go"),
        ("a < b", "a less than b"),
        ("[[slnc 900]]", "slnc 900"),
        ("hi \U0001f642\u200d there\x00", "hi there"),
        ("\u2014 so?", "so?"),
        ("?!", ""),
    ],
)
def test_what_cannot_be_spoken_is_left_out(text: str, line: str) -> None:
    assert speakable(text) == line


@given(st.text())
def test_a_speakable_line_stays_as_it_is(text: str) -> None:
    line = speakable(text)

    assert speakable(line) == line
    line.encode()  # no half of a surrogate pair


# Loudness


def tone(seconds: float, peak: float) -> Samples:
    return (peak * np.sin(np.arange(round(seconds * SAMPLE_RATE_HZ)) * 0.2)).astype(np.float32)


@pytest.mark.parametrize("peak", [0.02, 0.2, 1.0])
def test_speech_is_brought_to_one_level(peak: float) -> None:
    sound = levelled(np.concatenate([tone(0.5, peak), silence(8_000), tone(0.5, peak)]))

    rms = 20 * np.log10(np.sqrt(np.mean(sound[:8_000] ** 2)))
    assert rms == pytest.approx(SPEECH_DBFS, abs=0.2)


def test_a_peak_is_never_lifted_above_the_limit() -> None:
    sound = tone(1.0, 0.02)
    sound[5_000] = 0.9

    assert np.abs(levelled(sound)).max() <= amplitude(PEAK_DBFS) + 1e-6


@pytest.mark.parametrize("peaks", [0, 4, 16])
def test_a_voice_with_high_peaks_is_as_loud_as_one_without(peaks: int) -> None:
    sound = tone(1.0, 0.1)
    sound[10 : 400 * peaks : 400] = 0.9

    loud = levelled(sound)

    assert 20 * np.log10(active_rms(loud)) == pytest.approx(SPEECH_DBFS, abs=0.75)
    assert np.abs(loud).max() <= amplitude(PEAK_DBFS) + 1e-6


def test_where_a_peak_is_held_down_nothing_jumps() -> None:
    sound = np.concatenate([tone(0.5, 0.1), tone(0.02, 0.9), tone(0.5, 0.1)])

    gains = levelled(sound)[sound != 0] / sound[sound != 0]

    assert gains.min() < 0.9 * gains.max()
    assert np.abs(np.diff(gains)).max() < 0.01 * gains.max()


def test_silence_stays_silence() -> None:
    assert not levelled(silence(1_000)).any()
    assert len(trimmed(silence(1_000))) == 0
    assert len(levelled(trimmed(silence(0)))) == 0


@pytest.mark.parametrize("hiss", [0.002, 0.004])
def test_what_is_cut_off_begins_and_ends_without_a_jump(hiss: float) -> None:
    noise = np.random.default_rng(0).choice([-hiss, hiss], 3 * SAMPLE_RATE_HZ).astype(np.float32)
    noise[SAMPLE_RATE_HZ : 2 * SAMPLE_RATE_HZ] += tone(1.0, 0.1)

    cut = trimmed(noise)

    assert cut[0] == cut[-1] == 0
    assert np.abs(cut[[1, -2]]).max() < hiss / 20


def test_dead_air_is_cut_off_but_for_a_breath() -> None:
    sound = trimmed(np.concatenate([silence(4_800), tone(0.5, 0.5), silence(8_000)]))

    assert len(sound) == pytest.approx(8_000 + 160 + 1_280, abs=160)


# The process that can be killed

PRELUDE = """
import os, runpy, sys, time
from pathlib import Path
from vivavoce.audio.voices import pyttsx3_process as synthesis
mark = Path(sys.argv.pop(1))
first = not mark.exists()
mark.write_text(f"{os.getpid()} {','.join(os.environ)}")
"""
HANG = "synthesis._rendered = lambda *_: time.sleep(60)"
CRASH = "synthesis._rendered = lambda *_: os._exit(3)"
FAIL = "synthesis._rendered = lambda *_: {'error': 'it failed'}"
RUN = "\nsynthesis.main(*sys.argv[1:])"


def command(tmp_path: Path, program: str) -> list[str]:
    return [sys.executable, "-P", "-c", PRELUDE + program + RUN, str(tmp_path / "mark")]


@pytest.mark.e2e
@pytest.mark.parametrize("trouble", [HANG, CRASH, FAIL])
def test_an_engine_that_fails_once_is_started_again(tmp_path: Path, trouble: str) -> None:
    program = command(tmp_path, f"if first: {trouble}")
    with closing(SystemVoice(command=program, deadline=Seconds(0.5))) as voice:
        assert len(heard(voice, SENTENCE)) > SAMPLE_RATE_HZ


@pytest.mark.e2e
@pytest.mark.parametrize("trouble", [HANG, CRASH, FAIL, "synthesis.main = lambda *_: None"])
def test_an_engine_that_fails_again_is_given_up(tmp_path: Path, trouble: str) -> None:
    voice = SystemVoice(command=command(tmp_path, trouble), deadline=Seconds(0.2))
    with closing(voice), pytest.raises(VoiceError, match="vivavoce doctor"):
        heard(voice, SENTENCE)


def test_an_unknown_voice_is_named_and_those_that_exist_are_listed() -> None:
    with closing(SystemVoice(name="nobody")) as voice, pytest.raises(VoiceError, match="nobody"):
        heard(voice, SENTENCE)
    with closing(SystemVoice()) as voice:
        assert any("en" in name.lower() for name in voice.voices())


def test_a_program_that_is_not_there_is_a_voice_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(VoiceError, match="cannot start"):
        heard(SystemVoice(command=["/nonexistent/python"]), SENTENCE)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.e2e
def test_the_rate_and_the_voice_are_those_asked_for() -> None:
    sounds = {}
    for rate_wpm, name in [(120, "male"), (200, "male"), (200, "female")]:
        with closing(SystemVoice(rate_wpm, name)) as voice:
            sounds[rate_wpm, name] = heard(voice, SENTENCE)

    assert len(sounds[120, "male"]) > 1.3 * len(sounds[200, "male"])
    assert pitch_hz(sounds[200, "female"]) > 1.4 * pitch_hz(sounds[200, "male"])


def pitch_hz(sound: Samples) -> float:
    """Return the middle of the strongest periods, between 65 and 350 Hz, of the louder windows."""
    windows = sound[: len(sound) // 1024 * 1024].reshape(-1, 1024) * np.hanning(1024)
    loud = windows[np.abs(windows).max(axis=1) > 0.1]
    similarity = np.fft.irfft(np.abs(np.fft.rfft(loud, 2048)) ** 2)
    shortest, longest = SAMPLE_RATE_HZ // 350, SAMPLE_RATE_HZ // 65
    return SAMPLE_RATE_HZ / (shortest + float(np.median(similarity[:, shortest:longest].argmax(axis=1))))


def test_the_engine_sees_no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("SPEECH_TOKEN", "secret")
    with closing(SystemVoice(command=command(tmp_path, ""))) as voice:
        heard(voice, SENTENCE)

    names = (tmp_path / "mark").read_text()
    assert "PATH" in names
    assert "OPENAI_API_KEY" not in names
    assert "SPEECH_TOKEN" not in names


def test_nothing_is_left_when_the_voice_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = tmp_path / "files"
    files.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(files))
    with closing(SystemVoice(command=command(tmp_path, ""))) as voice:
        heard(voice, SENTENCE)
        assert [path for path in files.rglob("*") if path.is_file()] == []

    assert list(files.iterdir()) == []
    assert gone(int((tmp_path / "mark").read_text().split()[0]))


@pytest.mark.e2e
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("trouble", ["", HANG])
def test_the_engine_dies_with_a_killed_parent(tmp_path: Path, trouble: str) -> None:
    files = tmp_path / "files"
    files.mkdir()
    parent = (
        "import sys, tempfile, time; from vivavoce.audio.voices.system_voice import SystemVoice\n"
        "tempfile.tempdir = sys.argv[1]\n"
        "voice = SystemVoice(command=sys.argv[2:]); voice.voices()\n"
        "print('ready', flush=True); list(voice.speak('Hello.')); time.sleep(60)"
    )
    arguments = [sys.executable, "-c", parent, str(files), *command(tmp_path, trouble)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGKILL)

    engine = int((tmp_path / "mark").read_text().split()[0])
    until = time.monotonic() + 3
    while not gone(engine) and time.monotonic() < until:
        time.sleep(0.01)
    assert gone(engine)
    assert list(files.iterdir()) == []


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    stat = Path(f"/proc/{process}/stat")  # where nobody collects orphans, a dead one stays as a zombie
    return stat.exists() and ") Z " in stat.read_text()


# The hum


@pytest.mark.parametrize(("text", "words"), [("One two three. Four five six?", 6), ("word " * 100, 100)])
def test_the_hum_lasts_as_long_as_its_words(text: str, words: int) -> None:
    hum = heard(SilentVoice(wpm=150), text)

    assert len(hum) == words * SAMPLE_RATE_HZ * 60 // 150
    assert 20 * np.log10(np.sqrt(np.mean(hum**2))) == pytest.approx(-40, abs=0.1)
    assert np.array_equal(hum, heard(SilentVoice(wpm=150), text))


# Phrases


class CountingVoice:
    """A hum that counts what it was asked, and can break down."""

    def __init__(self, identity: str = "counting", fails: bool = False) -> None:
        self.identity = identity
        self.fails = fails
        self.asked: list[str] = []

    def speak(self, text: str) -> Iterator[Samples]:
        self.asked.append(text)
        yield tone(0.1, 0.5)
        if self.fails:
            raise VoiceError("broken; mend it")
        yield tone(0.1, 0.25)


def everything(sentence: str) -> bool:
    return True


def test_a_phrase_is_rendered_once_and_outlives_the_program(tmp_path: Path) -> None:
    voice = CountingVoice()
    CachedVoice(voice, tmp_path, everything).warm(["Okay. And then?"])
    again = CachedVoice(voice, tmp_path, everything)

    sound = heard(again, "And then?")

    assert voice.asked == ["Okay.", "And then?"]
    assert np.allclose(sound, np.concatenate([tone(0.1, 0.5), tone(0.1, 0.25)]), atol=1e-4)


def test_another_voice_or_rate_is_another_phrase(tmp_path: Path) -> None:
    heard(CachedVoice(CountingVoice("slow"), tmp_path, everything), "Okay.")
    fast = CountingVoice("fast")
    heard(CachedVoice(fast, tmp_path, everything), "Okay.")

    assert fast.asked == ["Okay."]
    assert SystemVoice(150).identity != SystemVoice(160).identity != SystemVoice(160, "female").identity


def test_only_what_may_outlive_the_session_is_kept(tmp_path: Path) -> None:
    voice = CountingVoice()
    cached = CachedVoice(voice, tmp_path, lambda sentence: sentence == "Okay.")
    cached.warm(["Okay. You mentioned Zanzibar."] * 2)

    assert voice.asked == ["Okay.", "You mentioned Zanzibar."]
    assert len(list(tmp_path.iterdir())) == 1
    assert len(heard(CachedVoice(CountingVoice(fails=True), tmp_path), "Okay.")) == 3_200


def test_file_names_hold_no_words(tmp_path: Path) -> None:
    heard(CachedVoice(CountingVoice(), tmp_path, everything), "Okay.")

    (file,) = tmp_path.iterdir()
    assert len(file.stem) == 64
    assert file.stem.isalnum()


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"nonsense" * 100])
def test_a_damaged_file_is_rendered_again(tmp_path: Path, content: bytes) -> None:
    heard(CachedVoice(CountingVoice(), tmp_path, everything), "Okay.")
    (file,) = tmp_path.iterdir()
    file.write_bytes(content or file.read_bytes()[:-10])
    voice = CountingVoice()

    assert len(heard(CachedVoice(voice, tmp_path, everything), "Okay.")) == 3_200
    assert voice.asked == ["Okay."]
    assert len(heard(CachedVoice(CountingVoice(fails=True), tmp_path, everything), "Okay.")) == 3_200


def test_what_was_not_rendered_to_its_end_is_not_kept(tmp_path: Path) -> None:
    broken = CachedVoice(CountingVoice(fails=True), tmp_path, everything)
    with pytest.raises(VoiceError):
        heard(broken, "Okay.")
    abandoned = broken.speak("Okay.")
    next(abandoned)
    del abandoned

    assert list(tmp_path.iterdir()) == []


def test_the_folder_stays_below_its_limit_and_keeps_what_was_heard_last(tmp_path: Path) -> None:
    voice = CountingVoice()
    cached = CachedVoice(voice, tmp_path, everything, limit_mb=0.02)  # three phrases of 6.4 kB
    for number, text in enumerate(["A one.", "B two.", "C three.", "D four."]):
        heard(cached, text)
        for path in tmp_path.iterdir():  # the file system's clock may be coarse
            os.utime(path, (path.stat().st_mtime - 10, path.stat().st_mtime - 10))
        assert len(list(tmp_path.iterdir())) == min(number + 1, 3)

    heard(CachedVoice(voice, tmp_path, everything), "D four. A one.")
    assert voice.asked[4:] == ["A one."]


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    voice = CountingVoice()
    cached = CachedVoice(voice, blocked, everything)

    assert len(heard(cached, "Okay.")) == len(heard(cached, "Okay."))
    assert voice.asked == ["Okay."]


# Servers that fail


RELEASED = threading.Event()


class FailingServer(BaseHTTPRequestHandler):
    """Fails in the way that the requested voice is called."""

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        way = request["voice"]
        self.send_response(401 if way == "refuses" else 200)
        self.send_header("Content-Length", "96000")
        self.end_headers()
        key = self.headers["Authorization"].encode()
        refusal = b'{"error": "bad ' + key + b'"}'
        answers = {"refuses": refusal, "page": b"<!doctype html>", "wav": b"RIFF....WAVE"}
        self.wfile.write(answers.get(way, b"\x00\x20" * 12_000))
        if way == "stalls":
            RELEASED.wait(5)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def failing_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), FailingServer) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        RELEASED.set()
        server.shutdown()


@pytest.mark.parametrize("way", ["refuses", "page", "wav", "breaks off", "stalls", "is not there"])
def test_a_server_that_fails_is_named_without_the_key(failing_url: str, way: str) -> None:
    url = "http://127.0.0.1:9/v1" if way == "is not there" else failing_url
    voice = ServerVoice(url, "tts-1", way, "sk-secret", timeout=Seconds(0.3))

    with pytest.raises(VoiceError, match=r"127\.0\.0\.1") as failure:
        heard(voice, SENTENCE)

    assert "sk-secret" not in str(failure.value)
    assert "\n" not in str(failure.value)


# Piper


def test_piper_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)

    with pytest.raises(VoiceError, match=r"pip install 'vivavoce\[piper\]'"):
        heard(PiperVoice(tmp_path), SENTENCE)


def test_piper_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", SimpleNamespace(PiperVoice=None))
    monkeypatch.setitem(sys.modules, "piper.config", SimpleNamespace(PiperConfig=None, SynthesisConfig=None))

    with pytest.raises(VoiceError, match=r"NAME\.onnx"):
        heard(PiperVoice(tmp_path), SENTENCE)


class Installed:
    """A platform's engine with some voices; the first is its own choice."""

    def __init__(self, *voices: SimpleNamespace) -> None:
        self._voices = list(voices)

    def getProperty(self, name: str) -> Any:  # noqa: N802
        return self._voices if name == "voices" else self._voices[0].id


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [("female", "zira"), ("male", "zira"), ("hazel", "hazel"), ("paulina", "paulina"), ("", "zira")],
)
def test_where_there_is_no_voice_of_a_man_another_speaks(asked: str, chosen: str) -> None:
    engine = Engine.__new__(Engine)
    engine._espeak = False
    engine._engine = Installed(
        *(
            SimpleNamespace(id=name, name=name, gender="VoiceGenderFemale", languages=[language])
            for name, language in (("zira", "en-US"), ("hazel", "en-GB"), ("paulina", "es-MX"))
        )
    )

    assert engine._choice(engine._engine.getProperty("voices"), asked) == chosen


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("\u00bd of it, 1\u00bd hours", "a half of it, 1 and a half hours"),
        ("at 5 \u00b0C", "at 5 degrees Celsius"),
        ("x\u00b2 is 10^6", "x squared is 10 to the 6"),
    ],
)
def test_signs_that_normalising_would_change_are_said(written: str, said: str) -> None:
    assert speakable(written) == said
