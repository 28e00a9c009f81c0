import pytest

from vivavoce.transcripts.story.star import Part, parts


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("About a year ago I was on the payments team.", {Part.SITUATION}),
        ("My job was to keep the checkout up.", {Part.TASK}),
        ("So I moved the lookups into one batch call.", {Part.ACTION, Part.OWN_PART}),
        ("We rebuilt the index together.", {Part.ACTION}),
        ("In the end the queue was gone.", {Part.RESULT}),
        ("Latency fell from 300 to 190 milliseconds.", {Part.RESULT, Part.NUMBER}),
        ("It took us three weeks.", {Part.NUMBER}),
        ("We gave up some recall for it.", {Part.TRADE_OFF}),
        ("I learned to ask first.", {Part.LESSON}),
        ("I chose the simpler model because nobody could debug the other.", {Part.DECISION}),
        ("Then it broke on a Friday.", {Part.FAILURE}),
    ],
)
def test_a_part_is_told_by_its_cues(said: str, told: set[Part]) -> None:
    assert parts(said) >= told


@pytest.mark.parametrize(
    ("said", "untold"),
    [
        ("It was fine, you know.", set(Part)),
        ("We moved the lookups.", {Part.OWN_PART, Part.RESULT, Part.NUMBER}),
        ("I needed more coffee and I thought so.", {Part.OWN_PART, Part.ACTION}),
        ("I moved two of our services.", {Part.RESULT, Part.NUMBER}),
    ],
)
def test_what_was_not_said_is_not_told(said: str, untold: set[Part]) -> None:
    assert not parts(said) & untold
