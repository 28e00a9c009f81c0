"""Speaker labels: what at the start of a line says who speaks, and who is the candidate.

A label is what comes back at the place where labels stand in this file. Places are: before a colon, in
brackets, beside a time, on a line of its own. A colon follows many words that are nobody's name ("Result:
40 %"), so a place counts if those at it say that they speak, or look like names and come back, or if most
lines have one of few labels there, whatever they look like. In a file with such a place, a name that is
there only once speaks too.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from vivavoce.transcripts.imports.who_asks import A_PAIR, begins_to_ask

Side = Literal["interviewer", "perhaps interviewer", "candidate", "perhaps candidate", ""]
Place = Literal["", ":", "[", "tab", "-", ".", "tight", "time", "alone"]

LONGEST = 50  # characters of a label
LONG_ENOUGH, LONGEST_ALONE = 3, 40  # characters of a label on a line of its own
MOST_WORDS = 5
INITIALS = 4  # characters of "J." or "Dr."
MOSTLY = 0.5  # of the lines have a label: it is a conversation
NEARLY_ALL = 0.8
MOST_REST = 400  # characters of a turn in which it is seen whether it asks
MOST_SPEAKERS = 40  # of whom one is found; a panel and a candidate are fewer
MOST_UNUSUAL = 8  # different labels that do not look like names

_COLON = re.compile(rf"([^:\uff1a\n]{{1,{LONGEST}}})(?::(?=\s|$)|\uff1a)")
_BRACKETS = re.compile(
    rf"[\[(<{{{{]((?:[^\[\]()<>{{}}\n]|[\[(][^\[\]()<>{{}}\n]{{1,30}}[\])]){{1,{LONGEST}}})[\])>}}}}]:?(?=\s|$)|\u3010([^\u3010\u3011]{{1,{LONGEST}}})\u3011"
)
_TIGHT = re.compile(rf"([^:\n]{{1,{LONGEST}}}):(?=[^\s\d/:])")
_STOP = re.compile(r"([QA][0-9]{0,3})[.)](?=\s)")
_DASH = re.compile(rf"([^\n|\u2013\u2014]{{1,{LONGEST}}}?) (?:[-|\u2013\u2014\u2192]|[-=]>) (?=\S)")
_COUNT = re.compile(r"^[0-9]{1,4}[.)]?\s+(?=[^\W\d])")  # of the turns
_NAME_WORD = re.compile(r"[^\s.!?;\"“”<>=\\]+(?:\.[^\s.!?;\"“”<>=\\]+)*\.?")
_ADDED = re.compile(r"[(\[][^()\[\]]{0,40}[)\]]|\s[|@\u2013\u2014-]\s.*|\|.*|,")  # pronouns, firm, degree
_PHONE = re.compile(r"[+(]?[0-9][0-9() -]{4,}")
_PHONE_AND_COLON = re.compile(r"([+(]?[0-9][0-9() -]{4,30}):(?=\s|$)")
_TAB = re.compile(rf"([^\t\n]{{1,{LONGEST}}}?)(?:\t| {{3}})")
_ACCOUNT = re.compile(r"[0-9_@]|\w\.\w")
_PLACES: tuple[tuple[re.Pattern[str], Place], ...] = (
    (_PHONE_AND_COLON, ":"),
    (_BRACKETS, "["),
    (_COLON, ":"),
    (_TAB, "tab"),
    (_DASH, "-"),
    (_STOP, "."),
    (_TIGHT, "tight"),
)
_NEVER = re.compile(r"[!?;<>=\"“”{}\\]|[^\s.]{4}\.$|^@?[0-9]{1,3}:[0-9:.,]{2,12}$")
_SENTENCE = re.compile(r"^[^\s.,]+\.$|[\s.,][^\sA-Z.][^\s.]{0,50}\.$")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(
    r"(?:speaker|spk|person|participant|voice|guest|panelist)[ _#-]*(?:\d{0,3}|[a-z])(?<!\ws)|s[ _#-]?\d{0,3}"
)
_NOBODY = r"(?:unknown|unidentified|unnamed|not (?:identified|recogni[sz]ed|known))"
_UNKNOWN = re.compile(
    rf"(?:{_NOBODY}(?: (?:fe)?male)?(?: (?:speaker|person|participant|voice|man|woman))?"
    rf"|(?:speaker|person|participant|voice) \(?{_NOBODY}\)?|\?+)[ 0-9]{{0,4}}"
)

_ASKS = set(
    """interviewer interviewers recruiter moderator examiner interviewerin recruiterin recruteur recruteuse
    intervieweur intervieweuse entrevistador entrevistadora entrevistadores reclutador reclutadora recrutador
    recrutadora intervistatore intervistatrice selezionatore selezionatrice intervjuare rekruterare rekruter
    面试官 面試官 面接官 면접관""".split()
)
_ASKS_ALONE = _ASKS | set("q question questions host panel coach".split())
_ASKS_ALONE |= {"hiring manager", "panel member", "panel chair"}
_PERHAPS_ASKS = set("ai assistant bot".split())
_ANSWERS = set(
    """candidate interviewee applicant respondent bewerber bewerberin kandidat kandidatin
    befragte befragter candidat candidato candidata entrevistado entrevistada intervistato intervistata
    sollicitant kandidaat sökande kandydat kandydatka 候选人 候選人 応募者 候補者 지원자""".split()
)
_ANSWERS_ALONE = {*_ANSWERS, *"a answer answers".split()}
_TITLES = set("the mr mrs ms miss mx dr prof sir madam".split())
_PRESIDE = set("chair chairman chairwoman chairperson court judge witness reporter clerk counsel".split())
_PERHAPS_ALONE = set("me myself you speaker user guest microphone".split())
_PARTICLES = set("van von der den de da dos di du del la le bin bint ibn al el y e and & the".split())
_NO_NAMES = set(
    """situation task action actions result results lesson lessons learning context background
    problem challenge solution outcome impact approach reflection conclusion summary note notes
    example examples title date time subject topic agenda location place duration length language
    model recording transcript meeting participants attendees present interview round company
    role position warning tip first second third fourth finally next then also so but because today
    however plus step goal goals metric metrics update kind format file source url http https https
    error re fwd music applause laughter laughs laughing inaudible crosstalk silence noise pause
    unintelligible yes no okay ok yeah right sure thanks well""".split()
)
_TALK = set("i he she we they it you my our his her their who what why how when where and if".split())


@dataclass(frozen=True, slots=True)
class Head:
    """What may be a label at the start of a line: what it says, where it stands, and what is behind it."""

    label: str = ""
    place: Place = ""
    rest: str = ""


SHAKY: tuple[Place, ...] = ("alone", "[", "tab", "-", ".", "tight")  # where much else stands too

Labels = frozenset[tuple[Place, str]]


def head(line: str, *, alone: bool = False) -> Head:
    """Return what may be a label at the start of `line`, which may be one `alone`."""
    for pattern, place in _PLACES:
        found = pattern.match(line)
        if found and _possible(label := _COUNT.sub("", found[found.lastindex or 0].strip(' \t*_"“”'))):
            return Head(label, place, line[found.end() :].strip())
    whole = alone_in(line) if alone else ""
    return Head(whole, "alone") if whole else Head(rest=line)


def alone_in(line: str) -> str:
    """Return what may be a label that is all of `line`; "" if nothing can."""
    whole = line.strip().rstrip(":")
    stands = len(whole) <= LONGEST_ALONE and _possible(whole) and not _SENTENCE.search(whole)
    return whole if stands and ": " not in whole else ""


def _possible(label: str) -> bool:
    return 0 < len(label.split()) <= MOST_WORDS + 2 and label[0].isprintable() and not _NEVER.search(label)


def is_known(label: str) -> bool:
    """Return whether `label` itself says that somebody speaks, such as "Candidate", "Q2" or "Speaker 1"."""
    return side(label) != "" or is_unknown(label) or _NUMBERED.fullmatch(label.casefold()) is not None


def is_unknown(label: str) -> bool:
    """Return whether `label` says that nobody knows who speaks."""
    return _UNKNOWN.fullmatch(label.casefold()) is not None


def is_name(label: str) -> bool:
    """Return whether `label` looks like a name: few words, in capitals, none that often has a colon.

    What is added to it, such as pronouns, a degree or a firm, does not matter.
    """
    words = _ADDED.sub(" ", label).split() if len(label) <= LONGEST else []
    named = words[1:] if len(words) > 1 and words[0].casefold() == "the" else words
    if not 0 < len(words) <= MOST_WORDS or named[0].casefold() in _NO_NAMES:
        return False
    capital = all(_is_capital(word) and not word.isdecimal() for word in words)  # a date has numbers
    return words[0][0].isalpha() and capital


def _is_capital(word: str) -> bool:
    if not _NAME_WORD.fullmatch(word) or (
        word.endswith(".") and len(word) > INITIALS and "." not in word[:-1]
    ):
        return False
    bare = word.strip("()'\u2019-.")
    bare = bare[2:] if bare[1:2] in ("'", "\u2019") else bare  # d'Ora
    return not bare or not bare[0].islower() or bare.casefold() in _PARTICLES


def is_handle(label: str) -> bool:
    """Return whether `label` looks like what a device or an account is called: "yuki.t", a phone's number."""
    return _PHONE.fullmatch(label) is not None or (" " not in label and _ACCOUNT.search(label) is not None)


