"""What both sides said as captions: .srt and .vtt, a few seconds each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.talk.turns import Turn

LONGEST = Seconds(6.0)
MOST_CHARACTERS = 84  # two lines of the usual width
NAMES = {"candidate": "Candidate", "interviewer": "Interviewer"}


@dataclass(frozen=True, slots=True)
class Caption:
    """A piece of a turn."""

    start: Seconds
    end: Seconds
    speaker: str
    text: str


def captions(turns: Sequence[Turn]) -> list[Caption]:
    """Return the spoken `turns` in pieces; where words have no times, a turn is one piece."""
    timed = (turn for turn in turns if turn.timed)
    return [caption for turn in timed for caption in _pieces(turn) if caption.text.strip()]


def srt(turns: Sequence[Turn]) -> str:
    """Return `turns` as SubRip."""
    blocks = [
        f"{number}\n{_time(one.start, ',')} --> {_time(one.end, ',')}\n{NAMES[one.speaker]}: {one.text}\n"
        for number, one in enumerate(captions(turns), start=1)
    ]
    return "\n".join(blocks)


def vtt(turns: Sequence[Turn]) -> str:
    """Return `turns` as WebVTT."""
    blocks = [
        f"{_time(one.start, '.')} --> {_time(one.end, '.')}\n<v {NAMES[one.speaker]}>{_escaped(one.text)}\n"
        for one in captions(turns)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _pieces(turn: Turn) -> Iterator[Caption]:
    if not turn.words:
        yield Caption(turn.start, max(turn.end, turn.start), turn.speaker, _flat(turn.text))
        return
    begin = 0
    words = turn.words
    for index, word in enumerate(words):
        text = _flat(" ".join(one.text for one in words[begin : index + 1]))
        last = index + 1 == len(words)
        too_much = not last and (
            len(text) + len(words[index + 1].text) >= MOST_CHARACTERS
            or words[index + 1].end - words[begin].start > LONGEST
        )
        if last or too_much:
            yield Caption(words[begin].start, max(word.end, words[begin].start), turn.speaker, text)
            begin = index + 1


def _time(at: Seconds, mark: str) -> str:
    milliseconds = max(0, round(1000 * at))
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{mark}{rest % 1000:03}"


def _flat(text: str) -> str:
    return line(text).replace("-->", "→")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
