"""How long a silence must last before the turn counts as over.

Silence alone says little: people stop for two seconds in mid-sentence, and wait for an answer
after half a second. So the wait depends on how likely it is that the turn is complete, judged
from three things: how sure Whisper's own language model is that a sentence ends here, how the
voice sounds (Smart-Turn), and this candidate's own pauses so far. Pure: evidence in, seconds out.
The weights are fitted by benchmarks/endpointing.py on its development half.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds

SHORTEST_WAIT = Seconds(0.45)
LONGEST_WAIT = Seconds(6.0)  # then somebody may speak softly; nobody is cut off

BIAS = 0.85
CLOSED_WEIGHT = 1.35
SOUND_WEIGHT = 0.9
STEEPNESS = 2.2  # of the wait over the probability that more is coming

# A turn does not end on these, whatever the language model says.
UNFINISHED = frozenset(
    """a an the my our your his her its their and but or so because although while if whether than of to from
    with into i we he she they i'm we're they're um uh er erm hmm mm""".split()
)
CLOSED_BY_MARK = {".": 0.95, "?": 0.97, "!": 0.95, ",": 0.1, "…": 0.05, "-": 0.05}
CLOSED_WITHOUT_MARK = 0.3
CLOSED_AT_MOST_UNFINISHED = 0.05

SHORT_SENTENCE_WORDS = 5
SHORT_SENTENCE_COST = 0.6  # in log-odds, for each word that is missing

SLOW_PAUSE = Seconds(1.2)  # a candidate whose long pauses reach this gets more time
MOST_EXTRA = Seconds(0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known while the candidate is silent."""

    text: str = ""  # of the turn so far
    closed: float | None = None  # the recogniser's probability that a sentence ends here
    sound: float | None = None  # Smart-Turn's probability that the turn is complete
    own_pauses: tuple[Seconds, ...] = ()  # within this candidate's turns so far


def completeness(evidence: Evidence) -> float:
    """Return the probability in [0, 1] that the turn is complete."""
    closed, sound = log_odds(evidence)
    odds = BIAS + CLOSED_WEIGHT * closed + SOUND_WEIGHT * sound - _abruptness(evidence.text)
    return 1 / (1 + math.exp(-odds))


def log_odds(evidence: Evidence) -> tuple[float, float]:
    """Return the log-odds that a sentence ends here, and that the voice is done; 0 for not known."""
    return _logit(_closed(evidence)), 0.0 if evidence.sound is None else _logit(evidence.sound)


def wait(evidence: Evidence) -> Seconds:
    """Return how long the silence must last, given the `evidence`."""
    open_share = 1 - completeness(evidence)
    extra = min(1.0, 3 * open_share) * _extra(evidence.own_pauses)
    return Seconds(SHORTEST_WAIT + extra + (LONGEST_WAIT - SHORTEST_WAIT) * open_share**STEEPNESS)


def _closed(evidence: Evidence) -> float:
    words = re.findall(r"[a-z0-9']+", evidence.text.lower())
    mark = CLOSED_BY_MARK.get(evidence.text[-1:], CLOSED_WITHOUT_MARK)
    closed = mark if evidence.closed is None else evidence.closed
    unfinished = not words or words[-1] in UNFINISHED or evidence.text.endswith("...")
    return min(closed, CLOSED_AT_MOST_UNFINISHED) if unfinished else closed


def _abruptness(text: str) -> float:
    """Return what a last sentence of a few words costs: "I sent." is mostly the beginning of one."""
    last = re.split(r"[.?!]\s+", text.strip())[-1].split()
    return SHORT_SENTENCE_COST * max(0, SHORT_SENTENCE_WORDS - len(last))


def _extra(own_pauses: Sequence[Seconds]) -> Seconds:
    """Return what a candidate who pauses long is given on top: half of what they need beyond SLOW_PAUSE."""
    if len(own_pauses) < 3:
        return Seconds(0.0)
    long = sorted(own_pauses)[int(0.8 * len(own_pauses))]
    return Seconds(min(max(0.0, (long - SLOW_PAUSE) / 2), MOST_EXTRA))


def _logit(probability: float) -> float:
    clipped = min(max(probability, 0.01), 0.99)
    return math.log(clipped / (1 - clipped))
