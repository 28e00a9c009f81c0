from collections.abc import Iterator
from io import StringIO

import pytest
from rich.console import Console

from vivavoce.simulator.engine.floor import State
from vivavoce.simulator.live.screen import BAR_CELLS, Screen, bar, last_words, show
from vivavoce.transcripts.events import (
    CutIn,
    Event,
    Failed,
    FinalHypothesis,
    MicrophoneFound,
    MicrophoneLost,
    PartialHypothesis,
    PlaybackStarted,
    Seconds,
    TurnEnded,
)

S = Seconds
QUESTION = "Tell me about a time a model you built failed after launch, and what you did about it then."


def partial(text: str) -> Event:
    return PartialHypothesis(at=S(12.0), text=text, stable="", audio_end=S(12.0))


def final(text: str) -> Event:
    return FinalHypothesis(at=S(12.0), text=text, words=(), audio_start=S(10.0), audio_end=S(12.0))


def ended(text: str) -> Event:
    return TurnEnded(
        at=S(15.0),
        started_at=S(9.0),
        ended_at=S(14.0),
        decided_at=S(15.0),
        text=text,
        why="",
        probability=0.9,
    )


def failed(stage: str) -> Event:
    return Failed(at=S(3.0), stage=stage, reason="it broke")


def shown(screen: Screen, width: int = 80) -> list[str]:
    console = Console(file=StringIO(), width=width, force_terminal=False)
    with console.capture() as capture:
        console.print(screen)
    return [line.strip() for line in capture.get().splitlines() if line.strip()]


@pytest.fixture
def out() -> StringIO:
    return StringIO()


@pytest.fixture
def screen(out: StringIO) -> Iterator[Screen]:
    with Screen("Dana", to=out) as screen:
        yield screen


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (State.OPEN, "your turn"),
        (State.ANSWERING, "listening"),
        (State.REPLYING, "Dana is thinking…"),
        (State.SPEAKING, "Dana is speaking"),
        (State.CONTESTED, "Dana is speaking"),
        (State.CUTTING_IN, "Dana cuts in"),
        (State.OVER, "that was it"),
    ],
)
def test_it_says_who_has_the_floor_and_the_time(screen: Screen, state: State, label: str) -> None:
    screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
    screen.heard(S(62.5), 0.0, state)

    assert shown(screen)[0].split("  ")[0] == label
    assert shown(screen)[0].endswith("01:02")


def test_before_the_first_word_it_is_nobodys_turn(screen: Screen) -> None:
    assert shown(screen)[0].startswith("one moment…")


def test_a_lost_microphone_is_waited_for(screen: Screen) -> None:
    screen.receive(MicrophoneLost(at=S(1.0), reason="unplugged"))
    assert "waiting for the microphone" in shown(screen)[0]

    screen.receive(MicrophoneFound(at=S(1.0), name="usb"))
    assert "waiting for the microphone" not in shown(screen)[0]


def test_captions_are_what_both_said_last(screen: Screen) -> None:
    screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
    screen.receive(partial("so about"))
    screen.receive(final("So about a year ago."))
    screen.receive(partial("we had"))

    text = " ".join(shown(screen))

    assert QUESTION in text
    assert "So about a year ago. we had" in text


def test_a_new_line_of_the_interviewer_takes_the_answer_away(screen: Screen) -> None:
    screen.receive(final("So about a year ago."))
    screen.receive(PlaybackStarted(at=S(1.0), text="And then?"))

    assert "So about" not in " ".join(shown(screen))


def test_without_captions_what_the_candidate_says_is_not_shown(out: StringIO) -> None:
    screen = Screen("Dana", captions=False, to=out)
    screen.receive(partial("so about"))

    assert "so about" not in " ".join(shown(screen))


def test_keys_are_told_of_only_when_there_are_any(screen: Screen) -> None:
    assert "Enter" not in " ".join(shown(screen))

    screen.keys = True
    assert "Enter" in " ".join(shown(screen))


def test_however_much_is_said_it_stays_small(screen: Screen) -> None:
    screen.keys = True
    screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
    screen.receive(final("and so on " * 300))

    assert len(shown(screen)) <= 8


def test_a_part_that_fails_is_named_once_and_calmly(screen: Screen, out: StringIO) -> None:
    for stage in ["voice", "voice", "recognition", "voice"]:
        screen.receive(failed(stage))

    assert out.getvalue().splitlines() == [
        "Voice: it broke. The interview goes on.",
        "Recognition: it broke. The interview goes on.",
    ]


def test_without_a_terminal_it_is_plain_lines_of_what_was_said(screen: Screen, out: StringIO) -> None:
    screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
    screen.receive(partial("so [bold]about"))
    screen.receive(ended("So [bold]about."))

    assert out.getvalue().splitlines() == [f"[00:01] Dana: {QUESTION}", "[00:15] You: So [bold]about."]


def test_somebody_who_is_cut_in_on_has_a_line_too(screen: Screen, out: StringIO) -> None:
    screen.receive(final("So we had meetings."))
    screen.receive(partial("and more"))
    screen.receive(CutIn(at=S(20.0), why="the answer circles", evidence=()))
    screen.receive(PlaybackStarted(at=S(20.1), text="Let me stop you there."))
    screen.receive(PlaybackStarted(at=S(30.0), text="Thank you."))

    assert out.getvalue().splitlines() == [
        "[00:20] You: So we had meetings. and more",
        "[00:20] Dana: Let me stop you there.",
        "[00:30] Dana: Thank you.",
    ]


def test_a_terminal_gets_its_lines_back() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    with Screen("Dana", to=out) as screen:
        screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
        screen.receive(ended("So."))

    assert "You: So." not in out.getvalue()


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_bar_never_changes_its_length(share: float) -> None:
    assert len(bar(share)) == BAR_CELLS
    assert bar(share).count("━") == round(share * BAR_CELLS)


@pytest.mark.parametrize(
    ("text", "expected"), [("one two", "one two"), ("one two three four", "… three four"), ("", "")]
)
def test_a_long_caption_is_cut_at_a_word(text: str, expected: str) -> None:
    assert last_words(text, 12) == expected


def test_a_page_goes_through_a_pipe_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show("# Title\n\n> said\n")

    assert capsys.readouterr().out == "# Title\n\n> said\n"
