"""Servers of one's own: one hears SAID in every sound that is not silent, one judges as it is told."""

import io
import json
import re
import wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

SAID = "So, um, within two weeks it was back to normal."
BARE = re.findall(r"\w+", SAID)
REPLIES: dict[str, object] = {}  # by the name of the model


class RecordingServer(ThreadingHTTPServer):
    """Keeps the fields of each request that are text."""

    daemon_threads = True

    def __init__(self, answers: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), answers)
        self.requests: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *args: object) -> None:
        """Say nothing of a connection that was closed on purpose."""


class Answering(BaseHTTPRequestHandler):
    server: RecordingServer

    def log_message(self, *args: object) -> None:
        pass


class TranscriptionServer(Answering):
    """Answers sound with SAID, silence with nothing, in the way that the requested model is called."""

    def do_POST(self) -> None:
        form = fields(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/audio/transcriptions"
        asked = {name: value.decode() for name, value in form.items() if name != "file"}
        self.server.requests.append(asked)
        with wave.open(io.BytesIO(form["file"])) as sound:
            assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16_000, 1, 2)
            seconds = sound.getnframes() / 16_000
            loud = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").any()
        if asked["model"] == "plain" and asked["response_format"] != "json":
            self.answer(400, {"error": {"message": "response_format is not supported"}})
        else:
            self.answer(200, reply(asked["model"], seconds) if loud else {"text": "", "words": []})

    def answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class JudgeServer(Answering):
    """A chat server that says what REPLIES has for the model, or answers with that status."""

    def do_POST(self) -> None:
        row = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append({"asked": row["messages"][1]["content"]})
        told = REPLIES[row["model"]]
        status = told if isinstance(told, int) else 200
        content = json.dumps({"choices": [{"message": {"content": told}}]}).encode()
        if row["model"] == "endless":
            content = b" " * 1_000_000
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def fields(body: bytes) -> dict[str, bytes]:
    boundary = body.split(b"\r\n", 1)[0]
    parts = [part.split(b"\r\n\r\n", 1) for part in body.split(boundary)[1:-1]]
    return {re.findall(r'name="([^"]+)"', head.decode())[0]: content[:-2] for head, content in parts}


def reply(way: str, seconds: float) -> object:
    """Return SAID as a server tells it of which word starts when, or does not."""
    step = seconds / len(BARE)
    words = [{"word": text, "start": i * step, "end": (i + 1) * step} for i, text in enumerate(BARE)]
    segments = [
        {"text": "So, um, ", "start": 0.0, "end": 2 * step, "avg_logprob": -0.1, "no_speech_prob": 0.1},
        {"text": SAID[8:], "start": 2 * step, "end": seconds, "avg_logprob": -0.1, "no_speech_prob": 0.1},
    ]
    more = {"words": {"words": words, "segments": segments}, "segments": {"segments": segments}}
    return {"text": SAID} | more.get(way, {})
