"""A chat server with every fault: each is one line of error or a short output, in time, without the key."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from itertools import chain, repeat

import pytest

from tests.contract.servers import Answering, RecordingServer
from vivavoce.personas.chat.client import MOST_CHARACTERS, MOST_WORDS, ChatError, ChatPhrasing, sentences
from vivavoce.personas.chat.prompt import Speaker
from vivavoce.personas.conversation.phrasing import Phrasing
from vivavoce.personas.moves import Move, Said, Step
from vivavoce.transcripts.events import Seconds

KEY = "sk-never-shown"
SECRET = "the xylophone migration"
DANA = Speaker("Dana", "hiring manager", 0.6)
STEP = Step(move=Move.PROBE_RESULT, why="no result was told", about=SECRET)
TURNS = [Said("interviewer", "Tell me about a launch."), Said("candidate", f"It was {SECRET}.")]
PATIENCE = Seconds(0.6)
SHORT = Seconds(0.2)  # with what never ends
MARGIN = Seconds(1.5)  # of a busy machine; the faults last for ever, or 3 s
HUNG_UP = threading.Event()


def event(text: str | None, finish: str | None = None) -> bytes:
    row = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]}
    return b"data: " + json.dumps(row).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


def line(text: str) -> list[bytes]:
    """Return `text` as a server streams it, three characters at a time."""
    pieces = [text[i : i + 3] for i in range(0, len(text), 3)]
    return [event(""), *map(event, pieces), event(None, "stop"), DONE]


def slowly(blocks: Iterator[bytes] | list[bytes], every: float = 0.05) -> Iterator[bytes]:
    for block in blocks:
        yield block
        time.sleep(every)


BODIES: dict[str, Callable[[], Iterator[bytes] | list[bytes]]] = {
    "good": lambda: line("You mentioned the launch. What came of it?"),
    "reasoning": lambda: [b": keep-alive\r\n\r\n", b'data: {"choices":[]}\n\n', *line("What came of it?")],
    "no done": lambda: [event("What came of it?"), event("", "stop")],
    "labelled": lambda: line('"Dana: What came of it?"'),
    "two lines": lambda: line("What came of it?\n\nAnd a list:\n- one. Two?"),
    "essay": lambda: map(event, repeat("Long words follow each other. ", 3_000)),
    "no newline": lambda: [event("word " * 20_000), DONE],
    "no space": lambda: [event("w" * 100_000), DONE],
    "cut off": lambda: [event("What came of it? And what"), event("", "length"), DONE],
    "drops": lambda: [event("You mentioned the launch. "), event("What ca")],
    "garbage": lambda: [b"\x00\xff\xfe<html>no</html>\n" * 50],
    "broken json": lambda: [event("What "), b'data: {"choices": [{"delta"\n\n', DONE],
    "error event": lambda: [f'data: {{"error": {{"message": "bad key {KEY}"}}}}\n\n'.encode()],
    "wrong types": lambda: [b'data: {"choices": [{"delta": {"content": ["a"]}}]}\n\n', DONE],
    "surrogate": lambda: [b'data: {"choices": [{"delta": {"content": "\\ud800"}}]}\n\n', DONE],
    "deep json": lambda: [b"data: " + b"[" * 100_000 + b"\n\n"],
    "empty": list,
    "only done": lambda: [DONE],
    "endless comment": lambda: repeat(b":" * 10_000),
    "endless line": lambda: repeat(b"data: " + b"x" * 10_000),
    "drip": lambda: slowly(repeat(b":")),
    "drip of nothing": lambda: slowly(repeat(event(""))),
    "slow words": lambda: slowly(chain([event("You mentioned the launch. ")], repeat(event("and "))), 0.1),
}
STATUSES = {"401": 401, "403": 403, "429": 429, "500": 500, "503": 503}


class ChatServer(Answering):
    """Has the fault that the requested model is called."""

    def do_POST(self) -> None:  # noqa: N802
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append({"path": self.path, "key": self.headers["Authorization"], **asked})
        fault = asked["model"]
        try:
            self.misbehave(fault, asked)
        except OSError:
            HUNG_UP.set()

    def misbehave(self, fault: str, asked: dict[str, object]) -> None:
        if fault == "hangs":
            time.sleep(3)
        elif fault == "drip of headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self.stream(slowly(repeat(b"a")))
        elif fault == "endless error":
            self.head(500)
            self.stream(slowly(repeat(b"a" * 100), 0.01))
        elif fault == "redirect":
            self.head(307, Location=f"http://localhost:{self.server.server_port}/v1/chat/completions")
        elif fault in STATUSES or (fault == "new limits" and "max_tokens" in asked):
            self.head(STATUSES.get(fault, 400))
            self.wfile.write(json.dumps({"error": {"message": f"{KEY} {asked['messages']}"}}).encode())
        else:
            self.head(200)
            self.stream(BODIES["good" if fault == "new limits" else fault]())

    def head(self, status: int, **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/event-stream")
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()

    def stream(self, blocks: Iterator[bytes] | list[bytes]) -> None:
        for block in blocks:
            self.wfile.write(block)
            self.wfile.flush()


@pytest.fixture(scope="module")
def server() -> Iterator[RecordingServer]:
    with RecordingServer(ChatServer) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()


def chat(server: RecordingServer, fault: str, timeout: Seconds = PATIENCE) -> ChatPhrasing:
    return ChatPhrasing(server.url, fault, KEY, DANA, timeout=timeout)


def readers() -> int:
    return sum(thread.name == "vivavoce-chat" for thread in threading.enumerate())


def test_it_is_a_phrasing(server: RecordingServer) -> None:
    phrasing: Phrasing = chat(server, "good")

    assert list(phrasing.phrase(STEP, TURNS)) == ["You mentioned the launch.", "What came of it?"]


def test_the_request_is_small_and_streams_with_the_key_in_its_header_alone(server: RecordingServer) -> None:
    list(chat(server, "good").phrase(STEP, TURNS))
    asked: dict[str, object] = dict(server.requests[-1])

    assert asked.pop("path") == "/v1/chat/completions"
    assert asked.pop("key") == f"Bearer {KEY}"
    assert KEY not in json.dumps(asked)
    assert (asked["stream"], asked["temperature"], asked["max_tokens"]) == (True, 0.6, 80)
    assert SECRET in json.dumps(asked["messages"])


@pytest.mark.parametrize("fault", ["reasoning", "no done", "labelled", "two lines", "cut off"])
def test_one_plain_line_comes_out_of(server: RecordingServer, fault: str) -> None:
    assert list(chat(server, fault).phrase(STEP, TURNS)) == ["What came of it?"]


@pytest.mark.parametrize("fault", ["essay", "no newline", "no space"])
def test_no_answer_makes_a_long_line(server: RecordingServer, fault: str) -> None:
    line = " ".join(chat(server, fault).phrase(STEP, TURNS))

    assert len(line.split()) <= MOST_WORDS
    assert len(line) <= MOST_CHARACTERS


FAULTS = {
    **{fault: f"answered {status}" for fault, status in STATUSES.items()},
    "redirect": "answered 307",
    "drops": "broke off",
    "garbage": "broke off",
    "empty": "broke off",
    "only done": "sent no words",
    "broken json": "sent no chat stream",
    "error event": "sent no chat stream",
    "wrong types": "sent no chat stream",
    "surrogate": "sent no chat stream",
    "deep json": "sent no chat stream",
    "endless comment": "sent more than 500,000 bytes",
    "endless line": "sent more than 500,000 bytes",
    "hangs": "",
    "drip": "took longer than 0.2 s",
    "drip of nothing": "took longer than 0.2 s",
    "drip of headers": "took longer than 0.2 s",
    "slow words": "took longer than 0.2 s",
    "endless error": "answered 500",
}
LASTING = ("hangs", "drip", "drip of nothing", "drip of headers", "slow words", "endless error")


@pytest.mark.parametrize(("fault", "what"), FAULTS.items(), ids=[*FAULTS])
def test_a_fault_is_one_line_in_time_without_the_key_or_what_was_said(
    server: RecordingServer, fault: str, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    phrasing = chat(server, fault, SHORT if fault in LASTING else PATIENCE)
    began = time.monotonic()

    with pytest.raises(ChatError) as raised:
        list(phrasing.phrase(STEP, TURNS))

    assert time.monotonic() - began < PATIENCE + MARGIN
    message = str(raised.value)
    assert "127.0.0.1" in message
    assert what in message
    assert "\n" not in message
    assert raised.value.__cause__ is None
    for text in (message, caplog.text):
        assert KEY not in text
        assert "xylophone" not in text


def test_what_came_before_a_fault_is_not_lost(server: RecordingServer) -> None:
    phrases = chat(server, "drops").phrase(STEP, TURNS)

    assert next(phrases) == "You mentioned the launch."
    with pytest.raises(ChatError):
        next(phrases)


def test_the_first_sentence_does_not_wait_for_the_next(server: RecordingServer) -> None:
    phrases = chat(server, "slow words", Seconds(5)).phrase(STEP, TURNS)
    began = time.monotonic()

    assert next(phrases) == "You mentioned the launch."
    assert time.monotonic() - began < 2
    phrases.close()  # type: ignore[attr-defined]


def test_who_stops_listening_hangs_up(server: RecordingServer) -> None:
    HUNG_UP.clear()
    phrases = chat(server, "slow words", Seconds(5)).phrase(STEP, TURNS)
    next(phrases)

    phrases.close()  # type: ignore[attr-defined]

    assert HUNG_UP.wait(2)


@pytest.mark.parametrize("fault", ["drip", "drip of headers", "endless error"])
def test_no_thread_stays_with_a_server_that_never_ends(server: RecordingServer, fault: str) -> None:
    with pytest.raises(ChatError):
        list(chat(server, fault, SHORT).phrase(STEP, TURNS))

    until = time.monotonic() + 3
    while readers() and time.monotonic() < until:
        time.sleep(0.02)
    assert readers() == 0


def test_after_a_fault_the_next_line_can_be_good(server: RecordingServer) -> None:
    phrasing = chat(server, "drip")
    with pytest.raises(ChatError):
        list(phrasing.phrase(STEP, TURNS))

    phrasing._model = "good"

    assert len(list(phrasing.phrase(STEP, TURNS))) == 2


def test_a_server_that_knows_other_limits_is_asked_in_its_way_from_then_on(server: RecordingServer) -> None:
    phrasing = chat(server, "new limits")
    before = len(server.requests)

    assert len(list(phrasing.phrase(STEP, TURNS))) == len(list(phrasing.phrase(STEP, TURNS))) == 2

    assert len(server.requests) - before == 3
    assert "max_completion_tokens" in server.requests[-1]


def test_nobody_at_the_address_is_one_line() -> None:
    with pytest.raises(ChatError, match=r"127\.0\.0\.1 failed \(APIConnectionError\)"):
        list(ChatPhrasing("http://127.0.0.1:9/v1", "m", KEY, DANA, timeout=PATIENCE).phrase(STEP, TURNS))


@pytest.mark.parametrize("address", ["http://[::1", "http://a:port/v1"])
def test_what_is_no_address_is_one_line(address: str) -> None:
    with pytest.raises(ChatError) as raised:
        list(ChatPhrasing(address, "m", KEY, DANA, timeout=PATIENCE).phrase(STEP, TURNS))

    assert KEY not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("What came of it?", ["What came of it?"]),
        ("Okay. What came of it?", ["Okay.", "What came of it?"]),
        ("\n\n  What came of it?\nMore?", ["What came of it?"]),
        ("You said \u201cfast.\u201d How fast?", ["You said \u201cfast.\u201d", "How fast?"]),
        ('"So. What came of it?"', ["So.", "What came of it?"]),
        ("INTERVIEWER: What came of it?", ["What came of it?"]),
        ("Marcus: What came of it?", ["Marcus: What came of it?"]),
        ("What did Dr. Chen say, e.g. about 3.5 ms?", ["What did Dr. Chen say, e.g. about 3.5 ms?"]),
        ("So... what came of it?", ["So...", "what came of it?"]),
        ("What came of it", []),
        ("", []),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 7, 1_000])
def test_sentences_are_the_same_in_pieces_of_any_size(text: str, whole: list[str], size: int) -> None:
    pieces = [text[i : i + size] for i in range(0, len(text), size)]

    assert list(sentences(pieces, "Dana")) == whole


def test_a_sentence_is_out_before_the_next_piece_is_asked_for() -> None:
    def pieces() -> Iterator[str]:
        yield "What came of it? "
        raise AssertionError("read on")

    assert next(sentences(pieces(), "Dana")) == "What came of it?"
