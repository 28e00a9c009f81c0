"""How exactly a figure was said; whether it is what changed, what it came to or what it came from. Pure."""

from collections.abc import Sequence

from vivavoce.transcripts.bank.figures.amounts import Amount
from vivavoce.transcripts.bank.figures.numerals import Token, low_at
from vivavoce.transcripts.bank.figures.words import (
    ABOUT,
    ALMOST,
    CHANGES,
    EARLIER,
    FOLDS,
    HEDGES,
    LESS,
    MONEY_SIGNS,
    MORE,
    Unit,
)

EXACT, ROUND, BELOW, BEYOND = "exact", "about", "almost", "more than"  # how
UNDER = "less than"
BY, TO, FROM = "by", "to", "from"  # the role; "" for what simply is so


_BEFORE_OVER = frozenset("took takes to for lasted was is were of from with well just had have by at".split())


def how(words: Sequence[Token], amount: Amount, unit: Unit, last: int) -> str:
    """Return how exactly `amount` was said; its unit ends at `last`."""
    before = [low_at(words, amount.first - step) for step in (1, 2, 3, 4)]
    near = before[1:] if before[0] in MONEY_SIGNS or before[0] in ("a", "the") else before
    after = low_at(words, last), low_at(words, last + 1)
    two = f"{near[1]} {near[0]}"
    if near[0] in ALMOST or two in ("just under", "close to"):
        return BELOW
    spanned = near[0] == "over" and unit.kind in ("time", "count") and near[1] not in _BEFORE_OVER
    beyond = two in ("more than", "at least", "just over", "upwards of") or (near[0] in MORE and not spanned)
    if beyond or after[0] == "+" or (two == "less than" and near[2] == "not"):
        return BEYOND
    if two in ("less than", "fewer than", "up to", "at most", "no more") or near[0] in LESS:
        return UNDER
    vague = amount.vague or near[0] in ABOUT or after == ("or", "so") or after[0] in ("ish", "roughly")
    return ROUND if vague else EXACT


def role(words: Sequence[Token], amount: Amount, unit: Unit, last: int, clause: range) -> str:
    """Return the role of `amount` in the tokens of its `clause`; its unit ends at `last`."""
    at, first = amount.first - 1, amount.first
    while at >= clause.start and (
        low_at(words, at) in HEDGES - {"to", "up"} or low_at(words, at) in MONEY_SIGNS
    ):
        at -= 1
    before = low_at(words, at)
    if before in (BY, FROM):
        return before
    if before == "instead":
        return FROM
    if before == TO and (low_at(words, at - 1) != "up" or low_at(words, at - 2) in CHANGES):
        return TO
    share = unit.kind in ("percent", "times", "point")
    after = [low_at(words, place) for place in range(last, min(last + 2, len(words)))]
    if share and (low_at(words, first) in FOLDS or low_at(words, first).startswith("halv")):
        return BY
    if share and (before in CHANGES or any(word in CHANGES for word in after)):
        return BY
    return FROM if any(words[place].low in EARLIER for place in clause) else ""
