"""How long a silence must last before the turn counts as over.

Silence alone says little: people stop for two seconds in mid-sentence, and wait for an answer
after half a second. So the wait depends on how likely it is that the turn is complete, judged
from how sure Whisper's own language model is that a sentence ends here and how the voice sounds
(Smart-Turn); on this candidate's own pauses so far, on how long such an answer usually is, and
on whether the story that was asked for has an end. Pure: evidence in, seconds out.
benchmarks/fit_endpoint.py fits the weights.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds

SHORTEST_WAIT = Seconds(0.47)
LONGEST_WAIT = Seconds(4.5)  # then somebody may speak softly; nobody is cut off

BIAS = -0.70
CLOSED_WEIGHT = 1.52
SOUND_WEIGHT = 0.78
STEEPNESS = 2.3  # of the wait over the probability that more is coming

# A turn does not end on these, whatever the language model says.
UNFINISHED = frozenset(
    """a an the my our your his her its their and but or so because although while if whether than of to from
    with into i we he she they i'm we're they're um uh er erm hmm mm""".split()
)
# These end sentences as well ("I told her.", "I think so."): with a full stop behind them they are no sign.
ALSO_LAST = frozenset("i her his its so with to of from than though into they she he we".split())
CLOSED_BY_MARK = {".": 0.95, "?": 0.97, "!": 0.95, ",": 0.1, "…": 0.05, "-": 0.05}
CLOSED_WITHOUT_MARK = 0.3
CLOSED_AT_MOST_UNFINISHED = 0.05

SLOW_PAUSE = Seconds(1.2)  # a candidate whose long pauses reach this gets more time
MOST_EXTRA = Seconds(1.5)
SURE_SHARE = 0.35  # of it, even when the turn seems complete

# A story that was asked for is rarely told in one sentence: early on, the end of one waits longer.
EARLY_EXTRA = Seconds(1.0)
# Whose story has no end yet is left to think, and so is who may have stopped within its last sentences.
STORY_WAIT = Seconds(2.4)
SURE = 0.9  # probability that the turn is complete, from which a story with an end is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known while the candidate is silent."""

    text: str = ""  # of the turn so far
    closed: float | None = None  # the recogniser's probability that a sentence ends here
    sound: float | None = None  # Smart-Turn's probability that the turn is complete
    own_pauses: tuple[Seconds, ...] = ()  # within this candidate's turns so far
    early: float = 0.0  # share of the usual length of such an answer that is still to come
    ended: bool | None = None  # whether the story that was asked for has an end; None where none was


def completeness(evidence: Evidence) -> float:
    """Return the probability in [0, 1] that the turn is complete."""
    closed, sound = log_odds(evidence)
    odds = BIAS + CLOSED_WEIGHT * closed + SOUND_WEIGHT * sound
    return 1 / (1 + math.exp(-odds))


def log_odds(evidence: Evidence) -> tuple[float, float]:
    """Return the log-odds that a sentence ends here, and that the voice is done; 0 for not known."""
    return _logit(_closed(evidence)), 0.0 if evidence.sound is None else _logit(evidence.sound)


def wait(evidence: Evidence) -> Seconds:
    """Return how long the silence must last, given the `evidence`."""
    open_share = 1 - completeness(evidence)
    extra = (
        min(1.0, max(SURE_SHARE, 3 * open_share)) * _extra(evidence.own_pauses) + EARLY_EXTRA * evidence.early
    )
    needed = SHORTEST_WAIT + extra + (LONGEST_WAIT - SHORTEST_WAIT) * open_share**STEEPNESS
    story_goes_on = evidence.ended is not None and not (evidence.ended and 1 - open_share >= SURE)
    return Seconds(max(needed, STORY_WAIT if story_goes_on else 0.0))


def _closed(evidence: Evidence) -> float:
    words = re.findall(r"[a-z0-9']+", evidence.text.lower())
    mark = CLOSED_BY_MARK.get(evidence.text[-1:], CLOSED_WITHOUT_MARK)
    closed = mark if evidence.closed is None else evidence.closed
    ended = evidence.text[-1:] in (".", "?", "!") and not evidence.text.endswith("...")
    open_word = bool(words) and words[-1] in UNFINISHED and not (ended and words[-1] in ALSO_LAST)
    unfinished = not words or open_word or evidence.text.endswith("...")
    return min(closed, CLOSED_AT_MOST_UNFINISHED) if unfinished else closed


def _extra(own_pauses: Sequence[Seconds]) -> Seconds:
    """Return what a candidate who pauses long is given on top: half of what they need beyond SLOW_PAUSE."""
    if len(own_pauses) < 3:
        return Seconds(0.0)
    long = sorted(own_pauses)[int(0.8 * len(own_pauses))]
    return Seconds(min(max(0.0, (long - SLOW_PAUSE) / 2), MOST_EXTRA))


def _logit(probability: float) -> float:
    clipped = min(max(probability, 0.01), 0.99)
    return math.log(clipped / (1 - clipped))
