"""Does the talk move on? Pure functions over words; the live session and the report ask the same.

A first version: how many of the latest content words are new in this answer, and whether a
result has been said. Issue by issue this file gets better; its callers stay.
"""

import re
from collections.abc import Iterable, Sequence

from vivavoce.transcripts.events import Seconds, Word

RECENT = Seconds(14.0)  # a clause or three
CONTENT = re.compile(r"[a-z][a-z']{3,}|\d[\d.,%]*", re.IGNORECASE)
COMMON = frozenset(
    [
        "about",
        "after",
        "again",
        "also",
        "always",
        "another",
        "anything",
        "around",
        "back",
        "because",
        "been",
        "before",
        "being",
        "between",
        "both",
        "came",
        "come",
        "could",
        "does",
        "doing",
        "done",
        "down",
        "each",
        "even",
        "every",
        "everybody",
        "everything",
        "first",
        "from",
        "gone",
        "have",
        "having",
        "here",
        "into",
        "just",
        "kept",
        "know",
        "like",
        "made",
        "make",
        "many",
        "maybe",
        "mean",
        "means",
        "more",
        "most",
        "much",
        "need",
        "never",
        "nothing",
        "only",
        "other",
        "over",
        "people",
        "really",
        "right",
        "said",
        "same",
        "should",
        "some",
        "something",
        "sort",
        "still",
        "such",
        "take",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "things",
        "think",
        "this",
        "those",
        "time",
        "told",
        "took",
        "very",
        "want",
        "wanted",
        "well",
        "went",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "whole",
        "will",
        "with",
        "would",
        "yeah",
        "your",
    ]
)


def novelty(words: Sequence[Word], now: Seconds) -> float:
    """Return the share of content words in the last RECENT seconds that were not said before, in [0, 1].

    An answer younger than twice RECENT, or with no content words lately, counts as new: 1.0.
    """
    if not words or now - words[0].start < 2 * RECENT:
        return 1.0
    earlier = set(_content(w for w in words if w.start < now - RECENT))
    recent = _content(w for w in words if w.start >= now - RECENT)
    return sum(stem not in earlier for stem in recent) / len(recent) if recent else 1.0


def repeated(words: Sequence[Word], now: Seconds) -> list[str]:
    """Return the content words of the last RECENT seconds that were said before, most frequent first."""
    earlier = _content(w for w in words if w.start < now - RECENT)
    recent = set(_content(w for w in words if w.start >= now - RECENT))
    return sorted(recent & set(earlier), key=lambda stem: (-earlier.count(stem), stem))


def _content(words: Iterable[Word]) -> list[str]:
    found = [m.group().lower() for word in words for m in CONTENT.finditer(word.text)]
    return [_stem(text) for text in found if text not in COMMON]


def _stem(text: str) -> str:
    return re.sub(r"(?:ings?|ed|es|s|'s)$", "", text) if len(text) > 4 else text
