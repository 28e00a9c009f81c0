"""The stable prefix: what two hypotheses of the same sound agree on.

Local agreement (Liu et al. 2020, "Low-latency sequence-to-sequence speech recognition"): a word
is stable once two hypotheses in a row begin with the same words up to it. Case and punctuation
do not count, for Whisper changes them as the sentence grows. Agreement only grows.
"""

import re


class Agreement:
    """The stable prefix of one growing stretch of sound."""

    def __init__(self) -> None:
        self._before: list[str] = []
        self.stable: list[str] = []

    def receive(self, words: list[str]) -> list[str]:
        """Take the next hypothesis; return it with the stable prefix put in place of its beginning."""
        agreed = _common([_bare(w) for w in self._before], [_bare(w) for w in words])
        if agreed > len(self.stable) and _begins(words, self.stable):
            self.stable = [*self.stable, *words[len(self.stable) : agreed]]
        self._before = words
        return [*self.stable, *words[len(self.stable) :]]


def _common(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _begins(words: list[str], prefix: list[str]) -> bool:
    return [_bare(w) for w in words[: len(prefix)]] == [_bare(w) for w in prefix]


def _bare(word: str) -> str:
    return re.sub(r"[^\w']", "", word).lower()
