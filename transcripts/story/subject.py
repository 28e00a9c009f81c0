"""Is the latest talk about what was asked and told so far? By sentence embeddings. Pure.

An answer is followed in pieces of PIECE words. What it is about is the mean of the question and of
those pieces that were about it themselves, so that a long aside does not become the subject. The
latest words are compared with that mean, with the nearest of its pieces, with the question, and
with whatever was said before: who goes round in circles comes very near to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from vivavoce.transcripts.events import Word
from vivavoce.transcripts.story.parts import Embedding, Vectors

Meaning = Callable[[], Embedding | None]  # gives it once it is loaded

PIECE = 20  # words: about 8 s of talk
EVERY = 4  # words; between them nothing is compared
OPENING = 2  # pieces that set the subject whatever they are like
BELONGS = 0.2  # cosine from which a later piece belongs to it
ASKED = 0.3  # of a piece that the question weighs
USUAL = 0.3  # cosine between pieces of one answer, as long as there are too few to know
SAID_BEFORE = 0.6  # cosine beyond which a piece was as good as said before


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Cosines of the latest words with what was said and asked before."""

    to_subject: float = 0.0
    to_nearest: float = 0.0  # the mean of the two nearest pieces on the subject
    to_question: float = 0.0
    among_pieces: float = 0.0  # how alike the pieces on the subject are: what to expect of this answer
    to_earlier: float = 0.0  # the nearest of all earlier pieces, but the last
    said_before: float = 0.0  # how far that is beyond SAID_BEFORE

    def values(self) -> tuple[float, ...]:
        """Return all of them, in order."""
        return astuple(self)


def nothing() -> None:
    """Compare nothing: a `Meaning` where no sentences can be compared."""


class Subject:
    """Follows one answer to `question`."""

    def __init__(self, embedding: Embedding, question: str) -> None:
        self._embedding = embedding
        self._question = embedding.vectors([question])[0]
        self._until = 0  # how many words are in pieces
        self._pieces: list[Vectors] = []
        self._own: list[Vectors] = []  # those that are on the subject
        self._compared = 0
        self.likeness = Likeness()

    def receive(self, final: Sequence[Word], pending: Sequence[Word]) -> None:
        """Take all words of the answer so far that are final, and what may still change of the latest."""
        count = len(final) + len(pending)
        if count < PIECE or abs(count - self._compared) < EVERY:
            return
        self._compared = count
        latest, fresh = _text([*final[-PIECE:], *pending][-PIECE:]), list[str]()
        while self._until + PIECE <= min(len(final), count - PIECE):
            fresh.append(_text(final[self._until : self._until + PIECE]))
            self._until += PIECE
        now, *new = self._embedding.vectors([latest, *fresh])
        for vector in new:
            self._pieces.append(vector)
            if len(self._own) < OPENING or float(vector @ self._mean()) >= BELONGS:
                self._own.append(vector)
        self.likeness = self._compare(now)

    def _compare(self, latest: Vectors) -> Likeness:
        to_question = float(latest @ self._question)
        nearest = np.sort(np.array(self._own) @ latest)[-2:] if self._own else np.array([to_question])
        earlier = max((float(vector @ latest) for vector in self._pieces[:-1]), default=0.0)
        return Likeness(
            to_subject=float(latest @ self._mean()),
            to_nearest=float(nearest.mean()),
            to_question=to_question,
            among_pieces=self._among(),
            to_earlier=earlier,
            said_before=max(0.0, earlier - SAID_BEFORE),
        )

    def _mean(self) -> Vectors:
        mean = np.sum(self._own, axis=0) / max(1, len(self._own)) + ASKED * self._question
        unit: Vectors = mean / (np.linalg.norm(mean) + 1e-9)
        return unit

    def _among(self) -> float:
        """Return the mean cosine between two pieces on the subject."""
        count = len(self._own)
        if count <= 2:
            return USUAL
        total = np.sum(self._own, axis=0)
        return float((total @ total - count) / (count * (count - 1)))


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
