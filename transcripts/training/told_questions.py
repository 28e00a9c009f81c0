"""Questions as somebody tells of them, turned into what was asked: "how I'd do it", "How would you do it?".

What cannot be turned by these few rules is asked for: "Tell me why you chose it." Pure.
"""

import re
from collections.abc import Callable, Mapping

QUESTION_WORD = r"(?:what|why|how|who|whom|whose|when|where|which)(?:'s|'d|'re)?"
AUXILIARY = (
    r"(?:am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must)"
)
IMPERATIVE = (
    r"(?:tell|talk|walk|describe|explain|give|name|show|sell|design|write|implement|code|sketch|draw|whiteboard|"
    r"estimate|calculate|imagine|pitch|present|introduce|summari[sz]e|compare|list|solve|debug|convince|define)"
)
_YOURS: Mapping[str, str] = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "am": "are",
    "i'd": "you'd",
    "i'll": "you'll",
    "i've": "you've",
    "i'm": "you're",
}
_MINE = re.compile(r"\b(?:i'd|i'll|i've|i'm|i was|i|me|my|mine|myself|am)\b(?!')", re.IGNORECASE)
_LISTENER = re.compile(
    rf"(\b{IMPERATIVE}(?: it| this)?(?: to)?|\bto) (?:her|him|them)\b(?! \w+ing)", re.IGNORECASE
)
_TO_ME = re.compile(rf"{IMPERATIVE} (?:me|us)\b", re.IGNORECASE)
_CLAUSE = re.compile(rf"(?:{QUESTION_WORD}|if|whether|to) ", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:a|an|the|your|some|any)\b", re.IGNORECASE)
_HOUSE = re.compile(
    r"\b((?:work(?:ing)? (?:for|with|at)|join(?:ing)?|bring to|interested in|come to|leave) )(them|their)\b",
    re.IGNORECASE,
)
_SUBJECT = r"(?:i|it|they|he|she|we|you|(?:my|the|a|an|this|that|your)(?: \w{1,30}){1,3}?)"
_INVERTED = re.compile(
    rf"(?P<wh>{QUESTION_WORD}(?: (?:much|many|long|often|well|big|far|\w{{1,20}}s)\b)?) "
    rf"(?P<subject>{_SUBJECT}) (?P<aux>{AUXILIARY})\b(?P<rest>.*)",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    rf"(?:if|whether) (?P<subject>{_SUBJECT}) (?P<aux>{AUXILIARY})\b(?P<rest>.*)", re.IGNORECASE
)
_PRESENT = re.compile(
    r"(?P<wh>(?:how|what|why|where|when|which|who)(?: \w{1,20}s)?) (?:i|you) (?P<rest>\w+.*)", re.IGNORECASE
)
_ORDERED = re.compile(
    rf"(?:{QUESTION_WORD}(?: \w{{1,20}}){{0,2}}? )?{AUXILIARY} (?:you|i|we|your|my)\b", re.IGNORECASE
)
_QUESTION = re.compile(
    rf"(?:{QUESTION_WORD}(?: \w{{1,20}}){{0,3}}? )?{AUXILIARY}\b|(?:what|who|where|how|when)'s\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b(i|you|it|they|we|he|she)'(d|ll|ve|m|re)\b", re.IGNORECASE)
_LONG = {"d": "would", "ll": "will", "ve": "have", "m": "am", "re": "are"}
_PAST = re.compile(
    r"\w+ed|left|chose|knew|went|made|took|got|found|built|led|ran|wrote|said|thought|came|became|began|brought|kept|"
    r"felt|held|lost|met|paid|sent|spent|told|taught|won|gave|dealt|broke|grew|understood",
    re.IGNORECASE,
)
_PRESENT_OF = {"was": "is", "were": "are"}


def direct(told: str) -> str:
    """Return what was asked, of which somebody says `told`, as after "they asked me"; "" if there is none."""
    text = " ".join(told.split()).strip(" ,.:;-\u2013\"'\u201c\u201d\u2018\u2019?!")
    for begin, turn in _FORMS:
        if found := begin.match(text):
            return turn(text, found)
    return _about(text) if text else ""


