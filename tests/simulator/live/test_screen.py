from collections.abc import Iterator
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.simulator.live.terminal import Terminal
from vivavoce.simulator.engine.floor import State
from vivavoce.simulator.live.screen import BAR_CELLS, KEYS, LABELS, Screen, bar, show
from vivavoce.transcripts.events import (
    BackChannel,
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
from vivavoce.transcripts.timestamps import clock

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


def shown(screen: Screen, width: int = 80, height: int = 24, *, blank: bool = False) -> list[str]:
    console = Console(file=StringIO(), width=width, height=height, force_terminal=False)
    with console.capture() as capture:
        console.print(screen)
    return [line.strip() for line in capture.get().splitlines() if blank or line.strip()]


@pytest.fixture
def out() -> StringIO:
    return StringIO()


@pytest.fixture
def screen(out: StringIO) -> Iterator[Screen]:
    with Screen("Dana", to=out) as screen:
        yield screen


@pytest.mark.proves("N08")
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


def test_a_sound_that_was_no_answer_is_no_caption(screen: Screen) -> None:
    screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
    screen.receive(partial("mm-hm"))
    screen.receive(BackChannel(at=S(3.0), started_at=S(2.0)))

    assert "mm-hm" not in " ".join(shown(screen))


def test_without_captions_what_the_candidate_says_is_not_shown(out: StringIO) -> None:
    screen = Screen("Dana", captions=False, to=out)
    screen.receive(partial("so about"))

    assert "so about" not in " ".join(shown(screen))


def test_keys_are_told_of_only_when_there_are_any(screen: Screen) -> None:
    assert "Enter" not in " ".join(shown(screen))

    screen.keys = True
    assert "Enter" in " ".join(shown(screen))


@pytest.mark.proves("N08")
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


LONG = "and then we compared the logs of both sides every hour until the difference was gone, " * 4
WIDE = "我们把排序模型的特征移到了服务路径上、错误率下降了一半。" * 3
SIZES = [(110, 34), (80, 24), (60, 15), (40, 24), (40, 8), (20, 6), (9, 3)]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal with something on it, whose size is known to nobody but itself."""
    terminal = Terminal(110, 34)
    monkeypatch.setattr("os.get_terminal_size", lambda *_: terminal.size)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "132")  # of another window
    monkeypatch.setenv("LINES", "50")
    monkeypatch.setattr(
        "vivavoce.simulator.live.screen.REFRESHES_PER_SECOND", 0.001
    )  # only when a test says so
    terminal.write("$ vivavoce interview\n" * 40)
    return terminal


def drawn(screen: Screen) -> None:
    assert screen._live is not None
    screen._live.refresh()


def as_it_talks(screen: Screen) -> Iterator[None]:
    """Let captions grow, shrink and change, as time goes on; yield after each change."""
    screen.keys = True
    for at, text in enumerate([QUESTION * 3, "And then?", WIDE, QUESTION]):
        screen.receive(PlaybackStarted(at=S(at), text=text))
        screen.heard(S(10 * at), 0.2, State.SPEAKING)
        yield
        for said in ("so", LONG, WIDE, "so"):
            screen.receive(partial(said))
            screen.heard(S(10 * at + len(said)), 0.7, State.ANSWERING)
            yield


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_row_is_left_behind(terminal: Terminal, size: tuple[int, int]) -> None:
    """Whatever is said, and whatever size the window had before."""
    with Screen("Dana", to=terminal) as screen:
        for number, _ in enumerate(as_it_talks(screen)):
            terminal.resize(*(size if number % 2 else SIZES[number // 2 % len(SIZES)]))
            drawn(screen)

            assert terminal.shown == shown(screen, *terminal.size)
            assert terminal.shown[0].endswith(clock(screen.now))
            assert len(terminal.shown) <= terminal.size.lines
            assert all(cell_len(row) <= terminal.size.columns for row in terminal.shown)


@pytest.mark.parametrize(("height", "left_out"), [(34, []), (6, [KEYS]), (4, [KEYS, LONG[-40:]])])
def test_a_low_window_does_without_what_matters_least(
    terminal: Terminal, height: int, left_out: list[str]
) -> None:
    terminal.resize(80, height)
    with Screen("Dana", to=terminal) as screen:
        screen.keys = True
        screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
        screen.receive(partial(LONG.strip()))
        drawn(screen)
    text = " ".join(shown(screen, 80, height))

    assert QUESTION in text
    assert [part for part in (KEYS, LONG[-40:]) if part.strip() not in text] == left_out


def test_captions_that_come_and_go_move_nothing_else(terminal: Terminal) -> None:
    with Screen("Dana", to=terminal) as screen:
        screen.keys = True
        screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
        places = []
        for said in ("", "so", LONG, WIDE):
            screen.receive(partial(said))
            rows = shown(screen, 80, 34, blank=True)
            places.append(rows.index(KEYS))

    assert len(set(places)) == 1


def test_a_terminal_is_given_back_as_it_was_with_what_was_said_about_the_program(terminal: Terminal) -> None:
    before = terminal.shown
    with Screen("Dana", to=terminal) as screen:
        screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
        screen.notice("Listening with tiny.en.")
        drawn(screen)
        assert "Listening with tiny.en." in terminal.shown
        assert before[0] not in terminal.shown

    assert not terminal.other_screen
    assert terminal.shown == [*before[1:], "Listening with tiny.en."]


def test_every_state_of_the_floor_has_a_label() -> None:
    """One without stops the thread that draws: the screen would show the question before for ever."""
    assert set(LABELS) == set(State)


def test_somebody_who_hums_along_does_not_stop_the_screen(terminal: Terminal) -> None:
    with Screen("Dana", to=terminal) as screen:
        screen.receive(PlaybackStarted(at=S(1.0), text=QUESTION))
        for state in State:
            screen.heard(S(2.0), 0.5, state)
            drawn(screen)
        screen.receive(PlaybackStarted(at=S(3.0), text="And then?"))
        screen.heard(S(3.0), 0.0, State.SPEAKING)
        drawn(screen)

        assert terminal.shown[0].startswith("Dana is speaking")
        assert "And then?" in terminal.shown


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_move_its_cursor_gets_plain_lines(
    terminal: Terminal, term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    with Screen("Dana", to=terminal) as screen:
        screen.receive(PlaybackStarted(at=S(1.0), text="And then?"))

    assert terminal.shown[-1] == "[00:01] Dana: And then?"


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"])
def test_a_file_gets_plain_lines_whatever_colour_is_wanted(
    out: StringIO, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1")
    with Screen("Dana", to=out) as screen:
        screen.receive(PlaybackStarted(at=S(1.0), text="And then?"))

    assert out.getvalue() == "[00:01] Dana: And then?\n"


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_bar_never_changes_its_length(share: float) -> None:
    assert len(bar(share)) == BAR_CELLS
    assert bar(share).count("━") == round(share * BAR_CELLS)


def test_a_page_goes_through_a_pipe_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show("# Title\n\n> said\n")

    assert capsys.readouterr().out == "# Title\n\n> said\n"


class Gone(StringIO):
    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        raise self.error


@pytest.mark.parametrize("error", [BrokenPipeError(), OSError(5, "Input/output error")])
def test_a_reader_that_is_gone_costs_the_lines_and_not_the_interview(
    error: OSError, capfd: pytest.CaptureFixture[str]
) -> None:
    with Screen("Dana", to=Gone(error)) as screen:
        screen.notice("Listening.")
        screen.receive(PlaybackStarted(at=S(1.0), text="Hello."))
