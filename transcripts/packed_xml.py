"""Documents that are XML in a ZIP (DOCX, ODT), read with care: bounded when unpacked, and no entities."""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from xml.parsers import expat


class PackedError(ValueError):
    """A document is damaged, locked, or not of its kind."""


class UnpackedError(PackedError):
    """A document holds more than it may."""


def part(content: bytes, name: str, most: int) -> bytes:
    """Return what the document `content` holds under `name`.

    Args:
        content: the file.
        name: of the part, "word/document.xml".
        most: bytes of the part when it is unpacked; a small file may claim to hold far more.

    Raises:
        UnpackedError: it is larger.
        PackedError: the document is damaged or locked, or has no such part.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed, packed.open(name) as file:
            body = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, EOFError, OSError) as error:
        raise PackedError(f"no {name}") from error
    if len(body) > most:
        raise UnpackedError(f"{name} is too large")
    return body


def has(content: bytes, name: str) -> bool:
    """Whether the document `content` holds a part called `name`; False where it is no document."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return name in packed.namelist()
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, OSError):
        return False


def walk(
    body: bytes,
    begins: Callable[[str, Mapping[str, str]], None],
    ends: Callable[[str], None],
    says: Callable[[str], None],
) -> None:
    """Go through the XML `body`: `begins` and `ends` get names without their namespaces, as attributes are.

    Raises:
        PackedError: it is damaged, or declares entities, which could grow without end.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: begins(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: ends(_local(name))
    parser.CharacterDataHandler = says
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise PackedError("damaged XML") from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _no_doctype(*_: object) -> None:
    raise PackedError("declares entities")
