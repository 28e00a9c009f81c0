"""Pacing: how fast somebody spoke, and where they paused.

Recognisers stretch words over silence and begin them late, so where the speech detector has an opinion, a
pause is where it heard nothing. The ranges are what spontaneous talk in real interviews
and calls mostly keeps to; they describe, they do not judge: accent, age and a second language
all move them.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.words import Span, middle

PAUSE = Seconds(0.25)  # Goldman-Eisler's convention (via De Jong & Bosker 2013)
LONG_PAUSE = Seconds(1.0)
STEP = Seconds(5.0)  # of the timeline
FEWEST_WORDS = 10  # a rate over fewer is noise
MISSED = 3  # words in a row, of which no recogniser makes that many up
EDGE = Seconds(0.5)  # by which a recogniser may be wrong about where an answer begins and ends

TYPICAL_WPM = (130.0, 185.0)
SECOND_LANGUAGE_WPM = (115.0, 185.0)  # no study was found: down to where talk in a first language is seldom
TYPICAL_SYLLABLES_PER_S = (3.8, 5.3)
TYPICAL_PAUSES_PER_MIN = (10.0, 24.0)
TYPICAL_LONG_PAUSES_PER_MIN = (0.0, 4.0)
TYPICAL_RESPONSE_GAP = (0.3, 4.0)  # seconds


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence within an answer, and the word before it."""

    start: Seconds
    end: Seconds
    after: str

    @property
    def length(self) -> Seconds:
        """How long it was."""
        return Seconds(self.end - self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """How an answer was paced; the rates are None where there are too few words for one.

    `speech_rate_wpm` counts pauses and fillers in, `articulation_rate_wpm` and
    `syllables_per_s` leave the pauses out.
    """

    duration: Seconds
    speech_rate_wpm: float | None
    articulation_rate_wpm: float | None
    syllables_per_s: float | None
    pauses: tuple[Pause, ...]

    @property
    def long_pauses(self) -> tuple[Pause, ...]:
        """The pauses of LONG_PAUSE and more."""
        return tuple(pause for pause in self.pauses if pause.length >= LONG_PAUSE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A few seconds, and how many words there were."""

    start: Seconds
    end: Seconds
    words: int
    wpm: float


def pacing(words: Sequence[Word], speech: Sequence[Span] = (), wrote: Sequence[Seconds] = ()) -> Pacing:
    """Return the pacing of an answer: its `words` by time and the spans of `speech` around them.

    A silence in which something was written, at one of the times `wrote`, is work: no pause, and out of T.
    With T from the first sound to the last, the rate is 60 n / T, and the articulation rate
    60 n / (T - pauses).
    """
    heard = sounds(words, speech)
    silences, work = _parted(_silences(words, heard), wrote)
    duration = heard[-1].end - heard[0].start - work if heard else 0.0
    sounding = duration - sum(pause.length for pause in silences)
    enough = len(words) >= FEWEST_WORDS and sounding > 0
    return Pacing(
        duration=Seconds(duration),
        speech_rate_wpm=60 * len(words) / duration if enough else None,
        articulation_rate_wpm=60 * len(words) / sounding if enough else None,
        syllables_per_s=sum(syllables(word.text) for word in words) / sounding if enough else None,
        pauses=tuple(silences),
    )


def _parted(silences: Sequence[Pause], wrote: Sequence[Seconds]) -> tuple[list[Pause], float]:
    """Return those of `silences` in which nothing was written, and how long the others were."""
    working = [one for one in silences if any(one.start <= at <= one.end for at in wrote)]
    return [one for one in silences if one not in working], sum(one.length for one in working)


def pauses(words: Sequence[Word], speech: Sequence[Span] = ()) -> list[Pause]:
    """Return the silences of PAUSE and more between `words`, where there was no `speech` sound."""
    return _silences(words, sounds(words, speech))


def _silences(words: Sequence[Word], heard: Sequence[Span]) -> list[Pause]:
    silent = [(a.end, b.start) for a, b in pairwise(heard) if b.start - a.end >= PAUSE]
    ordered = sorted(words, key=middle)
    middles = [middle(word) for word in ordered]
    return [
        Pause(start, end, ordered[max(0, bisect_right(middles, start) - 1)].text) for start, end in silent
    ]


def sounds(words: Sequence[Word], speech: Sequence[Span] = ()) -> list[Span]:
    """Return when there was sound in an answer, in order and apart.

    That is the `speech` from the first word to the last, and the words where the detector heard nothing
    though several were said, or the first or the last was; without `speech`, all words.
    """
    if not words:
        return []
    first, last = min(word.start for word in words), max(word.end for word in words)
    near = [span for span in speech if span.start < last and span.end > first]
    ordered = sorted(words, key=middle)
    heard = [any(_touch(word, span) for span in near) for word in ordered]
    found = [Span(word.start, word.end) for word in _unheard(ordered, heard)]
    for span in near:
        start, end = max(span.start, first - EDGE), min(span.end, last + EDGE)
        found.append(Span(Seconds(start), Seconds(end)))
    return _apart(found)


def timeline(words: Sequence[Word], end: Seconds) -> list[Stretch]:
    """Return the rate in each STEP from 0 to `end`; a word counts where its middle is."""
    counts = Counter(int(middle(word) / STEP) for word in words)
    rows = []
    for number in range(math.ceil(end / STEP)):
        start, until = Seconds(number * STEP), Seconds(min((number + 1) * STEP, end))
        rate = 60 * counts[number] / max(until - start, 1.0)
        rows.append(Stretch(start, until, counts[number], rate))
    return rows


def syllables(text: str) -> int:
    """Return about how many syllables `text` has: groups of vowels, without a silent last e."""
    bare = re.sub(r"(?<=[^laeiouy])e\b", "", text.lower())
    return max(1, len(re.findall(r"[aeiouy]+", bare)))


def _unheard(words: Sequence[Word], heard: Sequence[bool]) -> Iterator[Word]:
    """Yield the words that count though there was no speech sound: runs of MISSED, and those at the ends."""
    place = 0
    for was_heard, run in groupby(heard):
        until = place + len(list(run))
        at_end = place == 0 or until == len(words)
        if not was_heard and (at_end or until - place >= MISSED):
            yield from words[place:until]
        place = until


def _touch(word: Word, span: Span) -> bool:
    return min(word.end, span.end) > max(word.start, span.start)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return `spans` in order, those that overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
