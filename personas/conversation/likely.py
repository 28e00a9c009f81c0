"""What a reply most likely does that no pattern covers: the second reading, of short replies only.

A softmax regression over the reply's words, pairs of words and pieces of words (hashed, so that no word list
is kept) and its sentence vector. It was fitted on utterances of our own (benchmarks/fit_replies.py) and is
asked only where the patterns found an answer; it speaks only when it is sure. It never ends an interview and
never calls anybody rude: a wish to stop that is only likely is asked about.
"""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vivavoce.personas.conversation.acts import Reply
from vivavoce.transcripts.story.parts import Embedding

WEIGHTS = "likely.npz"
MOST_WORDS = 25  # whoever says more answers
SURE = 0.65  # what is likelier than that is acted on: of strangers' sentences, about one in 750 by mistake
HASHED = 2048  # columns for words and their pieces
WORDS_WEIGH = 1.5  # of the words, beside the sentence vector's 1
PIECE = 4  # letters
NEVER = (Reply.ANSWER, Reply.RUDE, Reply.THANKS, Reply.STOP)  # is any of these by a guess
_WORDS = re.compile(r"'(?:m|s|d|re|ve|ll|t)\b|[a-z]+|\d+|\?")

Columns = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the regression; its last row is the bias."""

    names: tuple[Reply, ...]
    columns: Columns  # (HASHED + width of the sentence vector + 1, len(names))


def likely(text: str, embedding: Embedding) -> Reply:
    """Return what `text` likely does; an answer in doubt, and whenever it is long."""
    if len(text.split()) > MOST_WORDS:
        return Reply.ANSWER
    return surest(shares(columns([text], embedding), weights())[0], weights().names)


def surest(share: Columns, names: tuple[Reply, ...]) -> Reply:
    """Return the likeliest of `names` but those that are never guessed; an answer if it is not sure."""
    found = dict(zip(names, share.tolist(), strict=True))
    found[Reply.ENDING] += found[Reply.STOP]
    best = max((one for one in names if one not in NEVER), key=found.__getitem__)
    return best if found[best] > SURE else Reply.ANSWER


def columns(texts: list[str], embedding: Embedding) -> Columns:
    """Return what is known of `texts`, shape (len(texts), HASHED + width of a sentence vector + 1)."""
    words = np.zeros((len(texts), HASHED), np.float32)
    for row, text in zip(words, texts, strict=True):
        found = sorted(_pieces(text))
        at = [zlib.crc32(one.encode()) % HASHED for one in found]
        np.add.at(row, at, WORDS_WEIGH / np.sqrt(max(1, len(found))))
    return np.hstack([words, embedding.vectors(texts), np.ones((len(texts), 1), np.float32)])


def shares(known: Columns, fitted: Weights) -> Columns:
    """Return how likely each of the names is, shape (texts, names)."""
    score = known @ fitted.columns
    power = np.exp(score - score.max(axis=1, keepdims=True))
    found: Columns = power / power.sum(axis=1, keepdims=True)
    return found


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the weights that are shipped."""
    with (files("vivavoce.personas.conversation") / WEIGHTS).open("rb") as file, np.load(file) as kept:
        names = tuple(Reply(name) for name in kept["names"].tolist())
        return Weights(names, kept["columns"].astype(np.float32))


def _pieces(text: str) -> set[str]:
    """Return the words of `text`, each two in a row, and each four letters in a row within a word."""
    words = ["<", *_WORDS.findall(text.lower().replace("\u2019", "'")), ">"]
    words = ["0" if word.isdigit() else word for word in words]
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    ends = [f"#{word}#" for word in words]
    letters = {f"~{end[at : at + PIECE]}" for end in ends for at in range(len(end) - PIECE + 1)}
    return {*words, *pairs, *letters}
