"""The interviewer's soft words: ten minutes of talk over loudspeakers, for each persona that says any.

    python -m benchmarks.back_channels [--minutes 10] [--echo-db -12] [--personas dana rosa]

The candidate tells whole stories, strangers' where VIVAVOCE_STRANGERS names them and else our own, in
the natural voice at another pitch, with short pauses between sentences. The engine is real, in
virtual time, in a room whose echo reaches the microphone 12 dB below what is played. What follows is
counted: soft words, those over an answer's last word or within a second before its end, sounds of the
candidate's over a line (with and without the soft words), and the words wrong in both.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from benchmarks.measure import Air, models, publish
from benchmarks.stories import answers as our_answers
from benchmarks.strangers import strangers
from benchmarks.wer import wer
from vivavoce.audio.devices.echo import CancelEcho
from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.voices.natural import NaturalVoice
from vivavoce.audio.voices.sentences import sentences, speakable
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import Persona, names, persona
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.rounds import interviewer
from vivavoce.simulator.practice.candidate import Candidate
from vivavoce.simulator.practice.candidate_script import Entry, Script
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, staged
from vivavoce.transcripts.events import BackChannel, BargeIn, Event, FinalHypothesis, Seconds, TurnEnded, Word

PACE, PITCH = 155, 0.8  # of the candidate
PAUSE = (0.1, 0.35)  # seconds between sentences, at least and at most, beside what the voice leaves
LAST_WORD, BEFORE_THE_END = 0.5, 1.0  # seconds
SHORTEST, LONGEST = 90, 260  # words of an answer
AFTERWARDS = 6.0  # seconds, for the last turn's end
SEED = 14


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as sound, and its text."""

    text: str
    sound: Samples

    @property
    def whole(self) -> Word:
        """All of it as one word: so the candidate knows when it is over."""
        return Word(text=self.text, start=Seconds(0.0), end=Seconds(len(self.sound) / SAMPLE_RATE_HZ))


@dataclass(frozen=True, slots=True)
class Talk:
    """A session that is over: what was to be said, when each answer was over, what happened."""

    said: Sequence[Answer]
    ends: list[float]
    events: list[Event]


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="of answers")
    parser.add_argument("--echo-db", type=float, default=-12.0)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--personas", nargs="+", default=names("people"))
    options = parser.parse_args()
    texts = [one.text for one in strangers() if one.variant == "told"] or [
        " ".join(one.texts) for one in our_answers()
    ]
    answers = list(spoken(texts, 60 * options.minutes))
    using, rows = models(options.model), list[dict[str, Any]]()
    for name in options.personas:
        asking = persona(name)
        if asking.back_channels:
            quiet = replace(asking, back_channels=False)
            heard = [hold(answers, one, using, options.echo_db) for one in (asking, quiet)]
            rows.append({"persona": name} | figures(*heard))
            print(rows[-1])
    publish("back_channels", {"echo_db": options.echo_db, "answers": len(answers), "personas": rows})


def spoken(texts: Sequence[str], seconds: float) -> Iterator[Answer]:
    """Yield answers of usual length until they last for `seconds`."""
    random = np.random.default_rng(SEED)
    voice, length = NaturalVoice(PACE, PITCH), 0
    for text in texts:
        if length >= seconds * SAMPLE_RATE_HZ:
            return
        if SHORTEST <= len(text.split()) <= LONGEST:
            parts = list[Samples]()
            for sentence in sentences(speakable(text)):
                pause = silence(round(random.uniform(*PAUSE) * SAMPLE_RATE_HZ))
                parts += [*voice.speak(sentence), pause]
            sound = np.concatenate(parts[:-1])
            length += len(sound)
            yield Answer(text, sound)


def hold(said: Sequence[Answer], asking: Persona, using: Models, echo_db: float) -> Talk:
    """Hold a session whose candidate says the answers `said`."""
    minutes = 10 * sum(len(one.sound) for one in said) / SAMPLE_RATE_HZ / 60
    entries = tuple(Entry(words=(one.whole,), sound=one.sound, yields_after=None) for one in said)
    candidate = Candidate(Script(entries=entries, persona=asking.id, minutes=minutes))
    air = Air(candidate, EchoingRoom(gain_db=echo_db))
    events = list[Event]()

    def note(event: Event) -> None:
        events.append(event)
        if len(candidate.said) == len(said):
            air.until = Seconds(candidate.said[-1].end + AFTERWARDS)

    using.detector.reset()
    content = pack("behavioral")
    many = replace(content, questions=content.questions * 3, most_questions=3 * len(content.questions))
    staged(
        candidate,
        microphone=air,
        speaker=air,
        models=using,
        voice=_voice(round(asking.rate_wpm), asking.pitch),
        background=Inline(SCRIPTED_DELAYS),
        listeners=(note,),
        echo=CancelEcho(),
        asks=interviewer(asking, many, minutes, SEED, "off"),
    ).run()
    return Talk(said, [word.end for word in candidate.said], events)


@cache
def _voice(rate: int, pitch: float) -> NaturalVoice:
    return NaturalVoice(rate, pitch)


def figures(talk: Talk, quiet: Talk) -> dict[str, Any]:
    """Return what is published of a talk, and of the same talk without soft words."""
    soft = [event.at for event in talk.events if isinstance(event, BackChannel) and event.by == "interviewer"]
    turns = [event for event in talk.events if isinstance(event, TurnEnded)]
    return {
        "soft_words": len(soft),
        "over_the_last_word": sum(end - LAST_WORD < at < end for at in soft for end in talk.ends),
        "in_the_last_second": sum(t.at - BEFORE_THE_END < at <= t.at for at in soft for t in turns),
        "over_a_line": {"with": _over(talk), "without": _over(quiet)},
        "turns": {"with": len(turns), "without": sum(isinstance(e, TurnEnded) for e in quiet.events)},
        "words_wrong": {"with": _wrong(talk), "without": _wrong(quiet)},
    }


def _over(talk: Talk) -> int:
    return sum(isinstance(e, BargeIn) or e in _candidate_s(talk) for e in talk.events)


def _candidate_s(talk: Talk) -> list[Event]:
    return [event for event in talk.events if isinstance(event, BackChannel) and event.by == "candidate"]


def _wrong(talk: Talk) -> float:
    heard = " ".join(event.text for event in talk.events if isinstance(event, FinalHypothesis))
    return round(wer(" ".join(one.text for one in talk.said), heard), 4)


if __name__ == "__main__":
    main()
