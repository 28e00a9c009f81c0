"""Make the demo's candidate: simulator/practice/recordings/demo.json and its FLAC files.

    python -m tools.make_candidate en_US-joe-medium.onnx

The texts are here; `/1.8` is a thinking pause of 1.8 s. docs/decisions/0008-candidate-voice.md
says why the files are kept in the repository.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import soundfile

from benchmarks.answers import Spoken, TimedPiper, in_a_room, parse, with_pauses
from vivavoce.audio.frame import SAMPLE_RATE_HZ

CANDIDATE = Path(__file__).parents[1] / "simulator" / "practice" / "recordings"
SEED = 8
SLOWNESS = 1.18  # of a voice that reads at 200 words a minute; people answer at about 170
LEVEL_DBFS = -20.0
NOISE_DBFS = -65.0
AROUND = (0.1, 0.3)  # seconds of the room before and after


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the candidate says at one turn, and how soon."""

    wav: str
    gap: float
    marked: str


SCRIPT = [
    Answer(
        wav="failure.flac",
        gap=0.9,
        marked="So, um, two years ago I owned the ranking model for job recommendations. It looked great "
        "offline, but a week after launch, complaints from recruiters had doubled, and I had to find out "
        "why. I compared the logs, and, um, I saw that the /1.8 salary feature was computed one way in "
        "training and another way in serving. So I moved both onto the same code, and I added a check that "
        "compares the two every hour.",
    ),
    Answer(
        wav="result.flac",
        gap=0.6,
        marked="Within two weeks the complaints were back to normal, and applications per search went up by "
        "four percent. Um, what I took from it is that a good offline number means nothing until serving "
        "matches training.",
    ),
    Answer(
        wav="disagreement.flac",
        gap=0.8,
        marked="Yeah, so, um, there was a product manager, and we disagreed about the feed, about what it "
        "should optimize for. He wanted more clicks, and clicks are, you know, clicks are easy to measure, "
        "so I understood where he was coming from. There were a lot of meetings about it, and everybody had "
        "an opinion, and the opinions kept changing. Um, it is a hard question, because it depends on what "
        "you mean by a good feed, and people mean different things by that. So we had more meetings, and he "
        "still wanted clicks, and I kept saying that clicks are not the whole story. And that went back and "
        "forth for a while, because, as I said, clicks are easy to measure, and everybody had an opinion.",
    ),
    Answer(
        wav="redirected.flac",
        gap=0.5,
        marked="Right, sorry. We tested both goals for a month. Mine lost one percent of the clicks, but "
        "complaints about the feed fell by thirty percent, so we shipped it, and he presented the result "
        "with me.",
    ),
    Answer(
        wav="question.flac",
        gap=0.7,
        marked="Thanks. Yes, what is the hardest problem with data that your team has right now?",
    ),
    Answer(wav="thanks.flac", gap=0.6, marked="No, that was all. Thank you."),
]


def spoken(answer: Answer, piper: TimedPiper) -> Spoken:
    """Return `answer` as a microphone in a quiet room hears it."""
    text, pauses = parse(answer.marked, usual=1.5)
    return in_a_room(with_pauses(piper.speak(text, SLOWNESS), pauses), LEVEL_DBFS, NOISE_DBFS, AROUND, SEED)


def script(answers: list[Answer]) -> dict[str, object]:
    """Return the candidate script; `text` is what the sound says, word for word."""
    turns = [
        {
            "wav": a.wav,
            "text": parse(a.marked, usual=1.5)[0],
            "gap": a.gap,
            "yields_after": 0.8,
            "barges_in_at": None,
        }
        for a in answers
    ]
    session = {"schema": 1, "persona": "marcus", "round": "behavioral", "minutes": 2.8, "seed": 0}
    return session | {"candidate": turns}


def main() -> None:
    """Make the files anew."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "voice", type=Path, help="the Piper voice en_US-joe-medium (.onnx, its .json beside it)"
    )
    voice = parser.parse_args().voice
    CANDIDATE.mkdir(parents=True, exist_ok=True)
    for answer in SCRIPT:
        sound = spoken(answer, TimedPiper(voice, SEED)).samples
        soundfile.write(CANDIDATE / answer.wav, sound, SAMPLE_RATE_HZ, subtype="PCM_16")
        print(f"{answer.wav}: {len(sound) / SAMPLE_RATE_HZ:.1f} s")
    (CANDIDATE / "demo.json").write_text(json.dumps(script(SCRIPT), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
