"""What to hear of a sound file's channels: all of them mixed, one of them, or each side of a call by itself.

The file is read twice. The first time only levels are kept, one for each channel and WINDOW. If most of the
talk is on one channel at a time, and more than one channel has talk of its own, these are the sides of a
call; a mix of them beside them is left out. Of each side, what only leaks in from the others is muted.
Otherwise there is one sound: the mean of the channels, or the loudest of them where the mean is far quieter,
as with one inverted or silent. The second time the sound is handed out, raised if it is very quiet, and never
more than a block of it in memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.devices.sound_files import Channels, blocks, regrouped
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.transcripts.events import Seconds

WINDOW = SAMPLE_RATE_HZ // 10
QUIETEST_DBFS = -100.0
LOUD_WINDOWS = 30  # 3 s, louder than which a click is not; of short sound a tenth
PAUSES = 5  # percent of the windows that are as quiet as it gets
ABOVE_PAUSES_DB = 10.0
SPEECH_RANGE_DB = 25.0  # below the level of loud speech is none
ONE_ALONE_DB = 6.0  # by which a channel is louder than all others while only its side talks
MOSTLY_ALONE = 0.6  # of the talk is on one channel at a time
LEAST_TALK = 10  # windows, and a share of all talk, that a side has to itself
LEAST_SHARE = 0.02
LEAK_MARGIN_DB = 6.0
ECHO = range(4)  # windows by which it may come late
MIXED_DB = 13.0  # by which a mix is quieter than each side in it, at most
ALIKE_DB = 0.5  # by which channels that hold the same sound differ, at most
CANCELLED_DB = 4.5  # by which a mean is quieter than its loudest channel if they do not add up
QUIET_DBFS, RAISED_DBFS = -38.0, -26.0  # of loud speech: what is below the former is raised to the latter
MOST_GAIN_DB = 40.0

Levels = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What is heard by itself of a sound file.

    `channel` counts from 0, None for the mean of all; `muted` are the windows in which others leak in;
    `alike` says that there are several channels, and all hold this sound.
    """

    path: Path
    name: str
    length: Seconds
    channel: int | None
    gain: float
    muted: NDArray[np.bool_]
    alike: bool = False

    def sound(self) -> Iterator[Samples]:
        """Yield it as mono in [-1, 1], block by block."""
        for number, block in enumerate(regrouped(blocks(self.path), WINDOW)):
            heard = block.mean(axis=1) if self.channel is None else block[:, self.channel]
            silent = self.muted[number] if number < len(self.muted) else False
            yield (heard * np.float32(0.0 if silent else self.gain)).clip(-1, 1)


@dataclass(slots=True)
class _Survey:
    """The levels in dB of each window, of the mean of all channels first, and the highest sample of each."""

    levels: Levels
    peaks: Levels
    length: Seconds


def sides(path: Path, longest: Seconds | None = None) -> list[Side]:
    """Return what is to be heard of the sound file at `path`: one sound, or the sides of a call.

    Args:
        path: any sound file.
        longest: more sound than that is refused as soon as it is seen.

    Raises:
        SoundFileError: see `blocks`.
    """
    survey = _survey(blocks(path, longest))
    count = survey.levels.shape[1] - 1
    own = _unmixed(survey.levels[:, 1:])
    levels = survey.levels[:, [1 + channel for channel in own]]
    alone = _alone(levels)
    talking = _talking(alone)
    if len(talking) < 2:
        return [_whole(path, survey)]
    return [
        _side(path, _name(own[one], count), survey, 1 + own[one], _leaks(levels, alone, one))
        for one in talking
    ]


def mixed(path: Path, longest: Seconds | None = None) -> Side:
    """Return all that is to be heard of the sound file at `path` as one sound; see `sides`."""
    return _whole(path, _survey(blocks(path, longest)))


def _whole(path: Path, survey: _Survey) -> Side:
    """Return the mean of all channels, or the loudest where they do not add up."""
    mean, *each = _speech(survey.levels)
    found = _side(path, "", survey, 0 if mean >= max(each) - CANCELLED_DB else 1 + int(np.argmax(each)))
    apart = float(np.ptp(survey.levels[:, 1:], axis=1).max())
    return replace(found, alike=len(each) > 1 and apart <= ALIKE_DB)


