"""What kind of reply it was, before anybody asks how good: an answer, or "can you repeat that?".

Whole-utterance patterns over short replies, because inside a story the same words mean nothing:
"I don't know if you have heard of Kafka" is not giving up.
"""

import re
from enum import StrEnum

SHORT_REPLY_WORDS = 16  # a kind other than an answer is told in fewer


class Reply(StrEnum):
    """What a candidate's turn was."""

    NOTHING = "nothing"
    ANSWER = "answer"
    ACKNOWLEDGED = "acknowledged"
    NOT_KNOWN = "not known"
    REPEAT = "repeat, please"
    RESTART = "start over"
    WAIT = "wait, please"
    STOP = "stop"
    RUDE = "rude"
    QUESTION = "question"
    NO = "no"


_FILLERS = re.compile(r"\b(?:u+[mh]+|e+r+m*|h+m+|a+h+|well|oh|so|like)\b,?", re.IGNORECASE)
_ACKNOWLEDGEMENT = re.compile(
    r"(?:(?>ok(?:ay)?|right|sure|yes|yeah|yep|yup|m{2,9}-?hm+|m?hm+|mm|uh-?huh|huh|got it|i see|"
    r"of course|absolutely|"
    r"thanks?(?: you)?|alright|all right|go on|cool|true|exactly)[ ,.!]*+)++",
    re.IGNORECASE,
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
_SAYS = {
    # The whole of it, as it ends everything. "like" is gone by then, as a filler.
    Reply.STOP: (
        r"^(?:(?:sorry|i think|i guess|okay|ok|no|actually|thanks|thank you|please)[ ,.]+)*"
        r"(?:(?:i(?:'d| would) (?:to|rather|prefer to)|i (?:want|need|have) to|i(?:'ve| have) got to|"
        r"(?:can|could|shall|may) (?:we|i)|let's|let us) (?:please |just )?(?:stop|end|quit|leave|finish|go)|"
        r"(?:stop|end|quit|leave) (?:the|this) (?:interview|session|call))"
        r"(?: (?:here|now|this|today|it here|(?:this|the) (?:interview|session|call)))*"
        r"(?:[ ,.]+(?:please|now|thanks|thank you|sorry))*$"
    ),
    Reply.RUDE: (
        r"\b(?:shut up|screw you|fuck(?:ing)?(?: you| this| off)|go to hell|you(?:'re| are) (?:an? )?"
        r"(?:idiot|moron|stupid|useless|pathetic|joke)|this is (?:bullshit|bs|stupid|a waste of)|"
        r"(?:stupid|dumb|idiotic) question|piss off|what the hell)\b"
    ),
    Reply.RESTART: (
        r"\b(?:(?:let me|can i|could i|may i|i(?:'d| would) to|i want to|mind if i) (?:just )?"
        r"(?:start (?:over|again)|restart|begin again|try (?:that |this )?again|rephrase)|scratch that)\b"
    ),
    Reply.REPEAT: (
        r"\b(?:(?:can|could|would) you (?:please )?(?:repeat|say|ask|rephrase|clarify)|"
        r"say that again|come again|"
        r"what was the question|(?:i )?(?:didn't|did not|couldn't) (?:catch|hear|get) (?:that|you|the)|"
        r"repeat (?:that|the question)|(?:sorry|pardon)(?: me)?,? (?:what|i missed)|what do you mean|"
        r"i don't understand the question|(?:do )?you mean|should i|does it have to|is it okay|"
        r"can (?:it|i) (?:be|use|take))\b"
    ),
    Reply.WAIT: (
        r"\b(?:(?:give me|let me|just|need|take) (?:have )?(?:a|one|some) (?:second|sec|moment|"
        r"minute|time)|"
        r"let me think|hold on|one (?:second|moment)|hang on|bear with me)\b"
    ),
    Reply.NOT_KNOWN: (
        r"\b(?:i (?:really |honestly )?(?:don't|do not) know|(?:i )?(?:don't|dont|do not) know|no idea|"
        r"(?:i )?(?:can't|cannot|can not) (?:think of|remember|recall|come up with)|nothing comes to mind|"
        r"i(?:'m| am) not sure|i(?:'ve| have) never (?:had|done|been)|i (?:don't|do not) (?:have|remember)|"
        r"(?:can we |let's |let us )?(?:skip|pass)(?: (?:this|that|on))?)\b"
    ),
}
_PATTERNS = {reply: re.compile(pattern, re.IGNORECASE) for reply, pattern in _SAYS.items()}
_QUESTION = re.compile(
    r"\?\s*$|^(?:what|how|why|when|where|who|which|is|are|do|does|did|can|could|would|will|should)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:no|nope|nah|not really|nothing|none|that's (?:all|it|everything)|i(?:'m| am) good|no questions?)"
    r"(?:[ ,.]+(?:no|thanks?|thank you|nothing|not really|i(?:'m| am) (?:good|fine)|questions?|"
    r"that's (?:all|it)"
    r"|from me|for now|at the moment|from my side|you|so much|very much))*",
    re.IGNORECASE,
)


def kind(text: str) -> Reply:
    """Return what kind of reply `text`, a whole turn of the candidate's, is."""
    bare = _bare(text)
    if not bare:
        return Reply.NOTHING
    if len(bare.split()) > SHORT_REPLY_WORDS:
        return Reply.ANSWER
    if acknowledges(text):
        return Reply.ACKNOWLEDGED
    if _NO.fullmatch(bare):
        return Reply.NO
    found = next((reply for reply, pattern in _PATTERNS.items() if pattern.search(bare)), None)
    if found is not None:
        return found
    return Reply.QUESTION if _QUESTION.search(text.strip()) or _QUESTION.match(bare) else Reply.ANSWER


def acknowledges(text: str) -> bool:
    """Return whether `text` is only a word of attention, or a filler, and so answers nothing."""
    bare = _bare(text)
    return not bare or _ACKNOWLEDGEMENT.fullmatch(bare) is not None


def yields(text: str) -> bool:
    """Return whether `text`, said over somebody's line, asks them to go on with it: "sorry, go on"."""
    return _YIELDING.fullmatch(_bare(text)) is not None


def greets(text: str) -> bool:
    """Return whether `text` begins as a greeting does, or as people do who introduce themselves."""
    return _GREETING.match(_bare(text)) is not None


def takes_leave(text: str) -> bool:
    """Return whether `text`, said over a goodbye, is one itself, or a thank-you, and asks nothing."""
    leaves = kind(text) in (Reply.NOTHING, Reply.ACKNOWLEDGED, Reply.NO)
    short = len(text.split()) <= SHORT_REPLY_WORDS and "?" not in text
    return leaves or (short and _LEAVE.search(text) is not None)


def _bare(text: str) -> str:
    return " ".join(_FILLERS.sub(" ", text.replace("\u2019", "'")).split()).strip(" ,.!?…-")
