"""Who offers a job: by a label, by its head, by what its sentences say, by its addresses. Pure.

Each place that may name the employer counts for what it names; the name with the most wins. A short name
("Azul") counts for the long one that the head has as well ("Azul Tiles").
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivavoce.personas.papers.paper import Line
from vivavoce.personas.papers.understanding.roles import parts
from vivavoce.personas.papers.words.asking import CUES
from vivavoce.personas.papers.words.headings import Part, by_words
from vivavoce.personas.papers.words.vocabulary import (
    COUNTRIES,
    LEGAL,
    employer_score,
    is_department,
    is_name,
    is_place,
    plain,
    title_score,
)

FIRST_LINES = 15  # the head, in which title and employer stand
MOST_LINES = 400  # of which the sentences are heard
LEAST = 2.0  # what a name has to count
LEAST_OWN = 2.0  # what a long name counts before a short one counts for it, too
MOST_WORDS = 6

_WORD = r"[A-Z\d][\w&'\u2019+-]{0,30}(?:\.\w{1,10}){0,2}"
_NAME = rf"(?:St\. )?{_WORD}(?: (?:(?:of|and|the|for|de|la|und|&) ){{0,2}}{_WORD}){{0,5}}"
_SOON = r"(?:now |currently |always |actively |urgently )?"
_SAYINGS = (  # what a sentence counts for the name in it
    (4.0, rf"^(?:About|Why|Meet|\u00dcber)(?: join)? ({_NAME})[?:]?$"),
    (4.0, rf"({_NAME}) (?:is|are) {_SOON}(?:hiring|looking|seeking|recruiting|searching)\b"),
    (4.0, rf"({_NAME}) (?:is|are) (?:proud to be )?an? (?:equal|inclusive|disability)\b"),
    (3.0, rf"({_NAME}) (?:seeks|needs|wants|invites|sucht|recherche|recrute|has an? (?:opening|vacancy))\b"),
    (3.0, rf"\b(?:[Jj]oin|[Jj]oining|JOIN) ({_NAME})"),
    (3.0, rf"\b(?:[Ww]e are|[Ww]e at|[Hh]ere at|[Ww]ir sind|[Ww]ir bei|[Cc]hez) ({_NAME})"),
    (3.0, rf"\b(?:[Ww]ork|[Ww]orking|[Ll]ife|[Cc]areers?|[Jj]obs?|[Tt]eam) (?:at|for|bei) ({_NAME})"),
    (3.0, rf"^({_NAME}) (?:logo|[Cc]areers|[Jj]obs)$"),
    (1.5, rf"^({_NAME}) (?:is|was|has|have|helps?|keeps?|makes?|offers?|provides?|serves?|builds?|runs?|"
          r"employs?|operates?|believes?|brings?|connects?|develops?|delivers?|sells?|rents?|looks?|takes?) "
          r"[a-z\d]"),
    (3.0, rf"^At ({_NAME}),? (?:we|you)\b"),
    (2.5, rf"^({_NAME}) is an? [a-z]"),
    (1.0, rf"\bat ({_NAME})"),
    (-3.0, rf"\b(?:in|from|near|to) ({_NAME})"),
)  # fmt: skip
_HEARD = tuple((weight, re.compile(pattern)) for weight, pattern in _SAYINGS)
_LABEL = re.compile(
    r"(?:company(?: name)?|(?:hiring )?organi[sz]ation|employer|firm|business|school|hospital|institution|"
    r"posted by|arbeitgeber|firma|unternehmen|entreprise|employeur)\s?:\s+(\S.*)",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[A-Za-z][\w /()-]{2,30}:(?:\s|$)")  # "Salary: ..."
_ADDRESS = re.compile(r"(?:@|https?://(?:www\.)?|www\.)([\w-]{3,40})\.[a-z]")
_HOSTS = frozenset(  # where anybody has an address
    """gmail googlemail outlook hotmail yahoo icloud proton protonmail gmx web linkedin indeed glassdoor
    greenhouse boards lever jobs apply workday workable teamtailor smartrecruiters forms docs
    google""".split()
)
_SMALL = frozenset("of and the for in at de la le du des der die und y e et".split())
_FOLLOWERS = re.compile(r"[\d,.]+[KM]? followers\b")
_NOBODY = frozenset(
    """the us you we our your this that these job jobs role team it a an who what why how if as at in on by
    for
    with and or to please experience knowledge ability strong excellent good here there they he she i my his
    her company position opportunity organisation organization people candidate candidates applicants work
    working applications english remote hybrid part full day one each every all some no not any when where
    benefits requirements closing career careers meet join""".split()
)
_NO_NAME = re.compile(
    r"\b(?:time|remote|hybrid|salary|apply|save|share|about|job|full|location|date|posted|applicants|summary|"
    r"description|overview|position|vacancy|we|you|permanent|contract|hiring|career|careers|jobs|promoted|"
    r"ago|wanted|logo|followers|hours?|days?|nights?|weeks?|years?|months?|per|from|required|more|options|"
    r"home|menu|login|search|vollzeit|teilzeit|temporary|shifts?)\b|[$\u20ac\u00a3@]|\d{3}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name, and how much it counts that it stands here."""

    name: str
    weight: float
    kind: int  # of the place: two of one kind count once
    shown: bool = False  # whether the head shows it by itself


