import json
import runpy
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.servers import SAID as SERVED
from tests.contract.servers import RecordingServer, TranscriptionServer
from vivavoce.audio.devices.sound_files import FileMicrophone
from vivavoce.audio.errors import RecogniserError, SoundFileError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, silence
from vivavoce.audio.ports import Hypothesis, Recogniser
from vivavoce.simulator.engine.background import Inline, Lane, Threads
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.practice.candidate import Candidate, ScriptedDetector, ScriptedRecogniser
from vivavoce.simulator.practice.candidate_script import Script, spoken
from vivavoce.simulator.review.transcribe import (
    PATIENCE,
    TOO_SLOW,
    heard,
    listened,
    transcribe,
)
from vivavoce.simulator.review.transcript_rows import transcript
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Event, Failed, FinalHypothesis, PartialHypothesis, Seconds, TurnEnded

ROOT = Path(__file__).parents[3]
CLIP = ROOT / "simulator" / "practice" / "recordings" / "result.flac"
DELAYS = {Lane.DRAFT: Seconds(0.15), Lane.SETTLE: Seconds(0.2), Lane.TURN: Seconds(0.1)}
SAID = "Within two weeks it was back to normal. Then we moved both onto the same code, and that was it."


class Failing:
    """A recogniser that knows nothing."""

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        raise RecogniserError("it broke")


