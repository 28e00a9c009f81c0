"""The rules of docs/architecture.md, checked on the source; each is also shown a source that breaks it."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("audio", "personas", "simulator", "transcripts")
EVERYTHING = (*PACKAGES, "benchmarks", "tests", "tools")

# Who may know whom. What lies at the top of a package is its vocabulary: all its rooms may know that, and it
# knows none of them. docs/architecture.md is drawn from both tables.
KNOWS = {
    "transcripts": set(),
    "audio": {"transcripts"},
    "personas": {"transcripts"},
    "simulator": {"audio", "personas", "transcripts"},
}
ROOMS = {
    "transcripts": {
        "journal": set(),
        "story": set(),
        "talk": set(),
        "scoring": {"story", "talk"},
        "imports": {"story", "talk"},
        "report": {"journal", "story", "talk", "scoring"},
        "library": {"journal", "story", "scoring", "report"},
        "bank": {"journal", "story", "talk", "scoring", "library"},
        "training": {"journal", "story", "talk", "scoring", "library", "bank"},
    },
    "audio": {
        "models": set(),
        "devices": set(),
        "listening": {"models"},
        "voices": {"models", "devices"},
    },
    "personas": {
        "content": set(),
        "papers": {"content"},
        "conversation": {"content"},
        "chat": {"content"},
    },
    "simulator": {
        "engine": set(),
        "live": {"engine"},
        "door": set(),
        "review": {"engine", "live"},
        "doctor": {"live"},
        "training": {"engine", "live", "review"},
        "practice": {"engine", "live", "training"},
        "room": {"engine", "live", "review"},
        "classroom": {"review"},
        "web": {"door", "engine", "live", "review", "training", "room", "classroom"},
        "batch": {"engine", "live", "review"},
        "commands": {"engine", "live", "practice", "review", "doctor", "training", "door", "web", "batch"},
    },
}
MOST_MODULES = 15  # in a room; beyond it nobody finds anything by its name

# Who may import what is neither ours, nor the standard library's, nor numpy; and only inside a function.
OWNERS = {
    "av": {"audio/devices/sound_files.py"},
    "ctranslate2": {"audio/models/bert.py"},
    "dask": {"simulator/batch/dask_engine.py"},
    "distributed": {"simulator/batch/dask_engine.py"},
    "espeakng_loader": {"audio/voices/pyttsx3_process.py"},
    "faster_whisper": {"audio/listening/whisper.py"},
    "filelock": {"audio/models/store.py"},
    "fsspec": {"simulator/batch/store.py"},
    "fsrs": {"transcripts/training/schedule.py"},
    "hibari": {"audio/voices/natural.py", "audio/voices/reader.py"},
    "huggingface_hub": {"audio/models/sources.py"},
    "icalendar": {"transcripts/training/calendar_file.py"},
    "jinja2": {"simulator/web/app.py"},
    "livekit": {"audio/devices/echo.py"},
    "mcp": {"simulator/training/mcp_server.py"},
    "onnxruntime": {"audio/models/onnx.py"},
    "openai": {"transcripts/remote_server.py"},
    "piper": {"audio/voices/piper.py"},
    "platformdirs": {"transcripts/journal/home.py"},
    "pypdf": {"personas/papers/formats/pdf/lines.py"},
    "pypdfium2": {"personas/papers/formats/pdf/letters.py"},
    "pyttsx3": {"audio/voices/pyttsx3_process.py"},
    "rich": {"simulator/live/screen.py", "transcripts/report/report.py"},
    "sounddevice": {"audio/devices/portaudio.py"},
    "safetensors": {"audio/models/bert.py"},
    "soundfile": {"audio/devices/sound_files.py"},
    "soxr": {
        "audio/devices/sound_files.py",
        "audio/devices/resampling.py",
        "audio/voices/natural.py",
        "audio/voices/piper.py",
        "audio/voices/speech_server.py",
    },
    "starlette": {"simulator/room/socket.py", "simulator/web/app.py"},
    "striprtf": {"personas/papers/formats/rtf.py"},
    "threadpoolctl": {"audio/models/cpu_threads.py"},
    "tokenizers": {"simulator/engine/embeddings.py"},
    "uvicorn": {"simulator/web/server.py"},
}

# What tells its maker that it is used, or loads what does; the first lines of the audio package end that.
LOUD = {"faster_whisper", "hibari", "huggingface_hub", "onnxruntime", "piper", "tokenizers"}

# Who may read a clock, and what for. The engine's time is the number of samples heard.
CLOCK_READERS = {
    "audio/devices/browser.py": "lets recognition keep up where a page catches up",
    "audio/devices/sound_files.py": "hands a file out at the pace of a wall clock",
    "audio/devices/soundcard.py": "notices that the device fell silent, and how much it lost",
    "audio/voices/pyttsx3_process.py": "waits for an engine's own thread, in a program of its own",
    "simulator/engine/background.py": "measures how long a job computed",
    "simulator/commands/interviews/prepare.py": "says how long it took",
    "simulator/practice/demo.py": "hands the simulated candidate out at the pace of a wall clock",
    "simulator/live/recogniser_choice.py": "measures this machine, to choose the model",
    "simulator/live/typed.py": "has no sound to count: a typed interview's time is the wall's",
    "simulator/door/password.py": "notices that nobody tried a password for a while",
    "simulator/web/own.py": "notices that the index was not refreshed for a while",
    "transcripts/library/index.py": "lets other processes in every second, while it reads in many sessions",
    "transcripts/library/sessions.py": "dates a session, and says which day it is",
}

CLOCKS = {
    *(f"time.{name}" for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time")),
    *(f"time.{name}_ns" for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time")),
    *("time.sleep", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
}
VAGUE = {"manager", "handler", "helper", "helpers", "util", "utils", "base"}
FUNCTION_LINES, MODULE_LINES = 40, 300


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    path: str
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]  # all of the tree's


@dataclass(frozen=True, slots=True)
class Import:
    name: str
    line: int
    lazy: bool

    @property
    def root(self) -> str:
        return self.name.split(".")[0]


Rule = Callable[[Source], Iterable[str]]


def source(text: str, path: str) -> Source:
    tree = ast.parse(text)
    return Source(path, text, tree, tuple(ast.walk(tree)))


@cache
def sources(folders: tuple[str, ...]) -> list[Source]:
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [_read(file) for file in files]


@cache
def _read(file: Path) -> Source:
    return source(file.read_text("utf-8"), file.relative_to(ROOT).as_posix())


@cache
def imports(of: Source) -> tuple[Import, ...]:
    eager = set(_run_on_import(of.tree))
    return tuple(
        Import(name, getattr(node, "lineno", 0), node not in eager)
        for node in of.nodes
        for name in _imported(node, of)
    )


def _run_on_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        is_later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if not is_later and not (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)):
            yield child
            yield from _run_on_import(child)


def _imported(node: ast.AST, of: Source) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, names=names, level=level):
            here = ["vivavoce", *of.path.split("/")[:-1]]
            above = here[: len(here) - level + 1] if level else []
            return [".".join([*above, *filter(None, [module]), alias.name]) for alias in names]
        case ast.Call(func=function, args=[ast.Constant(value=str(name)), *_]):
            return [name] if ast.unparse(function).endswith(("import_module", "__import__")) else []
    return []


def against_the_arrows(of: Source) -> Iterator[str]:
    here = of.path.split("/")[0]
    for found in imports(of):
        other = f"{found.name}.".split(".")[1]
        if found.root == "vivavoce" and other in {*PACKAGES} - KNOWS[here] - {here}:
            yield f"{of.path}:{found.line} {here} may not know {other}"


def against_the_rooms(of: Source) -> Iterator[str]:
    package, here = of.path.split("/")[0], room(of.path)
    for found in imports(of):
        parts = found.name.split(".")
        if parts[:2] == ["vivavoce", package] and len(parts) > 2:
            there = parts[2] if parts[2] in ROOMS[package] else ""
            if there and there != here and there not in ROOMS[package].get(here, set()):
                yield f"{of.path}:{found.line} {here or 'the top of ' + package} may not know {there}"


def room(path: str) -> str:
    """Return the room that the module at `path` is in; "" at the top of its package."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else ""


