"""What somebody said they did, turned round: "I moved the flag" becomes "you moved the flag". Pure.

A clause is taken only where it is surely whole and surely theirs: it begins with "I" or "we" after a stop or
a conjunction, goes on with a past-tense verb that does something to something, and ends where the sentence or
a next clause begins. No person, nothing of body or death, no denial, no "it" that nobody could place, nothing
that was perhaps misheard. Naming nothing is better than naming what nobody would: most clauses go by.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vivavoce.transcripts.events import Word
from vivavoce.transcripts.story.claim_words import (
    ADVERBS,
    APPOSED,
    ASKS_ON,
    BANNED,
    BEGINS,
    CUTS,
    DID,
    FILLERS,
    JOINS,
    LASTING,
    LEANING,
    MOST_OPENING,
    NAMES,
    NEVER_FIRST,
    NEVER_LAST,
    NEXT,
    NOT_CHOSEN,
    OPENS,
    PAIRS,
    PHRASES,
    PREDICATES,
    PRIVATE,
    SAID,
    SUBJECTS,
    TURNED,
)
from vivavoce.transcripts.story.star import DOING

TRUSTED = 0.6  # recognition probability of each word
FEWEST, MOST = 5, 12  # words of a claim
LATEST = 450  # words that are looked at, three minutes of talk
FURTHEST = 40  # words from a verb back to its subject
FULL_STOPS = tuple(".!?;\u2014\u2013")

_DONE = re.compile(DOING)
_HOW_IT_WAS = re.compile(r"\w{2,}[^e]ed")  # "the functions defined"
_PLAIN = re.compile(
    r"[a-z]+(?:['/-][a-z]+)*|[A-Z][A-Z0-9/]{1,6}s?|[A-Z]?[a-z]+[A-Z][A-Za-z]*|\d+(?:[.,]\d+)*|I"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that can be said to who said it; `shared` if they said "we"."""

    text: str
    shared: bool
    lasting: bool = False  # what was done may still be there: "built", not "measured"
    chosen: bool = True  # it could have been left: "moved", not "found"


class _Token(NamedTuple):  # hundreds a turn, made twice as fast as a dataclass
    word: str  # without the marks around it
    low: str
    stop: str  # the first mark behind it, "" for none
    sure: bool


def claims(words: Sequence[Word]) -> list[Claim]:
    """Return what `words` claim, the best to name first: neither short nor long, one's own, and recent."""
    tokens = _cleaned(words[-LATEST:])
    found: dict[str, tuple[float, Claim]] = {}
    for index in range(len(tokens)):
        claim = _claim(tokens, index)
        if claim is not None:
            worth = index / len(tokens) + (not claim.shared) + (len(claim.text.split()) > FEWEST)
            found[claim.text.lower()] = (worth, claim)
    return [claim for _, claim in sorted(found.values(), key=lambda one: -one[0])]


def _cleaned(words: Sequence[Word]) -> list[_Token]:
    """Return `words` without fillers and without what was said twice in a row."""
    tokens: list[_Token] = []
    for word in words:
        bare = word.text.replace("\u2019", "'").strip("\"'()[]\u201c\u201d")
        if tokens and word.text.startswith("("):
            tokens[-1] = _stopped(tokens[-1], ".")
        core = bare.rstrip(".,!?;:\u2026\u2014\u2013")
        stop = bare[len(core) : len(core) + 1]
        if not core and tokens:
            tokens[-1] = _stopped(tokens[-1], stop or ".")
        elif core and not word.filler and core.lower() not in FILLERS:
            tokens.append(_Token(core, core.lower(), stop, word.probability >= TRUSTED))
        elif tokens and stop in FULL_STOPS:
            tokens[-1] = _stopped(tokens[-1], stop)
        if len(tokens) > 1 and (tokens[-2].low, tokens[-1].low) in PHRASES:
            del tokens[-2:]
        for size in (1, 2, 3):
            if _says_again(tokens, size):
                del tokens[-size:]
    return tokens


def _says_again(tokens: Sequence[_Token], size: int) -> bool:
    """Whether the last `size` words are those before them once more."""
    if len(tokens) < 2 * size or tokens[-1].low != tokens[-1 - size].low:
        return False
    return [one.low for one in tokens[-size:]] == [one.low for one in tokens[-2 * size : -size]]


def _stopped(token: _Token, stop: str) -> _Token:
    return _Token(token.word, token.low, stop, token.sure)


def _claim(tokens: Sequence[_Token], index: int) -> Claim | None:
    """Return the claim that begins at `index`, if one does."""
    subject, verb = _noted(tokens, index), index
    if subject is None:
        subject, verb = _subject(tokens, index), index + 1
    if subject is None:
        return None
    while verb < min(len(tokens), index + 3) and _is_adverb(tokens[verb].low) and not tokens[verb].stop:
        verb += 1
    if verb >= len(tokens) or tokens[verb].low not in DID or tokens[verb].stop:
        return None
    rest = _rest(tokens, verb)
    if not rest:
        return None
    said = ["you", tokens[verb].low, *(TURNED.get(one.low, one.word) for one in rest)]
    if len(said) < FEWEST:
        return None
    did = tokens[verb].low
    return Claim(" ".join(said), subject == "we", did in LASTING, did not in NOT_CHOSEN)


