"""What works on this machine, and what to do about the rest.

Each check returns what it found as data and never fails for want of hardware: that is what it is
there to report. The only connections are to servers that the user has configured.
"""

import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vivavoce.audio import OVERRULED
from vivavoce.audio.errors import AudioError
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.doctor import sound_check
from vivavoce.simulator.doctor.check import Check
from vivavoce.simulator.doctor.server_check import answer
from vivavoce.simulator.errors import SimulatorError
from vivavoce.simulator.live import devices, recogniser_choice
from vivavoce.simulator.live.loading import TURN_MODEL
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.settings import AUTO, Settings
from vivavoce.transcripts.events import SCHEMA
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.remote_server import host, via

SUPPORTED = (3, 11)
MEGABYTES_PER_HOUR = 230  # two channels of 16 bit at 16 kHz
MEGABYTE = 1_000_000
SENTENCE = "What did you learn from it?"
SLOW_VOICE = 1.0  # seconds to the first sound


def examine(settings: Settings, begin: Callable[[str], None]) -> list[Check]:
    """Return every check's findings; `begin` is told which comes next."""
    parts: list[tuple[str, Callable[[], Sequence[Check]]]] = [
        ("python", lambda: [_python()]),
        ("sound devices", lambda: sound_check.examine(settings)),
        ("voice", lambda: [_voice(settings)]),
        ("models", lambda: [*_models(settings)]),
        ("chat server", lambda: [_server(settings)]),
        ("network", lambda: [network(settings)]),
        ("disk", lambda: [disk()]),
    ]
    checks: list[Check] = []
    for name, check in parts:
        begin(name)
        checks += check()
    return checks


def to_json(checks: Sequence[Check]) -> dict[str, Any]:
    """Return `checks` as the object that `doctor --json` prints."""
    return {"schema": SCHEMA, "checks": [asdict(check) for check in checks]}


def page(checks: Sequence[Check]) -> str:
    """Return `checks` as lines for people."""
    lines = []
    for check in checks:
        lines.append(f"{check.status:<5} {line(f'{check.name}: {check.found}')}")
        if check.advice:
            lines.append(f"      -> {line(check.advice)}")
    return "\n".join(lines)


def _python() -> Check:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info < SUPPORTED:
        return Check("python", "fail", found, "install Python 3.11 or newer")
    return Check("python", "ok", found)


def _voice(settings: Settings) -> Check:
    spare: list[str] = []
    try:
        voice = devices.voice(settings, persona(Wanted().persona), spare.append, keep=False)
        took = recogniser_choice.elapsed(lambda: next(voice.speak(SENTENCE), None))
        again = recogniser_choice.elapsed(lambda: next(voice.speak(SENTENCE.replace("learn", "take")), None))
    except (AudioError, SimulatorError) as error:
        return Check("voice", "fail", f"{settings.voice} says nothing", str(error))
    through = via(settings.speech_base_url) if settings.voice == "server" else ""
    times = f"first sound after {again * 1000:.0f} ms (at the start {took * 1000:.0f} ms)"
    found = f"{'system' if spare else settings.voice}{through}, {times}"
    if spare:
        return Check("voice", "warn", found, spare[0])
    if again > SLOW_VOICE:
        return Check("voice", "warn", found, "use --voice system, which is quicker")
    return Check("voice", "ok", found)


def _models(settings: Settings) -> list[Check]:
    if settings.transcription_base_url:
        return [_model(TURN_MODEL), _recognition(settings)]
    wanted = recogniser_choice.QUICK if settings.model == AUTO else settings.model
    names = dict.fromkeys([wanted, TURN_MODEL])
    checks = [_model(name) for name in names]
    if settings.model == AUTO and not recogniser_choice.is_here(recogniser_choice.ACCURATE):
        checks.append(
            Check("model base", "ok", "not here, and not needed; it understands more on a quick machine")
        )
    if checks[0].status == "ok" or recogniser_choice.is_here(recogniser_choice.ACCURATE):
        checks.append(_recognition(settings))
    return checks


def _model(name: str) -> Check:
    if recogniser_choice.is_here(name):
        return Check(f"model {Path(name).name}", "ok", "here")
    return Check(f"model {Path(name).name}", "fail", "missing", f"run: vivavoce models get {name}")


def _recognition(settings: Settings) -> Check:
    try:
        recogniser, choice = recogniser_choice.choose(settings)
        took = recogniser_choice.seconds(recogniser)
    except AudioError as error:
        return Check("recognition", "fail", "it does not work", str(error))
    name = choice.name + via(settings.transcription_base_url)
    found = f"{name} takes {took * 1000:.0f} ms for {recogniser_choice.SAMPLE_SECONDS:.0f} s of speech"
    if took > recogniser_choice.ALLOWED:
        served = settings.transcription_base_url
        advice = "take a nearer or quicker one" if served else "close what else uses the processor"
        return Check("recognition", "warn", found, f"replies will come late; {advice}")
    return Check("recognition", "ok", found)


def _server(settings: Settings) -> Check:
    if not settings.llm_base_url:
        return Check("chat server", "ok", "none configured; the built-in interviewer asks")
    name = host(settings.llm_base_url) + via(settings.llm_base_url)
    models, problem = answer(settings.llm_base_url, settings.api_key)
    if problem:
        advice = "check llm_base_url, OPENAI_API_KEY, and whether it runs"
        return Check("chat server", "fail", f"{name} {problem}", advice)
    if settings.llm_model and settings.llm_model not in models:
        found, advice = f"{name} does not list {settings.llm_model}", f"it has {', '.join(models[:5])}"
        return Check("chat server", "warn", found, advice)
    return Check("chat server", "ok", f"{name} answers and has {len(models)} models")


def network(settings: Settings) -> Check:
    """Say where words and sound may go: to the servers that are configured, and nowhere else."""
    servers = {
        "chat": settings.llm_base_url,
        "speech": settings.speech_base_url,
        "transcription": settings.transcription_base_url,
    }
    named = ", ".join(f"{kind} {address}" for kind, address in servers.items() if address)
    where = f"but to your servers: {named}" if named else "anywhere: no server is configured"
    found = f"nothing is sent {where}"
    if OVERRULED:
        found += f" ({', '.join(OVERRULED)} in the environment is not heeded)"
    return Check("network", "ok", found)


def disk() -> Check:
    """Say whether sessions can be kept, and how many hours of them."""
    place = home()
    existing = next(folder for folder in [place, *place.parents] if folder.exists())
    free = shutil.disk_usage(existing).free / MEGABYTE
    found = f"{place} has room for {free / MEGABYTES_PER_HOUR:.0f} hours of recording"
    try:
        tempfile.TemporaryFile(dir=existing).close()  # has no name that a kill could leave behind
    except OSError as error:
        return Check(
            "disk", "fail", f"{place} cannot be written ({error.strerror})", "set VIVAVOCE_HOME elsewhere"
        )
    if free < MEGABYTES_PER_HOUR:
        return Check("disk", "warn", found, f"free {MEGABYTES_PER_HOUR} MB, which is an hour")
    return Check("disk", "ok", found)
