"""The live session: one loop, and the microphone is its metronome.

Each frame: the ear hears it, the mouth gives the next block to the speaker, the recorder writes
both, what the background has finished is collected, and every event goes to the floor, whose
commands are carried out before the next frame. Nothing here reads a clock: now is the end of the
latest frame. docs/walkthrough.md follows one frame through.
"""

from collections.abc import Callable
from contextlib import closing

from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import Frame
from vivavoce.simulator.engine.chat_lines import Wording
from vivavoce.simulator.engine.floor import Command, Floor, Interrupted, Left, State, Tick, Typed
from vivavoce.simulator.engine.interviewer import Interviewer, Utterance
from vivavoce.simulator.engine.session_parts import Parts, in_writing, too_late
from vivavoce.transcripts.events import (
    BackChannel,
    BargeIn,
    Event,
    Failed,
    FinalHypothesis,
    NothingSaid,
    PlaybackFinished,
    QuestionAsked,
    RoundBegan,
    Seconds,
    SessionEnded,
    SessionStarted,
    SpeechStarted,
    TurnEnded,
    TurnResumed,
)

Listener = Callable[[Event], None]

MOSTLY = 0.8  # of a line: who speaks then has understood it
ANSWER_STATES = (State.ANSWERING, State.REPLYING, State.CUTTING_IN)


