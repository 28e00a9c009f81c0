"""Each pattern is linear in its text, whatever stands there: nobody can make it hang with a file of bars."""

import re

import pytest

from tests.patterns import Used, built, patterns, slow_on

# What functions build out of what they are given, at its worst.
BUILT = {
    "guard._without": re.escape("so and so "),
    "second_opinion.located": r"\s+".join(["a"] * 99 + ["b"]),
    "client.sentences": r"^[\"\u201c\u201d]*(?:a|interviewer)\s*:\s*",
    "private.named": r"\b(?:a|aa|A)\b(?:['\u2019]s\b)?",
    "settings._line": r"\s*+\[?\s*+[\"']?a\b",
}
PARTS = 8  # that tests can be shared out by


@pytest.mark.parametrize("part", range(PARTS))
def test_a_pattern_is_linear_in_its_worst_texts(part: int) -> None:
    found = patterns()[part::PARTS]

    assert {f"{one.where} {slow}" for one in found if (slow := slow_on(one))} == set()
    assert len(found) > 10


@pytest.mark.parametrize(("where", "pattern"), BUILT.items())
def test_a_pattern_that_is_built_is_linear_in_its_worst_texts(where: str, pattern: str) -> None:
    anchored = where in ("settings._line",)

    assert slow_on(Used(where, re.compile(pattern, re.IGNORECASE), anchored)) == ""


def test_all_that_build_a_pattern_are_known() -> None:
    cues = {"acts.acts", "cues.cue", "offers._cues", "posting._cues", "asking._any_of"}
    assert built() - cues == set(BUILT)  # cues have tests of their own


@pytest.mark.parametrize(
    "pattern",
    [
        r"[|,;]\W*(?:full )?name\s*:",
        r"[.!?]+[\"')]*$",
        r"\s*\n\s*(?:-+\s+|\n)",
        r"\[[^]]*\]",
        r"\{.*\}",
        r"(?:a+)+b",
        r"\b(?:he|[a-z]+) (?:then |first )*did\b",
        r"(?<!\w)(?:(?:\d[\d,.]*\w*)\W+b)(?!\w)",
    ],
)
def test_a_slow_pattern_is_seen(pattern: str) -> None:
    assert slow_on(Used("", re.compile(pattern), False)) != ""