def foreign_and_not_owned(of: Source) -> Iterator[str]:
    ours = {*sys.stdlib_module_names, "vivavoce", "numpy"}
    for found in imports(of):
        if found.root not in ours and of.path not in OWNERS.get(found.root, set()):
            yield f"{of.path}:{found.line} does not own {found.root}"


def foreign_and_eager(of: Source) -> Iterator[str]:
    for found in imports(of):
        if found.root in OWNERS and not found.lazy:
            yield f"{of.path}:{found.line} imports {found.root} before it is needed"


def loud_and_not_silenced(of: Source) -> Iterator[str]:
    silenced = any(one.name.startswith("vivavoce.audio") and not one.lazy for one in imports(of))
    for one in imports(of):
        if one.root in LOUD and not of.path.startswith("audio/") and not (silenced and one.lazy):
            yield f"{of.path}:{one.line} loads {one.root}: import something of vivavoce.audio at the top"


def from_the_checkout(of: Source) -> Iterator[str]:
    for found in imports(of):
        if found.root in PACKAGES:
            yield f"{of.path}:{found.line} makes a second copy of {found.root}: import vivavoce.{found.name}"


def clock_reads(of: Source) -> Iterator[str]:
    for found in imports(of):
        if found.name in CLOCKS:
            yield f"{of.path}:{found.line} reads a clock: {found.name}"
    for node in of.nodes:
        if isinstance(node, ast.Attribute):
            name = f"{ast.unparse(node.value).split('.')[-1]}.{node.attr}"
            if name in CLOCKS:
                yield f"{of.path}:{node.lineno} reads a clock: {name}"