def _noted(tokens: Sequence[_Token], index: int) -> str | None:
    """Return "i" where a sentence begins with what was done: "Moved the flag into the store."."""
    begins = index == 0 or tokens[index - 1].stop in FULL_STOPS
    whole = begins and index + 1 < len(tokens) and tokens[index].low in DID and not tokens[index].stop
    return "i" if whole and tokens[index + 1].low in NAMES else None


def _subject(tokens: Sequence[_Token], index: int) -> str | None:
    """Return who does what comes after `index`, "i" or "we", where a clause begins: "I ran | and wrote"."""
    token = tokens[index]
    if token.low in ("i", "we"):
        return token.low if not token.stop and _may_begin(tokens, index) else None
    if token.low != "and" or token.stop:
        return None
    first = max(0, index - FURTHEST)
    start = next((at for at in range(index, first, -1) if tokens[at - 1].stop in FULL_STOPS), first)
    doers = [at for at in range(start, index) if tokens[at].low in SUBJECTS or tokens[at].low in ("i", "we")]
    if not doers or tokens[doers[-1]].low in SUBJECTS or not _may_begin(tokens, doers[-1]):
        return None
    between = [one.low for one in tokens[doers[-1] + 1 : index]]
    done = sum(one in DID or one.endswith("ed") for one in between)
    whole = done == 1 and not any(one in NEXT - {"and"} or one in BANNED for one in between)
    return tokens[doers[-1]].low if whole else None


def _may_begin(tokens: Sequence[_Token], index: int) -> bool:
    """Whether a clause of its own begins at `index`: not "the tool that I wrote", not "Tom and I"."""
    if index == 0 or tokens[index - 1].stop:
        return index == 0 or tokens[index - 1].stop != "?"
    before = tokens[index - 1].low
    opening = next(
        (
            at
            for at in range(index - 1, max(-1, index - 1 - MOST_OPENING), -1)
            if at == 0 or tokens[at - 1].stop
        ),
        -1,
    )
    if opening >= 0 and tokens[opening].low in OPENS and before not in NEXT:
        return not any(one.low in SUBJECTS | BANNED for one in tokens[opening:index])
    if before == "and":
        first = max(0, index - FURTHEST)
        start = next((at for at in range(index - 1, first, -1) if tokens[at - 1].stop), first)
        return start == index - 1 or any(one.low in DID for one in tokens[start : index - 1])
    return before in BEGINS


def _rest(tokens: Sequence[_Token], verb: int) -> list[_Token]:
    """Return what follows the verb, up to the end of its clause or to where it may be cut; [] if nowhere."""
    rest: list[_Token] = []
    for at in range(verb + 1, min(len(tokens), verb + 1 + 2 * MOST)):
        token = tokens[at]
        ended = token.low in NEXT and _ends_before(tokens, at, tokens[verb].low)
        if ended or (token.low in NEXT and token.low not in PAIRS):
            return _short(rest, tokens[verb], ended=ended)
        rest.append(token)
        if token.stop:
            follows = tokens[at + 1].low if at + 1 < len(tokens) else ""
            goes_on = follows in NEXT | CUTS | APPOSED or follows.endswith("ing") or _is_done(follows)
            ended = token.stop in FULL_STOPS or (token.stop == "," and goes_on)
            return _short(rest, tokens[verb], ended=ended)
    return _short(rest, tokens[verb], ended=False)


def _ends_before(tokens: Sequence[_Token], at: int, verb: str) -> bool:
    """Whether a clause with `verb` is whole before the word at `at`: not "a learning | and testing plan"."""
    word, after = tokens[at].low, tokens[at + 1].low if at + 1 < len(tokens) else ""
    if word in JOINS:
        goes_on = _is_done(after) or _is_adverb(after) or after in NEXT | PREDICATES
        return word != "and" or goes_on
    return word not in ASKS_ON and verb not in SAID


def _is_done(word: str) -> bool:
    return word in DID or word.endswith("ed") or _DONE.fullmatch(word) is not None


def _short(rest: list[_Token], verb: _Token, *, ended: bool) -> list[_Token]:
    """Return `rest` where it is whole, short and fit to be said, or what of it is; [] if nothing is."""
    if any(one.low in PRIVATE for one in rest):
        return []
    most = MOST - 3
    whole = [rest] if ended and len(rest) <= most else []
    if verb.low not in LEANING:
        last = range(min(most + 1, len(rest)) - 1, 1, -1)
        whole += [rest[:at] for at in last if rest[at].low in CUTS]
    return next((one for one in whole if one and _ends_well(one) and _speakable([verb, *one])), [])


def _ends_well(rest: Sequence[_Token]) -> bool:
    """Whether `rest` begins with what something was done to, and does not end in the air."""
    first, last = rest[0].low, rest[-1].low
    in_the_air = last in NEVER_LAST or _HOW_IT_WAS.fullmatch(last)
    return not (in_the_air or _is_adverb(first) or first in NEVER_FIRST)


def _is_adverb(word: str) -> bool:
    return word in ADVERBS or (word.endswith("ly") and word not in BANNED)


def _speakable(said: Sequence[_Token]) -> bool:
    """Whether every word, the verb first, is sure, plain and fit to be said back, and one names something."""
    plain = all(_PLAIN.fullmatch(one.word) for one in said[1:])
    if not plain or not all(one.sure and one.low not in BANNED for one in said):
        return False
    if any("n't" in one.low for one in said):
        return False
    return any(len(one.low) > 3 and one.low not in NEVER_LAST and not _is_adverb(one.low) for one in said[1:])
