import pytest

from vivavoce.audio.listening.recognised_words import prompted, said_once, spread, without_echoes, word


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


def test_only_a_filler_behind_a_filler_that_takes_no_time_is_an_echo_of_the_prompt() -> None:
    said = [("Um,", 0.0), ("um.", 0.0), ("so", 0.0), ("hmm,", 0.0), ("I", 0.2), ("uh", 0.3), ("uh", 0.3)]

    kept = without_echoes([word(text, i, i + length, 0.5) for i, (text, length) in enumerate(said)])

    assert [one.text for one in kept] == ["Um,", "so", "hmm,", "I", "uh", "uh"]
    assert without_echoes([]) == []


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


TWICE = "Okay, let's go. Okay, let's go."


@pytest.mark.parametrize(
    ("text", "starts", "kept"),
    [
        pytest.param(TWICE, (0.0, 0.7, 1.0, 1.8, 1.8, 1.8), "Okay, let's go.", id="the second takes no time"),
        pytest.param(TWICE, (0.0, 0.0, 0.0, 0.1, 0.7, 1.0), "Okay, let's go.", id="the first takes no time"),
        pytest.param(TWICE, (0.0, 0.7, 1.0, 1.6, 2.1, 2.4), TWICE, id="said twice"),
        pytest.param(TWICE, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0), TWICE, id="said twice in a hurry"),
        pytest.param("we did we did it", (0.0, 0.4, 0.8, 0.8, 1.2), "we did it", id="within a sentence"),
        pytest.param("no no no", (0.0, 0.0, 0.0), "no no no", id="a word alone"),
        pytest.param("I go you go", (0.0, 0.0, 0.0, 0.0), "I go you go", id="another phrase"),
        pytest.param("", (), "", id="nothing"),
    ],
)
def test_a_phrase_that_follows_itself_at_a_pace_that_nobody_has_was_said_once(
    text: str, starts: tuple[float, ...], kept: str
) -> None:
    said = [word(one, at, at, 0.9) for one, at in zip(text.split(), starts, strict=True)]

    assert " ".join(one.text for one in said_once(said)) == kept