def speakers(heads: Sequence[Head]) -> Labels:
    """Return which of `heads`, one for each line, are labels of speakers, each with its place."""
    found: set[tuple[Place, str]] = set()
    for place in {one.place for one in heads if one.label}:
        here = [one if one.place in (place, "") else Head(rest=one.rest) for one in heads]
        found |= {(place, label) for label in _speakers(here, place)}
    if sum((one.place, one.label) in found for one in heads) >= MOSTLY * len(heads):
        found |= {(":", one.label) for one in heads if one.place == ":" and _is_titled(one.label)}
    return frozenset(found)


def _is_titled(label: str) -> bool:
    """Return whether `label` is a title in capitals, as protocols have them: "THE CHAIR", "MR. OBI", "COURT".

    Who presides may speak once, and in other letters and at another place than those who ask and answer.
    """
    first, *rest = words = _WORD.findall(label.casefold()) or [""]
    titled = first in _PRESIDE or (first in _TITLES and rest != [])
    return label.isupper() and titled and _NO_NAMES.isdisjoint(words) and is_name(label)


def _speakers(heads: Sequence[Head], place: Place) -> set[str]:
    counts = Counter(one.label for one in heads if one.label)
    known = {label for label in counts if is_known(label) and (place != "alone" or _says_it_alone(label))}
    again = [label for label, count in counts.items() if count > 1]
    if again and not any(map(str.islower, again)):  # a small one, once, is of a sentence cut by a line
        known = {label for label in known if counts[label] > 1 or not label.islower()}
    likely = known | {label for label in counts if is_name(label)}
    surely = likely | {label for label, count in counts.items() if count > 1 or is_handle(label)}
    first = next((number for number, one in enumerate(heads) if one.label in surely), 0)  # above: a title
    lines = len(heads) - first
    often = {label for label in likely if counts[label] > 1} | known
    shaky = place in SHAKY and not (again and sum(counts.values()) >= NEARLY_ALL * lines)
    if not shaky and sum(counts[label] for label in likely) >= MOSTLY * lines:
        often = likely if len(likely) == A_PAIR else often
    elif len(often) < A_PAIR:
        often = known if place != "." else set()
    if shaky:
        return often
    often |= _unusual(heads[first:], counts, place)
    found = often | _once(heads[first:], counts, often) | _between(heads[first:], often)
    return found if place not in SHAKY or len(found) >= A_PAIR else found & known


