"""How many of the fillers that were said are found: `python -m benchmarks.fillers [--model tiny.en]`.

The clips of $VIVAVOCE_CLIPS of which people wrote down every "um", through the live path. `counted`: fillers
are matched by their number in each clip, since the transcripts have no times.
"""

import argparse
import re

from benchmarks.measure import listen, models, publish
from benchmarks.speech import clips
from vivavoce.transcripts.talk.fillers import HARD_SPELLING, fillers
from vivavoce.transcripts.words import words


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    chosen = parser.parse_args()
    using = models(chosen.model)
    rows: list[tuple[str, int, int]] = []
    for clip in clips():
        spelled = re.findall(r"[a-z]+", clip.text.lower())
        found = fillers(words(listen(clip.samples, using).events))
        rows.append((clip.id, sum(HARD_SPELLING.fullmatch(one) is not None for one in spelled), len(found)))
    right = sum(min(s, h) for _, s, h in rows)
    said, heard = sum(s for _, s, _ in rows), sum(h for _, _, h in rows)
    publish(
        f"fillers-{chosen.model}",
        {
            "counted": {
                "said": said,
                "precision": round(right / heard, 3) if heard else None,
                "recall": round(right / said, 3) if said else None,
                "f1": round(2 * right / (said + heard), 3) if said + heard else None,
            },
            "clips": [{"clip": name, "said": s, "heard": h} for name, s, h in rows if s or h],
        },
    )


if __name__ == "__main__":
    main()
