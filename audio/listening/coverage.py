"""No word lost in silence: what the detector calls speech and no word covers is heard once more, by itself.

A recogniser leaves sentences out now and then: repeated words, a slow or quiet stretch, what follows a long
pause. Its word times tell where: speech of SHORTEST_HOLE and more that lies in no word. Such a hole is
recognised alone and without a prompt, then in halves; what is said in it beyond its neighbours takes its
place between them. What is not understood even so is told, unless the recogniser is sure that the detector
was wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import FRAME_SECONDS, SAMPLE_RATE_HZ, Frame
from vivavoce.audio.listening.recognised_words import bare
from vivavoce.audio.ports import Hypothesis, Recogniser
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.words import Span

SHORTEST_HOLE = Seconds(0.8)
BRIDGED = Seconds(0.3)  # between two sounds of speech that belong together
AROUND_A_WORD = Seconds(0.2)  # by which recognisers place a word too late or too early
# A word lasts so long at most, by its letters; what is said to last longer holds silence, or words left out.
LONGEST_WORD, A_LETTER = Seconds(0.3), Seconds(0.08)
AROUND_A_HOLE = Seconds(0.25)
SHORTEST_HALF = Seconds(2.0)  # in which to try once more where a hole is not understood
SMALLER = 0.75  # of a hole: what is left of it is worth another try as it is
NEIGHBOURS = 4  # words on each side of a hole that its own beginning and end may repeat


def heard_whole(recogniser: Recogniser, sound: Frame, spoken: Sequence[Seconds], prompt: str) -> Hypothesis:
    """Return the words in `sound`, those in its holes too, and the holes in which none were found.

    Args:
        recogniser: what listens.
        sound: any length up to 30 s.
        spoken: when each frame of it began that the detector calls speech, in order.
        prompt: see `Recogniser`.

    Raises:
        RecogniserError: the engine failed on the whole of it.
    """
    heard = recogniser.transcribe(sound, prompt, timed=True)
    words, missed = list(heard.words), list[Span]()
    left = holes(spoken, heard.words)
    while left:
        hole = left.pop()
        try:
            again = recogniser.transcribe(_part(sound, hole), "", timed=True)
        except RecogniserError:  # what was heard at first stays
            missed.append(hole)
            continue
        words = sorted([*words, *_beyond(again.words, words, hole)], key=lambda one: one.start)
        if not again.speech:
            continue
        for rest in holes([at for at in spoken if hole.start <= at < hole.end], again.words):
            if rest.length < SMALLER * hole.length:
                left.append(rest)
            elif rest.length >= 2 * SHORTEST_HALF:
                left += _halves(rest, spoken)
            else:
                missed.append(rest)
    return replace(heard, words=tuple(words), missed=tuple(sorted(missed)))


def holes(spoken: Sequence[Seconds], words: Sequence[Word]) -> list[Span]:
    """Return the stretches of speech that no word covers."""
    return [one for one in joined(uncovered(spoken, words)) if one.length >= SHORTEST_HOLE]


def uncovered(
    spoken: Sequence[Seconds], words: Sequence[Word], around: Seconds = AROUND_A_WORD
) -> list[Seconds]:
    """Return those of the frames with speech that lie in no word, nor `around` one."""
    covered = [(word.start - around, min(word.end, word.start + _longest(word)) + around) for word in words]
    return [at for at in spoken if not any(start <= at < end for start, end in covered)]


def _longest(word: Word) -> float:
    return LONGEST_WORD + A_LETTER * len(word.text)


def joined(frames: Sequence[Seconds], bridged: Seconds = BRIDGED) -> Iterator[Span]:
    """Yield the stretches that `frames`, given by when they began, make up with gaps of `bridged` at most."""
    begun: Seconds | None = None
    for number, at in enumerate(frames):
        begun = at if begun is None else begun
        end = Seconds(at + FRAME_SECONDS)
        if number + 1 == len(frames) or frames[number + 1] - end > bridged:
            yield Span(begun, end)
            begun = None


def _halves(hole: Span, spoken: Sequence[Seconds]) -> tuple[Span, Span]:
    """Return what is before and after the longest silence in the middle of `hole`, or its very middle."""
    third = hole.length / 3
    inner = [at for at in spoken if hole.start + third <= at < hole.end - third]
    gaps = [(after - before, before, after) for before, after in pairwise(inner)]
    middle = Seconds((hole.start + hole.end) / 2)
    _, before, after = max(gaps, default=(0.0, middle, middle), key=lambda one: one[0])
    return Span(hole.start, Seconds(before + FRAME_SECONDS)), Span(after, hole.end)


def _part(sound: Frame, hole: Span) -> Frame:
    first = max(0, round((hole.start - AROUND_A_HOLE) * SAMPLE_RATE_HZ) - sound.start)
    last = round((hole.end + AROUND_A_HOLE) * SAMPLE_RATE_HZ) - sound.start
    return Frame(sound.start + first, sound.samples[first:last])


def _beyond(found: Sequence[Word], words: Sequence[Word], hole: Span) -> list[Word]:
    """Return `found` without what its ends repeat of the `words` around the hole."""
    middle = (hole.start + hole.end) / 2
    before = [word for word in words if word.start < middle][-NEIGHBOURS:]
    after = [word for word in words if word.start >= middle][:NEIGHBOURS]
    kept = list(found)
    for many in range(min(len(kept), len(before)), 0, -1):
        if bare(kept[:many]) == bare(before[-many:]):
            kept = kept[many:]
            break
    for many in range(min(len(kept), len(after)), 0, -1):
        if bare(kept[-many:]) == bare(after[:many]):
            kept = kept[:-many]
            break
    return kept
