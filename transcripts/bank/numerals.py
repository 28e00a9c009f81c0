"""The amounts of a text, in figures and in words, where they stand: 12, "a hundred and ten", "two and a half". Pure.

A year, a telephone number, a date, a version of several parts and a number that is glued to a name are none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vivavoce.transcripts.bank.figure_words import GLUED, PARTS, SCALES, SMALL, TENS, UNITS

MOST_DIGITS = 15
MOST_AMOUNT = 1e15
NEAR = 10.0  # times, that the ends of a range are apart at most

_TOKEN = re.compile(r"\.?\d++(?:[.,]\d++)*+|[^\W\d_]++(?:['\u2019][^\W\d_]++)?+|[^\s\w]|_")
_DIGITS = {0xFF10 + value: str(value) for value in range(10)}
_DIGITS |= {0x0660 + value: str(value) for value in range(10)} | {
    0x06F0 + value: str(value) for value in range(10)
}
_DIGITS |= {0xFF05: "%", 0x2019: "'", 0x2011: "-", 0x2013: "-"}  # each as long as what it stands for
_AFTER_ARTICLE = {"hundred": 100.0, "dozen": 12.0, **SCALES}
_ENDS_PART = frozenset(
    ". , ; : ! ? and but so because when after in on at for with while less more fewer".split()
)
_BEFORE_ONE = frozenset(
    "within in about under around almost nearly took takes take lasted to than after for".split()
)
_NO_HALF = frozenset("first second other last better top bottom this that next".split())


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


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens `first` up to `last` say a number, or one from `low` to `high`; `form` is PART for "a third"."""

    first: int
    last: int
    low: float
    high: float
    form: str = ""
    vague: bool = False  # "a couple of"


PART, ONE = "part", "one"  # a share of a whole; "an hour"


def tokens(text: str) -> list[Token]:
    """Return the words, numbers and marks of `text`, with figures of every script as 0 to 9."""
    plain = text.translate(_DIGITS)
    found: list[Token] = []
    for match in _TOKEN.finditer(plain):
        word, start = match.group(), match.start()
        glued = bool(found) and found[-1].end == start
        found.append(Token(word.lower(), start, match.end(), glued, word[0].isupper()))
    return found


def amounts(words: Sequence[Token]) -> Iterator[Amount]:
    """Yield the amounts that `words` say, in order."""
    at = 0
    while at < len(words):
        found, after = _amount(words, at)
        if found is None:
            at = after
            continue
        found = _range(words, found)
        yield found
        at = found.last


def _amount(words: Sequence[Token], at: int) -> tuple[Amount | None, int]:
    """Return the amount that begins at `at`, if one does, and where to go on."""
    low = words[at].low
    if low in ("a", "an", "half"):
        found = _with_article(words, at)
        return found, found.last if found else at + 1
    value, last = _number(words, at)
    return (None, last) if value is None else _grown(words, at, last, value)


