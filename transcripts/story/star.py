"""Which parts of a story a stretch of talk tells: by cues, clause by clause. Pure.

A first version that knows words and no context; it errs towards "was told", because being asked
for what one has just said is worse than not being asked.
"""

import re
from enum import StrEnum


class Part(StrEnum):
    """What a good story has, and what an interviewer may probe for."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    NUMBER = "number"
    OWN_PART = "own part"
    TRADE_OFF = "trade-off"
    LESSON = "lesson"
    DECISION = "decision"
    FAILURE = "failure"


_UNITS = (
    r"percent|per cent|points?|times|x|ms|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|"
    r"months?|dollars|"
    r"euros|users?|customers?|people|members?|tickets?|requests?|queries|orders?|complaints?|errors?|cases?"
)
_COUNTS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety"
)
_AMOUNT = (
    rf"(?:\d|\b(?:percent|half|halved|doubled|tripled|twice|a third|a quarter|zero|hundred|thousand|"
    rf"million)\b|"
    rf"\b(?:{_COUNTS})[\w -]{{0,12}}\b(?:{_UNITS})\b)"
)
_IRREGULAR = (
    r"built|wrote|made|took|ran|led|began|brought|found|put|set|cut|gave|got|sat|met|spoke|told|sent|drew|"
    r"taught|held|kept|chose|rebuilt|rewrote|went|did|came|broke|split|shut|sold|bought|hid|read|split|saw|"
    r"froze|fell|rose|stuck|struck|hit|beat|flew|dealt|bent|slid|spread|swapped|traced|"
    r"left|let|fought|caught|drove|grew|hired|paid|showed|spent|stood|threw|won|laid|dug|fed|hung|lent"
)
_NOT_DOING = (
    r"(?!(?:needed|wanted|liked|used to|believed|seemed|felt|thought|knew|guessed|supposed|happened|named|"
    r"called|need|feed|indeed|hundred|based|tired|got (?:the feeling|used)|did(?:n't| not)|"
    r"went (?:to school|home))\b)"
)
_ADVERB = (
    r"(?:also |then |just |personally |actually |quickly |finally |first |immediately |really |"
    r"had |have |'ve ){0,4}"
)
DOING = rf"{_ADVERB}{_NOT_DOING}(?:\w{{2,}}ed|{_IRREGULAR})\b"

CUES = {
    part: re.compile(pattern, re.IGNORECASE)
    for part, pattern in {
        Part.SITUATION: (
            r"\b(?:years?|months?|weeks?) ago\b|\blast (?:year|spring|summer|autumn|fall|winter|"
            r"month|quarter)\b|"
            r"\bin (?:19|20)\d\d\b|\bwhen i (?:was|worked|joined|started)\b|\bat (?:my|the|our) \w+|"
            r"\bi was (?:a|an|"
            r"the|working|on|at|in|leading)\b|\bwe (?:had|were|ran|used|worked)\b|\bthere (?:was|were)\b|"
            r"\bat the time\b|\bour (?:team|company|service|product|customers?|model)\b|"
            r"\bthe (?:team|company)\b"
        ),
        Part.TASK: (
            r"\b(?:my|the|our) (?:\w+ )?(?:job|task|role|responsibility|goal|assignment|target|aim|"
            r"mandate) (?:was|is)\b|"
            r"\bi (?:was|got) (?:asked|responsible|in charge|tasked|assigned|brought in|supposed|"
            r"told to|the one)\b|"
            r"\b(?:i|we) (?:had|needed|wanted) to\b|\bi owned\b|\basked me to\b|\bit was (?:on|up to) me\b|"
            r"\bi (?:led|was leading)\b|\bwe were supposed to\b"
        ),
        Part.ACTION: rf"\b(?:i|we) {DOING}|\bi (?:decided|started) to\b|\bmy (?:first )?(?:step|"
        rf"approach) was\b",
        Part.RESULT: (
            r"\b(?:in the end|ended up|as a result|the result|the outcome|the effect|back to normal|"
            r"ever since|since then|"
            r"(?:which|that|this|it) (?:meant|led to|saved|allowed|reduced|cut|brought)|went (?:up|"
            r"down|from|live)|"
            r"(?:fell|fall|grew|rose|rise|dropped|improved|increased|reduced|decreased|cut|lifted|"
            r"climbed|shrank)\b"
            rf".{{0,50}}(?:\b(?:by|to|from|below|above|under)\b|{_AMOUNT})|"
            rf"(?<!had )(?:doubled|halved|tripled)|"
            rf"saved (?:us|about|\d|\w+ \w+)|"
            r"(?:we|i|they|it) (?:shipped|launched|rolled out|hit|reached|got (?:down|up) to)|"
            r"is still (?:in use|running)|"
            r"they (?:renewed|stayed|came back|adopted|still use)|now (?:takes|it takes|everyone|"
            r"every|they|we|the)|"
            r"(?:never|hasn't|has not|haven't|didn't) (?:happened|happen|come back|had) (?:again|since)?)"
        ),
        Part.NUMBER: _AMOUNT,
        Part.OWN_PART: rf"\bi {DOING}|\b(?:i did (?:it|that|the|all)|it was me|my part|by myself|"
        rf"on my own|i personally)\b",
        Part.TRADE_OFF: (
            r"\b(?:trade-?offs?|instead of|rather than|gave up|give up|at the (?:cost|expense)|"
            r"downside|the price (?:was|we)|"
            r"cost us|on the other hand|sacrific\w+|compromis\w+|versus|in exchange|less accurate|"
            r"slower but|worth it|"
            r"we accepted|could live with|it meant (?:less|more|slower|fewer))\b"
        ),
        Part.LESSON: (
            r"\b(?:i(?:'ve)? learn(?:ed|t)?|we learn(?:ed|t)|lesson|taught me|what i took|takeaway|"
            r"do differently|"
            r"looking back|in hindsight|in retrospect|next time|now i (?:always|never)|since then i|"
            r"i(?:'d| would) now|"
            r"i should have|if i (?:could|did it|had to do))\b"
        ),
        Part.DECISION: (
            r"\b(?:decid\w+|cho(?:se|ose|ice)|picked|went with|opted|my call|decision|because|"
            r"so that|the reason|"
            r"that's why|figured that|bet on)\b"
        ),
        Part.FAILURE: (
            r"\b(?:fail\w*|broke|broken|mistakes?|went wrong|was wrong|(?:did not|didn't) (?:work|"
            r"help|hold)|outage|"
            r"went down|bugs?|missed|crash\w*|incident|regress\w*|blew up|backfired|problem|complain\w*)\b"
        ),
    }.items()
}


def parts(text: str) -> frozenset[Part]:
    """Return the parts that `text` tells something of."""
    plain = text.replace("\u2019", "'")
    return frozenset(part for part, cue in CUES.items() if cue.search(plain))
