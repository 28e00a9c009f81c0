"""What can go wrong with sound.

    AudioError
    ├── DeviceError       no such device, no permission, no PortAudio, it vanished
    ├── SoundFileError    empty, not a sound file, cut short, unreadable
    ├── ModelError        weights unknown, refused, or no source reachable
    │   └── MissingModels     weights that can be fetched are not here
    ├── RecogniserError   recognition failed
    └── VoiceError        synthesis failed

Each message is one line that tells the user what to do next.
"""


class AudioError(Exception):
    """Base of this package's errors; its text is one line for the user."""


class DeviceError(AudioError):
    """A microphone or speaker cannot be used."""


class SoundFileError(AudioError):
    """A sound file cannot be read."""


class ModelError(AudioError):
    """Model weights are missing or not what they should be."""


class MissingModels(ModelError):
    """Weights that can be fetched are not here: those of the models `names`."""

    def __init__(self, *names: str) -> None:
        which = f"the model {names[0]} is" if len(names) == 1 else f"the models {', '.join(names)} are"
        super().__init__(f"{which} not here; run: vivavoce models get {' '.join(names)}")
        self.names = names


class RecogniserError(AudioError):
    """The recogniser failed on a stretch of sound."""


class VoiceError(AudioError):
    """The voice failed; nothing after its last chunk was made."""
