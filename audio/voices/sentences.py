"""A line of text as the pieces that a voice renders one after the other (pure).

The first piece should be heard early and each should sound whole, so a line is cut at the ends of
its sentences, a long sentence at a comma, and only a monster anywhere.
"""

import re
import unicodedata
from itertools import zip_longest

from vivavoce.transcripts.events import Seconds

LONGEST_WORDS = 40  # no engine gets more at once: what hangs must be noticed within seconds
LONGEST_CHARACTERS = 300
LONGEST_WORD = 60
CLAUSE_WORDS = 24

SENTENCE_PAUSE = Seconds(0.25)
CLAUSE_PAUSE = Seconds(0.10)

_QUOTES = "\"'\u2018\u2019\u201c\u201d"
_DASHES = "-\u2013\u2014"
_SENTENCE_END = re.compile(rf"[.!?][{_QUOTES})\]]*$")
_CLAUSE_END = re.compile(rf"[,;:\u2013\u2014][{_QUOTES})\]]*$")
_NEVER_LAST = re.compile(r"e\.g\.|i\.e\.|cf\.|vs\.|(?:dr|mr|mrs|ms|prof|st|approx|fig|dept)\.")
_SELDOM_LAST = re.compile(r"(?:[a-z]\.){2,}|(?:etc|inc|ltd|jr|sr|ph\.d)\.")
_NUMBER_OR_INITIAL = re.compile(r"(?:\d{1,2}|[A-HJ-Z])\.")  # "2. Next", "J. Smith", but "So did I."

_BULLET = re.compile(rf"(?<!\s)[^\S\n]*+\n(?:\s*+[{_DASHES}\u2022*]++\s++|[^\S\n]*+\n\s*+)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# What normalising would make something else of: 1\u00bd would be 11/2.
_COMPOSED = {
    "\u00bd": " a half",
    "\u00bc": " a quarter",
    "\u00be": " three quarters",
    "\u2153": " a third",
    "\u2154": " two thirds",
    "\u00b2": " squared",
    "\u00b3": " cubed",
    "\u00b0C": " degrees Celsius",
    "\u00b0F": " degrees Fahrenheit",
    "\u00b0": " degrees",
}
_AND_A_PART = re.compile("(?<=[0-9])(?=[\u00bc-\u00be\u2153\u2154])")
_POWER = re.compile(r"(?<=\w)\^(?=[0-9])")
_SIGNS = {"&": " and ", "<": " less than ", ">": " greater than ", "[[": " ", "]]": " "}
_EMPHASIS = re.compile(r"(?<!\w)[*`#~]+|[*`~]+(?!\w)")
_MARKUP = re.compile(r"[*`_|~^\\\ufe00-\ufe0f]+")


def speakable(text: str) -> str:
    """Return `text` on one line with only what can be spoken; empty when there is no letter or digit.

    Tags, markup, emoji and control characters go: engines read some of them aloud, take some as
    commands (SAPI's XML, `[[...]]` on macOS), and stumble over others.
    """
    text = _POWER.sub(" to the ", _AND_A_PART.sub(" and", text))
    for sign, name in _COMPOSED.items():
        text = text.replace(sign, name)
    text = unicodedata.normalize("NFKC", text).strip()
    text = _BULLET.sub(_full_stop, text)
    text = _TAG.sub(" ", text)
    for sign, name in _SIGNS.items():
        text = text.replace(sign, name)
    text = _MARKUP.sub(" ", _EMPHASIS.sub("", text))
    words = "".join(c if _audible(c) else " " for c in text).split()
    line = " ".join(words).lstrip(_DASHES + "\u2022.,;:!?/ ")
    return line if any(c.isalnum() for c in line) else ""


def sentences(text: str, clause_words: int = CLAUSE_WORDS) -> list[str]:
    """Return `text` in pieces, in order, that together hold all of its characters but white space.

    Args:
        text: any text.
        clause_words: from so many words on, a piece may also end at a comma; slow engines want few.
    """
    words = _words(text)
    pieces: list[str] = []
    piece: list[str] = []
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        piece.append(word)
        if _ends_piece(piece, following, clause_words):
            pieces.append(" ".join(piece))
            piece = []
    return [*pieces, " ".join(piece)] if piece else pieces


def pause_after(piece: str) -> Seconds:
    """Return how long a speaker breathes after `piece` when more follows."""
    if _SENTENCE_END.search(piece):
        return SENTENCE_PAUSE
    return CLAUSE_PAUSE if _CLAUSE_END.search(piece) else Seconds(0.0)


def _full_stop(bullet: re.Match[str]) -> str:
    before = bullet.string[: bullet.start()]
    return " " if not before or before[-1] in ".,;:!?" else ". "


def _audible(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] != "C" and category not in ("So", "Sk", "Zl", "Zp")


def _words(text: str) -> list[str]:
    return [
        word[start : start + LONGEST_WORD]
        for word in text.split()
        for start in range(0, len(word), LONGEST_WORD)
    ]


def _ends_piece(piece: list[str], following: str, clause_words: int) -> bool:
    if len(piece) >= LONGEST_WORDS or len(" ".join([*piece, following])) > LONGEST_CHARACTERS:
        return True
    if len(piece) >= clause_words and _CLAUSE_END.search(piece[-1]):
        return True
    return _ends_sentence(piece[-1], following)


def _ends_sentence(word: str, following: str) -> bool:
    if not _SENTENCE_END.search(word):
        return False
    bare = word.strip(_QUOTES + "()[]")
    if bare[-1:] in ("!", "?"):
        return True
    if following[:1].islower() or _NEVER_LAST.fullmatch(bare.lower()):
        return False
    if _SELDOM_LAST.fullmatch(bare.lower()):
        return following[:1].isupper()
    return not _NUMBER_OR_INITIAL.fullmatch(bare)
