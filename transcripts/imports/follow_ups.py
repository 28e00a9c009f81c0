"""Which questions of a transcript that was made elsewhere only ask on, such as "And what did you do?".

They are short, ask about what happened, and name nothing that was not named before. So they belong to the
thread before them, whose story is judged as one.
"""

import re

from vivavoce.transcripts.imports.who_asks import sentences

MOST_WORDS = 14  # of a question that asks on
MOST_BESIDE = 4  # words of a sentence that only thanks or agrees
A_STEM = 5  # letters by which words are the same

_WORD = re.compile(r"[^\W\d_]+")
_MORE = re.compile(
    r"(?:(?:and|so|but|okay|ok|right) )*"
    r"(?:why|how so|how|why not|why so|in what way|such as|like what|for example|go on|then"
    r"|what then|what else|then what|what (?:happened|came) next"
    r"|(?:(?:can|could) you )?(?:tell|say) (?:me |us )?(?:a bit |a little )?more)"
    r"(?: about (?:that|it|this))?"
)
_ASKING = set(
    "what why how when where who which whose tell did can could would was were more go then".split()
)
_OF_THE_STORY = set("did was were had would could happened came went ended learned felt changed".split())
_REFERS = set("it that this they them those these he she there then".split())
_FILLS = set(
    """a an the and so but or of to in on at for with from by about as if is are be been being do does did was
    were had has have would could should can will you your yours yourself i me my we us our it its that this
    they them their those these he she his her there then what why how when where who which whose ok okay
    right thank thanks great good got interesting well alright sure nice cool perfect um uh oh please just
    really exactly tell say more walk through talk describe explain bit little all any else much many long
    out up not no s t d ll re ve""".split()
)
_OF_ANY_STORY = set(
    """happen happened happens happening end ended come came result results outcome outcomes effect learn
    learned learnt lesson lessons different differently again hindsight feel felt feeling go went gone
    decide decided know knew find found think thought take took mean meant hard hardest difficult part role
    own personally measure measured change changed next after afterwards before first finally last
    work worked make made sure way step steps time back impact convince convinced react reacted reaction
    respond notice noticed realise realised realize realized surprise surprised success successful""".split()
)
_ELSEWHERE = set("another other us our company role position job salary hear apply next".split())


def asks_on(question: str, before: str) -> bool:
    """Return whether `question` asks on about what was said `before`, in question and answers."""
    asked = [_words(sentence) for sentence in sentences(question)]
    asking = [words for words in asked if set(words) & _ASKING or len(words) > MOST_BESIDE]
    said = {word[:A_STEM] for word in _words(before)} if asking else set()
    return bool(said) and all(_asks_on(words, said) for words in asking)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _asks_on(words: list[str], said: set[str]) -> bool:
    if _MORE.fullmatch(" ".join(words)):
        return True
    if len(words) > MOST_WORDS or not set(words) & _OF_THE_STORY or set(words) & _ELSEWHERE:
        return False
    named = [word for word in words if word not in _FILLS and word not in _OF_ANY_STORY]
    new = [word for word in named if word[:A_STEM] not in said]
    refers = bool(set(words) & _REFERS) or len(new) < len(named)
    return len(new) <= refers