def _says_it_alone(label: str) -> bool:
    """Return whether `label` says without a colon that somebody speaks: not "you", "me" or "A"."""
    words = len(label.split()) <= A_PAIR and len(label) > LONG_ENOUGH
    return words and (side(label) in ("interviewer", "candidate") or any(map(str.isdigit, label)))


def _unusual(heads: Sequence[Head], counts: Counter[str], place: Place) -> set[str]:
    """Return labels such as "sam" or "iPhone of Sam", where most lines have one.

    Or where those that come back are nearly all that stands there, and one asks; beside times, if most are.
    """
    often = {label for label, count in counts.items() if count > 1 and not _is_talk(label)}
    labelled = sum(counts[label] for label in often)
    asks = place == "time" or any(one.label in often and begins_to_ask(one.rest) for one in heads)
    enough = MOSTLY if place == "time" else NEARLY_ALL
    pure = len(often) >= A_PAIR and asks and labelled >= enough * sum(counts.values())
    mostly = labelled >= (MOSTLY if len(often) >= A_PAIR else NEARLY_ALL) * len(heads)
    return often if (mostly or pure) and len(often) <= MOST_UNUSUAL else set()


def _between(heads: Sequence[Head], often: Set[str]) -> set[str]:
    """Return what asks between two turns of one speaker, as nothing that this speaker says would."""
    turns: list[Head] = []
    for one in heads:
        if turns and (not one.label or _is_talk(one.label)):
            turns[-1] = replace(turns[-1], rest=f"{turns[-1].rest} {one.rest}"[-MOST_REST:])
        elif one.label:
            turns.append(one)
    return {
        one.label
        for before, one, after in zip(turns, turns[1:], turns[2:], strict=False)
        if before.label == after.label in often and one.rest.endswith("?")
    }


