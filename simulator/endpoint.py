"""How long a silence must last before the turn counts as over.

Silence alone says little: people stop for two seconds in mid-sentence and for half a second
between interviews' turns. So the wait depends on how likely it is that the turn is complete,
judged from three things: the sound (Smart-Turn), how the text ends (Whisper's punctuation and
the last word), and this candidate's own pauses so far. Pure: evidence in, seconds out.
"""

import math
import re
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds

SHORTEST_WAIT = Seconds(0.45)
LONGEST_WAIT = Seconds(6.0)  # then the silence ladder speaks softly; nobody is cut off

# Words that something must follow: a turn does not end on them, whatever the voice did.
UNFINISHED = frozenset(
    """a an the this these those my our your his her its their and or but so because since although though while
    if when where which who whose whether than that as of to in on at by for from with without into onto about
    between through during over under is are was were be been being am do does did have has had will would can
    could should may might must not very really quite just also i we he she they it's i'm we're they're i've
    we've who's that's there's let's like um uh er erm hmm mm ah well basically actually then each every some any
    no what how why until unless per via plus versus""".split()
)
OPEN_ENDS = (",", "...", "…", "-", "–", "—", ":", ";")
CLOSED_ENDS = (".", "?", "!")

# Log-odds, fitted on benchmarks/endpointing.py's development half.
SOUND_WEIGHT = 0.7
CLOSED_TEXT = 1.6
OPEN_TEXT = -2.4
UNFINISHED_TEXT = -4.5
SHORT_TEXT = -1.0
BIAS = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known while the candidate is silent."""

    text: str = ""  # of the turn so far
    sound: float | None = None  # Smart-Turn's probability that the turn is complete
    own_pauses: tuple[Seconds, ...] = ()  # within this candidate's turns so far


def completeness(evidence: Evidence) -> float:
    """Return the probability in [0, 1] that the turn is complete."""
    odds = BIAS + _text_odds(evidence.text)
    if evidence.sound is not None:
        odds += SOUND_WEIGHT * _logit(evidence.sound)
    return 1 / (1 + math.exp(-odds))


def wait(evidence: Evidence) -> Seconds:
    """Return how long the silence must last, given the `evidence`."""
    probability = completeness(evidence)
    longest = max(LONGEST_WAIT, SHORTEST_WAIT)
    return Seconds(SHORTEST_WAIT + (longest - SHORTEST_WAIT) * (1 - probability) ** 2)


def _text_odds(text: str) -> float:
    words = re.findall(r"[a-z0-9']+", text.lower())
    if not words:
        return UNFINISHED_TEXT
    if words[-1] in UNFINISHED:
        return UNFINISHED_TEXT
    odds = OPEN_TEXT if not text.rstrip().endswith(CLOSED_ENDS) or text.rstrip().endswith("...") else CLOSED_TEXT
    return odds + (SHORT_TEXT if len(words) < 5 else 0.0)


def _logit(probability: float) -> float:
    clipped = min(max(probability, 0.01), 0.99)
    return math.log(clipped / (1 - clipped))
