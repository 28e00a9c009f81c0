from itertools import chain

import pytest

from vivavoce.personas.content.content_checks import every_set, examples
from vivavoce.personas.content.persona import names
from vivavoce.transcripts.scoring.cues import LONGEST, Cues, cue

CHECKS = [check for one in every_set() for check in one.checks]
LISTS = [cues for one in CHECKS for cues in (one.said, one.near, one.without) if cues]
TEXTS = [text for name in names("checks") for *_, text in examples(name)]
ODD = (
    "\u0130 led, \u0131 led, and we LED: 3,000 of them, the 3rd 1.5, \u0663 more; twenty-one fell.",
    "I can't, I can\u2019t; a co-lead of (x)es, a_b, na\u00efve, \u017fo \u212aept 24/7!",
    "led" * LONGEST,
)


def found(cues: Cues, text: str) -> tuple[tuple[int, int], ...]:
    return tuple(one.span() for one in cue(cues.phrases).finditer(text))


def test_all_cues_are_found_where_their_pattern_finds_them() -> None:
    text = " ".join([*TEXTS[::5], *ODD])

    assert [cues.phrases for cues in LISTS if cues.spans(text) != found(cues, text)] == []
    assert sum(len(cues.spans(text)) for cues in LISTS) > len(LISTS)


@pytest.mark.parametrize(
    "phrase",
    [
        "i led",
        "# of",
        "can't",
        "can*",
        "co-lead",
        "co-l*",
        "l*d|k*pt",
        "(x)*",
        "na\u00efve",
        "k*|\u0131|so",
        "1.5",
        "ledled*",
    ],
)
def test_odd_words_are_found_where_their_pattern_finds_them(phrase: str) -> None:
    cues = Cues((phrase, "led" * (LONGEST - 1) + "l*"))

    for text in ODD:
        assert cues.spans(text) == found(cues, text)
        assert cues.said(text) is bool(found(cues, text))
    assert any(chain.from_iterable(map(cues.spans, ODD)))


def test_of_no_phrases_none_is_found() -> None:
    assert [text for text in ODD if Cues(()).said(text)] == []


@pytest.mark.parametrize(
    ("text", "there"),
    [("I prioritised it", True), ("prioritized", True), ("prioritied", True), ("prioritissed", False)],
)
def test_a_star_in_a_word_is_at_most_one_letter(text: str, there: bool) -> None:
    assert Cues(("prioriti*ed",)).said(text) is there
