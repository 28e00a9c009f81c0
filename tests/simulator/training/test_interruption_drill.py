"""The drill about being interrupted, held by a simulated candidate: when it cuts in, and what it measures."""

from pathlib import Path
from typing import Any

import pytest

from vivavoce.personas.content.persona import persona
from vivavoce.personas.papers.tailoring import NOTHING
from vivavoce.simulator.practice import simulate as simulation
from vivavoce.simulator.practice.candidate_script import script
from vivavoce.simulator.training import drill as live
from vivavoce.transcripts.events import CutIn, Event, QuestionAsked, Reprompt, SessionEnded
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.story.subject import nothing
from vivavoce.transcripts.training import held
from vivavoce.transcripts.training.drills import drill
from vivavoce.transcripts.training.measures import Measured
from vivavoce.transcripts.training.schedule import DONE, NOT_YET, WELL

TALK = (
    "I began as a porter in the old hospital and carried beds from the ward to the theatre. "
    "After two years I learned to plan the rota, and I wrote a list of the beds. "
    "The list went up on the wall, and the wards began to call me before they sent anybody. "
    "Then the new building came, and I drew the routes for the beds with a pencil on the plan. "
    "We tried the routes at night, when the corridors were empty, and I timed each of them. "
    "The shortest went past the kitchen, so I asked the cook to move his trolleys."
)
BACK = (
    "The longest route took nine minutes. So, after the night tests I asked the cook to move his trolleys, "
    "and the beds went past the kitchen."
)
LONG: dict[str, Any] = {"say": TALK, "yields_after": 0.8}
AT_ONCE = 0.6  # seconds


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))


def drilled(*rows: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> tuple[list[Event], Measured]:
    """Return the events of the drill with such a candidate, and what it measured."""
    chosen = drill("interruption")
    asks = live.cast(chosen)(persona("dana"), live.content(chosen, 0), None, 1, "normal", NOTHING, nothing)
    monkeypatch.setattr(simulation, "cast", lambda *_: asks)
    events = simulation.simulate(script({"round": "behavioral", "candidate": [*rows]}, Path()))
    folder = sessions.create(Meta(drill="interruption", round="behavioral"))
    (folder / log.NAME).write_bytes(b"".join(map(log.to_line, events)))
    return events, live.result(folder)


def cuts(events: list[Event]) -> list[CutIn]:
    return [one for one in events if isinstance(one, CutIn)]


@pytest.mark.parametrize(
    ("back", "rating", "said"),
    [
        ({"say": BACK, "gap": AT_ONCE}, WELL, "took your thread up again"),
        ({"say": BACK, "gap": 6.5}, DONE, "took your thread up again"),
        ({"say": "Nine minutes.", "gap": AT_ONCE}, DONE, "did not take your thread up"),
        (
            {"say": "My sister paints houses in Leeds, and most of them are blue.", "gap": 10.0},
            NOT_YET,
            "not",
        ),
    ],
)
def test_it_measures_how_soon_somebody_goes_on_and_with_what(
    back: dict[str, Any], rating: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    events, found = drilled(LONG, back, LONG, back, monkeypatch=monkeypatch)

    assert [one.why for one in cuts(events)] == [live.INTERRUPTED] * 2
    assert sum(isinstance(one, QuestionAsked) for one in events) == 5
    assert [one.reason for one in events if isinstance(one, SessionEnded)] == [held.THE_END]
    assert found.rating == rating
    assert said in found.said
    if rating == WELL:
        assert found.said.startswith(f"you went on {AT_ONCE} s after")


def test_who_talks_over_the_interruption_has_not_let_it_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    over = LONG | {"yields_after": None}
    events, found = drilled(over, over, monkeypatch=monkeypatch)

    assert cuts(events)
    assert found == Measured("you talked on over the interruption", NOT_YET)


def test_who_says_nothing_more_did_not_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = drilled(LONG, monkeypatch=monkeypatch)

    assert found == Measured("you did not go on after the interruption", NOT_YET)


def test_who_says_little_is_not_interrupted_and_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    short = {"say": "I moved the scanner, and that was it in the end."}
    events, found = drilled(short, short, monkeypatch=monkeypatch)

    assert not cuts(events)
    assert found.rating == ""


@pytest.mark.parametrize("wpm", [110, 150, 200])
def test_who_never_pauses_is_interrupted_as_soon(wpm: int, monkeypatch: pytest.MonkeyPatch) -> None:
    breathless = f"{TALK} {TALK}".replace(". ", " and then ").replace(",", "")
    events, _ = drilled(LONG | {"say": breathless, "wpm": wpm}, {"say": BACK}, monkeypatch=monkeypatch)

    (cut,) = cuts(events)
    assert cut.evidence[1] in {f"{seconds} s into the answer" for seconds in range(20, 26)}


def test_no_time_is_told_that_the_drill_does_not_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = {"say": BACK, "gap": 7.0}
    events, _ = drilled(LONG, slow, LONG, slow, monkeypatch=monkeypatch)

    asked = [one for one in events if isinstance(one, QuestionAsked)]
    assert [one.move for one in asked] == ["open", "cut in", "ask", "cut in", "close"]
    assert not any("minute" in one.text for one in asked)


def test_asked_again_the_question_has_no_second_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    events, _ = drilled(
        LONG, {"say": "Sorry, what was the question?"}, {"say": BACK}, monkeypatch=monkeypatch
    )

    first, again = (
        one.text for one in events if isinstance(one, QuestionAsked) and one.move in ("cut in", "repeat")
    )
    assert first.startswith("Sorry to jump in. ")
    assert again.endswith(first.removeprefix("Sorry to jump in. "))
    assert "jump in" not in again

    events, _ = drilled(LONG, monkeypatch=monkeypatch)
    asked_again = [one.text for one in events if isinstance(one, Reprompt)]
    assert asked_again
    assert not any("jump in" in one for one in asked_again)