def _is_talk(label: str) -> bool:
    first, *rest = label.casefold().split()
    heading = first in _NO_NAMES and (not rest or label != label.title())  # "Meeting Room 4" may speak
    return heading or (rest != [] and first.strip(",") in _TALK)


def _once(heads: Sequence[Head], counts: Counter[str], often: set[str]) -> set[str]:
    """Return the names that are there only once, where nearly all lines have a label and somebody asks.

    Among speakers with names, a whole name is one; a single word could be a heading, unless it asks,
    comes first, or is mentioned by somebody.
    """
    new = {one.label for one in heads if one.label and one.label not in often}
    new = {label for label in new if is_name(label) or is_handle(label)}
    asking = {one.label for one in heads if one.label and one.rest.endswith("?")}
    everywhere = sum(counts[label] for label in {*new, *often}) >= NEARLY_ALL * len(heads)
    if not everywhere or not (asking or len(new) > MOST_SPEAKERS):
        return set()
    if not often:
        return new if len(asking) < len(new) else set()
    opens = heads[0].label if heads[0].rest.endswith((".", "?", "!")) else ""  # nobody's heading: none spoke
    roles = all(is_known(label) for label in often)
    said = {word for one in heads for word in _WORD.findall(one.rest)}
    sure = {label for label in new if label == opens or " " in label or is_handle(label) or label in said}
    return new & (asking if roles else asking | sure)


def side(label: str) -> Side:
    """Return whose label `label` is, as far as it says so."""
    words = _WORD.findall(label.casefold())
    alone = " ".join(words)
    if alone in _ASKS_ALONE or _ASKS & set(words):
        return "interviewer"
    if alone in _ANSWERS_ALONE or _ANSWERS & set(words):
        return "candidate"
    if alone in _PERHAPS_ASKS:
        return "perhaps interviewer"
    return "perhaps candidate" if alone in _PERHAPS_ALONE else ""


def sides(labels: Sequence[str]) -> dict[str, Side]:
    """Return whose each of `labels` is, as far as they say so together.

    Beside B, A is no answer; and beside Q and A, it is the witness who answers.
    """
    letters = {label.casefold() for label in labels if len(label) == 1}
    lettered = "a" in letters and not letters <= {"q", "a"}
    found = {label: "" if lettered and len(label) == 1 else side(label) for label in labels}
    if "a" in letters and not lettered:
        found |= {label: "candidate" for label in labels if "witness" in label.casefold().split()}
    return found
