"""How often the check before an interview chooses the right guard.

    python -m benchmarks.sound_check [--split dev heldout] [--voice natural]

In simulated rooms a sentence is played and what comes back is judged as the room's check does. Then the
truth: another text is played in the same room under each guard, the lightest first, and the right one is
the first under which a session's ear takes nothing of it for speech. A choice lighter than that is
*harmful*: the interviewer would take itself for the candidate. A heavier one is *careful*: it costs a
barge-in, or some computing. The thresholds were set on `dev`; `heldout` has other rooms, delays, levels,
noise, and another voice with another text.

Then the reference: a page's buffer plays what it is handed later by up to 300 ms, by a time that changes.
How much echo our canceller takes out with the block that was handed out as its reference, and with what
really sounded.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from benchmarks.measure import VOICES, publish, voice
from vivavoce.audio.devices.echo import CancelEcho, EchoGuard
from vivavoce.audio.devices.sound_check import Guard, decide, guard, through
from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.listening.detector import Silero
from vivavoce.audio.listening.gate import Gate
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.room.checking import DIES_AWAY, QUIET, SENTENCE, like_speech
from vivavoce.transcripts.events import Seconds, SpeechStarted

ORDER: tuple[Guard, ...] = ("browser", "ours", "half-duplex")
TEXTS = {
    "dev": "So, tell me about a time when the plan that you had made turned out wrong. What did you do then?",
    "heldout": "Thank you. Which of these two systems would you rather keep, if one of them had to go?",
}
WHO = {"dev": "dana", "heldout": "priya"}
LEADS_MS = (0, 60, 150, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A room with its devices; `cancels`: its browser takes the echo out by itself."""

    delay: float
    gain_db: float
    reverberation: float
    noise_dbfs: float
    seed: int
    cancels: bool = False


def places(split: str) -> Iterator[Place]:
    """Yield the rooms of `split`."""
    grids: dict[str, tuple[tuple[float, ...], ...]] = {
        "dev": ((0.03, 0.12, 0.3), (-60, -45, -35, -25, -12, 0), (0.1, 0.5), (-70, -52)),
        "heldout": ((0.07, 0.22, 0.36), (-57, -42, -28, -16, -8, 2), (0.2, 0.7), (-65, -48)),
    }
    delays, gains, reverberations, noises = grids[split]
    grid = product(delays, gains, reverberations, noises)
    for seed, (delay, gain, tail, noise) in enumerate(grid, start=1000 * (split == "heldout")):
        place = Place(delay=delay, gain_db=gain, reverberation=tail, noise_dbfs=noise, seed=seed)
        yield place
        if seed % 3 == 0 and gain > -30:
            yield replace(place, cancels=True)


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--split", nargs="+", choices=TEXTS, default=list(TEXTS))
    parser.add_argument("--voice", choices=VOICES, default="natural")
    parser.add_argument("--verbose", action="store_true", help="print every room")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    for split in options.split:
        speak = voice(options.voice, persona(WHO[split])).speak
        line, text = (_whole(np.concatenate(list(speak(one)))) for one in (SENTENCE, TEXTS[split]))
        rows = [choice(place, line, text) for place in places(split)]
        if options.verbose:
            print(*rows, sep="\n")
        figures[split] = summed(rows)
    figures["echo_less_by_db"] = jitter(text)
    publish("sound_check", figures)


