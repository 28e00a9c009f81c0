import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models.bert import HEADS, LAYERS, Array, load

WIDTH, INNER, WORDS, PLACES = 5 * HEADS, 90, 40, 16
ROUNDED = 0.06  # how far the states are off, of their length
ROWS = ([1, 7, 9, 2], [1, 30, 31, 32, 33, 34, 2], [1, 2])


def random_weights() -> dict[str, Array]:
    chance = np.random.default_rng(3)

    def some(*shape: int) -> Array:
        return (chance.standard_normal(shape) * 0.4).astype(np.float32)

    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (WORDS, WIDTH),
        "embeddings.position_embeddings.weight": (PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
    }
    for layer in range(LAYERS):
        for name, out, into in (
            *((f"attention.self.{one}", WIDTH, WIDTH) for one in ("query", "key", "value")),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", INNER, WIDTH),
            ("output.dense", WIDTH, INNER),
        ):
            shapes[f"encoder.layer.{layer}.{name}.weight"] = (out, into)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes[f"encoder.layer.{layer}.{name}.weight"] = (WIDTH,)
    found = {name: some(*shape) for name, shape in shapes.items()}
    for name, shape in shapes.items():
        if "_embeddings" not in name:
            found[name.replace(".weight", ".bias")] = some(shape[0])
        if "LayerNorm" in name:
            found[name] += 1
    return found


def reference(weights: Mapping[str, Array], row: list[int]) -> Array:
    """Return the states of one row by the formulas of Devlin et al., 2019, in plain floating point."""

    def linear(x: Array, name: str) -> Array:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(x: Array, name: str) -> Array:
        spread = np.sqrt(x.var(axis=-1, keepdims=True) + 1e-12)
        unit = (x - x.mean(axis=-1, keepdims=True)) / spread
        return weights[f"{name}.weight"] * unit + weights[f"{name}.bias"]

    def heads(x: Array) -> Array:
        return x.reshape(len(x), HEADS, -1).transpose(1, 0, 2)

    x = weights["embeddings.word_embeddings.weight"][row]
    x = x + weights["embeddings.position_embeddings.weight"][: len(row)]
    x = norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        q, k, v = (heads(linear(x, f"{layer}.attention.self.{one}")) for one in ("query", "key", "value"))
        looked = np.exp(q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1]))
        seen = (looked / looked.sum(axis=-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(x.shape)
        x = norm(x + linear(seen, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
        inner = linear(x, f"{layer}.intermediate.dense")
        inner = inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2))) / 2
        x = norm(x + linear(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
    return x


def apart(one: Array, other: Array) -> float:
    return float(np.linalg.norm(one - other) / np.linalg.norm(other))


def test_states_are_those_of_the_formulas_but_for_the_rounding(tmp_path: Path) -> None:
    weights = random_weights()
    save_file(weights, tmp_path / "model.safetensors")
    name = "encoder.layer.0.attention.self.{}.weight".format
    swapped = weights | {name("query"): weights[name("key")], name("key"): weights[name("value")]}

    states = load(tmp_path / "model.safetensors").states(ROWS)

    assert states.shape == (len(ROWS), max(map(len, ROWS)), WIDTH)
    for row, found in zip(ROWS, states, strict=True):
        assert apart(found[: len(row)], reference(weights, row)) < ROUNDED
        assert apart(found[: len(row)], reference(swapped, row)) > 2 * ROUNDED


def test_a_row_has_the_same_states_whatever_is_computed_beside_it(tmp_path: Path) -> None:
    save_file(random_weights(), tmp_path / "model.safetensors")
    encoder = load(tmp_path / "model.safetensors", threads=2)

    together = encoder.states(ROWS)

    for row, found in zip(ROWS, together, strict=True):
        assert np.array_equal(encoder.states([row])[0], found[: len(row)])


@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "other"])
def test_damaged_weights_are_said_to_be(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "model.safetensors"
    if damage == "other":
        save_file({"weight": np.zeros((2, 2), np.float32)}, path)
    elif damage != "gone":
        save_file(random_weights(), path)
        path.write_bytes(path.read_bytes()[: 1000 if damage == "cut" else 0])

    with pytest.raises(ModelError, match="models verify"):
        load(path)
