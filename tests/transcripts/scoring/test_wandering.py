import pytest

from vivavoce.transcripts.scoring.wandering import wanders

ASIDES = (
    "well there was this shop and the shop had two doors and one was blue and there was also a man with a "
    "hat and he was lovely and anyway the doors were old and there was something about a permit and you "
    "know how that is and then it was autumn and there were a lot of leaves and the hat was another story "
    "and so on"
)
POINT = (
    "well there was this shop with two doors and a man with a hat, lovely, anyway. I measured both doors "
    "and asked for a permit. We replaced the blue one in May. I called three firms and took the cheapest. "
    "Heating costs fell by 30 percent, and we saved 900 euros a year, and the man with the hat still "
    "thanks me when I walk by."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [(ASIDES, True), (POINT, False), (" ".join(ASIDES.split()[:55]), False), ("", False)],
    ids=["asides alone", "asides and a point", "soon over", "nothing"],
)
def test_talk_wanders_if_asides_join_it_and_nothing_comes_of_it(text: str, found: bool) -> None:
    assert wanders(text) is found
