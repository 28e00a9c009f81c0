import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vivavoce.audio.devices.echo import HalfDuplex
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.errors import VoiceError
from vivavoce.audio.ports import Voice
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.persona import persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import named, read_script, script, spoken
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, cast, simulate, staged
from vivavoce.transcripts.bank.telling import told
from vivavoce.transcripts.events import (
    BargeIn,
    CutIn,
    Event,
    FinalHypothesis,
    PlaybackFinished,
    QuestionAsked,
    Seconds,
    SessionEnded,
    TimeCue,
    TurnEnded,
    TurnResumed,
    Word,
)
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.turns import turns

SENTENCES = (
    "I counted the boxes in the yard before anybody else had come in that morning.",
    "Nobody had a list of what was there, so I wrote one on the back of an order.",
    "The drivers waited for an hour each, and two of them left without a load.",
    "I asked the foreman which boxes went out first, and he drew me a plan of the yard.",
    "We moved the heavy ones next to the gate, because they took the longest.",
    "By noon the queue was gone, and I had a page full of things to change.",
)
CLOSE_TO = 0.5  # seconds from when a cue is due
MARKS = ".,;:?!"


def story(seconds: float, wpm: float = 150) -> str:
    """Return so much talk, in whole sentences."""
    said, place = list[str](), 0
    while sum(len(one.split()) for one in said) < seconds * wpm / 60:
        said.append(SENTENCES[place % len(SENTENCES)])
        place += 1
    return " ".join(said)


def held(*said: str | dict[str, Any], **about: Any) -> list[Event]:
    """Return the events of a take by who says so."""
    rows = [{"say": one} if isinstance(one, str) else one for one in said]
    return simulate(script({"story": "the yard", "candidate": rows, **about}, Path()))


