"""The numbers of a text, in figures and in words: 5,400, 1.2, "a hundred and ten", "twelve hundred". Pure.

A telephone number, a date, a time, a version of several parts, "twenty twenty-one" and a number that is glued
to a name are none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vivavoce.transcripts.bank.figures.words import AFTER_ARTICLE, GLUED, SCALES, SMALL, TENS, UNITS

MOST_DIGITS = 15
MOST_AMOUNT = 1e15
NEAR = 10.0  # times, that the ends of a range are apart at most

_TOKEN = re.compile(r"\.?\d++(?:[.,]\d++)*+|[^\W\d_]++(?:['\u2019][^\W\d_]++)?+|[^\s\w]|_")
# Figures of other scripts, each as long as what stands for it.
_DIGITS = {first + value: str(value) for first in (0xFF10, 0x0660, 0x06F0) for value in range(10)}
_DIGITS |= {0xFF05: "%", 0x2019: "'", 0x2011: "-", 0x2013: "-"}


class Token(NamedTuple):
    """A word, a number or a mark; `glued` to what stands before it."""

    low: str
    start: int
    end: int
    glued: bool
    capital: bool

    @property
    def digits(self) -> bool:
        """Whether it is a number in figures."""
        return self.low[-1].isdigit()


def tokens(text: str) -> list[Token]:
    """Return the words, numbers and marks of `text`, with figures of every script as 0 to 9."""
    plain = text.translate(_DIGITS)
    found: list[Token] = []
    for match in _TOKEN.finditer(plain):
        word, start = match.group(), match.start()
        glued = bool(found) and found[-1].end == start
        found.append(Token(word.lower(), start, match.end(), glued, word[0].isupper()))
    return found


def low_at(words: Sequence[Token], at: int) -> str:
    """Return the word at `at` in small letters, "" beyond the ends."""
    return words[at].low if 0 <= at < len(words) else ""


def number(words: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Return the number that begins at `at`, in figures or in words, and where to go on."""
    if words[at].digits:
        return _figures(words, at)
    if words[at].low in SMALL or words[at].low in TENS:
        return in_words(words, at)
    return None, at + 1


def _figures(words: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Return the number in figures at `at`; the whole run is passed over where it is none."""
    end = _end_of_run(words, at)
    value = None if end > at + 1 or _is_glued(words, at) else in_figures(words[at].low)
    if value is None:
        return None, end
    last = at + 1
    sized = low_at(words, last) if last < len(words) and words[last].glued else ""
    if sized in GLUED and not (
        sized == "k" and value in (2, 4, 8) and low_at(words, at - 1) not in "$\u20ac\u00a3"
    ):
        if (
            sized not in ("m", "mm")
            or low_at(words, at - 1) in ("$", "\u20ac", "\u00a3")
            or words[last].capital
        ):
            value, last = value * GLUED[sized], last + 1
    elif sized.isalpha() and sized not in UNITS and sized not in ("x", "s", "h", "g", "l", "m", "d"):
        return None, last + 1
    return value, last


def _is_glued(words: Sequence[Token], at: int) -> bool:
    """Whether the number belongs to a name before it: "p95", "GPT-4", "#459"."""
    if not words[at].glued:
        return False
    before = words[at - 1]
    if before.low == "-":
        return before.glued
    return before.low.isalpha() or before.low in ("#", "_", "/", ":", "@", "\\", ".")


def _end_of_run(words: Sequence[Token], at: int) -> int:
    """Return where a run of numbers ends that are one thing: a time, a date, 24/7, a telephone number."""
    end = at + 1
    while end < len(words):
        if words[end].digits and (not words[end].glued or not words[end - 1].digits):
            end += 1
        elif (
            words[end].low in (":", "/", "-")
            and words[end].glued
            and end + 1 < len(words)
            and words[end + 1].digits
            and words[end + 1].glued
            and not (words[end].low == "-" and end == at + 1 and _is_range(words, at))
        ):
            end += 2
        else:
            return end
    return end


def _is_range(words: Sequence[Token], at: int) -> bool:
    one, other = in_figures(words[at].low), in_figures(words[at + 2].low)
    return one is not None and other is not None and one < other <= NEAR * one


def in_figures(digits: str) -> float | None:
    """Return the number that `digits` write; None where they write a telephone number, or nothing."""
    if sum(letter.isdigit() for letter in digits) > MOST_DIGITS or re.match(r"0\d", digits):
        return None
    whole = re.fullmatch(r"\d{1,3}(?:,\d{3})++(?:\.\d++)?+", digits)
    if whole:
        return float(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        return float(digits.replace(".", ""))
    if re.fullmatch(r"\d++(?:[.,]\d++)?+|\.\d++", digits):
        return float(digits.replace(",", "."))
    return None


def in_words(words: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Return the number in words at `at`; "twenty twenty-one" and "five five five" are passed over."""
    total, current, last, end, least = 0.0, 0.0, 0, at, MOST_AMOUNT
    if words[at].low in ("a", "an"):
        current, last, end = 1.0, 1, at + 1
    while end < len(words):
        low = words[end].low
        joined = _joined(words, end, last)
        if joined:
            end += joined
            continue
        value = SMALL.get(low, TENS.get(low, 0))
        if low in SMALL or low in TENS:
            if not _fits(value, last, current, at == end):
                return None, _after_words(words, end)
            current, last = current + value, 1 if value < 10 else 10 if value < 20 else 20
        elif low in ("hundred", "dozen") and 0 < current < 100:
            current, last = current * AFTER_ARTICLE[low], 100
        elif low in SCALES and current and SCALES[low] < least:
            least = SCALES[low]
            total, current, last = total + current * least, 0.0, 1000
        else:
            break
        end += 1
    return total + current, end


def _fits(value: float, last: int, current: float, first: bool) -> bool:
    """Whether a number word of `value` goes on with the number before it."""
    if first or last in (100, 1000):
        return not (last and value == 0)
    return last == 20 and 0 < value < 10 and current % 10 == 0


def _joined(words: Sequence[Token], end: int, last: int) -> int:
    """Return how many tokens between two number words say nothing: "twenty-one", "a hundred and ten"."""
    after = low_at(words, end + 1)
    more = after in SMALL or after in TENS
    if words[end].low == "-" and words[end].glued and (more or after in AFTER_ARTICLE):
        return int(last != 1 or after in AFTER_ARTICLE)
    return int(words[end].low == "and" and last in (100, 1000) and more)


def _after_words(words: Sequence[Token], at: int) -> int:
    while at < len(words) and (words[at].low in SMALL or words[at].low in TENS or words[at].low in "-oh"):
        at += 1
    return at
