"""What a live session is equipped with, made from the settings."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.remote_server import host, via

if TYPE_CHECKING:
    from collections.abc import Callable

    from vivavoce.audio.devices.echo import EchoGuard
    from vivavoce.audio.devices.soundcard import PortAudioMicrophone, PortAudioSpeaker
    from vivavoce.audio.voices.phrase_cache import CachedVoice
    from vivavoce.audio.voices.system_voice import NamedVoice
    from vivavoce.personas.content.persona import Persona
    from vivavoce.personas.conversation.phrasing import Phrasing
    from vivavoce.personas.papers.tailoring import Tailoring

PIPER_VOICE = "joe"


def voice(
    settings: Settings,
    who: "Persona",
    notice: "Callable[[str], None]" = lambda line: None,
    *,
    keep: bool = True,
) -> "CachedVoice":
    """Return the interviewer's voice, which says at once what it has said before.

    Args:
        settings: which engine and voice, and the rate if the user has set one.
        who: whose it is, with a rate, a pitch for the natural voice and a name for the system's.
        notice: told, should the natural voice not work here, that the system's speaks.
        keep: remember on the disk, for the next session, how it says what is the program's own.

    Raises:
        SettingsError: the settings name no server for a server's voice.
        ModelError: the voice's weights are not here.
    """
    from vivavoce.audio.voices.phrase_cache import CachedVoice
    from vivavoce.personas.conversation.shipped_lines import is_shipped

    engine = _engine(settings, who, notice)
    return CachedVoice(engine, home() / "cache" / "voice" if keep else None, is_shipped)


def _engine(settings: Settings, who: "Persona", notice: "Callable[[str], None]") -> "NamedVoice":
    if settings.voice == "natural":
        return _natural(settings, who, notice)
    if settings.voice == "system":
        return _system(settings, who)
    from vivavoce.audio.voices.piper import PiperVoice
    from vivavoce.audio.voices.speech_server import ServerVoice

    if settings.voice == "piper":
        return PiperVoice(_piper_folder(settings.voice_name), _rate(settings, who))
    if not settings.speech_base_url or not settings.speech_model:
        raise SettingsError("a server's voice needs speech_base_url and speech_model; see docs/settings.md")
    return ServerVoice(
        settings.speech_base_url, settings.speech_model, settings.voice_name or "alloy", settings.api_key
    )


def load_ahead(settings: Settings) -> None:
    """Begin to load the voice, if it is one that takes a while."""
    if settings.voice == "natural":
        from vivavoce.audio.voices import natural

        natural.load_ahead()


def load_voice(settings: Settings) -> None:
    """Return when the voice has loaded, if it is one that takes a while."""
    if settings.voice == "natural":
        from vivavoce.audio.voices import natural

        natural.load()


def _rate(settings: Settings, who: "Persona") -> int:
    return settings.rate or round(who.rate_wpm)


def _natural(settings: Settings, who: "Persona", notice: "Callable[[str], None]") -> "NamedVoice":
    """Return the natural voice, which is being loaded, with the system's to fall back on."""
    from vivavoce.audio.voices.natural import NaturalVoice
    from vivavoce.audio.voices.spare import WithSpare

    load_ahead(settings)
    natural = NaturalVoice(_rate(settings, who), who.pitch)
    return WithSpare(natural, lambda: _system(settings, who), notice)


def _system(settings: Settings, who: "Persona") -> "NamedVoice":
    from vivavoce.audio.voices.system_voice import SystemVoice

    return SystemVoice(_rate(settings, who), settings.voice_name or who.voice or None)


def _piper_folder(name: str) -> Path:
    from vivavoce.audio.models.store import locate

    own = Path(os.path.expanduser(name))
    return own if name and own.is_dir() else locate(name or PIPER_VOICE)


def chat(settings: Settings, asking: "Persona", known: "Tailoring | None" = None) -> "Phrasing | None":
    """Return what finds words for the interviewer, if the user has configured a chat server.

    Raises:
        ChatError: its address is none.
    """
    if not settings.llm_base_url:
        return None
    from vivavoce.personas.chat.client import ChatPhrasing
    from vivavoce.personas.chat.prompt import Speaker
    from vivavoce.simulator.engine.chat_lines import DEADLINE

    papers = known.excerpts if known else ("", "")
    who = Speaker(asking.name, asking.role, asking.warmth, papers=papers)
    return ChatPhrasing(settings.llm_base_url, settings.llm_model, settings.api_key, who, timeout=DEADLINE)


def proxies(settings: Settings, *, speaks: bool = True) -> list[str]:
    """Return a line for each server of the interviewer's that what is said reaches through a proxy.

    That of a transcription server is told where it is named.
    """
    speech = settings.speech_base_url if speaks and settings.voice == "server" else ""
    servers = {"chat": settings.llm_base_url, "speech": speech}
    return [
        f"The {kind} server {host(address)} is reached{through}."
        for kind, address in servers.items()
        if (through := via(address))
    ]


def echo(settings: Settings) -> "EchoGuard":
    """Return what keeps the interviewer from hearing itself."""
    from vivavoce.audio.devices.echo import CancelEcho, HalfDuplex, Headphones

    guards: dict[str, Callable[[], EchoGuard]] = {
        "cancel": CancelEcho,
        "headphones": Headphones,
        "half-duplex": HalfDuplex,
    }
    return guards[settings.echo]()


def check(settings: Settings) -> None:
    """Check that there are a microphone and a speaker, before anything is begun.

    Raises:
        DeviceError: one is missing, or PortAudio is.
    """
    from vivavoce.audio.devices.portaudio import find

    find(settings.microphone or None, "microphone")
    find(settings.speaker or None, "speaker")


def microphone(
    settings: Settings,
    on_lost: "Callable[[str], None]" = lambda reason: None,
    on_found: "Callable[[str], None]" = lambda name: None,
) -> "PortAudioMicrophone":
    """Return the microphone of the settings, or the system's own; not yet open."""
    from vivavoce.audio.devices.soundcard import PortAudioMicrophone

    return PortAudioMicrophone(settings.microphone or None, on_lost=on_lost, on_found=on_found)


def speaker(settings: Settings) -> "PortAudioSpeaker":
    """Return the speaker of the settings, or the system's own; it opens with its first block."""
    from vivavoce.audio.devices.soundcard import PortAudioSpeaker

    return PortAudioSpeaker(settings.speaker or None)


def taking_over(
    settings: Settings, asking: "Persona", known: "Tailoring", notice: "Callable[[str], None]"
) -> "tuple[CachedVoice, Phrasing | None]":
    """Return the voice and the chat server's words of who leads the next round of a loop.

    Raises:
        AudioError: there is no such voice.
    """
    return voice(settings, asking, notice), chat(settings, asking, known)
