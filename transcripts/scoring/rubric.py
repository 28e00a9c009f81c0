"""The rubric: what each finding costs, and what is said about it.

Every score begins at 5, and only a finding with a cost takes from it, so each lost point can be shown with
its words. What it costs was set by hand: costs that were fitted to answers we graded agreed less with the
grades of those left out (docs/decisions/0013-analysis.md). Nothing here looks at pronouns, accent or speed,
and no strength adds a point: a longer answer cannot earn more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vivavoce.transcripts.scoring.findings import Found

DIMENSIONS = ("structure", "specificity", "ownership", "result")
OVERALL = "overall"
SCORES = (OVERALL, *DIMENSIONS)
BEST, WORST = 5, 1
STRENGTH, GAP, OBSERVATION, SIGNAL = "strength", "gap", "observation", "signal"
KINDS = (GAP, OBSERVATION, STRENGTH, SIGNAL)  # of findings, what matters most first
MARK = "mark"  # of a content check that others name, and that says nothing of its own


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from a finding.

    Attributes:
        kind: STRENGTH, GAP, OBSERVATION or SIGNAL.
        message: what to say.
        costs: the points that it takes from each dimension.
        covers: the ids of the requirements that it answers; docs/requirements.md lists them.
        overall: the points that it takes from the overall score.
    """

    kind: str
    message: str
    costs: Mapping[str, int] = field(default_factory=dict)
    covers: tuple[str, ...] = ()
    overall: float = 0.0


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "result-missing": Rule(
            GAP,
            "How it ended was not heard. What changed because of you? Say it in one sentence.",
            {"result": 4, "structure": 1},
            overall=1.3,
            covers=("B09", "X07"),
        ),
        "result-unclear": Rule(
            GAP,
            "The outcome is hard to find. What changed because of you? Begin that sentence with “As a "
            "result”.",
            {"result": 2, "structure": 1},
            overall=0.9,
            covers=("B09",),
        ),
        "result-soft": Rule(
            GAP,
            "The outcome stays general. Add one thing that somebody could check: a number, a reaction, "
            "what is still in use.",
            {"result": 1},
            overall=0.45,
            covers=("B09",),
        ),
        "action-missing": Rule(
            GAP,
            "What you did yourself was not heard. Name two or three steps, in the order in which you "
            "took them.",
            {"ownership": 4, "structure": 1, "specificity": 1},
            overall=1.3,
            covers=("B08",),
        ),
        "action-unclear": Rule(
            GAP,
            "What you did yourself is hard to find. Which step was yours? Say it in one sentence, and why "
            "you took it.",
            {"ownership": 2},
            overall=0.9,
            covers=("B08",),
        ),
        "action-thin": Rule(
            GAP,
            "What you did fits into one short sentence. Give it half of the answer: what first, what "
            "then, and why.",
            {"ownership": 3, "specificity": 1},
            overall=0.8,
            covers=("B08",),
        ),
        "action-short": Rule(
            GAP,
            "What you did is told briefly. Add the step that was hardest, and why you took it.",
            {"ownership": 1},
            overall=0.35,
            covers=("B08",),
        ),
        "action-listed": Rule(
            GAP,
            "Your steps are named, one after the other. Stay with the one that was hardest for a sentence "
            "more: how you did it, and why.",
            {"ownership": 1},
            overall=0.35,
            covers=("B08",),
        ),
        "context-missing": Rule(
            GAP,
            "A stranger would not know where this was. Begin with one sentence: where, when, and what "
            "was at stake.",
            {"structure": 2},
            overall=0.85,
            covers=("B06",),
        ),
        "no-episode": Rule(
            GAP,
            "This is about how you work in general. Tell one time when it happened, from beginning to end.",
            {"specificity": 3, "structure": 1},
            overall=0.9,
        ),
        "shortest": Rule(
            GAP,
            "There is hardly anything to go by. A minute is a good length: one sentence each for where "
            "it was, what "
            "was asked of you, and how it ended, and three for what you did.",
            {"specificity": 3, "structure": 2},
            overall=0.9,
        ),
        "shorter": Rule(
            GAP,
            "This is short. About a minute leaves room for what you did and why.",
            {"specificity": 2},
            overall=0.55,
        ),
        "short": Rule(OBSERVATION, "There is room for one more detail: this is well under a minute."),
        "details-missing": Rule(
            GAP,
            "Little in it can be pictured. Add a name, a number, a day, or what somebody said.",
            {"specificity": 1},
            overall=0.45,
        ),
        "setup-heavy": Rule(
            GAP,
            "More than half of the story is background. Cut it to two sentences.",
            {"structure": 1},
            overall=0.45,
            covers=("B06",),
        ),
        "aside-heavy": Rule(
            GAP,
            "Much of this seems to belong to no part of the story. Say in half a sentence what it has to do "
            "with it, or keep it short.",
            {"structure": 1},
            overall=0.3,
            covers=("X07",),
        ),
        "long": Rule(
            GAP,
            "This is longer than two and a half minutes. End with the result.",
            {"structure": 1},
            overall=0.45,
            covers=("X07", "G05"),
        ),
        "off-topic": Rule(
            GAP,
            "This leads away from the story. Leave it out.",
            {"structure": 1},
            overall=1.0,
            covers=("X07",),
        ),
        "rambling": Rule(
            OBSERVATION,
            "Much is said here before anything comes of it. Begin with the outcome, then the two steps that "
            "led to it.",
            covers=("X07",),
        ),
        "reasons-missing": Rule(
            OBSERVATION,
            "Why you did it that way is left open. One “because” shows how you think.",
            covers=("B08",),
        ),
        "context-unclear": Rule(
            OBSERVATION,
            "Would a stranger know where this was? One sentence at the beginning does it: where, when, and "
            "what was at stake.",
            covers=("B06",),
        ),
        "task-unclear": Rule(
            OBSERVATION,
            "Did you say what your own part was to be? “It was up to me to …” does it.",
            covers=("B07",),
        ),
        "only-we": Rule(
            OBSERVATION,
            "These steps are told as the team's. If one was yours, you may say so.",
            covers=("B07",),
        ),
        "headings-recited": Rule(
            OBSERVATION, "The headings are spoken aloud. The story is clear without them.", covers=("B16",)
        ),
        "context-told": Rule(STRENGTH, "What it was about is clear.", covers=("B06",)),
        "task-told": Rule(STRENGTH, "What was up to you is said.", covers=("B07",)),
        "action-told": Rule(STRENGTH, "What you did is told in steps."),
        "result-told": Rule(STRENGTH, "How it ended is told."),
        "result-measured": Rule(STRENGTH, "How it ended is told, with a figure."),
        "lesson-told": Rule(STRENGTH, "What you took from it is told."),
    }
)
CONTRADICTED = {  # what is not said where a content check shows the other
    "reasons-missing": "reasons-told",
    "only-we": "charge-told",
    "result-missing": "result-with-lesson",
    "result-unclear": "result-with-lesson",
}
DOUBTFUL = "doubtful"  # what may not belong to a story: it costs what it would earn (reading.py)
DOUBT = Rule(
    GAP,
    "Does this belong to the story? Nothing is scored that it alone would earn. Say in half a sentence what "
    "it has to do with it, or leave it out.",
    covers=("X07",),
)


def scores(
    found: Iterable[Found],
    rules: Mapping[str, Rule] = RULES,
) -> dict[str, int]:
    """Return the scores, 1 to 5 each, of an answer with the findings `found`.

    Args:
        found: in any order.
        rules: those of RULES, and of the content checks that were made.
    """
    gaps = [one.code for one in found if rules[one.code].kind == GAP]
    row = {
        dimension: _score(sum(rules[code].costs.get(dimension, 0) for code in gaps))
        for dimension in DIMENSIONS
    }
    total = sum(rules[code].overall for code in gaps)
    return row | {OVERALL: _score(max(total, 1.0) if gaps else 0.0)}


def _score(cost: float) -> int:
    return max(WORST, BEST - int(cost + 0.5))
