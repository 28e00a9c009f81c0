"""The live session: one loop, and the microphone is its metronome.

Each frame: the ear hears it, the mouth gives the next block to the speaker, the recorder writes
both, what the background has finished is collected, and every event goes to the floor, whose
commands are carried out before the next frame. Nothing here reads a clock: now is the end of the
latest frame. docs/walkthrough.md follows one frame through.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from vivavoce.audio.echo import EchoGuard
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import Frame, Samples
from vivavoce.audio.ports import Microphone, Speaker
from vivavoce.personas.director import Director, Line, Standing, acknowledges
from vivavoce.personas.persona import Persona
from vivavoce.simulator.background import Background
from vivavoce.simulator.ear import Ear
from vivavoce.simulator.floor import Command, Floor, Interrupted, State, Tick
from vivavoce.simulator.mouth import Mouth
from vivavoce.simulator.patience import Ladder, Rambling, Rung
from vivavoce.simulator.recorder import Recorder, RecorderError
from vivavoce.transcripts.events import (
    BackChannel,
    BargeIn,
    CutIn,
    Encouraged,
    Event,
    Failed,
    FinalHypothesis,
    FramesLost,
    NothingSaid,
    PlaybackFinished,
    QuestionAsked,
    Reprompt,
    Seconds,
    SessionEnded,
    SessionStarted,
    SpeechStarted,
    TurnEnded,
    TurnResumed,
    Word,
)

Listener = Callable[[Event], None]

ENCOURAGEMENTS = ("Take your time.", "No rush.", "It's fine to think about it.")
MOSTLY = 0.8  # of a line: who speaks then has understood it
ANSWER_STATES = (State.ANSWERING, State.REPLYING, State.CUTTING_IN)
DOUBTFUL = 0.3  # below, a turn that ended by long silence was probably not over


@dataclass(slots=True)
class Parts:
    """What a session is made of; each is real or simulated."""

    microphone: Microphone
    speaker: Speaker
    echo: EchoGuard
    ear: Ear
    mouth: Mouth
    background: Background
    director: Director
    persona: Persona
    recorder: Recorder | None = None


class Session:
    """One interview, from the first frame to goodbye."""

    def __init__(self, parts: Parts, listeners: tuple[Listener, ...]) -> None:
        self._parts = parts
        self._listeners = listeners
        self._floor = Floor()
        self._ladder = Ladder(parts.persona)
        self._rambling = Rambling(parts.persona.cut_in_after)
        self._standing = Standing()
        self._unheard: tuple[Line, Standing] | None = None
        self._answer: list[Word] = []
        self._encouraged = 0
        self._has_cut_in = False  # in this answer; who talks on through it is not cut in on again
        self._now = Seconds(0.0)
        self._speech_at = Seconds(0.0)
        self._ended = False
        self._wishes: list[Event] = []

    @property
    def state(self) -> State:
        """What is going on, for the screen."""
        return self._floor.state

    def interrupt(self) -> None:
        """The candidate pressed the key: take the floor, or say that the answer is done."""
        self._wishes.append(Interrupted(at=self._now))

    def end(self, reason: str) -> None:
        """End at the next frame."""
        self._wishes.append(SessionEnded(at=self._now, reason=reason))

    def report(self, event: Event) -> None:
        """Take an event from outside, such as the microphone's loss."""
        self._emit(event)

    def run(self) -> None:
        """Hold the interview; return when it is over.

        Raises:
            DeviceError: the microphone cannot be used. All that was said is in the journal.
        """
        self._emit(SessionStarted(at=Seconds(0.0)))
        standing, line = self._parts.director.opening()
        self._say(line, standing)
        reason = "the sound ended"
        try:
            with closing(self._parts.microphone.frames()) as frames:
                for frame in frames:
                    self._step(frame)
                    if self._ended:
                        break
        except DeviceError:
            reason = "the microphone went away"
            raise
        finally:
            self._finish(reason)
            if self._parts.recorder is not None:
                self._parts.recorder.close()

    def _step(self, frame: Frame) -> None:
        parts = self._parts
        self._now = frame.ended_at
        if frame.lost:
            self._emit(FramesLost(at=self._now, samples=frame.lost))
        block, played = parts.mouth.next(self._now)
        parts.speaker.play(block)
        self._record(frame, block)
        for event in played:
            self._happen(event)
        parts.background.collect(self._now)
        heard = parts.echo.clean(frame, block)
        for event in parts.ear.receive(heard, may_end=self._floor.state is State.ANSWERING):
            self._happen(event)
        self._happen(Tick(at=self._now))
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            if isinstance(wish, SessionEnded):
                self._finish(wish.reason)
            else:
                self._happen(wish)
        self._wait()

    def _happen(self, event: Event) -> None:
        """Journal `event`, let the floor decide on it, and carry out what it commands."""
        if self._ended or (isinstance(event, TurnEnded) and self._floor.state is not State.ANSWERING):
            return
        if not isinstance(event, Tick | Interrupted):
            self._emit(event)
        self._note(event)
        for command in self._floor.receive(event):
            self._carry_out(command, event)

    def _record(self, frame: Frame, block: Samples) -> None:
        if self._parts.recorder is None:
            return
        try:
            self._parts.recorder.write(frame.samples, block)
        except RecorderError as error:
            self._emit(Failed(at=self._now, stage="recording", reason=str(error)))

    def _emit(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)

    def _note(self, event: Event) -> None:
        match event:
            case SpeechStarted():
                self._speech_at = event.at
            case FinalHypothesis() if self._floor.state in (
                State.ANSWERING,
                State.REPLYING,
                State.CUTTING_IN,
            ):
                self._answer.extend(event.words)
            case PlaybackFinished() if event.complete:
                self._close_what_was_cut()
                self._heard()
            case _:
                pass

    def _carry_out(self, command: Command, event: Event) -> None:
        match command:
            case Command.REPLY:
                assert isinstance(event, TurnEnded)
                self._reply(event)
            case Command.GO_ON:
                self._go_on()
            case Command.DUCK:
                self._parts.mouth.duck()
            case Command.UNDUCK:
                self._parts.mouth.unduck()
            case Command.DROP_REPLY | Command.STOP_SPEAKING:
                self._drop(understood=isinstance(event, Interrupted))
            case Command.END_TURN:
                for ended in self._parts.ear.end_turn("the candidate's key"):
                    self._happen(ended)
            case Command.NOTE_BACK_CHANNEL | Command.NOTE_BARGE_IN | Command.NOTE_RESUMED:
                self._record_overlap(command)

    def _record_overlap(self, command: Command) -> None:
        match command:
            case Command.NOTE_BACK_CHANNEL:
                self._parts.ear.forget()
                self._emit(BackChannel(at=self._now, started_at=self._speech_at))
            case Command.NOTE_BARGE_IN:
                self._emit(BargeIn(at=self._now, started_at=self._speech_at))
            case _ if self._answer:
                self._emit(TurnResumed(at=self._now))

    # The interviewer's side

    def _reply(self, ended: TurnEnded) -> None:
        if ended.probability < DOUBTFUL and not self._encouraged:
            self._encourage()
        elif self._unheard is not None and (self._standing.question < 0 or acknowledges(ended.text)):
            self._say(*self._unheard)  # it was spoken over, and not answered
        else:
            answer = " ".join(word.text for word in self._answer)
            standing, line = self._parts.director.reply(self._standing, answer, self._now)
            self._say(line, standing)

    def _go_on(self) -> None:
        """A cough stopped the line that was to be heard: say it."""
        if self._unheard is not None:
            self._say(*self._unheard)

    def _say(self, line: Line, standing: Standing) -> None:
        self._unheard = (line, standing)
        self._emit(QuestionAsked(at=self._now, text=line.text, move=line.move, why=line.why))
        self._parts.mouth.say(line.text)

    def _encourage(self) -> None:
        text = ENCOURAGEMENTS[self._encouraged % len(ENCOURAGEMENTS)]
        self._encouraged += 1
        self._unheard = None
        self._emit(Encouraged(at=self._now, text=text))
        self._parts.mouth.say(text)

    def _heard(self) -> None:
        """The line was heard: the interview stands where the director said it would."""
        if self._unheard is not None:
            (line, self._standing), self._unheard = self._unheard, None
            self._parts.ear.expect(line.usual_answer)
            self._answer.clear()
            self._rambling.reset()
            self._encouraged = 0
            self._has_cut_in = False
            self._ladder.reset()
        if self._standing.over:
            self._finish("the interview is over")

    def _close_what_was_cut(self) -> None:
        """After a cut-in that was heeded, what was said before it belongs to no coming answer."""
        if self._floor.state is State.CUTTING_IN and self._parts.ear.silent_for:
            for event in self._parts.ear.end_turn("cut in"):
                self._happen(event)

    def _drop(self, *, understood: bool) -> None:
        understood = understood or self._parts.mouth.share >= MOSTLY
        for event in self._parts.mouth.drop():
            self._emit(event)
            if understood:
                self._heard()
        self._parts.speaker.stop()

    # Patience: silence before an answer, and talk that does not move on

    def _wait(self) -> None:
        if self._floor.state is not State.OPEN or self._parts.mouth.busy:
            self._ladder.pause()
        else:
            self._offer_help()
        if self._floor.state is State.ANSWERING:
            self._consider_cutting_in()

    def _offer_help(self) -> None:
        match self._ladder.step(self._now, answered=bool(self._answer)):
            case Rung.ENCOURAGE:
                self._encourage()
            case Rung.REPROMPT:
                text = self._parts.director.repeat(self._standing).text
                self._unheard = None
                self._emit(Reprompt(at=self._now, text=text))
                self._parts.mouth.say(text)
            case Rung.MOVE_ON:
                answer = " ".join(word.text for word in self._answer)
                standing, line = self._parts.director.give_up(self._standing, answer, self._now)
                self._say(line, standing)
            case None:
                pass

    def _consider_cutting_in(self) -> None:
        parts = self._parts
        self._rambling.receive([*self._answer, *parts.ear.pending])
        evidence = self._rambling.evidence()
        if not evidence or self._standing.redirected or self._has_cut_in:
            return
        standing, line = parts.director.redirect(self._standing, evidence[0])
        parts.mouth.prepare(line.text)
        if parts.mouth.ready(line.text) and self._rambling.may_begin(parts.ear.silent_for):
            self._has_cut_in = True
            self._happen(CutIn(at=self._now, why=line.why, evidence=evidence))
            self._say(line, standing)

    def _finish(self, reason: str) -> None:
        """End the session: what was said becomes final, the line stops, goodbye."""
        if self._ended:
            return
        self._ended = True
        for event in [*self._parts.ear.end_turn(reason), *self._parts.mouth.drop()]:
            if not isinstance(event, NothingSaid):
                self._emit(event)
        ended = SessionEnded(at=self._now, reason=reason)
        self._emit(ended)
        self._floor.receive(ended)
        self._parts.speaker.stop()
