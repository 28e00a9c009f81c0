import pytest

from benchmarks.ledger import misses, result
from tests.timing import seconds, within
from vivavoce.transcripts.bank.figures.claimed import figures


def said(text: str) -> list[tuple[float, float, str, str]]:
    return [(round(one.low, 3), round(one.high, 3), one.unit.name, one.role) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Errors fell by twelve percent.", [(12, 12, "percent", "by")]),
        ("Errors fell to 12 %.", [(12, 12, "percent", "to")]),
        ("About a third of the calls were lost.", [(33.333, 33.333, "percent", "")]),
        ("We cut the bill by half.", [(50, 50, "percent", "by")]),
        ("Sales doubled.", [(2, 2, "times", "by")]),
        ("The bill halved.", [(50, 50, "percent", "by")]),
        (
            "It went from nine hundred to two hundred milliseconds.",
            [(900, 900, "millisecond", "from"), (200, 200, "millisecond", "to")],
        ),
        ("It took two and a half hours.", [(2.5, 2.5, "hour", "")]),
        ("It took an hour and a half.", [(1.5, 1.5, "hour", "")]),
        ("We read a couple of thousand letters.", [(2000, 2000, "count", "")]),
        ("We promised three nines.", [(99.9, 99.9, "percent", "")]),
        ("It had 1.2 million rows.", [(1.2e6, 1.2e6, "count", "")]),
        ("It took two to three days.", [(2, 3, "day", "")]),
        ("Between twenty and thirty guests came.", [(20, 30, "count", "")]),
        ("Four out of five came back.", [(80, 80, "percent", "")]),
        ("We were 5,400 visitors.", [(5400, 5400, "count", "")]),
        ("It costs $2M.", [(2e6, 2e6, "dollar", "")]),
        ("\uff11\uff12\uff05 of them left.", [(12, 12, "percent", "")]),
        ("\u0661\u0662 percent of them left.", [(12, 12, "percent", "")]),
    ],
)
def test_figures_are_read_as_they_are_said(text: str, found: list[tuple[float, float, str, str]]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "That was in twenty twenty-one.",
        "I joined in 2019 and left in May 2021.",
        "I was the first one, and one of the best.",
        "We were open 24/7.",
        "Call 555 0142 77 if you want.",
        "It was Python 3.11 on Android 10.",
        "A top 10 client of ours.",
        "I was twenty-six then, and he is 67 years old.",
        "It rang at ten past three, and again at 4:15 and at nine.",
        "There were two reasons and three things to say.",
        "One day I woke up.",
        "I am not 100% sure.",
        "It was ticket #459 in room 12.",
        "We looked at recall at 100, and at precision@10.",
        "It was tested with ten-fold cross-validation, by the 95th percentile.",
        "The p 95 is what we go by, with a 95 percent confidence interval.",
        "Tenfold cross validation, at a significance level of 5 percent.",
        "What counts is retention at 30 days and survival after five years.",
        "1e999 users",
        "9" * 30 + " users",
        "\u202e \u05e9\u05dc\u05d5\u05dd",
        "",
    ],
)
def test_what_is_no_claim_is_not_taken_for_one(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recall at 100 went from 0.61 to 0.74.", [0.61, 0.74]),
        ("Recall at 90 percent precision rose to 70 percent.", [70]),
        ("Recall is at 92 percent, precision at 85 percent.", [92, 85]),
        ("We are precision at 85, recall at 92.", [85, 92]),
        ("Retention at 30 days was 40 percent.", [40]),
        ("We put up a map at 12 stations.", [12]),
        ("Production grew tenfold.", [10]),
    ],
)
def test_what_a_measure_is_taken_at_is_told_from_what_it_was(text: str, found: list[float]) -> None:
    assert [one.high for one in figures(text)] == found


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("12 percent", "exact"),
        ("about 12 percent", "about"),
        ("almost 12 percent", "almost"),
        ("more than 12 percent", "more than"),
        ("less than 12 percent", "less than"),
        ("not less than $5", "more than"),
        ("over 12 percent", "more than"),
        ("it took over two weeks", "more than"),
        ("we met over two weeks", "exact"),
    ],
)
def test_how_exactly_a_figure_was_said(text: str, how: str) -> None:
    assert [one.how for one in figures(text)] == [how]


def test_planted_figures_are_found() -> None:
    found = result("")

    assert found["precision"] >= 0.95, list(misses("d"))
    assert found["recall"] >= 0.9, list(misses("d"))


@pytest.mark.parametrize(
    "text",
    ["12 % ", "1 to 2 ", "two and a half ", "a hundred and ", "1 out of ", "1-", "1/", "twenty-", "9", "\0"],
)
def test_long_texts_are_read_in_linear_time(text: str) -> None:
    short, long = (text * (size // len(text)) for size in (30_000, 60_000))

    took = min(seconds(lambda: figures(short)) for _ in range(2))
    assert within(3 * took + 0.1, lambda: figures(long))
