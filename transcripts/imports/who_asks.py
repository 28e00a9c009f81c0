"""Who asks and who answers where nobody is named: what surely asks "you" is not the candidate's.

That two people speak is sure if the talk opens with a request ("Tell me about a time"), or if several
sentences that begin after a pause, or a paragraph, ask "you". Then what asks is the other's, and with it what
little stands beside it in the same breath. Sentences go over the ends of pieces, as cues break them anywhere.
Some files have marks behind which somebody else speaks: ">>" and "[SPEAKER_TURN]".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from vivavoce.transcripts.imports.pieces import Spoken, has_all, parts

ASKS, ANSWERS = "who asks", "who answers"
BREATH = 0.4  # seconds without a word, behind which somebody else may go on
STOP = 1.0  # seconds without a word, which end a sentence
OPENING = 60  # words within which the first request stands
SEVERAL = 2
A_PAIR = 2  # speakers
TURN = "[SPEAKER_TURN]"  # whisper.cpp writes it behind the last word of a speaker
SHORT = 12  # words of a sentence that goes with the question beside it

_WITHIN = re.compile(r"(?<=[.?!\u2026\"])\s(?=\s{0,9}(?:>>|&gt;&gt;))")
_LEAD = (
    r"(?:(?:and|so|okay|ok|well|now|great|um|uh|then|but|alright|right|thanks|sure|perfect|please)"
    r"[\s,]+){0,3}"
)
_QUESTION = re.compile(
    _LEAD
    + r"(?:what|why|how|when|where|who|which|whose|tell me|tell us|walk me|walk us|describe|explain|give me"
    r"|talk me|can you|could you|would you|will you|did you|do you|have you|are you|were you|let's)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    _LEAD + r"(?:(?:can|could|would|will) you (?:(?:please|briefly|just|maybe) )?)?"
    r"(?:(?:tell|walk|talk|give) (?:me|us)|describe (?:an?|the|your|how|one)|introduce yourself"
    r"|i(?:'d| would) (?:love|like) to (?:hear|know))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_MINE = re.compile(r"\b(?:i|me|my|we|us|our)\b", re.IGNORECASE)
_REPLY = re.compile(r"(?:and |so |but )?(?:i|we|he|she|they) (?:said|told|answered|replied)\b", re.IGNORECASE)
_NOD = re.compile(
    r"(?:great|okay|ok|right|alright|all right|good|perfect|nice|interesting|sure|cool|wonderful|excellent"
    r"|thanks|thank you|i see|got it|that(?:'s| is| sounds| makes)|sounds|makes sense|fair enough)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\bquestions? (?:that )?(?:you have )?for (?:me|us)\b|\bdo you have any questions?\?|"
    r"\bwhat (?:would|do) you (?:like|want) to (?:ask|know)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Sentence:
    """Words in a row, the place of each (its piece, and where in that), and whether a breath begins."""

    words: list[str]
    places: list[tuple[int, int]]
    breath: bool
    asks: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return [one for each in _SENTENCE_END.split(text) if (one := each.strip())]


def begins_to_ask(sentence: str) -> bool:
    """Return whether `sentence` begins as interviewers ask."""
    return _QUESTION.match(sentence) is not None


def is_question(sentence: str) -> bool:
    """Return whether `sentence` is a question as interviewers ask them."""
    return sentence.endswith("?") and begins_to_ask(sentence)


def requests(sentence: str) -> bool:
    """Return whether `sentence` asks for something to be told, as who leads an interview does."""
    return _REQUEST.match(sentence) is not None


def hands_over(text: str) -> bool:
    """Return whether `text` lets the other ask."""
    return _LAST.search(text) is not None


def nods(sentence: str) -> bool:
    """Return whether `sentence` is a short word of thanks or attention, and asks nothing."""
    few = len(sentence.split()) <= SHORT and not sentence.endswith("?")
    return few and _NOD.match(sentence) is not None and not begins_to_ask(sentence)


def told_apart(said: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `said`, by the speakers ASKS and ANSWERS; nothing if that there are two is not sure."""
    found = list(_sentences(said))
    for one, after in pairwise([*found, _Sentence([], [], True)]):
        to_you = is_question(one.text) and _YOU.search(one.text)
        one.asks = bool(_REQUEST.match(one.text) or to_you) and not _REPLY.match(after.text)
    if not _are_two(found):
        return []
    _spread(found)
    return [] if all(one.asks for one in found) else list(_by_side(said, found))


