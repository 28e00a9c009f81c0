"""Asides: what a candidate says to the interviewer about the conversation, which is no part of any story.

"Can I just finish?" and "I have just told you one" tell nothing that could be scored. Only a short answer
that is mostly this counts: in doubt it is a part of the story.
"""

import re

from vivavoce.transcripts.talk.lines import LEAVE_ASKED
from vivavoce.transcripts.talk.turns import Turn

MOST_WORDS = 20  # of an aside; in more, something is told beside it

_SENTENCE = re.compile(r"[^.?!;\n]+")
_WORD = re.compile(r"[^\W_][\w'-]*")
_LEAD = re.compile(
    r"(?:(?:oh|ah|um|uh|er|hm+|well|sorry|i'm|but|and|so|no|yes|yeah|okay|look|wait|honestly|actually|"
    r"i think|i thought|excuse me) ){0,5}+"
)
_ONE = r"(?:that|this|it|one|an example|a story|my (?:story|example|answer))"
_KIND = r"(?: (?:one|story|example|answer|question|bit|part))?"
_MINE = rf"(?:(?:that|this|it){_KIND}|(?:my|the) (?:last |first )?(?:one|story|example|answer))"
_NOW = r"(?:(?:just|already|only|literally) ){1,3}+"
_SAID = r"(?:said|told|given|answered|explained|covered|mentioned|described|been through|gone through)"
_AGO = r"(?:already|just now|before|a (?:minute|moment|second) ago)"
_ABOUT_THE_TALK = re.compile(
    rf"i(?:'ve| have)? {_NOW}(?:(?:told|gave|given) you|answered (?:that|you|your|the question))\b"
    rf"|i(?:'ve| have) {_NOW}{_SAID} {_ONE}\b"
    rf"|i(?:'ve| have)? {_SAID}(?: you)? {_ONE}{_KIND} {_AGO}\b"
    rf"|i(?:'ve| have)? told you (?:[\w'-]+ ){{0,6}}?{_AGO}\b"
    rf"|you(?:'ve| have)? {_NOW}(?:asked|heard|had) (?:me|about|for|{_ONE})\b"
    r"|you(?:'ve| have)? asked (?:me )?(?:that|this|the same)\b"
    rf"|(?:was|is|wasn't|isn't) {_MINE}(?: (?:not|really)){{0,2}} (?:all right|alright|okay|ok|fine|right|"
    r"(?:good )?enough|any good|clear|wrong|what you (?:want(?:ed)?|meant?|need(?:ed)?|asked|were))\b"
    rf"|(?:did|does|didn't|doesn't) {_MINE}(?: (?:not|really)){{0,2}} (?:answer|count|make sense)\b"
    r"|(?:did|didn't|have|haven't|were|weren't|are|aren't) you (?:not )?(?:hear|heard|listen|listening)\b"
    r"|(?:did|do) you (?:not )?(?:want|need) (?:another|a different|a new) (?:one|story|example)\b"
    r"|that(?:'s| was| is) my (?:story|example|answer)\b"
    r"|(?:that's|that is|isn't that|wasn't that) what i(?:'ve| have)? (?:just |already )?told you\b"
    r"|(?:that's|that is|isn't that|wasn't that) what i(?:'ve| have)? (?:just|already) said\b"
    r"|(?:where|what) (?:was|did) i(?: (?:saying|talking about|say last|stop|leave off))?(?: (?:again|now))?$"
    r"|i(?:'ve| have)? (?:lost|forgot|forgotten) (?:(?:the|my) (?:thread|train of thought)|where i was)$"
    r"|(?:is|was)(?: (?:it|this|that|my))?(?: an?| the)? (?:good|ok|okay|correct|right|enough)"
    r"(?: (?:answer|example|story|enough))?$"
    r"|(?:thank you|thanks|bye|goodbye|good night|see you)(?: (?:very much|so much|a lot|again|bye|goodbye|"
    r"too|for (?:your|the) \w+|then|now|everyone)){0,4}$"
)
_GOES_ON = re.compile(r"\b(?:but|also|another)\b")  # to tell something after all


def is_aside(text: str, line: Turn | None = None) -> bool:
    """Return whether `text`, all of an answer, is about the conversation; `line` is what was said to it."""
    sentences = [" ".join(_WORD.findall(one)) for one in _SENTENCE.findall(_plain(text))]
    counts = [len(one.split()) for one in sentences]
    if not 0 < sum(counts) <= MOST_WORDS:
        return False
    if line is not None and line.why in LEAVE_ASKED:
        return True
    about = sum(count for one, count in zip(sentences, counts, strict=True) if _is_about_the_talk(one))
    return 2 * about > sum(counts)


def _plain(text: str) -> str:
    return text.lower().replace("\u2019", "'")


def _is_about_the_talk(sentence: str) -> bool:
    lead = _LEAD.match(sentence)
    found = _ABOUT_THE_TALK.match(sentence, lead.end() if lead else 0)
    return found is not None and _GOES_ON.search(sentence, found.end()) is None
