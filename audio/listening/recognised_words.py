"""Recognised words as data: fillers flagged, and placed where nobody knows better."""

import re
from collections.abc import Sequence
from itertools import pairwise

from vivavoce.transcripts.events import Seconds, Word

# Whisper was trained on tidied subtitles and leaves fillers out, unless what came before has them.
FILLER_PROMPT = "Um, uh, hmm, er, ah."
SHORTEST_FILLER = Seconds(0.08)
# Half of what a letter takes at 300 words a minute: what is said to be quicker than that was not said.
QUICKEST_LETTER = Seconds(0.02)
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


def said_once(words: Sequence[Word]) -> list[Word]:
    """Return `words` without a phrase of two words or more that follows itself at a pace that nobody has.

    Aligned to sound in which it was said once, one of the two has no time left. A word's end says little,
    as the last one reaches into the silence behind it; so the starts count.
    """
    kept: list[Word] = []
    for one in words:
        kept.append(one)
        for many in range(2, len(kept) // 2 + 1):
            before, after = kept[-2 * many : -many], kept[-many:]
            if bare(before) == bare(after):
                if _impossible(after):
                    del kept[-many:]
                elif _impossible(before):
                    del kept[-2 * many : -many]
                break
    return kept


def bare(words: Sequence[Word]) -> list[str]:
    """Return the letters and figures of each of `words`."""
    return ["".join(c for c in one.text.lower() if c.isalnum()) for one in words]


def _impossible(phrase: Sequence[Word]) -> bool:
    letters = sum(len(one.text) for one in phrase[:-1])
    return phrase[-1].start - phrase[0].start < letters * QUICKEST_LETTER
