"""What a live session is equipped with, made from the settings."""

from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.home import home

if TYPE_CHECKING:
    from collections.abc import Callable

    from vivavoce.audio.echo import EchoGuard
    from vivavoce.audio.phrases import CachedVoice
    from vivavoce.audio.ports import Microphone, Speaker
    from vivavoce.audio.voices import NamedVoice
    from vivavoce.transcripts.events import Event

PIPER_VOICE = "joe"


def voice(settings: Settings, rate_wpm: float) -> "CachedVoice":
    """Return the interviewer's voice, which says at once what it has said before.

    Args:
        settings: which engine and voice, and the rate if the user has set one.
        rate_wpm: the persona's own rate.

    Raises:
        SettingsError: the settings name no server for a server's voice.
        ModelError: the voice's weights are not here.
    """
    from vivavoce.audio.phrases import CachedVoice

    return CachedVoice(_engine(settings, settings.rate or round(rate_wpm)), home() / "cache" / "phrases")


def _engine(settings: Settings, rate_wpm: int) -> "NamedVoice":
    if settings.voice == "system":
        from vivavoce.audio.voices import SystemVoice

        return SystemVoice(rate_wpm, settings.voice_name or None)
    from vivavoce.audio.neural import PiperVoice, ServerVoice

    if settings.voice == "piper":
        return PiperVoice(_piper_folder(settings.voice_name), rate_wpm)
    if not settings.speech_base_url or not settings.speech_model:
        raise SettingsError("--voice server needs --speech-base-url and --speech-model, or both in config.toml")
    return ServerVoice(
        settings.speech_base_url, settings.speech_model, settings.voice_name or "alloy", settings.api_key
    )


def _piper_folder(name: str) -> Path:
    from vivavoce.audio.models import locate

    own = Path(name).expanduser()
    return own if name and own.is_dir() else locate(name or PIPER_VOICE)


def echo(settings: Settings) -> "EchoGuard":
    """Return what keeps the interviewer from hearing itself."""
    from vivavoce.audio.echo import CancelEcho, HalfDuplex, Headphones

    guards = {"cancel": CancelEcho, "headphones": Headphones, "half-duplex": HalfDuplex}
    return guards[settings.echo]()


def microphone(settings: Settings, report: "Callable[[Event], None]") -> "Microphone":
    """Return the microphone of the settings, or the system's own; it reports when it is lost and found.

    Raises:
        DeviceError: there is none, or none of that name.
    """
    from vivavoce.audio.soundcard import PortAudioMicrophone

    return PortAudioMicrophone(settings.microphone or None, report)


def speaker(settings: Settings) -> "Speaker":
    """Return the speaker of the settings, or the system's own.

    Raises:
        DeviceError: there is none, or none of that name.
    """
    from vivavoce.audio.soundcard import PortAudioSpeaker

    return PortAudioSpeaker(settings.speaker or None)
