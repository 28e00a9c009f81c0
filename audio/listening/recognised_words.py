"""Recognised words as data: fillers flagged, and placed where nobody knows better."""

import re
from collections.abc import Sequence
from itertools import pairwise

from vivavoce.transcripts.events import Seconds, Word

# Whisper was trained on tidied subtitles and leaves fillers out, unless what came before has them.
FILLER_PROMPT = "Um, uh, hmm, er, ah."
SHORTEST_FILLER = Seconds(0.08)
FILLERS = re.compile(r"(u+[mh]+|e+r+m*|h+m+|a+h+|m+)", re.IGNORECASE)


def prompted(prompt: str) -> str:
    """Return `prompt` after one with fillers in it."""
    return f"{FILLER_PROMPT} {prompt}".strip()


def word(text: str, start: float, end: float, probability: float) -> Word:
    """Return a word, flagged if it is a filler; times in seconds on the sample clock."""
    text = text.strip()
    filler = FILLERS.fullmatch(text.strip(".,!?-…")) is not None
    return Word(
        text=text,
        start=Seconds(float(start)),
        end=Seconds(float(end)),
        probability=float(probability),
        filler=filler,
    )


def spread(texts: Sequence[str], start: float, end: float, probability: float) -> list[Word]:
    """Return `texts` as words that share the time from `start` to `end` evenly."""
    step = (end - start) / max(len(texts), 1)
    return [
        word(text, start + number * step, start + (number + 1) * step, probability)
        for number, text in enumerate(texts)
    ]


def without_echoes(words: Sequence[Word]) -> list[Word]:
    """Return `words` without the fillers that follow a filler and take no time: echoes of the prompt.

    A filler's own length says little: aligned to the silence behind it, a real one may take 0 s.
    """
    echoes = [
        before.filler and after.filler and after.end - after.start < SHORTEST_FILLER
        for before, after in pairwise(words)
    ]
    return [*words[:1], *(one for one, echo in zip(words[1:], echoes, strict=True) if not echo)]
