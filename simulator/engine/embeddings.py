"""Sentence embeddings by MiniLM-L6, 384 numbers each; the one file that imports tokenizers."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models import onnx, store
from vivavoce.transcripts.story.parts import Vectors

NAME = "minilm"  # among the models
WIDTH = 384
LONGEST = 96  # tokens of a sentence that count
BATCH = 16  # sentences at once, of about one length: padding is computed like words
NETWORK, TOKENIZER = "model.onnx", "tokenizer.json"

_loading = threading.Lock()


class MiniLM:
    """An `Embedding` over the weights in `folder`: about 6 ms a sentence on one core."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        from tokenizers import Tokenizer

        self._network = onnx.load(folder / NETWORK, threads)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, shape (len(texts), 384): the mean over their tokens."""
        found = np.zeros((len(texts), WIDTH), dtype=np.float32)
        ids = [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH]
            found[batch] = self._batch([ids[index] for index in batch])
        return found

    def _batch(self, ids: Sequence[Sequence[int]]) -> Vectors:
        longest = max(len(row) for row in ids)
        tokens = np.zeros((len(ids), longest), dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, one in enumerate(ids):
            tokens[row, : len(one)], mask[row, : len(one)] = one, 1
        inputs = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        hidden = self._network.run(None, inputs)[0]
        mean = (hidden * mask[..., np.newaxis]).sum(axis=1)
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
