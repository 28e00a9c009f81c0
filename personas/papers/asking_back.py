"""What a candidate may ask at the end, about what the posting says and what the résumé has not. Pure.

The words come from the papers as a question about them has them (`offers.py`): short, plain, nobody's orders.
"""

from collections.abc import Iterator
from itertools import chain, zip_longest

from vivavoce.personas.papers.offers import OFFERS
from vivavoce.personas.papers.phrases import speakable
from vivavoce.personas.papers.tailoring import EMPTY, Tailoring
from vivavoce.personas.papers.understanding.understood import Posting

# They are taken in turn: the work itself, what one would have to learn, what one brings.
WORDINGS = {
    "duty": (
        "The posting says: {line}. How does that go in a usual week here?",
        "What is hardest in this part of the job: {line}?",
    ),
    "gap": (
        "How do people here come to know {skill} when they have not used it before?",
        "Who in the team could I learn {skill} from?",
    ),
    "skill": (
        "Where in this job does {skill} matter most?",
        "What do people use {skill} for here?",
    ),
}
WANTED = "What is {skill} used for in this job?"  # where no résumé says who has it
BROUGHT = "How much of the work here has to do with {skill}?"  # where there is no posting


def asking_back(known: Tailoring) -> Iterator[str]:
    """Yield questions for the end, of each kind the first, then the second; none if no paper says enough."""
    resume, posting = known.resume or EMPTY, known.posting or Posting()
    kinds: list[Iterator[str]] = []
    for kind, wordings in WORDINGS.items():
        offers = (fill for fill, *_ in OFFERS[kind](resume, posting, known.job_title))
        told = (fill for fill in offers if all(map(speakable, fill.values())))
        kinds.append(line.format(**fill) for line, fill in zip(wordings, told, strict=False))
    if known.resume is None or known.resume.why_not:
        kinds.append(WANTED.format(skill=one) for one in filter(speakable, posting.skills))
    if known.posting is None:
        kinds.append(BROUGHT.format(skill=one) for one in filter(speakable, resume.skills))
    in_turn = chain.from_iterable(zip_longest(*kinds))
    yield from dict.fromkeys(one for one in in_turn if one)
