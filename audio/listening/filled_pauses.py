"""Fillers that no word covers: a recogniser leaves many an "um" out where the detector still hears speech.

Such a short stretch is heard by itself. It was a filler if that is all that is heard in it, and surely
enough: what only the prompt suggests, in which there are fillers, comes with hardly any probability.
"""

from collections.abc import Sequence
from dataclasses import replace

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import FRAME_SECONDS, SAMPLE_RATE_HZ, Frame
from vivavoce.audio.listening.coverage import SHORTEST_HOLE, joined, uncovered
from vivavoce.audio.ports import Recogniser
from vivavoce.transcripts.events import Seconds, Word

SHORTEST = Seconds(0.2)  # what is longer than SHORTEST_HOLE has been heard once more already
AROUND_A_WORD = Seconds(0.1)
AROUND = Seconds(0.15)
BESIDE = Seconds(0.25)  # so near to a filler it is a part of that one
LEAST_PROBABILITY = 0.2
MARKS = ".,!?-\u2026"  # a filler ends no sentence


def filled_pauses(
    recogniser: Recogniser, sound: Frame, spoken: Sequence[Seconds], words: Sequence[Word]
) -> list[Word]:
    """Return the fillers in `sound` that are none of its `words`.

    Args:
        recogniser: what listens.
        sound: what was said.
        spoken: when each frame of it began that the detector calls speech, in order.
        words: what was heard in it.
    """
    found: list[Word] = []
    for gap in joined(uncovered(spoken, words, AROUND_A_WORD), FRAME_SECONDS):
        known = [word for word in (*words, *found) if word.filler]
        beside = any(word.start - BESIDE < gap.end and gap.start < word.end + BESIDE for word in known)
        if not beside and SHORTEST <= gap.length < SHORTEST_HOLE:
            found += _heard(recogniser, sound, Seconds(gap.start - AROUND), Seconds(gap.end + AROUND))
    return found


def _heard(recogniser: Recogniser, sound: Frame, start: Seconds, end: Seconds) -> list[Word]:
    first, last = (max(0, round(at * SAMPLE_RATE_HZ) - sound.start) for at in (start, end))
    try:
        part = Frame(sound.start + first, sound.samples[first:last])
        alone = recogniser.transcribe(part, "", timed=True).words
    except RecogniserError:
        return []
    surely = sum(word.probability for word in alone) >= LEAST_PROBABILITY * len(alone)
    if not surely or not all(word.filler for word in alone):
        return []
    return [replace(word, text=f"{word.text.strip(MARKS).lower()},") for word in alone[:1]]
