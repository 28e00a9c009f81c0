"""One take of a story: what is asked, and an interviewer who listens, and what it asks afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vivavoce.personas.content.pack import Pack, pack
from vivavoce.personas.content.persona import Persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.conversation.director import LATEST_WORDS, Director
from vivavoce.personas.conversation.follow_ups import fit
from vivavoce.personas.conversation.phrasing import Templates, minutes
from vivavoce.personas.conversation.standing import Decided, Standing, probed
from vivavoce.personas.moves import Move, Step
from vivavoce.simulator.engine.interviewer import Interviewer
from vivavoce.simulator.engine.rounds import Cast, on_their_own
from vivavoce.simulator.training.take_clock import WORD, TakeClock, TakeWatch
from vivavoce.transcripts.bank.fields import GENERAL
from vivavoce.transcripts.bank.telling import OVERTIME
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.claims import claims
from vivavoce.transcripts.story.subject import Meaning

PRESSURES = NONE, INTERRUPTED, SCEPTIC, PARTNER = "none", "interrupted", "sceptic", "partner"
PROJECT_STORY = "project-story"
DRIFT = "drift"  # a claim that is another one from take to take
ROUND_MINUTES = 60.0  # never over: the clock of the take is


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What is to be told: the `name` of a story, how it is called, and for how long."""

    name: str
    title: str
    seconds: int = 180
    pressure: str = NONE
    cues: str = WORD
    kind: str = GENERAL  # by which its fields are named
    doubt: str = ""  # what is asked last: about a figure that was another one before

    @property
    def content(self) -> Pack:
        """What is asked: the story alone.

        Raises:
            PersonaError: the pack of project stories cannot be used.
        """
        whole = pack(PROJECT_STORY)
        story = next(one for one in whole.questions if one.id == whole.opens_with)
        line = f"Tell me this story: {self.title.rstrip(' .?!')}. You have {minutes(self.seconds / 60)}."
        told = replace(
            story, theme=self.title, wordings=(line,), again=(line,), seconds=Seconds(self.seconds), traps=()
        )
        return replace(
            whole, questions=(told,), most_questions=1, opens_with="", minutes=self.seconds / 60, papers=False
        )

    def clock(self) -> TakeClock:
        """Return the clock that the take is held to."""
        return TakeClock(self.seconds, self.cues, interrupts=self.pressure == INTERRUPTED)


class TakeDirector(Director):
    """Asks for one story, and after it what the pressure asks."""

    def __init__(
        self, persona: Persona, content: Pack, take: Take, clock: TakeClock, seed: int, meaning: Meaning
    ) -> None:
        """Prepare a `take`; its time is the clock's, and not the round's."""
        super().__init__(persona, content, ROUND_MINUTES, seed, meaning=meaning)
        self._take, self._clock = take, clock

    def opening(self, now: Seconds = Seconds(0.0), rude: int = 0) -> Decided:
        """Return the first step: the question, without a greeting."""
        at, step = super().opening(now, rude)
        return at, replace(step, first=False)

    def cut_in(self, at: Standing, answer: Sequence[Word], until: Seconds, why: str) -> Decided:
        """Return the step that cuts in on an `answer`: about what was just said, or for its point."""
        heard = at.having(" ".join(word.text for word in answer))
        after = replace(heard, probed=heard.probed | {why}, probing=True)
        if why == OVERTIME:
            return after, Step(
                move=Move.CUT_IN, why=why, lead="time is over", minutes_left=self._clock.length / 60
            )
        latest = claims(answer[-LATEST_WORDS:]) or claims(answer)
        about = fit(latest, at.named, Move.CUT_IN)
        return after.naming(about), Step(move=Move.CUT_IN, why=why, about=about, lead=Move.PROBE_DECISION)

    def _follow_up(self, at: Standing, answer: Sequence[Word], text: str, now: Seconds) -> Decided | None:
        if self._clock.in_between and self._clock.in_time and self._clock.running:
            why = "the question in between is answered"
            return replace(at, probing=False), Step(move=Move.GO_ON, why=why)
        return self._pressed(at, answer)

    def _believed(self, at: Standing, now: Seconds) -> Decided | None:
        return None  # a take is followed up by its pressure alone

    def _next(self, at: Standing, now: Seconds) -> Decided:
        return self._pressed(at) or self._close(at, "the story was told")

    def _hand_over(self, at: Standing, why: str) -> Decided:
        return self._pressed(at) or self._close(at, why)

    def _pressed(self, at: Standing, answer: Sequence[Word] = ()) -> Decided | None:
        """Return what the pressure asks next after a story; None if nothing is left."""
        if not at.thread:
            return None
        if self._take.pressure == PARTNER and PARTNER not in at.probed:
            after = replace(at, probed=at.probed | {PARTNER}, probing=True)
            return after, Step(move=Move.ASK, why="the candidate chose a second listener", lead="partner")
        doubts = (Move.CHALLENGE, Move.PROBE_EVIDENCE) if self._take.pressure == SCEPTIC else ()
        for move in doubts:
            if move not in at.probed:
                about = fit(claims(answer), at.named, move)
                return probed(at, move, move, "the candidate chose a sceptic", about)
        if self._take.doubt and DRIFT not in at.probed:
            why = "two takes claim different figures"  # a follow-up: its answer is no story of its own
            step = Step(move=Move.PROBE_POINT, why=why, question=self._take.doubt)
            return replace(at, probed=at.probed | {DRIFT}, probing=True), step
        return None


def cast(take: Take, clock: TakeClock) -> Cast:
    """Return what puts the interviewer of a `take` together."""

    def one(asking: Persona, content: Pack, seed: int, meaning: Meaning) -> Interviewer:
        return Interviewer(
            TakeDirector(asking, content, take, clock, seed, meaning),
            asking,
            Templates(asking, phrases(asking), seed, announce=False),
            meaning=meaning,
            watch=TakeWatch(clock),
        )

    return on_their_own(one)
