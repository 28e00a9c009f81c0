import runpy
from pathlib import Path

import pytest

# benchmarks/ is no installed package, and the checkout's root must stay off the import path.
WER = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "wer.py"))


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        pytest.param("it failed after launch", "it failed after launch", 0, id="the same"),
        pytest.param("it failed after launch", "it failed at launch", 1 / 4, id="substituted"),
        pytest.param("it failed after launch", "it failed launch", 1 / 4, id="missing"),
        pytest.param("it failed after launch", "it failed right after launch", 1 / 4, id="added"),
        pytest.param("it failed", "", 1, id="nothing heard"),
        pytest.param("no", "oh no it did", 3, id="more errors than words"),
        pytest.param("Well, it FAILED.", "well it failed", 0, id="case and punctuation"),
        pytest.param("So, um, it uh failed", "So it failed", 0, id="fillers"),
        pytest.param("the on-call engineer", "the on call engineer", 0, id="hyphens"),
        pytest.param("that's okay", "that\u2019s OK", 0, id="apostrophes and okay"),
        pytest.param("four percent", "4%", 0, id="percent"),
        pytest.param(
            "twenty-five thousand three hundred and two", "25,302", 1 / 7, id="thousands, said with and"
        ),
        pytest.param("three point five", "3.5", 0, id="decimals"),
    ],
)
def test_word_error_rate(reference: str, hypothesis: str, expected: float) -> None:
    assert WER["wer"](reference, hypothesis) == pytest.approx(expected)


def test_fillers_alone_have_no_error_rate() -> None:
    with pytest.raises(ValueError, match="without words"):
        WER["wer"]("Um, uh.", "hello")
