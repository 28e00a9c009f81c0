"""What listening costs, and what it hears: word error rate, stable-word lag, CPU seconds.

    python -m benchmarks.recognition [--model tiny.en] [--second tiny.en] [--split dev|heldout] [--clips]

The live path (units, drafts, reduced context) is held against the same model on the whole file, as
faster-whisper itself reads it in windows of 30 s, greedily, and against what a second hearing with `--second`
makes of it, as after a session. Sounds: the spoken answers, unless --clips,
and the recordings of $VIVAVOCE_CLIPS if set: as they are, and all of them, in several orders,
made hard, which is quiet with noise near it, in noise, slow, and with long pauses between them; and what
all these are together, since between two makes of processor the same sound may differ by a few words.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import soxr

from benchmarks.measure import listen, models, percentiles, publish
from benchmarks.speech import answers, clips
from benchmarks.wer import longest_loss, wer
from benchmarks.wer import words as counted
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.listening import whisper
from vivavoce.audio.models.store import locate
from vivavoce.audio.voices.loudness import amplitude
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.live.recogniser_choice import BEAM
from vivavoce.simulator.review.second_hearing import second_hearing
from vivavoce.transcripts.events import Event, FinalHypothesis, NotUnderstood, PartialHypothesis, Word
from vivavoce.transcripts.words import words as heard_words

PAUSE = (0.3, 2.5)  # seconds between two clips
QUIETER_DB, QUIET_NOISE_DBFS, NOISE_DBFS = -25.0, -62.0, -34.0
SLOWER = 1.25
SEED = 15
ORDERS = 3

Sound = tuple[str, str, Samples]  # its name, the text, and itself


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--split", choices=("dev", "heldout"), default="dev")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--clips", action="store_true", help="the recordings alone")
    parser.add_argument("--second", default="tiny.en", help="who listens the second time")
    options = parser.parse_args()
    using, again = models(options.model), whisper.Whisper(locate(options.second), jobs=1, beam=BEAM)
    figures: dict[str, Any] = {}
    if not options.clips:
        spoken = [(a.id, " ".join(w.text for w in a.words), a.samples) for a in answers(options.split)]
        figures["answers"] = _figures(spoken, using, again)
    # Some clips repeat single words on purpose; word error rate says little about those.
    real = [(c.id, c.text, c.samples) for c in clips() if "<" not in c.text and not c.id.startswith("mfa-")]
    if real:
        random = np.random.default_rng(SEED)
        orders = [_hard([real[n] for n in random.permutation(len(real))], random) for _ in range(ORDERS)]
        sounds = {"clips": real} | {how: [order[how] for order in orders] for how in orders[0]}
        figures |= {how: _figures(one, using, again) for how, one in sounds.items()}
        figures["together"] = _together([figures[how] for how in sounds])
    name = "clips" if options.clips else options.split
    then = "" if options.second == "tiny.en" else f"-then-{options.second}"
    publish(f"recognition-{name}-{options.model}{then}", figures)


def _hard(clips: Sequence[Sound], random: np.random.Generator) -> dict[str, Sound]:
    """Return the clips as one long talk, made hard in several ways."""
    pauses = [silence(int(random.uniform(*PAUSE) * SAMPLE_RATE_HZ)) for _ in clips]
    both = zip((clip for _, _, clip in clips), pauses, strict=True)
    talk, text = (
        np.concatenate([part for one in both for part in one]),
        " ".join(text for _, text, _ in clips),
    )
    noise = random.normal(0, 1, len(talk)).astype(np.float32)
    slow = soxr.resample(talk, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * SLOWER)
    hard = {
        "long pauses": talk,
        "quiet": talk * amplitude(QUIETER_DB) + noise * amplitude(QUIET_NOISE_DBFS),
        "noisy": talk + noise * amplitude(NOISE_DBFS),
        "slow": slow.astype(np.float32),
    }
    return {how: (how, text, sound) for how, sound in hard.items()}


def _together(figures: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    words = sum(one["words"] for one in figures)
    live, whole, second = (
        sum(round(one[f"wer_{way}"] * one["words"]) for one in figures)
        for way in ("live", "whole_file_full_context", "second_hearing")
    )
    return {
        "words": words,
        "errors_live": live,
        "errors_whole_file": whole,
        "errors_second_hearing": second,
        "wer_ratio": round(live / whole, 3),
        "wer_second_to_live": round(second / live, 3),
    }


def _figures(sounds: Sequence[Sound], using: Models, again: whisper.Whisper) -> dict[str, Any]:
    live = whole = second = words = 0.0
    cpu = whole_cpu = second_cpu = seconds = 0.0
    lags: list[float] = []
    lost = twice = 0
    missed = 0.0
    for _, text, samples in sounds:
        count = len(counted(text))
        heard = listen(samples, using)
        finals = [e for e in heard.events if isinstance(e, FinalHypothesis)]
        said = " ".join(e.text for e in finals)
        live += wer(text, said) * count
        lost, twice = max(lost, longest_loss(text, said)), max(twice, longest_loss(said, text))
        missed += sum(e.ended_at - e.started_at for e in heard.events if isinstance(e, NotUnderstood))
        lags += _lags(heard.events)
        cpu += heard.cpu_seconds
        seconds += len(samples) / SAMPLE_RATE_HZ
        before = time.process_time()
        better = [*heard.events, *second_hearing(samples, heard.events, again, "", ())]
        second += wer(text, " ".join(word.text for word in heard_words(better))) * count
        second_cpu += time.process_time() - before
        before = time.process_time()
        whole += wer(text, _whole(samples, using)) * count
        whole_cpu += time.process_time() - before
        words += count
    return {
        "seconds": round(seconds),
        "words": int(words),
        "wer_live": round(live / words, 4),
        "wer_whole_file_full_context": round(whole / words, 4),
        "wer_second_hearing": round(second / words, 4),
        "longest_loss_words": lost,
        "longest_addition_words": twice,
        "said_to_be_not_understood_s": round(missed, 1),
        "wer_ratio": round(live / max(whole, 1e-9), 3),
        "wer_second_to_live": round(second / max(live, 1e-9), 3),
        "cpu_seconds_per_second": round(cpu / seconds, 3),
        "cpu_seconds_per_second_whole_file": round(whole_cpu / seconds, 3),
        "cpu_seconds_per_second_second_hearing": round(second_cpu / seconds, 3),
        "stable_word_lag_s": percentiles(lags),
    }


def _whole(samples: Samples, using: Models) -> str:
    """Return the text of the file as faster-whisper itself reads it, greedily."""
    assert isinstance(using.recogniser, whisper.Whisper)
    segments, _ = using.recogniser.model.transcribe(
        samples, language="en", beam_size=1, condition_on_previous_text=False
    )
    return " ".join(segment.text for segment in segments)


def _lags(events: list[Event]) -> list[float]:
    """Return, for each final word, how long after its end it was first part of the stable text."""
    words: list[Word] = [w for e in events if isinstance(e, FinalHypothesis) for w in e.words]
    lags: list[float] = []
    final = stable = 0
    for event in events:
        if isinstance(event, FinalHypothesis):
            final += len(event.words)
            known = final
        elif isinstance(event, PartialHypothesis):
            known = final + len(event.stable.split())
        else:
            continue
        lags += [event.at - word.end for word in words[stable:known]]
        stable = max(stable, known)
    return lags


if __name__ == "__main__":
    main()
