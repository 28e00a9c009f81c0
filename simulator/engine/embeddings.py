"""Sentence embeddings by MiniLM-L6, 384 numbers each; the one file that imports tokenizers."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models import bert, store
from vivavoce.transcripts.story.parts import Vectors

NAME = "minilm"  # among the models
WIDTH = 384
LONGEST = 96  # tokens of a sentence that count
BATCH = 16  # sentences at once, of about one length: padding is computed like words
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"

_loading = threading.Lock()


class MiniLM:
    """An `Embedding` over the weights in `folder`; so many `threads` compute at once."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        from tokenizers import Tokenizer

        self._threads = threads
        self._encoder = bert.load(folder / WEIGHTS, threads)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, shape (len(texts), 384): the mean over their tokens."""
        found = np.zeros((len(texts), WIDTH), dtype=np.float32)
        ids = [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        batches = [order[begin : begin + BATCH] for begin in range(0, len(order), BATCH)]
        rows = [[ids[index] for index in batch] for batch in batches]
        if self._threads == 1 or len(rows) < 2:
            done = [self._batch(each) for each in rows]
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                done = list(pool.map(self._batch, rows))
        for batch, vectors in zip(batches, done, strict=True):
            found[batch] = vectors
        return found

    def _batch(self, ids: Sequence[Sequence[int]]) -> Vectors:
        states = self._encoder.states(ids)
        lengths = np.array([len(row) for row in ids])
        told = np.arange(states.shape[1]) < lengths[:, np.newaxis]
        mean = (states * told[..., np.newaxis]).sum(axis=1)
        unit: Vectors = (mean / (np.linalg.norm(mean, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
        return unit


def embedding(threads: int = 1) -> MiniLM | None:
    """Return the one that all of this process share; None if its weights are not here."""
    try:
        folder = store.locate(NAME)
        with _loading:
            return _embedding(folder, threads)
    except ModelError:  # which may be mended while this process goes on
        return None


@lru_cache(maxsize=2)
def _embedding(folder: Path, threads: int) -> MiniLM:
    return MiniLM(folder, threads)
