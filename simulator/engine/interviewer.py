"""The interviewer's side of the talk: what has been asked, heard and answered, and what comes next.

It decides nothing about sound. The session tells it what was said and heard; it returns the event
whose text is to be spoken. What a line changes counts only once the line was heard: a line that is
spoken over leaves the interview where it was, and can be said again.
"""

from collections.abc import Sequence
from dataclasses import replace

from vivavoce.personas.content.asking import asked
from vivavoce.personas.content.persona import Persona
from vivavoce.personas.conversation.acts import Reply
from vivavoce.personas.conversation.director import (
    SHORT_ANSWER_WORDS,
    STORY_WORDS,
    Director,
)
from vivavoce.personas.conversation.patience import Eagerness, Ladder, Rambling, Rung
from vivavoce.personas.conversation.phrasing import Templates
from vivavoce.personas.conversation.replies import SILENT, greets, has_questions, kind, takes_leave, yields
from vivavoce.personas.conversation.standing import Decided, Standing
from vivavoce.personas.moves import Line, Move, Said, Step
from vivavoce.transcripts.events import CutIn, Encouraged, QuestionAsked, Reprompt, Seconds, TurnEnded, Word
from vivavoce.transcripts.story.star import Part
from vivavoce.transcripts.story.subject import Meaning, nothing
from vivavoce.transcripts.story.told import told

Utterance = QuestionAsked | Encouraged | Reprompt

MOST_ENCOURAGED = 3  # an answer
DOUBTFUL = 0.3  # below, a turn that ended by long silence was probably not over
BEGUN = Seconds(1.0)  # of a greeting, by when it was heard to be one
LEAVING = (Move.HAND_ON, Move.CLOSE)
# What leaves open what was put before.
LEAVING_OPEN = frozenset(
    {Move.TELL, Move.EXPLAIN, Move.GO_ON, Move.RESTART, Move.CARE, Move.ACCEPT, Move.CONFIRM_STOP}
)
ASKING = (Move.OPEN, Move.ASK, Move.TIME_CHECK)


