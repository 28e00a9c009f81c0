"""Giving way: how soon the interviewer falls silent when the candidate takes the floor, and only then.

    python -m benchmarks.barge_in [--split dev|heldout] [--voice natural system] [--verbose]

In virtual time, with the real speech detector, echo guards and voice, a simulated candidate speaks
over the interviewer's first line, each time at another place. Barge-ins are onsets of speech after
the thinking pauses of the spoken answers, known to 10 ms, and those of the recordings in
$VIVAVOCE_CLIPS, taken from their loudness; back-channels are short sounds of such recordings, and
the answers' "um"s said twice. Each is tried with headphones, and over loudspeakers in rooms whose
echo is 12 dB below what is played.

The time to silence runs from the first sample of speech to the interviewer's last audible one while
the candidate speaks, so a line that goes on after a first silence counts until its second end.
`cancelled` is what is left of a line once the session drops it, and the largest step from sample to
sample in it, beside that of the line before.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.measure import VOICES, Air, percentiles, publish, voice
from benchmarks.speech import Split, answers, clips
from vivavoce.audio.devices.echo import CancelEcho, Headphones
from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.listening.detector import Silero
from vivavoce.audio.ports import Voice
from vivavoce.audio.voices.phrase_cache import CachedVoice
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.practice.candidate import Candidate, ScriptedRecogniser
from vivavoce.simulator.practice.candidate_script import Entry, Script
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, staged
from vivavoce.transcripts.events import BargeIn, Event, PlaybackFinished, Seconds, Word

ECHO_DB = -12.0
DELAYS = (0.06, 0.12, 0.2)  # of the rooms, in turn
REVERBERATIONS = (0.08, 0.25, 0.5, 0.25)
BEFORE = Seconds(0.2)  # of the recording's own noise before the onset
LONGEST, SHORTEST = Seconds(2.5), Seconds(1.5)  # of speech that takes the floor
BACK_CHANNEL = (0.15, 0.55)
BETWEEN = Seconds(0.06)  # of the two sounds of "mm-hm"
PLACES = (0.7, 8.0)  # seconds into the line, which takes some ten
SILENCE = Seconds(0.5)  # longer than a breath between sentences
JUST_BEFORE = Seconds(0.03)
TIMES_EACH = 3  # a back-channel is tried
GUARDS = ("headphones", "loudspeakers")
CANCELS = 40
AFTER = 30  # frames

WINDOW = SAMPLE_RATE_HZ // 100
LOUD_DB = -30.0  # below the loudest window
RECORDED_DB = -20.0  # the same, to find where speech begins in a recording with noise and breaths
JOINED = 12  # windows: a shorter silence does not end a sound
FADE = SAMPLE_RATE_HZ // 200


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a recording; its speech begins at `onset` seconds."""

    id: str
    samples: Samples
    onset: Seconds = BEFORE

    @property
    def duration(self) -> float:
        """Length with what is before the onset, in seconds."""
        return len(self.samples) / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Overlap:
    """What happened when the candidate spoke over the line.

    Attributes:
        cut: what they said.
        place: how far the line was, in seconds.
        audible: whether the interviewer was audible just before.
        ducked_after: seconds from the onset to the interviewer's last audible sample before a silence.
        silent_after: the same, to the last while they spoke.
        taken: whether it was judged a barge-in.
        complete: whether the line was heard to its end.
    """

    cut: Cut
    place: float
    audible: bool
    ducked_after: float
    silent_after: float
    taken: bool
    complete: bool


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--split", choices=("dev", "heldout"), default="dev")
    parser.add_argument("--voice", nargs="+", choices=VOICES, default=["natural"])
    parser.add_argument("--verbose", action="store_true", help="also print every miss")
    options = parser.parse_args()
    asking = persona(Script(entries=()).persona)
    figures: dict[str, Any] = {}
    for kind in options.voice:
        speaker = CachedVoice(voice(kind, asking), None)
        figures[kind] = {
            guard: over_the_line(options.split, speaker, guard, verbose=options.verbose) for guard in GUARDS
        } | {"cancelled": _cancelled(speaker)}
    publish(f"barge-in-{options.split}", figures)


