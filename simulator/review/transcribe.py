"""What was said in a sound file, by the same ear that listens to a live session.

The file is the microphone. `recording` hears it in virtual time, as fast as the machine computes, and every
delay counts as if it had been live: the sides of a call one after the other. `play` hears it at the pace of
a wall clock and tells as it goes.
"""

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vivavoce.audio.devices.channels import Side, mixed, sides
from vivavoce.audio.devices.sound_files import FileMicrophone
from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.audio.ports import Microphone, Recogniser
from vivavoce.simulator.engine.background import Background, Inline, Threads
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.live.loading import loaded
from vivavoce.simulator.live.recogniser_choice import second
from vivavoce.simulator.review.recordings import pieces
from vivavoce.simulator.review.second_hearing import second_hearing
from vivavoce.simulator.review.transcript_rows import Row, conversation, transcript
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
)
from vivavoce.transcripts.timestamps import clock
from vivavoce.transcripts.words import speech, words

IDLE = Seconds(7.0)  # of silence after the file: longer than any endpoint waits
PATIENCE = Seconds(30.0)  # with a machine that is slow to compute the last text
EVER = Seconds(math.inf)
END_OF_FILE = "the file ended"
TOO_SLOW = f"the recogniser needs more than {PATIENCE:g} s for the end of what was said; try a smaller one"
LONGEST_TWICE = Seconds(3600.0)  # its whole sound is in memory then, 4 MB a minute
TELL_EVERY = Seconds(300.0)  # of the sound, on stderr


def transcribe(path: Path, settings: Settings, *, stream: bool) -> Row:
    """Return the transcript of the sound file at `path`: the object that `transcribe --json` prints.

    Args:
        path: any sound file.
        settings: the recogniser, and words to expect.
        stream: also say what a listener would have had when; this needs the turn model, and hears the sides
            of a call as one.

    Raises:
        SoundFileError: `path` cannot be read.
        ModelError: a model is not here.
        RecogniserError: the recogniser failed.
    """
    said = recording(path, settings, stream=stream)
    about = {"schema": SCHEMA, "duration": round(said.length, 3), "model": said.model}
    if len(said.sides) > 1:
        return about | conversation(pieces(said.sides))
    return about | transcript(said.sides[""], stream=stream)


@dataclass(frozen=True, slots=True)
class Recording:
    """What was heard of each side in a sound file, by its name; "" is the only one.

    `alike` says that the file has several channels, which all hold the same sound.
    """

    sides: dict[str, list[Event]]
    length: Seconds
    model: str
    alike: bool = False


def recording(
    path: Path,
    settings: Settings,
    longest: Seconds | None = None,
    *,
    stream: bool = False,
    twice: bool = False,
) -> Recording:
    """Return what is said in the sound file at `path`; stderr says how far it is if that takes long.

    Args:
        path: any sound file.
        settings: the recogniser, and words to expect.
        longest: more sound than that is refused.
        stream: hear it as one, and with the turn model.
        twice: hear each side once more, unless it is longer than LONGEST_TWICE.

    Raises:
        SoundFileError: `path` cannot be read.
        ModelError: a model is not here.
        RecogniserError: the recogniser failed.
    """
    found = [mixed(path, longest)] if stream else sides(path, longest)
    models, choice = loaded(settings, turns=stream)
    heard = {side.name: hear(_told(side), side.length, models, settings) for side in found}
    if twice and found[0].length <= LONGEST_TWICE and (chosen := second(settings, choice.name)):
        for side in found:
            heard[side.name] += _once_more(side, heard[side.name], chosen, settings)
    talking = {name: events for name, events in heard.items() if words(events)}
    if len(talking) < 2:  # nobody speaks on the other channel
        talking = {"": next(iter((talking or heard).values()))}
    return Recording(talking, found[0].length, choice.name, found[0].alike)


def _once_more(
    side: Side, events: Sequence[Event], chosen: tuple[Recogniser, str], settings: Settings
) -> list[Event]:
    """Return what hearing `side` again adds to its `events`, with the recogniser `chosen` and its name."""
    if not speech(events):
        return []
    return second_hearing(np.concatenate([*side.sound()]), events, *chosen, settings.terms)


def _told(side: Side) -> Iterator[Samples]:
    """Yield the sound of `side`, and say on stderr how far it is."""
    heard, due = 0, TELL_EVERY
    for block in side.sound():
        heard += len(block)
        if heard >= due * SAMPLE_RATE_HZ and due < side.length:
            of = f"{side.name}: " if side.name else ""
            print(f"{of}heard {clock(due)} of {clock(side.length)}", file=sys.stderr, flush=True)
            due = Seconds(due + TELL_EVERY)
        yield block


def listened(sound: Samples, models: Models, settings: Settings) -> list[Event]:
    """Return all that an ear with `models` makes of `sound`, as quickly as it can.

    Raises:
        RecogniserError: the recogniser failed.
    """
    return hear([sound], Seconds(len(sound) / SAMPLE_RATE_HZ), models, settings)


def hear(sound: Iterable[Samples], length: Seconds, models: Models, settings: Settings) -> list[Event]:
    """Return all that an ear with `models` makes of `sound`, which comes in blocks and has this `length`.

    Raises:
        SoundFileError: a block cannot be read.
        RecogniserError: the recogniser failed.
    """
    background = Inline()
    microphone = FileMicrophone(sound, paced=False, then_silence=PATIENCE)
    events = []
    for event in heard(microphone, _ear(models, background, settings), background, length):
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
    one = mixed(path)
    models, _ = loaded(settings)
    background = Threads()
    microphone = FileMicrophone(one.sound(), paced=True, then_silence=PATIENCE)
    ear = _ear(models, background, settings)
    tell({"schema": SCHEMA, "kind": "begin"})
    try:
        for event in heard(microphone, ear, background, one.length, stopped):
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
