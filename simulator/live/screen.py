"""What a candidate sees during a session: who has the floor, the time, one slim level bar, captions.

No scores and no dials (requirement N08); teaching happens in the report. It is told of every event and of
every frame, and decides nothing.

On a terminal it is a screen of its own, such as a pager's, whose every cell is written anew each time: no
caption that shrinks and no window that is resized can leave rows behind. What is said about the program
stands at its foot, and stays on the terminal afterwards. Without a terminal, and on one that cannot move
its cursor, the screen is plain lines of what was said.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from vivavoce.simulator.engine.floor import State
from vivavoce.simulator.streams import bare
from vivavoce.transcripts.events import (
    BackChannel,
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
    TimeCue,
    TurnEnded,
)
from vivavoce.transcripts.printable import printable
from vivavoce.transcripts.timestamps import clock

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.live import Live
    from rich.text import Text

REFRESHES_PER_SECOND = 8.0
CAPTION_ROWS = 2  # the latest of what the candidate says; as many when nothing is, so that nothing moves
NOTICE_ROWS = 4  # of the latest notices
LEAST_FIRST = ("notices", "margin", "keys", "caption", "level")  # what a window that is too low does without
BAR_CELLS = 24
CLOCK_CELLS = 6
KEYS = "Enter: I am done, or let me speak    q: end the interview"

LABELS = {
    State.OPEN: "your turn",
    State.ANSWERING: "listening",
    State.REPLYING: "{name} is thinking…",
    State.SPEAKING: "{name} is speaking",
    State.CONTESTED: "{name} is speaking",
    State.HUSHED: "{name} is speaking",
    State.CUTTING_IN: "{name} cuts in",
    State.OVER: "that was it",
}


class Screen:
    """The live screen, on stderr; use it as a context manager while the session runs."""

    def __init__(
        self, interviewer: str, *, candidate: str = "You", captions: bool = True, to: TextIO | None = None
    ) -> None:
        self._console = _console(to or bare(sys.stderr))
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
        self._notices: list[str] = []  # which the terminal has not got yet
        self._live: Live | None = None

    def __enter__(self) -> Screen:
        if self._console.is_terminal:
            from rich.live import Live

            self._live = Live(
                console=self._console,
                get_renderable=lambda: self,
                refresh_per_second=REFRESHES_PER_SECOND,
                screen=True,
            )
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            with suppress(OSError, SystemExit):
                self._live.stop()
            self._live = None
        for text in self._notices:
            self._print(text)

    def notice(self, text: str) -> None:
        """Say something about the program in one calm line that stays."""
        if self._live is None:
            self._print(text)
        else:
            self._notices.append(text)

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
            case PlaybackStarted() | TimeCue():
                self._spoke(event)
            case RoundBegan():
                self._interviewer = event.persona
            case PartialHypothesis():
                self._partial = event.text
            case FinalHypothesis():
                self._answer, self._partial = f"{self._answer} {event.text}".strip(), ""
            case BackChannel() if event.by == "candidate":
                self._answer = self._partial = ""
            case CutIn():
                self._interrupted = self._heard()
            case TurnEnded():
                self._said(event.at, self._candidate, event.text)
            case MicrophoneLost() | MicrophoneFound():
                self._waiting_for_microphone = isinstance(event, MicrophoneLost)
            case Failed():
                self._failed(event)
            case _:
                pass

    def _spoke(self, event: PlaybackStarted | TimeCue) -> None:
        if isinstance(event, PlaybackStarted):
            self._said(event.at, self._candidate, self._interrupted)
            self._answer = self._partial = self._interrupted = ""
        self._began, self._line = True, event.text
        self._said(event.at, self._interviewer, event.text)

    def _failed(self, event: Failed) -> None:
        if event.stage not in self._noticed:
            self._noticed.add(event.stage)
            self.notice(f"{event.stage.capitalize()}: {event.reason}. The interview goes on.")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the screen as it is now, in no more rows than the window has."""
        from rich.padding import Padding
        from rich.text import Text

        width = max(1, options.max_width - 2)

        def rows(text: str, style: str = "") -> list[Text]:
            return list(Text(printable(text), style=style).wrap(console, width)) if text else []

        caption = rows(self._heard(), "italic dim")[-CAPTION_ROWS:]
        notices = [row for text in self._notices for row in rows(text, "dim")]
        parts = {
            "margin": [Text()],
            "status": [self._status(width)],
            "level": rows(bar(self._level)[:width], "dim"),
            "line": rows(self._line),
            "caption": [*caption, *[Text()] * (CAPTION_ROWS - len(caption))] if self._captions else [],
            "keys": rows(KEYS, "dim") if self.keys else [],
            "notices": notices[-NOTICE_ROWS:],
        }
        for row in fitted(parts, options.height or options.size.height):
            yield Padding(row, (0, 1))

    def _status(self, width: int) -> Text:
        from rich.text import Text

        status = Text(printable(self._label()), style="bold")
        status.truncate(max(0, width - CLOCK_CELLS), overflow="ellipsis", pad=True)
        return status.append(clock(self.now).rjust(CLOCK_CELLS)[-width:], style="not bold dim")

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
            self._print(f"[{clock(at)}] {who}: {text}")

    def _print(self, text: str) -> None:
        """Print `text`; if nobody reads along any more, that costs the lines and not the interview."""
        from rich.text import Text

        line = Text(printable(text), style="dim" if self._console.is_terminal else "")
        with suppress(OSError, SystemExit):  # which is how rich takes a pipe that is broken
            self._console.print(line, soft_wrap=True)


def _console(out: TextIO) -> Console:
    """Return the way to `out`, which is a terminal only if what stands there can be written anew."""
    from rich.console import Console

    measured = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    terminal = out.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
    return Console(file=out, highlight=False, force_terminal=terminal, _environ=measured)


def fitted(parts: dict[str, list[Text]], height: int) -> list[Text]:
    """Return the rows of `parts`, as many as fit: whole parts go first, then the beginning of the line."""
    for name in LEAST_FIRST:
        if sum(map(len, parts.values())) > height:
            parts = {**parts, name: []}
    over = sum(map(len, parts.values())) - height
    line = parts["line"][max(0, over) :] or parts["line"][-1:]
    return [row for rows in {**parts, "line": line}.values() for row in rows][:height]


def bar(share: float) -> str:
    """Return a slim bar of BAR_CELLS, filled to `share`."""
    filled = round(share * BAR_CELLS)
    return "━" * filled + "─" * (BAR_CELLS - filled)


def show(page: str, to: TextIO | None = None) -> None:
    """Print a Markdown page: set for a terminal, as it is for a pipe."""
    page, out = printable(page), bare(to or sys.stdout)
    if not out.isatty():
        print(page, end="", file=out)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(file=out, highlight=False).print(Markdown(page))
