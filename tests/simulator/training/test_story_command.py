import io
import json
import os
import signal
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, Frame, silence
from vivavoce.audio.ports import Hypothesis, Recogniser
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.simulator import signals
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.commands.training import story as command
from vivavoce.simulator.live import devices, recogniser_choice
from vivavoce.simulator.live import interview as live
from vivavoce.simulator.live.session_folder import ENDED
from vivavoce.simulator.practice.candidate_script import script
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.simulator.training import story, take_clock
from vivavoce.simulator.training.story import chosen, summary
from vivavoce.simulator.training.take import PRESSURES, Take
from vivavoce.transcripts.bank.coverage import Shown
from vivavoce.transcripts.bank.fields import GENERAL, MACHINE_LEARNING, headings
from vivavoce.transcripts.bank.story_file import Draft, write_draft
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import Event, Seconds, SessionEnded
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions

Output = pytest.CaptureFixture[str]

TOLD = (
    "Patients waited two hours for a scan on a Saturday night, and nobody knew why. I copied three months of "
    "the log book into a sheet. I chose one list over more people, because the cause was the telephone. I "
    "drew the list, and I tried it on two wards before we rolled it out to all of them. The wait fell from "
    "two hours to fifty minutes."
)
MORE = (
    " What went wrong was the printer, so I kept a paper copy at each desk and changed the list every month."
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """Let the signals of one test mean nothing to the next."""
    before = {number: signal.getsignal(number) for number in signals.POLITE}
    yield
    for number, action in before.items():
        signal.signal(number, action)


class Quiet:
    """A `Microphone` that hears `frames` of silence; at frame `stop` somebody presses Ctrl-C."""

    only_zeros = False

    def __init__(self, frames: int, stop: int = -1) -> None:
        self._frames, self._stop = frames, stop

    def open(self) -> None:
        """Open at once."""

    def close(self) -> None:
        """Close at once."""

    def frames(self) -> Generator[Frame, None, None]:
        for number in range(self._frames):
            if number == self._stop:
                os.kill(os.getpid(), signal.SIGINT)
            yield Frame(number * FRAME_SAMPLES, silence(FRAME_SAMPLES))


class Deaf:
    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        return Hypothesis()


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what puts simulated devices in place of the machine's."""

    def furnish(microphone: Any) -> None:
        for name in ("check", "load_ahead", "load_voice"):
            monkeypatch.setattr(devices, name, lambda settings: None)
        monkeypatch.setattr(
            devices, "microphone", microphone if callable(microphone) else lambda *_: microphone
        )
        monkeypatch.setattr(devices, "speaker", lambda settings: SilentSpeaker())
        monkeypatch.setattr(devices, "voice", lambda settings, who, *_: SilentVoice(who.rate_wpm))
        monkeypatch.setattr(live, "need", lambda settings, **_: None)
        monkeypatch.setattr(live, "turn_model", lambda: None)
        choice: tuple[Recogniser, Any] = (Deaf(), recogniser_choice.Choice("scripted", "Listening."))
        monkeypatch.setattr(recogniser_choice, "choose", lambda settings, jobs: choice)
        monkeypatch.setattr("vivavoce.simulator.commands.output.heard_once_more", lambda folder, given: None)

    return furnish


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in lines)))


def only(home: Path) -> Path:
    (folder,) = (home / "sessions").iterdir()
    return folder


def kept(events: Sequence[Event], take: Take, started_at: str = "") -> Path:
    """Return the folder of a session with these `events`."""
    folder = sessions.create(Meta(title=take.title, story=take.name, minutes=take.seconds / 60))
    journal = log.Journal(folder / log.NAME)
    for event in events:
        journal.write(event)
    journal.close()
    if started_at:
        sessions.write_meta(folder, replace(sessions.read_meta(folder), started_at=started_at))
    return folder


def spoken(*said: str, **about: Any) -> list[Event]:
    rows = [{"say": one, "wpm": 140} for one in said]
    return simulate(script({"story": "the list", "candidate": rows, **about}, Path()))


# By name


def test_the_flags_are_those_that_a_take_has() -> None:
    assert command.LENGTHS == take_clock.LENGTHS
    assert command.PRESSURES == PRESSURES
    assert command.CUES == take_clock.CUES


