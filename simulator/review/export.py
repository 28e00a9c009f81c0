"""`vivavoce export`: a session in every form there is, and what of it may leave this machine."""

import base64
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vivavoce.audio.devices.sound_files import compressed
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.review.session_report import reported
from vivavoce.simulator.settings import shared
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import Event
from vivavoce.transcripts.journal import disk, log, notes
from vivavoce.transcripts.journal import recording as wav
from vivavoce.transcripts.journal.session_json import NAME as META
from vivavoce.transcripts.journal.session_json import Meta, write_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.report.captions import srt, vtt
from vivavoce.transcripts.report.html_page import page
from vivavoce.transcripts.report.json_report import to_json
from vivavoce.transcripts.report.report import Report, markdown, transcript
from vivavoce.transcripts.report.table import sheet
from vivavoce.transcripts.short_lists import few
from vivavoce.transcripts.talk.turns import turns

Writer = Callable[[Sequence[Event], Report, str | None], str]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a session can be written in: a file's name and media type, and what writes it.

    `write` takes the events, the report, and the address of the recording if that is wanted.
    """

    name: str
    media: str
    write: Writer
    needs_times: bool = False


FORMS: Mapping[str, Form] = {
    "html": Form("report.html", "text/html", lambda _, made, sound: page(made, sound)),
    "md": Form("report.md", "text/markdown", lambda _, made, sound: markdown(made)),
    "json": Form("report.json", "application/json", lambda _, made, sound: _json(made)),
    "srt": Form("transcript.srt", "application/x-subrip", lambda events, made, _: srt(turns(events)), True),
    "vtt": Form("transcript.vtt", "text/vtt", lambda events, made, _: vtt(turns(events)), True),
    "csv": Form("metrics.csv", "text/csv", lambda _, made, sound: sheet(made)),
}


def forms(made: Report) -> list[str]:
    """Return the names of the forms in which a session can be written: one in writing has no captions."""
    return [name for name, form in FORMS.items() if not (form.needs_times and made.typed)]


def export(name: str, to: Path, *, sound: bool = False, own: bool = False) -> Path:
    """Write the session `name` into a new folder in `to`, in every form there is; return that folder.

    report.html, report.md, report.json, transcript.md, transcript.srt, transcript.vtt, metrics.csv, and the
    journal with its details, from which an import makes a session again. With `sound` the recording is there
    too, and the HTML page plays it; with `own` the user's star and notes. Settings that can name a person, a
    folder, a device or a server stay here. What is left out is told on stderr.

    Raises:
        TranscriptError: there is no such session, it cannot be read, or the folder is taken.
    """
    folder = sessions.find(name)
    target = to / folder.name
    if target.exists():
        raise LibraryError(f"{target} is there already; give another folder with --to")
    events, whole = reported(folder, reader())
    made = leaving(whole)
    recording = address(folder / wav.NAME) if sound else None
    try:
        with disk.drafted(to) as draft:
            for form in (FORMS[name] for name in forms(made)):
                (draft / form.name).write_bytes(form.write(events, made, recording).encode())
            (draft / sessions.TRANSCRIPT).write_bytes(transcript(events).encode())
            taken = (log.NAME, *((wav.NAME,) if sound else ()), *((notes.NAME,) if own else ()))
            for one in taken:
                if (folder / one).is_file():
                    shutil.copyfile(folder / one, draft / one)
            if (folder / META).is_file():
                write_meta(draft, made.meta)
            draft.rename(target)
    except OSError as error:
        raise LibraryError(
            f"cannot write {target}: {error.strerror}; give another folder with --to"
        ) from None
    tell_left_out(_kept_back(folder, whole.meta, sound=sound, own=own))
    return target


def leaving(made: Report) -> Report:
    """Return the report `made` as it may leave this machine: it names no server, no folder and no device."""
    name = made.meta.recogniser.partition(" at ")[0]
    model = Path(name).name if Path(name).is_absolute() else name
    models = {"recogniser": model} if model else {}
    meta = replace(made.meta, settings=shared(made.meta.settings), models=models)
    return replace(made, meta=meta, recognition=replace(made.recognition, model=model))


def _kept_back(folder: Path, meta: Meta, *, sound: bool, own: bool) -> Iterator[str]:
    """Yield what of the session in `folder` an export does not hold."""
    if not sound and (folder / wav.NAME).is_file():
        yield "the recording (--sound)"
    if not own and notes.read(folder) != notes.Notes():
        yield "your star and notes (--notes)"
    if meta.settings.keys() - shared(meta.settings).keys():
        yield "settings that name people, folders, devices or servers"


def tell_left_out(left_out: Iterable[str]) -> None:
    """Say on stderr what an export or an import does not hold."""
    if names := ", ".join(few(map(line, left_out), "and {:,} more")):
        print(f"Left out: {names}.", file=sys.stderr)


def address(path: Path) -> str | None:
    """Return the recording at `path` as an address that holds all of it; None if there is none."""
    if path.is_symlink() or not path.is_file():
        return None
    return "data:audio/ogg;base64," + base64.b64encode(compressed(path)).decode()


def _json(made: Report) -> str:
    return json.dumps(to_json(made), indent=1)
