"""What two of Dask's workers save over one: `python -m benchmarks.batch [--files 24] [--runs 3]`.

The same files, transcripts and typed answers, once with one worker and once with two, in turn, each as the
command that anybody would run, its start included. The ratio is wall time with one over wall time with two,
pair by pair. It counts only where two cores are free: `others` says how many were not (Linux only). All
results must be the same bytes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.measure import Neighbours, publish
from benchmarks.score import made

ANSWERS = 10  # in a file
COMMANDS = ("score", "analyze")


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        _fill(source, given.files)
        figures = {command: _compared(command, source, given.runs) for command in COMMANDS}
    publish("batch", {"files": given.files, "answers a file": ANSWERS, "runs": given.runs} | figures)


def _fill(source: Path, files: int) -> None:
    source.mkdir()
    rows = list(made(files * ANSWERS))
    for number in range(files):
        part = rows[number * ANSWERS : (number + 1) * ANSWERS]
        talk = "".join(f"Interviewer: {row['question']}\nAna: {row['answer']}\n" for row in part)
        (source / f"{number}.txt").write_text(talk, "utf-8")
        (source / f"{number}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in part), "utf-8")


def _compared(command: str, source: Path, runs: int) -> dict[str, object]:
    """Return seconds with one worker and with two, and their ratios.

    Raises:
        SystemExit: the bytes differ, or the command failed.
    """
    pairs, others = [], Neighbours()
    results = []
    for _ in range(runs):
        one, made_by_one = _run(command, source, 1)
        two, made_by_two = _run(command, source, 2)
        pairs.append((one, two))
        results += [made_by_one, made_by_two]
    if any(result != results[0] for result in results):
        raise SystemExit(f"{command}: not the same bytes")
    return {
        "one worker, seconds, median": round(median(one for one, _ in pairs), 1),
        "two workers, seconds, median": round(median(two for _, two in pairs), 1),
        "ratio, median": round(median(one / two for one, two in pairs), 2),
        "ratios": [round(one / two, 2) for one, two in pairs],
        "same bytes": True,
        "others, cores": others.cores(),
    }


def _run(command: str, source: Path, workers: int) -> tuple[float, dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as target:
        vivavoce = str(Path(sys.executable).with_name("vivavoce"))
        line = [vivavoce, command, str(source), "--to", target, "--engine", "dask", "--workers", str(workers)]
        began = time.perf_counter()
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - began
        return seconds, {path.name: path.read_bytes() for path in Path(target).iterdir()}


if __name__ == "__main__":
    main()
