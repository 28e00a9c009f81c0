"""What can go wrong with sound.

    AudioError
    ├── DeviceError       no such device, no permission, no PortAudio, it vanished
    ├── SoundFileError    empty, not a sound file, cut short, unreadable
    ├── ModelError        weights missing, refused, or no source reachable
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


class RecogniserError(AudioError):
    """The recogniser failed on a stretch of sound."""


class VoiceError(AudioError):
    """The voice failed; nothing after its last chunk was made."""
