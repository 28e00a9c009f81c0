"""How many of the fillers that were said are found: `python -m benchmarks.fillers [--model tiny.en]`.

The clips of $VIVAVOCE_CLIPS of which people wrote down every "um", through the live path. `counted`: fillers
are matched by their number in each clip, since the transcripts have no times.
"""

import argparse
import re

from benchmarks.measure import listen, models, publish
from benchmarks.speech import clips
from vivavoce.transcripts.fillers import HARD_SPELLING, fillers
from vivavoce.transcripts.words import words


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    chosen = parser.parse_args()
    using = models(chosen.model)
    rows = []
    for clip in clips():
        said = len([one for one in re.findall(r"[a-z]+", clip.text.lower()) if HARD_SPELLING.fullmatch(one)])
        heard = len(fillers(words(listen(clip.samples, using).events)))
        rows.append({"clip": clip.id, "said": said, "heard": heard})
    right = sum(min(int(row["said"]), int(row["heard"])) for row in rows)
    said, heard = (sum(int(row[key]) for row in rows) for key in ("said", "heard"))
    publish(
        f"fillers-{chosen.model}",
        {
            "counted": {
                "said": said,
                "precision": round(right / heard, 3) if heard else None,
                "recall": round(right / said, 3) if said else None,
                "f1": round(2 * right / (said + heard), 3) if said + heard else None,
            },
            "clips": [row for row in rows if row["said"] or row["heard"]],
        },
    )


if __name__ == "__main__":
    main()
