"""A whole recording heard a second time, when nobody waits for the text.

Live, a unit of sound is short, since its words are wanted soon. Afterwards there is time for stretches of up
to LONGEST, cut where a sentence ended, and for more care in the decoder. The second text of a stretch is the
better one unless it leaves more speech without a word than the first: on recordings of people that was no
worse than a choice by probability (docs/decisions/0019-second-hearing.md).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Frame, Samples
from vivavoce.audio.listening.coverage import heard_whole, holes, joined
from vivavoce.audio.listening.filled_pauses import filled_pauses
from vivavoce.audio.listening.gate import ONSET
from vivavoce.audio.ports import Recogniser, SpeechDetector
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.words import Span, middle

LONGEST = Seconds(25.0)  # with AROUND on both sides and 4 s of silence behind, all that Whisper hears at once
APART = Seconds(3.0)  # a silence in which a stretch ends in any case
BREATH = Seconds(0.3)  # a silence in which a sentence may have ended
AROUND = Seconds(0.5)  # soft first and last sounds
PROMPT_WORDS = 8  # of the stretch before, as live
CLOSING = (".", "?", "!")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the recording, what was heard in it the second time, and what was not understood."""

    span: Span
    words: tuple[Word, ...]
    missed: tuple[Span, ...]


def speech_frames(sound: Samples, detector: SpeechDetector) -> list[Seconds]:
    """Return when each frame of `sound` began that `detector` calls speech."""
    detector.reset()
    starts = range(0, len(sound) - FRAME_SAMPLES + 1, FRAME_SAMPLES)
    frames = (Frame(start, sound[start : start + FRAME_SAMPLES]) for start in starts)
    return [frame.started_at for frame in frames if detector.probability(frame) >= ONSET]


def heard_better(
    recogniser: Recogniser, sound: Samples, spoken: Sequence[Seconds], first: Sequence[Word], terms: str = ""
) -> Iterator[Stretch]:
    """Yield the stretches of `sound` that were heard better the second time, each as soon as it was.

    Args:
        recogniser: what listens; it may take its time.
        sound: the candidate's side of the recording.
        spoken: when each frame began in which they spoke.
        first: the words that were heard at first, in order.
        terms: words to expect.
    """
    said: list[str] = []
    for span in stretches(spoken, first):
        before = [word for word in first if span.start <= middle(word) < span.end]
        inside = [at for at in spoken if span.start <= at < span.end]
        part = Frame(
            round(span.start * SAMPLE_RATE_HZ),
            sound[round(span.start * SAMPLE_RATE_HZ) : round(span.end * SAMPLE_RATE_HZ)],
        )
        try:
            heard = heard_whole(recogniser, part, inside, " ".join([terms, *said[-PROMPT_WORDS:]]).strip())
        except RecogniserError:  # what was heard at first stays
            continue
        kept, missed = (heard.words, heard.missed) if better(heard.words, before, inside) else (before, ())
        kept = sorted([*kept, *filled_pauses(recogniser, part, inside, kept)], key=middle)
        said += [word.text for word in kept]
        if _texts(kept) != _texts(before):
            yield Stretch(span, tuple(kept), missed)


def better(second: Sequence[Word], first: Sequence[Word], spoken: Sequence[Seconds]) -> bool:
    """Return whether `second` leaves no more of the speech without a word than `first`."""
    return bool(second) and _bare(second, spoken) <= _bare(first, spoken)


def stretches(spoken: Sequence[Seconds], words: Sequence[Word]) -> list[Span]:
    """Return the parts of a recording to hear at a time; none is cut within a word if that can be avoided.

    Args:
        spoken: when each frame with speech began, in order.
        words: what was heard at first, which tells where sentences ended.
    """
    cores = [core for run in joined(spoken, APART) for core in _cut(run, spoken, words)]
    starts = [Seconds(max(0.0, core.start - AROUND)) for core in cores]
    ends = [Seconds(core.end + AROUND) for core in cores]
    for place, (before, after) in enumerate(pairwise(cores)):
        between = Seconds((before.end + after.start) / 2)
        ends[place] = min(ends[place], between)
        starts[place + 1] = max(starts[place + 1], between)
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _cut(run: Span, spoken: Sequence[Seconds], words: Sequence[Word]) -> Iterator[Span]:
    """Yield `run` in parts of LONGEST at most."""
    start = run.start
    while run.end - start > LONGEST:
        first, last = (bisect_left(spoken, start + share * LONGEST) for share in (0.5, 1.0))
        last = min(last, len(spoken) - 1)
        gaps = [(spoken[n] - spoken[n - 1] - FRAME_SECONDS, n) for n in range(first + 1, last + 1)]
        place = max(gaps, key=lambda gap: (_ended(gap, spoken, words), gap[0]))[1]
        yield Span(start, Seconds(spoken[place - 1] + FRAME_SECONDS))
        start = spoken[place]
    yield Span(start, run.end)


def _ended(gap: tuple[float, int], spoken: Sequence[Seconds], words: Sequence[Word]) -> bool:
    """Return whether a sentence ended before a silence that is no shorter than a breath."""
    silent, place = gap
    said = bisect_left(words, spoken[place] - silent / 2, key=middle)
    return silent >= BREATH and said > 0 and words[said - 1].text.endswith(CLOSING)


def _bare(words: Sequence[Word], spoken: Sequence[Seconds]) -> float:
    return sum(hole.length for hole in holes(spoken, words))


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]
