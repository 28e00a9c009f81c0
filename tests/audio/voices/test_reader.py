from importlib.util import find_spec
from pathlib import Path

import pytest

from vivavoce.audio.voices.reader import Weights, _tagger, reader

LINES = (
    "Did you read the record that they record, or lead the lead?",
    "It was live, so we live with a close call to close.",
    "They present the present; who objects to the objects?",
    "Résumé, nginx, p99, NDCG@10 and 23 % at 3:00, for €5.",
)


def test_it_reads_as_hibari_itself_does() -> None:
    from hibari.g2p import G2P

    spec = find_spec("hibari")
    assert spec is not None
    assert spec.origin is not None
    own, ours = G2P(), reader(Path(spec.origin).parent / "assets")

    assert [ours(line) for line in LINES] == [own(line) for line in LINES]
    weights = getattr(ours, "tagger").weights  # noqa: B009
    assert {name: weights.get(name) for name in weights} == own.tagger.weights


def test_a_tagger_without_weights_is_damaged() -> None:
    with pytest.raises(ValueError, match="no weights"):
        _tagger(b'{"tags":["NN"]}')


def test_what_is_not_known_has_no_weights() -> None:
    found = _tagger(b'{"tags":["NN"],"weights":{"w=a\\"b":{"NN":1.5,"VB":-2}}}')["weights"]

    assert isinstance(found, Weights)
    assert found.get('w=a"b') == {"NN": 1.5, "VB": -2}
    assert found.get("w=c") is None
