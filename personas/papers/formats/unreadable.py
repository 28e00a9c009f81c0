"""Why a file is no paper that can be used."""

from vivavoce.personas.papers.paper import Kind

DAMAGED = "damaged or cut off; save or export it again"
TOO_LARGE = "too large to be read; save the pages that matter as a file of their own"
SCAN = "made of pictures of text; export it from the program it was written in, or have its text recognised"
ENCRYPTED = "locked with a password; save a copy without one"
SCRAMBLED = "readable by eye alone: its letters are stored under the wrong codes; give it as DOCX or as text"
EMPTY = "without text, or hardly any; is it the right file?"
TOO_SLOW = "too intricate to be read in time; save it as plain text"


class Unreadable(Exception):
    """A file cannot be used as a paper; its text says what it is and what to do, and follows "is"."""

    def __init__(self, why: str, kind: Kind = Kind.OTHER) -> None:
        """Take `why` for people, and the `kind` of file that it is."""
        super().__init__(why)
        self.kind = kind
