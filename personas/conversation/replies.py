"""What a whole reply does, before anybody asks how good it is: an answer, or "can you repeat that?".

Each sentence is told by what covers it (acts.py); the reply is then what its last request is, unless there
is an answer around it. In doubt it is an answer.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from vivavoce.personas.conversation.acts import (
    ACTS,
    COVERED,
    DISTRESS,
    ENGLISH,
    FOREIGN,
    GLUE,
    LEADING,
    MOST_WORDS,
    TRAILING,
    Reply,
)

SHORT_REPLY_WORDS = 16  # a goodbye or a word of attention is told in fewer
BESIDE_WORDS = 12  # of an answer beside a request, which the request still outweighs
MOST_SENTENCES = 5  # of a reply that does something else than answer

# What waits for nothing from the interviewer: the floor stays with the candidate.
SILENT = (Reply.READY, Reply.THINKING, Reply.THANKS, Reply.GREETING, Reply.ACKNOWLEDGED, Reply.YES)
# What asks something of the interviewer, and so stands at the end of what was said, or alone.
REQUESTS = (
    *(
        Reply.REPEAT,
        Reply.UNHEARD,
        Reply.CHOICE,
        Reply.UNCLEAR,
        Reply.TIME,
        Reply.WAIT,
        Reply.LEAVE,
        Reply.ADDS,
    ),
    *(Reply.RESTART, Reply.STOP, Reply.ENDING, Reply.DECLINES, Reply.MOVE_ON, Reply.RUDE, Reply.CORRECTS),
)

_SENTENCE = re.compile(r"[^.?!…;\n]+[.?!…;\n]*")
_CLAUSE = re.compile(r",|\bbut\b|\bso\b|\bbecause\b|\band\b| - ")
_WORDS = re.compile(r"[^\W_][\w'%-]*|\?")
_FILLERS = re.compile(r"\b(?:u+[mh]+|e+r+m*|h+m+|a+h+|well|oh|so|like)\b,?", re.IGNORECASE)
_ATTENTION = re.compile(
    r"(?:(?>ok(?:ay)?|right|sure|yes|yeah|yep|yup|m{2,9}-?hm+|m?hm+|mm|uh-?huh|huh|got it|i see|"
    r"of course|absolutely|"
    r"thanks?(?: you)?|alright|all right|go on|cool|true|exactly)[ ,.!]*+)++",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|sure|of course|absolutely|exactly|true|definitely|i (?:do|did|have|was))\b"
)
_YES_OR_NO = re.compile(
    r"(?:^|[,.] (?:and |so )?)(?:did|do|does|was|were|is|are|have|has|had|could|couldn't|would|will|isn't|"
    r"can)\b[^,.]*\?$",
    re.IGNORECASE,
)
_NO = re.compile(r"(?:no|nope|nah)\b")
_ASKED_AGAIN = re.compile(
    r"(?:(?:oh|sorry|i'm sorry|pardon(?: me)?|excuse me|what|huh|eh|hm+|come again|say what)[ ,.]*+)++\?"
)
_SORRY = r"(?:i(?:'m| am) (?:so )?)?sorry|excuse me|pardon me|my bad|apologies|i didn't mean to interrupt"
_YIELDING = re.compile(
    rf"(?:(?:no|please|okay|yes|{_SORRY})[ ,.!]{{1,3}}){{0,4}}(?:{_SORRY}|(?:(?:please|do|you) )?"
    r"(?:go on|go ahead|continue|carry on|keep going|finish)|after you|you first|you were saying)"
    r"(?:[ ,.!]+(?:please|sorry|with that|with your question))*",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:(?:yes|yeah|okay|sure|sorry)[ ,.!]+)*(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|"
    r"(?:nice|good|great|lovely) to|my name|i(?:'m| am))\b",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"\b(?:(?:good)?bye|take care|see you|have a (?:nice|good|great) (?:day|one|evening|weekend)|"
    r"(?:nice|good|great|lovely) (?:talking|speaking|meeting|to meet))\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:what|how|why|when|where|who|which|whose|is|are|do|does|did|can|could|would|will|should|may|have|has)\b"
)
_OF_THEIRS = re.compile(
    r"\b(?:your|you|team|company|role|position|job|salary|pay|remote|hybrid|office|hours|next step|process|"
    r"stack|benefits|vacation|holiday|culture|product|manager|boss|start date|growth|career|visa|contract|"
    r"bonus|equity|people|engineers)\b"
)
_TOLD = re.compile(
    r"\b(?:i|we|it|they|he|she) (?:\w+ed|was|were|had|did|got|went|made|took|built|told|found)\b"
)


def kind(text: str, *, probe: str = "") -> Reply:
    """Return what kind of reply `text`, a whole turn of the candidate's, is.

    Args:
        text: what was said.
        probe: the follow-up that is open, as it was put; none when it is a question of the pack.
    """
    text = text.replace("\u2019", "'")
    if _foreign(text):
        return Reply.FOREIGN
    if not _bare(text):
        return Reply.NOTHING
    low = " ".join(_WORDS.findall(text.lower()))
    if _ASKED_AGAIN.fullmatch(text.strip().lower()):
        return Reply.REPEAT
    if DISTRESS.search(low):
        return Reply.DISTRESS
    sentences = [one for one in _SENTENCE.findall(text) if _WORDS.search(one)]
    if len(sentences) > MOST_SENTENCES:  # between its beginning and its end, a long reply tells something
        sentences = [sentences[0], text, *sentences[2 - MOST_SENTENCES :]]
    return _in_context(_together(sentences, [_said(one) for one in sentences], text), text, probe)


def acknowledges(text: str) -> bool:
    """Return whether `text` is only a word of attention, or a filler, and so answers nothing."""
    bare = _bare(text)
    return not bare or _ATTENTION.fullmatch(bare) is not None


def yields(text: str) -> bool:
    """Return whether `text`, said over somebody's line, asks them to go on with it: "sorry, go on"."""
    return _YIELDING.fullmatch(_bare(text)) is not None


