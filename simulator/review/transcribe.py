"""What was said in a sound file, by the same ear that listens to a live session.

The file is the microphone. `listened` hears it in virtual time, as fast as the machine computes, and
every delay counts as if it had been live. `play` hears it at the pace of a wall clock and tells as it goes.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from vivavoce.audio.devices.sound_files import FileMicrophone, read
from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.audio.ports import Microphone
from vivavoce.simulator.engine.background import Background, Inline, Threads
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.live.loading import loaded
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import (
    SCHEMA,
    Event,
    Failed,
    FinalHypothesis,
    PartialHypothesis,
    Seconds,
    SpeechStarted,
    TurnEnded,
    Word,
)

LANGUAGE = "en"
IDLE = Seconds(7.0)  # of silence after the file: longer than any endpoint waits
PATIENCE = Seconds(30.0)  # with a machine that is slow to compute the last text
EVER = Seconds(math.inf)
END_OF_FILE = "the file ended"
TOO_SLOW = f"the recogniser needs more than {PATIENCE:g} s for the end of what was said; try a smaller one"

Row = dict[str, Any]


def transcribe(path: Path, settings: Settings, *, stream: bool) -> Row:
    """Return the transcript of the sound file at `path`: the object that `transcribe --json` prints.

    Args:
        path: any sound file.
        settings: the recogniser, and words to expect.
        stream: also say what a listener would have had when; this needs the turn model.

    Raises:
        SoundFileError: `path` cannot be read.
        ModelError: a model is not here.
        RecogniserError: the recogniser failed.
    """
    sound = read(path)
    models, choice = loaded(settings, turns=stream)
    events = listened(sound, models, settings)
    about = {"schema": SCHEMA, "duration": round(_length(sound), 3), "model": choice.name}
    return about | transcript(events, stream=stream)


def listened(sound: Samples, models: Models, settings: Settings) -> list[Event]:
    """Return all that an ear with `models` makes of `sound`, as quickly as it can.

    Raises:
        RecogniserError: the recogniser failed.
    """
    background = Inline()
    microphone = FileMicrophone(sound, paced=False, then_silence=PATIENCE)
    events = []
    for event in heard(microphone, _ear(models, background, settings), background, _length(sound)):
        if isinstance(event, Failed):
            raise RecogniserError(event.reason)
        events.append(event)
    return events


def play(
    path: Path,
    settings: Settings,
    tell: Callable[[Row], None],
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Play the sound file at `path` into the live path at wall-clock pace, and `tell` as it happens.

    Once it was `stopped`, the rest is not heard; what was said until then is told.

    Raises:
        SoundFileError: `path` cannot be read.
        ModelError: a model is not here.
        RecogniserError: the recogniser failed.
    """
    sound = read(path)
    models, _ = loaded(settings)
    background = Threads()
    microphone = FileMicrophone(sound, paced=True, then_silence=PATIENCE)
    ear = _ear(models, background, settings)
    tell({"schema": SCHEMA, "kind": "begin"})
    try:
        for event in heard(microphone, ear, background, _length(sound), stopped):
            _tell(event, tell)
    finally:
        background.close()


def _ear(models: Models, background: Background, settings: Settings) -> Ear:
    return Ear(models, background, ", ".join(settings.terms))


def _tell(event: Event, tell: Callable[[Row], None]) -> None:
    match event:
        case PartialHypothesis():
            tell({"schema": SCHEMA, "kind": "partial", "text": event.text})
        case FinalHypothesis():
            tell({"schema": SCHEMA, "kind": "commit", "text": event.text})
        case TurnEnded():
            tell({"schema": SCHEMA, "kind": "end_of_turn"})
        case Failed():
            raise RecogniserError(event.reason)
        case _:
            pass


def heard(
    microphone: Microphone,
    ear: Ear,
    background: Background,
    length: Seconds,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Event]:
    """Yield what `ear` makes of `microphone`, whose sound is `length` long and is followed by silence.

    It ends when nothing more can come: with the end of the last turn, after a silence of IDLE, or when it
    was `stopped`. What is done by then is taken as it is; that something is missing is a failure.
    """
    pending = False
    for frame in microphone.frames():
        background.collect(frame.ended_at)
        for event in ear.receive(frame):
            yield event
            if isinstance(event, SpeechStarted | TurnEnded):
                pending = isinstance(event, SpeechStarted)
                if not pending and frame.ended_at >= length:
                    return
        idle = ear.silent_for >= IDLE and not (pending and (ear.text or not ear.settled))
        if (frame.ended_at >= length and idle) or stopped():
            break
    background.collect(EVER)  # in virtual time a slow answer, or a slow failure, would come too late
    if not (ear.settled or stopped()):
        yield Failed(at=length, stage="recognition", reason=TOO_SLOW)
    yield from ear.end_turn(END_OF_FILE)


def transcript(events: Sequence[Event], *, stream: bool) -> Row:
    """Return the text of `events`, its words and utterances; with `stream` also what was known when."""
    finals = [event for event in events if isinstance(event, FinalHypothesis)]
    row: Row = {
        "text": " ".join(final.text for final in finals),
        "language": LANGUAGE,
        "words": [_word(word) for final in finals for word in final.words],
        "utterances": [_utterance(final) for final in finals],
    }
    if stream:
        row["stream"] = list(_stream(events))
        row["finals"] = [_ended(event) for event in events if isinstance(event, TurnEnded)]
    return row


def _length(sound: Samples) -> Seconds:
    return Seconds(len(sound) / SAMPLE_RATE_HZ)


def _word(word: Word) -> Row:
    return {
        "text": word.text,
        "start": round(word.start, 3),
        "end": round(word.end, 3),
        "probability": round(word.probability, 3),
        "filler": word.filler,
    }


def _utterance(final: FinalHypothesis) -> Row:
    return {"start": round(final.words[0].start, 3), "end": round(final.words[-1].end, 3), "text": final.text}


def _stream(events: Sequence[Event]) -> Iterator[Row]:
    """Yield a row whenever the text changed: what is settled or hardly changes, and what may change."""
    settled: list[str] = []
    for event in events:
        if isinstance(event, FinalHypothesis):
            settled.append(event.text)
            yield _row(event, " ".join(settled), "")
        elif isinstance(event, PartialHypothesis):
            rest = event.text.split()[len(event.stable.split()) :]
            yield _row(event, " ".join([*settled, event.stable]).strip(), " ".join(rest))


def _row(event: FinalHypothesis | PartialHypothesis, stable: str, partial: str) -> Row:
    times = {"at": round(event.at, 3), "audio_end": round(event.audio_end, 3)}
    return times | {"stable": stable, "partial": partial}


def _ended(event: TurnEnded) -> Row:
    return {
        "speech_end": round(event.ended_at, 3),
        "endpoint_at": round(event.decided_at, 3),
        "final_at": round(event.at, 3),
        "text": event.text,
    }
