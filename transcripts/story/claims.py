"""What somebody said they did, turned round: "I moved the flag" becomes "you moved the flag". Pure.

A clause is taken only where it is surely whole and surely theirs: it begins with "I" or "we" after a stop or
a conjunction, goes on with a past-tense verb that does something to something, and ends where the sentence or
a next clause begins. No person, nothing of body or death, no denial, no "it" that nobody could place, nothing
that was perhaps misheard. Naming nothing is better than naming what nobody would: most clauses go by.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Word
from vivavoce.transcripts.story.claim_words import (
    ADVERBS,
    ASKS_ON,
    BANNED,
    BEGINS,
    CUTS,
    DID,
    FILLERS,
    JOINS,
    MOST_OPENING,
    NEVER_LAST,
    NEXT,
    OPENS,
    PHRASES,
    PREDICATES,
    SAID,
    SUBJECTS,
    TURNED,
)

TRUSTED = 0.6  # recognition probability of each word
FEWEST, MOST = 5, 12  # words of a claim
LATEST = 450  # words that are looked at, three minutes of talk
FURTHEST = 40  # words from a verb back to its subject
FULL_STOPS = tuple(".!?;\u2014\u2013")

_PLAIN = re.compile(
    r"[a-z]+(?:['/-][a-z]+)*|[A-Z][A-Z0-9]{1,5}s?|[A-Z]?[a-z]+[A-Z][A-Za-z]*|\d+(?:[.,]\d+)*|I"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that can be said to who said it; `shared` if they said "we"."""

    text: str
    shared: bool


@dataclass(frozen=True, slots=True)
class _Token:
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
            if [one.low for one in tokens[-size:]] == [one.low for one in tokens[-2 * size : -size]]:
                del tokens[-size:]
    return tokens


def _stopped(token: _Token, stop: str) -> _Token:
    return _Token(token.word, token.low, stop, token.sure)


def _claim(tokens: Sequence[_Token], index: int) -> Claim | None:
    """Return the claim that begins at `index`, if one does."""
    subject = _subject(tokens, index)
    if subject is None:
        return None
    verb = index + 1
    while verb < min(len(tokens), index + 3) and tokens[verb].low in ADVERBS and not tokens[verb].stop:
        verb += 1
    if verb >= len(tokens) or tokens[verb].low not in DID or tokens[verb].stop:
        return None
    rest = _rest(tokens, verb)
    if rest is None or not _speakable([tokens[verb], *rest]):
        return None
    said = ["you", *(TURNED.get(one.low, one.word) for one in (*tokens[index + 1 : verb + 1], *rest))]
    return Claim(" ".join(said), subject == "we") if len(said) >= FEWEST else None


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


def _rest(tokens: Sequence[_Token], verb: int) -> list[_Token] | None:
    """Return what follows the verb up to the end of its clause; None if it is not surely whole."""
    rest: list[_Token] = []
    for at in range(verb + 1, min(len(tokens), verb + 1 + 2 * MOST)):
        token = tokens[at]
        if token.low in NEXT:
            return _short(rest) if _ends_before(tokens, at, tokens[verb].low) else None
        rest.append(token)
        if token.stop in FULL_STOPS:
            return _short(rest)
        if token.stop:
            follows = tokens[at + 1].low if at + 1 < len(tokens) else ""
            return _short(rest) if token.stop == "," and follows in NEXT | CUTS else None
    return None


def _ends_before(tokens: Sequence[_Token], at: int, verb: str) -> bool:
    """Whether a clause with `verb` is whole before the word at `at`: not "a learning | and testing plan"."""
    word, after = tokens[at].low, tokens[at + 1].low if at + 1 < len(tokens) else ""
    if word in JOINS:
        return word != "and" or after in DID | ADVERBS | NEXT | PREDICATES or after.endswith("ed")
    return word not in ASKS_ON and verb not in SAID


def _short(rest: list[_Token]) -> list[_Token] | None:
    """Return `rest`, or what of it makes a claim of MOST words; None if it ends in the air."""
    most = MOST - 3
    if len(rest) > most:
        places = [at for at in range(2, most + 1) if rest[at].low in CUTS]
        rest = rest[: places[-1]] if places else []
    return rest if rest and rest[-1].low not in NEVER_LAST else None


def _speakable(said: Sequence[_Token]) -> bool:
    """Whether every word is sure, plain and fit to be said back, and one of them names something."""
    if not all(one.sure and _PLAIN.fullmatch(one.word) and one.low not in BANNED for one in said):
        return False
    if any("n't" in one.low for one in said):
        return False
    return any(len(one.low) > 3 and one.low not in NEVER_LAST | ADVERBS for one in said[1:])
