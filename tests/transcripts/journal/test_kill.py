"""What is left when the program is killed: every event, and all sound but the block being written."""

import random
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
import soundfile

from vivavoce.transcripts.events import Reprompt, SessionEnded
from vivavoce.transcripts.journal import log, recording
from vivavoce.transcripts.journal.log import scan
from vivavoce.transcripts.library.sessions import finish

# Each block and event is acknowledged on stdout only after it was written.
WRITER = """
import itertools, os, struct, sys
from pathlib import Path
from vivavoce.audio.frame import silence
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.transcripts.events import Reprompt, Seconds
from vivavoce.transcripts.journal.log import Journal

folder = Path(sys.argv[1])
recorder, journal, block = Recorder(folder), Journal(folder / "events.jsonl"), silence(512)
for number in itertools.count(1):
    recorder.write(block, block)
    journal.write(Reprompt(at=Seconds(number * 0.032), text=str(number) * 50))
    os.write(1, struct.pack("<I", number))
"""


@pytest.mark.proves("N05")
@pytest.mark.e2e
@pytest.mark.parametrize("seed", range(3))
def test_a_kill_at_any_moment_loses_no_event_and_no_sound(tmp_path: Path, seed: int) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        first = writer.stdout.read(4)
        time.sleep(random.Random(seed).uniform(0.0, 0.2))
        writer.kill()
        acknowledged = first + writer.stdout.read()
    (written,) = struct.unpack("<I", acknowledged[len(acknowledged) // 4 * 4 - 4 :][:4])
    unrepaired = soundfile.info(tmp_path / recording.NAME)

    finish(tmp_path)

    found = scan(tmp_path / log.NAME)
    *kept, last = found.events
    assert found.skipped == []
    assert [event.text for event in kept if isinstance(event, Reprompt)] == [
        str(number) * 50 for number in range(1, len(kept) + 1)
    ]
    assert written <= len(kept) <= written + 1
    assert isinstance(last, SessionEnded)
    assert last.reason == "recovered"
    assert unrepaired.frames >= written * 512
    assert written * 512 <= soundfile.info(tmp_path / recording.NAME).frames <= (written + 2) * 512
