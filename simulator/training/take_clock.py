"""The clock of one take: when it began, which cues are due, when it is over, and when somebody cuts in.

It starts with the candidate's first sound. While it runs nobody takes the floor: a cue is a soft word, and
no pause for thought ends the turn. There are two exceptions, and both begin where a clause ends: under
pressure one question comes in between, and whoever talks on well beyond the time is stopped.
"""

from collections.abc import Mapping, Sequence

from vivavoce.personas.conversation.patience import CLAUSE_ENDS, MICRO_PAUSE, THINKING, Eagerness, Rambling
from vivavoce.personas.moves import Move
from vivavoce.transcripts.bank.telling import BEGINS, FEWEST_WORDS, GOES_ON, OVERTIME
from vivavoce.transcripts.events import (
    Event,
    FinalHypothesis,
    NothingSaid,
    PlaybackFinished,
    QuestionAsked,
    Seconds,
    SpeechStarted,
    TimeCue,
    TurnEnded,
    Word,
)

CUES = WORD, SOUND, OFF = "word", "sound", "off"

# What is told at how many seconds before the end; a take of half a minute has time for one cue.
LEFT: Mapping[int, Mapping[int, str]] = {
    30: {10: "Ten seconds."},
    60: {30: "Half way.", 10: "Ten seconds."},
    90: {45: "Half way.", 30: "Thirty seconds."},
    180: {90: "Half way.", 30: "Thirty seconds."},
}
INTERRUPTED_AT = Seconds(60.0)  # or half way, if that is sooner
OVER_BY = Seconds(15.0)  # then who talks on is stopped
THINKS = Seconds(5.0)  # of silence: so long nobody takes a pause for the end
ANSWERS = Seconds(2.5)  # likewise, while the question in between is answered
ANSWERED_WITHIN = Seconds(30.0)  # who fell silent so soon after it has not gone on with the story
SENTENCE_PAUSE = Seconds(0.35)  # at the end of a sentence: beyond the time, the turn is over there
CLAUSE_PAUSE = Seconds(0.6)  # since a clause ended; after a longer pause somebody may be thinking
NO_CLAUSE = Seconds(3.0)  # of waiting for the end of a clause: then a gap between two words will do
NO_GAP = Seconds(5.0)  # and then the end of a word

IN_BETWEEN = "the candidate chose to be interrupted"
LENGTHS = tuple(LEFT)


class TakeClock:
    """The time of one take, and all that depends on it; a `Timing` of the session's."""

    def __init__(self, seconds: int, cues: str = WORD, *, interrupts: bool = False) -> None:
        """Prepare for a take of so many `seconds`, one of LENGTHS.

        Args:
            seconds: of the take.
            cues: one of CUES.
            interrupts: whether a question comes in between.
        """
        self.length = Seconds(seconds)
        self._how, self._interrupts = cues, interrupts
        left = {} if cues == OFF else LEFT[seconds]
        self._cues = [(Seconds(seconds - before), text) for before, text in left.items()]
        self.words = " ".join(text for _, text in self._cues) if cues == WORD else ""
        self._began: Seconds | None = None
        self._done = False
        self._now = self._speech_at = Seconds(0.0)
        self._move = ""
        self._words = self._told = 0
        self._asked_at = Seconds(-ANSWERED_WITHIN)

    @property
    def elapsed(self) -> Seconds:
        """How long the take has lasted; 0 before."""
        return Seconds(0.0 if self._began is None else self._now - self._began)

    @property
    def running(self) -> bool:
        """Whether the take has begun and is not over."""
        return self._began is not None and not self._done

    @property
    def in_time(self) -> bool:
        """Whether the time is not over yet."""
        return self.elapsed < self.length

    @property
    def in_between(self) -> bool:
        """Whether the question in between is being answered."""
        return self._now - self._asked_at < ANSWERED_WITHIN

    def receive(self, event: Event) -> None:
        """Take an event of the session."""
        match event:
            case SpeechStarted():
                self._speech_at = event.at
            case QuestionAsked():
                self._move = event.move
                self._done = self._done or event.why == OVERTIME
                if event.why == IN_BETWEEN:
                    self._interrupts, self._asked_at = False, event.at
                elif event.move == Move.GO_ON:
                    self._asked_at = Seconds(-ANSWERED_WITHIN)
            case FinalHypothesis():
                self._words += len(event.words)
            case NothingSaid() | TurnEnded() if self._words < FEWEST_WORDS:
                self._restart()
            case PlaybackFinished() if event.complete:
                self._done = self._done or self._move not in BEGINS | GOES_ON
                if self._move in BEGINS:
                    self._restart()
            case _:
                pass

    def look(self, now: Seconds, *, answering: bool) -> None:
        """Take note of the time; the take begins with the first sound of who has the floor."""
        self._now = now
        if answering and self._began is None:
            self._began = self._speech_at

    def due(self, now: Seconds) -> TimeCue | None:
        """Return the cue that is to be told."""
        if not self.running or self._told == len(self._cues):
            return None
        at, text = self._cues[self._told]
        if self.elapsed < at or self._began is None:
            return None
        return TimeCue(at=Seconds(self._began + at), left=Seconds(self.length - at), text=text, how=self._how)

    def told(self) -> None:
        """Take note that what was due was told."""
        self._told += 1

    def waits(self, silent_for: Seconds) -> bool:
        """Return whether the candidate is left to think."""
        long = ANSWERS if self.in_between else THINKS
        return self.running and self.in_time and silent_for < long

    def over(self, silent_for: Seconds, said: str) -> bool:
        """Return whether the take is over here: beyond the time, at the end of a sentence."""
        beyond = self.running and not self.in_time
        return beyond and silent_for >= SENTENCE_PAUSE and said[-1:] in (".", "?", "!")

    @property
    def reason(self) -> str:
        """Why to cut in now; empty if there is no reason."""
        if self.running and self.elapsed >= self.length + OVER_BY:
            return OVERTIME
        between = self.running and self._interrupts and self.in_time
        return IN_BETWEEN if between and self.elapsed >= min(INTERRUPTED_AT, self.length / 2) else ""

    @property
    def since(self) -> Seconds:
        """When there began to be a reason to cut in."""
        after = self.length + OVER_BY if self.reason == OVERTIME else min(INTERRUPTED_AT, self.length / 2)
        return Seconds((self._began or 0.0) + after)

    def _restart(self) -> None:
        if not self._done:
            self._began, self._words, self._told = None, 0, 0


class TakeWatch(Rambling):
    """Cuts in by the clock, whatever is told."""

    def __init__(self, clock: TakeClock) -> None:
        self._clock = clock
        super().__init__(eagerness=Eagerness(0.0))

    def receive(self, final: Sequence[Word], pending: Sequence[Word]) -> None:
        """Take words, and whether it is time."""
        super().receive(final, pending)
        self._due_at = self._clock.since if self._clock.reason and self._progress.latest else None

    def may_begin(self, now: Seconds, silent_for: Seconds) -> bool:
        """Whether this is a place to begin: the end of a clause, or after a while a gap."""
        latest = self._progress.latest
        if latest is None or self._due_at is None:
            return False
        if latest.text[-1:] in CLAUSE_ENDS and now - latest.end <= CLAUSE_PAUSE:
            return True
        waited = now - self._due_at if silent_for < THINKING else 0.0
        return waited >= NO_GAP or (waited >= NO_CLAUSE and silent_for >= MICRO_PAUSE)

    def _told(self) -> tuple[str, ...]:
        return self._clock.reason, f"{self._clock.elapsed:.0f} s into the story"
