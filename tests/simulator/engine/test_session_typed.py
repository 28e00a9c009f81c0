"""Answers that are typed in a session that is spoken: what they end, and what is not judged of them."""

import pytest

from tests.simulator.engine.test_session import NO_RESULT, WHOLE, Stage, says
from vivavoce.simulator.engine.floor import State
from vivavoce.simulator.engine.session import Session
from vivavoce.transcripts.events import (
    Event,
    FinalHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    SpeechStarted,
    TurnEnded,
)
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.report.json_report import to_json
from vivavoce.transcripts.report.report import markdown, report, transcript
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.turns import turns

TYPED = (
    "We had a search service that timed out every morning. I moved the joins out of it, and I wrote a cache "
    "because the tables were small. As a result the timeouts dropped from forty a day to zero."
)


class Types:
    """Types once, when `kind` has happened `times`."""

    def __init__(self, kind: type[Event], times: int = 1, text: str = TYPED) -> None:
        self._kind, self._left, self._text = kind, times, text
        self.state: State | None = None

    def __call__(self, session: Session, event: Event) -> None:
        if isinstance(event, self._kind) and self._left:
            self._left -= 1
            if not self._left:
                self.state = session.state
                session.type(self._text)


def held(types: Types, *said: str) -> Stage:
    return Stage(*(says(one) for one in said), hook=types, ends_at=120).run()


@pytest.mark.parametrize(
    ("types", "said"),
    [
        pytest.param(Types(PlaybackFinished), (), id="it is the candidate's turn"),
        pytest.param(Types(PlaybackStarted), (), id="the interviewer speaks"),
        pytest.param(Types(TurnEnded), (NO_RESULT,), id="the interviewer is about to reply"),
    ],
)
def test_a_typed_answer_is_a_turn_of_its_own_and_is_replied_to(types: Types, said: tuple[str, ...]) -> None:
    stage = held(types, *said)
    typed = [turn for turn in stage.of(TurnEnded) if turn.why == "typed"]
    assert [turn.text for turn in typed] == [TYPED]
    later = [event for event in stage.of(PlaybackStarted) if event.at > typed[0].at]
    assert later
    assert later[0].at - typed[0].at < 1.0


def test_what_was_said_before_it_was_typed_is_kept_too() -> None:
    types = Types(SpeechStarted)
    stage = held(types, NO_RESULT)
    texts = [event.text for event in stage.of(FinalHypothesis)]
    assert TYPED in texts
    assert [turn.text for turn in stage.of(TurnEnded) if turn.why == "typed"] == [TYPED]


def test_nothing_that_has_no_time_is_judged_by_it() -> None:
    stage = held(Types(PlaybackFinished, 3), WHOLE, NO_RESULT)
    said = turns(stage.events)
    (typed,) = [turn for turn in said if not turn.timed]
    assert typed.text == TYPED
    assert typed.words == ()
    spoken = [turn for turn in said if turn.speaker == "candidate" and turn.timed]
    assert len(spoken) == 2
    for answer in answers(stage.events, said):
        pace = answer.pacing.speech_rate_wpm
        assert pace is None or 100 < pace < 250
        if answer.turns and not answer.turns[0].timed:
            assert pace is None
            assert answer.pacing.pauses == ()

    made = report(stage.events, Meta(title="", round="behavioral", persona="Dana"))
    assert made.recognition.words == len(f"{WHOLE} {NO_RESULT}".split())
    first = to_json(made)["answers"][0]
    assert first["pacing"]["part_seconds"] is None
    assert first["pacing"]["to_action"] is None
    assert all(0 < gap < 5 for gap in first["pacing"]["response_gaps"])
    text = markdown(made)
    assert "result 0 s" not in text
    assert "after 0 s" not in text
    assert f"**Candidate**: {TYPED}" in transcript(stage.events)
