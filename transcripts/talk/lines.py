"""The interviewer's lines: what was decided on, and how much of it was heard when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import (
    Encouraged,
    Event,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Reprompt,
    Seconds,
    TurnResumed,
)

ENCOURAGE, REPROMPT = "encourage", "reprompt"
SPEAKS_ON, ADDS = "the candidate wants to speak on", "the candidate has something to add"
LEAVE_ASKED = (SPEAKS_ON, ADDS)  # reasons of a line that lets the candidate go on
BARELY_HEARD = 1.0  # seconds; a line that gave way before that is as if never begun
CHARACTERS_PER_SECOND = 15.0  # 160 words a minute of 5.6 characters, until a whole line was timed


@dataclass(slots=True)
class Line:
    """One line of the interviewer; `started_at` and `ended_at` are when it sounded, if it did."""

    text: str
    decided_at: Seconds
    move: str = ""
    why: str = ""
    started_at: Seconds | None = None
    ended_at: Seconds | None = None
    heard: float = 0.0  # seconds
    complete: bool = False

    @property
    def start(self) -> Seconds:
        """When it was first heard, or else decided on."""
        return self.decided_at if self.started_at is None else self.started_at

    @property
    def end(self) -> Seconds:
        """When it was last heard."""
        return self.start if self.ended_at is None else self.ended_at


def lines(events: Iterable[Event]) -> list[Line]:
    """Return the interviewer's lines in order.

    A line that was withdrawn because the candidate went on is left out. In a session without a
    voice nothing is played: there every line counts as read.
    """
    script = _Script()
    for event in events:
        script.receive(event)
    return script.close()


def shares_heard(said: Sequence[Line]) -> list[float]:
    """Return for each line the share of it that was heard, in [0, 1].

    For a line that was stopped this is an estimate: its seconds against the pace of the lines
    that were heard whole.
    """
    whole = [line for line in said if line.complete and line.heard > 0]
    characters, seconds = sum(len(line.text) for line in whole), sum(line.heard for line in whole)
    pace = characters / seconds if seconds else CHARACTERS_PER_SECOND
    return [1.0 if line.complete else min(1.0, line.heard * pace / max(1, len(line.text))) for line in said]


class _Script:
    """Builds the lines from the events, one at a time."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._latest = Seconds(0.0)

    def receive(self, event: Event) -> None:
        self._latest = max(self._latest, event.at)
        match event:
            case QuestionAsked():
                self._decide(Line(event.text, event.at, event.move, event.why))
            case Encouraged():
                self._decide(Line(event.text, event.at, ENCOURAGE))
            case Reprompt():
                self._decide(Line(event.text, event.at, REPROMPT))
            case PlaybackStarted():
                self._start(event)
            case PlaybackFinished():
                self._finish(event)
            case TurnResumed():
                self._withdraw()

    def close(self) -> list[Line]:
        """Return the lines; one that was still sounding ends with the journal."""
        for line in self._lines:
            if line.started_at is not None and line.ended_at is None:
                line.ended_at, line.heard = self._latest, self._latest - line.started_at
        if all(line.started_at is None for line in self._lines):
            for line in self._lines:
                line.complete = True
        return self._lines

    def _decide(self, line: Line) -> None:
        """Add `line`, unless it only says more about one that waits to be played."""
        last = self._lines[-1] if self._lines else None
        if last is None or last.started_at is not None or last.text != line.text:
            self._lines.append(line)

    def _start(self, event: PlaybackStarted) -> None:
        last = self._lines[-1] if self._lines else None
        if last is None or (last.started_at is not None and event.text not in last.text):
            last = Line(event.text, event.at)
            self._lines.append(last)
        if event.text not in last.text:
            last.text = event.text  # what was said counts, not what was planned
        last.started_at = event.at if last.started_at is None else last.started_at
        last.ended_at = None

    def _finish(self, event: PlaybackFinished) -> None:
        last = self._lines[-1] if self._lines else None
        if last is not None and last.started_at is not None and last.ended_at is None:
            last.ended_at, last.complete = event.at, event.complete
            last.heard += event.heard

    def _withdraw(self) -> None:
        """Drop the lines that were decided on, or just begun, when the candidate went on."""
        while self._lines and self._barely_heard(self._lines[-1]):
            self._lines.pop()

    def _barely_heard(self, line: Line) -> bool:
        end = self._latest if line.ended_at is None else line.ended_at
        return not line.complete and (line.started_at is None or end - line.started_at < BARELY_HEARD)
