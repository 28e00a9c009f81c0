import pytest

from vivavoce.audio.voices.said import as_said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Why C#?", "Why C sharp?"),
        ("It runs 24/7, you said.", "It runs twenty-four seven, you said."),
        ("Put nginx in front.", "Put engine X in front."),
        ("The ROC of it.", "The R.O.C. of it."),
        ("Read R2 again.", "Read R squared again."),
        ("Our 1:1s.", "Our one on ones."),
        ("O(n log n) or O(1)?", "O of n log n or O of 1?"),
        ("2M users, 1.5B rows", "2 million users, 1.5 billion rows"),
        ("It cost 35 € or $1.2bn.", "It cost 35 euros or $1.2B."),
        ("After v2.1.", "After v 2.1."),
        ("From -3 to \u22125 in May", "From minus 3 to minus 5 in May"),
        ("1 000 000 rows", "1000000 rows"),
        ("split 60/40", "split 60 40"),
        ("See https://www.example.com/a?b=1, please.", "See example dot com, please."),
        ("see [x](/y/)", "see  x (/y/)"),
        ("Pay 1234567890123456 now.", "Pay 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 now."),
        ("1,234,567,890,123,456, or so", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6, or so"),
        ("\u041f\u0440\u0438\u0432\u0435\u0442, said he.", " , said he."),
        ("Say \u6f22\u5b57 now.", "Say   now."),
        ("\u041f\u0440\u0438\u0432\u0435\u0442.", ""),
        ("\u8acb\u4ecb\u7d39\u4e00\u4e0b\u4f60\u81ea\u5df1\u3002", ""),
        ("\u0645\u0631\u062d\u0628\u0627?", ""),
    ],
)
def test_it_is_written_as_it_is_said(written: str, said: str) -> None:
    assert as_said(written) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "na\u00efve caf\u00e9, \u0141\u00f3d\u017a, \u03b1",
        "123,456,789,012,345",
        "rocket, capital, suppress",
        "3-5 people, GPT-4, on 3/14 and 12/24, 2 and 300",
        "It cost $2.5M.",
        "c.nginx2",
        "At 3:00, 23 %.",
        "GPT-4, NDCG@10, p99",
    ],
)
def test_the_rest_is_left_alone(text: str) -> None:
    assert as_said(text) == text


def test_a_word_goes_to_the_reader_as_phonemes_and_nobody_elses_does() -> None:
    assert as_said("Your résumé").startswith("Your [résumé](/")
    assert "](/" not in as_said("Your [word](/wˈɜd/)")  # noqa: RUF001
