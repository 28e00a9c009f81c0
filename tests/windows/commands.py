"""Import every module, then run every command that needs no sound device; print how each went, as JSON."""

import importlib
import io
import json
import pkgutil
import sys
import traceback
from contextlib import redirect_stdout
from pathlib import Path

from vivavoce.simulator.commands.main import main

PACKAGES = ("audio", "personas", "simulator", "transcripts")
ANSWER = "The nightly job failed, so I rewrote its scheduler, and the delay fell from 9 hours to 40 minutes."


def imported() -> list[str]:
    """Import every module; return their names."""
    names = []
    for package in PACKAGES:
        top = importlib.import_module(f"vivavoce.{package}")
        for module in pkgutil.walk_packages(top.__path__, f"{top.__name__}."):
            importlib.import_module(module.name)
            names.append(module.name)
    return names


def run(*arguments: str, typed: str = "") -> tuple[str, str]:
    """Run a command; return what went wrong, if anything did, and what it printed."""
    sys.stdin = io.StringIO(typed)
    printed = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", write_through=True)
    try:
        with redirect_stdout(printed):
            status: object = main(list(arguments))
    except SystemExit as left:
        status = left.code
    except BaseException:
        return traceback.format_exc(), ""
    printed.seek(0)
    return ("" if status == 0 else f"status {status}"), printed.read()


def all_of_them(folder: Path) -> dict[str, str]:
    """Return what went wrong with each command."""
    text, answers = folder / "talk.txt", folder / "answers.jsonl"
    text.write_text(f"Interviewer: What broke?\nMe: {ANSWER}\n", "utf-8")
    answers.write_text(json.dumps({"id": "a", "question": "What broke?", "answer": ANSWER}), "utf-8")
    typed = f"{ANSWER}\nI measured it for a week — “nine hours” ━ café.\nq\n"
    went: dict[str, str] = {}

    def each(*arguments: str, typed: str = "", name: str = "") -> str:
        went[name or " ".join(arguments)], printed = run(*arguments, typed=typed)
        return printed

    for plain in ("--help", "personas", "packs", "sessions", "recover", "models"):
        each(*plain.split())
    for as_json in ("simulate nervous --json", "doctor --json"):
        each(*as_json.split())
    each("score", str(answers), "--json", name="score")
    each("analyze", str(text), "--markdown", name="analyze")
    each("interview", "--text", "--question", "What broke?", typed=typed, name="interview --text")
    each("sessions", "--json")
    session = json.loads(each("sessions", "--json").splitlines()[0])["id"]
    each("show", session, name="show")
    each("search", "scheduler")
    each("export", session, "--to", str(folder / "out"), name="export")
    each("import", str(folder / "out" / session), name="import")
    each("compare", session, session, name="compare")
    each("delete", "--all", "--yes")
    return went


if __name__ == "__main__":
    print(json.dumps({"modules": imported(), "went": all_of_them(Path(sys.argv[1]))}))
