"""Do two versions behave the same? `python tools/compare_behaviour.py OLD NEW`: programs of two checkouts.

Each runs the same commands on the same input, in a home of its own: every shipped candidate, answers that are
scored, transcripts, and a session that is brought in and exported in every form. What they print and write is
compared byte for byte.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CANDIDATES = sorted(path.stem for path in ROOT.glob("simulator/**/candidates/*.json"))
STORIES = sorted((ROOT / "benchmarks" / "stories").glob("*.jsonl"))
ANSWERS = 40  # of each file of stories
MODELS = "models"
Run = Callable[..., bytes]
TRANSCRIPT = """Maya: Tell me about a time when a model failed after launch.
Candidate: Last year our ranking model lost clicks after a release. I had to find out why. I compared the
features of both sides and found a stale table. I moved the job to every hour, and clicks rose by 4 percent.
Maya: What did you learn?
Candidate: I learned to watch freshness from the first day.
"""
SUBTITLES = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Maya>What was the hardest part?

00:00:05.000 --> 00:00:14.000
<v Sam>The hardest part was that nobody owned the table, so I wrote down who reads it and asked them.
"""


def main(old: str, new: str) -> int:
    """Print what differs, and how much was compared; return an exit status."""
    with tempfile.TemporaryDirectory() as place:
        one, other = (
            _observed(program, Path(place) / name) for program, name in ((old, "old"), (new, "new"))
        )
    differing = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
    for key in differing:
        print(f"differs: {key}")
    size = sum(map(len, one.values()))
    print(f"{len(one)} outputs, {size} bytes, {len(differing)} differ")
    print(f"sha256 {hashlib.sha256(b''.join(other[key] for key in sorted(other))).hexdigest()}")
    return bool(differing)


def _observed(program: str, home: Path) -> dict[str, bytes]:
    home.mkdir()
    kept = Path(os.environ.get("VIVAVOCE_HOME") or Path.home() / ".local/share/vivavoce") / MODELS
    (home / MODELS).symlink_to(kept)
    return dict(_each(program, home))


def _each(program: str, home: Path) -> Iterator[tuple[str, bytes]]:
    def run(*arguments: str) -> bytes:
        command = [str(Path(program).absolute()), *arguments]
        environment = os.environ | {"VIVAVOCE_HOME": str(home), "COLUMNS": "100"}
        done = subprocess.run(command, capture_output=True, cwd=home, env=environment, check=False)
        return done.stdout + b"\n" + str(done.returncode).encode()

    for name in CANDIDATES:
        yield f"simulate {name}", run("simulate", name, "--json")
    for path in STORIES:
        yield f"score {path.name}", run("score", str(_shortened(path, home)), "--json")
    for name, text in (("talk.txt", TRANSCRIPT), ("talk.vtt", SUBTITLES)):
        (home / name).write_text(text, "utf-8")
        for form in ("--json", "--markdown"):
            yield f"analyze {name} {form}", run("analyze", name, form)
    for command in (["personas"], ["packs"], ["sessions"], ["models", "list"]):
        yield " ".join(command), run(*command).replace(str(home).encode(), b"HOME")
    yield from _exported(run, home)


def _exported(run: Run, home: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every form of a session made from the events of a simulated one."""
    events = run("simulate", "strong", "--json").rsplit(b"\n", 1)[0]
    source = home / "trial"
    source.mkdir()
    (source / "events.jsonl").write_bytes(events)
    (source / "session.json").write_text(json.dumps({"schema": 1, "title": "A trial"}), "utf-8")
    imported = run("import", str(source)).decode().split("\n")[0].strip()
    run("export", imported, "--to", str(home / "out"))
    written = [path for path in sorted((home / "out").rglob("*")) if path.is_file()]
    assert written, "nothing was exported"
    for path in written:
        yield f"export {path.name}", path.read_bytes().replace(str(home).encode(), b"HOME")
    yield "show", re.sub(rb"\d{4}-\d\d-\d\d\S*", b"DAY", run("show", imported))


def _shortened(path: Path, home: Path) -> Path:
    """Write the first answers of a file of stories as `vivavoce score` takes them; return the new file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:ANSWERS]]
    target = home / path.name
    lines = []
    for number, row in enumerate(rows):
        text = row.get("answer") or " ".join(sentence for _, sentence in row["sentences"])
        lines.append(json.dumps({"id": str(number), "question": row.get("question", ""), "answer": text}))
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return target


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
