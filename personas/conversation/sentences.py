"""What one sentence of a reply does, and what several do together.

A sentence is told by what covers it (acts.py). The reason for a request is not an answer ("that was bad, can
I have another go?"), a tag asks nothing ("the queue grew, right?"), and who goes on to tell what they did
only began like somebody who asks. In doubt a sentence is part of an answer.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from vivavoce.personas.conversation.acts import COVERED, GLUE, LEADING, MOST_WORDS, TRAILING, Reply, acts

SHORT_REPLY_WORDS = 16  # a goodbye or a word of attention is told in fewer
MOST_ASKED_ON = 6  # words that ask about one more thing, the question mark with them
BESIDE_WORDS = 12  # of an answer beside a request, which the request still outweighs
MOST_SENTENCES = 5  # of a reply that does something else than answer
# What waits for nothing from the interviewer: the floor stays with the candidate.
SILENT = (Reply.READY, Reply.THINKING, Reply.THANKS, Reply.GREETING, Reply.ACKNOWLEDGED, Reply.YES)
# What asks something of the interviewer, and so stands at the end of what was said, or alone.
REQUESTS = (
    *(Reply.REPEAT, Reply.UNHEARD, Reply.CHOICE, Reply.UNCLEAR, Reply.TIME, Reply.WAIT, Reply.LEAVE),
    *(Reply.ADDS, Reply.RESTART, Reply.STOP, Reply.ENDING, Reply.DECLINES, Reply.MOVE_ON, Reply.RUDE),
    *(Reply.CORRECTS, Reply.NERVOUS, Reply.TOLD, Reply.RECORDED, Reply.WORDING, Reply.THREAD),
)
BESIDE_A_STORY = (  # of which it counts for more
    *(Reply.MOVE_ON, Reply.CORRECTS, Reply.ENDING, Reply.NERVOUS, Reply.TOLD, Reply.RECORDED),
    *(Reply.WORDING, Reply.TIME, Reply.DECLINES),
)
# What is asked for a reason that is given beside it; and what is, whether or not it is put as a request.
_WITH_A_REASON = (
    *(Reply.REPEAT, Reply.UNHEARD, Reply.UNCLEAR, Reply.WAIT, Reply.LEAVE, Reply.RESTART, Reply.MOVE_ON),
    *(Reply.ENDING, Reply.ADDS, Reply.CHOICE, Reply.THINKING, Reply.TIME),
)
_DECLARED = (Reply.DECLINES, Reply.NOT_KNOWN, Reply.LEAVE)
_EXPLAINED = (
    *(Reply.REPEAT, Reply.UNHEARD, Reply.UNCLEAR, Reply.WAIT, Reply.STOP, Reply.SMALL_TALK),
    *(Reply.CORRECTS, Reply.TOLD, Reply.APOLOGY, Reply.NERVOUS),
)
_CLAUSE = re.compile(r",|\bbut\b|\bso\b|\bbecause\b|\band\b| - ")
_BUT_NOW = re.compile(
    r"(?:but|so) (?:i|i'm|i'd|it's|that's) (?!couldn't|wasn't|didn't|had|was)", re.IGNORECASE
)
_REASON = re.compile(r",|\bbecause\b")
WORDS = re.compile(r"[^\W_][\w'%-]*|\?")
_FILLERS = re.compile(r"\b(?:u+[mh]+|e+r+m*|h+m+|a+h+|well|oh|so|like)\b,?", re.IGNORECASE)
_ATTENTION = re.compile(
    r"(?:(?>ok(?:ay)?|right|sure|yes|yeah|yep|yup|m{2,9}-?hm+|m?hm+|mm|uh-?huh|huh|got it|i see|"
    r"of course|absolutely|"
    r"thanks?(?: you)?|alright|all right|go on|cool|true|exactly)[ ,.!]*+)++",
    re.IGNORECASE,
)
# "The queue grew, right?" asks nothing, unless the listener is asked about what was meant.
_TAG = re.compile(
    r"(?:, |(?<! is)(?<!that)(?<! be)(?<! it)(?<! all)(?<! not) )(?:right|yeah|yes|okay|ok|huh|see|no|"
    r"you (?:know|see)|"
    r"(?:is|was|were|are|did|does|do|has|have|had|would|could|ca|wo)n't (?:it|s?he|they|we|i|there))\s*\?$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"(?:so |and |just )?(?:you|your|to|is|are|do|does|can|should|would)\b", re.IGNORECASE
)
# What asks something of the listener in a clause of its own: "that was bad, can I have another go?"
_ASKS = re.compile(
    r"(?:(?:so|and|but|sorry|please|okay|well) ){0,2}(?:please|can|could|would|will|may|might|shall|let me|"
    r"let's(?! say)|is it (?:okay|ok|fine)|do you mind|what (?:was|did|do)|do you|did you|are you|hold on|"
    r"wait|give me|i(?:'d| would) (?:like|love|rather|prefer)|how (?:long|much|many)|one more time|once more|"
    r"again)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?<!you )(?<!that )(?<!this )(?<!my )(?:told|said|says|asked|asks|thought|went like|goes|called|"
    r"wrote|shouted|replied|answered)\b",
    re.IGNORECASE,
)
YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|sure|of course|absolutely|exactly|true|definitely|i (?:do|did|have|was))\b"
)
_NO = re.compile(r"(?:no|nope|nah)\b")
_QUESTION = re.compile(
    r"(?:what|how|why|when|where|who|which|whose|is|are|do|does|did|can|could|would|will|should|may|have|has)\b"
)
_ASKS_ON = re.compile(r"(?:and|what about|how about)\b")  # "and holidays?"
_OF_THEIRS = re.compile(
    r"\b(?:your|you|team|company|role|position|job|salary|pay|remote|hybrid|office|hours|next step|process|"
    r"stack|benefits|vacations?|holidays?|culture|product|manager|boss|start date|growth|career|visa|"
    r"contract|bonus|equity|people|engineers)\b"
)
# With a question mark behind it, of these as well.
_OF_A_JOB = re.compile(
    r"\b(?:feedback|shifts?|rota|ward|uniform|training|promot\w+|day|start|working on|challenges|department|"
    r"success|notice|travel|learn|tools?|software|decision|hear back|report(?:ing)?|hiring|interviews?|"
    r"from home|week|month|canteen|lunch|on site|part time|full time|earliest|overtime|courses?|parking|"
    r"pension|laptop|insurance|dress code|contact|mentor|remotely|responsibilities|duties|tasks)\b"
)
# What somebody did then ("I forgot the allergy, so I ran back" only begins as something that is added),
_WENT_ON = re.compile(
    r" (?:and|so|but|then) (?:then |in the end |finally |eventually |afterwards )?(?:i|we|he|she|they) "
    r"(?!missed|lost|forgot|wondered|wanted|needed|zoned|agreed)(?:then |just )?"
    r"(?:[a-z]+ed|had|did|went|made|took|built|told|found|wrote|gave|ran|drove|kept|said|rang|left|sent|bought|"
    r"sold|put|cut|set|led|taught|spoke|held|got(?! (?:lost|disconnected|cut))|brought|began|chose|"
    r"couldn't (?:ask|find|do|use|go|see|stop|change|wait|leave|sleep|reach))\b"
    # and what somebody said to somebody else: "she asked me, can you repeat that?"
    r"|\b(?:i|we|he|she|they|(?:the|my|our|his|her) [a-z]+) (?:asked|told) (?:me|him|her|them|us|the|my)\b"
    r"(?! (?:not|never) to)|\b(?:i|he|she|they|we) (?:said|asked|thought|shouted|replied) "
    r"(?:and|to (?:him|her|them|the|my))\b"
)
_TOLD = re.compile(
    r"\b(?:i|we|it|they|he|she) (?:(?!need)\w+ed|was|were|had|did|got|went|made|took|built|told|found)\b"
)


def acknowledges(text: str) -> bool:
    """Return whether `text` is only a word of attention, or a filler, and so answers nothing."""
    said = bare(text)
    return not said or _ATTENTION.fullmatch(said) is not None


@lru_cache(maxsize=64)
def does(sentence: str) -> Reply:
    """Return what `sentence` does as a whole, or else by its clauses, if none of them tells anything."""
    act = _act(sentence)
    clauses = [one for one in _CLAUSE.split(sentence) if WORDS.search(one)]
    if act not in (Reply.ANSWER, Reply.QUESTION) or not 1 < len(clauses) <= MOST_SENTENCES:
        return act
    if len(sentence.split()) > MOST_WORDS:
        return act
    if all(_act(one) not in (Reply.ANSWER, Reply.QUESTION) for one in clauses):
        return together(clauses, [_act(one) for one in clauses], sentence)
    last = _act(clauses[-1])
    return last if last in (Reply.CHECKS, Reply.THREAD) else _beside(sentence) or act


def _beside(sentence: str) -> Reply | None:
    """Return what one clause of `sentence` asks of the listener or tells them, for a reason in the rest."""
    clauses = [one.strip() for one in _REASON.split(sentence) if WORDS.search(one)]
    if not 1 < len(clauses) <= MOST_SENTENCES:
        return None
    short = [len(sentence.split()) - len(one.split()) <= BESIDE_WORDS for one in clauses]
    told = _TOLD.search(" ".join(clauses[1:]).lower()) is not None
    for at, rest in ((0, clauses[1:]), (-1, clauses[:-1])):
        if short[at] and not _TOLD.search(" ".join(rest).lower()) and _act(clauses[at]) is Reply.TOLD:
            return Reply.TOLD
    if _REPORTED.search(sentence):
        return None
    if any(fits and _act(one) is Reply.RECORDED for fits, one in zip(short, clauses, strict=True)):
        return Reply.RECORDED
    for at in reversed(range(len(clauses))):
        if short[at] and _ASKS.match(clauses[at]) and (asked := _act(clauses[at])) in _WITH_A_REASON:
            return asked
    if short[-1] and _BUT_NOW.match(clauses[-1]) and (declared := _act(clauses[-1])) in _DECLARED:
        return declared
    if not short[0] or told:
        return None
    return explained if (explained := _act(clauses[0])) in _EXPLAINED else None


@lru_cache(maxsize=64)
def _act(sentence: str) -> Reply:
    """Return what `sentence` does by what covers it."""
    if (tag := _TAG.search(sentence.strip())) and not _ADDRESSED.match(sentence.strip()):
        sentence = sentence.strip()[: tag.start()]
    words = " ".join(WORDS.findall(sentence.lower()))
    if len(words.split()) > MOST_WORDS:
        return Reply.ANSWER
    if acknowledges(sentence):
        return _short(words)
    bare, led = _core(words)
    if not bare.strip(" ?"):
        return _short(words)
    without = [one.replace("?", "").strip() for one in (bare, led, words)]
    forms = dict.fromkeys([*without, *((bare, led) if "?" in words else ())])
    went_on = _WENT_ON.search(words) is not None
    for reply, patterns in acts().items():
        if any(_covers(patterns, one) for one in forms):
            return Reply.ANSWER if went_on and reply not in (Reply.CORRECTS, Reply.THANKS) else reply
    if _NO.match(words) and len(bare.split()) <= 2:
        return Reply.NO
    return Reply.QUESTION if _asks(words, led) else Reply.ANSWER


def _core(words: str) -> tuple[str, str]:
    """Return `words` without their glue, and without what else leads into them and trails behind."""
    bare = " ".join(GLUE.sub(" ", words).split())
    led = TRAILING.sub("", LEADING.sub("", bare, count=1)) if LEADING.match(bare) else TRAILING.sub("", bare)
    return (led, bare) if led.strip(" ?") else ("", bare)


def _short(words: str) -> Reply:
    """Return what `words` do that are nothing but glue and words of attention."""
    if _NO.match(words):
        return Reply.NO
    if "english" in words:
        return Reply.APOLOGY
    if "thank" in words:
        return Reply.THANKS
    if re.search(r"\b(?:hi|hello|hey)\b", words):
        return Reply.UNHEARD if "?" in words else Reply.GREETING
    if re.search(r"\bwait\b", words):
        return Reply.WAIT
    return Reply.YES if YES.search(words) else Reply.ACKNOWLEDGED


def _covers(patterns: Sequence[re.Pattern[str]], words: str) -> bool:
    """Return whether what one of `patterns` finds is most of `words`; the first finds what any does."""
    least = max(1, COVERED * len(words.replace("?", " ").split()))
    if not patterns[0].search(words):
        return False
    return any(
        sum(len(found.group().replace("?", " ").split()) for found in one.finditer(words)) >= least
        for one in patterns
    )


def _asks(words: str, led: str) -> bool:
    """Return whether `words` ask something about the role or the company, and tell nothing."""
    if _TOLD.search(words):
        return False
    if _ASKS_ON.match(words) and "?" in words and len(words.split()) <= MOST_ASKED_ON:
        return _OF_THEIRS.search(words) is not None or _OF_A_JOB.search(words) is not None
    if _QUESTION.match(led) is None:
        return False
    if _OF_THEIRS.search(led):
        return "?" in words or len(words.split()) <= SHORT_REPLY_WORDS
    return "?" in words and _OF_A_JOB.search(words) is not None


def together(sentences: Sequence[str], acts: Sequence[Reply], text: str) -> Reply:
    """Return what sentences that do `acts` do together."""
    told = sum(len(one.split()) for one, act in zip(sentences, acts, strict=True) if act is Reply.ANSWER)
    wants = [act for act in acts if act not in (Reply.ANSWER, Reply.CHECKS, *SILENT)]
    last = next((act for act in reversed(acts) if act not in SILENT), acts[-1])
    if not told and {Reply.TIME, Reply.WAIT} <= {*wants}:  # "how long will it take? I have to get the bus"
        return Reply.TIME
    if not told:
        return next(
            (act for act in reversed(wants) if act in REQUESTS), wants[-1] if wants else _softest(acts)
        )
    if acts[-1] is Reply.CHECKS:
        return Reply.CHECKS
    if Reply.RUDE in wants and len(text.split()) <= 3 * BESIDE_WORDS:
        return Reply.RUDE
    if acts[0] in (Reply.CORRECTS, Reply.ADDS) and told <= 3 * BESIDE_WORDS:
        return acts[0]
    if last in REQUESTS and (told <= BESIDE_WORDS or last not in BESIDE_A_STORY):
        return last
    if (
        wants
        and wants[0] in (*REQUESTS, Reply.NOT_KNOWN)
        and told <= BESIDE_WORDS
        and acts[0] is not Reply.ANSWER
    ):
        general = told <= BESIDE_WORDS // 2 or not _TOLD.search(text.lower())
        return wants[0] if wants[0] is not Reply.NOT_KNOWN or general else Reply.ANSWER
    return Reply.ANSWER


def _softest(acts: Sequence[Reply]) -> Reply:
    for act in (Reply.CHECKS, Reply.THINKING, Reply.READY, Reply.GREETING, Reply.THANKS, Reply.YES):
        if act in acts:
            return act
    return Reply.ACKNOWLEDGED


def bare(text: str) -> str:
    """Return `text` without fillers and without marks at its ends."""
    return " ".join(_FILLERS.sub(" ", text.replace("\u2019", "'")).split()).strip(" ,.!?…-")
