"""The check before an interview: what comes back of what is played, and which guard that calls for.

What was played and what was heard lie on one clock, so the room's impulse response can be read off by
dividing their spectra. An echo comes after its sound: what the response holds before time zero is chance,
and says how much of the rest may be chance too. That finds an echo far below the noise, which a level
would not show. Whether an echo matters is for the session's own ear to say, which is asked whether it hears
speech in the recording, as it came and after our canceller. The canceller that has heard the check knows the
room, and is the one to go on with: one that begins anew lets a loud echo through in its first second.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.devices.echo import LATENESS_SAMPLES, CancelEcho, EchoGuard, HalfDuplex, Headphones
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.transcripts.events import Seconds

LONGEST_DELAY = Seconds(0.6)  # a wireless speaker, and its tail
EARLY = SAMPLE_RATE_HZ // 200  # of a response, before its peak: 5 ms
TAIL = SAMPLE_RATE_HZ * 3 // 10
SETTLED = SAMPLE_RATE_HZ * 3 // 2  # a browser's canceller has found the echo by then
WHITENING = 0.01  # of the mean power of what was played: bins below it say little
CERTAIN = 1.5  # times as high as the highest peak of chance
FAINT_DB = -12.0  # an echo so far below the room's noise is inaudible
SILENT, UNHEARD = 0.2, 0.35  # like speech: noise is below the one, and 0.5 is taken for it
JUDGED = 2  # times that the canceller hears the check again, once it knows the room
ACTIVE_DB = -40.0  # below the loudest frame, what is played is a pause
QUIETEST_DB = -120.0

QUIET_DBFS = -50.0  # of a loud syllable
FULL, FULL_SAMPLES = 0.98, 32  # 2 ms at the end of the scale

Guard = Literal["browser", "ours", "half-duplex"]
Hearing = Literal["well", "zeros", "nothing", "quiet", "clipping"]
LikeSpeech = Callable[[Samples], float]  # how much, in [0, 1], for a session's ear
Complex = NDArray[np.complex128]


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """What the microphone hears of the speaker.

    Attributes:
        delay: of its direct sound; None if there is no echo to be found.
        against_played_db: its level, relative to what was played.
        above_room_db: its level, relative to the room's noise.
    """

    delay: Seconds | None = None
    against_played_db: float = QUIETEST_DB
    above_room_db: float = QUIETEST_DB


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Which guard to take.

    Attributes:
        choice: its name.
        guard: itself, which knows the room; its reference is what sounded while a frame was heard.
        echo: what was found.
        disturbed: somebody else was heard meanwhile, so the check says little.
    """

    choice: Guard
    guard: EchoGuard
    echo: Echo
    disturbed: bool = False


def decide(quiet: Samples, played: Samples, heard: Samples, like_speech: LikeSpeech) -> Verdict:
    """Return the guard that the room calls for.

    Args:
        quiet: what the microphone heard while nothing was played.
        played: what came out of the speaker, at SAMPLE_RATE_HZ.
        heard: what the microphone heard meanwhile, as long as `played`.
        like_speech: the session's ear, which begins anew each time.

    Raises:
        ValueError: `played` and `heard` differ in length, or nothing was played.
    """
    if len(played) != len(heard) or not played.any():
        raise ValueError(f"need sound as long as what was heard of it: {len(played)}, {len(heard)}")
    echo = find_echo(quiet, played, heard)
    begins = SETTLED if len(played) > 2 * SETTLED else 0
    later = find_echo(quiet, played[begins:], heard[begins:])
    if later.above_room_db < FAINT_DB and like_speech(heard[begins:]) < SILENT:
        return Verdict(choice="browser", guard=guard("browser"), echo=echo)
    ours = guard("ours")
    passes = [through(ours, played, heard)[LATENESS_SAMPLES:] for _ in range(1 + JUDGED)]
    if ours.two_way and all(like_speech(one) < UNHEARD for one in passes[1:]):
        return Verdict(choice="ours", guard=ours, echo=echo)
    return Verdict(
        choice="half-duplex",
        guard=guard("half-duplex", echo.delay),
        echo=echo,
        disturbed=echo.delay is None,
    )


def guard(choice: Guard, delay: Seconds | None = None) -> EchoGuard:
    """Return a guard of this name that knows no room yet, for an echo with this `delay`, if it is known."""
    if choice == "browser":
        return Headphones()
    if choice == "ours":
        with suppress(DeviceError):  # it does not run on this machine
            return CancelEcho()
    return HalfDuplex(delay or Seconds(0.15))