def _survey(sound: Iterator[Channels]) -> _Survey:
    rows: list[Levels] = []
    length, peaks = 0, np.zeros(0)
    for block in regrouped(sound, WINDOW):
        each = np.column_stack([block.mean(axis=1), block]).astype(np.float64)
        rows.append(20 * np.log10(np.sqrt(np.square(each).mean(axis=0)) + 1e-12))
        highest = np.abs(each).max(axis=0)
        peaks = np.maximum(peaks, highest) if len(peaks) else highest
        length += len(block)
    return _Survey(np.array(rows).clip(min=QUIETEST_DBFS), peaks, Seconds(length / SAMPLE_RATE_HZ))


def _speech(levels: Levels) -> Levels:
    """Return how loud loud speech is on each channel."""
    place = max(1, min(LOUD_WINDOWS, len(levels) // 10))
    found: Levels = np.sort(levels, axis=0)[-place]
    return found


def _unmixed(levels: Levels) -> list[int]:
    """Return all channels but one that is a mix of the others: it has their sides and no talk of its own."""
    every = list(range(levels.shape[1]))
    with_own = _talking(_alone(levels))
    for one in set(every) - set(with_own):
        rest = [channel for channel in every if channel != one]
        alone = _alone(levels[:, rest]) if len(rest) > 1 else np.zeros(0, int)
        talking = _talking(alone)
        quieter = [np.median((levels[:, rest[side]] - levels[:, one])[alone == side]) for side in talking]
        if len(talking) > 1 and max(quieter) <= MIXED_DB:
            return rest
    return every


def _alone(levels: Levels) -> NDArray[np.int_]:
    """Return for each window which channel talks alone; -1 where none does and -2 where several may.

    A side may be recorded much more quietly than another, and another may leak into it. So half of what
    they differ in is evened out.
    """
    speech, pauses = _speech(levels), np.percentile(levels, PAUSES, axis=0)
    active = levels >= np.maximum(speech - SPEECH_RANGE_DB, pauses + ABOVE_PAUSES_DB)
    told = levels - speech / 2
    first = told.argmax(axis=1)
    if levels.shape[1] > 1:
        second, most = np.sort(told, axis=1)[:, -2:].T
        first = np.where(most - second >= ONE_ALONE_DB, first, -2)
    rows = np.arange(len(levels))
    found: NDArray[np.int_] = np.where(active.any(axis=1), first, -1)
    return np.where((found >= 0) & ~active[rows, np.maximum(found, 0)], -2, found)


def _talking(alone: NDArray[np.int_]) -> list[int]:
    """Return which channels are sides of a call."""
    talk = int((alone != -1).sum())
    each = np.bincount(alone[alone >= 0]) if (alone >= 0).any() else np.zeros(0, int)
    if each.sum() < MOSTLY_ALONE * talk:
        return []
    return [one for one, count in enumerate(each) if count >= max(LEAST_TALK, LEAST_SHARE * talk)]


def _leaks(levels: Levels, alone: NDArray[np.int_], one: int) -> NDArray[np.bool_]:
    """Return the windows in which channel `one` only has what leaks in from another, now or as an echo."""
    found = np.zeros(len(levels), dtype=np.bool_)
    for other in {*alone.tolist()} - {-1, -2, one}:
        late = [np.concatenate([levels[:1, other]] * n + [levels[: len(levels) - n, other]]) for n in ECHO]
        quieter = levels[:, one] - np.max(late, axis=0)
        found |= quieter < np.median(quieter[alone == other]) + LEAK_MARGIN_DB
    return found


def _side(path: Path, name: str, survey: _Survey, place: int, muted: NDArray[np.bool_] | None = None) -> Side:
    """Return the side at `place` in the columns of `survey`."""
    silent = np.zeros(0, dtype=np.bool_) if muted is None else muted
    kept = survey.levels[:, [place]][~silent] if len(silent) else survey.levels[:, [place]]
    speech = float(_speech(kept)[0])
    up = min(MOST_GAIN_DB, RAISED_DBFS - speech) if speech < QUIET_DBFS else 0.0
    gain = 10 ** (up / 20) / max(1.0, float(survey.peaks[place]))
    return Side(path, name, survey.length, place - 1 if place else None, gain, silent)


def _name(channel: int, count: int) -> str:
    of_two = f" ({('left', 'right')[channel]})" if count == 2 else ""
    return f"Channel {channel + 1}{of_two}"
