"""No talking to itself: ten minutes of the interviewer over loudspeakers, while nobody else speaks.

    python -m benchmarks.echo [--minutes 10] [--echo-db -12] [--model tiny.en] [--voice natural system]

In virtual time, in several rooms whose echo reaches the microphone 12 dB below what is played, an
impatient interviewer with the real voice asks, encourages, asks again and moves on, so the rooms
hear nearly nothing but lines, their beginnings and their ends. The engine is real throughout.
Any of COUNTED is the interviewer taking itself for the candidate. A few lines without the canceller
show that the rooms would make it do so.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Any

from benchmarks.measure import VOICES, Air, models, publish, voice
from benchmarks.speech import ANSWERS
from vivavoce.audio.devices.echo import CancelEcho, EchoGuard, Headphones
from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.ports import Voice
from vivavoce.audio.voices.phrase_cache import CachedVoice
from vivavoce.personas.content.pack import Pack
from vivavoce.personas.content.persona import Persona, persona
from vivavoce.personas.content.question import Question
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.engine.rounds import interviewer
from vivavoce.simulator.engine.session import Session
from vivavoce.simulator.engine.session_parts import Parts
from vivavoce.simulator.practice.candidate import Candidate
from vivavoce.simulator.practice.candidate_script import Script
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS
from vivavoce.transcripts.events import (
    BackChannel,
    BargeIn,
    Event,
    PlaybackFinished,
    Seconds,
    SpeechStarted,
    TurnEnded,
    TurnResumed,
)

ROOMS = (  # seconds of delay, and of reverberation
    (0.06, 0.25),
    (0.12, 0.08),
    (0.12, 0.25),
    (0.12, 0.5),
    (0.2, 0.25),
    (0.2, 0.5),
)
COUNTED = (SpeechStarted, BackChannel, BargeIn, TurnEnded, TurnResumed)
STOPPED = "PlaybackFinished(complete=False)"
NOBODY = Script(entries=())
CONTROL = Seconds(20.0)  # of lines
QUESTIONS = 400  # more than ten minutes hold
ENDLESS = 600.0  # minutes of the round


@dataclass(frozen=True, slots=True)
class Monologue:
    """What was heard in one room: seconds of the interviewer's lines, and events that should not be."""

    spoken: float
    events: list[Event]


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="of lines, in each room")
    parser.add_argument("--echo-db", type=float, default=-12.0)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--voice", nargs="+", choices=VOICES, default=["natural"])
    parser.add_argument("--verbose", action="store_true", help="also print every false event")
    options = parser.parse_args()
    asking, using = impatient(persona(NOBODY.persona)), models(options.model)
    figures: dict[str, Any] = {"echo_db": options.echo_db}
    for kind in options.voice:
        speaker = CachedVoice(voice(kind, asking), None)
        figures[kind] = in_all_rooms(asking, speaker, using, options)
    publish("echo", figures)


def in_all_rooms(
    asking: Persona, speaker: Voice, using: Models, options: argparse.Namespace
) -> dict[str, Any]:
    """Return what the ear takes for the candidate while `speaker` speaks."""
    bare = EchoingRoom(gain_db=options.echo_db)
    control = alone(bare, Headphones(), asking, speaker, using, CONTROL)
    rows: list[dict[str, Any]] = []
    for seed, (delay, reverberation) in enumerate(ROOMS):
        room = EchoingRoom(
            delay=Seconds(delay), gain_db=options.echo_db, reverberation=Seconds(reverberation), seed=seed
        )
        heard = alone(room, CancelEcho(), asking, speaker, using, Seconds(60 * options.minutes))
        rows.append(
            {"delay_s": delay, "reverberation_s": reverberation, "spoken_s": round(heard.spoken)}
            | {"false": dict(Counter(_names(heard.events)))}
        )
        if options.verbose:
            print(*(event for event in heard.events if isinstance(event, COUNTED)), sep="\n")
    without = dict(Counter(_names(control.events)))
    return {"rooms": rows, "false_events": _total(rows), "false_events_without_canceller": without}


def impatient(asking: Persona) -> Persona:
    """Return `asking` with hardly any patience, so that she speaks on."""
    return replace(
        asking, encourage_after=Seconds(1.0), reprompt_after=Seconds(2.0), give_up_after=Seconds(3.0)
    )


def alone(
    room: EchoingRoom, echo: EchoGuard, asking: Persona, speaker: Voice, using: Models, spoken: Seconds
) -> Monologue:
    """Let the interviewer speak to nobody in `room` until her lines have lasted for `spoken`."""
    events: list[Event] = []
    candidate = Candidate(NOBODY)
    air = Air(candidate, room)

    def note(event: Event) -> None:
        candidate.receive(event)
        events.append(event)
        if _spoken(events) >= spoken:
            air.until = Seconds(min(air.until, event.at + 1.0))  # for the last echo

    using.detector.reset()
    background = Inline(SCRIPTED_DELAYS)
    parts = Parts(
        microphone=air,
        speaker=air,
        echo=echo,
        ear=Ear(using, background),
        mouth=Mouth(speaker, background),
        background=background,
        interviewer=interviewer(asking, _round(), ENDLESS, seed=0),
    )
    Session(parts, (note,)).run()
    return Monologue(_spoken(events), events)


def _round() -> Pack:
    """Return a round whose questions are the spoken answers' texts: half a minute each."""
    texts = [row["text"] for row in json.loads(ANSWERS.read_text(encoding="utf-8"))["answers"]]
    plain = [" ".join(word for word in text.split() if not word.startswith("/")) for text in texts]
    questions = [
        Question(id=str(number), theme="the story", wordings=(text,), again=(text,))
        for number, text in enumerate(islice(cycle(plain), QUESTIONS))
    ]
    return Pack(
        id="alone",
        round="alone",
        title="Alone",
        minutes=ENDLESS,
        most_questions=QUESTIONS,
        questions=tuple(questions),
    )


def _spoken(events: list[Event]) -> float:
    return sum(event.heard for event in events if isinstance(event, PlaybackFinished))


def _names(events: list[Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, COUNTED):
            yield type(event).__name__
        elif isinstance(event, PlaybackFinished) and not event.complete:
            yield STOPPED


def _total(rows: list[dict[str, Any]]) -> int:
    return sum(sum(row["false"].values()) for row in rows)


if __name__ == "__main__":
    main()