def test_a_story_of_the_bank_is_asked_for_by_its_title(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    write_draft(Draft(name="porters", title="The list for the porters"))
    typing(monkeypatch, TOLD)

    assert main(["story", "porters", "--text", "--seconds", "90"]) == 0
    printed = capsys.readouterr()
    assert "Tell me this story: The list for the porters. You have a minute and a half." in printed.out
    assert "no file" not in printed.err
    meta = sessions.read_meta(only(home))
    assert (meta.story, meta.minutes, meta.title) == ("porters", 1.5, "The list for the porters")


def test_a_name_without_a_file_is_kept_and_said_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    typing(monkeypatch, TOLD)

    assert main(["story", "night-list", "--text"]) == 0
    err = capsys.readouterr().err.splitlines()
    assert len([one for one in err if "vivavoce stories draft" in one]) == 1
    assert sessions.read_meta(only(home)).story == "night-list"
    assert not (home / "stories").exists()


def test_a_name_that_is_nearly_one_is_asked_about() -> None:
    write_draft(Draft(name="porters", title="The list"))

    take, notes = chosen("porter", 60, "none")

    assert take.name == "porter"
    assert "did you mean porters?" in notes[0]


def test_what_is_wrong_with_a_file_is_said_and_the_take_is_held(home: Path) -> None:
    (home / "stories").mkdir(parents=True)
    (home / "stories" / "half.md").write_text("---\ntitle: Half of it\n", encoding="utf-8")

    take, notes = chosen("half", 60, "none")

    assert take.title == "Half of it"
    assert len(notes) == 1


@pytest.mark.parametrize(
    "name", ["a/b", "../x", "a\\b", "", " ", ".hidden", "x" * 61, "a\nb", "a\x1b[2J", "-"]
)
def test_what_can_be_no_name_is_refused_in_a_line(name: str, home: Path, capsys: Output) -> None:
    assert main(["story", "--text", "--", name]) == 2

    err = capsys.readouterr().err
    assert err.startswith("vivavoce: a story's name has letters")
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert not (home / "sessions").exists()


def test_stories_that_cannot_be_read_are_no_reason_to_make_up_a_name(home: Path) -> None:
    home.mkdir()
    (home / "stories").write_text("no folder", encoding="utf-8")

    with pytest.raises(LibraryError):
        chosen("night-list", 60, "none")


@pytest.mark.parametrize(
    "flags",
    [
        ("--seconds", "0"),
        ("--seconds", "100000"),
        ("--seconds", "-30"),
        ("--seconds", "3e1"),
        ("--pressure", "rude"),
        ("--cues", "bell"),
        ("--interruptions", "brisk"),
    ],
)
def test_another_length_or_pressure_is_refused(flags: tuple[str, str], home: Path, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["story", "night-list", *flags])

    assert stopped.value.code == 2
    assert flags[0] in capsys.readouterr().err
    assert not home.exists()


def test_an_unknown_interviewer_is_refused(home: Path, capsys: Output) -> None:
    assert main(["story", "night-list", "--text", "--persona", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
    assert not (home / "sessions").exists()


# In writing


def test_in_writing_the_pressure_comes_after_the_story(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    typing(monkeypatch, TOLD, "We counted both for a month.", "The other wards did not change.")

    assert main(["story", "night-list", "--text", "--pressure", "sceptic"]) == 0
    out = capsys.readouterr().out
    assert out.count("\nDana: ") == 4
    assert "Told in writing, so without the clock." in out


@pytest.mark.parametrize("pressure", PRESSURES)
def test_who_types_is_told_that_there_is_no_interruption_in_writing(
    pressure: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    typing(monkeypatch, TOLD)
    main(["story", "night-list", "--text", "--pressure", pressure])

    assert ("interrupted in writing" in capsys.readouterr().err) == (pressure == "interrupted")


def test_a_typed_take_tells_the_same_at_its_end_as_in_the_bank(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    write_draft(Draft(name="triage", title="The triage list", kind=GENERAL))
    typing(
        monkeypatch,
        "On our ward patients waited three hours, and they complained every day. I drew up a new plan and "
        "moved the visits. At first nobody filled it in, so we changed the form. We tried it with one room "
        "first and then everybody used it. Waiting went from three hours to forty minutes.",
    )
    main(["story", "triage", "--text"])
    (told,) = [one for one in capsys.readouterr().out.splitlines() if one.startswith("Told: ")]

    main(["stories", "show", "triage", "--json"])

    (take,) = json.loads(capsys.readouterr().out)["takes"]
    assert take["words"] == 53
    assert {"problem", "model", "metrics", "changes"} <= take["fields"].keys()
    assert (
        told
        == f"Told: {'; '.join(name for field, name in headings(GENERAL).items() if field in take['fields'])}."
    )


def test_a_figure_that_differs_from_take_to_take_is_asked_about_once_the_story_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: Output, home: Path
) -> None:
    write_draft(Draft(name="triage", title="The triage list", kind=GENERAL, fields={"problem": "Queues."}))
    for day, wait in (("2026-11-24", "fifty"), ("2026-11-26", "forty")):
        typing(monkeypatch, TOLD.replace("fifty", wait))
        main(["story", "triage", "--text"])
        folder = max((home / "sessions").iterdir())
        sessions.write_meta(folder, replace(sessions.read_meta(folder), started_at=f"{day}T10:00:00+01:00"))
    capsys.readouterr()

    typing(monkeypatch, TOLD, "It was fifty, I believe. I would have to look it up once more.")
    main(["story", "triage", "--text"])
    said = capsys.readouterr().out

    assert "n Tuesday you said fifty minutes, on Thursday forty minutes. Which is it?" in said
    assert said.count("Scores, 1 to 5") == 1, "the answer to it was judged as a story"


def test_what_to_keep_of_the_newest_take_is_shown_with_its_story(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    write_draft(Draft(name="triage", title="The triage list", kind=GENERAL, fields={"problem": "Queues."}))
    typing(monkeypatch, TOLD)
    main(["story", "triage", "--text"])
    capsys.readouterr()

    main(["stories", "show", "triage"])
    ladder = capsys.readouterr().out.partition("The ladder, from take 1")[2]

    assert [f"{seconds} seconds" in ladder for seconds in (30, 60, 90, 180)] == [True] * 4
    assert "  + The wait fell from two hours to fifty minutes." in ladder
    assert "180 seconds; all of it" in ladder
    assert "  - " in ladder


def test_who_types_nothing_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    typing(monkeypatch, "q")

    assert main(["story", "night-list", "--text"]) == 0
    assert "Nothing was told yet" in capsys.readouterr().out


# Aloud


def test_a_take_is_held_at_the_devices_and_names_its_story(
    room: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room(Quiet(120))
    looked = list[Seconds]()
    monkeypatch.setattr(take_clock.TakeClock, "look", lambda self, now, *, answering: looked.append(now))

    assert main(["story", "night-list", "--seconds", "30", "--echo", "headphones"]) == 0
    meta = sessions.read_meta(only(home))
    assert (meta.story, meta.minutes, meta.pack) == ("night-list", 0.5, "project-story")
    assert len(looked) == 120


def test_ctrl_c_ends_a_take_in_good_order(room: Any, home: Path, capsys: Output) -> None:
    room(Quiet(4000, stop=40))

    assert main(["story", "night-list", "--echo", "headphones"]) == 0
    events = log.read_log(only(home) / log.NAME)
    assert [event.reason for event in events if isinstance(event, SessionEnded)] == [ENDED]
    assert "Nothing was told yet" in capsys.readouterr().out


def test_without_a_microphone_there_is_one_line_and_no_session(room: Any, home: Path, capsys: Output) -> None:
    def none(*_: object) -> None:
        raise DeviceError("there is no microphone; plug one in, or use --text")

    room(none)

    assert main(["story", "night-list"]) == 2
    assert "there is no microphone" in capsys.readouterr().err
    assert not list((home / "sessions").glob("*"))


# Afterwards


@pytest.mark.proves("P02")
def test_the_time_is_told_with_what_is_over() -> None:
    take = Take(name="list", title="the list", seconds=30)

    lines = list(summary(kept(spoken(f"{TOLD}{MORE}", seconds=30), take), take))

    used = int(lines[0].split()[0])
    assert used > 30
    assert lines[0] == f"{used} of 30 seconds, {used - 30} over."


@pytest.mark.proves("P02")
def test_what_is_new_since_the_last_take_of_the_same_story_is_told() -> None:
    take = Take(name="list", title="the list", seconds=60)
    kept(spoken(TOLD, seconds=60), take, "2026-11-27T23:40:00-08:00")
    kept(
        spoken("Something else altogether, about a yard and a van and a dog.", seconds=60),
        replace(take, name="van"),
    )
    time, *rest = summary(kept(spoken(f"{TOLD}{MORE}", seconds=60), take), take)

    assert time.endswith(" of 60 seconds.")
    (since,) = [one for one in rest if one.startswith("Since")]
    assert since.startswith("Since the take of 27 November: ")
    assert "s longer" in since
    assert "of the sentences 1 new" in since


@pytest.mark.parametrize("kind", [GENERAL, MACHINE_LEARNING])
def test_the_fields_are_named_as_the_kind_of_story_names_them(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown(start=0, end=4, quote=TOLD[:4])
    monkeypatch.setattr(
        story, "covered_in", lambda telling, checks, embedding: {"reason": shown, "metrics": shown}
    )
    take = Take(name="list", title="the list", seconds=60, kind=kind)

    lines = [*summary(kept(spoken(TOLD, seconds=60), take), take)]

    names = headings(kind)
    assert f"Told: {names['reason']}; {names['metrics']}." in lines
    (missing,) = [one for one in lines if one.startswith("Not found in it: ")]
    assert missing.count(";") == 4
    assert names["problem"] in missing


def test_the_first_take_is_held_against_none() -> None:
    take = Take(name="list", title="the list", seconds=60)

    assert not [one for one in summary(kept(spoken(TOLD, seconds=60), take), take) if "Since" in one]


def test_a_last_take_that_cannot_be_read_hides_nothing() -> None:
    take = Take(name="list", title="the list", seconds=60)
    broken = kept(spoken(TOLD, seconds=60), take, "2026-11-27T10:00:00+01:00")
    (broken / log.NAME).unlink()

    lines = list(summary(kept(spoken(TOLD, seconds=60), take), take))

    assert lines[0].endswith("of 60 seconds.")
    assert not [one for one in lines if "Since" in one]
