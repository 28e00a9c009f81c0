"""The figures that somebody claims in a text: how much of what, as exactly as they said it. Pure.

A year, an age, a time of day, a version, "two reasons" and "one of the" claim nothing. A figure counts, it
measures something, or it says what share or how many times; "from 900 to 200 ms" is two figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from vivavoce.transcripts.bank.figures.amounts import PART, Amount, amounts
from vivavoce.transcripts.bank.figures.no_claims import (
    is_age,
    is_idiom,
    is_name,
    is_one_day,
    is_parameter,
    is_time,
    is_year,
)
from vivavoce.transcripts.bank.figures.numerals import Token, low_at, tokens
from vivavoce.transcripts.bank.figures.roles import how, role
from vivavoce.transcripts.bank.figures.units import noun_at, stops, unit_at
from vivavoce.transcripts.bank.figures.words import (
    COUNT,
    DIVIDERS,
    FOLDS,
    MONEY_SIGNS,
    NOTHING,
    SURE,
    THE,
    TIMES,
    UNITS,
    VAGUE,
    Unit,
)

MOST = 2000  # figures of a text
FURTHEST = 10  # words on each side that a figure may be about
STEM = 6  # letters


@dataclass(frozen=True, slots=True)
class Figure:
    """From `low` to `high` of `unit`, which are the same unless a range was said; `text[start:end]` says it.

    Attributes:
        noun: what was counted, stemmed; "" if it was not a count or nobody said of what.
        how: EXACT, ROUND, BELOW ("almost"), BEYOND ("more than") or UNDER ("less than").
        role: BY, TO, FROM, or "".
        about: stems of the words that it is about.
    """

    low: float
    high: float
    unit: Unit
    noun: str
    how: str
    role: str
    about: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Said:
    """An amount with its unit: tokens `first` up to `last`, the latter without the noun of a count."""

    amount: Amount
    low: float
    high: float
    unit: Unit
    noun: str
    last: int


def figures(text: str) -> list[Figure]:
    """Return what `text` claims in figures, in order; of a text of nothing but figures the first MOST."""
    return read(text)[0]


def read(text: str) -> tuple[list[Figure], frozenset[str]]:
    """Return the figures of `text`, and the stems of all its words that say what it is about."""
    words = tokens(text)
    found = [said for amount in islice(amounts(words), MOST) if (said := _said(words, amount))]
    found += islice((_fold(at, word) for at, word in enumerate(words) if _is_fold(words, at)), MOST)
    found.sort(key=lambda one: one.amount.first)
    found = _with_units(words, found)
    dividers = [at for at, word in enumerate(words) if word.low in DIVIDERS or stops(words, at)]
    parts = _parts(words, dividers, {one.amount.first for one in found})
    about = frozenset(stem(word.low) for at, word in enumerate(words) if _tells(words, at))
    return [_figure(words, one, parts) for one in found if not _is_loose(words, one)], about


def stem(word: str) -> str:
    """Return the beginning of `word` that its forms share: "migrat" of "migrated" and of "migration"."""
    for ending in ("ations", "ation", "ings", "ing", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)][:STEM]
    return word[:STEM]


def _said(words: Sequence[Token], amount: Amount) -> _Said | None:
    """Return `amount` with its unit; None where it claims nothing."""
    low, high, after = amount.low, amount.high, amount.last
    if amount.form == PART:
        return None if is_idiom(words, amount) else _Said(amount, low, high, UNITS["percent"], "", after)
    unit, last = unit_at(words, amount)
    if is_age(words, amount) or (unit is None and (is_name(words, amount) or is_time(words, amount))):
        return None
    if is_parameter(words, amount, unit, last) or (unit is not None and is_one_day(words, amount, unit)):
        return None
    if unit is not None:
        idiom = unit.kind == "percent" and low_at(words, last) in SURE
        return None if idiom else _Said(amount, low, high, unit, "", last)
    if low == high == 1 and not amount.form:
        return None
    noun, last = noun_at(words, after)
    if is_year(words, amount, noun):
        return None
    unasked = noun in VAGUE or amount.vague or (noun and low_at(words, amount.first - 1) in THE)
    if unasked and low <= 10:
        return None
    if noun == "times" and _is_factor(words, last):
        return _Said(amount, low, high, TIMES, "", last)
    if noun == "nines" and low == high and 1 < low < 13:
        share = 100 - 10 ** (2 - low)
        return _Said(amount, share, share, UNITS["percent"], "", last)
    return _Said(amount, low, high, COUNT, stem(noun), last)


def _is_factor(words: Sequence[Token], at: int) -> bool:
    """Whether "three times" at `at` compares: "three times faster", and does not count."""
    after = low_at(words, at)
    compares = after in ("as", "more", "less", "better", "worse", "the", "what", "higher", "that")
    return compares or (
        after.endswith("er") and after not in ("over", "after", "under", "per", "ever", "her")
    )


def _is_fold(words: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` says how many times or how much less: "doubled", "halved", "twice as fast"."""
    low = words[at].low
    if low in ("twice", "thrice"):
        return _is_factor(words, at + 1) and low_at(words, at + 1) != "that"
    if low in ("halved", "halving"):
        return True
    return low in FOLDS and low_at(words, at + 1) not in ("down", "-", "over", "cross")


