"""Does the talk move on? Pure functions over words; the live session and the report ask the same.

A first version: how many of the latest words bring in something that this answer had not
mentioned. It counts per word and not per second, so that slow speakers and thinking pauses cost
nothing.
"""

import re
from collections.abc import Iterable, Sequence

from vivavoce.transcripts.events import Word

RECENT_WORDS = 36  # about 13 s of talk
CONTENT = re.compile(r"[a-z][a-z']{3,}|\d+(?:[.,]\d+)*%?", re.IGNORECASE)
COMMON = frozenset(
    """about after again also always another anything around back because been before being between both
    came come could does doing done down each even every everybody everything first from gone have
    having here into just kept know like made make many maybe mean means more most much need never
    nothing only other over people really right said same should some something sort still such take
    than that their them then there these they thing things think this those time told took very want
    wanted well went were what when where which while whole will with would yeah your""".split()
)


def novelty(words: Sequence[Word]) -> float:
    """Return the share of the last RECENT_WORDS that bring in a content word for the first time.

    Answers that move on have 0.2 to 0.4. One shorter than twice RECENT_WORDS counts as new: 1.0.
    """
    if len(words) < 2 * RECENT_WORDS:
        return 1.0
    seen = set(_content(words[:-RECENT_WORDS]))
    new = 0
    for word in words[-RECENT_WORDS:]:
        content = set(_content([word]))
        new += not content <= seen
        seen |= content
    return new / RECENT_WORDS


def repeated(words: Sequence[Word]) -> list[str]:
    """Return the content words among the last RECENT_WORDS that were said before, most frequent first."""
    earlier = _content(words[:-RECENT_WORDS])
    recent = set(_content(words[-RECENT_WORDS:]))
    return sorted(recent & set(earlier), key=lambda stem: (-earlier.count(stem), stem))


def _content(words: Iterable[Word]) -> list[str]:
    found = [m.group().lower() for word in words for m in CONTENT.finditer(word.text)]
    return [_stem(text) for text in found if text not in COMMON]


def _stem(text: str) -> str:
    return re.sub(r"(?:ings?|ed|es|s|'s)$", "", text) if len(text) > 4 else text
