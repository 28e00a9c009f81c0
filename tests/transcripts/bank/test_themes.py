"""Themes: the person's word counts, else what the words of the story tell."""

from pathlib import Path

from vivavoce.personas.content.story_map import story_map
from vivavoce.transcripts.bank.story_file import parsed
from vivavoce.transcripts.bank.themes import themed, themes_of

SAID = "It was my fault, I had forgotten the second van. Nobody had asked me to, but I drove there myself."


def test_themes_are_found_with_the_words_that_show_them() -> None:
    assert themes_of(SAID, story_map()) == {
        "failure": "It was my fault, I had forgotten the second van.",
        "ownership": "Nobody had asked me to, but I drove there myself.",
    }
    assert themes_of("", story_map()) == {}


def test_what_the_person_says_counts_alone() -> None:
    file = parsed("x", Path("x.md"), f"---\nthemes: impact\n---\n## The problem\n{SAID}")

    found = themed(file, {"conflict": "We argued."}, story_map())

    assert (dict(found.shown), found.by_person) == ({"impact": ""}, True)


def test_else_the_file_and_the_newest_take_tell() -> None:
    file = parsed("x", Path("x.md"), f"## The problem\n{SAID}")

    found = themed(file, {"conflict": "We argued."}, story_map())

    assert ({*found.shown}, found.by_person) == ({"conflict", "failure", "ownership"}, False)
