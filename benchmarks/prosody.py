"""How a voice's lines go: the pitch at the end of questions and statements, and what joins sentences.

Pitch is found by likeness to itself (Boersma 1993), so what hardly has any, as the creaky end of
many a sentence, counts for little.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import percentiles
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.audio.ports import Voice
from vivavoce.audio.voices.loudness import active_rms
from vivavoce.audio.voices.melody import rises
from vivavoce.audio.voices.sentences import sentences, speakable
from vivavoce.personas.content.persona import names, persona
from vivavoce.personas.content.phrases import phrases

QUESTIONS, OTHERS, LINES = 40, 20, 20
FEWEST, MOST = 4, 14  # words

WINDOW, HOP = 1024, SAMPLE_RATE_HZ // 100  # 64 ms, 10 ms
SHORTEST, LONGEST = SAMPLE_RATE_HZ // 350, SAMPLE_RATE_HZ // 65  # periods
REACH = 1.7  # times the middle of a line: further off is an octave wrong
ALIKE = 0.5
OCTAVE_COST = 0.02  # two periods are as alike as one
LOUD = 0.03
END = 10  # windows


def prosody(voice: Voice) -> dict[str, Any]:
    """Return the figures of `voice`: semitones, full scale being 1 the largest step at a seam, dB."""
    closed, others, statements = examples()
    lines = [" ".join(three) for three in zip(closed[:LINES], statements, others, strict=True)]
    steps, jumps, levels = seams(voice, lines)
    return {
        "end_above_middle_semitones": {
            "yes_or_no": percentiles([_rise(voice, line) for line in closed])["p50"],
            "other_questions": percentiles([_rise(voice, line) for line in others])["p50"],
            "statements": percentiles([_rise(voice, line) for line in statements])["p50"],
        },
        "largest_step_at_a_seam": round(max(steps), 4),
        "loudness_db": {
            "largest_jump_in_a_line": round(max(jumps), 2),
            "lowest": round(min(levels), 2),
            "highest": round(max(levels), 2),
        },
    }


def examples() -> tuple[list[str], list[str], list[str]]:
    """Return questions for yes or no, other questions, and statements, evenly from all phrases."""
    fitting = [one for one in every_sentence() if FEWEST <= len(one.split()) <= MOST]
    asked = [one for one in fitting if one.endswith("?")]
    return (
        _evenly([one for one in asked if rises(one)], QUESTIONS),
        _evenly([one for one in asked if not rises(one)], OTHERS),
        _evenly([one for one in fitting if one.endswith(".")], OTHERS),
    )


def every_sentence() -> list[str]:
    """Return all sentences that interviewers say as they stand in their phrases."""
    people = [phrases(persona(name)).by_place.values() for name in names("people")]
    every = [line for places in people for lines in places for line in lines if "{" not in line]
    return list(dict.fromkeys(one for line in every for one in sentences(speakable(line))))


def seams(voice: Voice, lines: Sequence[str]) -> tuple[list[float], list[float], list[float]]:
    """Return the step at each seam, the jump in loudness within each line, and each sentence's loudness."""
    steps, jumps, levels = [], [], []
    for line in lines:
        chunks = list(voice.speak(line))
        steps += [abs(float(after[0] - before[-1])) for before, after in pairwise(chunks)]
        loud = [20 * float(np.log10(active_rms(chunk))) for chunk in chunks if chunk.any()]
        jumps.append(max(loud) - min(loud))
        levels += loud
    return steps, jumps, levels


def rise(sound: Samples) -> float:
    """Return how many semitones the end of `sound` is above its middle."""
    voiced = pitches(sound)
    return float(12 * np.log2(np.median(voiced[-END:]) / np.median(voiced)))


def pitches(sound: Samples) -> NDArray[np.float64]:
    """Return the pitch in Hz each 10 ms, where there is one."""
    windows = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP] * np.hanning(WINDOW)
    alike = _likeness(windows[np.abs(windows).max(axis=1) > LOUD]) / _likeness(np.hanning(WINDOW)[None])
    periods = _periods(alike, SHORTEST, LONGEST)
    middle = np.median(periods[periods > 0])
    periods = _periods(alike, max(SHORTEST, int(middle / REACH)), min(LONGEST, int(middle * REACH)))
    return SAMPLE_RATE_HZ / periods[periods > 0]


def _periods(alike: NDArray[np.float64], shortest: int, longest: int) -> NDArray[np.int64]:
    """Return the strongest period of each window, 0 where none is strong."""
    cost = OCTAVE_COST * np.log2(np.arange(shortest, longest))
    best = shortest + (alike[:, shortest:longest] - cost).argmax(axis=1)
    strength = np.take_along_axis(alike, best[:, None], axis=1)[:, 0]
    return np.where(strength > ALIKE, best, 0)


def _likeness(windows: NDArray[np.float64]) -> NDArray[np.float64]:
    power = np.abs(np.fft.rfft(windows, 2 * WINDOW)) ** 2
    alike: NDArray[np.float64] = np.fft.irfft(power)[:, :LONGEST]
    return alike / alike[:, :1]


def _rise(voice: Voice, line: str) -> float:
    return rise(np.concatenate(list(voice.speak(line))))


def _evenly(lines: Sequence[str], most: int) -> list[str]:
    return list(lines[:: max(1, len(lines) // most)][:most])
