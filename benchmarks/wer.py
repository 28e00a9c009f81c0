"""Word error rate, with the two texts first brought to one spelling.

No library does both halves: jiwer counts, but leaves "4%" and "four percent" apart.
"""

import re
from difflib import SequenceMatcher

FILLERS = {"um", "uh", "uhm", "er", "erm", "ah", "hm", "hmm", "mm"}
SPELLED = {"ok": "okay", "yknow": "you know", "gonna": "going to", "wanna": "want to"}
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def wer(reference: str, hypothesis: str) -> float:
    """Return the words substituted, missing or added, per word of `reference`.

    Case, punctuation, hyphens, fillers and digits (up to 999,999) make no difference.

    Raises:
        ValueError: `reference` has no words.
    """
    said, heard = words(reference), words(hypothesis)
    if not said:
        raise ValueError("a reference without words has no error rate")
    row = list(range(len(heard) + 1))  # edit distance after Levenshtein, one row at a time
    for i, word in enumerate(said, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1] / len(said)


def longest_loss(reference: str, hypothesis: str) -> int:
    """Return how many words of `reference` are missing from `hypothesis` in one go, at most."""
    said, heard = words(reference), words(hypothesis)
    changes = SequenceMatcher(None, said, heard, autojunk=False).get_opcodes()
    return max((i2 - i1 - (j2 - j1) for _, i1, i2, j1, j2 in changes), default=0)


def words(text: str) -> list[str]:
    """Return the words of `text` in one spelling, without fillers."""
    plain = re.sub(r"(?<=\d),(?=\d)", "", text.lower()).replace("%", " percent ")
    plain = re.sub(r"(?<=\d)\.(?=\d)", " point ", plain)
    plain = re.sub(r"\d+", lambda digits: f" {_spelled(int(digits.group()))} ", plain)
    plain = re.sub(r"[^\w\s]", " ", re.sub("['\u2019]", "", plain))
    return [word for w in plain.split() for word in SPELLED.get(w, w).split() if word not in FILLERS]


def _spelled(number: int) -> str:
    if number < 20:
        return SMALL.split()[number]
    if number < 100:
        tens, rest = TENS.split()[number // 10 - 2], number % 10
    else:
        unit, name = (100, "hundred") if number < 1000 else (1000, "thousand")
        tens, rest = f"{_spelled(number // unit)} {name}", number % unit
    return f"{tens} {_spelled(rest)}" if rest else tens
