"""The interviewer's lines from a chat model: any server that speaks OpenAI's protocol.

A thread of its own reads the answer and hands on whole sentences; whoever asked waits for those, or
for a timer, so that a server that sends a byte now and then cannot keep anybody waiting. The stream is read
here and not by the openai package, which would wait for the end of an event for as long as the server likes.
"""

import json
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from queue import SimpleQueue
from threading import Event, Thread, Timer
from typing import Any

from vivavoce.personas.chat.prompt import Speaker, messages
from vivavoce.personas.moves import Said, Step
from vivavoce.transcripts.errors import ServerError
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.remote_server import Ask, Server, host

TIMEOUT = Seconds(3.0)
TEMPERATURE = 0.6
MOST_TOKENS = 80
MOST_WORDS = 35
MOST_CHARACTERS = 400
MOST_BYTES = 500_000  # of a stream with a few hundred bytes around each token
MOST_BLOCKS_AFTER = 8  # read to the end of a stream, such that its connection can be used again
REFUSED = (
    400,
    422,
)  # what a server answers that knows a limit or a temperature by another name, or not at all

_SENTENCE_END = re.compile(
    r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bvs\.)(?<!e\.g\.)(?<!i\.e\.)"
    r"(?:(?<=[.?!])|(?<=[.?!][\"'\u2019\u201d)]))\s+"
)
_WHOLE = re.compile(r"[.?!][\"'\u2019\u201d)]?$")
_QUOTES = '"\u201c\u201d'


class ChatError(Exception):
    """A chat server cannot be used: not reached, refused, late, broke off, or sent something else.

    It has no subclasses, because whatever it was, the template is said. Its text is one line with the
    host and the status, never with the key or with what was said.
    """


class ChatPhrasing:
    """A `Phrasing` over POST /chat/completions of an OpenAI-compatible server."""

    def __init__(
        self, base_url: str, model: str, key: str, who: Speaker, *, timeout: Seconds = TIMEOUT
    ) -> None:
        """Prepare to ask a server; nothing is sent before something is to be said.

        Args:
            base_url: as for the openai package, with its "/v1".
            model: the server's name of a model.
            key: sent as a bearer token; never shown.
            who: the interviewer.
            timeout: seconds that a whole line may take.

        Raises:
            ChatError: `base_url` is no address.
        """
        self.host = host(base_url)
        self._model, self._who, self._timeout = model, who, timeout
        self._limits: dict[str, Any] = {"temperature": TEMPERATURE, "max_tokens": MOST_TOKENS}
        try:
            self._server = Server(base_url, key, timeout, timeout)
        except ServerError as error:
            raise self._failure(str(error)) from None

    def phrase(self, step: Step, turns: Sequence[Said]) -> Iterator[str]:
        """Yield the model's line for `step`, sentence by sentence as they come, and only whole ones.

        It ends after MOST_WORDS or MOST_CHARACTERS, or with the first line of text. Closing the iterator
        hangs up.

        Raises:
            ChatError: the server failed; what came before may still be a good line.
        """
        told: SimpleQueue[str | ChatError | None] = SimpleQueue()  # None: the line is complete
        enough = Event()
        late = self._failure(f"took longer than {self._timeout:g} s")
        timer = Timer(self._timeout, told.put, [late])
        timer.daemon = True
        timer.start()
        job = (messages(self._who, step, turns), told, enough)
        Thread(target=self._read, args=job, name="vivavoce-chat", daemon=True).start()
        over = False
        try:
            while (one := told.get()) is not None:
                if isinstance(one, ChatError):
                    over = one is not late
                    raise one
                yield one
            over = True
        finally:
            timer.cancel()
            enough.set()
            if not over:
                self._server.close()  # under the thread that reads, so that it ends with the next byte

    def _read(
        self, asked: list[dict[str, str]], told: "SimpleQueue[str | ChatError | None]", enough: Event
    ) -> None:
        """Hand on the sentences of the server's answer, and then None, or why there are no more."""
        try:
            with closing(self._blocks(asked, enough)) as blocks:
                for sentence in sentences(_pieces(_until(enough, blocks)), self._who.name):
                    told.put(sentence)
                told.put(None)
                for _ in islice(blocks, MOST_BLOCKS_AFTER):
                    pass
        except ServerError as error:
            told.put(self._failure(str(error)))

    def _blocks(self, asked: list[dict[str, str]], enough: Event) -> Generator[bytes, None, None]:
        """Yield the stream; a server that refuses the usual limits is asked once more with others."""
        try:
            yield from self._server.blocks(self._asking(asked, self._limits), MOST_BYTES)
        except ServerError as error:
            if error.status not in REFUSED or enough.is_set():
                raise
            others = {"max_completion_tokens": MOST_TOKENS}
            blocks = self._server.blocks(self._asking(asked, others), MOST_BYTES)
            first = next(blocks, b"")
            self._limits = others
            yield first
            yield from blocks

    def _asking(self, asked: list[dict[str, str]], limits: dict[str, Any]) -> Ask:
        return lambda client: client.chat.completions.with_streaming_response.create(
            model=self._model, messages=asked, stream=True, **limits
        )

    def _failure(self, what: str) -> ChatError:
        return ChatError(f"the chat server {self.host} {what}; check its address, model and key")


