"""The process that a file is read in: a hostile one hangs and crashes it, and nothing else.

Started by `read.paper` as `python -P -m vivavoce.personas.papers.formats.reader_process KIND NAME [second]`.
The file's content comes on stdin, and one JSON value goes to stdout:

    {"kind": "resume", "why": null, "data": null, "note": null,
     "lines": [["text", 10.0, false, 40.0, 1, 0, false, true], ...]}
    {"kind": "scan", "why": "made of pictures of text; ..."}

"second" takes the second reader of PDFs, once the first has crashed.
"""

import json
import sys
from dataclasses import astuple

from vivavoce.personas.papers.formats import opening
from vivavoce.personas.papers.formats.unreadable import TOO_LARGE, Unreadable
from vivavoce.personas.papers.paper import Kind

MOST_MEMORY = 230_000_000  # bytes of address space
MOST_SECONDS = 8  # of computing


def main(kind: str, name: str, reader: str = "") -> None:
    """Print what is in the file on stdin, which is called `name`."""
    _limit()
    try:
        found = opening.opened(sys.stdin.buffer.read(), name, Kind(kind), second=reader == "second")
        lines = [astuple(line) for line in found.lines]
        told = json.dumps({"kind": kind, "why": None, "lines": lines, "data": found.data, "note": found.note})
    except Unreadable as error:
        told = json.dumps({"kind": error.kind.value, "why": str(error)})
    except (MemoryError, RecursionError):
        told = json.dumps({"kind": Kind.OTHER.value, "why": TOO_LARGE})
    sys.stdout.write(told)


def _limit() -> None:
    """Have the system end this process before it takes too much, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or most <= hard:
            resource.setrlimit(what, (most, hard))


if __name__ == "__main__":
    main(*sys.argv[1:])
