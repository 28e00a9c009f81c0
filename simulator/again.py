"""A session heard once more with another recogniser: `vivavoce again`. The old session stays as it is."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.files import FileMicrophone, side
from vivavoce.audio.frame import SAMPLE_RATE_HZ
from vivavoce.simulator import shelf
from vivavoce.simulator.background import Inline
from vivavoce.simulator.ear import Ear
from vivavoce.simulator.loading import loaded
from vivavoce.simulator.reading import reader
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.transcribe import PATIENCE, heard
from vivavoce.transcripts import library, log, wav
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import (
    Event,
    Failed,
    FinalHypothesis,
    PartialHypothesis,
    Seconds,
    SpeechEnded,
    SpeechStarted,
)
from vivavoce.transcripts.meta import AGAIN

HEARD = (SpeechStarted, SpeechEnded, FinalHypothesis)
CANDIDATE = 0  # their channel of the recording


def again(name: str, settings: Settings) -> Path:
    """Return the folder of a new session: the one called `name`, heard with the recogniser in `settings`.

    What the interviewer did, and when, stays; what the candidate said is recognised anew from the recording.

    Raises:
        TranscriptError: there is no such session, it has no recording, or nothing can be written.
        AudioError: the recording cannot be read, or a model is not here.
    """
    folder = library.find(name)
    recording = folder / wav.NAME
    if not recording.is_file():
        raise LibraryError(f"{folder.name} has no recording, so it cannot be heard again")
    models, choice = loaded(settings, turns=False)
    old = [
        one for one in log.scan(folder / log.NAME).events if not isinstance(one, (*HEARD, PartialHypothesis))
    ]
    sound = side(recording, CANDIDATE)
    background = Inline()
    ear = Ear(models, background, ", ".join(settings.terms))
    microphone = FileMicrophone(sound, paced=False, then_silence=PATIENCE)
    new = list(_heard(heard(microphone, ear, background, Seconds(len(sound) / SAMPLE_RATE_HZ))))
    meta = shelf.details(folder)
    title = f"{meta.title or meta.round} (heard again with {choice.name})"
    made = library.create(
        replace(meta, title=title, origin=AGAIN, models={**meta.models, "recogniser": choice.name})
    )
    try:
        shutil.copyfile(recording, made / wav.NAME)
        journal = log.Journal(made / log.NAME)
        for event in sorted([*old, *new], key=lambda event: event.at):
            journal.write(event)
        journal.close()
        library.finish(made, reader())
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise LibraryError(f"cannot write {made}: {error.strerror}; free some disk space") from None
    return made


def _heard(events: Iterator[Event]) -> Iterator[Event]:
    for event in events:
        if isinstance(event, Failed):
            raise RecogniserError(event.reason)
        if isinstance(event, HEARD):
            yield event
