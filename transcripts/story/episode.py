"""Is it one specific episode, or a generality? Pure.

In real interviews a story was told to only a quarter of the questions that asked for one, and a story is
what raises the impression (Bangerter, Corvalan & Cavin 2014). An episode has people doing things in the
past, at some time or place. "I always", "I would" and "I am a person who" make a generality.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vivavoce.transcripts.story.progress_words import OWN, PAST
from vivavoce.transcripts.story.star import DOING

ENOUGH = 0.45  # of the words, from where it begins to be told, must be in sentences that tell what happened
FEWEST = 2  # such sentences

_DONE = re.compile(rf"\b(?:i|we|he|she|they|it|who|\w+s?) {DOING}", re.IGNORECASE)
_NOTED = re.compile(rf"^\W*{DOING}(?! and\b)", re.IGNORECASE)  # notes have no "I": "Got two interviews."
_STATED = re.compile(r"\b(?:needed|(?:was|were|had|did|could)n't)\b", re.IGNORECASE)
_UNREAL = re.compile(  # looks like the past: "trust has to be built", "if everybody treated others"
    r"\b(?:be|being) (?:\w+ly )?(?:\w{2,}ed|built|told|put|set|made|found|heard|kept|taken|given|done|seen|"
    r"known|sent|held|left|brought|paid|met|led|won|lost|said|sold|taught|spent|understood|felt|cut)\b|"
    r"\bif (?:\w+ ){1,2}(?:were|was|did|had|got|came|went|\w{2,}ed)\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:i|we|you|one) (?:\w+ly )?(?:always|usually|often|never|tend to|try to|like to|would|'d|will|"
    r"believe|think|"
    r"consider|am a|am very|am good|thrive|can)\b|\bi'?(?:d|m) (?:always|usually|a|an|very|good|probably|"
    r"first)\b|"
    r"\b(?:people (?:say|come|tell)|my (?:friends|colleagues) (?:say|always)|every (?:time|day)|whenever|"
    r"if (?:a|an|the|"
    r"someone|somebody|i|it)|in general|is (?:the )?key|is (?:very |extremely )?important|is all about|"
    r"it's all about)\b",
    re.IGNORECASE,
)
_PRESENT_STORY = re.compile(  # "so I'm standing there and he says": a story in the present
    r"\b(?:so|and|then) (?:i'm|i am|he's|she's|we're|they're) \w+ing\b|\b(?:he|she|they|boss|owner|manager) "
    r"(?:say|says|goes|comes|asks|tell|tells|is like)\b|\bi (?:say|go|tell|ask|wait|make|take|drive|call)\b",
    re.IGNORECASE,
)

# Who tells in the present, as many do in a second language, tells one time if something says so.
_ONCE = re.compile(
    r"\bone (?:day|night|morning|evening|afternoon|time|monday|friday|saturday|weekend|week|year)\b|"
    r"\b(?:(?:the )?(?:next|same|other)|that) (?:day|night|morning|evening|week|year|summer|winter)\b|"
    r"\bat (?:that|this) time\b|\bafter (?:this|that|(?:one|two|three|some) (?:days?|weeks?|months?))\b|"
    r"\blast (?:year|month|week|spring|summer|autumn|winter)\b|\bworking before\b|\bsuddenly\b|"
    r"\bfrom (?:that|this) (?:day|moment|week)\b|\byesterday\b|"
    r"\b(?:since|for) (?:one|two|three|some) (?:days?|weeks?)\b|"
    r"\b(?:christmas|easter|new year|carnival|ramadan) (?:time|day|eve|week|night)\b|"
    r"(?<!when )(?<!if )(?<!that )\ban? (?:old |young |angry |big )?(?:man|woman|lady|guy|boy|girl|child|"
    r"mother|father|guest|customer|client|patient|pupil|student|colleague|driver|worker|supplier|neighbou?r) "
    r"(?:is|has|comes?|says?|asks?|tells?|calls?|cr(?:y|ies)|shouts?|screams?|wants?|falls?|arrives?|stands?|"
    r"waits?|gets?)\b|"
    r"\b(?:he|she|they) says? (?:sorry|thank|no|yes|please)\b",
    re.IGNORECASE,
)
_ONE_DAY = re.compile(  # it happened once, and then
    r"\b(?:one|that|last|this) (?:\w+ )?(?:day|night|morning|evening|afternoon|weekend|week|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|year|month)\b|"
    r"\bone of (?:them|these|those)\b|"
    r"\bin (?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:19|20)\d\d)\b|\bsuddenly\b|\b(?:years?|months?|weeks?) ago\b|\bonce,",
    re.IGNORECASE,
)
_BASE = (  # without those that are the same in the past
    r"add|answer|arrange|ask|bring|build|buy|call|carry|change|check|choose|clean|close|cook|count|decide|"
    r"deliver|draw|drive|explain|fill|find|finish|fix|get|give|go|help|invite|label|learn|lift|listen|load|look|"
    r"make|measure|move|offer|open|order|organi[sz]e|pack|paint|pay|phone|pick|print|promise|propose|repair|"
    r"replace|report|run|sample|say|see|sell|send|serve|show|sit|solve|sort|speak|stand|start|stay|stop|take|"
    r"talk|teach|tell|test|train|translate|try|unload|wait|walk|wash|weigh|write"
)
_PRESENT_DEED = re.compile(
    rf"\b(?:i|we) (?:then |just |also |first |now )?(?:{_BASE})\b|"
    r"\b(?:i'm|i am|we're|we are) (?!going to\b|working\b)\w+ing\b",
    re.IGNORECASE,
)
_PRESENT_SAYING = re.compile(
    r"\b(?:the|my|our) \w+ (?:says?|tells?|asks?|calls?|comes?|wants?|gives?|writes?|makes?) ", re.IGNORECASE
)


class Kind(StrEnum):
    """What an answer tells."""

    EPISODE = "episode"
    GENERALITY = "generality"


@dataclass(frozen=True, slots=True)
class Episode:
    """Whether it is an episode, and which sentence shows it best."""

    kind: Kind
    sentence: int


def episode(texts: Sequence[str]) -> Episode:
    """Return what the sentences `texts`, at least one, tell together."""
    plain = [text.replace("\u2019", "'") for text in texts]
    now = happening(texts)
    noted = sum(_NOTED.match(text) is not None for text in plain) >= FEWEST
    did = [
        happened(text) + (now and tells_now(text)) + (noted and _NOTED.match(text) is not None)
        for text in texts
    ]
    counts = [len(text.split()) for text in texts]
    general = [len(_HABIT.findall(text)) for text in plain]
    begins = _begins(plain, did)
    told = sum(count for count, yes in zip(counts[begins:], did[begins:], strict=True) if yes > 0)
    if told >= ENOUGH * sum(counts[begins:]) and sum(yes > 0 for yes in did) >= min(FEWEST, len(texts)):
        return Episode(Kind.EPISODE, max(range(len(texts)), key=lambda index: did[index]))
    return Episode(Kind.GENERALITY, max(range(len(texts)), key=lambda index: (general[index], counts[index])))


def _begins(texts: Sequence[str], did: Sequence[float]) -> int:
    """Return the number of the sentence with which one time begins: what is so in general may come before."""
    rows = enumerate(zip(texts, did, strict=True))
    once = (number for number, (text, yes) in rows if yes > 0 and _ONE_DAY.search(text))
    begins = next(once, 0)
    after = sum(yes > 0 for yes in did[begins:])
    return begins if after >= FEWEST else 0


def happened(text: str) -> float:
    """Return how much a sentence tells of what happened; 0 and less is nothing."""
    text = text.replace("\u2019", "'")
    real = _UNREAL.sub(" ", text)
    past = sum(len(one.findall(real)) for one in (PAST, _DONE, _STATED, _PRESENT_STORY))
    return past - 1.5 * len(_HABIT.findall(text))


def of_oneself(text: str) -> bool:
    """Return whether a sentence says how "I" am, or always do."""
    return happened(text) < 0 and re.search(r"\bi(?:'m)?\b", text, re.IGNORECASE) is not None


def turns(text: str) -> float:
    """Return how much a sentence may be what a story turns on: it says when, and something happens."""
    return max(0.0, happened(text)) + bool(_ONE_DAY.search(text))


def happening(texts: Sequence[str]) -> bool:
    """Return whether the sentences `texts` tell one time in the present: when, and steps."""
    now, past = sum(map(deeds_now, texts)), sum(len(_DONE.findall(text)) for text in texts)
    return now >= max(FEWEST, past) and any(_ONCE.search(text) for text in texts)


def tells_a_time(text: str) -> bool:
    """Return whether `text` tells what "I" or "we" once did, and not only how somebody works."""
    return len(OWN.findall(text)) >= FEWEST


def deeds_now(text: str) -> int:
    """Return how many things "I" or "we" do in a sentence in the present, none where it is a habit."""
    text = text.replace("\u2019", "'")
    return 0 if _HABIT.search(text) else len(_PRESENT_DEED.findall(text))


def tells_now(text: str) -> int:
    """Return how much of a sentence happens in the present."""
    return deeds_now(text) + len(_PRESENT_SAYING.findall(text)) + len(_ONCE.findall(text))
