"""What can go wrong with what was said.

    TranscriptError
    ├── JournalError      events cannot be written or read
    ├── LibraryError      no such session, an ambiguous name, a folder that cannot be used
    │   └── NewerError    a newer version wrote the session
    └── ForeignError      a transcript made elsewhere cannot be read

Each message is one line that tells the user what to do next.
"""


class TranscriptError(Exception):
    """Base of this package's errors; its text is one line for the user."""


class JournalError(TranscriptError):
    """The journal of a session cannot be written or read."""


class LibraryError(TranscriptError):
    """A session folder cannot be found, read or written."""


class NewerError(LibraryError):
    """A newer version wrote the session: this one leaves it as it is."""


class ForeignError(TranscriptError):
    """A transcript that was made elsewhere cannot be read."""
