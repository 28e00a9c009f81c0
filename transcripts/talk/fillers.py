"""Fillers: the "um" and "uh" that were heard, and the "like" and "you know" that carry nothing, and when.

Hard fillers are sounds that are never words. A discourse filler is a word elsewhere, so it counts only
where it is set apart, by a comma or a pause, and where nothing before it asks for it ("looked like").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds, Word

RECALL_NOTE = (
    "recognition leaves some out (of 14 in recordings that people wrote down it found 9 at once "
    "and 13 at a second hearing), so at least this many"
)
TYPICAL_PER_100_WORDS = (0.0, 6.0)  # verbatim transcripts of interviews and talks; above is notable
RUN = 3  # more of the same filler, one at the heels of the other, is the recogniser's stutter
AT_ITS_HEELS = Seconds(0.3)  # from the start of one to that of the next

HARD, DISCOURSE = "hard", "discourse"
APART = Seconds(0.15)  # of silence beside a word that is set apart

_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in ("you know", "i mean", "sort of", "kind of", "like", "basically", "actually", "literally")
)
_ASKS_FOR_IT = {  # a word before it of which it is a part, or the object
    "like": frozenset(
        """look looks looked looking feel feels felt sound sounds sounded seem seems seemed would i'd we'd
        they'd you'd he'd she'd d just things something anything nothing much more people is was
        were be been are
        don't didn't doesn't i we they you not it's that's really acts works""".split()
    ),
    "you know": frozenset("do did if as what that how let lets will can would whether when".split()),
    "i mean": frozenset("what".split()),
    "kind of": frozenset("this that what some any a the another every each one same different right".split()),
    "sort of": frozenset("this that what some any a the another every each one same different right".split()),
}
HARD_SPELLING = re.compile(r"u+m+|u+h+m*|e+r+m*|h+m+|a+h+")


@dataclass(frozen=True, slots=True)
class Filler:
    """A filler that was heard."""

    text: str
    at: Seconds
    kind: str = HARD


def is_filler(word: Word) -> bool:
    """Return whether `word` is a filler: flagged by the recogniser, or a hard one by its spelling."""
    return word.filler or HARD_SPELLING.fullmatch(_bare(word)) is not None


def fillers(words: Sequence[Word]) -> list[Filler]:
    """Return the fillers among `words`, of a quick run of the same one only the first RUN."""
    found, run, last, since = [], 0, "", Seconds(0.0)
    for word in words:
        text = _bare(word)
        goes_on = text == last and run and word.start - since < AT_ITS_HEELS
        run = run + 1 if goes_on else int(is_filler(word))
        last, since = text, word.start
        if 0 < run <= RUN:
            found.append(Filler(text, word.start))
    return found


def discourse(words: Sequence[Word]) -> list[Filler]:
    """Return the words and phrases among `words` that are discourse fillers."""
    texts, found, skip = [_lower(word) for word in words], [], 0
    for place in range(len(words)):
        phrase = next((one for one in _PHRASES if tuple(texts[place : place + len(one)]) == one), ())
        if place < skip or not phrase:
            continue
        end = place + len(phrase)
        name = " ".join(phrase)
        before = texts[place - 1] if place else ""
        wanted = before in _ASKS_FOR_IT.get(name, ()) and not words[place - 1].text.rstrip().endswith(",")
        if not wanted and (_apart(words, place - 1) or _apart(words, end - 1)):
            found.append(Filler(name, words[place].start, DISCOURSE))
        skip = end
    return found


def _apart(words: Sequence[Word], place: int) -> bool:
    """Return whether a comma or a silence follows the word at `place`; the ends of talk are neither."""
    if not 0 <= place < len(words) - 1:
        return False
    word, following = words[place], words[place + 1]
    return word.text.rstrip().endswith((",", "\u2026")) or following.start - word.end >= APART


def _lower(word: Word) -> str:
    return re.sub(r"[^\w']", "", word.text.replace("\u2019", "'")).lower()


def _bare(word: Word) -> str:
    return re.sub(r"\W", "", word.text).lower()
