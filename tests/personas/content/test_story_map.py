"""The cues of a story's fields and themes: each example is found or left alone, and each field has some."""

import tomllib

import pytest

from vivavoce.personas.content.story_map import FILES, folder, story_map
from vivavoce.transcripts.bank.coverage import CODES
from vivavoce.transcripts.bank.fields import THEMES
from vivavoce.transcripts.scoring.checks import held
from vivavoce.transcripts.scoring.rubric import MARK
from vivavoce.transcripts.story.sentences import sentences

CHECKS = {check.id: check for group in story_map() for check in group.checks}
EXAMPLES = [
    (row["id"], key == "yes", text)
    for name in FILES
    for row in tomllib.loads((folder() / f"{name}.toml").read_text("utf-8"))["checks"]
    for key in ("yes", "no")
    for text in row[key]
]


@pytest.mark.parametrize(("name", "wanted", "text"), EXAMPLES)
def test_every_example_is_found_or_left_alone(name: str, wanted: bool, text: str) -> None:
    assert bool(held([CHECKS[name]], text, sentences(text))) is wanted


@pytest.mark.proves("M01", "M02", "M03", "M04", "M05", "M06", "M07")
def test_each_field_but_what_was_done_and_each_theme_has_cues() -> None:
    covers = {code for check in CHECKS.values() for code in check.rule.covers}

    assert covers == {*CODES.values(), *THEMES} - {CODES["model"]}
    assert {check.rule.kind for check in CHECKS.values()} == {MARK}  # no report ever shows one
