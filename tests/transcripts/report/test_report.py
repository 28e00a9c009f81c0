import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from vivavoce.personas.content.content_checks import every_set
from vivavoce.transcripts.events import (
    Event,
    Failed,
    FinalHypothesis,
    FramesLost,
    MicrophoneLost,
    NotUnderstood,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Seconds,
    SessionEnded,
    SpeechEnded,
    Word,
)
from vivavoce.transcripts.journal.log import RECOVERED
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.report.json_report import to_json
from vivavoce.transcripts.report.report import markdown, render, report, transcript
from vivavoce.transcripts.scoring.advice import advice
from vivavoce.transcripts.scoring.assessment import Reader
from vivavoce.transcripts.short_lists import NAMED
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.interruptions import interruptions
from vivavoce.transcripts.talk.turns import turns
from vivavoce.transcripts.timestamps import clock

S = Seconds
META = Meta(
    started_at="2026-11-23T14:15:00+01:00", round="behavioral", persona="Ana", models={"recogniser": "base"}
)


def question(at: float) -> list[Event]:
    started = PlaybackStarted(at=S(at), text="Why?")
    return [started, PlaybackFinished(at=S(at + 1), heard=S(1.0), complete=True)]


def answer(at: float, text: str, each: float = 0.4, silence_after: tuple[int, float] = (0, 0.0)) -> Event:
    place, silence = silence_after
    words = []
    for number, word in enumerate(text.split(), start=1):
        words.append(Word(text=word, start=S(at), end=S(at + each)))
        at += each + (silence if number == place else 0.0)
    return FinalHypothesis(
        at=S(at), text=text, words=tuple(words), audio_start=words[0].start, audio_end=S(at)
    )


def tips(events: list[Event]) -> list[str]:
    said = turns(events)
    return [tip.text for tip in advice(answers(events, said), [], interruptions(events, said))]


def test_each_question_has_its_answer_and_what_was_measured(session: list[Event]) -> None:
    first, second, third = report(session, META).answers

    assert (first.question.text, first.question.move) == ("Tell me about a slow model.", "ask")
    assert first.text.startswith("so we had a slow model")
    assert (first.complete, first.interrupted, first.response_gap) == (True, False, 1.0)
    assert first.pacing.speech_rate_wpm == pytest.approx(60 * 18 / 7.15)
    assert (second.interrupted, second.complete) == (True, False)
    assert [(filler.text, round(filler.at, 1)) for filler in second.fillers] == [("um", 24.8)]
    assert third.why_not_judged == "only 3 words were heard"
    assert third.response_gap == pytest.approx(32.7 + 0.4 - 30.6)


def test_an_interruption_has_a_reason_evidence_and_a_recovery(session: list[Event]) -> None:
    (cut,) = report(session, META).interruptions

    assert (cut.at, cut.why, cut.evidence) == (29.5, "nothing new for 5 s", ("and so on",))
    assert cut.recovery == pytest.approx(2.5)


def test_every_piece_of_advice_quotes_the_answer_at_its_time(session: list[Event]) -> None:
    found = report(session, META)

    assert 0 < len(found.advice) <= 2
    for tip in found.advice:
        (answer_,) = (answer for answer in found.answers if tip.quote in answer.text)
        assert tip.at in [word.start for word in answer_.words]


LONG = "one two three four five six seven eight nine ten eleven twelve"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(answer(3, LONG), [], id="nothing stands out"),
        pytest.param(answer(3, LONG, silence_after=(6, 4.9)), [], id="a pause for thought"),
        pytest.param(answer(3, LONG, silence_after=(6, 5.2)), ["A silence of 5 s"], id="a silence"),
        pytest.param(answer(9, LONG), ["7 s went by"], id="a slow start"),
        pytest.param(answer(3, "um uh um " + LONG), ["At least 3 fillers in 15"], id="fillers"),
        pytest.param(answer(3, "um uh " + LONG), [], id="few fillers"),
        pytest.param(answer(3, LONG, each=15.5), ["This answer took 3.1 minutes"], id="a long answer"),
        pytest.param(answer(3, LONG, each=0.1), [], id="speed alone"),
        pytest.param(answer(9, "I do not know"), [], id="too little to judge"),
    ],
)
def test_advice_comes_from_what_was_measured(said: Event, expected: list[str]) -> None:
    found = tips([*question(1), said])

    assert len(found) == len(expected)
    assert all(tip.startswith(start) for tip, start in zip(found, expected, strict=True))


def test_there_are_never_more_than_two_pieces_of_advice() -> None:
    said = answer(20, "um uh um " + LONG, each=15.5, silence_after=(6, 9.0))

    assert len(tips([*question(1), said])) == 2


@pytest.mark.proves("N02")
def test_a_garbled_session_is_not_judged(mumbled: list[Event]) -> None:
    found = report(mumbled, META)
    page = markdown(found)

    assert found.advice == ()
    assert found.recognition.mean_probability == pytest.approx(0.4)
    assert "Not enough to judge: the words were too unclear to be sure of them." in page
    assert "words a minute" not in page
    assert "so we had a slow model" in page


@pytest.mark.parametrize("events", [[], question(1), [*question(1), SessionEnded(at=S(5.0), reason="user")]])
def test_a_session_without_an_answer_has_a_report_that_says_so(events: list[Event]) -> None:
    page = markdown(report(events, Meta()))

    assert "Not enough to judge: no words were heard." in page
    assert transcript(events).startswith("# Transcript")