def of(kind: type[Event], events: Sequence[Event]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def moves(events: Sequence[Event]) -> list[str]:
    return [event.move for event in of(QuestionAsked, events)]


def words(events: Sequence[Event]) -> list[Word]:
    return [word for event in of(FinalHypothesis, events) for word in event.words]


def began(events: Sequence[Event]) -> Seconds:
    return words(events)[0].start


def after_a_clause(cut: CutIn, events: Sequence[Event]) -> bool:
    return any(0 <= cut.at - word.end <= 0.7 and word.text[-1] in MARKS for word in words(events))


# The clock


@pytest.mark.parametrize("cues", ["word", "sound"])
@pytest.mark.parametrize(
    ("seconds", "left"), [(30, [10]), (60, [30, 10]), (90, [45, 30]), (180, [90, 30])], ids=str
)
def test_what_is_left_is_told_in_time(seconds: int, left: list[int], cues: str) -> None:
    events = held({"say": story(seconds - 3), "gap": 7.0}, seconds=seconds, cues=cues)

    told_at = [
        (cue.left, round(cue.at - began(events) - (seconds - cue.left), 2)) for cue in of(TimeCue, events)
    ]
    assert [one for one, _ in told_at] == left
    assert all(0 <= late <= CLOSE_TO for _, late in told_at)
    assert {cue.how for cue in of(TimeCue, events)} == {cues}


@pytest.mark.parametrize("wpm", [95, 130, 170, 210])
@pytest.mark.parametrize("pause", [0.0, 1.0, 3.0])
def test_however_somebody_talks_a_cue_takes_no_word_and_no_floor(wpm: float, pause: float) -> None:
    said = story(55, wpm)
    pauses = [[number, pause] for number in range(20, len(said.split()), 40)] if pause else []
    with_cues, without = (
        held({"say": said, "wpm": wpm, "pauses": pauses}, seconds=60, cues=cues) for cues in ("word", "off")
    )

    assert [word.text for word in words(with_cues)] == [word.text for word in words(without)]
    assert moves(with_cues) == moves(without)
    assert not of(BargeIn, with_cues)
    assert len(of(TurnEnded, with_cues)) == 1
    assert of(TimeCue, with_cues)
    assert not of(TimeCue, without)


def test_the_opening_is_one_line_with_the_time() -> None:
    events = held(story(20), seconds=90)

    first = of(QuestionAsked, events)[0]
    assert first.text == "Tell me this story: the yard. You have a minute and a half."


def test_the_clock_starts_with_the_story_and_not_with_what_is_said_before_it() -> None:
    events = held({"say": f"Okay. {story(50)}", "pauses": [[1, 12.0]]}, seconds=60)

    second = words(events)[1].start
    assert [round(cue.at - second) for cue in of(TimeCue, events)] == [30, 50]


def test_who_starts_over_has_the_whole_time_again() -> None:
    events = held(f"{story(12)} Sorry, let me start over.", story(50), seconds=60)

    assert moves(events)[:2] == ["open", "restart"]
    again = next(word.start for word in words(events) if word.start > of(PlaybackFinished, events)[1].at)
    assert [round(cue.at - again) for cue in of(TimeCue, events)] == [30, 50]
    found = told(answers(events, turns(events))).seconds
    assert found == pytest.approx(words(events)[-1].end - again, abs=0.1)


@pytest.mark.parametrize("pause", [2.0, 3.5, 4.8])
def test_a_pause_for_thought_is_no_end_even_after_a_result(pause: float) -> None:
    said = "So I moved the flag myself, and in the end the errors fell from 12 to 2 percent. " + story(30)
    events = held({"say": said, "pauses": [[17, pause]]}, seconds=60)

    assert moves(events) == ["open", "close"]
    assert not of(TurnResumed, events)
    (turn,) = of(TurnEnded, events)
    assert turn.text == said


def test_silence_ends_the_take() -> None:
    events = held(story(20), seconds=180)

    (turn,) = of(TurnEnded, events)
    assert 5.0 <= turn.at - words(events)[-1].end <= 6.0
    assert of(SessionEnded, events)[0].reason == "the interview is over"


# Beyond the time


@pytest.mark.proves("P02")
def test_beyond_the_time_the_sentence_may_end_and_no_more_follows() -> None:
    events = held(story(67), seconds=60)

    turn = of(TurnEnded, events)[0]
    assert turn.why == "the time is over"
    assert turn.text == story(67)
    assert words(events)[-1].end - began(events) > 60
    assert turn.at - words(events)[-1].end < 0.8
    assert not of(CutIn, events)
    assert moves(events) == ["open", "close"]


@pytest.mark.proves("P02")
def test_who_hardly_pauses_is_stopped_where_a_sentence_ends() -> None:
    events = held(story(150), "That a list helps.", seconds=60)

    (cut,) = of(CutIn, events)
    assert 75 <= cut.at - began(events) <= 75 + 7
    assert after_a_clause(cut, events)


@pytest.mark.proves("P02")
@pytest.mark.parametrize("yields", [0.8, None])
def test_who_talks_on_for_long_is_stopped_at_a_clause(yields: float | None) -> None:
    said = story(150).replace(". ", ", and then ")
    events = held({"say": said, "yields_after": yields}, "That a list helps.", seconds=60)

    (cut,) = of(CutIn, events)
    assert 75 <= cut.at - began(events) <= 75 + 5.5
    assert cut.evidence == ("the time was over a while ago", f"{cut.at - began(events):.0f} s into the story")
    line = next(event for event in of(QuestionAsked, events) if event.move == "cut in")
    assert "a minute" in line.text
    assert moves(events)[-1] == "close"


def test_a_take_in_time_is_never_cut_in_on() -> None:
    assert not of(CutIn, held(story(170), seconds=180))


# Pressure


@pytest.mark.parametrize(("seconds", "at"), [(180, 60), (90, 45), (60, 30)])
def test_a_question_comes_in_between_where_a_clause_ends(seconds: int, at: int) -> None:
    events = held(
        story(100), "It was the plan of the yard.", story(20), seconds=seconds, pressure="interrupted"
    )

    (cut,) = of(CutIn, events)
    assert at <= cut.at - began(events) <= at + 5
    assert after_a_clause(cut, events)
    asked = next(event for event in of(QuestionAsked, events) if event.move == "cut in")
    assert asked.text.endswith("?")


def test_after_the_question_in_between_the_story_may_go_on() -> None:
    events = held(story(100), "It was the plan of the yard.", story(40), seconds=180, pressure="interrupted")

    assert moves(events) == ["open", "cut in", "go on", "close"]
    answer, go_on = of(TurnEnded, events)[0], of(QuestionAsked, events)[2]
    assert 2.5 <= go_on.at - answer.ended_at <= 3.5
    assert [cue.left for cue in of(TimeCue, events)] == [90]


def test_who_goes_on_at_once_needs_no_word_for_it() -> None:
    after = f"It was the plan of the yard. {story(45)}"
    events = held(story(100), after, seconds=180, pressure="interrupted")

    assert moves(events) == ["open", "cut in", "close"]


def test_nobody_is_asked_while_they_think() -> None:
    said = story(100)
    until = next(number for number, word in enumerate(spoken(said, 150, {}), 1) if word.end > 59.5)
    events = held({"say": said, "pauses": [[until, 4.9]]}, "The plan.", seconds=180, pressure="interrupted")
    assert said.split()[until - 1][-1] not in MARKS

    (cut,) = of(CutIn, events)
    gap = next(
        (a.end, b.start)
        for a, b in zip(words(events), words(events)[1:], strict=False)
        if b.start - a.end > 4
    )
    assert not gap[0] + 0.6 < cut.at < gap[1]


def test_a_sceptic_doubts_twice_and_then_it_is_over() -> None:
    events = held(
        story(30), "We counted both.", "The others had not changed.", seconds=60, pressure="sceptic"
    )

    assert moves(events) == ["open", "challenge", "probe(evidence)", "close"]


def test_a_partner_hears_it_once_more() -> None:
    events = held(story(20), story(40), seconds=60, pressure="partner")

    assert moves(events) == ["open", "ask", "close"]
    lines = phrases(persona("dana")).lines("partner")
    assert of(QuestionAsked, events)[1].text in lines
    assert not of(TimeCue, events)
    assert told(answers(events, turns(events))).seconds == pytest.approx(20, abs=5)


@pytest.mark.parametrize("pressure", ["sceptic", "partner", "interrupted"])
def test_who_tells_nothing_is_asked_nothing_more(pressure: str) -> None:
    events = held(seconds=30, pressure=pressure)

    assert [move for move in moves(events) if move != "open"] == ["close"]


# What a room allows


def in_a_room(two_way: bool, voice: Voice | None = None) -> list[Event]:
    # So that half of the time is over within a pause.
    half = next(number for number, word in enumerate(spoken(story(45), 150, {}), 1) if word.end > 28)
    said = {"say": story(45), "pauses": [[half, 4.0]]}
    told_so = script({"story": "the yard", "candidate": [said], "seconds": 60}, Path())
    candidate, events = Candidate(told_so), list[Event]()
    assert told_so.take is not None
    clock = told_so.take.clock()
    session = staged(
        candidate,
        microphone=CandidateMicrophone(candidate),
        speaker=SilentSpeaker(),
        models=Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate)),
        voice=voice or SilentVoice(150),
        background=Inline(SCRIPTED_DELAYS),
        listeners=(events.append,),
        asks=cast(told_so, clock=clock),
        echo=None if two_way else HalfDuplex(),
        timing=clock,
    )
    session.run()
    return events


