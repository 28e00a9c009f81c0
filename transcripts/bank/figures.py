"""The figures that somebody claims in a text: how much of what, as exactly as they said it. Pure.

A year, an age, a time of day, a version, "two reasons" and "one of the" claim nothing. A figure counts, it
measures something, or it says what share or how many times; "from 900 to 200 ms" is two figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vivavoce.transcripts.bank.figure_words import (
    ABOUT,
    AGES,
    ALMOST,
    BEFORE_YEARS,
    CHANGES,
    CLOCK,
    COMPOUNDS,
    COUNT,
    DAYS,
    DIVIDERS,
    EARLIER,
    FOLDS,
    HEDGES,
    LABELS,
    LESS,
    MONEY_SIGNS,
    MONTHS,
    MORE,
    NO_PLURALS,
    NOTHING,
    PARTS_OF_DAY,
    PLAIN_LABELS,
    PLURALS,
    POINT,
    SHORT,
    STOPS,
    SURE,
    THE,
    TIMES,
    UNITS,
    VAGUE,
    Unit,
)
from vivavoce.transcripts.bank.numerals import ONE, PART, Amount, Token, amounts, tokens

EXACT, ROUND, BELOW, BEYOND = "exact", "about", "almost", "more than"  # `how`
UNDER = "less than"
BY, TO, FROM = "by", "to", "from"  # `role`; "" for what simply is so
FURTHEST = 10  # words on each side that a figure may be about
NOUN = 4  # words, the last of which is what was counted
STEM = 6  # letters


_BEFORE_OVER = frozenset("took takes to for lasted was is were of from with well just had have by at waited".split())
_FOR_ONE = frozenset("in within by took for than under about only to".split())


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
    """Return what `text` claims in figures, in order."""
    words = tokens(text)
    found = [said for amount in amounts(words) if (said := _said(words, amount))]
    found += [_fold(at, word) for at, word in enumerate(words) if _is_fold(words, at)]
    found.sort(key=lambda one: one.amount.first)
    found = _with_units(words, found)
    dividers = [at for at, word in enumerate(words) if word.low in DIVIDERS or _stops(words, at)]
    parts = _parts(words, dividers, {one.amount.first for one in found})
    return [_figure(words, one, parts) for one in found if not _is_loose(words, one)]


def stem(word: str) -> str:
    """Return the beginning of `word` that its forms share: "migrat" of "migrated" and of "migration"."""
    for ending in ("ations", "ation", "ings", "ing", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)][:STEM]
    return word[:STEM]


def _low(words: Sequence[Token], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def _stops(words: Sequence[Token], at: int) -> bool:
    return words[at].low in (".", "!", "?", ",", ";", ":", "\u2014", "(", ")")


def _said(words: Sequence[Token], amount: Amount) -> _Said | None:
    """Return `amount` with its unit; None where it claims nothing."""
    low, high, after = amount.low, amount.high, amount.last
    if amount.form == PART:
        return None if _is_idiom(words, amount) else _Said(amount, low, high, UNITS["percent"], "", after)
    unit, last = _unit(words, amount)
    if _is_age(words, amount) or (unit is None and (_is_name(words, amount) or _is_time(words, amount))):
        return None
    if unit is not None and _is_one_day(words, amount, unit):
        return None
    if unit is not None:
        idiom = unit.kind == "percent" and _low(words, last) in SURE
        return None if idiom else _Said(amount, low, high, unit, "", last)
    if low == high == 1 and not amount.form:
        return None
    noun, last = _noun(words, after)
    if _is_year(words, amount, noun):
        return None
    unasked = noun in VAGUE or amount.vague or (noun and _low(words, amount.first - 1) in THE)
    if unasked and low <= 10:
        return None
    if noun == "times" and _is_factor(words, last):
        return _Said(amount, low, high, TIMES, "", last)
    if noun == "nines" and low == high and 1 < low < 13:
        share = 100 - 10 ** (2 - low)
        return _Said(amount, share, share, UNITS["percent"], "", last)
    return _Said(amount, low, high, COUNT, stem(noun), last)


def _unit(words: Sequence[Token], amount: Amount) -> tuple[Unit | None, int]:
    """Return the unit that stands at an amount, if one does, and where it ends."""
    at = amount.last
    before = _low(words, amount.first - 1)
    if amount.form == ONE:
        return UNITS[_low(words, amount.first + 1)], at
    if before in MONEY_SIGNS:
        return MONEY_SIGNS[before], at
    if _low(words, at) in ("-", "+") and words[at].glued:
        at += 1
    while _low(words, at) in ("full", "whole", "working", "business", "consecutive", "more", "us"):
        at += 1
    name = _low(words, at)
    if name == "per" and _low(words, at + 1) == "cent":
        name, at = "percent", at + 1
    glued = at < len(words) and words[at].glued
    if name == "x" and glued:
        return TIMES, at + 1
    if name in ("percent", "%", "percentage") and _low(words, at + 1) in ("point", "points"):
        return POINT, at + 2
    if name in UNITS or (glued and name in SHORT):
        return UNITS.get(name) or SHORT[name], at + 1
    then = UNITS.get(_low(words, at + 1))  # "three solid days"
    told = name.isalpha() and name not in STOPS and not name.endswith("s")
    if then is not None and then.kind == "time" and told:
        return then, at + 2
    return None, amount.last


def _noun(words: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the noun that was counted, "" if none follows, and where it ends."""
    at += _low(words, at) == "+"
    compound = _low(words, at) == "-" and words[at].glued
    if compound:
        inside = _low(words, at + 1)
        return (inside, at + 2) if inside in COMPOUNDS else (inside and "things", at + 2)
    if _low(words, at) == "of" and _low(words, at + 1) in ("the", "our", "my", "these", "those"):
        at += 2
    for step in range(at, min(at + NOUN, len(words))):
        low = words[step].low
        if (low in STOPS or not low.isalpha()) and low != "'":
            break
        if low in PLURALS or (low.endswith("s") and not low.endswith("ss") and low not in NO_PLURALS):
            return low, step + 1
    return "", at


