import pytest

from vivavoce.personas.checks import every_set, examples
from vivavoce.personas.persona import names
from vivavoce.transcripts.checks import checked
from vivavoce.transcripts.findings import Told
from vivavoce.transcripts.sentences import sentences
from vivavoce.transcripts.story import read

ALL = {one.id: one for one in every_set()}
EXAMPLES = [(name, *row) for name in names("checks") for row in examples(name)]


def found(name: str, text: str) -> set[str]:
    spans = sentences(text)
    story = read([text[start:end].strip() for start, end in spans], spans, None, None)
    return {one.code for one in checked([ALL[name]], Told(text, story))}


@pytest.mark.parametrize(("name", "check", "wanted", "text"), EXAMPLES)
def test_every_example_is_found_or_left_alone(name: str, check: str, wanted: bool, text: str) -> None:
    assert (check in found(name, text)) is wanted
