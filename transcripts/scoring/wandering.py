"""Talk that goes from one thing to the next and arrives nowhere, by its words alone. Pure.

Such talk has hardly any step, figure or outcome; it says what there was, and joins it with "and" and with
turns aside. Both must be so: a story full of asides has its steps, and a dry account without them has no
asides. The thresholds lie between rambling answers and ones about the same that come to the point
(benchmarks/required.py).
"""

import re

from vivavoce.transcripts.story.progress_words import OWN
from vivavoce.transcripts.story.star import CUES, Part

FEWEST = 60  # words: less is soon over
FEW_FACTS = 4.5  # in a hundred words: steps and figures, an outcome as two
MUCH_JOINED = 10.5  # in a hundred words: "and"s and turns aside

_FIGURE = re.compile(r"\d[\d.,]*+")  # one, however many digits it has
_TURN = re.compile(
    r"\b(?:and|anyway|well|also|no,? (?:that|it) was|or (?:rather|was it|before)|don't get me started|"
    r"what's (?:it|his|her) (?:called|name)|what else|you know|by the way|(?:a|another) (?:story|topic)|"
    r"so on|(?:and|so),? yeah|going on|went on|or something|somehow|(?:kind|sort) of|i remember|funnily|"
    r"i (?:also )?liked?|i (?:think|mean|guess)|one (?:was|is|of)|there(?:'s|'re| is| are| was| were)|"
    r"(?:any|some)?things?|somewhere|someone|somebody|whatever|interesting|lovely)\b",
    re.IGNORECASE,
)


def wanders(text: str) -> bool:
    """Return whether an answer of some length is joined by asides, and has hardly a fact."""
    said, hundreds = _FIGURE.sub("1", text.replace("\u2019", "'")), len(text.split()) / 100
    outcomes = sum(1 for _ in CUES[Part.RESULT].finditer(said))
    figures = sum(1 for _ in CUES[Part.NUMBER].finditer(said))
    facts = len(OWN.findall(said)) + figures + 2 * outcomes
    joined = sum(1 for _ in _TURN.finditer(said))
    return hundreds * 100 >= FEWEST and facts < FEW_FACTS * hundreds and joined >= MUCH_JOINED * hundreds