def _is_one_day(words: Sequence[Token], amount: Amount, unit: Unit) -> bool:
    """Whether it is "one day I woke up", which is no day long."""
    alone = unit.name == "day" and words[amount.first].low == "one" and amount.high == 1
    return alone and _low(words, amount.first - 1) not in _FOR_ONE


def _is_name(words: Sequence[Token], amount: Amount) -> bool:
    """Whether the number names something: "room 12", "March 14", "top 10", "number one"."""
    before, after = _low(words, amount.first - 1), _low(words, amount.last)
    digits = words[amount.first].digits
    if before in ("#", "no") and words[amount.first].glued:
        return True
    if before in (LABELS if digits else PLAIN_LABELS) and amount.low == amount.high:
        return True
    if before in MONTHS and before not in ("may", "march") and amount.low <= 31:
        return True
    dated = after in MONTHS and digits and amount.low <= 31
    ordinal = after in ("st", "nd", "rd", "th") and amount.last < len(words) and words[amount.last].glued
    capital = amount.first > 1 and words[amount.first - 1].capital and not _stops(words, amount.first - 2)
    named = capital and digits and before.isalpha() and before not in DAYS | MONTHS | HEDGES | {"i"}
    return (
        dated or ordinal or (named and not _noun(words, amount.last)[0] and _unit(words, amount)[0] is None)
    )


def _is_time(words: Sequence[Token], amount: Amount) -> bool:
    """Whether it is a time of day: "at 3", "nine o'clock", "ten past three", "between eight and ten"."""
    after, then = _low(words, amount.last), _low(words, amount.last + 1)
    before = _low(words, amount.first - 1)
    if amount.high > 60 or amount.form:
        return False
    if after in CLOCK or (after in ("a", "p") and _low(words, amount.last + 2) == "m"):
        return True
    if before == "past" or (before == "to" and _clock_to(words, amount.first - 2)):
        return True
    if (
        after == "to"
        and _low(words, amount.first - 1) in ("at", "until", "it")
        and _clock_to(words, amount.last - 1)
    ):
        return True
    in_the = after in ("in", "at") and (then in PARTS_OF_DAY or _low(words, amount.last + 2) in PARTS_OF_DAY)
    if amount.high <= 24 and in_the:
        return True
    hour = amount.high <= 12 and before in ("at", "until", "till") and _noun(words, amount.last)[0] == ""
    return hour and _unit(words, amount)[0] is None and not _measured(words, amount.first - 2)


def _clock_to(words: Sequence[Token], at: int) -> bool:
    """Whether a number that ends at `at` stands before "to" as in "twenty to five"."""
    if _low(words, at) not in ("five", "ten", "twenty", "quarter", "5", "10", "20", "25"):
        return False
    return any(_low(words, at - step) in ("at", "until", "it") for step in (1, 2))


def _measured(words: Sequence[Token], at: int) -> bool:
    return (
        _low(words, at) in ("was", "were", "is", "are", "stood", "now", "be", "been")
        or _low(words, at) in CHANGES
    )


def _is_age(words: Sequence[Token], amount: Amount) -> bool:
    """Whether it is how old somebody is: "25 years old", "I was twenty-six", "aged 40"."""
    before, first = _low(words, amount.first - 1), amount.first
    near = [_low(words, amount.last + step) for step in range(4)]
    if (
        before in AGES
        or "old" in near[1:3]
        and near[0] in ("year", "years", "-")
        or "old" in near[3:]
        and near[0] == "-"
    ):
        return True
    ends = near[0] == "" or not near[0].isalpha() or near[0] in STOPS
    me = _low(words, first - 2) in ("i", "he", "she") and before in ("was", "am", "is", "turned")
    mine = before in ("i'm", "he's", "she's") or me
    return mine and ends and 10 <= amount.low <= 99 and near[0] != "%"


