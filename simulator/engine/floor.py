"""Who may speak: a state machine without sound, threads or a clock.

Theory of operation. The floor is the right to speak. It is in one of eight states; each event
that bears on it is looked up in TABLE, which gives the next state and the commands that the
session must carry out. An event that the table does not list for a state, and that changes
nothing by its nature (a partial, a final), is ignored; one that would be illegal raises
`FloorError` and changes nothing. docs/floor.md is drawn from the table by `python -m
vivavoce.simulator.engine.floor`.

The interviewer's line is *contested* when the candidate makes a sound during it. The voice ducks
at once. If the sound lasts CONFIRM, with whatever pauses are in it, it was a barge-in and the line
is dropped. If it ends sooner the voice stays *hushed* until the words are known: "mm-hm" was a
back-channel, and the voice goes on from where it was; "wait" was a barge-in. A sound without words
is waited on for RESUME. Right at the beginning of a line there is no doubt: a sound within GRACE
means that the candidate had not finished.

A *cut-in* is the other way round: overlap is expected, so the candidate's sound does nothing;
only who talks on for YIELD, or is still talking when the line ends, keeps the floor.
"""

from dataclasses import dataclass
from enum import StrEnum

from vivavoce.personas.conversation.replies import acknowledges
from vivavoce.transcripts.events import (
    CutIn,
    Event,
    FinalHypothesis,
    NothingSaid,
    PartialHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    Seconds,
    SessionEnded,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
)

CONFIRM = Seconds(0.85)  # a sound over the interviewer's line that has not ended by then is a barge-in
RESUME = Seconds(0.7)  # after a short sound: when no words have come by then, there were none
GRACE = Seconds(0.5)  # a sound so soon after the line's start: the turn was not over
YIELD = Seconds(2.5)  # who talks on for so long through a cut-in keeps the floor


class FloorError(Exception):
    """An event came that cannot happen in this state: a bug in the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Event):
    """Time has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted(Event):
    """The candidate pressed the key that takes the floor, or gives it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """What was said needs no reply: the floor stays with the candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Event):
    """The candidate typed an answer instead of speaking it; it is complete as it is."""

    text: str


class Holder(StrEnum):
    """Who holds the floor."""

    NOBODY = "nobody"
    CANDIDATE = "candidate"
    INTERVIEWER = "interviewer"


class State(StrEnum):
    """What is going on."""

    OPEN = "open"  # the candidate is asked, and has not begun
    ANSWERING = "answering"  # the candidate speaks, or pauses within the turn
    REPLYING = "replying"  # the turn is over; the interviewer's line is not heard yet
    SPEAKING = "speaking"  # the interviewer speaks
    CONTESTED = "contested"  # the candidate made a sound over it: back-channel or barge-in?
    HUSHED = "hushed"  # the sound is over, what it was is not known yet
    CUTTING_IN = "cutting in"  # the interviewer speaks over the candidate, on purpose
    OVER = "over"


class Command(StrEnum):
    """What the session must do."""

    REPLY = "reply"
    GO_ON = "go on"
    DROP_REPLY = "drop reply"
    DUCK = "duck"
    UNDUCK = "unduck"
    STOP_SPEAKING = "stop speaking"
    NOTE_BACK_CHANNEL = "note back-channel"
    NOTE_BARGE_IN = "note barge-in"
    NOTE_RESUMED = "note resumed"
    END_TURN = "end turn"


HOLDERS = {
    State.OPEN: Holder.NOBODY,
    State.ANSWERING: Holder.CANDIDATE,
    State.REPLYING: Holder.INTERVIEWER,
    State.SPEAKING: Holder.INTERVIEWER,
    State.CONTESTED: Holder.INTERVIEWER,
    State.HUSHED: Holder.INTERVIEWER,
    State.CUTTING_IN: Holder.INTERVIEWER,
    State.OVER: Holder.NOBODY,
}


class Trigger(StrEnum):
    """What the table is keyed by: an event, or an event under a condition that time decides."""

    SPEECH = "speech starts"
    EARLY_SPEECH = "speech starts within GRACE"
    SILENCE = "speech ends"
    LASTING = "speech lasts CONFIRM"
    WORDLESS = "no words within RESUME"
    ACKNOWLEDGED = "the words acknowledge"
    WORDS = "the words do not"
    TALKED_ON = "speech lasts YIELD"
    TURN_ENDED = "turn ends"
    NOTHING_SAID = "nothing was said"
    CUT_IN = "cut-in"
    LEFT = "nothing is to be said"
    PLAYBACK = "playback starts"
    PLAYED = "playback finishes"
    PLAYED_OVER = "playback finishes while the candidate speaks"
    KEY = "key"
    TYPED = "an answer is typed"
    SESSION_ENDED = "session ends"


