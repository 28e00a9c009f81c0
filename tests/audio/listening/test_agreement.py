import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.listening.agreement import Agreement


def stable_after(*hypotheses: str) -> str:
    agreement = Agreement()
    for hypothesis in hypotheses:
        agreement.receive(hypothesis.split())
    return " ".join(agreement.stable)


@pytest.mark.parametrize(
    ("hypotheses", "stable"),
    [
        pytest.param(["so we built"], "", id="one hypothesis proves nothing"),
        pytest.param(["so we built", "so we built a model"], "so we built", id="what two agree on"),
        pytest.param(["so we filled", "so we built a"], "so we", id="up to the first difference"),
        pytest.param(
            ["So we built.", "so, we built a model"], "so, we built", id="case and marks are nothing"
        ),
        pytest.param(["so we built", "", "so we built it"], "", id="an empty hypothesis agrees with none"),
        pytest.param(["a b c", "a b c", "x y z", "x y z w"], "a b c", id="what was stable stays"),
        pytest.param(["it's on", "its on"], "", id="an apostrophe makes another word"),
    ],
)
def test_the_stable_prefix(hypotheses: list[str], stable: str) -> None:
    assert stable_after(*hypotheses) == stable


def test_the_text_that_is_shown_begins_with_what_was_promised() -> None:
    agreement = Agreement()
    for hypothesis in ("so we built", "so we built a", "So, we built a model"):
        shown = agreement.receive(hypothesis.split())

    assert " ".join(shown) == "so we built a model"


HYPOTHESES = st.lists(st.lists(st.sampled_from(["a", "b", "A", "a,", "b."]), max_size=6), max_size=12)


@given(HYPOTHESES)
def test_agreement_only_grows(hypotheses: list[list[str]]) -> None:
    agreement = Agreement()
    for hypothesis in hypotheses:
        before = agreement.stable

        shown = agreement.receive(hypothesis)

        assert agreement.stable[: len(before)] == before
        assert shown[: len(agreement.stable)] == agreement.stable
        assert len(shown) == max(len(hypothesis), len(agreement.stable))
