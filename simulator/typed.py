"""An interview in writing: the same director and the same journal, without any sound.

A line is an answer; an empty line says nothing, `q` or the end of the input ends the interview. A typed
word takes no time, so the report has no pacing to show.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from vivavoce.personas.director import Director, Line
from vivavoce.personas.persona import persona
from vivavoce.simulator.keeping import ENDED, Files, Wanted, keeping, meta
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import (
    FinalHypothesis,
    QuestionAsked,
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


def typed(settings: Settings, wanted: Wanted, lines: Iterable[str], show: Callable[[str], None]) -> Path:
    """Hold an interview in writing; return the session's folder.

    Args:
        settings: kept with the session.
        wanted: who asks, and what.
        lines: what the candidate types.
        show: shows the candidate a line.

    Raises:
        PersonaError: no such persona or round.
        TranscriptError: the session cannot be kept.
    """
    asking, content = persona(wanted.persona), wanted.content()
    about = meta(settings, asking, content, minutes=wanted.minutes, title=wanted.title)
    began = time.monotonic()
    with keeping(about, show) as files:
        files.begun = True
        show(HINT)
        talk = _Talk(files, show, asking.name, lambda: Seconds(time.monotonic() - began))
        talk.hold(Director(asking, content, wanted.minutes), lines)
    return files.folder


class _Talk:
    def __init__(
        self, files: Files, show: Callable[[str], None], name: str, now: Callable[[], Seconds]
    ) -> None:
        self._files, self._show, self._name, self._clock = files, show, name, now
        self._latest = self._asked_at = Seconds(0.0)

    def hold(self, director: Director, lines: Iterable[str]) -> None:
        self._files.write(SessionStarted(at=Seconds(0.0)))
        standing, line = director.opening()
        self._ask(line)
        with suppress(KeyboardInterrupt):
            for text in lines:
                if text.strip().lower() == LEAVE:
                    break
                self._answer(" ".join(text.split()))
                standing, line = director.reply(standing, text, self._now())
                self._ask(line)
                if standing.over:
                    break
        reason = "the interview is over" if standing.over else ENDED
        self._files.write(SessionEnded(at=self._now(), reason=reason))

    def _now(self) -> Seconds:
        self._latest = Seconds(max(self._clock(), self._latest + STEP))
        return self._latest

    def _ask(self, line: Line) -> None:
        self._asked_at = self._now()
        self._files.write(QuestionAsked(at=self._asked_at, text=line.text, move=line.move, why=line.why))
        self._show(f"{self._name}: {line.text}")

    def _answer(self, text: str) -> None:
        at, start = self._now(), Seconds(self._asked_at + SOON)
        words = tuple(Word(text=word, start=start, end=start) for word in text.split())
        if words:
            self._files.write(
                FinalHypothesis(at=at, text=text, words=words, audio_start=start, audio_end=start)
            )
            self._files.write(
                TurnEnded(
                    at=at,
                    started_at=start,
                    ended_at=start,
                    decided_at=at,
                    text=text,
                    why="Enter",
                    probability=1.0,
                )
            )