class Session:
    """One interview, from the first frame to goodbye."""

    """One interview, from the first frame to goodbye."""

    def __init__(self, parts: Parts, listeners: tuple[Listener, ...]) -> None:
        self._parts = parts
        self._listeners = listeners
        self._floor = Floor()
        self._interviewer = parts.interviewer
        self._wording = Wording(parts.chat, parts.background, self._chat_failed)
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

    def type(self, text: str) -> None:
        """The candidate typed an answer; what they had said of it before is part of it."""
        self._wishes.append(Typed(at=self._now, text=text))

    def report(self, event: Event) -> None:
        """Tell all who listen of `event`, which may come from outside, such as the microphone's loss."""
        for listener in self._listeners:
            listener(event)

    def run(self) -> None:
        """Hold the interview; return when it is over.

        Raises:
            DeviceError: the microphone cannot be used. All that was said is in the journal.
        """
        self.report(SessionStarted(at=Seconds(0.0)))
        if self._interviewer.leads_on:
            self._began_round()
        self._say(self._interviewer.open(self._now))
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
            self._finish(next((w.reason for w in self._wishes if isinstance(w, SessionEnded)), reason))
            self._parts.close()

    def _step(self, frame: Frame) -> None:
        parts = self._parts
        self._now = frame.ended_at
        block, played = parts.mouth.next(self._now, parts.speaker.latency)
        parts.speaker.play(block)
        for event in parts.record(frame, block):
            self.report(event)
        for event in played:
            self._happen(event)
        parts.background.collect(self._now)
        self._say_in_other_words()
        if (written := parts.written(self._now)) is not None:
            self.report(written)
            self._interviewer.wrote()
        heard = parts.echo.clean(frame, block)
        may_end = self._floor.state is State.ANSWERING and not parts.thinks(self._now)
        for event in parts.ear.receive(heard, may_end=may_end):
            self._happen(event)
        self._happen(Tick(at=self._now))
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            if isinstance(wish, SessionEnded):
                self._finish(wish.reason)
            elif isinstance(wish, Typed):
                self._take_typed(wish)
            else:
                self._happen(wish)
        self._wait()

    def _happen(self, event: Event) -> None:
        """Journal `event`, let the floor decide on it, and carry out what it commands."""
        if self._ended or (isinstance(event, TurnEnded) and self._floor.state is not State.ANSWERING):
            return
        if not isinstance(event, Tick | Interrupted | Left | Typed):
            self.report(event)
        self._note(event)
        for command in self._floor.receive(event):
            if not self._ended:
                self._carry_out(command, event)

    def _take_typed(self, typed: Typed) -> None:
        if self._floor.state is State.ANSWERING:
            self._happen(Interrupted(at=self._now))  # what was said until now is a turn, which goes on
        for event in (typed, *in_writing(self._now, typed.text)):
            self._happen(event)

    def _note(self, event: Event) -> None:
        match event:
            case SpeechStarted():
                if self._floor.state is State.ANSWERING:
                    self._say_softly()
                self._speech_at = event.at
            case FinalHypothesis() if self._floor.state in ANSWER_STATES:
                self._interviewer.listen(event.words)
            case PlaybackFinished() if event.complete:
                self._close_what_was_cut()
                self._heard()

    def _carry_out(self, command: Command, event: Event) -> None:
        match command:
            case Command.REPLY:
                assert isinstance(event, TurnEnded)
                self._reply(event)
            case Command.GO_ON:
                self._say(self._interviewer.again(self._now))
            case Command.DUCK:
                self._parts.mouth.duck()
            case Command.UNDUCK:
                self._parts.mouth.unduck()
            case Command.DROP_REPLY | Command.STOP_SPEAKING:
                self._drop(understood=isinstance(event, Interrupted))
            case Command.END_TURN:
                for ended in self._parts.ear.end_turn("the candidate pressed the key"):
                    self._happen(ended)
            case Command.NOTE_BACK_CHANNEL | Command.NOTE_BARGE_IN | Command.NOTE_RESUMED:
                self._record_overlap(command)

    def _record_overlap(self, command: Command) -> None:
        match command:
            case Command.NOTE_BACK_CHANNEL:
                self._parts.ear.forget()
                self.report(BackChannel(at=self._now, started_at=self._speech_at))
            case Command.NOTE_BARGE_IN:
                self.report(BargeIn(at=self._now, started_at=self._speech_at))
            case _ if self._interviewer.answered:
                self.report(TurnResumed(at=self._now))

    def _reply(self, ended: TurnEnded) -> None:
        if self._interviewer.took_leave(ended):
            self._heard()
        else:
            utterance = self._interviewer.reply(ended, self._now)
            if utterance is None:
                self._happen(Left(at=self._now))
            self._say(utterance)

    def _say(self, utterance: Utterance | None) -> None:
        asks = self._interviewer
        if utterance is None:
            return
        if isinstance(utterance, QuestionAsked) and self._wording.start(utterance, asks.step, asks.turns):
            return
        self._wording.cancel()
        self.report(utterance)
        self._parts.mouth.say(utterance.text)

    def _say_softly(self) -> None:
        """Say to who goes on after a pause that the interviewer follows, when it is time for that."""
        said = self._parts.softly(self._interviewer.back_channels, self._now)
        if said is not None:
            self.report(said)

    def _say_in_other_words(self) -> None:
        line = self._wording.take(self._now)
        if line is not None:
            self._interviewer.reword(line.text)
            self.report(line)
            self._parts.mouth.say(line.text)

    def _chat_failed(self, reason: str) -> None:
        self.report(Failed(at=self._now, stage="chat", reason=reason))

    def _heard(self) -> None:
        usual = self._interviewer.heard()
        self._parts.mouth.prepare(self._interviewer.back_channels.listen(self._now))
        if usual is not None:
            self._parts.ear.expect(usual, self._interviewer.ended)
        if self._interviewer.following is not None:
            self._take_over(self._interviewer.following)
        elif self._interviewer.over:
            self._finish("the interview is over")

    def _take_over(self, following: Interviewer) -> None:
        """Let the interviewer of the next round greet, in a voice and in words of its own."""
        self._interviewer = following
        voice, chat = self._parts.equip(following.persona)
        self._parts.mouth.speak_with(voice)
        self._wording.cancel()
        self._wording = Wording(chat, self._parts.background, self._chat_failed)
        self._began_round()
        self._say(following.open(self._now))

    def _began_round(self) -> None:
        asks = self._interviewer
        self.report(RoundBegan(at=self._now, round=asks.round, persona=asks.persona.name))

    def _close_what_was_cut(self) -> None:
        """After a cut-in that was heeded, what was said before it belongs to no coming answer."""
        if self._floor.state is State.CUTTING_IN and self._parts.ear.silent_for:
            for event in self._parts.ear.end_turn("the interviewer cut in"):
                self._happen(event)

    def _drop(self, *, understood: bool) -> None:
        self._wording.cancel()
        understood = understood or self._parts.mouth.share >= MOSTLY
        for event in self._parts.mouth.drop(self._parts.speaker.stop()):
            self.report(event)
            if understood:
                self._heard()
            elif isinstance(event, PlaybackFinished):
                self._interviewer.spoken_over(event.heard)

    def _wait(self) -> None:
        """Offer help in a silence before the answer; cut in on talk that goes on without progress."""
        busy = self._parts.mouth.busy or self._wording.busy or self._parts.works(self._now)
        if self._floor.state is State.OPEN and not busy:
            self._say(self._interviewer.wait(self._now))
        else:
            self._interviewer.busy()
        for event in self._parts.keep_time(self._now, self._floor.state):
            self._happen(event)
        if self._floor.state is State.ANSWERING:
            self._consider_cutting_in()

    def _consider_cutting_in(self) -> None:
        ear, mouth = self._parts.ear, self._parts.mouth
        objection = self._interviewer.objection(ear.pending)
        if objection is None:
            return
        mouth.prepare(objection)
        if mouth.ready(objection) and (cut := self._interviewer.cut_in(self._now, ear.silent_for)):
            event, utterance = cut
            self._happen(event)
            self._say(utterance)

    def _finish(self, reason: str) -> None:
        """End the session: what was said becomes final, the line stops, goodbye."""
        if self._ended:
            return
        self._ended, parts = True, self._parts
        ends = [*parts.ear.end_turn(reason), *parts.mouth.drop(parts.speaker.stop())]
        for event in [*ends, *too_late(self._wishes, self._now)]:
            if not isinstance(event, NothingSaid):
                self.report(event)
        ended = SessionEnded(at=self._now, reason=reason)
        self.report(ended)
        self._floor.receive(ended)