def undeclared_clock_reads(of: Source) -> Iterable[str]:
    return [] if of.path in CLOCK_READERS else clock_reads(of)


def vague_names(of: Source) -> Iterator[str]:
    classes = [node.name for node in of.nodes if isinstance(node, ast.ClassDef)]
    for name in [Path(of.path).stem, *classes]:
        words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)
        if VAGUE & {word.lower() for word in words}:
            yield f"{of.path} {name} says nothing"


def swallowed(of: Source) -> Iterator[str]:
    for node in of.nodes:
        if isinstance(node, ast.ExceptHandler):
            silent = all(ast.unparse(step) in {"pass", "continue", "..."} for step in node.body)
            caught = ast.unparse(node.type) if node.type else "BaseException"
            if silent and caught in {"Exception", "BaseException"}:
                yield f"{of.path}:{node.lineno} swallows every error"
        elif isinstance(node, ast.Call) and re.search(r"\bsuppress\((Base)?Exception\)", ast.unparse(node)):
            yield f"{of.path}:{node.lineno} suppresses every error"


def in_the_systems_form(of: Source) -> Iterator[str]:
    """Find texts whose encoding or ends of lines are the system's, which on Windows are not ours."""
    for node in of.nodes:
        if isinstance(node, ast.Call):
            method = ast.unparse(node.func).split(".")[-1]
            if method == "write_text" or (method == "read_text" and not [*node.args, *node.keywords]):
                yield f"{of.path}:{node.lineno} {method} leaves the form of a text to the system"


def long_functions(of: Source) -> Iterator[str]:
    for node in of.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0]
            lines = (node.end_lineno or 0) - first.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{of.path}:{node.lineno} {node.name} has {lines} lines after its docstring"


def long_modules(of: Source) -> Iterator[str]:
    lines = len(of.text.splitlines())
    if lines > MODULE_LINES:
        yield f"{of.path} has {lines} lines"


def packages_on_disk(root: Path) -> set[str]:
    """Return the packages under `root` by their installed names."""
    tops = {file.parent.name for file in root.glob("*/__init__.py")} - {"tests", "benchmarks", "tools"}
    folders = {file.parent.relative_to(root) for top in tops for file in (root / top).rglob("*.py")}
    return {".".join(["vivavoce", *folder.parts]) for folder in folders}


RULES: dict[Rule, tuple[str, ...]] = {
    against_the_arrows: PACKAGES,
    against_the_rooms: PACKAGES,
    foreign_and_not_owned: PACKAGES,
    foreign_and_eager: PACKAGES,
    loud_and_not_silenced: EVERYTHING,
    from_the_checkout: EVERYTHING,
    undeclared_clock_reads: PACKAGES,
    vague_names: EVERYTHING,
    swallowed: EVERYTHING,
    in_the_systems_form: PACKAGES,
    long_functions: (*PACKAGES, "benchmarks"),
    long_modules: (*PACKAGES, "benchmarks"),
}

