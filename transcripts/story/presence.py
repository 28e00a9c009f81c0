"""Which parts an answer tells, in three words: told, unclear, not heard. Pure.

All that is said of a part follows from here: what is called present, what is praised, what is missed. For
what was done and how it ended two readers are asked, that of parts.py and the interviewer's (told.py): they
err on different people, and the sum of their log-odds is right more often than either. Where it was, what
was asked for and what was learnt, the first says alone. A result is often one sentence, and one that surely
reads as a result is one. What the interviewer would ask for because it was not told is never told, and what
they take to be told is never missing.
"""

from collections.abc import Mapping
from math import exp

from vivavoce.transcripts.story.parts import Story
from vivavoce.transcripts.story.star import Part
from vivavoce.transcripts.story.told import CALIBRATIONS, Told, logit

TOLD, UNCLEAR, NOT_HEARD = "told", "unclear", "not heard"
LABELS: Mapping[str, tuple[str, ...]] = {  # of the sentences that tell a part
    "context": ("situation", "task"),
    **{part: (part,) for part in ("task", "action", "result", "lesson")},
}
STORY = ("context", "action", "result")  # where general talk tells none of them, none is unclear
# Chosen on strangers, read by weights that have not seen them: python -m benchmarks.rubric
TRUST = 0.45  # in log-odds: the readers are surer than they are right
LIKELY = 0.5  # probability from which a part is told
HARDLY = 0.2  # probability below which it may be called not heard: all in all that is right nine times in ten
SURELY = 0.75  # confidence from which a sentence that reads as the result is the result


def presence(story: Story, heard: Told, asked_for: Told, *, one_time: bool = True) -> dict[str, str]:
    """Return TOLD, UNCLEAR or NOT_HEARD for each part.

    Args:
        story: what is on topic, as the reader of parts.py takes it.
        heard: what the interviewer's reader takes to be told by the same.
        asked_for: what it takes to be told by all that was said, off topic or not.
        one_time: whether it is about one time; what is said in general, with no part told, has none.
    """
    words = {part: _word(part, story, heard, asked_for) for part in LABELS}
    if one_time or any(words[part] == TOLD for part in STORY):
        return words
    return words | {part: NOT_HEARD for part in STORY if part not in heard.parts}


def _word(part: str, story: Story, heard: Told, asked_for: Told) -> str:
    cued = Part(part) if part in CALIBRATIONS else None
    likely = probability(part, story, heard)
    said = [one for one in story.sentences if one.label in LABELS[part]]
    sure = part == Part.RESULT and any(one.confidence >= SURELY for one in said)
    if likely >= LIKELY or sure:
        return UNCLEAR if cued and (heard.lacks(cued) or asked_for.lacks(cued)) else TOLD
    return UNCLEAR if said or cued in heard.parts or likely >= HARDLY else NOT_HEARD


def probability(part: str, story: Story, heard: Told) -> float:
    """Return how likely it is that a part is told, by both readers."""
    cued = Part(part) if part in CALIBRATIONS else None
    speaks = logit(story.present[part]) + (heard.scores.get(cued, 0.0) if cued else 0.0)
    return 1 / (1 + exp(-TRUST * speaks))
