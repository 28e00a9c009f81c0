"""Which questions of a transcript that was made elsewhere only ask on, such as "And what did you do?".

They are short, ask about what happened, and name next to nothing that was not named before. So they belong
to the thread before them, whose story is judged as one. So does what is said to a candidate who asks back.
"""

import re
from collections.abc import Set

from vivavoce.transcripts.imports.who_asks import begins_to_ask, nods, requests, sentences

MOST_WORDS = 14  # of a question that asks on
MOST_BESIDE = 4  # words of a sentence that only thanks or agrees
MOST_ELLIPTIC = 5  # words of "And the neighbours?"
A_STEM = 5  # letters by which words are the same
LONG_ENOUGH = 4  # letters of a word that ends as verbs of the past do

_WORD = re.compile(r"[^\W\d_]+")
_MORE = re.compile(
    r"(?:(?:and|so|but|okay|ok|right) )*"
    r"(?:why|how so|how come|really|how|why not|why so|in what way|such as|like what|for example|go on|then"
    r"|what then|what else|then what|what (?:happened|came) next"
    r"|(?:(?:can|could) you )?(?:tell|say) (?:me |us )?(?:a bit |a little )?more)"
    r"(?: about (?:that|it|this))?"
)
_OF_WHAT_WAS_SAID = re.compile(
    r"\b(?:do|does|did|was|were|is|are|has|have|had|would|could|can|will|(?:did|was|does|would|had|is)n t)"
    r" (?:it(?! that\b)|they|he|she|that|this|those|these|any of (?:it|that|them))\b"
)  # who or what the question is about stands before it
_ELLIPTIC = re.compile(r"(?:mm |hm |okay |ok |so )*(?:and|but|what about|how about)\b")
_WHY = re.compile(r"(?:and |so |but )*why\b")
_UTMOST = r"(?:most \w+|last|worst|best|(?!(?:t|r|gu|requ|inter|harv|cont|lat)est)\w+est)"
_NO_PART = r"(?!(?:part|thing|bit|step|moment)\b)"  # of what was told
_OPENS = re.compile(
    r"\b(?:tell|walk|talk|describe|give|think|explain|share|hear)\b(?: \w+){0,3} "
    r"(?:an?|your|something|somebody|someone|one|time|work|how you)\b"
    r"|\b(?:is|was|were) there (?:an?|some\w*)\b.* (?:you|that|when)\b|\bof yours\b"
    r"|\b(?:have|has) (?:you|some\w+|any\w+)\b(?!.*\bsince\b)|(?<!would )(?<!could )\byou (?:have|ve)\b"
    rf"|\b(?:tell|walk|talk|describe|give)\b(?: \w+){{0,3}} the {_UTMOST} {_NO_PART}\w+\b.* you\b"
    r"|\bdid you last\b|\blast$|\bever\b.* you\b|\byou ever\b"
)  # a story of the candidate's choice
_THAT_ONE = re.compile(r"\b(?:that|this|those|these|the) (?!most|first|last|best|worst|\w+est\b)\w+")
_ASKING = set(
    "what why how when where who which whose tell did can could would was were more go then has have".split()
)
_PAST = set(
    """did didn was wasn were weren had hadn has have happened came went ended learned felt changed took made
    led got told said gave kept held knew saw thought meant paid won lost""".split()
)
_NOT_PAST = set("need feed speed indeed red bed shed".split())
_NOW = set("do does don doesn is are am isn aren can should will may might s".split())
_SUPPOSED = set("would wouldn could couldn".split())
_CHANGED = set("different differently change changed again instead otherwise else better same".split())
_AUXILIARY = _NOW | _SUPPOSED | set("did didn was wasn were weren had hadn has have".split())
_REFERS = re.compile(
    r"\b(?:it|this|they|them|those|these|he|she|him|then)\b|\bthat$"
    r"|\b(?:of|about|with|to|from|for|by|after|before|in|on|at|behind|like|through) that\b"
)
_FILLS = set(
    """a an the and so but or of to in on at for with from by about as if is are be been being do does did was
    were had has have would could should can will you your yours yourself i me my we us our it its that this
    they them their those these he she him his her there then here what why how when where who whom which
    whose ok okay right thank thanks great good got interesting well alright sure nice cool perfect um uh oh
    mm hm sorry please just really exactly roughly tell say more walk through talk describe explain bit little
    all any else much many long out up not no s t d ll re ve didn wasn weren hadn wouldn couldn isn doesn
    anybody anyone anything somebody someone something nobody nothing everybody everything other others same
    thing things than into only still yet since now today later earlier again once twice ever most mostly
    few some each own every both""".split()
)
_OF_ANY_STORY = set(
    """happen happened happens happening end ended come came result results outcome outcomes effect learn
    learned learnt lesson lessons different differently hindsight feel felt feeling go went gone
    decide decided decision know knew known find found think thought thinking take took mean meant hard
    hardest harder difficult part role personally measure measured number figures change changed next after
    afterwards before first finally last work worked make made way step steps time back impact convince
    convinced react reacted reaction respond notice noticed realise realised realize realized surprise
    surprised success successful start started begin began beginning goal aim situation involved help helped
    reason reasons reasoning idea wrong right better worse matter mattered cost looking look looked try tried
    handle handled need needed want wanted hope hoped expect expected point moment day days lead led call
    people person difference important main lose lost give gave mind agree agreed happy""".split()
)
_ELSEWHERE = set(
    """another us our company firm role position job jobs salary pay hear apply applied period
    available availability hours weekend weekends shift shifts visa hobbies study studied degree university
    school career employer strength strengths weakness weaknesses imagine suppose""".split()
)