BROKEN: list[tuple[Rule, str, str]] = [
    (against_the_arrows, "audio/a.py", "from vivavoce.personas.moves import Move"),
    (against_the_arrows, "personas/a.py", "from vivavoce import audio"),
    (against_the_arrows, "personas/a.py", "from ..audio import frame"),
    (against_the_arrows, "transcripts/a.py", "def f():\n    import vivavoce.simulator.engine.floor"),
    (against_the_rooms, "transcripts/talk/a.py", "from vivavoce.transcripts.scoring.rubric import RULES"),
    (against_the_rooms, "transcripts/a.py", "from vivavoce.transcripts.talk import turns"),
    (against_the_rooms, "audio/devices/a.py", "def f():\n    from vivavoce.audio import models"),
    (foreign_and_not_owned, "simulator/a.py", "def f():\n    import sounddevice"),
    (foreign_and_not_owned, "simulator/a.py", "def f():\n    return import_module('openai')"),
    (foreign_and_not_owned, "audio/listening/whisper.py", "def f():\n    import never_heard_of"),
    (foreign_and_eager, "audio/devices/soundcard.py", "import sounddevice"),
    (foreign_and_eager, "audio/devices/soundcard.py", "class A:\n    import sounddevice"),
    (
        foreign_and_eager,
        "audio/devices/soundcard.py",
        "try:\n    import sounddevice\nexcept ImportError:\n    raise",
    ),
    (loud_and_not_silenced, "simulator/a.py", "def f():\n    import tokenizers"),
    (loud_and_not_silenced, "benchmarks/a.py", "from vivavoce.audio.models import onnx\nimport onnxruntime"),
    (loud_and_not_silenced, "tools/a.py", "def f():\n    import vivavoce.audio\n    import piper"),
    (loud_and_not_silenced, "tests/a.py", "def f():\n    from huggingface_hub.utils import tqdm"),
    (from_the_checkout, "tests/test_a.py", "import audio"),
    (from_the_checkout, "tests/test_a.py", "from transcripts.events import Event"),
    (undeclared_clock_reads, "simulator/a.py", "import time\ntime.monotonic()"),
    (undeclared_clock_reads, "simulator/a.py", "from time import sleep"),
    (undeclared_clock_reads, "simulator/a.py", "import datetime\ndatetime.datetime.now()"),
    (vague_names, "audio/a.py", "class AudioManager: ..."),
    (vague_names, "audio/a.py", "class HTTPHandler: ..."),
    (vague_names, "audio/string_utils.py", ""),
    (swallowed, "audio/a.py", "try:\n    f()\nexcept Exception:\n    pass"),
    (swallowed, "audio/a.py", "for a in b:\n    try:\n        f()\n    except:\n        continue"),
    (swallowed, "audio/a.py", "with contextlib.suppress(Exception):\n    f()"),
    (in_the_systems_form, "audio/a.py", "path.write_text(text, 'utf-8')"),
    (in_the_systems_form, "audio/a.py", "path.read_text()"),
    (long_functions, "audio/a.py", "def f():\n    '''Doc.'''\n" + "    x = 1\n" * (FUNCTION_LINES + 1)),
    (long_modules, "audio/a.py", "x = 1\n" * (MODULE_LINES + 1)),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_nothing_breaks_the_rule(rule: Rule) -> None:
    assert [complaint for of in sources(RULES[rule]) for complaint in rule(of)] == []


@pytest.mark.parametrize(
    ("rule", "path", "text"), BROKEN, ids=[f"{rule.__name__}-{i}" for i, (rule, *_) in enumerate(BROKEN)]
)
def test_the_rule_can_fail(rule: Rule, path: str, text: str) -> None:
    assert list(rule(source(text, path)))


@pytest.mark.parametrize(
    "rule",
    [
        against_the_arrows,
        foreign_and_not_owned,
        foreign_and_eager,
        loud_and_not_silenced,
        undeclared_clock_reads,
    ],
)
def test_what_is_allowed_passes(rule: Rule) -> None:
    allowed = "import datetime\nfrom vivavoce.transcripts import events\ndef f():\n    import sounddevice\n"

    assert list(rule(source(allowed, "audio/devices/portaudio.py"))) == []


def test_whoever_loads_a_loud_library_passes_the_audio_package_first() -> None:
    allowed = "from vivavoce.audio.models import onnx\ndef f():\n    import tokenizers\n"

    assert list(loud_and_not_silenced(source(allowed, "simulator/engine/embeddings.py"))) == []
    assert list(loud_and_not_silenced(source("import onnxruntime", "audio/models/onnx.py"))) == []


def test_every_rule_is_shown_a_source_that_breaks_it() -> None:
    assert {rule for rule, *_ in BROKEN} == set(RULES)


def test_every_room_is_in_the_table_and_says_what_it_is_for() -> None:
    for package, rooms in ROOMS.items():
        on_disk = {file.parent.name for file in (ROOT / package).glob("*/*.py")}
        assert on_disk == set(rooms)
        for name in rooms:
            tree = ast.parse((ROOT / package / name / "__init__.py").read_text("utf-8"))
            assert "ever " in (ast.get_docstring(tree) or "") or name == "commands"
            assert len(tree.body) == 1, f"{package}/{name}/__init__.py re-exports something"


def test_every_arrow_between_rooms_is_used() -> None:
    used = {
        (of.path.split("/")[0], room(of.path), parts[2])
        for of in sources(PACKAGES)
        for found in imports(of)
        if (parts := found.name.split("."))[:2] == ["vivavoce", of.path.split("/")[0]] and len(parts) > 2
    }
    table = {
        (package, here, there)
        for package in ROOMS
        for here, known in ROOMS[package].items()
        for there in known
    }

    assert table - used == set()


def test_rooms_know_each_other_one_way() -> None:
    for rooms in ROOMS.values():
        seen: set[str] = set()
        for name, known in rooms.items():
            assert known <= seen, "a room knows only those that stand before it, so there is no circle"
            seen.add(name)


def test_no_room_is_crowded() -> None:
    folders = {Path(of.path).parent for of in sources((*PACKAGES, "tests"))}
    counts = {
        folder: sum(1 for file in (ROOT / folder).glob("*.py") if file.stem != "__init__")
        for folder in folders
    }

    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_the_picture_is_drawn_from_the_table() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")

    assert drawn(page) == page, "run: python -m tests.test_architecture"


def drawn(page: str) -> str:
    """Return `page` with the picture of the rooms as the tables have them."""
    before, rest = page.split("```mermaid\n", 1)
    return f"{before}```mermaid\n{picture()}\n```{rest.split('```', 1)[1]}"


def picture() -> str:
    """Return KNOWS and ROOMS as a Mermaid flowchart."""
    rows = ["flowchart TD"]
    for package in reversed(ROOMS):
        rows.append(f'    subgraph {package} ["{package}: {purpose(Path(package))}"]')
        rows += [
            f'        {package}_{name}["{name}: {purpose(Path(package, name))}"]' for name in ROOMS[package]
        ]
        rows += [
            f"        {package}_{here} --> {package}_{there}"
            for here, known in ROOMS[package].items()
            for there in sorted(known)
        ]
        rows.append("    end")
    rows += [f"    {here} --> {there}" for here, known in KNOWS.items() for there in sorted(known)]
    return "\n".join(rows)


def purpose(folder: Path) -> str:
    """Return what a package's or a room's docstring says that it is for, in a few words."""
    text = ast.get_docstring(ast.parse((ROOT / folder / "__init__.py").read_text("utf-8"))) or ""
    said = text.split(":")[0].split(".")[0]
    return said[:1].lower() + said[1:]


def test_every_declared_clock_reader_reads_one() -> None:
    readers = {of.path for of in sources(PACKAGES) if any(clock_reads(of))}

    assert set(CLOCK_READERS) - readers == set()


def test_every_owner_imports_what_it_owns() -> None:
    imported = {(found.root, of.path) for of in sources(PACKAGES) for found in imports(of)}

    assert {(name, path) for name, paths in OWNERS.items() for path in paths} - imported == set()


def test_the_command_line_loads_nothing_foreign_before_it_is_needed() -> None:
    program = "import sys, vivavoce.simulator.commands.main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)

    assert set(OWNERS) & set(loaded.stdout.split()) == set()


def test_the_package_list_equals_the_folders() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]

    assert set(listed["packages"]) == packages_on_disk(ROOT)
    assert all(
        name == f"vivavoce.{folder.replace('/', '.')}" for name, folder in listed["package-dir"].items()
    )


def test_a_folder_that_is_not_listed_is_seen(tmp_path: Path) -> None:
    for file in ["audio/__init__.py", "audio/new/part.py", "other/__init__.py", "tests/__init__.py"]:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()

    assert packages_on_disk(tmp_path) == {"vivavoce.audio", "vivavoce.audio.new", "vivavoce.other"}


if __name__ == "__main__":
    PAGE = ROOT / "docs" / "architecture.md"
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")
