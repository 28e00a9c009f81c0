"""What the user has set: defaults, then config.toml, then the environment, then flags.

Every setting has one name: `echo` in config.toml is VIVAVOCE_ECHO in the environment and `--echo`
on the command line. docs/settings.md lists them. The key of a server comes from the environment
alone; it is neither stored nor shown.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from vivavoce.simulator.errors import SettingsError
from vivavoce.transcripts.journal.home import home

FILE = "config.toml"
KEY = "OPENAI_API_KEY"
AUTO = "auto"
PREFIX = "VIVAVOCE_"
SWITCHES = ("captions", "second_language")
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run. Empty text means the system's own choice, or none."""

    model: str = AUTO
    microphone: str = ""
    speaker: str = ""
    echo: str = "cancel"
    voice: str = "natural"
    voice_name: str = ""
    rate: int = 0  # words per minute; 0 leaves it to the persona
    captions: bool = True
    interruptions: str = "normal"
    terms: tuple[str, ...] = ()
    second_language: bool = False
    rooms: int = 0  # interviews at once in the browser; 0 for as many as this machine can hold
    resume: str = ""
    job: str = ""
    llm_base_url: str = ""
    llm_model: str = ""
    speech_base_url: str = ""
    speech_model: str = ""
    transcription_base_url: str = ""
    transcription_model: str = "whisper-1"
    api_key: str = field(default="", repr=False)


HELP: Mapping[str, str] = {
    "model": "recogniser: auto, tiny.en, base, or a folder with a Whisper model",
    "microphone": "name of the microphone, or a part of it",
    "speaker": "name of the speaker, or a part of it",
    "echo": "what keeps the interviewer from hearing itself: cancel, headphones, half-duplex",
    "voice": "what the interviewer speaks with: natural, system, piper, server",
    "voice_name": "which of the voices of system, piper or server; for piper the voice's folder",
    "rate": "words per minute of the interviewer",
    "captions": "show what you say while you say it",
    "interruptions": "how readily you are cut in on: off, gentle, normal, brisk, relentless",
    "terms": "words to expect, separated by commas",
    "second_language": "English is your second language: the typical pace in reports reaches lower",
    "rooms": "interviews that `vivavoce web` holds at once, where this machine could hold more",
    "resume": "your résumé: PDF, DOCX, ODT, RTF, HTML, Markdown, text or JSON Resume",
    "job": "the job posting, in a file of the same kinds",
    "llm_base_url": "address of an OpenAI-compatible chat server",
    "llm_model": "the chat server's name of a model",
    "speech_base_url": "address of an OpenAI-compatible speech server, for --voice server",
    "speech_model": "the speech server's name of a model",
    "transcription_base_url": "address of an OpenAI-compatible transcription server: it hears you",
    "transcription_model": "the transcription server's name of a model",
}
PAPERS = ("resume", "job")
SERVED = ("rooms",)  # no flags: they concern no single session
CHOICES: Mapping[str, tuple[str, ...]] = {
    "echo": ("cancel", "headphones", "half-duplex"),
    "interruptions": ("off", "gentle", "normal", "brisk", "relentless"),
    "voice": ("natural", "system", "piper", "server"),
}
LIMITS: Mapping[str, tuple[int, int]] = {
    "rate": (80, 400),  # words per minute that engines can speak and people follow
    "rooms": (1, 100),
}

_DEFAULTS = {one.name: one.default for one in fields(Settings) if one.name in HELP}
# No user name, no query: what stands there may be a key, and addresses are kept with a session.
_ADDRESS = re.compile(r"https?://[^\s@?#]+")


