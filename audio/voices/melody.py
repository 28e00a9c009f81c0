"""How a question sounds that yes or no would answer: its pitch rises at the end (pure).

The network lets every sentence fall, the question mark or not.
"""

import re

import numpy as np

from vivavoce.audio.models.onnx import Array

RISE_SEMITONES = 5.0  # of the end above the middle of the sentence
RISE_FRAMES = 24  # of 12.5 ms: about the last syllable
END_FRAMES = 5
VOICED_HZ = 60.0
AUDIBLE = 4.0  # of the logarithm: 35 dB below the strongest

_OPEN = "what|which|who|whom|whose|when|where|why|how"
_CLOSED = (
    "am|are|is|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must"
    "|aren't|isn't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|hadn't|can't|couldn't|won't|wouldn't"
)
_BEGINNING = re.compile(rf"(?:^|, )(?:(?:and|but|so|then|now|okay) )?(?:({_OPEN})|({_CLOSED}))(?!\w)", re.I)
_ANYWHERE = re.compile(rf"(?<!\w)(?:{_OPEN})(?!\w)", re.I)
_CHOICE = ", or "  # "first, or later?" falls
_CLOSING = "\"'\u2019\u201d)]"


def rises(sentence: str) -> bool:
    """Whether `sentence` is a question for yes or no, as far as the beginnings of its clauses tell."""
    plain = sentence.replace("\u2019", "'")
    if not plain.rstrip(_CLOSING).endswith("?") or _CHOICE in plain:
        return False
    begun = _BEGINNING.findall(plain)
    return bool(begun[0][1] and begun[-1][1]) if begun else not _ANYWHERE.search(plain)


def risen(hertz: Array, tone: Array) -> Array:
    """Return the pitch of a sentence with its end RISE_SEMITONES above its middle, or higher.

    Args:
        hertz: shape (frames,).
        tone: how strong it is, as logarithms, shape (bins, frames). Where there is hardly any, at the
            end of most sentences, no pitch is heard.
    """
    strength = tone.max(axis=0)
    voiced = np.flatnonzero((hertz > VOICED_HZ) & (strength > strength.max() - AUDIBLE))
    if len(voiced) < 2 * END_FRAMES:
        return hertz
    middle, end = np.median(hertz[voiced]), np.median(hertz[voiced[-END_FRAMES:]])
    missing = max(0.0, RISE_SEMITONES + 12 * float(np.log2(middle / end)))
    part = np.clip(1 + (np.arange(len(hertz)) - voiced[-1]) / RISE_FRAMES, 0, 1)
    raised: Array = hertz * np.exp2(missing * part / 12).astype(np.float32)
    return raised
