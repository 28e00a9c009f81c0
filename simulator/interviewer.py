"""The interviewer's side of the talk: what has been asked, heard and answered, and what comes next.

It decides nothing about sound. The session tells it what was said and heard; it returns the event
whose text is to be spoken. What a line changes counts only once the line was heard: a line that is
spoken over leaves the interview where it was, and can be said again.
"""

from collections.abc import Sequence

from vivavoce.personas.director import Director, Line, Standing
from vivavoce.personas.persona import Persona
from vivavoce.personas.replies import acknowledges
from vivavoce.simulator.patience import Ladder, Rambling, Rung
from vivavoce.transcripts.events import CutIn, Encouraged, QuestionAsked, Reprompt, Seconds, TurnEnded, Word

Utterance = QuestionAsked | Encouraged | Reprompt

ENCOURAGEMENTS = ("Take your time.", "No rush.", "It's fine to think about it.")
DOUBTFUL = 0.3  # below, a turn that ended by long silence was probably not over


class Interviewer:
    """Follows one interview and says what is to be said next."""

    def __init__(self, director: Director, persona: Persona) -> None:
        self._director = director
        self._ladder = Ladder(persona)
        self._rambling = Rambling(persona.cut_in_after)
        self._standing = Standing()
        self._unheard: tuple[Line, Standing] | None = None
        self._answer: list[Word] = []
        self._encouraged = 0
        self._has_cut_in = False  # in this answer; who talks on through it is not cut in on again

    @property
    def over(self) -> bool:
        """Whether goodbye was heard."""
        return self._standing.over

    @property
    def answered(self) -> bool:
        """Whether something was said since the last line was heard."""
        return bool(self._answer)

    def open(self, now: Seconds) -> Utterance:
        """Return the first line."""
        standing, line = self._director.opening()
        return self._asked(now, line, standing)

    def listen(self, words: Sequence[Word]) -> None:
        """Take words of the candidate's that are final."""
        self._answer.extend(words)

    def heard(self) -> Seconds | None:
        """Take note that the latest line was heard; return how long an answer to it usually is.

        None means that the line, an encouragement or a reprompt, changed nothing.
        """
        if self._unheard is None:
            return None
        (line, self._standing), self._unheard = self._unheard, None
        self._answer.clear()
        self._rambling.reset()
        self._ladder.reset()
        self._encouraged, self._has_cut_in = 0, False
        return line.usual_answer

    def reply(self, ended: TurnEnded, now: Seconds) -> Utterance:
        """Return what to say after the turn that `ended`."""
        if ended.probability < DOUBTFUL and self._encouraged < len(ENCOURAGEMENTS):
            return self._encourage(now)
        if self._unheard is not None and (self._standing.question < 0 or acknowledges(ended.text)):
            return self._asked(now, *self._unheard)  # it was spoken over, and not answered
        standing, line = self._director.reply(self._standing, self._text(), now)
        return self._asked(now, line, standing)

    def again(self, now: Seconds) -> Utterance | None:
        """Return the line that a cough stopped, if there was one."""
        return None if self._unheard is None else self._asked(now, *self._unheard)

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
                return Reprompt(at=now, text=self._director.repeat(self._standing).text)
            case Rung.MOVE_ON:
                standing, line = self._director.give_up(self._standing, self._text(), now)
                return self._asked(now, line, standing)
        return None

    def objection(self, pending: Sequence[Word]) -> Line | None:
        """Return the line to cut in with, if the talk has gone on without progress for too long.

        Args:
            pending: what was said and is not final yet.
        """
        self._rambling.receive([*self._answer, *pending])
        evidence = self._rambling.evidence()
        if not evidence or self._standing.redirected or self._has_cut_in:
            return None
        return self._director.redirect(self._standing, evidence[0])[1]

    def cut_in(self, now: Seconds, silent_for: Seconds) -> tuple[CutIn, Utterance] | None:
        """Return the cut-in for the objection, if this is a place to begin; else None."""
        if not self._rambling.may_begin(silent_for):
            return None
        evidence = self._rambling.evidence()
        standing, line = self._director.redirect(self._standing, evidence[0])
        self._has_cut_in = True
        return CutIn(at=now, why=line.why, evidence=evidence), self._asked(now, line, standing)

    def _asked(self, now: Seconds, line: Line, standing: Standing) -> QuestionAsked:
        self._unheard = (line, standing)
        return QuestionAsked(at=now, text=line.text, move=line.move, why=line.why)

    def _encourage(self, now: Seconds) -> Encouraged:
        text = ENCOURAGEMENTS[self._encouraged % len(ENCOURAGEMENTS)]
        self._encouraged += 1
        self._unheard = None
        return Encouraged(at=now, text=text)

    def _text(self) -> str:
        return " ".join(word.text for word in self._answer)
