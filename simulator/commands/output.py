"""What several commands print."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator import signals
from vivavoce.simulator.errors import expected
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.printable import line

if TYPE_CHECKING:
    from vivavoce.simulator.settings import Settings
    from vivavoce.transcripts.events import Seconds

POLITE = 10  # of 19: by so much the rest of the machine goes first


def table(rows: Iterable[tuple[str, ...]]) -> None:
    """Print `rows` in columns, each on one line."""
    cells = [tuple(map(line, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def below_files(broken: Iterable[str], folder: str) -> None:
    """Print below what the user can choose from: the files that cannot be used, and where their own go."""
    for problem in broken:
        print(line(problem), file=sys.stderr)
    print(f"\nYour own go into {home() / folder}; docs/personas.md has the format.")


def finished(folder: Path) -> None:
    """Print the report of a session that is over, and where all of it is."""
    from vivavoce.simulator.live import screen
    from vivavoce.simulator.review import session_report

    screen.show(session_report.page(folder))
    print()
    where(folder)


def heard_once_more(folder: Path, given: "Settings") -> None:
    """Hear a session that is over a second time, in the background of all else; nothing is lost without."""
    from vivavoce.simulator.review.second_hearing import hear_once_more

    if sys.platform != "win32":
        os.nice(POLITE)

    def tell(text: str) -> None:
        print(f"{line(text)} Ctrl-C leaves it out.", file=sys.stderr, flush=True)

    try:
        better = hear_once_more(folder, given, tell)
    except signals.Stopped:
        raise
    except KeyboardInterrupt:
        print("Left out; the report says what was heard at first.", file=sys.stderr)
        return
    except expected() as error:
        print(f"The second hearing failed: {line(str(error))}", file=sys.stderr)
        return
    if better:
        print(f"The transcript and the report have the better text now; {better:,} words are from then.")


def where(folder: Path) -> None:
    """Print where the session in `folder` and what was made of it are."""
    from vivavoce.transcripts.library import sessions

    print(f"session     {folder}")
    print(f"transcript  {folder / sessions.TRANSCRIPT}")
    print(f"report      {folder / sessions.REPORT}")


def moment(at: "Seconds | None") -> str:
    """Return the time that stands before a line; "" if there is none."""
    from vivavoce.transcripts.timestamps import clock

    return "" if at is None else f"[{clock(at)}] "


def recommend_embeddings() -> None:
    """Say on stderr that answers are read without the model for it: nothing stops for want of it."""
    from vivavoce.simulator.engine import embeddings
    from vivavoce.simulator.live import recogniser_choice

    if not recogniser_choice.is_here(embeddings.NAME):
        advice = f"more is understood with the model {embeddings.NAME}: vivavoce models get {embeddings.NAME}"
        print(f"Answers are read by their words alone; {advice}", file=sys.stderr)
