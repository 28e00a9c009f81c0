"""What is written in an interview as it is said aloud, where a reader of plain English says it wrong (pure).

A word of the table is replaced by words that are read right, or by `[word](/phonemes/)`, in which
the natural voice's reader takes the phonemes as they are. Nobody else may write that: brackets of
the text itself go.
"""

import re
from collections.abc import Callable

WORDS = {
    "C#": "C sharp",
    "F#": "F sharp",
    ".NET": "dot net",
    "24/7": "twenty-four seven",
    "1:1": "one on one",
    "1:1s": "one on ones",
    "2FA": "two factor",
    "A/A": "A.A.",
    "Airbnb": "air B and B",
    "AWS": "A.W.S.",
    "BERT": "Bert",
    "BI": "B.I.",
    "BLEU": "blue",
    "CAP": "cap",
    "CORS": "cores",
    "dplyr": "D plier",
    "ESLint": "E.S. lint",
    "etcd": "et C.D.",
    "Golang": "go lang",
    "IaaS": "I as",
    "JAX": "jacks",
    "LDAP": "L dap",
    "M and A": "M and A.",  # of M&A, by then
    "MATLAB": "mat lab",
    "MLflow": "M.L. flow",
    "MoM": "month over month",
    "nginx": "engine X",
    "OLAP": "O lap",
    "PaaS": "pass",
    "pp": "percentage points",
    "Q and A": "Q and A.",
    "QoQ": "quarter over quarter",
    "R2": "R squared",  # what normalisation leaves of R with a small two
    "ROC": "R.O.C.",
    "seq2seq": "seek to seek",
    "Sev-1": "severity one",
    "Sev-2": "severity two",
    "SOC 2": "sock two",
    "systemd": "system D",
    "t-SNE": "T snee",
    "UMAP": "you map",
    "ViT": "V.I.T.",
    "YoY": "year over year",
}
PHONEMES = {
    "Aiko": "ˈIkˌO",
    "ANOVA": "ənˈOvə",
    "async": "ˈAsˌɪŋk",
    "CUPED": "kjˈupɛd",
    "CUDA": "kˈudə",
    "EBITDA": "ɪbˈɪtdɑ",
    "enum": "ˈinʌm",
    "FAANG": "fˈæŋ",
    "GAN": "ɡˈæn",
    "GANs": "ɡˈænz",
    "JSON": "ʤˈAsᵊn",
    "MAPE": "mˈAp",
    "Omar": "ˈOmɑɹ",
    "PostgreSQL": "pˈOstɡɹɛs kjˌuˈɛl",
    "pytest": "pˈItˌɛst",
    "Redis": "ɹˈɛdɪs",
    "ReLU": "ɹˈɛlu",
    "résumé": "ɹˈɛzəmˌA",
    "résumés": "ɹˈɛzəmˌAz",
    "SHAP": "ʃˈæp",
    "spaCy": "spˈAsi",
    "YAML": "jˈæmᵊl",
}
SIGNS = {"≥": " at least ", "≤": " at most ", "≈": " about ", "≠": " is not ", "[": " ", "]": " "}
AMOUNTS = {"M": "million", "B": "billion", "bn": "billion", "ns": "nanoseconds", "μs": "microseconds"}
CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds"}
SAID = WORDS | {word: f"[{word}](/{phonemes}/)" for word, phonemes in PHONEMES.items()}

# Words of other scripts than the Latin and the Greek: letter by letter they would be read as noise.
_FOREIGN = re.compile("[\u0400-\u1dff\u2c00-\U0010ffff]++")
_LONG_NUMBER = re.compile(
    r"(?<![\d,])\d(?:,?\d){15,}+"
)  # it takes half a minute, and from 37 digits on is no word
_SIGN = re.compile("|".join(map(re.escape, SIGNS)))
_APART = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3}){2,5}+(?!\d)")  # 1 000 000
_MINUS = re.compile(r"(?<![\w)\d])[-\u2212](?=\d)")
_SHARES = re.compile(r"(?<![\d/])(\d{1,2})/(\d{2})(?![\d/])")
_ADDRESS = re.compile(r"(?:https?://|www\.)([\w.-]+)\S*")
_ORDER = re.compile(r"(?<!\w)O\(([^()]{1,20})\)")
_VERSION = re.compile(r"(?<!\w)v(\d{1,3}\.\d)")
_AMOUNT = re.compile(rf"(?<![\w.,$€£])(\d[\d.,]*+) ?({'|'.join(AMOUNTS)})(?!\w)")
_BILLION = re.compile(r"([$€£]\d[\d.,]*+) ?bn(?!\w)")
_COMES_LAST = re.compile(r"(?<![\w.,])(\d[\d.,]*+) ?([$€£])(?![\d])")
_WORD = re.compile(rf"(?<![\w.])(?:{'|'.join(sorted(map(re.escape, SAID), key=len, reverse=True))})(?!\w)")


def as_said(text: str) -> str:
    """Return `text` with what is read wrong in words that say it; empty where nothing can be said."""
    for pattern, words in _STEPS:
        text = pattern.sub(words, text)
    return text if any(one.isalnum() for one in text) else ""


def _host(address: re.Match[str]) -> str:
    end = address[0][-1] if address[0][-1] in ".,;:?!" else ""
    return address[1].rstrip(".").removeprefix("www.").replace(".", " dot ") + end


def _shared(shares: re.Match[str]) -> str:
    """Return "50 50"; what does not make a hundred is a date or so."""
    return f"{shares[1]} {shares[2]}" if int(shares[1]) + int(shares[2]) == 100 else shares[0]


_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_FOREIGN, lambda found: " "),
    (_LONG_NUMBER, lambda found: " ".join(found[0].replace(",", ""))),
    (_APART, lambda found: found[0].replace(" ", "")),
    (_MINUS, lambda found: "minus "),
    (_SHARES, _shared),
    (_SIGN, lambda found: SIGNS[found[0]]),
    (_ADDRESS, _host),
    (_ORDER, lambda found: f"O of {found[1]}"),
    (_VERSION, lambda found: f"v {found[1]}"),
    (_AMOUNT, lambda found: f"{found[1]} {AMOUNTS[found[2]]}"),
    (_BILLION, lambda found: f"{found[1]}B"),
    (_COMES_LAST, lambda found: f"{found[1]} {CURRENCIES[found[2]]}"),
    (_WORD, lambda found: SAID[found[0]]),
)