def sentences(pieces: Iterable[str], name: str) -> Iterator[str]:
    """Yield the whole sentences in the first line of `pieces`, each as soon as it is known to end.

    Quotation marks around it go, and so does a label in front: `name` or "Interviewer", and a colon.
    Nothing is taken from `pieces` after MOST_WORDS or MOST_CHARACTERS.
    """
    text = said = ""
    label = re.compile(rf"^[{_QUOTES}]*(?:{re.escape(name)}|interviewer)\s*:\s*", re.IGNORECASE)
    for piece in pieces:
        text = (text + piece[: MOST_CHARACTERS + 1]).lstrip()
        text = text if said else label.sub("", text)
        line, newline, _ = text.partition("\n")
        *whole, text = _SENTENCE_END.split(line)
        for sentence in whole:
            said += f"{sentence} "
            if not _short(said):
                return
            yield _unquoted(sentence)
        if newline or not _short(said + text):
            break
    if _WHOLE.search(text.rstrip()) and _short(said + text):
        yield _unquoted(text.rstrip())


def _short(text: str) -> bool:
    return len(text) <= MOST_CHARACTERS and len(text.split()) <= MOST_WORDS


def _unquoted(sentence: str) -> str:
    """Return `sentence` without quotation marks around it, or half of a pair."""
    marks = sum(sentence.count(mark) for mark in _QUOTES)
    around = marks == 2 and sentence[0] in _QUOTES and sentence[-1] in _QUOTES
    return sentence.strip(_QUOTES) if around or marks == 1 else sentence


def _until(enough: Event, blocks: Iterable[bytes]) -> Iterator[bytes]:
    for block in blocks:
        if enough.is_set():
            return
        yield block


def _pieces(blocks: Iterable[bytes]) -> Iterator[str]:
    """Yield the words in a stream of events, in pieces as they were made.

    Raises:
        ServerError: it is none, it broke off, or it had no words.
    """
    ended = worded = False
    for data in _events(blocks):
        if data == b"[DONE]":
            ended = True
            break
        try:
            choices = json.loads(data)["choices"]
            piece = (choices[0].get("delta") or {}).get("content") or "" if choices else ""
            ended = ended or (bool(choices) and choices[0].get("finish_reason") is not None)
            piece.encode()
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise ServerError("sent no chat stream") from None
        worded = worded or bool(piece.strip())
        yield piece
    if not ended:
        raise ServerError("broke off")
    if not worded:
        raise ServerError("sent no words")


def _events(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what follows "data:" in each line."""
    left = b""
    for block in blocks:
        *lines, left = (left + block).split(b"\n")
        yield from (line[5:].strip() for line in lines if line.startswith(b"data:"))
    if left.startswith(b"data:"):
        yield left[5:].strip()
