"""Marks within a line or a piece of talk, behind which somebody else speaks: ">>" and "[SPEAKER_TURN]"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vivavoce.transcripts.imports.pieces import Spoken, parts
from vivavoce.transcripts.imports.speaker_labels import alternating

TURN = "[SPEAKER_TURN]"  # whisper.cpp writes it behind the last word of a speaker

_WITHIN = re.compile(r"(?<=[.?!\u2026\"])\s(?=\s{0,9}(?:>>|&gt;&gt;))")


def at_marks(line: str) -> list[str]:
    """Return the parts of `line`, cut before each ">>" that follows a sentence."""
    return _WITHIN.split(line) if ">>" in line or "&gt;&gt;" in line else [line]


def by_turns(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `spoken`; where nobody is named, by the two speakers who change at each TURN."""
    if not any(TURN in piece.text for piece in spoken):
        return list(spoken)
    said, turns, after = list[Spoken](), list[bool](), False
    for piece, ends in (each for whole in spoken for each in _cut(whole)):
        said.append(piece)
        turns.append(after)
        after = ends
    if any(piece.speaker for piece in said):
        return said
    labels = alternating(turns)
    return [replace(piece, speaker=label) for piece, label in zip(said, labels, strict=True)]


def _cut(piece: Spoken) -> Iterator[tuple[Spoken, bool]]:
    """Yield `piece` in parts without the marks, each with whether a mark ends it."""
    marked = [number for number, word in enumerate(piece.text.split()) if word == TURN]
    last = len(piece.text.split())
    cuts = sorted({cut for number in marked for cut in (number, number + 1)} - {0, last})
    found = list(parts(piece, cuts))
    for number, one in enumerate(found):
        if one.text != TURN:
            yield one, number + 1 < len(found)