def quoted(said: str) -> str:
    """Return what was asked in these very words, of which somebody says so: a question in its own order."""
    text = " ".join(said.split()).strip(" ,.:;-\u2013\"'\u201c\u201d\u2018\u2019?!")
    if _QUESTION.match(text):
        return _sentence(text, "?")
    return direct(text)


def yours(text: str) -> str:
    """Return `text` with who told it turned into who is asked."""
    text = _HOUSE.sub(lambda found: found[1] + ("us" if found[2].lower() == "them" else "our"), text)

    def turned(found: re.Match[str]) -> str:
        said = found[0].lower()
        return "you were" if said == "i was" else _YOURS[said]

    return re.sub(r"\bwhen you had (?=\w+ed\b)", "when you ", _MINE.sub(turned, text))


def _sentence(text: str, mark: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{mark}"


def _asked(text: str, found: re.Match[str]) -> str:
    """Turn what has the order of a question already."""
    return _sentence(re.sub(r"\bare you\b", "are you", yours(text)), "?")


def _after(text: str, found: re.Match[str]) -> str:
    rest = text[found.end() :]
    if _CLAUSE.match(rest):
        return direct(rest)
    return _about(rest)


def _about(text: str) -> str:
    """Return the request to speak about it, which begins a line of a list with a capital perhaps."""
    return f"Tell me about {_uncapitalised(yours(text))}."


def _uncapitalised(text: str) -> str:
    found = _ARTICLE.match(text)
    return found[0].lower() + text[found.end() :] if found else text


def _ordered(text: str, found: re.Match[str]) -> str:
    """Turn "to walk her through it" and "describe it": a request."""
    said = text[found.end() :] if found[0].lower().startswith("to") else text
    if _TO_ME.match(said):  # in the interviewer's own words
        return _sentence(said, ".")
    said = _LISTENER.sub(lambda one: f"{one[1]} me" if one[1].lower() != "to" else "to me", yours(said))
    return _sentence(said, ".")


def _example(text: str, found: re.Match[str]) -> str:
    return f"Give me an example of {yours(text[found.end() :])}."


def _how_to(text: str, found: re.Match[str]) -> str:
    return _sentence(f"{found[1]} do you {yours(text[found.end() :])}", "?")


def _indirect(text: str, found: re.Match[str]) -> str:
    """Turn a question that was told of with its words in the order of a statement."""
    text = _SHORT.sub(lambda one: f"{one[1]} {_LONG[one[2].lower()]}", text)
    if inverted := _INVERTED.fullmatch(text):
        return _turned(f"{inverted['wh']} ", inverted, inverted["aux"].lower())
    if asked := _WHETHER.fullmatch(text):
        aux = asked["aux"].lower()
        return _turned("", asked, "have" if aux == "had" else _PRESENT_OF.get(aux, aux))
    present = _PRESENT.fullmatch(text)
    if present and not _PAST.match(present["rest"]):
        return _sentence(f"{present['wh']} do you {yours(present['rest'])}", "?")
    return f"Tell me {yours(text)}."


def _turned(begin: str, found: re.Match[str], aux: str) -> str:
    mine = found["subject"].lower() == "i"
    aux = {"am": "are", "was": "were", "is": "are"}.get(aux, aux) if mine else aux
    return _sentence(f"{begin}{aux} {yours(found['subject'])}{yours(found['rest'])}", "?")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], str]], ...] = tuple(
    (re.compile(begin, re.IGNORECASE), turn)
    for begin, turn in (
        (r"(?:for )?(?:an |some |another )?examples? (?:of|for) ", _example),
        (r"(?:about|on|for|of|regarding) ", _after),
        (rf"to (?={IMPERATIVE}\b|\w+ (?:her|him|them|me)\b|\w+ )|{IMPERATIVE} ", _ordered),
        (r"(how|what|where|when) to ", _how_to),
        (_ORDERED.pattern, _asked),
        (r"(?:what|who|where|how|when)'s (?:your|my|the)\b", _asked),
        (rf"(?:{QUESTION_WORD}|if|whether) ", _indirect),
    )
)
