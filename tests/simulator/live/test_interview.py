import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import soundfile

from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.errors import DeviceError, ModelError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.ports import Hypothesis, Recogniser, Speaker
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import Persona, persona
from vivavoce.simulator import signals
from vivavoce.simulator.engine.background import Inline, Lane, Threads
from vivavoce.simulator.live import devices, recogniser_choice
from vivavoce.simulator.live import interview as live
from vivavoce.simulator.live.interview import interview, loudness
from vivavoce.simulator.live.loading import LoadingEmbedding, LoadingRecogniser, load, need
from vivavoce.simulator.live.screen import Screen
from vivavoce.simulator.live.session_folder import ENDED, Files, Wanted, keeping, meta
from vivavoce.simulator.live.typed import typed
from vivavoce.simulator.practice import demo as demo_module
from vivavoce.simulator.practice.candidate import Candidate, ScriptedRecogniser
from vivavoce.simulator.practice.candidate_script import Entry, Script, spoken
from vivavoce.simulator.practice.demo import Aloud, demo, pace
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.errors import JournalError, LibraryError
from vivavoce.transcripts.events import (
    Event,
    MicrophoneFound,
    MicrophoneLost,
    PlaybackFinished,
    QuestionAsked,
    Seconds,
    SessionEnded,
    SessionStarted,
    TurnEnded,
    Word,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.library import sessions as library
from vivavoce.transcripts.scoring.assessment import Reader

S = Seconds
HELLO = Hypothesis((Word(text="hello", start=S(0.0), end=S(0.3)),))
SOUND = Frame(0, silence(FRAME_SAMPLES))
FULL = "cannot write the journal: No space left on device; free some disk space"
SERVER = "https://asr.example/v1"
ANSWER = "So we shipped a ranking model, it failed, and then I fixed it within two weeks."


class Deaf:
    """A `Recogniser` that hears nothing."""

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        return Hypothesis()


class Quiet:
    """A `Microphone` that hears `seconds` of silence; `at` tells what else happens at which frame."""

    def __init__(
        self, seconds: float, at: dict[int, Callable[[], object]] | None = None, *, only_zeros: bool = False
    ) -> None:
        self.only_zeros = only_zeros
        self._count = round(seconds * SAMPLE_RATE_HZ / FRAME_SAMPLES)
        self._at = at or {}
        self.is_open = False

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False

    def frames(self) -> Generator[Frame, None, None]:
        for number in range(self._count):
            self._at.get(number, lambda: None)()
            yield Frame(number * FRAME_SAMPLES, silence(FRAME_SAMPLES))


class Broken:
    """A `Speaker` that cannot be opened."""

    latency = S(0.0)

    def play(self, block: Samples) -> None:
        raise DeviceError("the speaker cannot be opened")

    def stop(self) -> Seconds:
        return S(0.0)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what puts simulated devices and models in place of those of the machine."""

    def furnish(
        microphone: Quiet, speaker: Speaker | None = None, recogniser: Recogniser | None = None
    ) -> None:
        for name in ("check", "load_ahead", "load_voice"):
            monkeypatch.setattr(devices, name, lambda settings: None)
        monkeypatch.setattr(devices, "microphone", lambda *_: microphone)
        monkeypatch.setattr(devices, "speaker", lambda settings: speaker or SilentSpeaker())
        monkeypatch.setattr(devices, "voice", lambda settings, who, *_: SilentVoice(who.rate_wpm))
        monkeypatch.setattr(live, "need", lambda settings, **_: None)
        monkeypatch.setattr(demo_module, "need", lambda settings, **_: None)
        monkeypatch.setattr(live, "turn_model", lambda: None)
        choice = recogniser_choice.Choice("scripted", "Listening with a script.")
        monkeypatch.setattr(
            recogniser_choice, "choose", lambda settings, jobs: (recogniser or Deaf(), choice)
        )

    return furnish


def told(folder: Path) -> list[Event]:
    return log.read_log(folder / log.NAME)


def ends(folder: Path) -> list[str]:
    return [event.reason for event in told(folder) if isinstance(event, SessionEnded)]


def sessions(home: Path) -> list[Path]:
    return sorted((home / "sessions").glob("*")) if (home / "sessions").exists() else []


# An interview


def test_an_interview_leaves_a_complete_folder(room: Callable[..., None]) -> None:
    room(Quiet(4.0))

    folder = interview(Settings(echo="headphones", terms=("Kafka",)), Wanted(title="First try", minutes=5))

    events = told(folder)
    assert isinstance(events[0], SessionStarted)
    assert isinstance(events[1], QuestionAsked)
    assert ends(folder) == ["the sound ended"]
    assert {file.name for file in folder.iterdir()} == {
        "events.jsonl", "sound.wav", "session.json", "transcript.md", "report.md", "report.json"
    }  # fmt: skip
    about = library.read_meta(folder)
    assert (about.title, about.persona, about.round, about.minutes) == ("First try", "Dana", "behavioral", 5)
    assert about.models == {"recogniser": "scripted"}
    assert about.settings["terms"] == ["Kafka"]
    assert "api_key" not in about.settings


@pytest.mark.proves("T02")
def test_the_greeting_waits_for_no_model(room: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    greeted = threading.Event()

    def choose(settings: Settings, jobs: int) -> tuple[Recogniser, recogniser_choice.Choice]:
        assert greeted.wait(10)
        return Deaf(), recogniser_choice.Choice("late", "")

    class Hearing(SilentSpeaker):
        def play(self, block: Samples) -> None:
            if block.any():
                greeted.set()

    room(Quiet(8.0), Hearing())
    monkeypatch.setattr(recogniser_choice, "choose", choose)

    folder = interview(Settings(echo="headphones"), Wanted())

    assert library.read_meta(folder).models["recogniser"] == "late"


def test_what_loads_does_not_keep_the_loop_from_its_frames(room: Callable[..., None]) -> None:
    room(Quiet(1.0))
    sys.setswitchinterval(0.005)

    interview(Settings(echo="headphones"), Wanted())

    assert sys.getswitchinterval() == pytest.approx(live.TURN_OF_A_THREAD)


@pytest.mark.proves("T02")
def test_the_microphone_opens_before_anything_else_is_prepared_and_is_released_whatever_happens(
    room: Callable[..., None], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    microphone = Quiet(9.0)
    was_open: list[bool] = []

    def voice(settings: Settings, who: Persona, *_: object) -> SilentVoice:
        was_open.append(microphone.is_open)
        raise ModelError("the voice is not here")

    room(microphone)
    monkeypatch.setattr(devices, "voice", voice)

    with pytest.raises(ModelError):
        interview(Settings(), Wanted())

    assert was_open == [True]
    assert not microphone.is_open
    assert sessions(home) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("holds", [interview, demo], ids=["interview", "demo"])
def test_ctrl_c_and_polite_signals_end_it_in_good_order(
    room: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    holds: Callable[..., Path],
) -> None:
    room(Quiet(60.0, {20: lambda: os.kill(os.getpid(), number)}))
    finish = library.finish

    def finishing(folder: Path, reader: Reader) -> None:
        if number != signal.SIGINT:
            os.kill(os.getpid(), number)  # once more, when the report is being written
        finish(folder, reader)

    monkeypatch.setattr(library, "finish", finishing)
    monkeypatch.setattr(demo_module, "CandidateMicrophone", lambda *_: devices.microphone())  # type: ignore[call-arg]
    before = {one: signal.signal(one, signal.SIG_DFL) for one in signals.POLITE}
    try:
        settings = Settings(echo="headphones")
        folder = interview(settings, Wanted()) if holds is interview else demo(settings, fast=True)
    finally:
        for one, action in before.items():
            signal.signal(one, action)

    assert told(folder)[-1].at < 2.0
    assert ends(folder) == [ENDED]
    assert (folder / "report.json").exists()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_ctrl_c_leaves_at_once_and_loses_nothing(
    room: Callable[..., None], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)

    room(Quiet(60.0, {20: twice}))

    with pytest.raises(KeyboardInterrupt):
        interview(Settings(echo="headphones"), Wanted())

    (folder,) = sessions(home)
    assert not (folder / "report.md").exists()
    assert soundfile.info(folder / "sound.wav").frames == 20 * FRAME_SAMPLES
    library.finish(folder)
    assert len(ends(folder)) == 1


def unplugged() -> None:
    raise DeviceError("the microphone is not there")


@pytest.mark.parametrize(
    ("microphone", "speaker"),
    [(Quiet(9.0, {0: unplugged}), SilentSpeaker()), (Quiet(9.0), Broken())],
    ids=["no microphone", "no speaker"],
)
def test_an_interview_that_never_began_leaves_nothing(
    room: Callable[..., None], home: Path, microphone: Quiet, speaker: Speaker
) -> None:
    room(microphone, speaker)

    with pytest.raises(DeviceError):
        interview(Settings(echo="headphones"), Wanted())

    assert sessions(home) == []


def test_a_microphone_that_goes_away_for_good_costs_only_the_rest(
    room: Callable[..., None], home: Path
) -> None:
    room(Quiet(9.0, {40: unplugged}))

    with pytest.raises(DeviceError):
        interview(Settings(echo="headphones"), Wanted())

    (folder,) = sessions(home)
    assert (folder / "report.md").exists()


def test_a_lost_microphone_is_journalled(room: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    room(Quiet(1.0))
    called: list[Callable[[str], None]] = []

    def microphone(
        settings: Settings, on_lost: Callable[[str], None], on_found: Callable[[str], None]
    ) -> Quiet:
        called[:] = [on_lost, on_found]
        return Quiet(2.0, {30: lambda: called[0]("unplugged"), 31: lambda: called[1]("usb")})

    monkeypatch.setattr(devices, "microphone", microphone)

    events = told(interview(Settings(echo="headphones"), Wanted()))

    lost, found = (e for e in events if isinstance(e, MicrophoneLost | MicrophoneFound))
    assert (lost.at, found.at) == pytest.approx((30 * 0.032, 31 * 0.032))


def test_a_microphone_that_gives_only_zeros_is_named_once(
    room: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    room(Quiet(3.0, only_zeros=True))
    interview(Settings(echo="headphones"), Wanted())

    assert capsys.readouterr().err.count("only zeros") == 1


def test_a_configured_server_is_named_before_it_hears_anything(
    room: Callable[..., None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = recogniser_choice.choose
    room(Quiet(1.0))
    monkeypatch.setattr(recogniser_choice, "choose", choose)

    folder = interview(
        Settings(echo="headphones", transcription_base_url=SERVER, api_key="sk-secret"), Wanted()
    )

    err = capsys.readouterr().err
    assert "Listening with whisper-1 at asr.example, as set: what you say is sent there." in err
    assert library.read_meta(folder).models == {"recogniser": "whisper-1 at asr.example"}
    assert "sk-secret" not in err + (folder / "session.json").read_text("utf-8")


@pytest.mark.parametrize(("amplitude", "expected"), [(0.0, 0.0), (1e-4, 0.0), (0.02, 0.467), (1.0, 1.0)])
def test_the_level_is_linear_in_decibels(amplitude: float, expected: float) -> None:
    block = np.full(FRAME_SAMPLES, amplitude, dtype=np.float32)

    assert loudness(block) == pytest.approx(expected, abs=0.01)


# What a session leaves


def test_a_full_disk_costs_the_journal_and_not_the_interview(monkeypatch: pytest.MonkeyPatch) -> None:
    notices: list[str] = []
    with begun(notices) as kept:
        kept.begun = True
        kept.write(SessionStarted(at=S(0.0)))
        kept.journal.close()
        monkeypatch.setattr(kept.journal, "write", _full)
        kept.write(SessionStarted(at=S(0.0)))

    assert notices == [
        "cannot write the journal: No space left on device; free some disk space. The interview goes on."
    ]
    assert len(told(kept.folder)) == 2


def _full(event: Event) -> None:
    raise JournalError(FULL)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def begun(notices: list[str]) -> AbstractContextManager[Files]:
    about = meta(Settings(), persona("dana"), pack("behavioral"), Wanted(), seed=1)
    return keeping(about, notices.append)


def damaged(details: Path) -> None:
    details.write_text("{")


def gone(details: Path) -> None:
    details.unlink()


def in_the_way(details: Path) -> None:
    details.unlink()
    (details / "in the way").mkdir(parents=True)


def test_sentences_are_compared_once_they_can_be_and_not_where_that_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meaning, background, failures = LoadingEmbedding(), Inline({}), list[str]()
    assert meaning() is None

    def damaged() -> None:
        raise ModelError("damaged")

    monkeypatch.setattr("vivavoce.simulator.engine.embeddings.embedding", damaged)
    meaning.load(background, lambda error: failures.append(str(error)))
    background.collect(Seconds(0.0))
    assert (meaning(), failures) == (None, ["damaged"])

    monkeypatch.setattr("vivavoce.simulator.engine.embeddings.embedding", lambda: "an embedding")
    meaning.load(background, lambda error: failures.append(str(error)))
    assert meaning() == "an embedding"


@pytest.mark.parametrize("harm", [damaged, gone, in_the_way, None])
def test_that_the_name_cannot_be_noted_costs_the_name_and_not_the_recogniser(
    harm: Callable[[Path], None] | None, room: Callable[..., None]
) -> None:
    class Hears:
        def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
            return HELLO

    room(Quiet(1.0), recogniser=Hears())
    notices: list[str] = []
    with begun(notices) as files:
        if harm is not None:
            harm(files.folder / "session.json")
        with full_disk() if harm is None else nullcontext():
            listening = live.loading(Settings(), Inline({}), files, Screen("Dana"), LoadingEmbedding())
            files.name_recogniser("scripted")
        heard = listening.recogniser.transcribe(SOUND, "", timed=True)

    assert heard == HELLO
    (notice,) = notices
    assert "session.json" in notice
    assert notice.endswith("The interview goes on.")


@pytest.mark.parametrize("at", [0, 20])
def test_an_interview_on_a_full_disk_goes_on_and_says_so_once(
    at: int, room: Callable[..., None], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    fill = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (0, limit[1]))
    room(Quiet(4.0, {at: fill}))
    try:
        with pytest.raises(LibraryError, match="vivavoce recover"):
            interview(Settings(echo="headphones"), Wanted())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    (folder,) = sessions(home)
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if "cannot write the journal" in line]) == 1
    assert len([line for line in lines if "recording stopped" in line]) == 1
    assert isinstance(told(folder)[0], SessionStarted)
    assert soundfile.info(folder / "sound.wav").frames == at * FRAME_SAMPLES
    library.finish(folder)
    assert len(ends(folder)) == 1


def test_a_typed_interview_says_once_that_the_disk_is_full(home: Path) -> None:
    shown: list[str] = []
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)

    def lines() -> Iterator[str]:
        yield ANSWER
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, limit[1]))
        yield from [ANSWER] * 3

    try:
        with pytest.raises(LibraryError, match="vivavoce recover"):
            typed(Settings(), Wanted(), lines(), shown.append)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    assert len([line for line in shown if "cannot write the journal" in line]) == 1
    (folder,) = sessions(home)
    library.finish(folder)
    assert [event.text for event in told(folder) if isinstance(event, TurnEnded)] == [ANSWER]


# Models that load meanwhile


def test_a_job_waits_for_its_model_and_the_loop_for_none() -> None:
    released, background = threading.Event(), Threads()
    heard: list[Hypothesis] = []

    class Hears:
        def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
            return HELLO

    def slow() -> Recogniser:
        assert released.wait(10)
        return Hears()

    recogniser = LoadingRecogniser(load(background, slow, lambda error: None))
    background.start(
        Lane.SETTLE,
        lambda: recogniser.transcribe(SOUND, "", timed=True),
        heard.append,
        lambda error: None,
    )
    background.collect(S(0.0))
    assert heard == []

    released.set()
    while not heard:
        background.collect(S(0.0))
    assert heard == [HELLO]
    background.close()


def test_whoever_waits_for_a_model_that_does_not_load_is_told_why() -> None:
    background, failures = Inline({}), list[Exception]()

    def damaged() -> Recogniser:
        raise ModelError("the model is damaged; run: vivavoce models verify")

    recogniser = LoadingRecogniser(load(background, damaged, failures.append))
    background.collect(S(0.0))

    assert [str(failure) for failure in failures] == ["the model is damaged; run: vivavoce models verify"]
    with pytest.raises(ModelError, match="damaged"):
        recogniser.transcribe(SOUND, "", timed=True)


@pytest.mark.parametrize(
    ("model", "here", "missing"),
    [
        ("auto", [], "tiny.en smart-turn"),
        ("auto", ["tiny.en"], "smart-turn"),
        ("auto", ["base"], "smart-turn"),
        ("base", ["tiny.en", "smart-turn"], "base"),
        ("auto", ["base", "smart-turn"], None),
    ],
)
def test_all_that_is_missing_is_named_at_once(
    model: str, here: list[str], missing: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser_choice, "is_here", lambda name: name in here)

    if missing is None:
        need(Settings(model=model))
    else:
        with pytest.raises(ModelError, match=f"models get {missing}$"):
            need(Settings(model=model))


@pytest.mark.parametrize(("here", "missing"), [([], "smart-turn"), (["smart-turn"], None)])
def test_with_a_server_no_recogniser_need_be_here(
    here: list[str], missing: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser_choice, "is_here", lambda name: name in here)
    settings = Settings(model="base", transcription_base_url=SERVER)

    if missing is None:
        need(settings)
    else:
        with pytest.raises(ModelError, match=f"models get {missing}$"):
            need(settings)


# Which recogniser


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str], float], list[str]]:
    """Return what sets which models are here and how long `base` takes; it returns what is loaded."""

    def provide(here: list[str], took: float) -> list[str]:
        loads: list[str] = []
        monkeypatch.setattr(recogniser_choice, "is_here", lambda name: name in here)
        monkeypatch.setattr(recogniser_choice, "locate", Path)
        monkeypatch.setattr(
            recogniser_choice, "Whisper", lambda folder, jobs: loads.append(folder.name) or Deaf()
        )
        monkeypatch.setattr(recogniser_choice, "seconds", lambda recogniser: S(took))
        return loads

    return provide


@pytest.mark.parametrize(
    ("wanted", "here", "took", "chosen", "loads"),
    [
        ("auto", ["tiny.en", "base"], 0.3, "base", ["base"]),
        ("auto", ["tiny.en", "base"], 0.9, "tiny.en", ["base", "tiny.en"]),
        ("auto", ["tiny.en"], 0.3, "tiny.en", ["tiny.en"]),
        ("auto", ["base"], 0.9, "base", ["base"]),
        ("base", ["tiny.en", "base"], 0.9, "base", ["base"]),
        ("/models/mine", [], 0.3, "mine", ["mine"]),
    ],
)
def test_the_best_recogniser_that_is_quick_enough_is_chosen(
    weights: Callable[[list[str], float], list[str]],
    wanted: str,
    here: list[str],
    took: float,
    chosen: str,
    loads: list[str],
) -> None:
    loaded = weights(here, took)

    assert recogniser_choice.choose(Settings(model=wanted))[1].name == chosen
    assert loaded == loads


def test_the_measurement_is_remembered(weights: Callable[[list[str], float], list[str]], home: Path) -> None:
    weights(["tiny.en", "base"], 0.9)
    recogniser_choice.choose(Settings())
    loads = weights(["tiny.en", "base"], 0.1)

    assert recogniser_choice.choose(Settings())[1].name == "tiny.en"
    assert loads == ["tiny.en"]

    (home / "cache" / "speed.json").write_text("{}")
    assert recogniser_choice.choose(Settings())[1].name == "base"


def test_sessions_with_the_same_recogniser_share_it(
    weights: Callable[[list[str], float], list[str]],
) -> None:
    loads = weights(["tiny.en", "base"], 0.9)
    first, second = (recogniser_choice.choose(Settings(model="tiny.en"))[0] for _ in range(2))
    third = recogniser_choice.choose(Settings(model="tiny.en", terms=("Kafka",)))[0]
    other = recogniser_choice.choose(Settings(model="base"))[0]

    assert first is second is third
    assert other is not first
    assert loads == ["tiny.en", "base"]

    del first, second, third
    recogniser_choice.choose(Settings(model="tiny.en"))
    assert loads == ["tiny.en", "base", "tiny.en"]


def test_what_other_programs_take_does_not_count() -> None:
    class Kept(Deaf):
        def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
            time.sleep(0.3)  # no computing: as if others had the cores
            return super().transcribe(sound, prompt, timed=timed)

    assert recogniser_choice.seconds(Kept()) < 0.15


def test_the_sample_is_five_seconds_of_speech() -> None:
    assert recogniser_choice.sample().duration == 5.0
    assert np.abs(recogniser_choice.sample().samples).max() > 0.05


# The demo


@pytest.fixture
def fast_demo(room: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Return what holds a short demo in virtual time; it returns the session's folder."""

    def hold() -> Path:
        entries = tuple(Entry(words=spoken(text, 150, {})) for text in [ANSWER, "No, thank you very much."])
        candidate = Candidate(Script(entries=entries, minutes=1.0))
        room(Quiet(0.0), recogniser=ScriptedRecogniser(candidate))
        monkeypatch.setattr(demo_module, "candidate_script", lambda: candidate.script)
        monkeypatch.setattr(demo_module, "Candidate", lambda script: candidate)
        return demo(Settings(), fast=True)

    return hold


@pytest.mark.e2e
def test_the_demo_goes_from_the_first_word_to_the_report(fast_demo: Callable[[], Path]) -> None:
    folder = fast_demo()

    events = told(folder)
    assert sum(isinstance(event, PlaybackFinished) and event.complete for event in events) >= 2
    stereo, _ = soundfile.read(folder / "sound.wav", dtype="float32")
    assert (np.abs(stereo).max(axis=0) > 0.005).all()
    assert library.read_meta(folder).title == "Demo"


@pytest.mark.e2e
def test_a_busy_machine_changes_nothing_in_the_fast_demo(
    fast_demo: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = told(fast_demo())
    ticks = count(step=2)
    monkeypatch.setattr("vivavoce.simulator.engine.background.time.perf_counter", lambda: next(ticks))

    assert told(fast_demo()) == usual


def test_the_shipped_candidate_can_be_read() -> None:
    script = demo_module.candidate_script()

    assert len(script.entries) >= 4
    assert all(entry.sound is not None for entry in script.entries)


def test_both_sides_are_played(monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[Samples] = []

    class Speaking(SilentSpeaker):
        def play(self, block: Samples) -> None:
            played.append(block)

    aloud = Aloud(Speaking(), pytest.fail)
    aloud.hear(Frame(0, np.full(FRAME_SAMPLES, 0.7, dtype=np.float32)))
    aloud.play(np.full(FRAME_SAMPLES, 0.1, dtype=np.float32))
    aloud.play(np.full(FRAME_SAMPLES, 0.9, dtype=np.float32))

    np.testing.assert_allclose([block.max() for block in played], [0.8, 1.0])


def test_without_a_speaker_the_demo_says_so_once_and_goes_on() -> None:
    notices: list[str] = []
    aloud = Aloud(Broken(), notices.append)

    for _ in range(3):
        aloud.play(silence(FRAME_SAMPLES))

    assert len(notices) == 1


def test_the_pace_keeps_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        now[0] += seconds

    monkeypatch.setattr(demo_module.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(demo_module.time, "sleep", sleep)
    wait_until = pace()

    wait_until(S(0.032))
    now[0] += 0.05  # the loop was busy for longer than a frame
    wait_until(S(0.064))
    wait_until(S(0.096))

    assert slept == [0.0, 0.0, 0.014]


# In writing


def test_a_typed_interview_has_questions_answers_and_a_report() -> None:
    shown: list[str] = []

    folder = typed(Settings(), Wanted(minutes=3), iter([ANSWER, "", "q", "never read"]), shown.append)

    events = told(folder)
    assert [event.text for event in events if isinstance(event, TurnEnded)] == [ANSWER]
    asked = [event.text for event in events if isinstance(event, QuestionAsked)]
    assert [f"Dana: {text}" for text in asked] == shown[1:]
    assert len(asked) == 3
    transcript = (folder / "transcript.md").read_text("utf-8")
    assert transcript.index(asked[0]) < transcript.index(ANSWER) < transcript.index(asked[1])
    assert "words a minute" not in (folder / "report.md").read_text("utf-8")
    assert not (folder / "sound.wav").exists()


@pytest.mark.parametrize("lines", [[], ["a"] * 99], ids=["no input", "to the end"])
def test_a_typed_interview_ends(lines: list[str]) -> None:
    folder = typed(Settings(), Wanted(), iter(lines), lambda line: None)

    assert len(ends(folder)) == 1
    assert len(told(folder)) < 99


def test_ctrl_c_ends_a_typed_interview_in_good_order() -> None:
    def lines() -> Iterator[str]:
        yield ANSWER
        raise KeyboardInterrupt

    folder = typed(Settings(), Wanted(), lines(), lambda line: None)

    assert ends(folder) == [ENDED]
    assert (folder / "report.md").exists()
