"""What can go wrong between the user and a session.

    SimulatorError
    ├── SettingsError     a setting is unknown, misspelt or of the wrong kind
    ├── DocumentError     a résumé or a job posting cannot be read
    ├── RecorderError     the sound cannot be recorded
    ├── ScriptError       a candidate script cannot be used
    └── RequestError      another program asks for what it cannot have

Each message is one line that tells the user what to do next. `expected` adds the families of the other parts.
"""


class SimulatorError(Exception):
    """Base of this package's errors; its text is one line for the user."""


class SettingsError(SimulatorError):
    """A setting cannot be used."""


class DocumentError(SimulatorError):
    """A résumé or a job posting cannot be read."""


class RecorderError(SimulatorError):
    """The sound cannot be recorded."""


class ScriptError(SimulatorError):
    """A candidate script cannot be used."""


class RequestError(SimulatorError):
    """What another program asks for cannot be done, or not with these arguments."""


def expected() -> tuple[type[Exception], ...]:
    """Return every error whose text is for the user; all others are bugs.

    The families are looked up when one was raised, so that no command loads what it does not use.
    """
    from vivavoce.audio.errors import AudioError
    from vivavoce.personas.chat.client import ChatError
    from vivavoce.personas.content.persona import PersonaError
    from vivavoce.transcripts.errors import TranscriptError

    return (SimulatorError, AudioError, ChatError, PersonaError, TranscriptError)
