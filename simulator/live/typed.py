"""An interview in writing: the same director and the same journal, without any sound.

A line is an answer; an empty line says nothing, `q` or the end of the input ends the interview. A typed
word takes no time, so the report has no pacing to show.
"""

import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from vivavoce.simulator import signals
from vivavoce.simulator.engine import embeddings
from vivavoce.simulator.engine.interviewer import Interviewer, Utterance
from vivavoce.simulator.engine.rounds import Cast, interviewer
from vivavoce.simulator.live.papers import on_stderr
from vivavoce.simulator.live.preparation import prepared
from vivavoce.simulator.live.session_folder import ENDED, Files, Wanted, keeping, meta
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import (
    FinalHypothesis,
    RoundBegan,
    Seconds,
    SessionEnded,
    SessionStarted,
    TurnEnded,
    Word,
)

LEAVE = "q"
HINT = "Type an answer and press Enter; an empty line is none, q ends the interview.\n"
STEP = 0.01  # seconds that lie between two events at least, so that their order can be told from the journal
SOON = STEP / 2  # a typed word is dated to just after its question


def typed(
    settings: Settings,
    wanted: Wanted,
    lines: Iterable[str],
    show: Callable[[str], None],
    cast: Cast = interviewer,
) -> Path:
    """Hold an interview in writing; return the session's folder.

    Args:
        settings: kept with the session; a résumé and a job posting.
        wanted: who asks, and what.
        lines: what the candidate types.
        show: shows the candidate a line.
        cast: puts the interviewer together.

    Raises:
        DocumentError: the résumé or the job posting cannot be read.
        PersonaError: no such persona or round.
        TranscriptError: the session cannot be kept.
    """
    ready = prepared(settings, wanted)
    ready.tell(on_stderr)
    asking, content, known = ready.asking, ready.content, ready.known
    about, means = meta(settings, asking, content, wanted, ready.seed), embeddings.embedding
    asks = cast(asking, content, wanted.minutes, about.seed, "normal", known, means)
    began = time.monotonic()
    with _stoppable(lines) as given, keeping(about, show) as files:
        files.begun = True
        show(HINT)
        talk = _Talk(files, show, asking.name, lambda: Seconds(time.monotonic() - began))
        talk.hold(asks, given)
    return files.folder


@contextmanager
def _stoppable(lines: Iterable[str]) -> Iterator[Iterator[str]]:
    """Yield `lines` that end with a signal or with the terminal; a second Ctrl-C leaves at once.

    A signal interrupts the waiting for a line and nothing else, so that what was typed is always kept.
    """
    waiting = stopped = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if waiting:
            raise KeyboardInterrupt

    def each() -> Iterator[str]:
        nonlocal waiting
        rest = iter(lines)
        with suppress(KeyboardInterrupt, OSError):
            while not stopped:
                waiting = True
                try:
                    text = next(rest, None)
                finally:
                    waiting = False  # at once: what follows must not be interrupted
                if text is None:
                    return
                yield text

    with signals.answered(stop, signal.SIGINT):
        yield each()


class _Talk:
    def __init__(
        self, files: Files, show: Callable[[str], None], name: str, now: Callable[[], Seconds]
    ) -> None:
        self._files, self._show, self._name, self._clock = files, show, name, now
        self._latest = self._asked_at = Seconds(0.0)

    def hold(self, asks: Interviewer, lines: Iterable[str]) -> None:
        self._files.write(SessionStarted(at=Seconds(0.0)))
        self._open(asks)
        with suppress(OSError):  # the terminal is gone, or who reads along
            for text in lines:
                if text.strip().lower() == LEAVE:
                    break
                line = self._replied(asks, " ".join(text.split()))
                if line is None:
                    self._show(f"({self._name} is listening.)")  # the floor stays with who types
                    continue
                self._ask(line)
                asks.heard()
                if asks.following is not None:
                    asks = asks.following
                    self._open(asks)
                elif asks.over:
                    break
        reason = "the interview is over" if asks.over else ENDED
        self._files.write(SessionEnded(at=self._now(), reason=reason))

    def _open(self, asks: Interviewer) -> None:
        if asks.persona.name != self._name or asks.leads_on:
            self._name = asks.persona.name
            self._files.write(RoundBegan(at=self._now(), round=asks.round, persona=self._name))
        self._ask(asks.open(self._now()))
        asks.heard()

    def _replied(self, asks: Interviewer, text: str) -> Utterance | None:
        ended = self._answer(asks, text)
        return asks.nothing(self._now()) if ended is None else asks.reply(ended, self._now())

    def _now(self) -> Seconds:
        self._latest = Seconds(max(self._clock(), self._latest + STEP))
        return self._latest

    def _ask(self, line: Utterance) -> None:
        self._files.write(line)
        self._asked_at = line.at
        self._show(f"{self._name}: {line.text}")

    def _answer(self, asks: Interviewer, text: str) -> TurnEnded | None:
        at, start = self._now(), Seconds(self._asked_at + SOON)
        words = tuple(Word(text=word, start=start, end=start) for word in text.split())
        if not words:
            return None
        self._files.write(FinalHypothesis(at=at, text=text, words=words, audio_start=start, audio_end=start))
        asks.listen(words)
        ended = TurnEnded(
            at=at,
            started_at=start,
            ended_at=start,
            decided_at=at,
            text=text,
            why="the candidate pressed Enter",
            probability=1.0,
        )
        self._files.write(ended)
        return ended
