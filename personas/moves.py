"""The vocabulary between the director and the phrasing: what the interviewer does next, not yet in words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Move(StrEnum):
    """What an interviewer can do."""

    OPEN = "open"
    ASK = "ask"
    PROBE_SITUATION = "probe(situation)"
    PROBE_TASK = "probe(task)"
    PROBE_ACTION = "probe(action)"
    PROBE_RESULT = "probe(result)"
    PROBE_HARDEST = "probe(hardest step)"  # right whether or not an action was told
    PROBE_AFTERMATH = "probe(aftermath)"  # whether it held up: right whether or not a result was told
    PROBE_NUMBER = "probe(number)"
    PROBE_OWN_PART = "probe(own part)"
    PROBE_TRADE_OFF = "probe(trade-off)"
    PROBE_LESSON = "probe(lesson)"
    PROBE_DECISION = "probe(decision)"
    PROBE_FAILURE = "probe(failure)"
    PROBE_EVIDENCE = "probe(evidence)"  # how they know
    PROBE_OTHERS = "probe(others)"  # what others thought of it
    PROBE_POINT = "probe(point)"  # of a topic, in the pack's words
    PROBE_FURTHER = "probe(further)"  # by the level of the answer, likewise
    CLARIFY = "clarify"
    CHALLENGE = "challenge"
    REDIRECT = "redirect"  # back to the question, after an answer to another one
    CUT_IN = "cut in"
    REPEAT = "repeat"  # somebody asked for it
    REPROMPT = "reprompt"  # nobody answered
    RESTART = "restart"  # "let me start over"
    REASSURE = "reassure"  # "I don't know"
    BOUNDARY = "boundary"  # rudeness
    LATER = "later"  # a question of the candidate's, before the time for them
    TELL = "tell"  # a question about the task is answered; it stays open
    EXPLAIN = "explain"  # a question about the question is answered; it stays open
    GO_ON = "go on"  # the candidate is let speak on
    ACCEPT = "accept"  # a refusal: nothing is probed
    CARE = "care"  # grief, illness, harassment: a humane line and an offer
    CONFIRM_STOP = "confirm stop"  # shall we stop here?
    TIME_CHECK = "time check"
    HAND_OVER = "hand over"  # what would you like to ask?
    ANSWER = "answer"  # what the pack says about the role
    DECLINE = "decline"  # a question that the interviewer cannot answer
    HAND_ON = "hand on"  # to the interviewer of the next round
    CLOSE = "close"


IN_PACK = (Move.PROBE_POINT, Move.PROBE_FURTHER)  # follow-ups whose words are the pack's


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the interviewer does next, and why."""

    move: Move
    why: str
    question: str = ""  # the words of a pack's question, to be said as they are
    next: str = ""  # who takes over, when it hands on
    about: str = ""  # a claim that the line may name, "you moved the flag"; "" when there is none to trust
    wanted: str = (
        ""  # for a cut-in: the part to redirect to, one of situation, action, result, number, question
    )
    asks: str = ""  # the list that other words are from for a follow-up that was not understood
    minutes_left: float = 0  # for a time check, and of a take whose time is over, how long it was to be
    lead: str = ""  # the list that the lead-in is from, where it is not the move's own
    unanswered: bool = False  # nothing was said that a line could acknowledge
    first: bool = False  # the first line of the session: it introduces the interviewer


@dataclass(frozen=True, slots=True)
class Line:
    """A step in words."""

    step: Step
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one side said while it held the floor."""

    by: Literal["interviewer", "candidate"]
    text: str
