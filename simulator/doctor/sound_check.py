"""The sound devices of `vivavoce doctor`: whether the microphone hears, and whether it hears the speaker."""

from collections.abc import Sequence

import numpy as np

from vivavoce.audio.devices.portaudio import Device, devices
from vivavoce.audio.errors import AudioError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.simulator.doctor.check import Check
from vivavoce.simulator.live import devices as equipment
from vivavoce.simulator.settings import Settings

QUIET_DBFS, NOISY_DBFS = -75.0, -40.0  # of a room in which nobody speaks
LISTEN_FRAMES = 31  # 1 s
CHIRP_FRAMES, TAIL_FRAMES = 16, 12  # half a second of chirp, and what comes late
CHIRP_HZ = (300.0, 3000.0)
CHIRP_LEVEL = 0.1
LOUD_ECHO_DBFS = -35.0
ABOVE_ROOM_DB = 6.0


def examine(settings: Settings) -> list[Check]:
    """Return what can be said of microphone, speaker and the room between them; takes some two seconds."""
    try:
        known = devices()
    except AudioError as error:
        return [Check("sound library", "fail", "PortAudio is missing", str(error))]
    checks = [Check("sound library", "ok", "PortAudio")]
    inputs, outputs = [d for d in known if d.inputs], [d for d in known if d.outputs]
    checks += [_listed("microphones", inputs), _listed("speakers", outputs)]
    if inputs:
        checks += _listen(settings, speakers=bool(outputs))
    return checks


def _listed(kind: str, found: Sequence[Device]) -> Check:
    if not found:
        return Check(kind, "warn", "none", "connect one; demo, simulate and transcribe work without")
    return Check(kind, "ok", ", ".join(device.name for device in found))


def _listen(settings: Settings, *, speakers: bool) -> list[Check]:
    """Hear the room for a second, then a chirp from the speaker."""
    try:
        room, echo = _heard(settings, speakers=speakers)
    except AudioError as error:
        return [Check("microphone", "fail", "it cannot be used", str(error))]
    checks = [_room(room)]
    if speakers and room.any():
        checks.append(_echo(dbfs(room), dbfs(echo)))
    return checks


def _heard(settings: Settings, *, speakers: bool) -> tuple[Samples, Samples]:
    """Return what the microphone heard of the room, and after that of the chirp."""
    sound = np.concatenate([chirp() if speakers else silence(0), silence(TAIL_FRAMES * FRAME_SAMPLES)])
    speaker, blocks = equipment.speaker(settings), []
    frames = equipment.microphone(settings).frames()
    try:
        for number, frame in enumerate(frames):
            blocks.append(frame.samples)
            start = (number - LISTEN_FRAMES) * FRAME_SAMPLES
            if start >= len(sound):
                break
            if speakers:
                speaker.play(sound[start : start + FRAME_SAMPLES] if start >= 0 else silence(FRAME_SAMPLES))
    finally:
        speaker.close()
    return np.concatenate(blocks[:LISTEN_FRAMES]), np.concatenate(blocks[LISTEN_FRAMES:])


def chirp() -> Samples:
    """Return a tone that rises through the range of speech, shape (CHIRP_FRAMES * FRAME_SAMPLES,)."""
    seconds = np.arange(CHIRP_FRAMES * FRAME_SAMPLES) / SAMPLE_RATE_HZ
    low, high = CHIRP_HZ
    rising = low * seconds + (high - low) * seconds**2 / (2 * seconds[-1])
    tone: Samples = (CHIRP_LEVEL * np.sin(2 * np.pi * rising)).astype(np.float32)
    return tone


def dbfs(samples: Samples) -> float:
    """Return the level of `samples` in dB, a full sine being about -3."""
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))


def _room(room: Samples) -> Check:
    if not room.any():
        advice = "unmute it, and allow the terminal to use the microphone in the system's privacy settings"
        return Check("microphone", "fail", "it gives only zeros", advice)
    level = dbfs(room)
    found = f"it hears the room at {level:.0f} dBFS"
    if level > NOISY_DBFS:
        return Check("microphone", "warn", found, "find a quieter place, or lower the input's gain")
    if level < QUIET_DBFS:
        return Check(
            "microphone", "warn", found, "speak while this runs; if it stays so low, raise the input's gain"
        )
    return Check("microphone", "ok", found)


def _echo(room: float, echo: float) -> Check:
    above = echo - room
    if above < ABOVE_ROOM_DB:
        return Check("echo", "ok", "the microphone does not hear the speaker")
    found = f"the microphone hears the speaker at {echo:.0f} dBFS, {above:.0f} dB above the room"
    if echo > LOUD_ECHO_DBFS:
        return Check("echo", "warn", found, "use headphones, or turn the speaker down")
    return Check("echo", "ok", found + "; it is cancelled")