Transition = tuple[State, tuple[Command, ...]]

TABLE: dict[tuple[State, Trigger], Transition] = {
    (State.OPEN, Trigger.SPEECH): (State.ANSWERING, (Command.DROP_REPLY,)),
    (State.OPEN, Trigger.PLAYBACK): (State.SPEAKING, ()),
    (State.ANSWERING, Trigger.TURN_ENDED): (State.REPLYING, (Command.REPLY,)),
    (State.ANSWERING, Trigger.NOTHING_SAID): (State.OPEN, (Command.GO_ON,)),
    (State.ANSWERING, Trigger.CUT_IN): (State.CUTTING_IN, ()),
    (State.ANSWERING, Trigger.KEY): (State.ANSWERING, (Command.END_TURN,)),
    (State.REPLYING, Trigger.SPEECH): (State.ANSWERING, (Command.DROP_REPLY, Command.NOTE_RESUMED)),
    (State.REPLYING, Trigger.PLAYBACK): (State.SPEAKING, ()),
    (State.REPLYING, Trigger.LEFT): (State.OPEN, ()),
    (State.REPLYING, Trigger.KEY): (State.REPLYING, ()),
    (State.SPEAKING, Trigger.SPEECH): (State.CONTESTED, (Command.DUCK,)),
    (State.SPEAKING, Trigger.EARLY_SPEECH): (State.ANSWERING, (Command.STOP_SPEAKING, Command.NOTE_RESUMED)),
    (State.SPEAKING, Trigger.PLAYED): (State.OPEN, ()),
    (State.SPEAKING, Trigger.KEY): (State.OPEN, (Command.STOP_SPEAKING,)),
    (State.CONTESTED, Trigger.SILENCE): (State.HUSHED, ()),
    (State.HUSHED, Trigger.SPEECH): (State.CONTESTED, ()),
    (State.HUSHED, Trigger.ACKNOWLEDGED): (State.SPEAKING, (Command.UNDUCK, Command.NOTE_BACK_CHANNEL)),
    (State.HUSHED, Trigger.WORDLESS): (State.SPEAKING, (Command.UNDUCK, Command.NOTE_BACK_CHANNEL)),
    (State.HUSHED, Trigger.WORDS): (State.ANSWERING, (Command.STOP_SPEAKING, Command.NOTE_BARGE_IN)),
    (State.HUSHED, Trigger.PLAYED): (State.OPEN, ()),
    (State.HUSHED, Trigger.KEY): (State.ANSWERING, (Command.STOP_SPEAKING, Command.NOTE_BARGE_IN)),
    (State.CONTESTED, Trigger.LASTING): (State.ANSWERING, (Command.STOP_SPEAKING, Command.NOTE_BARGE_IN)),
    (State.CONTESTED, Trigger.PLAYED_OVER): (State.ANSWERING, ()),
    (State.CONTESTED, Trigger.KEY): (State.ANSWERING, (Command.STOP_SPEAKING, Command.NOTE_BARGE_IN)),
    (State.CUTTING_IN, Trigger.TALKED_ON): (State.ANSWERING, (Command.STOP_SPEAKING,)),
    (State.CUTTING_IN, Trigger.PLAYED): (State.OPEN, ()),
    (State.CUTTING_IN, Trigger.PLAYED_OVER): (State.ANSWERING, ()),
    (State.CUTTING_IN, Trigger.KEY): (State.ANSWERING, (Command.STOP_SPEAKING,)),
    (State.OPEN, Trigger.KEY): (State.OPEN, ()),
    (State.OPEN, Trigger.TYPED): (State.ANSWERING, (Command.DROP_REPLY,)),
    (State.REPLYING, Trigger.TYPED): (State.ANSWERING, (Command.DROP_REPLY, Command.NOTE_RESUMED)),
    (State.SPEAKING, Trigger.TYPED): (State.ANSWERING, (Command.STOP_SPEAKING,)),
    (State.CONTESTED, Trigger.TYPED): (State.ANSWERING, (Command.STOP_SPEAKING,)),
    (State.HUSHED, Trigger.TYPED): (State.ANSWERING, (Command.STOP_SPEAKING,)),
    (State.CUTTING_IN, Trigger.TYPED): (State.ANSWERING, (Command.STOP_SPEAKING,)),
} | {
    (state, Trigger.SESSION_ENDED): (State.OVER, (Command.STOP_SPEAKING,) if state is not State.OVER else ())
    for state in State
}

