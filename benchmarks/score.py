"""How long `vivavoce score` takes, and what it needs: `python -m benchmarks.score [--answers 1000]`.

Answers of about WORDS words each, put together from our own so that no sentence is known from another
answer; the command runs in a process of its own, as anybody would run it. Seconds are those of a wall clock,
and of all its threads together, which hold on a machine that others use too.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import publish
from benchmarks.stories import answers

WORDS = 200
SEED = 11


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--answers", type=int, default=1000)
    count = parser.parse_args().answers
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in made(count)), "utf-8")
        began = time.perf_counter()
        with (Path(folder) / "out.jsonl").open("w") as out:
            command = [str(Path(sys.executable).with_name("vivavoce")), "score", str(path), "--json"]
            process = subprocess.Popen(command, stdout=out)
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        lines = len((Path(folder) / "out.jsonl").read_text("utf-8").splitlines())
    if status or lines != count:
        raise SystemExit(f"score failed: status {status}, {lines} lines of {count}")
    found = {"answers": count, "seconds": round(seconds, 1), "peak_mb": used.ru_maxrss // 1024}
    publish("score", found | {"cpu_seconds": round(used.ru_utime + used.ru_stime, 1)})


def made(count: int) -> Iterator[dict[str, str]]:
    """Yield `count` answers of at least WORDS words."""
    chance = random.Random(SEED)
    source = [(one.question, text) for one in answers() for _, text in one.sentences]
    for number in range(count):
        said: list[str] = []
        question = ""
        while sum(len(text.split()) for text in said) < WORDS:
            question, text = chance.choice(source)
            words = text.split()
            said.append(" ".join([*words[:-1], f"{words[-1].strip('.')} {number}."]))
        yield {"id": str(number), "question": question, "answer": " ".join(said)}


if __name__ == "__main__":
    main()