class Interviewer:
    """Follows one interview and says what is to be said next."""

    def __init__(
        self,
        director: Director,
        persona: Persona,
        templates: Templates,
        eagerness: Eagerness | None = None,
        following: "Interviewer | None" = None,
        meaning: Meaning = nothing,
        watch: Rambling | None = None,
    ) -> None:
        """Take part; `following` leads the next round, `watch` cuts in for other reasons than rambling."""
        self.persona = persona
        self.round = director.round
        self._following = following
        self._director = director
        self._templates = templates
        self.back_channels = templates.back_channels()
        self._ladder = Ladder(persona)
        eagerness = eagerness or Eagerness(persona.cut_in_eagerness)
        self._rambling = watch or Rambling(persona.cut_in_after, eagerness, meaning)
        self._meaning = meaning
        self._standing = Standing()
        self._unheard: tuple[Line, Standing] | None = None
        self._objection: tuple[Line, Standing] | None = None
        self._sounded = Seconds(0.0)  # how much of the unheard line was heard
        self._answer: list[Word] = []
        self._before = 0  # how many words of it were said before the unheard line
        self._followed = 0  # how many of its words the rambling watch has had
        self._encouraged = 0
        self._rude = 0  # in the rounds before
        self._move = Move.OPEN
        self.turns: list[Said] = []  # what was said and heard so far

    @property
    def step(self) -> Step:
        """What the latest line does, which is not heard yet."""
        assert self._unheard is not None
        return self._unheard[0].step

    def reword(self, text: str) -> None:
        """Take note that the latest line is said in other words."""
        if self._unheard is not None:
            line, standing = self._unheard
            self._unheard = replace(line, text=text), standing

    @property
    def over(self) -> bool:
        """Whether goodbye was heard."""
        return self._standing.over

    @property
    def leads_on(self) -> bool:
        """Whether another round follows."""
        return self._following is not None

    @property
    def following(self) -> "Interviewer | None":
        """Who takes over now, once the line that hands on was heard."""
        return self._following if self.over and self._move is Move.HAND_ON else None

    @property
    def answered(self) -> bool:
        """Whether something was said since the last line was heard."""
        return bool(self._answer)

    def open(self, now: Seconds) -> Utterance:
        """Return the first line; asked again, the same."""
        if self._unheard is not None:
            return self._asked(now, *self._unheard)
        self._standing, step = self._director.opening(now, self._rude)  # a greeting is never taken back
        return self._asked(now, self._line(step), self._standing)

    def listen(self, words: Sequence[Word]) -> None:
        """Take words of the candidate's that are final."""
        self._answer.extend(words)

    def wrote(self) -> None:
        """Take note that something was written to the pad."""
        self._standing = replace(self._standing, wrote=True)

    def spoken_over(self, sounded: Seconds) -> None:
        """Take note that the latest line was stopped after it had `sounded` for so long."""
        self._sounded = sounded

    def heard(self) -> Seconds | None:
        """Take note that the latest line was heard; return how long an answer to it usually is.

        None means that the line, an encouragement or a reprompt, changed nothing.
        """
        if self._unheard is None:
            return None
        (line, standing), self._unheard = self._unheard, None
        self._standing = replace(standing, wrote=self._standing.wrote and line.step.move not in ASKING)
        if self._answer:
            self.turns.append(Said("candidate", self._text()))
        self.turns.append(Said("interviewer", line.text))
        self._answer.clear()
        self._followed, self._objection = 0, None
        question = self._director.question(self._standing)
        self._rambling.reset(f"{question.theme} {line.text}", same_question=line.step.move not in ASKING)
        self._ladder.reset()
        self._encouraged = 0
        self._move = line.step.move
        self._note_what_was_put(line)
        if self._following is not None:
            self._following._rude = self._standing.rude
        return self._director.usual(self._standing, self._move)

    def _note_what_was_put(self, line: Line) -> None:
        step = line.step
        if step.question or step.asks or step.move not in LEAVING_OPEN:
            put = step.question if asked(step.question) else self._templates.put(line.text)
            self._standing = replace(self._standing, put=put)
        if step.move is Move.GO_ON:
            self._rambling.let_speak()

    def ended(self, pending: Sequence[Word]) -> bool | None:
        """Return whether the story that was asked for has an end with what is `pending`; None without one."""
        return self._director.ended(self._standing, [*self._answer, *pending])

    def reply(self, ended: TurnEnded, now: Seconds) -> Utterance | None:
        """Return what to say after the turn that `ended`; None to leave the floor to the candidate."""
        if self._unheard is not None and (line := self._over_line(ended.text, now)):
            return line
        at = self._standing
        said = kind(ended.text, probe=at.put if at.probing else "", meaning=self._meaning)
        if self._waits(said, ended.text):
            self._leave(ended.text)
            return self._encourage(now) if said is Reply.WAIT and self._encouraged < MOST_ENCOURAGED else None
        if said is Reply.ANSWER and ended.probability < DOUBTFUL and self._encouraged < MOST_ENCOURAGED:
            return self._encourage(now)
        return self._decided(self._director.reply(self._standing, self._answer, now), now)

    def _waits(self, said: Reply, text: str) -> bool:
        """Return whether who `said` that keeps the floor: they think, are ready, or were only polite."""
        if self._standing.stopping:
            return False
        if self._standing.handed_over:
            return said in (Reply.WAIT, Reply.THINKING, Reply.YES) or has_questions(text)
        return said in (Reply.WAIT, Reply.NOTHING, *SILENT)

    def _leave(self, text: str) -> None:
        """Take back the words of `text`, which belong to no answer; a silence after them is one before it."""
        self._unheard = None
        del self._answer[max(0, len(self._answer) - len(text.split())) :]
        self._followed = min(self._followed, len(self._answer))
        self._ladder.pause()

    def took_leave(self, ended: TurnEnded) -> bool:
        """Return whether the turn that `ended` was a goodbye over one, which need not come again then."""
        leaving = self._unheard is not None and self._unheard[0].step.move in LEAVING
        return leaving and takes_leave(ended.text)

    def nothing(self, now: Seconds) -> Utterance:
        """Return what to say when the candidate passes: typed, an empty line."""
        return self._decided(self._director.give_up(self._standing, self._answer, now), now)

    def again(self, now: Seconds) -> Utterance | None:
        """Return the line that a cough stopped, if there was one."""
        return None if self._unheard is None else self._once_more(now)

    def busy(self) -> None:
        """Take note that somebody speaks: a silence before the answer is over."""
        self._ladder.pause()

    def wait(self, now: Seconds) -> Utterance | None:
        """Return what to say into a silence before the answer, when it is time."""
        match self._ladder.step(now, answered=self.answered):
            case Rung.ENCOURAGE:
                return self._encourage(now)
            case Rung.REPROMPT:
                self._unheard = None
                step = self._director.reprompt(self._standing)
                self._standing = replace(self._standing, put=step.question or self._standing.put)
                return Reprompt(at=now, text=self._line(step).text)
            case Rung.MOVE_ON:
                return self.nothing(now)
        return None

    def objection(self, pending: Sequence[Word]) -> str | None:
        """Return the line to cut in with, if the talk has gone on without progress for too long.

        Args:
            pending: what was said and is not final yet.
        """
        fresh, self._followed = self._answer[self._followed :], len(self._answer)
        self._rambling.receive(fresh, pending)
        evidence = self._rambling.evidence()
        if not evidence or self._standing.handed_over:
            self._objection = None
        elif self._objection is None:
            answer = [*self._answer, *pending]
            until = self._rambling.progressed_until
            standing, step = self._director.cut_in(self._standing, answer, until, evidence[0])
            self._objection = self._line(step), standing
        return self._objection[0].text if self._objection else None

    def cut_in(self, now: Seconds, silent_for: Seconds) -> tuple[CutIn, Utterance] | None:
        """Return the cut-in for the objection, if this is a place to begin; else None."""
        if self._objection is None or not self._rambling.may_begin(now, silent_for):
            return None
        (line, standing), evidence = self._objection, self._rambling.evidence()
        self._objection = None
        self._rambling.has_cut_in(now)
        return CutIn(at=now, why=line.step.why, evidence=evidence), self._asked(now, line, standing)

    # Lines that were spoken over

    def _over_line(self, text: str, now: Seconds) -> QuestionAsked | None:
        """Return what follows a `text` over a line that did not answer it; None if it counts as an answer."""
        assert self._unheard is not None
        said, opening = kind(text, meaning=self._meaning), self._unheard[0].step.move is Move.OPEN
        if said in (Reply.STOP, Reply.RUDE) or (opening and said is Reply.REPEAT):
            over = self._answer[self._before :]
            return self._decided(self._director.reply(self._standing, over, now), now)
        unanswered = said in (Reply.NOTHING, Reply.REPEAT, Reply.UNHEARD, *SILENT) or yields(text)
        if unanswered or (opening and not self._knows_the_question(text)):
            return self._once_more(now)
        return None

    def _knows_the_question(self, text: str) -> bool:
        """Return whether `text`, said over the greeting, is a story that answers what it was to ask."""
        story = len(text.split()) >= STORY_WORDS and not told(text).lacks(Part.ACTION)
        return story and not greets(text) and self._director.touched(self._standing, text) > 0

    def _once_more(self, now: Seconds) -> QuestionAsked:
        """Return the line that was spoken over; of a greeting that was begun, only the question."""
        assert self._unheard is not None
        line, standing = self._unheard
        begun = self._sounded >= BEGUN or len(self._answer) - self._before >= SHORT_ANSWER_WORDS
        if line.step.move is Move.OPEN and begun:
            step = Step(move=Move.REPEAT, why="the greeting was spoken over", question=line.step.question)
            line = Line(step, line.step.question)
            standing = standing.having(self._text())
        return self._asked(now, line, standing)

    def _line(self, step: Step) -> Line:
        return Line(step, " ".join(self._templates.phrase(step, self.turns)))

    def _decided(self, decided: Decided, now: Seconds) -> QuestionAsked:
        standing, step = decided
        return self._asked(now, self._line(step), standing)

    def _asked(self, now: Seconds, line: Line, standing: Standing) -> QuestionAsked:
        self._unheard, self._sounded, self._before = (line, standing), Seconds(0.0), len(self._answer)
        return QuestionAsked(at=now, text=line.text, move=line.step.move, why=line.step.why)

    def _encourage(self, now: Seconds) -> Encouraged:
        self._encouraged += 1
        self._unheard = None
        return Encouraged(at=now, text=self._templates.encouragement())

    def _text(self) -> str:
        return " ".join(word.text for word in self._answer)