ILLEGAL = {Trigger.TURN_ENDED, Trigger.CUT_IN}


class Floor:
    """Holds the state; `receive` is its only way to change."""

    def __init__(self) -> None:
        self.state = State.OPEN
        self._playing_since = Seconds(0.0)
        self._speaking_since: Seconds | None = None
        self._contested_since = Seconds(0.0)
        self._silent_since = Seconds(0.0)
        self._cut_in_at = Seconds(0.0)

    @property
    def holder(self) -> Holder:
        """Who may speak now."""
        return HOLDERS[self.state]

    def receive(self, event: Event) -> list[Command]:
        """Return what the session must do now that `event` has happened.

        Raises:
            FloorError: the event cannot happen in this state; nothing has changed.
        """
        trigger = self._trigger(event)
        transition = TABLE.get((self.state, trigger)) if trigger is not None else None
        if transition is None and trigger in ILLEGAL:
            raise FloorError(f"{type(event).__name__} while {self.state}")
        self._remember(event)
        if transition is None:
            return []
        self.state, commands = transition
        return list(commands)

    def _trigger(self, event: Event) -> Trigger | None:
        match event:
            case SpeechStarted() if self.state is State.SPEAKING and event.at - self._playing_since < GRACE:
                return Trigger.EARLY_SPEECH
            case PlaybackFinished() if self._speaking_since is not None:
                return Trigger.PLAYED_OVER
            case PartialHypothesis() | FinalHypothesis() if self.state is State.HUSHED and event.text:
                return Trigger.ACKNOWLEDGED if acknowledges(event.text) else Trigger.WORDS
            case Tick():
                return self._elapsed(event.at)
            case _:
                return TRIGGERS.get(type(event))

    def _elapsed(self, now: Seconds) -> Trigger | None:
        if self.state is State.HUSHED and now - self._silent_since >= RESUME:
            return Trigger.WORDLESS
        since = self._speaking_since
        if since is None:
            return None
        if self.state is State.CONTESTED and now - self._contested_since >= CONFIRM:
            return Trigger.LASTING
        talked_on = self.state is State.CUTTING_IN and now - max(since, self._cut_in_at) >= YIELD
        return Trigger.TALKED_ON if talked_on else None

    def _remember(self, event: Event) -> None:
        match event:
            case SpeechStarted():
                self._speaking_since = event.at
                if self.state is State.SPEAKING:
                    self._contested_since = event.at
            case SpeechEnded():
                self._speaking_since, self._silent_since = None, event.at
            case PlaybackStarted():
                self._playing_since = event.at
            case CutIn():
                self._cut_in_at = event.at
            case _:
                pass


TRIGGERS: dict[type[Event], Trigger] = {
    SpeechStarted: Trigger.SPEECH,
    SpeechEnded: Trigger.SILENCE,
    TurnEnded: Trigger.TURN_ENDED,
    NothingSaid: Trigger.NOTHING_SAID,
    CutIn: Trigger.CUT_IN,
    Left: Trigger.LEFT,
    PlaybackStarted: Trigger.PLAYBACK,
    PlaybackFinished: Trigger.PLAYED,
    Interrupted: Trigger.KEY,
    Typed: Trigger.TYPED,
    SessionEnded: Trigger.SESSION_ENDED,
}


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    rows = [
        f"    {_id(state)} --> {_id(after)} : {trigger}" + (f" / {', '.join(commands)}" if commands else "")
        for (state, trigger), (after, commands) in TABLE.items()
        if trigger is not Trigger.SESSION_ENDED
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {_id(State.OPEN)}", *rows])


def _id(state: State) -> str:
    return state.name.title().replace("_", "")


if __name__ == "__main__":
    print("# The floor\n\nDrawn from `TABLE` in simulator/engine/floor.py; a test keeps them equal.\n")
    print(f"```mermaid\n{diagram()}\n```")
