"""The director: what the interviewer does next. Pure: where the interview stands in, a move out.

It never changes what it is given; it returns where the interview stands if its line is heard.
A line that a candidate speaks over is dropped by keeping the old standing.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from vivavoce.personas.persona import Pack, Persona
from vivavoce.transcripts.events import Seconds

FOLLOW_UPS = 1  # per question, in this first interviewer
SHORT_ANSWER_WORDS = 12
CLOSING_SECONDS = Seconds(45.0)  # what is left at the end for the candidate's question

NUMBER_WORDS = (
    "zero half one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty sixty seventy eighty ninety"
)
AMOUNT = (
    r"(?:(?:about|almost|nearly|over|under|around) )?"
    rf"(?:\$?\d[\d.,]*|{NUMBER_WORDS.replace(' ', '|')}|a (?:third|quarter|tenth))"
)
RESULT = re.compile(
    r"\b(?:in the end|ended up|as a result|the result|the outcome|back to normal|ever since|since then|"
    r"went (?:up|down|from)|(?:fell|grew|rose|dropped|improved|increased|reduced|decreased|cut|got)\b.{0,40}"
    rf"\b(?:by|to|from) {AMOUNT}|(?<!had )(?:doubled|halved|tripled)|saved|we (?:shipped|launched))\b",
    re.IGNORECASE,
)
OWN_PART = re.compile(r"\bI(?:'ve|'d)? (?!think|guess|mean|know|understood|agree|was)\w+", re.IGNORECASE)


class Move(StrEnum):
    """What an interviewer can do."""

    OPEN = "open"
    ASK = "ask"
    REPEAT = "repeat"
    PROBE_RESULT = "probe(result)"
    PROBE_OWN_PART = "probe(own part)"
    CLARIFY = "clarify"
    CUT_IN = "cut in"
    HAND_OVER = "hand over"
    CLOSE = "close"


# How long people usually speak then: a story, or an addition to one.
STORY_SECONDS = Seconds(20.0)
ADDITION_SECONDS = Seconds(4.0)


@dataclass(frozen=True, slots=True)
class Line:
    """What the interviewer says next, as which move, and why."""

    text: str
    move: Move
    why: str

    @property
    def usual_answer(self) -> Seconds:
        """How long an answer to it usually is."""
        return STORY_SECONDS if self.move in (Move.OPEN, Move.ASK) else ADDITION_SECONDS


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the interview stands."""

    question: int = -1
    follow_ups: int = 0
    redirected: bool = False
    handed_over: bool = False
    over: bool = False


class Director:
    """Asks the questions of a pack, with simple follow-ups."""

    def __init__(self, persona: Persona, pack: Pack, minutes: float | None = None) -> None:
        self._persona = persona
        self._pack = pack
        self._ends_at = Seconds(60 * (minutes or pack.minutes))

    def opening(self) -> tuple[Standing, Line]:
        """Return the first line."""
        persona, first = self._persona, self._pack.questions[0]
        text = (
            f"Hi, I'm {persona.name}, and I'll be your {persona.role} today. "
            f"I may jump in to keep us on time. {first.text}"
        )
        return Standing(question=0), Line(text, Move.OPEN, "the interview begins")

    def reply(self, at: Standing, answer: str, now: Seconds) -> tuple[Standing, Line]:
        """Return what follows the `answer` given since the last line was heard."""
        if at.handed_over:
            return self._close(at, answer)
        if now >= self._ends_at - CLOSING_SECONDS:
            return self._hand_over(at, "the time is nearly over")
        if at.follow_ups < FOLLOW_UPS and (probe := self._probe(at, answer)) is not None:
            return replace(at, follow_ups=at.follow_ups + 1), probe
        if at.question + 1 < len(self._pack.questions):
            return self._next(at)
        return self._hand_over(at, "every question was asked")

    def repeat(self, at: Standing) -> Line:
        """Return the line for somebody who did not hear, or did not answer, the last one."""
        question = self._pack.questions[max(at.question, 0)]
        text = question.again if not at.handed_over else "Is there anything you would like to ask me?"
        return Line(text, Move.REPEAT, "nobody answered")

    def redirect(self, at: Standing, why: str) -> tuple[Standing, Line]:
        """Return the line that cuts in on an answer that does not move on."""
        text = "Let me stop you there. What was the result, in one or two sentences?"
        return replace(at, follow_ups=FOLLOW_UPS, redirected=True), Line(text, Move.CUT_IN, why)

    def give_up(self, at: Standing, answer: str, now: Seconds) -> tuple[Standing, Line]:
        """Return what follows a long silence after `answer`, which may be empty."""
        return self.reply(replace(at, follow_ups=FOLLOW_UPS), answer, now)

    def _probe(self, at: Standing, answer: str) -> Line | None:
        words = answer.split()
        if len(words) < SHORT_ANSWER_WORDS:
            return Line("Could you tell me a bit more about that?", Move.CLARIFY, f"only {len(words)} words")
        if not RESULT.search(answer):
            return Line("What came of it in the end?", Move.PROBE_RESULT, "no result was mentioned")
        if not OWN_PART.search(answer):
            return Line(
                "And which part of that did you do yourself?", Move.PROBE_OWN_PART, "no own action was heard"
            )
        return None

    def _next(self, at: Standing) -> tuple[Standing, Line]:
        question = self._pack.questions[at.question + 1]
        lead = ("Thank you. ", "Okay. ", "All right. ", "Good, thanks. ")[at.question % 4]
        line = Line(
            lead + question.text, Move.ASK, f"question {at.question + 2} of {len(self._pack.questions)}"
        )
        return Standing(question=at.question + 1), line

    def _hand_over(self, at: Standing, why: str) -> tuple[Standing, Line]:
        text = "We are nearly at time. What would you like to ask me?"
        return replace(at, handed_over=True), Line(text, Move.HAND_OVER, why)

    def _close(self, at: Standing, answer: str) -> tuple[Standing, Line]:
        asked = "?" in answer
        lead = "That one is for the team to answer properly. " if asked else ""
        why = "the candidate had a question" if asked else "the candidate had no question"
        text = f"{lead}Thank you for your time, and goodbye."
        return replace(at, over=True), Line(text, Move.CLOSE, why)