def load(flags: Mapping[str, Any] | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this run.

    Args:
        flags: settings by name, from the command line; None stands for a flag that was not given.
        environment: the variables of the process.

    Raises:
        SettingsError: a setting is unknown or of the wrong kind; the text says where it stands.
    """
    given = _from_file(home() / FILE) | _from_environment(environment)
    for name, value in (flags or {}).items():
        if name in HELP and value is not None:
            given[name] = _checked(name, _parsed(name, value, _flag(name)), _flag(name))
    return Settings(**given, api_key=environment.get(KEY, ""))


def kept(settings: Settings) -> dict[str, Any]:
    """Return what session.json may hold of `settings`: all but the key; of a paper, whether there is one."""
    shown = {name: value for name, value in asdict(settings).items() if name in HELP}
    return shown | {name: bool(shown[name]) for name in PAPERS}


def shared(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an export may hold of the settings that any version `kept`: switches, numbers and choices.

    Whatever else was given can name a person, a folder, a device or a server.
    """
    told = {name: bool(value) if name in PAPERS else value for name, value in kept.items() if name in HELP}
    return {
        name: value
        for name, value in told.items()
        if not value or isinstance(value, bool | int) or value in (_DEFAULTS[name], *CHOICES.get(name, ()))
    }


def _from_file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot read {path}: {getattr(error, 'strerror', 'it is not UTF-8')}") from None
    try:
        rows = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not TOML: {error}") from None
    return {name: _from_row(name, value, f"{path}{_line(text, name)}") for name, value in rows.items()}


def _from_row(name: str, value: Any, where: str) -> Any:
    if name not in HELP:
        raise SettingsError(f"{where}: {_unknown(name)}")
    row = _checked(name, tuple(value) if isinstance(value, list) else value, f"{where}: {name}")
    return str(home() / os.path.expanduser(row)) if row and name in PAPERS else row


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    given = {}
    for name in HELP:
        variable = PREFIX + name.upper()
        if environment.get(variable):
            given[name] = _checked(name, _parsed(name, environment[variable], variable), variable)
    return given


def _parsed(name: str, value: Any, where: str) -> Any:
    """Return the text of a variable or a flag as the kind of value that the setting has."""
    default = _DEFAULTS[name]
    if not isinstance(value, str) or isinstance(default, str):
        return value
    if isinstance(default, tuple):
        return tuple(term.strip() for term in value.split(",") if term.strip())
    if isinstance(default, bool) and value.lower() in YES + NO:
        return value.lower() in YES
    if not isinstance(default, bool) and value.isdecimal():
        return int(value)
    raise SettingsError(f"{where} must be {_kind(name)}")


def _checked(name: str, value: Any, where: str) -> Any:
    default = _DEFAULTS[name]
    right = type(value) is type(default)
    if right and isinstance(value, tuple):
        right = all(isinstance(term, str) for term in value)
    if right and name in CHOICES:
        right = value in CHOICES[name]
    if right and value and name in LIMITS:
        right = LIMITS[name][0] <= value <= LIMITS[name][1]
    if right and value and name.endswith("_url"):
        right = _is_address(value)
    if not right:
        raise SettingsError(f"{where} must be {_kind(name)}")
    return value


def _is_address(value: str) -> bool:
    try:
        return bool(_ADDRESS.fullmatch(value) and urlsplit(value).hostname)
    except ValueError:  # brackets that hold no IPv6 address
        return False


def _kind(name: str) -> str:
    if name in CHOICES:
        return "one of " + ", ".join(CHOICES[name])
    if name.endswith("_url"):
        return f"an address like http://localhost:8080/v1 (a key goes into {KEY})"
    if name in LIMITS:
        return "a whole number from {} to {}".format(*LIMITS[name])
    kinds = {
        bool: "true or false",
        tuple: "a list of words",
    }
    return kinds.get(type(_DEFAULTS[name]), "a text in quotes")


def _unknown(name: str) -> str:
    if "key" in name.lower():
        return f"keys are not kept in a file; put it into the environment as {KEY}"
    near = difflib.get_close_matches(name, HELP, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(HELP)}"
    return f"there is no setting {name}; {hint}"


def _line(text: str, name: str) -> str:
    """Return ", line 3" if `name` is set there."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*+\[?\s*+[\"']?{re.escape(name)}\b", line):
            return f", line {number}"
    return ""


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
