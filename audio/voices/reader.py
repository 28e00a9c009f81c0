"""From words to phonemes: hibari's reader of English, put together so that it takes half of the memory.

What takes most is the table by which it tells a verb from a noun, 290,000 weights for 80,000 features.
A sentence needs a hundred of those, so each stays text until it is asked for.
"""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vivavoce.audio.models import onnx

WEIGHTS = b'"weights":'
_FEATURE = re.compile(rb'"((?:[^"\\]|\\.)++)":\{([^{}]*+)\}')


class Weights(dict[str, bytes]):
    """The weights of each feature, by tag, as the text of an object without its braces."""

    def get(self, feature: str, default: Any = None) -> Any:
        """Return the weights of `feature`."""
        found = super().get(feature)
        return default if found is None else json.loads(b"{" + found + b"}")


def reader(assets: Path) -> Callable[[str], str]:
    """Return what gives the phonemes of a line, for American English.

    Raises:
        ImportError: hibari is not installed.
        OSError, ValueError, KeyError: a file of `assets` is missing or damaged.
        ModelError: its network for unknown words is.
    """
    from hibari.g2p import G2P
    from hibari.g2p.lexicon import Lexicon
    from hibari.g2p.oov import OOV
    from hibari.g2p.tagger import Tagger
    from hibari.g2p.tokenize import Tokenizer

    known: Any = G2P.__new__(G2P)  # what its own constructor sets, but for the weights
    gold, silver = (_table(assets / f"lexicon_us_{name}.json.gz") for name in ("gold", "silver"))
    known.lexicon = Lexicon(gold, silver, False)
    known.tokenizer = Tokenizer(json.loads((assets / "tokenizer_exceptions.json").read_text("utf-8")))
    known.tagger = Tagger(_tagger(_bytes(assets / "tagger.json.gz")))
    unknown = assets / "oov.onnx"
    known._oov = OOV(str(unknown), session=onnx.load(unknown))
    known.unk, known.british = "", False
    read: Callable[[str], str] = known
    return read


def _tagger(text: bytes) -> dict[str, Any]:
    """Return the tagger's tables from its file, in which the weights come last."""
    head, found, weights = text.partition(WEIGHTS)
    if not found:
        raise ValueError("the tagger has no weights")
    tables: dict[str, Any] = json.loads(head.rstrip().rstrip(b",") + b"}")
    return tables | {"weights": Weights((_name(one[1]), one[2]) for one in _FEATURE.finditer(weights))}


def _name(feature: bytes) -> str:
    return str(json.loads(b'"%b"' % feature)) if b"\\" in feature else feature.decode()


def _table(path: Path) -> Any:
    return json.loads(_bytes(path))


def _bytes(path: Path) -> bytes:
    with gzip.open(path) as file:
        return file.read()
