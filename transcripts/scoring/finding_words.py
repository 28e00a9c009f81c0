"""The words by which findings.py knows what a sentence has: a reason, a figure, who did it. Pure."""

import re
from collections.abc import Sequence

from vivavoce.transcripts.story import plain
from vivavoce.transcripts.story.episode import happened
from vivavoce.transcripts.story.star import CUES, DOING, Part

SEVERAL = 3  # steps, or commas and "and"s of a sentence with a step, in however few words

_CONCRETE = re.compile(
    r"\d|\b(?:percent|half|halved|doubled|tripled|twice|third|quarter|dozens?|hundreds?|thousands?|millions?|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"zero|none|nobody|"
    r"no one|never|every|everyone|everybody|all of|"
    r"on time|early|ahead|under budget|thank\w*|prais\w+|promot\w+|award\w*|"
    r"adopted|rolled|"
    r"hired|renewed|signed|extended|bought|standard|still|since|returned|came back|asked|asks|invited|"
    r"offered|kept|"
    r"passed|won|saved|reopened|accepted|approved|agreed|stopped|launched|shipped|went live|in use|"
    r"apologi[sz]ed|"
    r"granted|graduated|reviews?|bonus|recommended|referred|increas\w+|decreas\w+|reduc\w+|dropped|fell|rose|grew|cut)\b|"
    r"\bnot (?:one|a single)\b|n't \w+ (?:a|one|any|anybody|anyone)\b|\bno (?:longer|more|further)\b|"
    r"\bonly (?:one|once)\b|"
    r"(?:^|[.,;] |\band |\bwith )no (?!idea|doubt|wonder|matter|time|one|way|chance|sense|problem)"
    r"[a-z]+ [a-z]+",
    re.IGNORECASE,
)
_REACTED = re.compile(  # somebody else did something, which is as good as a number
    rf"\b(?:he|she|they|(?:the|my|our|some|one) \w+) (?:both |all |each )?{DOING}", re.IGNORECASE
)
_REASON = re.compile(
    r"\b(?:because|so that|since|in order to|to make sure|rather than|instead of|which (?:meant|showed|"
    r"told)|therefore|"
    r"as (?:i|we|they|it|he|she|this|that|the)|so (?:i|we|they|it|he|she|the|that)|as a result of|"
    r"to (?:see|find|show|"
    r"understand|avoid|keep|let|help|check|prevent|learn|give|get|compare|confirm|decide)|the reason|"
    r"for fear|until|due to|based on|given that|in case|otherwise|that way|which is why|that's why|"
    r"the idea was|so (?:people|nobody|no one|everyone|everybody|others|anyone|my|our|his|her|their|there|"
    r"users|customers)|knowing|realis\w+|realiz\w+|noticed|turned out|saw that|decided|not|first)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\b(\w+) to (\w+)", re.IGNORECASE)  # "I bought a book to prepare"
