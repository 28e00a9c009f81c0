"""What a sentence says by itself, beyond doubt: an outcome, a lesson, an aim, steps, a setting. Pure.

The reader of parts.py weighs a sentence with those beside it, and errs on people who tell otherwise than
those it learnt from. What follows from the words alone is put right here, so that the same sentence is
taken for the same thing whatever stands beside it: what plainly came of it is no situation, and what was
asked for is no result. The cues are few and narrow: what they do not find stays as it was read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from vivavoce.transcripts.story.parts import Sentence, Story
from vivavoce.transcripts.story.star import DOING

PLAIN = 0.9  # probability of what is plainly said
LEAST_STEPS = 2  # things in a sentence that "I" did, from which it is told what was done

_CHANGED = (
    r"(?:cut|brought|reduced|lowered|raised|increased|decreased|improved|shortened|halved|doubled|"
    r"tripled|shrank|got|took)"
)
_AMOUNT = r"(?:\d[\d.,]*\w*|[a-z]+(?:-[a-z]+)?)"
_HOW_MUCH = (
    rf"(?:from [^,.;]{{1,50}} to|(?:down|up) (?:by|to)|by (?:a|an|half|over|about|almost|\d+|{_AMOUNT} "
    r"percent))\b"
)
_GAINED = re.compile(
    rf"\b(?:i|we) (?:\w+ly )?{_CHANGED}\b[^.;]{{0,60}}?\b{_HOW_MUCH}|"
    r"\bmy (?:biggest|greatest|proudest|best|main) (?:achievement|success|win) (?:is|was) that\b|"
    r"\b(?:it|everything|(?:the|a|an|each|every) \w+)(?: now)? (?:ran|runs|takes|took) "
    rf"(?:in |only |just |about |under ){{0,2}}{_AMOUNT} \w+,? (?:now|down from|afterwards?)\b",
    re.IGNORECASE,
)
_CAME_OF_IT = re.compile(  # of what was done before; without that it may be what was wrong
    r"^\W*(?:(?:so|and|but|well) )?(?:in the end|at the end of it|as a result|the (?:end )?result (?:was|is)|"
    r"the outcome (?:was|is))\b(?! of\b)(?!,? (?:i|we) (?:decided|had to|chose|thought))|"
    r"\b(?:it|this|that|the mistake) cost (?:us|me|them) (?!to\b)",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:ever since|since then)\b", re.IGNORECASE)
_LESSON = re.compile(
    r"\bi(?:'ve| have)? [^.;]{1,80}\bever since\b|\b(?:ever since|since then),? i\b", re.IGNORECASE
)
_AIM = re.compile(
    r"\b(?:i|we) (?:was|were|got|had been) (?:asked|told|tasked|supposed|expected|meant|assigned) to\b|"
    r"\b(?:asked|told|wanted|expected) (?:me|us) to\b|\b(?:i|we) (?:had|needed) to\b|"
    r"\b(?:my|our|the) (?:task|job|goal|aim|target|brief) (?:was|is)\b|"
    r"\bit was (?:on|up to) (?:me|us)\b",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"\b(?:years?|months?|weeks?) ago\b|"
    r"\blast (?:year|spring|summer|autumn|fall|winter|month|week|quarter)\b|"
    r"\bin (?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:19|20)\d\d)\b|\bwhen i (?:was|worked|joined|started)\b|"
    r"\bin my (?:first|second|third|last|previous|current|final) \w+\b|"
    r"\b(?:at|in|for|with) (?:my|our|a|an|the) (?:\w+ ){0,3}(?:company|firm|bank|school|clinic|hospital|ward|"
    r"restaurant|kitchen|hotel|shop|store|office|factory|agency|start-?up|team|department|university|"
    r"library|warehouse|plant|bakery|garage|pharmacy|practice|job|internship)\b|"
    r"\bi was (?:a|an|the|working|leading)\b|\bi (?:ran|managed|worked) (?:at|for|in|as|the|a|an)\b|"
    r"\bas (?:a|an|the) (?:\w+ ){0,2}(?:lead|manager|nurse|teacher|cook|chef|clerk|engineer|accountant|"
    r"intern|student|developer|designer|analyst|assistant|supervisor|cashier|driver|trainee)\b",
    re.IGNORECASE,
)
_STEP = rf"{DOING}|(?:then |just |also )?(?:called|rang|phoned)\b"  # "called" may else be a name
_FIRST_STEP = re.compile(rf"(?:^\W*|\bi )(?:{_STEP})", re.IGNORECASE)  # notes have no "I"
_STEPS = re.compile(
    rf"\bi (?:{_STEP})|(?:,|,? and|,? then) (?:then )?(?={DOING})(?!had\b|have\b)\w+", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(?:my (?:own )?(?:part|share|side|bit) (?:was|of it was|in it was)|i did (?:the|all|most of)|"
    r"i was the one who)\b",
    re.IGNORECASE,
)


def outcome(said: str) -> bool:
    """Whether a sentence plainly says what was gained, wherever it stands."""
    return _GAINED.search(_straight(said)) is not None


def came_of_it(said: str) -> bool:
    """Whether a sentence plainly says what came of what was told before, or has been so since then."""
    return any(one.search(_straight(said)) is not None for one in (_CAME_OF_IT, _SINCE))


def lesson(said: str) -> bool:
    """Whether a sentence plainly says what its speaker has done ever since."""
    return _LESSON.search(_straight(said)) is not None


def aim(said: str) -> bool:
    """Whether a sentence plainly says what was wanted, and not that it came about."""
    return _AIM.search(_straight(said)) is not None and not (outcome(said) or came_of_it(said))


def setting(said: str) -> bool:
    """Whether a sentence plainly says where or when something was, or as whom."""
    return _SETTING.search(_straight(said)) is not None


def own_part(said: str) -> bool:
    """Whether a sentence plainly says what its speaker did: two things in a row, or "my part was"."""
    return steps(said) >= LEAST_STEPS or _OWN.search(_straight(said)) is not None


def steps(said: str) -> int:
    """Return how many things "I" did, those told without another "I" included."""
    first = _FIRST_STEP.search(_straight(said))
    return 0 if first is None else 1 + len(_STEPS.findall(_straight(said), first.end()))


def corrected(texts: Sequence[str], story: Story) -> Story:
    """Return `story`, the sentences of which are `texts`, with what they plainly say put right."""
    labels: list[str] = []
    for said, one in zip(texts, story.sentences, strict=True):
        labels.append(_label(said, one.label, done="action" in labels))
    sentences = tuple(
        one if one.label == label else Sentence(one.start, one.end, label, PLAIN)
        for one, label in zip(story.sentences, labels, strict=True)
    )
    present = dict(story.present)
    for part in _plainly(texts, labels):
        present[part] = max(present[part], PLAIN)
    if "result" not in labels and any(one.label == "result" for one in story.sentences):
        present["result"] = min(present["result"], 1 - PLAIN)
    return replace(story, sentences=sentences, present=present)


def _label(said: str, label: str, *, done: bool) -> str:
    """Return the label of a sentence that was read as `label`; `done` is whether steps were told before."""
    if label == "result":
        return "task" if aim(said) and not done else label
    if label in ("situation", "action", "other") and lesson(said):
        return "lesson"
    came = _CAME_OF_IT.search(_straight(said)) is not None and done
    if label in ("situation", "task") and (outcome(said) or came):
        return "result"
    return "result" if label in ("action", "other") and came else label


def _plainly(texts: Sequence[str], labels: Sequence[str]) -> set[str]:
    """Return the parts that are plainly told."""
    told = set()
    for index, (said, label) in enumerate(zip(texts, labels, strict=True)):
        begins = label == "other" and index == 0  # elsewhere what belongs to no part tells none
        if label == "result" and (outcome(said) or came_of_it(said)):
            told.add("result")
        if (label in ("situation", "task", "action") or begins) and setting(said):
            told.add("context")
        if (label in ("situation", "task") or begins) and aim(said):
            told.add("task")
        if label == "lesson" and lesson(said):
            told.add("lesson")
        if label != "other" and own_part(said):
            told.add("action")
    return told


def _straight(said: str) -> str:
    return said.replace("\u2019", "'")
