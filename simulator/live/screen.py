"""What a candidate sees during a session: who has the floor, the time, one slim level bar, captions.

No scores and no dials (requirement N08); teaching happens in the report. Without a terminal the screen
is plain lines of what was said. It is told of every event and of every frame, and decides nothing.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from vivavoce.simulator.engine.floor import State
from vivavoce.transcripts.events import (
    CutIn,
    Event,
    Failed,
    FinalHypothesis,
    MicrophoneFound,
    MicrophoneLost,
    PartialHypothesis,
    PlaybackStarted,
    RoundBegan,
    Seconds,
    TurnEnded,
)
from vivavoce.transcripts.timestamps import clock

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

REFRESHES_PER_SECOND = 8.0
CAPTION_CHARACTERS = 150  # of what the candidate says: the last two lines of a narrow terminal
BAR_CELLS = 24
KEYS = "Enter: I am done, or let me speak    q: end the interview"

LABELS = {
    State.OPEN: "your turn",
    State.ANSWERING: "listening",
    State.REPLYING: "{name} is thinking…",
    State.SPEAKING: "{name} is speaking",
    State.CONTESTED: "{name} is speaking",
    State.CUTTING_IN: "{name} cuts in",
    State.OVER: "that was it",
}


class Screen:
    """The live screen, on stderr; use it as a context manager while the session runs."""

    def __init__(
        self, interviewer: str, *, candidate: str = "You", captions: bool = True, to: TextIO | None = None
    ) -> None:
        from rich.console import Console

        self._console = Console(file=to or sys.stderr, highlight=False)
        self._interviewer, self._candidate = interviewer, candidate
        self._captions = captions
        self.keys = False  # whether there are any to tell of
        self._state = State.OPEN
        self._began = False
        self.now = Seconds(0.0)  # of the latest frame
        self._level = 0.0
        self._line = self._answer = self._partial = self._interrupted = ""
        self._waiting_for_microphone = False
        self._noticed: set[str] = set()
        self._live: Live | None = None

    def __enter__(self) -> Screen:
        if self._console.is_terminal:
            from rich.live import Live

            self._live = Live(
                console=self._console,
                get_renderable=self.__rich__,
                refresh_per_second=REFRESHES_PER_SECOND,
                transient=True,
            )
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def notice(self, text: str) -> None:
        """Say something about the program in one calm line that stays."""
        from rich.text import Text

        self._console.print(Text(text, style="dim" if self._console.is_terminal else ""), soft_wrap=True)

    def once(self, text: str) -> None:
        """Say something that need not be said twice."""
        if text not in self._noticed:
            self._noticed.add(text)
            self.notice(text)

    def heard(self, now: Seconds, loudness: float, state: State) -> None:
        """Take how loud the latest frame was, in [0, 1], and what is going on."""
        self.now, self._state, self._level = now, state, loudness

    def receive(self, event: Event) -> None:
        """Take an event of the session."""
        match event:
            case PlaybackStarted():
                self._said(event.at, self._candidate, self._interrupted)
                self._began, self._line = True, event.text
                self._answer = self._partial = self._interrupted = ""
                self._said(event.at, self._interviewer, event.text)
            case RoundBegan():
                self._interviewer = event.persona
            case PartialHypothesis():
                self._partial = event.text
            case FinalHypothesis():
                self._answer, self._partial = f"{self._answer} {event.text}".strip(), ""
            case CutIn():
                self._interrupted = self._heard()
            case TurnEnded():
                self._said(event.at, self._candidate, event.text)
            case MicrophoneLost() | MicrophoneFound():
                self._waiting_for_microphone = isinstance(event, MicrophoneLost)
            case Failed() if event.stage not in self._noticed:
                self._noticed.add(event.stage)
                self.notice(f"{event.stage.capitalize()}: {event.reason}. The interview goes on.")
            case _:
                pass

    def __rich__(self) -> RenderableType:
        """Return the screen as it is now."""
        from rich.console import Group
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        status = Table.grid(expand=True, padding=(0, 1))
        status.add_column(ratio=1, no_wrap=True)
        status.add_column(justify="right", no_wrap=True)
        status.add_row(Text(self._label(), style="bold"), Text(clock(self.now), style="dim"))
        rows: list[RenderableType] = [status, Text(bar(self._level), style="dim"), Text(self._line)]
        if self._captions and self._heard():
            rows.append(Text(last_words(self._heard(), CAPTION_CHARACTERS), style="italic dim"))
        if self.keys:
            rows.append(Text(KEYS, style="dim"))
        return Padding(Group(*rows), (1, 1, 0, 1))

    def _label(self) -> str:
        if self._waiting_for_microphone:
            return "waiting for the microphone: plug it in again"
        if not self._began:
            return "one moment…"
        return LABELS[self._state].format(name=self._interviewer)

    def _heard(self) -> str:
        return f"{self._answer} {self._partial}".strip()

    def _said(self, at: Seconds, who: str, text: str) -> None:
        if text and not self._console.is_terminal:
            self._console.print(f"[{clock(at)}] {who}: {text}", markup=False, soft_wrap=True)


def bar(share: float) -> str:
    """Return a slim bar of BAR_CELLS, filled to `share`."""
    filled = round(share * BAR_CELLS)
    return "━" * filled + "─" * (BAR_CELLS - filled)


def last_words(text: str, characters: int) -> str:
    """Return the end of `text`, cut at a word."""
    if len(text) <= characters:
        return text
    return "… " + text[-characters:].split(" ", 1)[-1]


def show(page: str, to: TextIO | None = None) -> None:
    """Print a Markdown page: set for a terminal, as it is for a pipe."""
    out = to or sys.stdout
    if not out.isatty():
        print(page, end="", file=out)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(file=out, highlight=False).print(Markdown(page))
