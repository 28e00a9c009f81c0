"""Whole session folders, with sound, for the tests of the library."""

import json
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np

from tests.transcripts.conftest import a_session
from vivavoce.transcripts.events import Event, to_json
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.recording import NAME as SOUND
from vivavoce.transcripts.journal.session_json import Meta, write_meta
from vivavoce.transcripts.library import sessions

SECONDS = 40


def held(name: str, events: Sequence[Event] = (), title: str = "", persona: str = "Dana") -> Path:
    """Return the folder of a new session with these events and a tone on each side, finished."""
    folder = sessions.shelf() / name
    folder.mkdir(parents=True)
    write_meta(folder, Meta(title=title or name[16:], round="behavioral", persona=persona))
    rows = [json.dumps(to_json(event)) + "\n" for event in events or a_session()]
    (folder / log.NAME).write_text("".join(rows))
    (folder / SOUND).write_bytes(_tone())
    sessions.finish(folder)
    return folder


@cache
def _tone() -> bytes:
    import soundfile

    tone = np.sin(np.arange(16_000 * SECONDS) / 20)[:, np.newaxis] * [0.1, 0.2]
    file = BytesIO()
    soundfile.write(file, tone, 16_000, subtype="PCM_16", format=SOUND.rpartition(".")[2])
    return file.getvalue()
