"""The amounts of a text: its numbers, also "two and a half", "one in five", "10-15". Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.bank.figures.numerals import (
    MOST_AMOUNT,
    MOST_DIGITS,
    NEAR,
    Token,
    in_figures,
    in_words,
    low_at,
    number,
)
from vivavoce.transcripts.bank.figures.words import AFTER_ARTICLE, PARTS, SCALES, SMALL, TENS, UNITS

PART, ONE = "part", "one"  # a share of a whole; "an hour"

_ENDS_PART = frozenset(
    ". , ; : ! ? and but so because when after in on at for with while less more fewer".split()
)
_BEFORE_ONE = frozenset(
    "within in about under around almost nearly took takes take lasted to than after for".split()
)
_NO_HALF = frozenset("first second other last better top bottom this that next".split())


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens `first` up to `last` say a number, or one from `low` to `high`; `form` is PART for "a third"."""

    first: int
    last: int
    low: float
    high: float
    form: str = ""
    vague: bool = False  # "a couple of"


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
    value, last = number(words, at)
    return (None, last) if value is None else _grown(words, at, last, value)


def _with_article(words: Sequence[Token], at: int) -> Amount | None:
    """Return what begins with "a", "an" or "half": "a hundred", "a third", "half a million", "half of"."""
    one, two, three = (low_at(words, at + step) for step in (1, 2, 3))
    if words[at].low == "half":
        return _half(words, at)
    if one in AFTER_ARTICLE:
        value, last = in_words(words, at)
        return None if value is None else _grown(words, at, last, value)[0]
    if one in ("couple", "dozen") and two == "of":
        scale = AFTER_ARTICLE.get(three, 1.0)
        return Amount(at, at + 3 + (scale > 1), 2 * scale, 2 * scale, vague=True)
    if one == "half" and two not in ("a", "an") and low_at(words, at - 1) != "and":
        return Amount(at, at + 2, 50.0, 50.0, PART)
    if one in PARTS and one != "half":
        return _part(words, at, 1.0)
    if (
        one in UNITS
        and UNITS[one].kind == "time"
        and one != "second"
        and low_at(words, at - 1) in _BEFORE_ONE
    ):
        value, last = (1.5, at + 5) if _and_a_half(words, at + 2) else (1.0, at + 2)
        return Amount(at, last, value, value, ONE)
    return None


def _half(words: Sequence[Token], at: int) -> Amount | None:
    after, then = low_at(words, at + 1), low_at(words, at + 2)
    if low_at(words, at - 1) in _NO_HALF or after in ("past", "way", "baked", "-", "time"):
        return None
    if after in ("a", "an") and then in SCALES:
        value = SCALES[then] / 2
        return Amount(at, at + 3, value, value)
    if after in ("a", "an"):
        return Amount(at, at + 2, 0.5, 0.5) if then in UNITS or then == "dozen" else None
    return Amount(at, at + 1, 50.0, 50.0, PART)


def _part(words: Sequence[Token], at: int, of: float) -> Amount | None:
    """Return "a third" or "two thirds" as percent; no "a third person", no calendar quarter."""
    name, after = low_at(words, at + 1), low_at(words, at + 2)
    whole = after == "of" or low_at(words, at - 1) in (
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
    if (
        low_at(words, at) == "and"
        and low_at(words, at + 1) == "a"
        and low_at(words, at + 2) in ("half", "quarter")
    ):
        return 1 / PARTS[low_at(words, at + 2)]
    return 0.0


def _grown(words: Sequence[Token], first: int, last: int, value: float) -> tuple[Amount | None, int]:
    """Return the amount with what may follow it: a scale, "point five", "and a half", "in ten", "thirds"."""
    point, last = _point(words, last)
    value += point
    while low_at(words, last) in AFTER_ARTICLE and low_at(words, last) != "dozen" and value < MOST_AMOUNT:
        value, last = value * AFTER_ARTICLE[words[last].low], last + 1
    half = _and_a_half(words, last)
    if half:
        scale = AFTER_ARTICLE.get(low_at(words, last + 3), 1.0)
        value, last = (value + half) * scale, last + 3 + (scale > 1)
    if value < 20 and low_at(words, last) in PARTS and low_at(words, last) != "half":
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
    if low_at(words, at) == "point":
        while low_at(words, end) in SMALL and SMALL[words[end].low] < 10 and len(digits) < MOST_DIGITS:
            digits, end = digits + str(SMALL[words[end].low]), end + 1
    return (float(f"0.{digits}"), end) if digits else (0.0, at)


def _share(words: Sequence[Token], first: int, last: int, value: float) -> Amount | None:
    """Return "one in five" and "four out of five" as percent."""
    begin = last + 1 if low_at(words, last) == "in" else last + 2
    if low_at(words, last) != "in" and (low_at(words, last), low_at(words, last + 1)) != ("out", "of"):
        return None
    if begin >= len(words) or not (
        words[begin].digits or words[begin].low in SMALL or words[begin].low in (*TENS, "a")
    ):
        return None
    whole, end = in_words(words, begin) if words[begin].low == "a" else number(words, begin)
    if whole is None or not value < whole or (words[last].low == "in" and value != 1):
        return None
    if words[last].low == "in" and low_at(words, end) in UNITS:
        return None
    share = 100 * value / whole
    return Amount(first, end, share, share, PART)


def _range(words: Sequence[Token], found: Amount) -> Amount:
    """Return `found` with the end of the range that it begins: "two to three", "10-15", "between a and b"."""
    before, joint = low_at(words, found.first - 1), low_at(words, found.last)
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
    value, last = (in_figures(words[at].low), at + 1) if words[at].digits else in_words(words, at)
    return None if value is None else Amount(at, last, value, value)


def _scale(value: float) -> float:
    """Return the largest scale that `value` is a multiple of: of "two to three thousand", a thousand."""
    return next((size for size in (1e9, 1e6, 1e3) if value >= size), 1.0)
