"""What stands behind an amount: its unit, or the noun that was counted. Pure."""

from collections.abc import Sequence

from vivavoce.transcripts.bank.figures.amounts import ONE, Amount
from vivavoce.transcripts.bank.figures.numerals import Token, low_at
from vivavoce.transcripts.bank.figures.words import (
    COMPOUNDS,
    MONEY_SIGNS,
    NO_PLURALS,
    PLURALS,
    POINT,
    SHORT,
    STOPS,
    TIMES,
    UNITS,
    Unit,
)

NOUN = 4  # words, the last of which is what was counted


def stops(words: Sequence[Token], at: int) -> bool:
    """Whether a mark that ends a clause stands at `at`."""
    return words[at].low in (".", "!", "?", ",", ";", ":", "\u2014", "(", ")")


def unit_at(words: Sequence[Token], amount: Amount) -> tuple[Unit | None, int]:
    """Return the unit that stands at an amount, if one does, and where it ends."""
    at = amount.last
    before = low_at(words, amount.first - 1)
    if amount.form == ONE:
        return UNITS[low_at(words, amount.first + 1)], at
    if before in MONEY_SIGNS:
        return MONEY_SIGNS[before], at
    if low_at(words, at) in ("-", "+") and words[at].glued:
        at += 1
    while low_at(words, at) in ("full", "whole", "working", "business", "consecutive", "more", "us"):
        at += 1
    name = low_at(words, at)
    if name == "per" and low_at(words, at + 1) == "cent":
        name, at = "percent", at + 1
    glued = at < len(words) and words[at].glued
    if name == "x" and glued:
        return TIMES, at + 1
    if name in ("percent", "%", "percentage") and low_at(words, at + 1) in ("point", "points"):
        return POINT, at + 2
    if name in UNITS or (glued and name in SHORT):
        return UNITS.get(name) or SHORT[name], at + 1
    then = UNITS.get(low_at(words, at + 1))  # "three solid days"
    told = name.isalpha() and name not in STOPS and not name.endswith("s")
    if then is not None and then.kind == "time" and told:
        return then, at + 2
    return None, amount.last


def noun_at(words: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the noun that was counted, "" if none follows, and where it ends."""
    at += low_at(words, at) == "+"
    compound = low_at(words, at) == "-" and words[at].glued
    if compound:
        inside = low_at(words, at + 1)
        return (inside, at + 2) if inside in COMPOUNDS else (inside and "things", at + 2)
    if low_at(words, at) == "of" and low_at(words, at + 1) in ("the", "our", "my", "these", "those"):
        at += 2
    for step in range(at, min(at + NOUN, len(words))):
        low = words[step].low
        if (low in STOPS or not low.isalpha()) and low != "'":
            break
        if low in PLURALS or (low.endswith("s") and not low.endswith("ss") and low not in NO_PLURALS):
            return low, step + 1
    return "", at