def choice(place: Place, line: Samples, text: Samples) -> dict[str, Any]:
    """Return what the check chooses in `place`, and what is right there."""
    hear = microphone(place)
    quiet = hear(silence(round(QUIET * SAMPLE_RATE_HZ) // FRAME_SAMPLES * FRAME_SAMPLES))
    verdict = decide(quiet, line, hear(line), lambda sound: like_speech(Silero(), sound))
    heard = hear(text)
    warm = {verdict.choice: verdict.guard}
    right = next(
        one for one in ORDER if one == "half-duplex" or not onsets(warm.get(one) or fresh(one), text, heard)
    )
    return {"place": place, "chosen": verdict.choice, "right": right, "echo": verdict.echo}


def fresh(name: Guard) -> EchoGuard:
    """Return a guard that knows no room yet."""
    return guard("ours") if name == "ours" else guard("browser")


def microphone(place: Place) -> Callable[[Samples], Samples]:
    """Return what takes what is played next in `place` and gives what the microphone hears of it."""
    room = EchoingRoom(
        delay=Seconds(place.delay),
        gain_db=place.gain_db,
        reverberation=Seconds(place.reverberation),
        seed=place.seed,
    )
    noise = np.random.default_rng(place.seed)
    browsers = CancelEcho() if place.cancels else None

    def hear(played: Samples) -> Samples:
        near = 10 ** (place.noise_dbfs / 20) * noise.standard_normal(len(played))
        heard = room.hear(near.astype(np.float32), played)
        return heard if browsers is None else through(browsers, played, heard)

    return hear


def onsets(by: EchoGuard, played: Samples, heard: Samples) -> int:
    """Return how often a session's ear takes what `by` leaves of the echo for the candidate."""
    detector, gate, count = Silero(), Gate(), 0
    for at in range(0, len(heard), FRAME_SAMPLES):
        frame = by.clean(Frame(at, heard[at : at + FRAME_SAMPLES]), played[at : at + FRAME_SAMPLES])
        events = gate.receive(frame, detector.probability(frame))
        count += sum(isinstance(event, SpeechStarted) for event in events)
    return count


def summed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how many of `rows` are right, harmful and careful."""
    steps = [ORDER.index(row["chosen"]) - ORDER.index(row["right"]) for row in rows]
    return {
        "rooms": len(rows),
        "right": sum(step == 0 for step in steps),
        "harmful": sum(step < 0 for step in steps),
        "careful": sum(step > 0 for step in steps),
        "chosen": {one: sum(row["chosen"] == one for row in rows) for one in ORDER},
        "harmful_in": [str(row["place"]) for row, step in zip(rows, steps, strict=True) if step < 0],
    }


def jitter(line: Samples) -> dict[str, dict[str, float]]:
    """Return by how many dB our canceller lessens the echo, if the page's lead changes with every line."""
    found: dict[str, dict[str, float]] = {"handed out": {}, "sounded": {}}
    for most in LEADS_MS:
        handed, sounded = led(line, most)
        heard = microphone(Place(delay=0.08, gain_db=-12, reverberation=0.25, noise_dbfs=-75, seed=7))(
            sounded
        )
        for name, reference in (("handed out", handed), ("sounded", sounded)):
            left = through(CancelEcho(), reference, heard)
            found[name][f"lead up to {most} ms"] = round(_db(heard) - _db(left), 1)
    return found


def led(line: Samples, most_ms: int, lines: int = 5) -> tuple[Samples, Samples]:
    """Return `line` several times as it is handed out, and as it sounds, each time with another lead."""
    lead = np.random.default_rng(1).uniform(0, most_ms, lines) * SAMPLE_RATE_HZ / 1000
    gap = silence(SAMPLE_RATE_HZ // FRAME_SAMPLES * FRAME_SAMPLES)
    handed = np.concatenate([part for _ in range(lines) for part in (line, gap)])
    later = [np.concatenate([silence(round(late)), line, gap[round(late) :]]) for late in lead]
    return handed, np.concatenate(later)


def _whole(line: Samples) -> Samples:
    """Return `line` and the time in which its echo dies away, as whole frames."""
    long = np.concatenate([line, silence(round(DIES_AWAY * SAMPLE_RATE_HZ))])
    return long[: len(long) // FRAME_SAMPLES * FRAME_SAMPLES]


def _db(sound: Samples) -> float:
    return float(10 * np.log10(np.square(sound, dtype=np.float64).mean() + 1e-12))


if __name__ == "__main__":
    main()