def _fold(at: int, word: Token) -> _Said:
    factor = FOLDS.get(word.low)
    value, unit = (50.0, UNITS["percent"]) if factor is None else (factor, TIMES)
    return _Said(Amount(at, at + 1, value, value, PART), value, value, unit, "", at + 1)


def _with_units(words: Sequence[Token], found: Sequence[_Said]) -> list[_Said]:
    """Return `found` with the unit of one figure given to the other: "from 900 to 200 ms"."""
    units = {at: (one.unit, one.noun) for at, one in enumerate(found)}
    for at, (one, other) in reversed(list(enumerate(pairwise(found)))):
        if (
            _is_bare(one)
            and (units[at + 1][0] is not COUNT or units[at + 1][1])
            and _leads_to(words, one, other)
        ):
            units[at] = units[at + 1]
    for at, (one, other) in enumerate(pairwise(found)):
        bare = units[at + 1] == (COUNT, "")
        if bare and units[at][0] is not TIMES and _goes_back(words, one, other):
            units[at + 1] = units[at]
    return [_Said(one.amount, one.low, one.high, *units[at], one.last) for at, one in enumerate(found)]


def _is_bare(one: _Said) -> bool:
    return one.unit is COUNT and not one.noun


def _leads_to(words: Sequence[Token], one: _Said, other: _Said) -> bool:
    """Whether "900" goes on as in "from 900 to 200 ms"."""
    between = [word.low for word in words[one.last : other.amount.first]]
    return bool(between) and len(between) <= 3 and between[0] in ("to", "down", "up", "and", "or", "-")


def _goes_back(words: Sequence[Token], one: _Said, other: _Said) -> bool:
    """Whether a bare number is said of the unit before it: "1.5 hours instead of three"."""
    between = range(one.last, other.amount.first)
    if len(between) > FURTHEST or any(low_at(words, at) in (".", "!", "?") for at in between):
        return False
    said = sum(_tells(words, at) for at in between)
    return said <= (1 if one.unit.kind == "time" else 3) and low_at(words, other.last) != "of"


def _is_loose(words: Sequence[Token], one: _Said) -> bool:
    """Whether a bare number is said of nothing: "one, two, three", "the two", "two of us"."""
    if not _is_bare(one):
        return False
    before, after = low_at(words, one.amount.first - 1), low_at(words, one.last)
    listed = before in (",", "") and after in (",", "") and one.low < 10
    started = after in (")",) or (after == "." and before in ("", "."))
    us = (after == "of" and low_at(words, one.last + 1) in ("us",)) or before in THE
    return listed or started or us


def _figure(words: Sequence[Token], one: _Said, parts: Mapping[int, tuple[int, int]]) -> Figure:
    first, last = one.amount.first, one.last
    begin, end = parts[first]
    begin, end = max(begin, first - FURTHEST), min(end, last + FURTHEST)
    about = {
        stem(words[at].low)
        for at in range(begin, end)
        if _tells(words, at) and not first <= at < one.amount.last
    }
    plays = role(words, one.amount, one.unit, last, range(begin, end))
    exact = how(words, one.amount, one.unit, last)
    start = words[first].start - (low_at(words, first - 1) in MONEY_SIGNS)
    stop = words[last - 1].end
    return Figure(one.low, one.high, one.unit, one.noun, exact, plays, frozenset(about), start, stop)


def _tells(words: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` may say what a figure is about."""
    low = words[at].low
    return len(low) > 2 and low.isalpha() and low not in NOTHING


def _parts(words: Sequence[Token], dividers: Sequence[int], numbers: set[int]) -> dict[int, tuple[int, int]]:
    """Return for each number the stretch of tokens around it that says what it is about.

    That is up to the next divider; where nothing is said there, the stretch before it belongs to it too.
    """
    found, before, ends = {}, 0, [*dividers, len(words)]
    begin = 0
    for end in ends:
        inside = [at for at in range(begin, end) if at in numbers]
        telling = any(_tells(words, at) for at in range(begin, end))
        for at in inside:
            found[at] = (begin if telling else before, end)
        if telling or low_at(words, end) in (".", "!", "?"):
            before = begin if telling else before
        begin = end + 1
    return found
