"""What can go wrong with what was said.

    TranscriptError
    ├── JournalError      events cannot be written or read
    ├── LibraryError      no such session, an ambiguous name, a folder that cannot be used
    │   ├── MissingError      there is no such session
    │   ├── LongError         notes are longer than is kept
    │   ├── NewerError        a newer version wrote the session
    │   └── UnwritableError   a file does not fit on the disk, or may not be written
    ├── ForeignError      a transcript made elsewhere cannot be read
    └── ServerError       a configured server did not answer well

Each message is one line that tells the user what to do next.
"""


class TranscriptError(Exception):
    """Base of this package's errors; its text is one line for the user."""


class JournalError(TranscriptError):
    """The journal of a session cannot be written or read."""


class LibraryError(TranscriptError):
    """A session folder cannot be found, read or written."""


class MissingError(LibraryError):
    """There is no such session."""


class LongError(LibraryError):
    """Notes are longer than is kept."""


class NewerError(LibraryError):
    """A newer version wrote the session: this one leaves it as it is."""


class UnwritableError(LibraryError):
    """A file cannot be written; what was there before still is."""


class ForeignError(TranscriptError):
    """A transcript that was made elsewhere cannot be read."""


class ServerError(TranscriptError):
    """A configured server did not answer well.

    Its text is what comes behind the server's name, "answered 500": never the key, nor what was said.
    """

    def __init__(self, what: str, status: int | None = None) -> None:
        """Take `what` it did, and the `status` of its answer if there was one."""
        super().__init__(what)
        self.status = status