def _is_idiom(words: Sequence[Token], amount: Amount) -> bool:
    """Whether a share is a way of speaking: "half an eye", "the second half"; "out of ten" is none."""
    return _low(words, amount.last) in ("way", "heartedly", "year", "marathon", "battle", "term")


def _is_year(words: Sequence[Token], amount: Amount, noun: str) -> bool:
    if not (amount.low == amount.high and 1900 <= amount.low < 2100 and amount.low % 1 == 0):
        return False
    before = _low(words, amount.first - 1)
    if _low(words, amount.last) == "+":
        return False
    named = before in BEFORE_YEARS or before in MONTHS or before == ","
    if amount.low == 2000:
        return named and not noun
    return "," not in words[amount.first].low and (named or not noun)


def _is_factor(words: Sequence[Token], at: int) -> bool:
    """Whether "three times" at `at` compares: "three times faster", and does not count."""
    after = _low(words, at)
    compares = after in ("as", "more", "less", "better", "worse", "the", "what", "higher", "that")
    return compares or (
        after.endswith("er") and after not in ("over", "after", "under", "per", "ever", "her")
    )


def _is_fold(words: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` says how many times or how much less: "doubled", "halved", "twice as fast"."""
    low = words[at].low
    if low in ("twice", "thrice"):
        return _is_factor(words, at + 1) and _low(words, at + 1) != "that"
    if low in ("halved", "halving"):
        return True
    return low in FOLDS and _low(words, at + 1) not in ("down", "-", "over")


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
    if len(between) > FURTHEST or any(_low(words, at) in (".", "!", "?") for at in between):
        return False
    said = sum(_tells(words, at) for at in between)
    return said <= (1 if one.unit.kind == "time" else 3) and _low(words, other.last) != "of"


def _is_loose(words: Sequence[Token], one: _Said) -> bool:
    """Whether a bare number is said of nothing: "one, two, three", "the two", "two of us"."""
    if not _is_bare(one):
        return False
    before, after = _low(words, one.amount.first - 1), _low(words, one.last)
    listed = before in (",", "") and after in (",", "") and one.low < 10
    started = after in (")",) or (after == "." and before in ("", "."))
    us = after == "of" and _low(words, one.last + 1) in ("us",) or before in THE
    return listed or started or us


def _figure(words: Sequence[Token], one: _Said, parts: Sequence[tuple[int, int]]) -> Figure:
    first, last = one.amount.first, one.last
    begin, end = parts[first]
    around = range(max(begin, first - FURTHEST), min(end, last + FURTHEST))
    about = {stem(words[at].low) for at in around if _tells(words, at) and not first <= at < one.amount.last}
    role = _role(words, one, range(begin, end))
    start = words[first].start - (_low(words, first - 1) in MONEY_SIGNS)
    stop = words[last - 1].end
    return Figure(
        one.low, one.high, one.unit, one.noun, _how(words, one), role, frozenset(about), start, stop
    )


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
        if telling or _low(words, end) in (".", "!", "?"):
            before = begin if telling else before
        begin = end + 1
    return found


def _how(words: Sequence[Token], one: _Said) -> str:
    before = [_low(words, one.amount.first - step) for step in (1, 2, 3)]
    near = before[1:] if before[0] in MONEY_SIGNS or before[0] in ("a", "the") else before
    after = _low(words, one.last), _low(words, one.last + 1)
    two = f"{near[1] if len(near) > 1 else ''} {near[0]}"
    if near[0] in ALMOST or two in ("just under", "close to"):
        return BELOW
    spanned = near[0] == "over" and one.unit.kind in ("time", "count") and near[1] not in _BEFORE_OVER
    beyond = two in ("more than", "at least", "just over", "upwards of") or (near[0] in MORE and not spanned)
    if beyond or after[0] == "+" or two == "less than" and near[2] == "not":
        return BEYOND
    if two in ("less than", "fewer than", "up to", "at most", "no more") or near[0] in LESS:
        return UNDER
    vague = one.amount.vague or near[0] in ABOUT or after == ("or", "so") or after[0] in ("ish", "roughly")
    return ROUND if vague else EXACT


def _role(words: Sequence[Token], one: _Said, clause: range) -> str:
    """Return whether the figure is what changed, what it came to or what it came from."""
    at, first = one.amount.first - 1, one.amount.first
    while at >= clause.start and (_low(words, at) in HEDGES - {"to", "up"} or _low(words, at) in MONEY_SIGNS):
        at -= 1
    before = _low(words, at)
    if before in (BY, FROM):
        return before
    if before == "of" and _low(words, at - 1) == "instead":
        return FROM
    if before == TO and _low(words, at - 1) != "up" or (before == TO and _low(words, at - 2) in CHANGES):
        return TO
    share = one.unit.kind in ("percent", "times", "point")
    after = [_low(words, place) for place in range(one.last, min(one.last + 2, len(words)))]
    if share and (_low(words, first) in FOLDS or _low(words, first).startswith("halv")):
        return BY
    if share and (before in CHANGES or any(word in CHANGES for word in after)):
        return BY
    return FROM if any(words[place].low in EARLIER for place in clause) else ""
