"""Numbers that claim nothing: a name, a year, a time of day, an age, a way of speaking. Pure."""

from collections.abc import Sequence

from vivavoce.transcripts.bank.figures.amounts import Amount
from vivavoce.transcripts.bank.figures.numerals import Token, low_at
from vivavoce.transcripts.bank.figures.units import noun_at, stops, unit_at
from vivavoce.transcripts.bank.figures.words import (
    AGES,
    BEFORE_YEARS,
    CERTAIN,
    CHANGES,
    CLOCK,
    DAYS,
    HEDGES,
    LABELS,
    MEASURES,
    MONTHS,
    PARTS_OF_DAY,
    PLAIN_LABELS,
    STOPS,
    Unit,
)

DEPTHS, ROUND_DEPTH = 30, 50  # how deep a list is looked at: up to 30, or so many times 50
_FOR_ONE = frozenset("in within by took for than under about only to".split())


def is_one_day(words: Sequence[Token], amount: Amount, unit: Unit) -> bool:
    """Whether it is "one day I woke up", which is no day long."""
    alone = unit.name == "day" and words[amount.first].low == "one" and amount.high == 1
    return alone and low_at(words, amount.first - 1) not in _FOR_ONE


def is_name(words: Sequence[Token], amount: Amount) -> bool:
    """Whether the number names something: "room 12", "March 14", "top 10", "number one"."""
    before, after = low_at(words, amount.first - 1), low_at(words, amount.last)
    digits = words[amount.first].digits
    if before in ("#", "no") and words[amount.first].glued:
        return True
    if before in (LABELS if digits else PLAIN_LABELS) and amount.low == amount.high:
        return True
    if before in MONTHS and before not in ("may", "march") and amount.low <= 31:
        return True
    dated = after in MONTHS and digits and amount.low <= 31
    ordinal = after in ("st", "nd", "rd", "th") and amount.last < len(words) and words[amount.last].glued
    capital = amount.first > 1 and words[amount.first - 1].capital and not stops(words, amount.first - 2)
    named = capital and digits and before.isalpha() and before not in DAYS | MONTHS | HEDGES | {"i"}
    return (
        dated
        or ordinal
        or (named and not noun_at(words, amount.last)[0] and unit_at(words, amount)[0] is None)
    )


def is_time(words: Sequence[Token], amount: Amount) -> bool:
    """Whether it is a time of day: "at 3", "nine o'clock", "ten past three", "between eight and ten"."""
    after, then = low_at(words, amount.last), low_at(words, amount.last + 1)
    before = low_at(words, amount.first - 1)
    if amount.high > 60 or amount.form:
        return False
    if after in CLOCK or (after in ("a", "p") and low_at(words, amount.last + 2) == "m"):
        return True
    if before == "past" or (before == "to" and _clock_to(words, amount.first - 2)):
        return True
    if (
        after == "to"
        and low_at(words, amount.first - 1) in ("at", "until", "it")
        and _clock_to(words, amount.last - 1)
    ):
        return True
    in_the = after in ("in", "at") and (
        then in PARTS_OF_DAY or low_at(words, amount.last + 2) in PARTS_OF_DAY
    )
    if amount.high <= 24 and in_the:
        return True
    hour = amount.high <= 12 and before in ("at", "until", "till") and noun_at(words, amount.last)[0] == ""
    return hour and unit_at(words, amount)[0] is None and not _measured(words, amount.first - 2)


def _clock_to(words: Sequence[Token], at: int) -> bool:
    """Whether a number that ends at `at` stands before "to" as in "twenty to five"."""
    if low_at(words, at) not in ("five", "ten", "twenty", "quarter", "5", "10", "20", "25"):
        return False
    return any(low_at(words, at - step) in ("at", "until", "it") for step in (1, 2))


def _measured(words: Sequence[Token], at: int) -> bool:
    return (
        low_at(words, at) in ("was", "were", "is", "are", "stood", "now", "be", "been")
        or low_at(words, at) in CHANGES
    )


def is_age(words: Sequence[Token], amount: Amount) -> bool:
    """Whether it is how old somebody is: "25 years old", "I was twenty-six", "aged 40"."""
    before, first = low_at(words, amount.first - 1), amount.first
    near = [low_at(words, amount.last + step) for step in range(4)]
    if (
        before in AGES
        or ("old" in near[1:3] and near[0] in ("year", "years", "-"))
        or ("old" in near[3:] and near[0] == "-")
    ):
        return True
    ends = near[0] == "" or not near[0].isalpha() or near[0] in STOPS
    me = low_at(words, first - 2) in ("i", "he", "she") and before in ("was", "am", "is", "turned")
    mine = before in ("i'm", "he's", "she's") or me
    return mine and ends and 10 <= amount.low <= 99 and near[0] != "%"


def is_parameter(words: Sequence[Token], amount: Amount, unit: Unit | None, last: int) -> bool:
    """Whether it says how something is measured: "recall at 100", "p 95", "a 95 percent confidence interval".

    `last` is the token after the unit.
    """
    first = amount.first
    before, two_before = low_at(words, first - 1), low_at(words, first - 2)
    if before in ("at", "@", "after") and two_before in MEASURES:
        return _is_depth(words, amount, unit, last)
    if unit is None:
        after = [one for step in range(3) if (one := low_at(words, amount.last + step)) != "-"]
        percentile = before == "p" or after[:1] == ["percentile"]
        return percentile or after[:2] == ["fold", "cross"] or "k" in (before, two_before * (before == "="))
    sure = low_at(words, last) in CERTAIN
    level = two_before in CERTAIN or (two_before == "level" and low_at(words, first - 3) in CERTAIN)
    return unit.kind == "percent" and (sure or (level and before in ("of", "at")))


def _is_depth(words: Sequence[Token], amount: Amount, unit: Unit | None, last: int) -> bool:
    """Whether something is measured there, and it is not what was measured: "recall at 92"."""
    if unit is None:
        whole = amount.low == amount.high and amount.low % 1 == 0 and not noun_at(words, amount.last)[0]
        return whole and (amount.low <= DEPTHS or amount.low % ROUND_DEPTH == 0)
    return unit.kind == "time" or (unit.kind == "percent" and low_at(words, last) in MEASURES)


def is_idiom(words: Sequence[Token], amount: Amount) -> bool:
    """Whether a share is a way of speaking: "half an eye", "the second half"; "out of ten" is none."""
    return low_at(words, amount.last) in ("way", "heartedly", "year", "marathon", "battle", "term")


def is_year(words: Sequence[Token], amount: Amount, noun: str) -> bool:
    """Whether it is a year: "in 2019", "two thousand nineteen"."""
    if not (amount.low == amount.high and 1900 <= amount.low < 2100 and amount.low % 1 == 0):
        return False
    before = low_at(words, amount.first - 1)
    if low_at(words, amount.last) == "+":
        return False
    named = before in BEFORE_YEARS or before in MONTHS or before == ","
    if amount.low == 2000:
        return named and not noun
    return "," not in words[amount.first].low and (named or not noun)