def _number(words: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Return the number that begins at `at`, in figures or in words, and where to go on."""
    if words[at].digits:
        return _figures(words, at)
    if words[at].low in SMALL or words[at].low in TENS:
        return _spoken(words, at)
    return None, at + 1


def _low(words: Sequence[Token], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def _with_article(words: Sequence[Token], at: int) -> Amount | None:
    """Return what begins with "a", "an" or "half": "a hundred", "a third", "half a million", "half of"."""
    one, two, three = (_low(words, at + step) for step in (1, 2, 3))
    if words[at].low == "half":
        return _half(words, at)
    if one in _AFTER_ARTICLE:
        value, last = _spoken(words, at)
        return None if value is None else _grown(words, at, last, value)[0]
    if one in ("couple", "dozen") and two == "of":
        scale = _AFTER_ARTICLE.get(three, 1.0)
        return Amount(at, at + 3 + (scale > 1), 2 * scale, 2 * scale, vague=True)
    if one == "half" and two not in ("a", "an") and _low(words, at - 1) != "and":
        return Amount(at, at + 2, 50.0, 50.0, PART)
    if one in PARTS and one != "half":
        return _part(words, at, 1.0)
    if one in UNITS and UNITS[one].kind == "time" and one != "second" and _low(words, at - 1) in _BEFORE_ONE:
        value, last = (1.5, at + 5) if _and_a_half(words, at + 2) else (1.0, at + 2)
        return Amount(at, last, value, value, ONE)
    return None


def _half(words: Sequence[Token], at: int) -> Amount | None:
    after, then = _low(words, at + 1), _low(words, at + 2)
    if _low(words, at - 1) in _NO_HALF or after in ("past", "way", "baked", "-", "time"):
        return None
    if after in ("a", "an") and then in SCALES:
        value = SCALES[then] / 2
        return Amount(at, at + 3, value, value)
    if after in ("a", "an"):
        return Amount(at, at + 2, 0.5, 0.5) if then in UNITS or then == "dozen" else None
    return Amount(at, at + 1, 50.0, 50.0, PART)


def _part(words: Sequence[Token], at: int, of: float) -> Amount | None:
    """Return "a third" or "two thirds" as percent; no "a third person", no calendar quarter."""
    name, after = _low(words, at + 1), _low(words, at + 2)
    whole = after == "of" or _low(words, at - 1) in (
        "by",
        "than",
        "about",
        "almost",
        "nearly",
        "only",
        "around",
    )
    plural = name.endswith("s")
    ends = after in _ENDS_PART or not after
    if not (whole or plural or (ends and not name.startswith("quarter")) or (of != 1 and after != "half")):
        return None
    if plural and name.startswith("quarter") and not whole and of != 3:
        return None
    value = 100 * of / PARTS[name]
    return Amount(at, at + 2, value, value, PART)


def _and_a_half(words: Sequence[Token], at: int) -> float:
    """Return the share of a whole that is added at `at`: "and a half"."""
    if _low(words, at) == "and" and _low(words, at + 1) == "a" and _low(words, at + 2) in ("half", "quarter"):
        return 1 / PARTS[_low(words, at + 2)]
    return 0.0


def _figures(words: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Return the number in figures at `at`; the whole run is passed over where it is none."""
    end = _end_of_run(words, at)
    value = None if end > at + 1 or _is_glued(words, at) else _value(words[at].low)
    if value is None:
        return None, end
    last = at + 1
    sized = _low(words, last) if last < len(words) and words[last].glued else ""
    if sized in GLUED and not (
        sized == "k" and value in (2, 4, 8) and _low(words, at - 1) not in "$\u20ac\u00a3"
    ):
        if (
            sized not in ("m", "mm")
            or _low(words, at - 1) in ("$", "\u20ac", "\u00a3")
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
    one, other = _value(words[at].low), _value(words[at + 2].low)
    return one is not None and other is not None and one < other <= NEAR * one


def _value(digits: str) -> float | None:
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


def _spoken(words: Sequence[Token], at: int) -> tuple[float | None, int]:
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
            current, last = current * _AFTER_ARTICLE[low], 100
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
    after = _low(words, end + 1)
    more = after in SMALL or after in TENS
    if words[end].low == "-" and words[end].glued and (more or after in _AFTER_ARTICLE):
        return int(last != 1 or after in _AFTER_ARTICLE)
    return int(words[end].low == "and" and last in (100, 1000) and more)


def _after_words(words: Sequence[Token], at: int) -> int:
    while at < len(words) and (words[at].low in SMALL or words[at].low in TENS or words[at].low in "-oh"):
        at += 1
    return at


def _grown(words: Sequence[Token], first: int, last: int, value: float) -> tuple[Amount | None, int]:
    """Return the amount with what may follow it: a scale, "point five", "and a half", "in ten", "thirds"."""
    point, last = _point(words, last)
    value += point
    while _low(words, last) in _AFTER_ARTICLE and _low(words, last) != "dozen" and value < MOST_AMOUNT:
        value, last = value * _AFTER_ARTICLE[words[last].low], last + 1
    half = _and_a_half(words, last)
    if half:
        scale = _AFTER_ARTICLE.get(_low(words, last + 3), 1.0)
        value, last = (value + half) * scale, last + 3 + (scale > 1)
    if value < 20 and _low(words, last) in PARTS and _low(words, last) != "half":
        part = _part(words, last - 1, value)
        if part is not None:
            return Amount(first, part.last, part.low, part.high, PART), part.last
        return None, last + 1
    share = _share(words, first, last, value)
    if share is not None:
        return share, share.last
    return (Amount(first, last, value, value), last) if value <= MOST_AMOUNT else (None, last)


def _point(words: Sequence[Token], at: int) -> tuple[float, int]:
    """Return what "point five" at `at` adds, and where it ends."""
    digits, end = "", at + 1
    if _low(words, at) == "point":
        while _low(words, end) in SMALL and SMALL[words[end].low] < 10 and len(digits) < MOST_DIGITS:
            digits, end = digits + str(SMALL[words[end].low]), end + 1
    return (float(f"0.{digits}"), end) if digits else (0.0, at)


def _share(words: Sequence[Token], first: int, last: int, value: float) -> Amount | None:
    """Return "one in five" and "four out of five" as percent."""
    begin = last + 1 if _low(words, last) == "in" else last + 2
    if _low(words, last) != "in" and (_low(words, last), _low(words, last + 1)) != ("out", "of"):
        return None
    if begin >= len(words) or not (
        words[begin].digits or words[begin].low in SMALL or words[begin].low in (*TENS, "a")
    ):
        return None
    whole, end = _spoken(words, begin) if words[begin].low == "a" else _number(words, begin)
    if whole is None or not value < whole or (words[last].low == "in" and value != 1):
        return None
    if words[last].low == "in" and _low(words, end) in UNITS:
        return None
    share = 100 * value / whole
    return Amount(first, end, share, share, PART)


def _range(words: Sequence[Token], found: Amount) -> Amount:
    """Return `found` with the end of the range that it begins: "two to three", "10-15", "between a and b"."""
    before, joint = _low(words, found.first - 1), _low(words, found.last)
    joints = ("and",) if before == "between" else ("to", "or", "-")
    if found.form or joint not in joints or before == "from" or found.last + 1 >= len(words):
        return found
    at = found.last + 1
    if not (words[at].digits or words[at].low in SMALL or words[at].low in TENS or words[at].low == "a"):
        return found
    other = _bare(words, at) if joint == "-" else _amount(words, at)[0]
    if other is None or other.form:
        return found
    low = found.low
    if other.high >= 1e3 > low and other.high / _scale(other.high) > low >= 1:
        low *= _scale(other.high)
    if low < other.high <= NEAR * low:
        return Amount(found.first, other.last, low, other.high)
    return found


def _bare(words: Sequence[Token], at: int) -> Amount | None:
    """Return the number after a dash."""
    value, last = (_value(words[at].low), at + 1) if words[at].digits else _spoken(words, at)
    return None if value is None else Amount(at, last, value, value)


def _scale(value: float) -> float:
    """Return the largest scale that `value` is a multiple of: of "two to three thousand", a thousand."""
    return next((size for size in (1e9, 1e6, 1e3) if value >= size), 1.0)