def find_echo(quiet: Samples, played: Samples, heard: Samples) -> Echo:
    """Return what is to be found of `played` in `heard`; see `decide`."""
    longest = round(LONGEST_DELAY * SAMPLE_RATE_HZ)
    size = len(played) + 2 * longest + TAIL
    sound = np.fft.rfft(played, size)
    response = _response(sound, np.fft.rfft(heard, size), size)
    after, before = response[:longest], response[-longest:]
    peak = int(np.argmax(np.abs(after)))
    if np.abs(after[peak]) < CERTAIN * np.abs(before).max() or not heard.any():
        return Echo()
    delay = _onset(after, peak)
    active = _active(played, delay)
    echo = _power(sound, response, delay - EARLY, size)[: len(played)][active].mean()
    chance = _power(sound, response, -TAIL - EARLY, size)[: len(played)][active].mean()
    level, room = _db(max(echo - chance, 0.0)), _db(_mean_square(quiet))
    source = _db(_mean_square(played[_active(played, 0)]))
    return Echo(
        delay=Seconds(delay / SAMPLE_RATE_HZ), against_played_db=level - source, above_room_db=level - room
    )


def hearing(everything: Samples, said: Samples, *, spoke: bool) -> Hearing:
    """Return how the microphone does.

    Args:
        everything: that it heard during the check.
        said: what it heard while the candidate was asked to speak.
        spoke: whether speech was found in that.
    """
    if not everything.any():
        return "zeros"
    if np.count_nonzero(np.abs(said) >= FULL) >= FULL_SAMPLES:
        return "clipping"
    if not spoke:
        return "nothing"
    return "quiet" if _db(max(_by_frame(said), default=0.0)) < QUIET_DBFS else "well"


def _response(sound: Complex, heard: Complex, size: int) -> NDArray[np.float64]:
    power = np.square(np.abs(sound))
    response: NDArray[np.float64] = np.fft.irfft(
        heard * sound.conj() / (power + WHITENING * power.mean()), size
    )
    return response


def _onset(response: NDArray[np.float64], peak: int) -> int:
    """Return where the direct sound is: a reflection may be the higher peak."""
    loud = np.flatnonzero(np.abs(response[max(0, peak - TAIL) : peak + 1]) > np.abs(response[peak]) / 2)
    return max(0, peak - TAIL) + int(loud[0])


def _power(sound: Complex, response: NDArray[np.float64], first: int, size: int) -> NDArray[np.float64]:
    """Return the power of what was played as it comes back by the part of `response` from `first` on."""
    part = np.zeros(size)
    here = np.arange(first, first + EARLY + TAIL)
    part[here] = response[here]
    return np.square(np.fft.irfft(sound * np.fft.rfft(part), size))


def _active(played: Samples, delay: int) -> NDArray[np.bool_]:
    """Return which samples of what was heard belong to a frame in which something was played."""
    late = np.concatenate([silence(delay), played])[: len(played)]
    levels = np.array(_by_frame(late))
    loud = np.repeat(levels > levels.max() * 10 ** (ACTIVE_DB / 10), FRAME_SAMPLES)
    return np.concatenate([loud, np.zeros(len(played) - len(loud), dtype=np.bool_)])


def through(by: EchoGuard, played: Samples, heard: Samples) -> Samples:
    """Return what `by` makes of the whole frames of `heard`."""
    starts = range(0, len(heard) - FRAME_SAMPLES + 1, FRAME_SAMPLES)
    return np.concatenate(
        [
            by.clean(Frame(at, heard[at : at + FRAME_SAMPLES]), played[at : at + FRAME_SAMPLES]).samples
            for at in starts
        ]
    )


def _by_frame(samples: Samples) -> list[float]:
    return [
        _mean_square(samples[at : at + FRAME_SAMPLES])
        for at in range(0, len(samples) - FRAME_SAMPLES + 1, FRAME_SAMPLES)
    ]


def _mean_square(samples: Samples) -> float:
    return float(np.square(samples, dtype=np.float64).mean()) if len(samples) else 0.0


def _db(power: float) -> float:
    return float(10 * np.log10(max(power, 10 ** (QUIETEST_DB / 10))))