def asks_on(question: str, said: Set[str]) -> bool:
    """Return whether `question` asks on about what was `said`, in question and answers: their `stems`."""
    asked = [_words(sentence) for sentence in sentences(question) if not nods(sentence)]
    asking = [words for words in asked if set(words) & _ASKING or len(words) > MOST_BESIDE]
    asking = asking or [words for words in asked if _ELLIPTIC.match(" ".join(words))]
    return bool(said and asking) and all(_asks_on(words, said) for words in asking)


def stems(text: str) -> set[str]:
    """Return what the words of `text` begin with."""
    return {word[:A_STEM] for word in _words(text)}


def replies(said: str, before: str) -> bool:
    """Return whether what an interviewer `said` only replies to what the candidate asked back `before`."""
    if not before.endswith("?") or "?" in said:
        return False
    return not any(requests(one) or (begins_to_ask(one) and not one.endswith(".")) for one in sentences(said))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _asks_on(words: list[str], said: Set[str]) -> bool:
    text, known = " ".join(words), set(words)
    if _MORE.fullmatch(text):
        return True
    if len(words) > MOST_WORDS or known & _ELSEWHERE:
        return False
    named = {word for word in words if word not in _FILLS and word not in _OF_ANY_STORY}
    return sum(word[:A_STEM] not in said for word in named) <= _most_new(words, text)


def _most_new(words: list[str], text: str) -> int:
    """Return how many new words a question that asks on may have; -1 if it does not ask on in any case."""
    if _OF_WHAT_WAS_SAID.search(text):
        return 2
    if _OPENS.search(text):
        return -1
    refers = _REFERS.search(text) is not None or _THAT_ONE.search(text) is not None
    auxiliary = next((word for word in words if word in _AUXILIARY), "")
    if not auxiliary and len(words) <= MOST_ELLIPTIC and not any(map(_is_past, words)):
        return 1 if _ELLIPTIC.match(text) else 0 if refers or _WHY.match(text) else -1
    if auxiliary in _NOW or not (auxiliary or any(map(_is_past, words))):
        return bool(_ELLIPTIC.match(text)) if refers else -1
    if "if" in words and _CHANGED.isdisjoint(words):
        return -1
    if auxiliary in _SUPPOSED:
        return refers if refers or not _CHANGED.isdisjoint(words) else -1
    return 1 + refers


def _is_past(word: str) -> bool:
    return word in _PAST or (word.endswith("ed") and len(word) > LONG_ENOUGH and word not in _NOT_PAST)