def test_where_only_one_can_be_heard_a_cue_is_shown() -> None:
    events = in_a_room(two_way=False)

    assert [(cue.left, cue.how) for cue in of(TimeCue, events)] == [(30, "shown"), (10, "shown")]
    assert " ".join(word.text for word in words(events)) == story(45)
    assert {cue.how for cue in of(TimeCue, in_a_room(two_way=True))} == {"word"}


def test_a_voice_that_fails_leaves_the_cue_to_the_eyes_within_three_seconds() -> None:
    class Mute:
        def speak(self, text: str) -> Any:
            if "way" in text or "seconds" in text:
                raise VoiceError("it broke")
            yield from SilentVoice(150).speak(text)

    events = in_a_room(two_way=True, voice=Mute())

    assert {cue.how for cue in of(TimeCue, events)} <= {"shown"}
    late = [cue.at - began(events) - (60 - cue.left) for cue in of(TimeCue, events)]
    assert len(late) == 2
    assert all(one <= 3.1 for one in late)


def test_a_tone_is_soft_and_falls_into_no_line() -> None:
    mouth = Mouth(SilentVoice(150), Inline(SCRIPTED_DELAYS))
    assert mouth.chime()
    blocks = [mouth.next(Seconds(number * 0.032))[0] for number in range(12)]
    assert 0 < max(float(abs(block).max()) for block in blocks) < 0.1
    mouth.say("Something else.")
    assert not mouth.chime()
    assert not any(mouth.next(Seconds(1 + number * 0.032))[0].any() for number in range(12))


# What was used of the time


def test_the_time_of_a_take_is_from_its_first_word_to_its_last() -> None:
    events = held(story(100), "The plan.", story(40), "Doubt one.", seconds=180, pressure="interrupted")

    found = answers(events, turns(events))
    said = words(events)
    assert told(found).seconds == pytest.approx(said[-1].end - said[0].start, abs=0.1)


def test_what_is_said_to_a_sceptic_or_beyond_the_time_is_not_of_the_take() -> None:
    events = held(
        story(30), "We counted both, and twice.", "Nothing had changed there.", seconds=60, pressure="sceptic"
    )

    found = answers(events, turns(events))
    (turn,) = told(found).turns
    assert turn.text == of(TurnEnded, events)[0].text
    assert told([]).seconds is None

    late = held(story(150), "That a list which all can see helps.", seconds=60)
    assert "That a list" not in " ".join(turn.text for turn in told(answers(late, turns(late))).turns)


# Scripts


@pytest.mark.parametrize(
    "wrong",
    [{"seconds": 0}, {"seconds": 45}, {"seconds": "60"}, {"pressure": "rude"}, {"cues": 3}, {"story": 7}],
    ids=str,
)
def test_a_script_with_another_length_or_pressure_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        script({"story": "the yard", "candidate": [], **wrong}, Path())


def test_the_shipped_takes_are_what_they_say() -> None:
    interrupted, overtime, pauses = (
        simulate(read_script(named(Path(f"story-{name}")))) for name in ("interrupted", "overtime", "pauses")
    )

    assert 60 <= of(CutIn, interrupted)[0].at - began(interrupted) <= 65
    assert 75 <= of(CutIn, overtime)[0].at - began(overtime) <= 79
    assert len(of(TurnEnded, pauses)) == 1
    assert json.loads(named(Path("story-pauses")).read_text("utf-8"))["story"]


def test_a_take_asks_for_no_round() -> None:
    told_so = script({"story": "the yard", "round": "nowhere", "candidate": [{"say": story(20)}]}, Path())

    assert moves(simulate(replace(told_so, persona="marcus"))) == ["open", "close"]
