"""What every `Recogniser` promises, wherever its words come from."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.contract.servers import BARE, SAID, Answering, RecordingServer, TranscriptionServer, fields
from vivavoce.audio.devices.sound_files import read
from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.listening.continued import Continued
from vivavoce.audio.listening.transcription_server import ServerRecogniser
from vivavoce.audio.listening.whisper import Whisper
from vivavoce.audio.models.store import locate
from vivavoce.audio.ports import Hypothesis, Recogniser
from vivavoce.simulator.practice.candidate import Candidate, ScriptedRecogniser
from vivavoce.simulator.practice.candidate_script import Script, spoken
from vivavoce.transcripts.events import Seconds

CLIP = Path(__file__).parents[2] / "simulator" / "practice" / "recordings" / "result.flac"
LEAD = CLIP.with_name("question.flac")
LED = "Thanks. Yes, what is the hardest problem with data that your team has right now?"
STARTS_AT = 3 * SAMPLE_RATE_HZ  # on the sample clock
KEY = "sk-secret"
PROMPT = "Kafka, feature store."
HUNG_UP = threading.Event()


@pytest.fixture(scope="module")
def server() -> Iterator[RecordingServer]:
    with RecordingServer(TranscriptionServer) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()


@dataclass(frozen=True, slots=True)
class Listening:
    """A recogniser, and a sound in which SAID, or the like, is said."""

    recogniser: Recogniser
    speech: Samples


HUM: Samples = np.full(4 * SAMPLE_RATE_HZ, 0.1, dtype=np.float32)


def scripted(_: RecordingServer) -> Listening:
    said = [
        type(word)(text=word.text, start=Seconds(word.start + 3), end=Seconds(word.end + 3))
        for word in spoken(SAID, 200, {})
    ]
    return Listening(ScriptedRecogniser(Candidate(Script(entries=()), said=said)), HUM)


def whisper(_: RecordingServer) -> Listening:
    return Listening(Whisper(locate("tiny.en")), read(CLIP)[: 5 * SAMPLE_RATE_HZ])


def served(way: str) -> Callable[[RecordingServer], Listening]:
    return lambda server: Listening(ServerRecogniser(server.url, way, KEY), HUM)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(scripted, id="scripted"),
        pytest.param(whisper, id="whisper", marks=pytest.mark.e2e),
        *(pytest.param(served(way), id=f"server, {way}") for way in ("words", "segments", "text", "plain")),
    ],
)
def listening(request: pytest.FixtureRequest, server: RecordingServer) -> Listening:
    make: Callable[[RecordingServer], Listening] = request.param
    return make(server)


@pytest.mark.parametrize("timed", [True, False])
def test_words_come_in_order_and_lie_within_the_sound_on_the_sample_clock(
    listening: Listening, timed: bool
) -> None:
    sound = Frame(STARTS_AT, listening.speech)

    words = listening.recogniser.transcribe(sound, PROMPT, timed=timed).words

    assert "weeks" in " ".join(word.text for word in words)
    assert all(word.text == word.text.strip() != "" for word in words)
    assert all(a.start <= b.start for a, b in pairwise(words))
    assert all(sound.started_at <= word.start <= word.end <= sound.ended_at + 0.001 for word in words)
    assert all(0 <= word.probability <= 1 for word in words)


def test_what_leads_to_a_sound_is_not_heard_in_it(listening: Listening) -> None:
    sound = Continued(STARTS_AT, listening.speech, lead=read(LEAD), begun=LED, prompt=PROMPT)

    words = listening.recogniser.transcribe(sound, PROMPT, timed=True).words

    alone = listening.recogniser.transcribe(sound.alone, PROMPT, timed=True).words
    assert [word.text.strip(",") for word in words][:5] == [word.text.strip(",") for word in alone][:5]
    assert all(sound.started_at <= word.start <= word.end <= sound.ended_at + 0.001 for word in words)


def test_silence_gives_none(listening: Listening) -> None:
    quiet = Frame(0, silence(2 * SAMPLE_RATE_HZ))

    assert listening.recogniser.transcribe(quiet, "", timed=True).words == ()


def test_several_threads_may_ask(listening: Listening) -> None:
    found: list[Hypothesis] = []
    sound = Frame(STARTS_AT, listening.speech)
    threads = [
        threading.Thread(
            target=lambda: found.append(listening.recogniser.transcribe(sound, PROMPT, timed=True))
        )
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len(found) == 2
    assert found[0].words == found[1].words


# Servers


@pytest.mark.parametrize("way", ["words", "segments", "text", "plain"])
def test_a_server_s_words_are_as_they_were_written_and_fillers_flagged(
    server: RecordingServer, way: str
) -> None:
    recogniser = ServerRecogniser(server.url, way, KEY)

    heard = recogniser.transcribe(Frame(STARTS_AT, HUM), "", timed=True)

    assert " ".join(word.text for word in heard.words) == SAID
    assert [word.text for word in heard.words if word.filler] == ["um,"]
    assert heard.words[2].start == pytest.approx(3 + 4 * 2 / len(BARE))
    assert heard.closed is None


def test_a_server_is_given_the_prompt_and_asked_for_the_times_of_words_only_if_they_are_needed(
    server: RecordingServer,
) -> None:
    recogniser = ServerRecogniser(server.url, "words", KEY)

    recogniser.transcribe(Frame(0, HUM), PROMPT, timed=True)
    timed = server.requests[-1]
    recogniser.transcribe(Frame(0, HUM), PROMPT, timed=False)
    draft = server.requests[-1]

    assert timed["prompt"].endswith(PROMPT)
    assert "um" in timed["prompt"].lower()
    assert (timed["model"], timed["language"], timed["response_format"]) == ("words", "en", "verbose_json")
    assert "timestamp_granularities[]" in timed
    assert draft["timestamp_granularities[]"] == "segment"


def test_a_server_that_knows_only_the_plain_format_is_asked_for_the_other_once(
    server: RecordingServer,
) -> None:
    recogniser = ServerRecogniser(server.url, "plain", KEY)
    before = len(server.requests)

    for _ in range(3):
        recogniser.transcribe(Frame(0, HUM), "", timed=True)

    formats = [request["response_format"] for request in server.requests[before:]]
    assert formats == ["verbose_json", "json", "json", "json"]


# Servers that fail


class FailingServer(Answering, BaseHTTPRequestHandler):
    """Fails in the way that the requested model is called."""

    def do_POST(self) -> None:
        form = fields(self.rfile.read(int(self.headers["Content-Length"])))
        way = form["model"].decode()
        self.server.requests.append({"way": way})
        if way == "drops":
            self.connection.close()
            return
        if way == "hangs":
            HUNG_UP.wait(5)
            return
        key = self.headers["Authorization"]
        bodies = {"page": "<!doctype html>", "list": "[]", "null": "null", "other": '{"result": "yes"}'}
        body = bodies.get(way, json.dumps({"error": {"message": f"bad {key}\nor so"}})).encode()
        self.send_response(int(way) if way.isdecimal() else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Location", "/v1/elsewhere")
        self.send_header("Retry-After", "30")
        self.send_header("Content-Length", str(len(body) + (100 if way == "breaks off" else 0)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def failing() -> Iterator[RecordingServer]:
    with RecordingServer(FailingServer) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        HUNG_UP.set()
        server.shutdown()


WAYS = ["401", "404", "429", "500", "307", "page", "list", "null", "other", "breaks off", "drops", "hangs"]


@pytest.mark.parametrize("way", [*WAYS, "is not there"])
def test_a_server_that_fails_is_named_in_one_line_without_the_key(failing: RecordingServer, way: str) -> None:
    url = "http://127.0.0.1:9/v1" if way == "is not there" else failing.url
    recogniser = ServerRecogniser(url, way, KEY, timeout=Seconds(0.3))
    asked, before = len(failing.requests), time.perf_counter()

    with pytest.raises(RecogniserError, match=r"server 127\.0\.0\.1 .*; check its address") as failure:
        recogniser.transcribe(Frame(0, HUM), "", timed=True)

    assert time.perf_counter() - before < 3
    assert KEY not in str(failure.value)
    assert "\n" not in str(failure.value)
    assert len(failing.requests) - asked == (way != "is not there")  # nothing is said twice, or to others
