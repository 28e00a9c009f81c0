"""What a page is told of its session: who has the floor, the time, the lines, captions; no scores."""

from collections.abc import Callable
from typing import Any

from vivavoce.audio.frame import SAMPLE_RATE_HZ
from vivavoce.simulator.engine.floor import State
from vivavoce.transcripts.events import (
    PAUSED,
    BackChannel,
    Event,
    Failed,
    FinalHypothesis,
    FramesLost,
    MicrophoneFound,
    MicrophoneLost,
    PartialHypothesis,
    PlaybackStarted,
    RoundBegan,
    Seconds,
    SessionEnded,
    TimeCue,
    TurnEnded,
    TurnResumed,
)

Message = dict[str, Any]
Tell = Callable[[Message], None]

EVERY = Seconds(5.0)  # the page's clock is set
TOLD_FROM = Seconds(0.5)  # of lost sound; less is hardly noticed
STATES = {State.CONTESTED: "speaking", State.HUSHED: "speaking", State.CUTTING_IN: "cutting_in"}


class RoomScreen:
    """Tells a page; who comes (back) is told all that it needs by `welcome`."""

    def __init__(self, interviewer: str, tell: Tell) -> None:
        self.now = Seconds(0.0)
        self._who, self._tell = interviewer, tell
        self._state, self._began = "waiting", False  # until the first line is heard
        self._told_at = Seconds(0.0)
        self._line = self._answer = self._partial = self._ended = ""
        self._away = ""
        self._lost = self._lost_before = 0  # samples
        self._noticed: dict[str, None] = {}

    def welcome(self) -> Message:
        """Return what a page shows that comes in the middle."""
        return {
            "who": self._who,
            "at": round(self.now, 2),
            "state": self._away or self._state,
            "line": self._line,
            "caption": self._heard(),
            "notices": list(self._noticed),
        }

    def once(self, text: str) -> None:
        """See `Shown`."""
        if text not in self._noticed:
            self._noticed[text] = None
            self._tell({"type": "notice", "text": text})

    def heard(self, now: Seconds, loudness: float, state: State) -> None:
        """See `Shown`; the page sees by itself how loud it is."""
        before, self._state = self._state, STATES.get(state, state.value) if self._began else self._state
        self.now = now
        self._tell_lost()
        if self._state != before or now - self._told_at >= EVERY:
            self._tell_state()

    def receive(self, event: Event) -> None:
        """See `Shown`."""
        match event:
            case PlaybackStarted() | TimeCue():
                self._answer = self._partial = ""
                self._began, self._line = True, event.text
                self._tell({"type": "line", "text": event.text, "at": round(event.at, 2)})
            case RoundBegan():
                self._who = event.persona
                self._tell_state()
            case PartialHypothesis():
                self._caption(self._answer, event.text)
            case FinalHypothesis():
                self._caption(f"{self._answer} {event.text}".strip(), "")
            case TurnEnded() | BackChannel(by="candidate"):
                self._ended = self._answer
                self._answer = self._partial = ""
            case TurnResumed():  # the answer had not ended
                self._caption(f"{self._ended} {self._answer}".strip(), self._partial)
            case SessionEnded():
                self._away, self._state = "", "over"
                self._tell_state()
            case MicrophoneLost() | MicrophoneFound() | FramesLost() | Failed():
                self._trouble(event)
            case _:
                pass

    def _trouble(self, event: Event) -> None:
        match event:
            case MicrophoneLost():
                self._away = "paused" if event.reason == PAUSED else "waiting"
                self._tell_state()
            case MicrophoneFound():
                self._away = ""
                self._tell_state()
            case FramesLost():
                self._lost += event.samples
            case Failed():
                self.once(f"{event.stage.capitalize()}: {event.reason}. The interview goes on.")
            case _:
                pass

    def _tell_lost(self) -> None:
        """Say how much sound was lost on the way, once the gap is over and if it was worth a line."""
        before, self._lost_before = self._lost_before, self._lost
        if self._lost != before or not before:
            return
        seconds, self._lost = self._lost / SAMPLE_RATE_HZ, 0
        if seconds >= TOLD_FROM:
            text = f"{seconds:.1f} s of sound were lost on the way; what you said then was not heard."
            self._tell({"type": "notice", "text": text})

    def _caption(self, answer: str, partial: str) -> None:
        self._answer, self._partial = answer, partial
        self._tell({"type": "caption", "text": self._heard()})

    def _heard(self) -> str:
        return f"{self._answer} {self._partial}".strip()

    def _tell_state(self) -> None:
        self._told_at = self.now
        state = self._away or self._state
        self._tell({"type": "state", "state": state, "who": self._who, "at": round(self.now, 2)})


class Fetching:
    """Tells a page how far the download of a model is."""

    def __init__(self, name: str, tell: Tell) -> None:
        self._name, self._tell = name, tell
        self._told = -1

    def show(self, what: str, done: int, total: int) -> None:
        """Take how many bytes of `total` are there; every tenth is told."""
        tenths = 10 * done // max(total, 1)
        if tenths != self._told:
            self._told = tenths
            text = f"Fetching the model {self._name}, once: {10 * tenths} %."
            self._tell({"type": "notice", "text": text, "about": self._name})