def over_the_line(split: Split, speaker: Voice, guard: str, *, verbose: bool) -> dict[str, Any]:
    """Return what comes of speaking over `speaker`."""
    echo = guard == "loudspeakers"
    over = [*_tried(list(barge_ins(split)), speaker, echo=echo)]
    real = [*_tried(list(recorded()), speaker, echo=echo)]
    short = [*_tried(list(back_channels(split)) * TIMES_EACH, speaker, echo=echo)]
    if verbose:
        print(*_misses(guard, over + real, short), sep="\n")
    return {
        "barge_ins": _taken(over),
        "barge_ins_of_recordings": _taken(real),
        "back_channels": _passed(short),
    }


def barge_ins(split: Split) -> Iterator[Cut]:
    """Yield pieces of speech that begin after a silence and go on for SHORTEST to LONGEST seconds."""
    for answer in answers(split):
        ends = [*(pause.start for pause in answer.pauses[1:]), answer.ends_at]
        for pause, end in zip(answer.pauses, ends, strict=True):
            if end - pause.end >= SHORTEST:
                yield _cut(answer.id, answer.samples, pause.end, min(end, pause.end + LONGEST))


def recorded() -> Iterator[Cut]:
    """Yield the beginnings of real recordings of whole sentences."""
    for clip in (clip for clip in clips() if not clip.id.startswith("mfa")):  # those say single words
        start, length = sounds(clip.samples, RECORDED_DB)[0][0], len(clip.samples) / SAMPLE_RATE_HZ
        if length - start >= SHORTEST:
            yield _cut(clip.id, clip.samples, start, min(length, start + LONGEST))


def back_channels(split: Split) -> Iterator[Cut]:
    """Yield short sounds that stand alone, or are made to."""
    for answer in answers(split):
        for word in (word for word in answer.words if word.filler):
            um = _cut(f"{answer.id} um", answer.samples, word.start, word.end, before=Seconds(0.0)).samples
            twice = [um, silence(round(BETWEEN * SAMPLE_RATE_HZ)), um]
            yield Cut(f"{answer.id} {word.text}", np.concatenate(twice), onset=Seconds(0.0))
    for clip in (clip for clip in clips() if clip.has_fillers):
        for start, end in sounds(clip.samples):
            if BACK_CHANNEL[0] <= end - start <= BACK_CHANNEL[1]:
                yield _cut(clip.id, clip.samples, start, end)


def sounds(samples: Samples, loud_db: float = LOUD_DB) -> list[tuple[float, float]]:
    """Return the beginnings and ends, in seconds, of the sounds that silence parts."""
    whole = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    levels = 10 * np.log10(np.maximum(np.mean(np.square(whole), axis=1), 1e-12))
    loud = np.flatnonzero(levels > levels.max() + loud_db)
    parted = np.flatnonzero(np.diff(loud) > JOINED)
    firsts, lasts = loud[[0, *(parted + 1)]], loud[[*parted, -1]]
    return [(int(first) / 100, (int(last) + 1) / 100) for first, last in zip(firsts, lasts, strict=True)]


def _cut(name: str, samples: Samples, start: float, end: float, before: Seconds = BEFORE) -> Cut:
    first, last = max(round((start - before) * SAMPLE_RATE_HZ), 0), round(end * SAMPLE_RATE_HZ)
    piece = samples[first:last].copy()
    edge = np.linspace(0, 1, FADE, dtype=np.float32)
    piece[:FADE] *= edge
    piece[-FADE:] *= edge[::-1]
    return Cut(f"{name} at {start:.1f}", piece, Seconds(start - first / SAMPLE_RATE_HZ))


def _tried(cuts: Sequence[Cut], speaker: Voice, *, echo: bool) -> Iterator[Overlap]:
    """Yield what comes of each, at places spread over the line, in rooms that change in turn."""
    for number, (cut, place) in enumerate(zip(cuts, np.linspace(*PLACES, len(cuts)), strict=True)):
        room = EchoingRoom(
            delay=Seconds(DELAYS[number % len(DELAYS)]),
            gain_db=ECHO_DB,
            reverberation=Seconds(REVERBERATIONS[number % len(REVERBERATIONS)]),
            seed=number,
        )
        yield overlap(cut, float(place), speaker, room if echo else None)


