"""Whether what was read is made of words. Pure."""

import re
from collections.abc import Sequence

LEAST_WORDS = 20  # on which it is judged
MOST_READ = 2000
LEAST_WORDLIKE = 0.5  # of those with three characters and more; in papers it is 0.85 and more
LEAST_LETTERS = 100  # on which vowels are counted
LEAST_VOWELS = 0.22  # of the Latin letters; in papers, with their abbreviations, they are 0.33 and more
MOST_UNKNOWN = 0.1  # of the characters

_CODED = re.compile(r"\(cid:\d{1,6}\)|\ufffd")
_FIGURE = re.compile(r"[\d+#$\u20ac\u00a3~<>=]|https?:|www\.")
_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019.&/+-][^\W\d_]+)*")
_EDGES = "()[]{}.,;:!?\"'\u201c\u201d\u2018\u2019*|/\u2026\u2013\u2014-"
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüý")


def scrambled(words: Sequence[str]) -> bool:
    """Return whether `words` are letters under wrong codes, and no language."""
    told = [stem for word in words[:MOST_READ] if len(stem := word.strip(_EDGES)) >= 3]
    text = " ".join(words[:MOST_READ])
    if sum(map(len, _CODED.findall(text))) > MOST_UNKNOWN * max(1, len(text)):
        return True
    if _is_without_vowels(text):
        return True
    rated = [word for word in told if not _FIGURE.match(word) and not ("." in word and "@" in word)]
    return len(rated) >= LEAST_WORDS and sum(map(_is_wordlike, rated)) < LEAST_WORDLIKE * len(rated)


def _is_without_vowels(text: str) -> bool:
    """Return whether vowels are rare: whoever moves all letters by some places moves the frequent ones."""
    latin = [one for one in text.lower() if "a" <= one <= "z"]
    return len(latin) >= LEAST_LETTERS and sum(one in "aeiou" for one in latin) < LEAST_VOWELS * len(latin)


def _is_wordlike(word: str) -> bool:
    if not _LETTERS.fullmatch(word):
        return False
    foreign = any(one > "\u024f" for one in word)  # a script without our vowels
    return foreign or (word.isupper() and len(word) <= 5) or not _VOWELS.isdisjoint(word.lower())