class Stuck(Failing):
    """A recogniser that does not come back before it is told to."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        self.over.wait(20)
        return Hypothesis()


def hear(text: str, *, after: float = 1.0, pauses: dict[int, float] | None = None) -> list[Event]:
    """Return what the ear makes of a file in which `text` is said; it ends `after` seconds later."""
    candidate = Candidate(Script(entries=()), said=list(spoken(text, 150, pauses or {})))
    end = candidate.said[-1].end if candidate.said else 1.0
    background = Inline(DELAYS)
    ear = Ear(Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate)), background)
    sound = silence(int(max(0.2, end + after) * SAMPLE_RATE_HZ))
    microphone = FileMicrophone([sound], paced=False, then_silence=PATIENCE)
    return list(heard(microphone, ear, background, Seconds(len(sound) / SAMPLE_RATE_HZ)))


@pytest.mark.parametrize("after", [-0.05, 0.0, 0.3, 3.0, 20.0], ids=str)
def test_all_that_was_said_is_in_the_text_wherever_the_file_ends(after: float) -> None:
    assert transcript(hear(SAID, after=after), stream=False)["text"] == SAID


def test_a_turn_that_never_sounds_complete_is_in_the_text_too() -> None:
    events = hear("and then we moved to the", after=0.0)

    assert transcript(events, stream=True)["finals"][-1]["text"] == "and then we moved to the"


@pytest.mark.parametrize("after", [1.0, 20.0])
def test_it_ends_soon_after_the_last_turn(after: float) -> None:
    events = hear(SAID, after=after)

    assert isinstance(events[-1], TurnEnded)
    assert events[-1].at < spoken(SAID, 150, {})[-1].end + 7


def test_a_file_in_which_nobody_speaks_has_no_text() -> None:
    assert transcript(hear(""), stream=True) == {
        "text": "", "language": "en", "words": [], "utterances": [], "stream": [], "finals": []
    }  # fmt: skip


LATE = pytest.mark.parametrize("late", [0.1, 6.0, 24.0, 90.0])


def listening(
    late: float, monkeypatch: pytest.MonkeyPatch, recogniser: Recogniser | None = None
) -> list[Event]:
    """Return what is heard of SAID by a `recogniser` that takes `late` seconds."""
    slow = dict.fromkeys(Lane, Seconds(late))
    monkeypatch.setattr("vivavoce.simulator.review.transcribe.Inline", lambda: Inline(slow))
    candidate = Candidate(Script(entries=()), said=list(spoken(SAID, 150, {})))
    models = Models(ScriptedDetector(candidate), recogniser or ScriptedRecogniser(candidate))
    return listened(silence(int((candidate.said[-1].end + 1) * SAMPLE_RATE_HZ)), models, Settings())


@LATE
def test_a_recogniser_that_fails_is_told_of_however_late(
    late: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RecogniserError, match="it broke"):
        listening(late, monkeypatch, Failing())


@LATE
def test_a_recogniser_that_is_slow_loses_nothing(late: float, monkeypatch: pytest.MonkeyPatch) -> None:
    assert transcript(listening(late, monkeypatch), stream=False)["text"] == SAID


def test_a_recogniser_that_never_comes_back_is_a_failure() -> None:
    candidate = Candidate(Script(entries=()), said=list(spoken(SAID, 150, {})))
    background, stuck = Threads(), Stuck()
    ear = Ear(Models(ScriptedDetector(candidate), stuck), background)
    length = Seconds(candidate.said[-1].end + 1)
    sound = FileMicrophone([silence(int(length * SAMPLE_RATE_HZ))], paced=False, then_silence=PATIENCE)

    events = list(heard(sound, ear, background, length))
    stuck.over.set()
    background.close()

    assert [event.reason for event in events if isinstance(event, Failed)] == [TOO_SLOW]


@settings(max_examples=40)
@given(pauses=st.dictionaries(st.integers(1, 15), st.sampled_from([0.3, 1.0, 2.5, 8.0]), max_size=3))
def test_a_turn_is_committed_whole_before_it_ends_and_in_order(pauses: dict[int, float]) -> None:
    committed: list[str] = []
    for event in hear(SAID, pauses=pauses):
        if isinstance(event, FinalHypothesis):
            committed += event.text.split()
        elif isinstance(event, TurnEnded):
            assert committed[-len(event.text.split()) :] == event.text.split()

    assert committed == SAID.split()


def test_the_stream_says_what_a_listener_had_when() -> None:
    events = hear(SAID)
    row = transcript(events, stream=True)

    assert len(row["stream"]) == sum(isinstance(e, PartialHypothesis | FinalHypothesis) for e in events)
    assert all(step["at"] >= step["audio_end"] for step in row["stream"])
    assert row["stream"][-1]["stable"] == SAID
    assert all(f["speech_end"] < f["endpoint_at"] <= f["final_at"] for f in row["finals"])
    assert " ".join(f["text"] for f in row["finals"]) == SAID


def test_words_and_utterances_have_the_fields_that_were_promised() -> None:
    row = transcript(hear(SAID), stream=False)

    assert row["words"][0].keys() == {"text", "start", "end", "probability", "filler"}
    assert " ".join(word["text"] for word in row["words"]) == row["text"]
    assert " ".join(one["text"] for one in row["utterances"]) == row["text"]
    assert all(one["start"] < one["end"] for one in row["utterances"])
    assert "stream" not in row
    json.dumps(row)


def test_a_file_that_is_not_there_is_said_before_any_model_loads(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError, match="no such file"):
        transcribe(tmp_path / "none.wav", Settings(model="no-such-model"), stream=False)


def test_a_configured_server_recognises_instead_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))  # where there are no models
    with RecordingServer(TranscriptionServer) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        row = transcribe(CLIP, Settings(transcription_base_url=server.url), stream=False)
        server.shutdown()

    assert row["text"].startswith(SERVED)
    assert row["model"] == "whisper-1 at 127.0.0.1"
    assert all(0 <= word["start"] <= word["end"] <= row["duration"] + 1 for word in row["words"])
    assert "what you say is sent there" in capsys.readouterr().err


@pytest.mark.e2e
def test_a_sound_file_becomes_the_promised_object() -> None:
    wer = runpy.run_path(str(ROOT / "benchmarks" / "wer.py"))["wer"]
    script = json.loads((CLIP.parent / "demo.json").read_text("utf-8"))
    said = next(entry["text"] for entry in script["candidate"] if entry["wav"] == CLIP.name)

    row = transcribe(CLIP, Settings(model="tiny.en"), stream=True)

    assert wer(said, row["text"]) <= 0.1
    assert (row["schema"], row["model"], row["language"]) == (1, "tiny.en", "en")
    assert row["duration"] == pytest.approx(soundfile.info(CLIP).duration, abs=0.1)
    starts = [word["start"] for word in row["words"]]
    assert starts == sorted(starts)
    assert all(0 <= word["start"] <= word["end"] <= row["duration"] + 1 for word in row["words"])
    assert np.mean([word["probability"] for word in row["words"]]) > 0.6
    assert row["finals"][-1]["text"].split()[-1] == row["text"].split()[-1]
    assert row["finals"][-1]["final_at"] - row["finals"][-1]["speech_end"] < 8


@pytest.mark.e2e
def test_a_file_played_live_is_told_as_it_happens_and_the_program_ends_by_itself() -> None:
    vivavoce = Path(sys.executable).with_name("vivavoce")
    command = [vivavoce, "transcribe", CLIP.with_name("question.flac"), "--live", "--model", "tiny.en"]

    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [row["kind"] for row in rows]
    assert kinds[0] == "begin"
    assert kinds[-1] == "end_of_turn"
    assert "partial" in kinds
    committed = " ".join(row["text"] for row in rows if row["kind"] == "commit")
    assert "hardest problem with data" in committed
    assert all(row["schema"] == 1 for row in rows)
