import pytest

from vivavoce.audio.words import imagined, prompted, spread, word


@pytest.mark.parametrize(
    ("text", "filler"),
    [
        *(
            (text, True)
            for text in ("um", "Um,", "uh...", "Uhm", "hmm", "Hmm.", "er", "erm,", "ah!", "Mmm", "umm…")
        ),
        *(
            (text, False)
            for text in ("human", "her", "ham", "uh-huh", "errand", "am", "has", "mm-hmm", "like", "")
        ),
    ],
)
def test_fillers_are_told_from_words(text: str, filler: bool) -> None:
    assert word(f" {text}", 1.0, 1.2, 0.8).filler is filler


@pytest.mark.parametrize(
    ("text", "duration", "dropped"),
    [("um,", 0.0, True), ("um,", 0.3, False), ("I", 0.0, False), ("hmm.", 0.04, True)],
)
def test_only_a_filler_that_takes_no_time_is_an_echo_of_the_prompt(
    text: str, duration: float, dropped: bool
) -> None:
    assert imagined(word(text, 1.0, 1.0 + duration, 0.5)) is dropped


def test_words_without_times_share_the_time_evenly() -> None:
    words = spread(["so", "um,", "yes"], 1.0, 4.0, 0.5)

    assert [(one.text, one.start, one.end, one.filler) for one in words] == [
        ("so", 1, 2, False), ("um,", 2, 3, True), ("yes", 3, 4, False)
    ]  # fmt: skip
    assert spread([], 1.0, 4.0, 0.5) == []


@pytest.mark.parametrize("prompt", ["", "Kafka, and then we"])
def test_a_prompt_has_fillers_in_it_and_ends_as_it_did(prompt: str) -> None:
    assert prompted(prompt).startswith("Um, uh,")
    assert prompted(prompt).endswith(prompt)