def greets(text: str) -> bool:
    """Return whether `text` begins as a greeting does, or as people do who introduce themselves."""
    return _GREETING.match(_bare(text)) is not None


def takes_leave(text: str) -> bool:
    """Return whether `text`, said over a goodbye, is one itself, or a thank-you, and asks nothing."""
    leaves = acknowledges(text) or kind(text) in (Reply.NO, Reply.THANKS)
    short = len(text.split()) <= SHORT_REPLY_WORDS and "?" not in text
    return leaves or (short and _LEAVE.search(text) is not None)


@lru_cache(maxsize=64)
def _said(sentence: str) -> Reply:
    """Return what `sentence` does as a whole, or else by its clauses, if none of them tells anything."""
    act = _act(sentence)
    clauses = [one for one in _CLAUSE.split(sentence) if _WORDS.search(one)]
    if act not in (Reply.ANSWER, Reply.QUESTION) or not 1 < len(clauses) <= MOST_SENTENCES:
        return act
    if len(sentence.split()) > MOST_WORDS:
        return act
    acts = [_act(one) for one in clauses]
    return act if Reply.ANSWER in acts or Reply.QUESTION in acts else _together(clauses, acts, sentence)


def _act(sentence: str) -> Reply:
    """Return what `sentence` does by what covers it."""
    words = " ".join(_WORDS.findall(sentence.lower()))
    if len(words.split()) > MOST_WORDS:
        return Reply.ANSWER
    if acknowledges(sentence):
        return _short(words)
    bare, led = _core(words)
    if not bare.strip(" ?"):
        return _short(words)
    without = [one.replace("?", "").strip() for one in (bare, led, words)]
    forms = dict.fromkeys([*without, *((bare, led) if "?" in words else ())])
    for reply, pattern in ACTS.items():
        if any(_covers(pattern, one) for one in forms):
            return reply
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
    if "thank" in words:
        return Reply.THANKS
    if re.search(r"\b(?:hi|hello|hey)\b", words):
        return Reply.UNHEARD if "?" in words else Reply.GREETING
    if re.search(r"\bwait\b", words):
        return Reply.WAIT
    return Reply.YES if _YES.search(words) else Reply.ACKNOWLEDGED


def _covers(pattern: re.Pattern[str], words: str) -> bool:
    """Return whether what `pattern` finds is most of `words`."""
    many = len(words.replace("?", " ").split())
    found = sum(len(one.group().replace("?", " ").split()) for one in pattern.finditer(words))
    return found > 0 and found >= COVERED * many


def _asks(words: str, led: str) -> bool:
    """Return whether `words` ask something about the role or the company, and tell nothing."""
    if _TOLD.search(words):
        return False
    begins = _QUESTION.match(led) is not None
    return ("?" in words and (begins or _OF_THEIRS.search(led) is not None)) or (
        begins and len(words.split()) <= SHORT_REPLY_WORDS and _OF_THEIRS.search(words) is not None
    )


def _together(sentences: Sequence[str], acts: Sequence[Reply], text: str) -> Reply:
    """Return what sentences that do `acts` do together."""
    told = sum(len(one.split()) for one, act in zip(sentences, acts, strict=True) if act is Reply.ANSWER)
    wants = [act for act in acts if act not in (Reply.ANSWER, Reply.CHECKS, *SILENT)]
    last = next((act for act in reversed(acts) if act not in SILENT), acts[-1])
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
    if last in REQUESTS and (
        told <= BESIDE_WORDS or last not in (Reply.MOVE_ON, Reply.CORRECTS, Reply.ENDING)
    ):
        return last
    if (
        wants
        and wants[0] in (*REQUESTS, Reply.NOT_KNOWN)
        and told <= BESIDE_WORDS
        and acts[0] is not Reply.ANSWER
    ):
        return wants[0] if wants[0] is not Reply.NOT_KNOWN or told <= BESIDE_WORDS // 2 else Reply.ANSWER
    return Reply.ANSWER


def _softest(acts: Sequence[Reply]) -> Reply:
    for act in (Reply.CHECKS, Reply.THINKING, Reply.READY, Reply.GREETING, Reply.THANKS, Reply.YES):
        if act in acts:
            return act
    return Reply.ACKNOWLEDGED


def _in_context(said: Reply, text: str, probe: str) -> Reply:
    """Return what is done with `said`: to a follow-up that yes answers, yes is an answer."""
    if said in (Reply.YES, Reply.READY) and _YES_OR_NO.search(probe) and _YES.search(text.lower()):
        return Reply.ANSWER
    return said


def _foreign(text: str) -> bool:
    words = re.findall(r"[^\W\d_][^\W\d_'-]*(?:['-][^\W\d_]+)?", text.lower())
    letters = [one for one in text if one.isalpha()]
    if letters and sum(ord(one) > 0x24F for one in letters) > len(letters) / 2:
        return True
    other = sum(word in FOREIGN for word in words)
    english = sum(word in ENGLISH for word in words)
    return len(words) >= 3 and other >= 2 and other > 2 * english


def _bare(text: str) -> str:
    return " ".join(_FILLERS.sub(" ", text.replace("\u2019", "'")).split()).strip(" ,.!?…-")
