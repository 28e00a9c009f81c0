"""What a line asks for: questions, requests, and what hangs on with "and how" (pure)."""

import re

_SENTENCE_END = re.compile(r"(?<=[.?!])[\"'\u2019\u201d]*\s+")
_LEAD = (
    r"(?:(?:so|okay|ok|right|all right|then|now|well|and|but|please|just|again|i see|got it)[, ]{1,3}){0,6}"
)
_REQUEST = re.compile(
    rf"(?:^|[,:] (?:and |so |but |then )*){_LEAD}(?:(?:could|can|would|will) you |let's hear |"
    rf"let me hear |help me )?"
    r"(?:tell me|tell us|walk me|walk us|talk me|take me|give me|show me|describe|explain|share|name|picture|"
    r"pick|place|(?:i'd|i would) (?:like|love|want) to (?:hear|know|understand|see)|"
    r"i(?:'m| am) (?:curious|wondering|interested)|i want to (?:hear|know)|i wonder)\b"
    r"|\b(?:let's|let me) hear\b",
    re.IGNORECASE,
)
_TWO_IN_ONE = re.compile(
    r"\b(?:and|or|but|also|then|plus)\b,? (?:also |then |if so,? )?(?:"
    r"(?:what|why|how|who|where|when|which)\b"
    r"|(?<=and )(?:did|do|does|was|were|is|are|can|could|would|have|has|tell me|give me|explain|describe)\b)",
    re.IGNORECASE,
)
_ASKING = re.compile(  # where a sentence begins to ask; what comes before may end in "and"
    rf"\b(?:what|why|how|who|where|when|which)\b|^{_LEAD}(?:did|do|does|was|were|is|are|can|could|would|will|have|"
    rf"has)\b|{_REQUEST.pattern}",
    re.IGNORECASE,
)


def asked(line: str) -> int:
    """Return how many things `line` asks for: questions, requests, and what hangs on with "and how"."""
    return sum(_asked(sentence) for sentence in _SENTENCE_END.split(line.strip()))


def _asked(sentence: str) -> int:
    asks = max(sentence.count("?"), int(_REQUEST.search(sentence) is not None))
    begun = _ASKING.search(sentence)
    more = _TWO_IN_ONE.findall(sentence, begun.end()) if asks and begun else []
    return asks + len(more)


def beside(line: str) -> int:
    """Return how many words of `line` are in sentences that ask for nothing."""
    return sum(len(one.split()) for one in _SENTENCE_END.split(line.strip()) if not _asked(one))