def _sentences(said: Sequence[Spoken]) -> Iterator[_Sentence]:
    current = _Sentence([], [], True)
    for number, piece in enumerate(said):
        timed = has_all(piece)
        for place, word in enumerate(piece.text.split()):
            if place:
                pause = piece.words[place].start - piece.words[place - 1].end if timed else 0.0
            else:
                pause = _pause(said[number - 1], piece) if number else STOP
            if current.words and (pause >= STOP or current.words[-1][-1] in ".!?…"):
                yield current
                current = _Sentence([], [], pause >= BREATH)
            current.words.append(word)
            current.places.append((number, place))
    if current.words:
        yield current


def _pause(before: Spoken, piece: Spoken) -> float:
    """Return the seconds before a piece; the end of a paragraph without times is as good as a pause."""
    return STOP if before.end is None or piece.start is None else piece.start - before.end


def _are_two(found: Sequence[_Sentence]) -> bool:
    before = 0
    for one in found:
        if before > OPENING:
            break
        if one.asks and _REQUEST.match(one.text):
            return True
        before += len(one.words)
    return sum(one.asks and one.breath for one in found) >= SEVERAL


def _spread(found: Sequence[_Sentence]) -> None:
    """Mark what goes with the questions in `found`: before the first, in their breath, after the last."""
    first = next(number for number, one in enumerate(found) if one.asks)
    opens = sum(len(one.words) for one in found[:first]) <= OPENING
    if opens and _REQUEST.match(found[first].text):
        for one in found[:first]:
            one.asks = True
    for number, one in enumerate(found):
        alone = one.breath and is_question(one.text) and not _MINE.search(one.text)
        goes_on = number > 0 and found[number - 1].asks and not one.breath and _goes_on(one)
        one.asks = one.asks or alone or goes_on
    for one, after in reversed(list(pairwise(found))):
        one.asks = one.asks or (after.asks and nods(one.text) and not after.breath)
    last = next((n for n, one in enumerate(found) if one.asks and _LAST.search(one.text)), len(found))
    if last > len(found) // 2:
        for one in found[last:]:
            one.asks = True


def _goes_on(one: _Sentence) -> bool:
    """Return whether a sentence right behind a question is still the asker's."""
    if _MINE.search(one.text):
        return False
    return is_question(one.text) or (len(one.words) <= SHORT and _YOU.search(one.text) is not None)


def _by_side(said: Sequence[Spoken], found: Sequence[_Sentence]) -> Iterator[Spoken]:
    """Yield what was `said` in parts, each of one side."""
    words = [(number, place, one.asks) for one in found for number, place in one.places]
    for number, group in groupby(words, key=lambda word: word[0]):
        asks = [word[2] for word in group]
        cuts = [place for place, (before, after) in enumerate(pairwise(asks), 1) if before != after]
        for one, first in zip(parts(said[number], cuts), [0, *cuts], strict=True):
            yield replace(one, speaker=ASKS if asks[first] else ANSWERS)


def at_marks(line: str) -> list[str]:
    """Return the parts of `line`, cut before each ">>" that follows a sentence."""
    return _WITHIN.split(line) if ">>" in line or "&gt;&gt;" in line else [line]


def by_turns(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `spoken`; where nobody is named, by the two speakers who change at each TURN."""
    if not any(TURN in piece.text for piece in spoken):
        return list(spoken)
    said, turns, after = list[Spoken](), list[bool](), False
    for piece, ends in (each for whole in spoken for each in _cut(whole)):
        said.append(piece)
        turns.append(after)
        after = ends
    if any(piece.speaker for piece in said):
        return said
    labels = alternating(turns)
    return [replace(piece, speaker=label) for piece, label in zip(said, labels, strict=True)]


def _cut(piece: Spoken) -> Iterator[tuple[Spoken, bool]]:
    """Yield `piece` in parts without the marks, each with whether a mark ends it."""
    marked = [number for number, word in enumerate(piece.text.split()) if word == TURN]
    last = len(piece.text.split())
    cuts = sorted({cut for number in marked for cut in (number, number + 1)} - {0, last})
    found = list(parts(piece, cuts))
    for number, one in enumerate(found):
        if one.text != TURN:
            yield one, number + 1 < len(found)


def alternating(turns: Sequence[bool]) -> list[str]:
    """Return the labels of two speakers who change at each of `turns`; "" for all if there is no change."""
    if sum(turns) < A_PAIR:
        return [""] * len(turns)
    found, number = [], 0 if turns[0] else 1
    for turn in turns:
        number += turn
        found.append(f"Speaker {2 - number % 2}")
    return found