def overlap(cut: Cut, place: float, speaker: Voice, room: EchoingRoom | None) -> Overlap:
    """Let the candidate say `cut` when the line is at `place`."""
    said = Word(text="So", start=Seconds(0.0), end=Seconds(cut.duration))
    entry = Entry(words=(said,), sound=cut.samples, barges_in_at=Seconds(place - cut.onset))
    candidate = Candidate(Script(entries=(entry,)))
    air = Air(candidate, room)
    events: list[Event] = []

    def note(event: Event) -> None:
        events.append(event)
        if isinstance(
            event, PlaybackFinished
        ):  # whatever comes after the candidate's speech is another matter
            air.until = Seconds(min(air.until, event.at + (0 if event.complete else LONGEST)))

    staged(
        candidate,
        microphone=air,
        speaker=air,
        models=Models(Silero(), ScriptedRecogniser(candidate)),
        voice=speaker,
        background=Inline(SCRIPTED_DELAYS),
        listeners=(note,),
        echo=CancelEcho() if room else Headphones(),
    ).run()
    began = candidate.said[0].start
    onset = began + cut.onset
    heard = air.sounding(onset, began + cut.duration)
    ends = [*heard[:-1][np.diff(heard) > SILENCE], *heard[-1:], onset]
    return Overlap(
        cut,
        place,
        audible=bool(len(air.sounding(onset - JUST_BEFORE, onset))),
        ducked_after=float(ends[0]) - onset,
        silent_after=float(ends[-2] if len(heard) else onset) - onset,
        taken=any(isinstance(event, BargeIn) for event in events),
        complete=any(isinstance(event, PlaybackFinished) and event.complete for event in events),
    )


def _cancelled(speaker: Voice) -> dict[str, Any]:
    """Return what is still heard of a line that is dropped at places spread over it."""
    line = " ".join(question.wordings[0] for question in pack("behavioral").questions[:3])
    left, steps, before = [], [], []
    for place in np.linspace(*PLACES, CANCELS):
        background = Inline()
        mouth = Mouth(speaker, background)
        mouth.say(line)
        said = _blocks(mouth, background, round(place / FRAME_SECONDS))[-FRAME_SAMPLES:]
        mouth.drop()
        rest = np.concatenate([said[-1:], _blocks(mouth, background, AFTER)])
        before.append(float(np.abs(np.diff(said)).max()))
        steps.append(float(np.abs(np.diff(rest)).max()))
        left.append(float(np.max(np.flatnonzero(rest), initial=0)) / SAMPLE_RATE_HZ)
    times = percentiles(left) | {"max": round(max(left), 4)}
    return {
        "silent_after_s": times,
        "largest_step": round(max(steps), 3),
        "largest_step_before": round(max(before), 3),
    }


def _blocks(mouth: Mouth, background: Inline, count: int) -> Samples:
    blocks = [silence(0)]
    for number in range(count):
        background.collect(Seconds(number * FRAME_SECONDS))
        blocks.append(mouth.next(Seconds(number * FRAME_SECONDS))[0])
    return np.concatenate(blocks)


def _taken(tried: Sequence[Overlap]) -> dict[str, Any]:
    """Return the figures of the barge-ins into sound; a breath of the interviewer's is silence already."""
    into_sound = [one for one in tried if one.audible]
    times = [one.silent_after for one in into_sound]
    return {
        "first_silence_after_s": percentiles([one.ducked_after for one in into_sound]),
        "silent_after_s": percentiles(times) | {"max": round(max(times, default=0.0), 3)},
        "went_on_in_between": sum(one.silent_after > one.ducked_after for one in into_sound),
        "floor_taken": f"{sum(one.taken for one in into_sound)} of {len(into_sound)}",
    }


def _passed(tried: Sequence[Overlap]) -> dict[str, Any]:
    whole = sum(one.complete for one in tried)
    return {
        "heard_to_the_end": f"{whole} of {len(tried)}",
        "share": round(whole / max(len(tried), 1), 3),
        "seconds": percentiles([one.cut.duration - one.cut.onset for one in tried]),
    }


def _misses(guard: str, over: Sequence[Overlap], short: Sequence[Overlap]) -> Iterator[str]:
    for one in over:
        if one.audible and (one.silent_after > 0.3 or not one.taken):
            times = f"{one.ducked_after:.2f} s, {one.silent_after:.2f} s"
            fate = "taken" if one.taken else "not taken"
            yield f"{guard}: {one.cut.id}, {one.place:.1f} s into the line: {times}, {fate}"
    for one in short:
        if not one.complete:
            length = one.cut.duration - one.cut.onset
            yield f"{guard}: stopped by {one.cut.id} of {length:.2f} s, {one.place:.1f} s into the line"


if __name__ == "__main__":
    main()
