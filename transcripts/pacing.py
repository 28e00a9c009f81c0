"""Pacing: how fast somebody spoke, and where they paused.

Recognisers stretch words over silence, so a word counts only where there was speech sound, and
a pause is a gap between such pieces. The ranges are what spontaneous talk in real interviews
and calls mostly keeps to; they describe, they do not judge: accent, age and a second language
all move them.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.words import Span, middle

PAUSE = Seconds(0.25)  # Goldman-Eisler's convention (via De Jong & Bosker 2013)
LONG_PAUSE = Seconds(1.0)
STEP = Seconds(5.0)  # of the timeline
FEWEST_WORDS = 10  # a rate over fewer is noise

TYPICAL_WPM = (130.0, 185.0)
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


def pacing(words: Sequence[Word], speech: Sequence[Span] = ()) -> Pacing:
    """Return the pacing of an answer: its `words` by time and the spans of `speech` around them.

    With T from the first word to the last, the rate is 60 n / T, and the articulation rate
    60 n / (T - pauses).
    """
    silences = pauses(words, speech)
    duration = max((word.end for word in words), default=0.0) - min((w.start for w in words), default=0.0)
    sounding = duration - sum(pause.length for pause in silences)
    enough = len(words) >= FEWEST_WORDS and sounding > 0
    return Pacing(
        duration=Seconds(duration),
        speech_rate_wpm=60 * len(words) / duration if enough else None,
        articulation_rate_wpm=60 * len(words) / sounding if enough else None,
        syllables_per_s=sum(syllables(word.text) for word in words) / sounding if enough else None,
        pauses=tuple(silences),
    )


def pauses(words: Sequence[Word], speech: Sequence[Span] = ()) -> list[Pause]:
    """Return the silences of PAUSE and more between `words`, where there was no `speech` sound."""
    pieces = [(span, word.text) for word in words for span in _sounding(word, speech)]
    found, end = [], Seconds(0.0)
    for (before, text), (after, _) in pairwise(sorted(pieces)):
        end = max(end, before.end)
        if after.start - end >= PAUSE:
            found.append(Pause(end, after.start, text))
    return found


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


def _sounding(word: Word, speech: Sequence[Span]) -> list[Span]:
    """Return the parts of `word` with speech sound; all of it if the detector heard none there."""
    parts = [Span(max(word.start, s.start), min(word.end, s.end)) for s in speech]
    return [part for part in parts if part.length > 0] or [Span(word.start, word.end)]
