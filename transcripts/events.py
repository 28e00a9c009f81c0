"""The vocabulary: everything that can happen in a session, as plain facts on one clock.

What a detector reports is what the floor decides on, the journal stores and the analysis reads. Facts are
past participles. Every time is in seconds from the recording's start, counted in samples and nothing else.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, NewType, get_type_hints

Seconds = NewType("Seconds", float)

SCHEMA = 1
PAUSED = "the candidate paused"  # a reason of MicrophoneLost
LATEST = 200_000.0  # seconds: two days; what is later than that in a file is damaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One recognised word and where it lies in the recording."""

    text: str
    start: Seconds
    end: Seconds
    probability: float = 1.0
    filler: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, and when it became known."""

    kinds: ClassVar[dict[str, type["Event"]]] = {}

    at: Seconds

    def __init_subclass__(cls) -> None:
        Event.kinds[cls.__name__] = cls


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(Event):
    """The microphone delivered its first frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted(Event):
    """The candidate began to make speech sounds; `at` is dated back to the onset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEnded(Event):
    """The candidate fell silent: the utterance is over, the turn may not be."""

    started_at: Seconds

    @property
    def duration(self) -> Seconds:
        """Length of the utterance."""
        return Seconds(self.at - self.started_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialHypothesis(Event):
    """Provisional text of what follows the last final; `stable` is the prefix that will hardly change."""

    text: str
    stable: str
    audio_end: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalHypothesis(Event):
    """Settled text of one stretch of sound. It replaces every partial and never changes."""

    text: str
    words: tuple[Word, ...]
    audio_start: Seconds
    audio_end: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardAgain(FinalHypothesis):
    """A better text by `model`, after the session; it replaces what stands before it for the stretch."""

    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood(Event):
    """The candidate said something from `started_at` to `ended_at` in which no word was recognised."""

    started_at: Seconds
    ended_at: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEnded(Event):
    """The endpoint: the candidate's turn was judged over."""

    started_at: Seconds
    ended_at: Seconds  # when the last utterance fell silent
    decided_at: Seconds  # when the silence had lasted long enough; `at` is when the text was ready too
    text: str
    why: str
    probability: float  # that the turn was complete


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingSaid(Event):
    """A sound without words, such as a cough, held the floor for a moment; it is open again."""

    started_at: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnResumed(Event):
    """The candidate went on before the interviewer's answer was heard: the endpoint was too early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Event):
    """The interviewer decided on a line: which move, in which words, and why."""

    text: str
    move: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBegan(Event):
    """A round of a loop begins, with the interviewer who leads it."""

    round: str
    persona: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackStarted(Event):
    """The first sample of the interviewer's line went to the speaker."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackFinished(Event):
    """The interviewer's line ended, or was stopped after `heard` seconds of it."""

    heard: Seconds
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BackChannel(Event):
    """A listener's short word ("mm-hm") that took no floor: the candidate's, or the interviewer's own."""

    started_at: Seconds
    by: str = "candidate"
    text: str = ""  # of the interviewer's


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCue(Event):
    """The interviewer told how much time is `left`, and took no floor."""

    left: Seconds
    text: str
    how: str  # "word" or "sound", or "shown" where no sound could be made in time


@dataclass(frozen=True, slots=True, kw_only=True)
class BargeIn(Event):
    """The candidate took the floor while the interviewer spoke; they began at `started_at`."""

    started_at: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class CutIn(Event):
    """The interviewer took the floor while the candidate spoke, for a reason with evidence."""

    why: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encouraged(Event):
    """The interviewer said something soft ("take your time") that asks for nothing."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprompt(Event):
    """The interviewer asked again after a long silence."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FramesLost(Event):
    """The sound card lost input; silence of the same length stands in its place."""

    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PadChanged(Event):
    """The file changed that the candidate writes code or notes in; `text` is all of it, or its beginning."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneLost(Event):
    """The microphone stopped delivering sound, or is not listened to (PAUSED); the session waits."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneFound(Event):
    """The microphone delivers sound again."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Event):
    """A part failed; the session goes on without it."""

    stage: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    """The session is over."""

    reason: str


def to_json(event: Event) -> dict[str, Any]:
    """Return `event` as the plain object that the journal and `simulate --json` write."""
    told = {field.name: _plain(getattr(event, field.name)) for field in fields(event) if field.name != "at"}
    return {"schema": SCHEMA, "at": round(event.at, 3), "event": type(event).__name__} | told


def from_json(row: dict[str, Any]) -> Event:
    """Return the event that `to_json` wrote; unknown fields are ignored, so newer journals can be read.

    Raises:
        ValueError: no such event, or a field is missing or of the wrong shape.
    """
    try:
        kind = Event.kinds[row["event"]]
        return kind(**{f.name: _typed(kind, f.name, row[f.name]) for f in fields(kind) if f.name in row})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an event: {row!r:.200}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Word):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return round(value, 3) if isinstance(value, float) else value


def _typed(kind: type[Event], name: str, value: Any) -> Any:
    """Return `value` as the field `name` of `kind` has it; TypeError if it has another shape."""
    hint = _hints(kind.__name__)[name]
    if hint == tuple[Word, ...]:
        return tuple(_word(word) for word in value)
    if not _fits(hint, value):
        raise TypeError(name)
    return tuple(value) if isinstance(value, list) else value


def _word(row: Any) -> Word:
    given = {name: row[name] for name in _hints("Word") if name in row}
    if not all(_fits(_hints("Word")[name], value) for name, value in given.items()):
        raise TypeError("word")
    return Word(**given)


@cache
def _hints(kind: str) -> dict[str, Any]:
    hints = get_type_hints(of := Event.kinds.get(kind, Word))
    return {field.name: hints[field.name] for field in fields(of)}


def _fits(hint: Any, value: Any) -> bool:
    """Return whether a value from a file has the shape of `hint`."""
    hint = getattr(hint, "__supertype__", hint)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LATEST
    if hint == tuple[str, ...]:
        return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    return not isinstance(hint, type) or type(value) is hint
