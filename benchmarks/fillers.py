"""How many of the fillers that were said are found: `python -m benchmarks.fillers [--model tiny.en]`.

The clips of $VIVAVOCE_CLIPS of which people wrote down every "um", through the live path (`live`), and heard
a second time as after a session (`second`), which also listens where there is speech and no word.
Fillers are matched by their number in each clip, since the transcripts have no times.
"""

import argparse
import re
from collections.abc import Sequence

from benchmarks.measure import listen, models, publish
from benchmarks.speech import clips
from vivavoce.audio.listening.whisper import Whisper
from vivavoce.audio.models.store import locate
from vivavoce.simulator.live.recogniser_choice import BEAM
from vivavoce.simulator.review.second_hearing import second_hearing
from vivavoce.transcripts.talk.fillers import HARD_SPELLING, fillers
from vivavoce.transcripts.words import words

Row = tuple[str, int, int, int]  # clip, fillers that were said, heard live, heard the second time


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    chosen = parser.parse_args()
    using, again = models(chosen.model), Whisper(locate(chosen.model), jobs=1, beam=BEAM)
    rows: list[Row] = []
    for clip in clips():
        spelled = re.findall(r"[a-z]+", clip.text.lower())
        said = sum(HARD_SPELLING.fullmatch(one) is not None for one in spelled)
        live = listen(clip.samples, using).events
        second = [*live, *second_hearing(clip.samples, live, again, chosen.model, ())]
        rows.append((clip.id, said, len(fillers(words(live))), len(fillers(words(second)))))
    publish(
        f"fillers-{chosen.model}",
        {
            "live": _counted([(said, live) for _, said, live, _ in rows]),
            "second": _counted([(said, second) for _, said, _, second in rows]),
            "clips": [
                {"clip": name, "said": said, "live": live, "second": second}
                for name, said, live, second in rows
                if said or live or second
            ],
        },
    )


def _counted(rows: Sequence[tuple[int, int]]) -> dict[str, float | None]:
    """Return precision and recall for clips of which each has the number of fillers said, and heard."""
    right = sum(min(row) for row in rows)
    said, heard = (sum(row[place] for row in rows) for place in (0, 1))
    return {
        "said": said,
        "precision": round(right / heard, 3) if heard else None,
        "recall": round(right / said, 3) if said else None,
        "f1": round(2 * right / (said + heard), 3) if said + heard else None,
    }


if __name__ == "__main__":
    main()