_NO_PURPOSE = (
    frozenset(
        "had have has need needed want wanted asked told able going used tried try decided started began "
        "like went came got spoke talked listened next back up was were is supposed meant due close".split()
    ),
    frozenset(
        "the a an my our his her their its this that these those me him us them it you each every".split()
    ),
)
OWN = re.compile(r"\b(?:i|me|my|mine|myself)\b", re.IGNORECASE)
WE = re.compile(r"\b(?:we|our|us|together)\b", re.IGNORECASE)
DETAIL = re.compile(
    r"\d|(?<!\bthe )(?<!\bno )(?<!\bthis )(?<!\bthat )\bone\b(?! of\b)|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|hundred|"
    r"thousand|million|percent|half|third|quarter|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|january|"
    r"february|april|june|july|august|september|october|november|december|christmas|"
    r"(?:morning|evening|night|week|month|quarter|summer|winter|spring|autumn|semester|year)s?)\b|"
    r"(?<=[a-z,] )[A-Z][A-Za-z]+|[\"\u201c]",
)
REPORTED = re.compile(  # what somebody said, without its marks: talk has none
    r"\b(?:i|he|she|they|somebody|someone|(?:the|my|our|a) \w+) (?:\w+ )?"
    r"(?:said|says|shouted|replied|answered)\b|"
    r"\b(?:told|asked) (?:me|him|her|us|them|(?:the|my|our) \w+)\b",
    re.IGNORECASE,
)
# What was seen on data from before, where nobody has felt anything yet.
_OFFLINE = re.compile(
    r"\b(?:offline|held[ -]?out|hold-?out|test set|validation|back-?test\w*|cross[ -]validat\w+|"
    r"a ?u ?c|f1|n ?d ?c ?g|r ?m ?s ?e|"
    r"on (?:last|past|old|historical) \w+(?:'s)? (?:\w+ )?(?:data|logs|calls))\b",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:lost|losing|broke|broken|failed|failing|crash\w*|outage|ruined|spoil(?:ed|t)|damaged?|died|burnt|"
    r"flooded|wrong|missing|complain(?:ed|ts?)|angry|hurt|ill|stolen)\b",
    re.IGNORECASE,
)
_RELIEF = re.compile(  # beside it: what was lost is less than before, or less than it might have been
    r"n't\b|\w,? but\b|\b(?:no|not|never|nobody|none|nothing|instead|less|fewer|saved|kept|since|now|again|"
    r"still|without|down|stopped|ended|fixed|solved|better|up)\b",
    re.IGNORECASE,
)
_OWN_CHARGE = re.compile(  # in a sentence that reads as the task
    r"\b(?:want(?:ed)?|need(?:ed)?|had to|have to|must|should|supposed|goals?|aim|target|challenge|"
    r"responsib\w+|job|task|role|asked|told|deadline|promised|mine|decided|owned?|led|lead|in charge|my turn|"
    r"hoped|tried|trying|objective|required|expected|mission|assigned|until)\b",
    re.IGNORECASE,
)
HEADINGS = re.compile(
    r"(?:\bthe (situation|task|action|result)s? (?:was|were|is|here)\b|^[^\w\n]*+(situation|task|action|"
    r"result)s?\s*[:,-])",
    re.IGNORECASE | re.MULTILINE,
)


def checkable(said: str) -> bool:
    """Whether an outcome has something that somebody could check: a figure, or what others did."""
    return any(one.search(said) for one in (_CONCRETE, _REACTED))


def harm(said: str) -> bool:
    """Whether a sentence tells of damage, and nothing in it is better than it was or might have been."""
    return _HARM.search(said) is not None and _RELIEF.search(said) is None and not plain.outcome(said)


def own_charge(said: str) -> bool:
    """Whether a sentence that reads as the task has words for what somebody is to do, or means to."""
    return _OWN_CHARGE.search(said) is not None


def says_why(said: str) -> bool:
    """Whether a sentence has a reason, or what a step was for."""
    aims = _PURPOSE.findall(said.lower())
    return bool(_REASON.search(said)) or any(
        before not in _NO_PURPOSE[0] and after not in _NO_PURPOSE[1] for before, after in aims
    )


def not_yet(said: str) -> bool:
    """Whether a sentence tells a gain on data from before, or what is planned: and no end."""
    return _OFFLINE.search(said) is not None or plain.still_open(said)


def step(said: str) -> bool:
    """Whether a sentence tells a thing that was done, and nothing that plainly came of it."""
    return bool(plain.steps(said)) and not (plain.outcome(said) or plain.came_of_it(said))


def several(texts: Sequence[str]) -> bool:
    """Whether sentences name several steps, or a step with several things: "on the form, tests and cache"."""
    done = [plain.steps(said) for said in texts]
    listed = [said.count(",") + said.count(" and ") >= SEVERAL for said in texts]
    return sum(done) >= SEVERAL or any(many and count for many, count in zip(listed, done, strict=True))


def aside(said: str) -> bool:
    """Whether a sentence of no part is beside the story: nothing happened in it, and nothing is to come."""
    return happened(said) <= 0 and not plain.still_open(said)


def learnt(said: str) -> bool:
    """Whether a sentence has words for what was learnt."""
    return plain.lesson(said) or CUES[Part.LESSON].search(said) is not None
