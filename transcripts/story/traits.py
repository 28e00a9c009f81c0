"""What the words of a sentence say about its place in a story: cues, counted one by one. Pure.

Each is a hint and none decides; how much each counts is fitted (benchmarks/fit_story.py).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vivavoce.transcripts.story.progress_words import AGAIN, ASIDE, FILLER, GENERAL, PAST
from vivavoce.transcripts.story.star import CUES, DOING

_PATTERNS = {
    "i did": rf"\bi {DOING}",
    "we did": rf"\bwe {DOING}",
    "others did": rf"\b(?:he|she|they|it|everyone|customers?|manager|boss|client|team) {DOING}",
    "i begin": r"^\W*(?:so |and |then |next,? |first,? |well,? |also,? |finally,? )*i(?:'d|'ve)?\b",
    "i was": r"\bi(?:'d been| was| had been| worked| used to| joined| had just)\b",
    "was": r"\b(?:was|were|had been|wasn't|weren't)\b",
    "past perfect": (
        r"\b(?:had|'d) (?:\w+ly |just |already |never |not )?(?:\w{3,}ed|been|become|gone|done|made|"
        r"lost)\b"
    ),
    "place": (
        r"\b(?:at|for|with) (?:a|an|the|my) \w+|\b(?:worked|working|work|job|role|intern\w*|shift) (?:as|"
        r"at|for|in)\b"
    ),
    "when": (
        r"\b(?:ago|last (?:year|month|week|spring|summer|autumn|fall|winter|quarter)|when i|while i|"
        r"during|one (?:day|"
        r"morning|evening|afternoon|night|friday|monday|saturday|sunday)|back (?:in|when)|"
        r"at the time|in (?:19|20)\d\d|"
        r"(?:first|second|third|final|last) (?:year|week|month|day))\b"
    ),
    "trouble": (
        r"\b(?:problem|issue|complain\w*|behind|late|delay\w*|fail\w*|broke\w*|drop\w*|falling|"
        r"struggl\w*|conflict|"
        r"disagree\w*|unhappy|upset|angry|frustrat\w*|short[- ]staffed|mistake|error|wrong|crash\w*|"
        r"missing|lost|"
        r"unclear|confus\w*|difficult|tension|resign\w*|quit|overrun|backlog|churn)\b"
    ),
    "must": (
        r"\b(?:had to|needed to|need to|has to|must|have to|was to|were to|supposed to|expected to|"
        r"meant to)\b"
    ),
    "asked": (
        r"\b(?:asked|tasked|assigned|charged|responsib\w+|accountable|in charge|put me|gave me|"
        r"handed me|told me to|"
        r"wanted me|fell to me|up to me|my (?:job|task|goal|role|aim|responsibility|brief|challenge|"
        r"objective|part|"
        r"assignment|mission)|the (?:goal|aim|task|challenge|objective|brief|target|deadline)|"
        r"our (?:goal|task|target|"
        r"job|challenge))\b"
    ),
    "goal": (
        r"\b(?:without|before|by (?:the end|friday|monday|\w+day)|within|in time|deadline|target|"
        r"make sure|ensure)\b"
    ),
    "decide": (
        r"\b(?:decid\w+|cho(?:se|ose)|realis\w+|realiz\w+|figured|knew|thought|believed|wanted|"
        r"suggest\w*|propos\w+)\b"
    ),
    "order": (
        r"\b(?:first|second|third|next|then|after that|finally|afterwards|from there|meanwhile|"
        r"over the next|once|each)\b"
    ),
    "step": (
        r"\b(?:step|approach|started (?:by|with)|began (?:by|with)|what i did|instead|rather than|"
        r"so that|so i|in order)\b"
    ),
    "by doing": r"\b(?:by|after|before|while) \w{3,}ing\b",
    "talk": (
        r"\b(?:met|meeting|spoke|talked|called|asked|listened|explained|emailed|wrote|presented|"
        r"sat down|walked|"
        r"interviewed|apologi\w+|showed|trained|taught|coached|reviewed|checked)\b"
    ),
    "outcome": (
        r"\b(?:as a result|result\w*|outcome|in the end|ended up|eventually|ultimately|"
        r"because of (?:this|that)|thanks to|"
        r"consequently|led to|meant that|turned out|finished|completed|delivered|achieved|succe\w+|"
        r"paid off|won|"
        r"on time|ahead of|under budget|went live|to this day|still (?:use\w*|in use|run\w*|works?))\b"
    ),
    "change": (
        r"\b(?:increas\w+|decreas\w+|reduc\w+|improv\w+|rose|fell|dropped|grew|climbed|cut|saved|"
        r"doubled|halved|tripled|"
        r"went (?:up|down|from)|by \d|to \d|from \d|lower|higher|fewer|faster|better|record)\b"
    ),
    "praise": (
        r"\b(?:thank\w*|prais\w+|promot\w+|award\w*|recogni\w+|feedback|satisf\w+|happy|pleased|"
        r"impressed|delighted|"
        r"compliment\w*|renewed|adopted|hired|offered|grade|scored|rating|positive|grateful|trust\w*|proud)\b"
    ),
    "since": (
        r"\b(?:since (?:then|that)|ever since|now|today|these days|going forward|afterwards|from then on|"
        r"later|after(?:ward)?s?)\b"
    ),
    "learn": (
        r"\b(?:learn\w*|lesson|taught me|takeaway|differently|hindsight|looking back|next time|"
        r"should have|remind\w*)\b"
    ),
    "always": r"\b(?:always|usually|often|generally|tend to|whenever|typically|never|sometimes|every time)\b",
    "would": r"\b(?:would|i'd|could|might)\b",
    "present": r"\b(?:i(?:'m| am| think| believe| like| love| try| work| know| feel| make| do| have)|you)\b",
    "is": r"\b(?:is|are|it's|that's|there's|i'm|we're)\b",
    "number": r"\d|\b(?:percent|half|double|twice|third|quarter|dozen|hundred|thousand|million)\b",
    "percent": r"%|\bpercent|per cent|\$|\u00a3|\u20ac|\b(?:dollars|pounds|euros)\b",
    "we": r"\b(?:we|our|us)\b",
    "i": r"\b(?:i|my|me|myself)\b",
    "their": r"\b(?:he|she|they|his|her|their|him|them)\b",
    "quote": r"[\"\u201c]",
    "question": r"\?",
    "because": r"\b(?:because|since|so|as|which meant|therefore)\b",
    "but": r"\b(?:but|however|although|though|unfortunately|despite|yet|instead)\b",
    "end": (
        r"\b(?:that was (?:it|basically)|that's (?:it|about it|basically)|so yeah|anyway|and so on|"
        r"or something)\b"
    ),
    "asked me": (
        r"\b(?:good question|great question|let me think|trying to think|to answer your|where was i|"
        r"long story)\b"
    ),
    "heading": r"\bthe (?:situation|task|action|result) (?:was|is|here|i)\b|\bmy task\b|\bthe action\b",
}
_COMPILED = [re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS.values()]
_SHARED = [*CUES.values(), FILLER, AGAIN, ASIDE, GENERAL, PAST]
MOST = 2  # of one cue in a sentence that count
COUNT = len(_COMPILED) + len(_SHARED) + 3  # traits of a sentence

Array = NDArray[np.float64]


def traits(texts: Sequence[str]) -> Array:
    """Return the traits of each sentence, shape (len(texts), COUNT), each about in [0, 1]."""
    return np.array([_traits(text.replace("\u2019", "'")) for text in texts]).reshape(len(texts), COUNT)


@lru_cache(maxsize=256)
def _traits(text: str) -> tuple[float, ...]:
    words = len(text.split())
    found = [min(MOST, sum(1 for _ in one.finditer(text))) / MOST for one in (*_COMPILED, *_SHARED)]
    return (*found, min(words, 40) / 40, float(words < 6), float(words > 28))
