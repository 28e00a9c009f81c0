"""Whether what was read is made of words. Pure."""

import re
from collections.abc import Sequence

LEAST_WORDS = 20  # on which it is judged
MOST_READ = 2000
LEAST_WORDLIKE = 0.5  # of those with three characters and more; in papers it is 0.85 and more
MOST_UNKNOWN = 0.1  # of the characters

_CODED = re.compile(r"\(cid:\d{1,6}\)|\ufffd")
_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019.&/+-][^\W\d_]+)*")
_EDGES = "()[]{}.,;:!?\"'\u201c\u201d\u2018\u2019*|/\u2026\u2013\u2014-"
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüý")


def scrambled(words: Sequence[str]) -> bool:
    """Return whether `words` are letters under wrong codes, and no language."""
    told = [stem for word in words[:MOST_READ] if len(stem := word.strip(_EDGES)) >= 3]
    text = " ".join(words[:MOST_READ])
    if sum(map(len, _CODED.findall(text))) > MOST_UNKNOWN * max(1, len(text)):
        return True
    rated = [word for word in told if not any(one.isdigit() or one in "@#%€$£" for one in word)]
    if len(rated) < LEAST_WORDS:
        return len(told) >= LEAST_WORDS * 5 and not rated
    return sum(map(_is_wordlike, rated)) < LEAST_WORDLIKE * len(rated)


def _is_wordlike(word: str) -> bool:
    if not _LETTERS.fullmatch(word):
        return False
    foreign = any(one > "\u024f" for one in word)  # a script without our vowels
    return foreign or (word.isupper() and len(word) <= 5) or not _VOWELS.isdisjoint(word.lower())
