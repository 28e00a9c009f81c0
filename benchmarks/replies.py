"""How often a reply is told for what it does: `python -m benchmarks.replies [--answers FILE ...]`.

Utterances of our own with what each does (replies.jsonl), in two parts: the patterns were written with the
first in sight, and what is held out was written before they were looked at, and mended on since (the second
reading is fitted to all of it): neither says what fresh words would give. With files of real answers (JSON
Lines with "text", or "segments" that have it; $VIVAVOCE_ANSWERS, parted by colons) the share of their
sentences and beginnings that are taken for something else comes first. Everything is read twice: as the
interviewer reads it, and by the patterns alone, as it does where MiniLM is not on the machine.
"""

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import publish
from vivavoce.personas.conversation.acts import Reply
from vivavoce.personas.conversation.replies import kind
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.story.subject import Meaning, nothing

UTTERANCES = Path(__file__).with_name("replies.jsonl")
BEGINNINGS = (8, 15, 30, 60, 120)  # words of an answer
FEWEST_WORDS = 3  # of a sentence that may say something

# What counts as right: what each is taken for leads to the same.
RIGHT: dict[str, tuple[Reply, ...]] = {
    "ready": (Reply.READY, Reply.ACKNOWLEDGED, Reply.YES),
    "thinking": (Reply.THINKING,),
    "wait": (Reply.WAIT,),
    "repeat": (Reply.REPEAT,),
    "unheard": (Reply.UNHEARD,),
    "about the question": (Reply.CHOICE, Reply.TIME),
    "unclear": (Reply.UNCLEAR, Reply.REPEAT),
    "declines": (Reply.DECLINES,),
    "no example": (Reply.NOT_KNOWN, Reply.NO),
    "move on": (Reply.MOVE_ON,),
    "let me finish": (Reply.LEAVE,),
    "adds": (Reply.ADDS,),
    "corrects": (Reply.CORRECTS, Reply.ADDS),
    "restart": (Reply.RESTART,),
    "end, perhaps": (Reply.ENDING, Reply.STOP, Reply.TIME),
    "stop": (Reply.STOP,),
    "rude": (Reply.RUDE,),
    "role": (Reply.QUESTION,),
    "told already": (Reply.TOLD,),
    "apologises": (Reply.APOLOGY,),
    "recorded": (Reply.RECORDED,),
    "wording": (Reply.WORDING,),
    "at ease": (Reply.NERVOUS,),
    "small talk": (Reply.SMALL_TALK, Reply.GREETING, Reply.MACHINE),
    "thanks": (Reply.THANKS,),
    "distress": (Reply.DISTRESS,),
    "foreign": (Reply.FOREIGN,),
    "answer": (Reply.ANSWER, Reply.CHECKS, Reply.YES, Reply.NO),
}


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    named = [one for one in os.environ.get("VIVAVOCE_ANSWERS", "").split(":") if one]
    parser.add_argument("--answers", nargs="*", type=Path, default=[Path(one) for one in named])
    paths, mine = parser.parse_args().answers, rows()
    both: dict[str, Meaning] = {"as the interviewer reads": embedding, "patterns alone": nothing}
    publish("replies", {how: {**strangers(paths, by), **told(mine, by)} for how, by in both.items()})


def strangers(paths: list[Path], by: Meaning) -> dict[str, object]:
    """Return which share of the sentences and beginnings of real answers is taken for something else."""
    texts = [text for path in paths for text in answers(path)]
    if not texts:
        return {}
    said = [one for text in texts for one in re.split(r"(?<=[.?!])\s+", text)]
    sentences = [one for one in said if len(one.split()) >= FEWEST_WORDS]
    beginnings = [" ".join(text.split()[:many]) for text in texts for many in BEGINNINGS]
    return {
        "strangers": {
            "sentences": _mistaken(sentences, by),
            "beginnings": _mistaken([*beginnings, *texts], by),
        }
    }


def answers(path: Path) -> Iterator[str]:
    """Yield the answers in the file at `path`."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row.get("text") or " ".join(part["text"] for part in row.get("segments", ()))


def _mistaken(texts: list[str], by: Meaning) -> dict[str, object]:
    kinds = Counter(kind(text, meaning=by) for text in texts)
    others = {str(one): many for one, many in kinds.most_common() if one is not Reply.ANSWER}
    return {"of": len(texts), "share": round(sum(others.values()) / max(1, len(texts)), 4), "as": others}


def rows() -> list[dict[str, str]]:
    """Return our own utterances."""
    return [json.loads(line) for line in UTTERANCES.read_text("utf-8").splitlines()]


def told(utterances: list[dict[str, str]], by: Meaning) -> dict[str, object]:
    """Return the share told right, for each half: of all, and of each kind."""
    found: dict[str, object] = {}
    for half in ("seen", "held out"):
        mine = [row for row in utterances if bool(row["held_out"]) is (half == "held out")]
        right = {
            does: [kind(row["text"], meaning=by) in ok for row in mine if row["does"] == does]
            for does, ok in RIGHT.items()
        }
        every = [one for ones in right.values() for one in ones]
        share = {does: round(sum(ones) / max(1, len(ones)), 2) for does, ones in right.items()}
        found[half] = {"of": len(every), "share": round(sum(every) / max(1, len(every)), 3), "by kind": share}
    return found


if __name__ == "__main__":
    main()
