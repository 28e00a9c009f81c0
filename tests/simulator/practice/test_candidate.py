import json
import math
import wave
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, silence
from vivavoce.simulator.errors import ScriptError
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import Entry, Script, read_script, spoken
from vivavoce.transcripts.events import (
    CutIn,
    Encouraged,
    Event,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Reprompt,
    Seconds,
    SessionEnded,
    Word,
)

S = Seconds


def written(folder: Path, script: object, name: str = "script.json") -> Path:
    path = folder / name
    path.write_text(script if isinstance(script, str) else json.dumps(script), encoding="utf-8")
    return path


def entry(folder: Path, **row: Any) -> Entry:
    return read_script(written(folder, {"schema": 1, "candidate": [row]})).entries[0]


def tone(folder: Path, seconds: float = 2.0) -> Path:
    with wave.open(str(folder / "answer.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        phase = np.arange(int(seconds * SAMPLE_RATE_HZ)) * 2 * np.pi * 200 / SAMPLE_RATE_HZ
        file.writeframes((np.sin(phase) * 8000).astype("<i2").tobytes())
    return folder / "answer.wav"


# The format


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    script = read_script(
        written(
            tmp_path,
            {
                "schema": 1,
                "persona": "dana",
                "round": "behavioral",
                "minutes": 10,
                "seed": 7,
                "candidate": [
                    {
                        "say": "So about a year ago",
                        "wpm": 120,
                        "gap": 0.4,
                        "pauses": [[2, 1.5]],
                        "yields_after": None,
                        "barges_in_at": 2,
                    }
                ],
            },
        )
    )
    (only,) = script.entries

    assert (script.persona, script.round, script.minutes, script.seed) == ("dana", "behavioral", 10, 7)
    assert [word.text for word in only.words] == ["So", "about", "a", "year", "ago"]
    assert (only.gap, only.yields_after, only.barges_in_at) == (0.4, None, 2)
    assert only.words[2].start - only.words[1].end > 1.5


def test_an_entry_that_says_little_has_sensible_defaults(tmp_path: Path) -> None:
    only = entry(tmp_path, say="We shipped it.")

    assert (only.gap, only.yields_after, only.barges_in_at) == (0.6, 0.8, None)


def test_words_keep_their_times(tmp_path: Path) -> None:
    only = entry(tmp_path, words=[["So", 0.0, 0.21], ["we", 0.5, 0.7]])

    assert [(word.text, word.start, word.end) for word in only.words] == [("So", 0, 0.21), ("we", 0.5, 0.7)]
    assert only.duration == 0.7


def test_a_sound_file_lies_beside_the_script(tmp_path: Path) -> None:
    tone(tmp_path)

    assert entry(tmp_path, wav="answer.wav").duration == pytest.approx(2.0)


def test_toml_will_do_as_well(tmp_path: Path) -> None:
    path = written(tmp_path, '[[candidate]]\nsay = "We shipped it."\ngap = 2\n', "script.toml")

    assert read_script(path).entries[0].gap == 2


def test_the_dots_of_the_documentation_mean_the_default_persona(tmp_path: Path) -> None:
    assert read_script(written(tmp_path, {"persona": "...", "candidate": []})).persona == "dana"


def rows(**row: Any) -> dict[str, Any]:
    return {"schema": 1, "candidate": [row]}


BAD = {
    "empty file": "",
    "not JSON": "candidate: hello",
    "cut short": '{"candidate": [{"say": "a',
    "nested without end": "[" * 100_000,
    "a list": [],
    "a number": 3,
    "no candidate": {"schema": 1},
    "the candidate is text": {"candidate": "hello"},
    "an entry is text": {"candidate": ["hello"]},
    "nothing to say": rows(gap=1),
    "say is a number": rows(say=5),
    "words without times": rows(words=["So", "we"]),
    "words with one time": rows(words=[["So", 0.0]]),
    "a word that ends before it starts": rows(words=[["So", 1.0, 0.5]]),
    "words out of order": rows(words=[["So", 1.0, 1.2], ["we", 0.2, 0.4]]),
    "a word before the start": rows(words=[["So", -2.0, -1.0]]),
    "a word at no time": rows(words=[["So", math.nan, 1.0]]),
    "no such sound file": rows(wav="nowhere.wav"),
    "sound that is none": rows(wav="script.json"),
    "a wav that is a number": rows(wav=5),
    "gap is text": rows(say="a b", gap="soon"),
    "gap is nothing": rows(say="a b", gap=None),
    "gap is no number": rows(say="a b", gap=math.nan),
    "gap without end": rows(say="a b", gap=math.inf),
    "gap below zero": rows(say="a b", gap=-5),
    "rate of zero": rows(say="a b", wpm=0),
    "rate is no number": rows(say="a b", wpm=math.nan),
    "rate below zero": rows(say="a b", wpm=-100),
    "a pause below zero": rows(say="a b c", pauses=[[1, -4]]),
    "a pause that is no number": rows(say="a b c", pauses=[[1, math.nan]]),
    "a pause without a place": rows(say="a b c", pauses=[1.5]),
    "yields after no number": rows(say="a b", yields_after=math.nan),
    "yields below zero": rows(say="a b", yields_after=-1),
    "barges in below zero": rows(say="a b", barges_in_at=-1),
    "minutes are text": {**rows(say="a b"), "minutes": "ten"},
    "minutes are no number": {**rows(say="a b"), "minutes": math.nan},
    "minutes below zero": {**rows(say="a b"), "minutes": -3},
    "persona is a number": {**rows(say="a b"), "persona": 5},
}


@pytest.mark.parametrize("script", BAD.values(), ids=BAD)
def test_a_bad_script_is_one_line_for_the_user(script: object, tmp_path: Path) -> None:
    with pytest.raises(ScriptError) as raised:
        read_script(written(tmp_path, script))

    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize(
    "make", [lambda path: None, Path.mkdir, lambda path: path.write_bytes(b"\xff\xfe\x00{")]
)
def test_what_cannot_be_read_is_one_line_for_the_user(make: Any, tmp_path: Path) -> None:
    make(tmp_path / "script.json")

    with pytest.raises(ScriptError, match=r"^[^\n]*script\.json[^\n]*$"):
        read_script(tmp_path / "script.json")


def test_ten_megabytes_are_read_or_refused_but_not_choked_on(tmp_path: Path) -> None:
    path = written(tmp_path, " " * 10_000_000 + "[]")

    with pytest.raises(ScriptError):
        read_script(path)


# Words in time


@given(
    st.lists(st.text("abc.?;", min_size=1, max_size=12), min_size=1, max_size=30),
    st.floats(60, 300),
    st.dictionaries(st.integers(1, 30), st.floats(0, 5), max_size=4),
)
def test_words_follow_each_other_and_pauses_are_kept(
    texts: list[str], wpm: float, pauses: dict[int, float]
) -> None:
    words = spoken(" ".join(texts), wpm, pauses)

    assert [word.text for word in words] == texts
    assert all(word.start < word.end for word in words)
    for number, (a, b) in enumerate(pairwise(words), 1):
        assert b.start - a.end >= pauses.get(number, 0)


def test_the_rate_is_the_rate() -> None:
    words = spoken("horse " * 100, 120, {})

    assert words[-1].end == pytest.approx(50, rel=0.02)


# Who hears and speaks


ANSWER = Entry(words=spoken("We shipped it in March and it held up well.", 150, {}))


def asked(at: float, text: str = "Why?") -> Iterator[Event]:
    """Yield a question that takes two seconds."""
    yield QuestionAsked(at=S(at), text=text, move="ask", why="next")
    yield PlaybackStarted(at=S(at), text=text)
    yield PlaybackFinished(at=S(at + 2), heard=S(2), complete=True)


def after(events: Iterator[Event] | list[Event], *entries: Entry) -> Candidate:
    candidate = Candidate(Script(entries=entries or (ANSWER, ANSWER)))
    for event in events:
        candidate.receive(event)
    return candidate


def test_an_answer_begins_after_the_gap_and_the_detector_hears_it() -> None:
    candidate = after(asked(1))

    assert candidate.said[0].start == pytest.approx(3.6)
    assert not candidate.speaks(3.5)
    assert candidate.speaks(3.7)


@pytest.mark.parametrize(
    "event",
    [Encouraged(at=S(9), text="Take your time."), Reprompt(at=S(9), text="Was there one?")],
    ids=["encouraged", "asked again"],
)
def test_what_is_no_question_gets_no_answer(event: Event) -> None:
    candidate = after(
        [event, PlaybackStarted(at=S(9), text="..."), PlaybackFinished(at=S(10), heard=S(1), complete=True)]
    )

    assert candidate.said == []


def test_a_question_that_was_not_heard_to_its_end_gets_no_answer() -> None:
    question, started, _ = asked(1)
    candidate = after([question, started, PlaybackFinished(at=S(2), heard=S(1), complete=False)])

    assert candidate.said == []


def test_when_the_entries_run_out_there_is_silence() -> None:
    candidate = after([*asked(1), *asked(20), *asked(40)])

    assert len(candidate.said) == 2 * len(ANSWER.words)


def test_a_barge_in_begins_during_the_line() -> None:
    question, started, _ = asked(1)
    candidate = after([question, started], Entry(words=ANSWER.words, barges_in_at=S(0.5)))

    assert candidate.said[0].start == pytest.approx(1.5)


@pytest.mark.parametrize(("yields_after", "silent"), [(0.8, True), (0.0, True), (None, False)])
def test_a_cut_in_is_heeded_after_the_given_time_or_not_at_all(
    yields_after: float | None, silent: bool
) -> None:
    entry = Entry(words=ANSWER.words, yields_after=None if yields_after is None else S(yields_after))
    candidate = after(asked(1), entry)
    candidate.receive(CutIn(at=S(4.6), why="it circles", evidence=()))

    assert (
        not any(candidate.speaks(t) for t in np.arange(4.6 + (yields_after or 0) + 0.1, 9, 0.05))
    ) is silent


def test_sound_yields_too_and_fades() -> None:
    loud = Entry(sound=np.full(5 * SAMPLE_RATE_HZ, 0.5, dtype=np.float32))
    candidate = after(asked(1), loud)
    candidate.receive(CutIn(at=S(5), why="it circles", evidence=()))
    sound = candidate.samples(0, 8 * SAMPLE_RATE_HZ)

    assert sound[int(3.7 * SAMPLE_RATE_HZ) : int(5.7 * SAMPLE_RATE_HZ)].min() == 0.5
    assert not sound[int(5.81 * SAMPLE_RATE_HZ) :].any()


def test_the_microphone_delivers_frames_without_a_gap_until_the_session_is_over() -> None:
    candidate = after(asked(1))
    frames = list(islice(CandidateMicrophone(candidate).frames(), 200))
    assert [frame.start for frame in frames] == [i * FRAME_SAMPLES for i in range(200)]
    assert all(len(frame.samples) == FRAME_SAMPLES for frame in frames)
    np.testing.assert_array_equal(
        np.concatenate([frame.samples for frame in frames]), candidate.samples(0, 200 * FRAME_SAMPLES)
    )

    candidate.receive(SessionEnded(at=S(6.4), reason="it is over"))
    assert list(CandidateMicrophone(candidate).frames()) == []


def test_the_microphone_can_be_paced() -> None:
    due: list[float] = []
    microphone = CandidateMicrophone(after([]), pace=due.append)

    frames = list(islice(microphone.frames(), 3))

    assert due == [frame.ended_at for frame in frames]


def test_detector_and_recogniser_know_the_same_words() -> None:
    candidate = after(asked(1))
    sound = Frame(0, silence(10 * SAMPLE_RATE_HZ))

    heard = ScriptedRecogniser(candidate).transcribe(sound, "", timed=True)

    assert list(heard.words) == candidate.said
    detector = ScriptedDetector(candidate)
    for word in heard.words:
        middle = int((word.start + word.end) / 2 * SAMPLE_RATE_HZ) - FRAME_SAMPLES // 2
        assert detector.probability(Frame(middle, silence(FRAME_SAMPLES))) > 0.5
    assert detector.probability(Frame(0, silence(FRAME_SAMPLES))) < 0.3


def test_a_word_that_has_not_ended_is_not_recognised_yet() -> None:
    candidate = after([])
    candidate.said = [Word(text="unfinished", start=S(0.1), end=S(0.9))]

    assert (
        ScriptedRecogniser(candidate)
        .transcribe(Frame(0, silence(SAMPLE_RATE_HZ // 2)), "", timed=False)
        .words
        == ()
    )
