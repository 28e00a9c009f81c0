"""The interviewers' voices: `python -m benchmarks.voices [--voice system] [--most LINES]`.

Each persona says 100 lines of the packs' own, and Whisper tiny.en writes down what it hears. `terms`
compares how the natural voice reads the 200 of interview_terms.json with how they are said: phonemes
without stress, that people wrote down. Nobody listens. `told_apart` is the nearest of all pairs of
personas, by pitch (in semitones) and by pace (in percent): the larger of the two in units of what
people notice, one semitone and ten percent. The melody of questions, and the seams between the
sentences of a line, are measured by prosody.py. `grows_by_mb` is the memory of many different sentences.
"""

import argparse
import json
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.footprint import resident
from benchmarks.measure import VOICES, percentiles, publish, voice
from benchmarks.prosody import every_sentence, pitches, prosody
from benchmarks.wer import wer, words
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.listening.whisper import Whisper
from vivavoce.audio.models.store import locate
from vivavoce.audio.ports import Voice
from vivavoce.audio.voices import natural
from vivavoce.audio.voices.phrase_cache import CachedVoice
from vivavoce.audio.voices.said import as_said
from vivavoce.audio.voices.sentences import sentences, speakable
from vivavoce.audio.voices.system_voice import NamedVoice
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import names, persona

TERMS = Path(__file__).with_name("interview_terms.json")
CARRIER = ("Tell me about", "here.")
TEN_WORDS = "Tell me about the last thing that you really built."
LINES = 100
MANY = (300, 600, 900)  # sentences; 500 fill the memory of phrases
SEMITONE, TEN_PERCENT = 2 ** (1 / 12), 1.1
ROOM = silence(SAMPLE_RATE_HZ // 2)  # before and after a line, as a session has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a persona's voice did with the lines."""

    wrong: int
    words: int
    seconds: float
    took: float
    pitch_hz: float
    wpm: float
    misheard: list[str]


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--voice", choices=VOICES, default="natural")
    parser.add_argument("--most", type=int, default=LINES, help="lines of each persona")
    options = parser.parse_args()
    people = [persona(name) for name in names("people")]
    before, began = _memory(), time.perf_counter()
    voice(options.voice, people[0])
    figures: dict[str, Any] = {"load_s": round(time.perf_counter() - began, 2)}
    figures["first_sound_of_ten_words_s"] = percentiles([*_first_sounds(voice(options.voice, people[0]))])
    figures["memory_mb"] = round(_memory() - before)
    figures["grows_by_mb"] = grown(voice(options.voice, people[0]))
    hears = Whisper(locate("tiny.en"))
    said = lines(options.most)
    speaks = {who.id: voice(options.voice, who) for who in people}
    spoken = {name: say(speaker, said, hears) for name, speaker in speaks.items()}
    rows = {name: _row(spoken[name]) | prosody(speaker) for name, speaker in speaks.items()}
    figures |= {"lines": len(said), "personas": rows}
    figures["told_apart"] = nearest(spoken)
    if options.voice == "natural":
        table = json.loads(TERMS.read_text(encoding="utf-8"))
        figures["terms"] = {"of": len(table), "wrong": list(wrong_terms(table))}
    publish(f"voices-{options.voice}", figures)


def grown(speaker: NamedVoice) -> dict[str, int]:
    """Return the megabytes by which this process has grown after so many different sentences, remembered."""
    remembering, before = CachedVoice(speaker, None), resident()
    after: dict[str, int] = {}
    for number, sentence in enumerate(every_sentence()[: max(MANY)], 1):
        for _ in remembering.speak(sentence):
            pass
        if number in MANY:
            after[str(number)] = round(resident() - before)
    return after


def lines(most: int) -> list[str]:
    """Return sentences that interviewers say, evenly from all packs."""
    packs = [pack(name) for name in names("packs")]
    every = [
        sentence
        for one in packs
        for question in one.questions
        for wording in question.wordings
        for sentence in sentences(speakable(wording))
        if len(sentence.split()) >= 5
    ]
    every = list(dict.fromkeys(every))
    return every[:: max(1, len(every) // most)][:most]


def say(voice: Voice, said: Sequence[str], hears: Whisper) -> Spoken:
    """Have `said` spoken and heard."""
    wrong = count = 0
    took, sounds, misheard = 0.0, list[Samples](), list[str]()
    for line in said:
        began = time.perf_counter()
        sound = np.concatenate([silence(0), *voice.speak(line)])
        took += time.perf_counter() - began
        sounds.append(sound)
        heard = hears.transcribe(Frame(0, np.concatenate([ROOM, sound, ROOM])), "", timed=True)
        text = " ".join(word.text for word in heard.words)
        errors = round(wer(line, text) * len(words(line)))
        wrong, count = wrong + errors, count + len(words(line))
        misheard += [f"{line} -> {text}"] if errors else []
    seconds = sum(map(len, sounds)) / SAMPLE_RATE_HZ
    wpm = 60 * sum(len(line.split()) for line in said) / seconds
    pitch = float(np.median(np.concatenate([pitches(sound) for sound in sounds])))
    return Spoken(
        wrong=wrong, words=count, seconds=seconds, took=took, pitch_hz=pitch, wpm=wpm, misheard=misheard
    )


def nearest(spoken: dict[str, Spoken]) -> dict[str, Any]:
    """Return the pair that is hardest to tell apart."""

    def apart(pair: tuple[str, str]) -> float:
        one, other = (spoken[name] for name in pair)
        pitch = abs(np.log(one.pitch_hz / other.pitch_hz)) / np.log(SEMITONE)
        pace = abs(np.log(one.wpm / other.wpm)) / np.log(TEN_PERCENT)
        return float(max(pitch, pace))

    pair = min(combinations(spoken, 2), key=apart)
    return {"nearest": list(pair), "noticeable_steps": round(apart(pair), 2)}


def wrong_terms(table: dict[str, str]) -> Iterator[str]:
    """Yield the terms of `table` that are read otherwise than it says, with how they are read."""
    larynx = natural.Larynx(natural.assets())
    start, end = CARRIER
    for term, right in table.items():
        text = as_said(speakable(f"{start} {term} {end}"))
        read = plain(" ".join(larynx.phonemes(text)))
        whole = plain("".join(larynx.phonemes(start))) + right + plain("".join(larynx.phonemes(end)))
        if read != whole:
            yield f"{term}: {read}"


def plain(phonemes: str) -> str:
    """Return `phonemes` without stress, spaces and marks; a flapped t is a t."""
    return "".join(one for one in phonemes.replace("T", "t") if one.isalpha() and one not in "ˈˌ")


def _first_sounds(voice: Voice) -> Iterator[float]:
    for _ in range(21):
        began = time.perf_counter()
        next(iter(voice.speak(TEN_WORDS)))
        yield time.perf_counter() - began


def _row(one: Spoken) -> dict[str, Any]:
    return {
        "words_wrong": f"{one.wrong} of {one.words}",
        "share": round(one.wrong / one.words, 4),
        "x_real_time": round(one.seconds / one.took, 1),
        "pitch_hz": round(one.pitch_hz),
        "wpm": round(one.wpm),
        "misheard": one.misheard,
    }


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
