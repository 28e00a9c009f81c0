"""What answers are read with on this machine."""

from vivavoce.personas.content.content_checks import every_set
from vivavoce.personas.content.points import points
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.scoring.assessment import Reader

THREADS = 2  # nothing else runs when a report is made


def reader(threads: int = THREADS) -> Reader:
    """Return it: MiniLM on so many `threads` if it is here, and all content checks.

    Raises:
        PersonaError: one of the user's own checks cannot be used.
    """
    return Reader(embedding(threads), every_set(), points=points)
