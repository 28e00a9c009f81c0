"""What listening costs, and what it hears: word error rate, stable-word lag, CPU seconds.

    python -m benchmarks.recognition [--model tiny.en] [--split dev|heldout]

The live path (units, drafts, reduced context) is held against the same model on the whole file
in stock 30-s windows with the same greedy decoding and prompt. Sounds: the spoken answers, and
the recordings of $VIVAVOCE_CLIPS if set.
"""

import argparse
import time

from benchmarks.measure import listen, models, percentiles, publish
from benchmarks.speech import answers, clips
from benchmarks.wer import wer
from benchmarks.wer import words as counted
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, Samples
from vivavoce.audio.listening import whisper
from vivavoce.simulator.engine.ear import Models
from vivavoce.transcripts.events import Event, FinalHypothesis, PartialHypothesis, Word

WINDOW_SECONDS = 29.0


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--split", choices=("dev", "heldout"), default="dev")
    parser.add_argument("--model", default="tiny.en")
    options = parser.parse_args()
    using = models(options.model)
    spoken = [(a.id, " ".join(w.text for w in a.words), a.samples) for a in answers(options.split)]
    figures = {"answers": _figures(spoken, using)}
    # Some clips repeat single words on purpose; word error rate says little about those.
    real = [(c.id, c.text, c.samples) for c in clips() if "<" not in c.text and not c.id.startswith("mfa-")]
    if real:
        figures["clips"] = _figures(real, using)
    publish(f"recognition-{options.split}-{options.model}", figures)


def _figures(sounds: list[tuple[str, str, Samples]], using: Models) -> dict[str, object]:
    live = whole = words = 0.0
    cpu = whole_cpu = seconds = 0.0
    lags: list[float] = []
    for _, text, samples in sounds:
        count = len(counted(text))
        heard = listen(samples, using)
        finals = [e for e in heard.events if isinstance(e, FinalHypothesis)]
        live += wer(text, " ".join(e.text for e in finals)) * count
        lags += _lags(heard.events)
        cpu += heard.cpu_seconds
        seconds += len(samples) / SAMPLE_RATE_HZ
        before = time.process_time()
        whole += wer(text, _whole(samples, using)) * count
        whole_cpu += time.process_time() - before
        words += count
    return {
        "seconds": round(seconds),
        "words": int(words),
        "wer_live": round(live / words, 4),
        "wer_whole_file_full_context": round(whole / words, 4),
        "wer_ratio": round(live / max(whole, 1e-9), 3),
        "cpu_seconds_per_second": round(cpu / seconds, 3),
        "cpu_seconds_per_second_whole_file": round(whole_cpu / seconds, 3),
        "stable_word_lag_s": percentiles(lags),
    }


def _whole(samples: Samples, using: Models) -> str:
    """Return the text of the file in stock windows, cut where a word ends."""
    assert isinstance(using.recogniser, whisper.Whisper)
    stock = using.recogniser.with_context(whisper.FULL_SECONDS)
    texts: list[str] = []
    start, window = 0, int(WINDOW_SECONDS * SAMPLE_RATE_HZ)
    while start < len(samples):
        heard = list(stock.transcribe(Frame(start, samples[start : start + window]), "", timed=True).words)
        last = start + window >= len(samples)
        kept = heard if last else heard[:-3]
        texts += [word.text for word in kept]
        start = len(samples) if last or not kept else int(kept[-1].end * SAMPLE_RATE_HZ)
    return " ".join(texts)


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