def employer(lines: Sequence[Line], at: int, title: str) -> str:
    """Return who offers the job of `lines`, of which the title stands in the one at `at`; "" if not said."""
    for line in lines[:FIRST_LINES]:
        if label := _LABEL.match(line.text):
            return parts(label[1])[0] if parts(label[1]) else label[1].strip()
    named = [*_in_head(lines[:FIRST_LINES], at, title), *_in_sentences(lines[:MOST_LINES])]
    hosts = [host for line in lines[:MOST_LINES] for host in _hosts(line.text)]
    best, counted = "", 0.0
    own: dict[tuple[str, ...], float] = defaultdict(float)
    for key, weight, _ in {(_key(one.name), one.weight, one.kind) for one in named}:
        own[key] += weight
    for one in named:
        key = _key(one.name)
        longer = own[key] >= LEAST_OWN or one.shown
        total = own[key] + sum(own[key[:end]] for end in range(1, len(key))) * longer
        total += 2.5 * any(_is_of(host, key) for host in hosts)
        if total > counted:
            best, counted = one.name, total
    return best if counted >= LEAST else ""


def _in_head(lines: Sequence[Line], at: int, title: str) -> Iterator[_Named]:
    """Yield what stands in the head by itself as names do: near the title it counts more."""
    for number, line in enumerate(lines):
        if line.bullet or _FIELD.match(line.text) or by_words(line.text) not in (None, Part.UNKNOWN):
            continue
        followed = number + 1 < len(lines) and bool(_FOLLOWERS.match(lines[number + 1].text))
        for piece in parts(line.text):
            name = max(piece.split(","), key=employer_score).strip()
            if piece in title or not _may_be(name) or _in_a_country(piece) or _is_heading(name):
                continue
            weight = 3.0 * (employer_score(name) >= 2) + 3.0 * followed
            weight += 2.0 * (at >= 0 and abs(number - at) <= 1) + 0.5 * (number == 0)
            yield _Named(name, weight, -1 - number, shown=True)


def _in_sentences(lines: Sequence[Line]) -> Iterator[_Named]:
    for line in lines:
        for sentence in re.split(r"(?<=[a-z)\d][.!?])\s+(?=[A-Z])", line.text):
            for kind, (weight, cue) in enumerate(_HEARD):
                if line.bullet and weight > 0:
                    continue  # "experience at ..."
                for match in cue.finditer(sentence):
                    name = re.sub(r"['\u2019]s?$", "", match[1])
                    if _may_be(name):
                        yield _Named(name, weight, kind)


def _may_be(name: str) -> bool:
    """Whether `name` may be that of an employer: words in capitals, and no title, place or department."""
    found = plain(name)
    bare = [word for word in found if word != "the"]
    if not bare or len(found) > MOST_WORDS or bare[0] in _NOBODY or len("".join(found)) < 3:
        return False
    capitals = all(not word[0].islower() or word in _SMALL for word in name.split())
    if not capitals or not is_name(name) or _NO_NAME.search(name) or is_place(name):
        return False
    return title_score(name) < 2 and not (is_department(name) and employer_score(name) < 2 and len(bare) < 2)


def _is_heading(name: str) -> bool:
    return employer_score(name) < 2 and any(cue.search(name) for _, cue in CUES)


def _in_a_country(piece: str) -> bool:
    pieces = [one.strip().lower() for one in piece.split(",")]
    return len(pieces) > 1 and (is_place(pieces[-1]) or pieces[-1] in COUNTRIES) and employer_score(piece) < 2


def _key(name: str) -> tuple[str, ...]:
    """Return the words that two ways of writing one name share."""
    found = [word for word in plain(name) if word != "the"]
    while len(found) > 1 and found[-1] in LEGAL:
        found.pop()
    return tuple(found)


def _hosts(text: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(text):
        host = re.sub(r"[\W_]|careers|jobs", "", match[1].lower())
        if len(host) > 2 and match[1].lower() not in _HOSTS:
            yield host


def _is_of(host: str, key: tuple[str, ...]) -> bool:
    """Whether an address may be that of the name with the words `key`."""
    glued = re.sub(r"[\W_]|the", "", "".join(key))
    return len(glued) > 3 and (glued.startswith(host) or host.startswith(glued))
