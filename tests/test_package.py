"""What is installed is what is here and asks for what it imports; what the documentation names exists."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("audio", "personas", "simulator", "transcripts")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
LOCKED = [Requirement(line) for line in re.findall(r"^(\S+==.*?) \\$", LOCK, re.MULTILINE)]

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

FOLDERS = "|".join([*PACKAGES, "benchmarks", "docs", "tests"])

# Installed under another name than they are imported by.
DISTRIBUTIONS = {"distributed": "dask", "hibari": "hibari-tts", "piper": "piper-tts"}


def required(*groups: str) -> list[Requirement]:
    """Return what the project asks for, and what `groups` of extras add."""
    extras = [line for group in groups for line in PROJECT["optional-dependencies"][group]]
    return [Requirement(line) for line in [*PROJECT["dependencies"], *extras]]


def imported() -> set[str]:
    """Return the first names of all that the packages import."""
    nodes = [
        node
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
    ]
    plain = {
        alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names
    }
    return plain | {
        node.module.split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) and node.module
    }


def files_of_the_packages() -> set[str]:
    """Return the files of the packages by their installed paths."""
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file()]
    return {
        f"vivavoce/{file.relative_to(ROOT).as_posix()}" for file in files if "__pycache__" not in file.parts
    }


def test_what_is_imported_is_asked_for() -> None:
    foreign = imported() - {*sys.stdlib_module_names, "vivavoce"}
    asked = {canonicalize_name(requirement.name) for requirement in required("piper", "mcp", "batch")}

    assert {canonicalize_name(DISTRIBUTIONS.get(name, name)) for name in foreign} - asked == set()


@pytest.mark.parametrize("wanted", required("dev"), ids=lambda wanted: wanted.name)
def test_the_lock_holds_what_is_asked_for(wanted: Requirement) -> None:
    pins = [pin for pin in LOCKED if canonicalize_name(pin.name) == canonicalize_name(wanted.name)]

    assert pins
    assert all(wanted.specifier.contains(next(iter(pin.specifier)).version) for pin in pins)


def test_the_lock_names_versions_and_sums_and_no_place() -> None:
    lines = [line.strip().removesuffix(" \\") for line in LOCK.splitlines() if not line.startswith("#")]
    entry = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^/@]+)?|--hash=sha256:[0-9a-f]{64}")

    assert [line for line in lines if not entry.fullmatch(line)] == []


def test_the_lock_leaves_out_what_is_not_free_to_combine() -> None:
    assert not {"piper-tts", "pyobjc"} & {pin.name for pin in LOCKED}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_is_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_no_folder_has_the_name_of_a_module() -> None:
    modules = [file.with_suffix("") for package in PACKAGES for file in (ROOT / package).rglob("*.py")]

    assert [str(module) for module in modules if module.is_dir()] == []  # mypy would see the folder alone


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_the_documentation_names_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    links = {page.parent / link for link in re.findall(r"\]\(([^)#:]+)\)", text)}
    paths = {ROOT / path for path in re.findall(rf"`((?:{FOLDERS})/[\w/.]*)[` ]", text)}

    assert {str(path) for path in links | paths if not path.exists()} == set()


def test_the_readme_has_exactly_the_commands_that_there_are() -> None:
    vivavoce = Path(sys.executable).with_name("vivavoce")
    usage = subprocess.run([vivavoce, "--help"], check=True, stdout=subprocess.PIPE, text=True).stdout
    (commands,) = re.findall(r"\{([\w,-]+)\}", usage)[:1]

    described = re.findall(r"^\| `vivavoce (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)

    assert sorted(described) == sorted(commands.split(","))


def test_make_has_the_targets_that_the_documentation_names() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name for page in PAGES for name in re.findall(r"(?:`|    )make ([a-z]+)\b", page.read_text("utf-8"))
    }

    assert named <= targets


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of all that a wheel is made of."""
    for package in PACKAGES:
        copytree(ROOT / package, tmp_path / package, ignore=ignore_patterns("__pycache__"))
    for name in ["pyproject.toml", "setup.py", "README.md", "LICENSE"]:
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


@pytest.mark.e2e
def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(checkout: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "out", "."]
    subprocess.run(command, cwd=checkout, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = (checkout / "out").glob("*.whl")

    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert held == files_of_the_packages()


@pytest.mark.e2e
@pytest.mark.parametrize("made", ["wheel", "sdist", "editable"])
def test_an_installation_leaves_nothing_in_the_checkout(made: str, checkout: Path, tmp_path: Path) -> None:
    before = sorted(checkout.rglob("*"))
    out = tmp_path.with_name(f"{tmp_path.name}-out")
    out.mkdir()
    hook = f"from setuptools import build_meta; build_meta.build_{made}({str(out)!r})"
    subprocess.run([sys.executable, "-B", "-c", hook], cwd=checkout, check=True, stdout=subprocess.DEVNULL)

    assert list(out.glob("vivavoce-*"))
    assert sorted(checkout.rglob("*")) == before
