"""The user's own papers, a résumé or a job posting: plain text of a bounded size."""

from pathlib import Path

from vivavoce.simulator.errors import DocumentError

MOST_BYTES = 200_000
LEAST_WORDS = 10


def document(path: Path) -> str:
    """Return the text in `path`.

    Raises:
        DocumentError: it is not there, too large, or not text.
    """
    try:
        with path.expanduser().open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"cannot read {path}: {error.strerror or error}") from error
    if len(content) > MOST_BYTES:
        raise DocumentError(
            f"{path} is larger than {MOST_BYTES // 1000} kB; save the pages that matter as text"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or content.startswith((b"%PDF", b"{\\rtf")):
        raise DocumentError(f"{path} is not plain text; save it as text (.txt, .md) and try again")
    if len(text.split()) < LEAST_WORDS:
        raise DocumentError(f"there is hardly any text in {path}; is it the right file?")
    return text
