"""Whole session folders, with sound, for the tests of the library."""

import json
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

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
    for file, content in _files(name, tuple(events or a_session()), title or name[16:], persona).items():
        (folder / file).write_bytes(content)
    return folder


@cache
def _files(name: str, events: tuple[Event, ...], title: str, persona: str) -> dict[str, bytes]:
    with TemporaryDirectory() as there:
        folder = Path(there) / name
        folder.mkdir()
        write_meta(folder, Meta(title=title, round="behavioral", persona=persona))
        (folder / log.NAME).write_text("".join(json.dumps(to_json(event)) + "\n" for event in events))
        (folder / SOUND).write_bytes(tone())
        sessions.finish(folder)
        return {file.name: file.read_bytes() for file in folder.iterdir()}


@cache
def tone() -> bytes:
    """Return a recording of SECONDS with a tone on each side."""
    import soundfile

    tone = np.sin(np.arange(16_000 * SECONDS) / 20)[:, np.newaxis] * [0.1, 0.2]
    file = BytesIO()
    soundfile.write(file, tone, 16_000, subtype="PCM_16", format=SOUND.rpartition(".")[2])
    return file.getvalue()
