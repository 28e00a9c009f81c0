"""A BERT encoder in 8-bit integers, from its published weights; the one file that imports safetensors.

CTranslate2, which Whisper runs on too, rounds each row that comes in by itself, so that a sentence's vector
does not depend on what is computed beside it. Its own converter needs PyTorch; what it does for BERT is done
here: the same matrices under other names, query, key and value as one.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models.cpu_threads import one_a_computation

Array = NDArray[np.float32]

LAYERS, HEADS = 6, 12  # of MiniLM-L6
NORM_EPSILON = 1e-12


class Encoder(Protocol):
    """Reads rows of tokens."""

    def states(self, rows: Sequence[Sequence[int]]) -> Array:
        """Return the last layer's states of `rows`, shape (n, longest row, width); beyond a row, anything."""
        ...


class _Bert:
    def __init__(self, folder: str, threads: int) -> None:
        import ctranslate2

        self._network = ctranslate2.Encoder(
            folder, compute_type="int8", inter_threads=threads, intra_threads=1
        )

    def states(self, rows: Sequence[Sequence[int]]) -> Array:
        return np.asarray(self._network.forward_batch([list(row) for row in rows]).last_hidden_state)


def load(path: Path, threads: int = 1) -> Encoder:
    """Return the encoder whose weights are in the safetensors file at `path`.

    It may be asked by so many `threads` at once; each computes on one core.

    Raises:
        ModelError: there is no such file, or it holds no such weights.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when ctranslate2 is imported
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    one_a_computation()
    try:
        spec = _spec(load_file(path))
    except (OSError, SafetensorError, KeyError) as error:
        raise ModelError(f"cannot load {path.name}; run: vivavoce models verify") from error
    with TemporaryDirectory() as folder:
        _save(spec, Path(folder))
        return _Bert(folder, threads)


def _save(spec: Any, folder: Path) -> None:
    """Write `spec` to `folder`, with numbers for a vocabulary: CTranslate2 itself writes one slowly."""
    from ctranslate2.specs.model_spec import ModelSpec

    names = [str(number) for number in range(spec.get_vocabulary_size())]
    (folder / "vocabulary.json").write_bytes(json.dumps(names).encode())
    ModelSpec.save(spec, str(folder))


def _spec(weights: Mapping[str, Array]) -> Any:
    """Return BERT's `weights` as CTranslate2 names them, rounded."""
    from ctranslate2.specs import common_spec, transformer_spec

    def fill(place: Any, name: str) -> None:
        names = ("gamma", "beta") if "LayerNorm" in name else ("weight", "bias")
        for ours, theirs in zip(names, ("weight", "bias"), strict=True):
            setattr(place, ours, weights[f"{name}.{theirs}"])

    encoder = transformer_spec.TransformerEncoderSpec(
        LAYERS, HEADS, pre_norm=False, activation=common_spec.Activation.GELU, layernorm_embedding=True
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = weights["embeddings.word_embeddings.weight"]
    one_text = weights["embeddings.token_type_embeddings.weight"][
        0
    ]  # the kind of every token: there is no pair
    encoder.position_encodings.encodings = weights["embeddings.position_embeddings.weight"] + one_text
    fill(encoder.layernorm_embedding, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layer):
        name = f"encoder.layer.{number}"
        for kind in ("weight", "bias"):
            three = [weights[f"{name}.attention.self.{one}.{kind}"] for one in ("query", "key", "value")]
            setattr(layer.self_attention.linear[0], kind, np.concatenate(three))
        fill(layer.self_attention.linear[1], f"{name}.attention.output.dense")
        fill(layer.self_attention.layer_norm, f"{name}.attention.output.LayerNorm")
        fill(layer.ffn.linear_0, f"{name}.intermediate.dense")
        fill(layer.ffn.linear_1, f"{name}.output.dense")
        fill(layer.ffn.layer_norm, f"{name}.output.LayerNorm")
    spec = transformer_spec.TransformerEncoderModelSpec(encoder)
    spec.config.layer_norm_epsilon = NORM_EPSILON
    spec.register_vocabulary([""] * spec.get_vocabulary_size())
    spec.validate()
    spec.optimize(quantization="int8")
    return spec
