"""Sentences of a text: by their marks, or where talk has hardly any, by its clauses and its pauses. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

UNMARKED = 40  # words for each full stop; where there are more, clauses are the sentences
LONGEST_ABBREVIATION = 10  # characters, and more
RUN_ON = (
    15  # words, beyond which a sentence is cut before a turn of the story, as if a full stop were missing
)
SHORTEST, LONGEST = 9, 28  # words of a clause; only beyond the latter is it cut before a mere "the"

# A small word with a capital begins a sentence, whether or not the one before it was closed; not in a title,
# of which the next word has a capital too.
_CAPITAL = (
    r"(?<=[a-z%\d])\s+(?=(?:The|An|This|That|These|Those|There|My|Our|We|They|He|She|It|You|In|On|At|By|After|"
    r"When|Then|So|And|But|Because|Since|If|To|For|As) [a-z])"
)
_END = re.compile(
    r"(?:(?<![.?!\u2026])[.?!\u2026]++[\"'\u201d\u2019)\]]*+(?=\s)|\n\s*\n|\n(?=\s*(?:[-*\u2022]|\d+[.)])\s))\s*"
    rf"|{_CAPITAL}"
)
_NO_END = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|dept|inc|ltd|fig)\.|(?<!['\u2019])\b(?!i\b)[A-Z]\.)\s*$",
    re.IGNORECASE,
)
_SUBJECT = r"(?:i|we|they|he|she|it|my|our|the|that|there|nobody|everyone|everybody|people)\b"
_JOINED = re.compile(
    rf"(?<=\s)(?<!\bsince\s)(?<!\bby\s)(?<!\buntil\s)(?<!\band\s)(?<!\bbut\s)"
    rf"(?=(?:and (?!(?:the|my|our|it|that) \w+ (?:and|or|so|but|because)\b)|so |but |because |then )"
    rf"(?:then |so |now |basically )?{_SUBJECT})",
    re.IGNORECASE,
)
# A clause has begun with such a word already: "what I did", "where I work", "a year later he".
_BEGUN = (
    "and but so then because that when if what where why how which who before until till while as than now "
    "later once whether everything"
).split()
_INSIDE = "".join(rf"(?<!\b{word}\s)" for word in _BEGUN)
# Nobody does anything to an "i": where it stands a clause begins, as it need not before "it" or "the".
_DOER = re.compile(rf"(?<=\s){_INSIDE}(?=(?:i|we|they|he|she) (?!mean\b|guess\b|think\b))", re.IGNORECASE)
_BARE = re.compile(
    rf"(?<=\s){_INSIDE}(?=(?:{_SUBJECT}|at the end|eventually|when i|one day)\b)", re.IGNORECASE
)
_TURN = re.compile(
    r"(?<=\w\s)(?<!\bday\s)(?<!\bweek\s)(?<!\bmonth\s)(?<!\byear\s)(?<!\band\s)(?<!\bso\s)(?<!\bbut\s)"
    r"(?=(?:(?:and|so|but) )?(?:in the end|as a result|after that)\b(?! of\b))",
    re.IGNORECASE,
)

_SETTLED = re.compile(
    r"\W*+(?:(?:ah|oh|ok|okay|good|great|fine|sure|yes|all right|alright|right|thanks|thank you|so|well|"
    r"i see|i understand|understood|perfect|then)\W++){1,5}",
    re.IGNORECASE,
)
LONGEST_ASKED = 25  # words of a question about the question


def sentences(text: str, pauses: Collection[int] = ()) -> list[tuple[int, int]]:
    """Return the sentences of `text` as (start, end) offsets that together cover it; no text, none.

    Args:
        text: typed, or recognised.
        pauses: offsets in `text` before which the speaker paused; they end a sentence where there is
            no full stop for long.
    """
    if not text.strip():
        return []
    cuts = [0]
    for match in _END.finditer(text):
        before = text[max(cuts[-1], match.start() - LONGEST_ABBREVIATION) : match.end()].rstrip()
        abbreviated = match.group().startswith(".") and _NO_END.search(before)
        if match.end() < len(text) and not abbreviated:
            cuts.append(match.end())
    cuts.append(len(text))
    turns = [match.start() for match in _TURN.finditer(text)]
    unmarked = len(text.split()) > UNMARKED * (len(cuts) - 1)
    for start, end in pairwise(tuple(cuts)):
        own, words = list(_finer(text, [start, end], turns, RUN_ON)), len(text[start:end].split())
        run_on = words > UNMARKED * (text.count(",", start, end) + 1)
        cuts += _clauses(text, own, pauses) if unmarked or run_on else own
    return _with_words(text, sorted(set(cuts)))


def _clauses(text: str, cuts: list[int], pauses: Collection[int]) -> list[int]:
    """Return `cuts` with those at pauses, and before the words that begin a clause."""
    joined = sorted({*pauses, *(match.start() for match in _JOINED.finditer(text))} - {0, len(text)})
    finer = list(_finer(text, cuts, joined, SHORTEST))
    for chances, longest in ((_DOER, RUN_ON), (_BARE, LONGEST)):
        finer = list(_finer(text, finer, [match.start() for match in chances.finditer(text)], longest))
    return finer


def _finer(text: str, cuts: list[int], chances: list[int], longest: int) -> Iterator[int]:
    """Yield `cuts` and, within stretches of more than `longest` words, those `chances` that leave enough."""
    for start, end in pairwise(cuts):
        yield start
        last, left = start, len(text[start:end].split())
        within = chances[bisect_right(chances, start) : bisect_left(chances, end)]
        for chance in within if left > longest else ():
            before = len(text[last:chance].split())
            if before >= SHORTEST and left - before >= SHORTEST // 2:
                yield chance
                last, left = chance, left - before
    yield cuts[-1]


def _with_words(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    """Return the stretches between `cuts`; what has no letter or digit is joined to what is before it."""
    kept: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if kept and not any(letter.isalnum() for letter in text[start:end]):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept


def asked_back(texts: Sequence[str]) -> int:
    """Return with how many of the sentences `texts` an answer asks what is meant, before it begins."""
    count = 0
    for said in texts:
        asks = said.rstrip().endswith("?") and len(said.split()) <= LONGEST_ASKED
        if not asks and not (count and _SETTLED.fullmatch(f"{said} ")):
            break
        count += 1
    return count if count < len(texts) else 0
