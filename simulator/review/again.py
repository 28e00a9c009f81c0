"""A session heard once more with another recogniser: `vivavoce again`. The old session stays as it is."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from vivavoce.audio.devices.sound_files import side
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.live.loading import loaded
from vivavoce.simulator.review.second_hearing import CANDIDATE
from vivavoce.simulator.review.session_report import details
from vivavoce.simulator.review.transcribe import listened
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import (
    FinalHypothesis,
    NotUnderstood,
    PartialHypothesis,
    SpeechEnded,
    SpeechStarted,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal import recording as wav
from vivavoce.transcripts.journal.session_json import AGAIN
from vivavoce.transcripts.library import sessions

HEARD = (SpeechStarted, SpeechEnded, FinalHypothesis, NotUnderstood)


def again(name: str, settings: Settings) -> Path:
    """Return the folder of a new session: the one called `name`, heard with the recogniser in `settings`.

    What the interviewer did, and when, stays; what the candidate said is recognised anew from the recording.

    Raises:
        TranscriptError: there is no such session, it has no recording, or nothing can be written.
        AudioError: the recording cannot be read, or a model is not here.
    """
    folder = sessions.find(name)
    recording = folder / wav.NAME
    if not recording.is_file():
        raise LibraryError(f"{folder.name} has no recording, so it cannot be heard again")
    models, choice = loaded(settings, turns=False)
    old = [
        one for one in log.scan(folder / log.NAME).events if not isinstance(one, (*HEARD, PartialHypothesis))
    ]
    events = listened(side(recording, CANDIDATE), models, settings)
    new = [event for event in events if isinstance(event, HEARD)]
    meta = details(folder)
    title = f"{meta.title or meta.round} (heard again with {choice.name.partition(' at ')[0]})"

    def fill(made: Path) -> None:
        shutil.copyfile(recording, made / wav.NAME)
        with closing(log.Journal(made / log.NAME)) as journal:
            for event in sorted([*old, *new], key=lambda event: event.at):
                journal.write(event)
        sessions.complete(made, reader())

    about = replace(meta, title=title, origin=AGAIN, models={**meta.models, "recogniser": choice.name})
    return sessions.create(about, fill)