def test_a_question_that_was_put_again_counts_once() -> None:
    asked = [QuestionAsked(at=S(0.0), text="Why?", move="ask", why="")]
    again = [QuestionAsked(at=S(3.0), text="Once more. Why?", move="repeat", why="")]
    said = [answer(2.0, "Sorry?"), *again, answer(4.0, "It was late, so I rang the baker at five.")]

    assert "1 question\n" in markdown(report([*asked, *said], Meta()))


def test_where_no_score_is_given_the_page_says_what_was_heard_and_blames_nobody() -> None:
    asked = PlaybackStarted(at=S(0.0), text="How do you cope when everything comes at once?")
    ways = "I write it all down, then I call whoever waits longest, and I say when it will be ready."
    found = report([asked, *question(0.0)[1:], answer(2.0, ways)], META, reader=Reader(checks=every_set()))
    page = markdown(found)

    assert "What was asked has no score; below is what was heard." in page
    assert "You say how you go about it." in page
    assert "Not enough to judge" not in page


def test_the_page_says_what_a_coach_would(session: list[Event]) -> None:
    page = markdown(report(session, META))

    for expected in [
        "# Behavioral round with Ana",
        "2026-11-23 14:15 · 00:40 long · 3 questions",
        "## 1. Tell me about a slow model.",
        "- First word after 1.0 s (typical: 0.3 to 4 s).",
        "- 151 words a minute, pauses included (typical: 130 to 185).",
        "- Fillers: at least 1 (um [00:24]).",
        "- [00:29] The interviewer cut in: nothing new for 5 s (and so on).",
        "You were going again after 2.5 s.",
        "Model base, 41 words, mean probability 0.90.",
    ]:
        assert expected in page


def test_the_report_prints_on_a_console(session: list[Event]) -> None:
    console = Console(file=StringIO(), width=100)
    console.print(render(report(session, META)))

    assert isinstance(console.file, StringIO)
    assert "Behavioral round with Ana" in console.file.getvalue()


def test_what_went_wrong_is_noted() -> None:
    events = [
        *question(1),
        FramesLost(at=S(2.0), samples=8000),
        Failed(at=S(65.0), stage="voice", reason="no engine"),
        NotUnderstood(at=S(69.0), started_at=S(50.0), ended_at=S(62.2)),
        SessionEnded(at=S(70.0), reason=RECOVERED),
    ]

    assert report(events, META, skipped=["line 3 is damaged"]).notes == (
        "The program stopped before the session was over; everything up to then is here.",
        "[01:05] voice failed: no engine",
        "0.5 s of sound were lost; silence stands in their place.",
        "[00:50] 12 s of speech were not understood.",
        "The journal: line 3 is damaged.",
    )


def test_what_was_not_understood_stands_in_the_transcript_where_it_was_said(session: list[Event]) -> None:
    lost = NotUnderstood(at=S(30.0), started_at=S(8.0), ended_at=S(12.0))
    lines = transcript([*session, lost]).split("\n\n")

    assert [line for line in lines if line not in transcript(session).split("\n\n")] == [
        "*[00:08] 4 s of speech were not understood.*"
    ]
    assert lines[2].startswith("**Candidate** [00:04]")
    assert lines[3].startswith("*[00:08]")


@pytest.mark.parametrize(("seconds", "judged"), [(5.0, True), (6.0, False)])
def test_nothing_is_concluded_from_an_answer_of_which_much_was_not_understood(
    session: list[Event], seconds: float, judged: bool
) -> None:
    lost = NotUnderstood(at=S(30.0), started_at=S(8.0), ended_at=S(8.0 + seconds))
    first = report([*session, lost], META).threads[0].assessment

    assert (first.why_not == "6 s of it were not understood") is not judged
    if not judged:
        assert first.findings == ()


def test_the_transcript_has_both_sides_with_times_and_marks(session: list[Event]) -> None:
    lines = transcript(session).split("\n\n")

    assert lines[1] == "**Interviewer** [00:01] Tell me about a slow model."
    assert lines[2].startswith("**Candidate** [00:04] so we had a slow model")
    assert lines[4].endswith("and so on and on *(interrupted)*")
    assert lines[6].strip() == "**Candidate** [00:32] um it failed *(unfinished)*"


def test_silence_that_the_detector_heard_within_a_word_counts_as_a_pause(session: list[Event]) -> None:
    stretched = [
        replace(event, words=(replace(event.words[0], end=S(6.0)), Word(text="so", start=S(6.0), end=S(6.5))))
        if isinstance(event, FinalHypothesis) and event.audio_start == S(4.0)
        else event
        for event in session
        if not (isinstance(event, SpeechEnded) and event.started_at == S(4.0))
    ]
    spans = [
        SpeechEnded(at=S(4.5), started_at=S(4.0)),
        SpeechEnded(at=S(6.5), started_at=S(6.0)),
    ]

    assert report([*stretched, *spans], META).answers[0].pacing.pauses[0].length == pytest.approx(1.5)


@pytest.mark.parametrize(("at", "mark"), [(0, "00:00"), (59.9, "00:59"), (61, "01:01"), (6000, "100:00")])
def test_times_are_minutes_and_seconds(at: float, mark: str) -> None:
    assert clock(S(at)) == mark


@pytest.mark.parametrize(
    "again", [Failed(at=S(1.0), stage="voice", reason="it broke"), MicrophoneLost(at=S(1.0), reason="gone")]
)
def test_what_failed_again_and_again_is_named_a_few_times_and_counted(
    again: Event, session: list[Event]
) -> None:
    found = report([*session[:1], *10_000 * [again], *session[1:]], META, ["line 2 is damaged"])

    assert len(found.notes) == NAMED + 2
    assert found.notes[NAMED] == "9,995 more failures like these"
    assert len(markdown(found)) < 10_000
    assert len(json.dumps(to_json(found))) < 50_000
