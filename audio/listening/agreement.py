"""The stable prefix: what will hardly change as more is heard.

Local agreement (Liu et al. 2020, "Low-latency sequence-to-sequence speech recognition"): a word
is stable once two hypotheses in a row begin with the same words up to it. A hypothesis that ends
in a pause needs no second one, except for its last words: no word in it was cut off (hold-n, same
source). Case and punctuation do not count, for Whisper changes them as the sentence grows.
The prefix only grows.
"""

import re

HELD_WORDS = 2


class Agreement:
    """The stable prefix of one growing stretch of sound."""

    def __init__(self) -> None:
        self._before: list[str] = []
        self.stable: list[str] = []

    def receive(self, words: list[str]) -> list[str]:
        """Take the next hypothesis; return it with the stable prefix put in place of its beginning."""
        self._grow(words, _common([_bare(w) for w in self._before], [_bare(w) for w in words]))
        self._before = words
        return [*self.stable, *words[len(self.stable) :]]

    def settle(self, words: list[str]) -> None:
        """Take a hypothesis of sound that ends in a pause."""
        self._grow(words, len(words) - HELD_WORDS)

    def _grow(self, words: list[str], agreed: int) -> None:
        if agreed > len(self.stable) and _begins(words, self.stable):
            self.stable = [*self.stable, *words[len(self.stable) : agreed]]


def _common(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _begins(words: list[str], prefix: list[str]) -> bool:
    return [_bare(w) for w in words[: len(prefix)]] == [_bare(w) for w in prefix]


def _bare(word: str) -> str:
    return re.sub(r"[^\w']", "", word).lower()
