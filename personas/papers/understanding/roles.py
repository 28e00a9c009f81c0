"""Which positions somebody held: the heads of the entries about work, taken apart. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vivavoce.personas.papers.paper import Line
from vivavoce.personas.papers.understanding.entries import Entry, entries
from vivavoce.personas.papers.understanding.passages import Passage, passages
from vivavoce.personas.papers.understanding.understood import Role
from vivavoce.personas.papers.words import dates
from vivavoce.personas.papers.words.dates import Period
from vivavoce.personas.papers.words.vocabulary import (
    LEGAL,
    OWN_MASTER,
    STATES,
    employer_score,
    is_department,
    is_place,
    plain,
    title_score,
)

MOST_ROLES, MOST_BULLETS = 40, 30
LONGEST_PART = 90
_STRONG = re.compile(
    r"\s*[|\u00b7\u2022\u2192;]\s*|\t+|\s{3,}|\s[-\u2010-\u2015]{1,3}\s|\s*\u2014\s*|\s@\s|:\s|"
    r"(?<=[\w\])])\s(?:at|bei|chez)\s(?=[A-Z\u00c4\u00d6\u00dcThe])"
)
_ASIDE = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_EDGE = " \t,;:.-\u2013\u2014|/()\u00b7\u2022*_#"
_KIND_OF_WORK = re.compile(
    r"(?:full|part)[- ]time|contract|permanent|temporary|freelance|self-employed|remote|hybrid|internship|"
    r"vollzeit|teilzeit|on-?site|seasonal|per diem",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?:employer|company|position|role|title|job title|organi[sz]ation|client|firma)\s?:\s?", re.I
)


@dataclass(frozen=True, slots=True)
class Work:
    """A position, with what stands under it as it was read."""

    role: Role
    passages: tuple[Passage, ...]


def work(sections: Iterable[tuple[str, Sequence[Line]]]) -> list[Work]:
    """Return the positions in the sections about work, each a heading and its lines."""
    found: list[Work] = []
    for _, lines in sections:
        if len(found) < MOST_ROLES:
            found += _of_section(entries(lines))
    return found[:MOST_ROLES]


def parts(text: str) -> list[str]:
    """Return the parts of a head that a mark or wide room keeps apart."""
    bare = _LABELS.sub("", _ASIDE.sub(" ", text))
    return [part for piece in _STRONG.split(bare) if (part := _trimmed(piece)) and len(part) <= LONGEST_PART]


def _of_section(found: Sequence[Entry]) -> list[Work]:
    cut = [_parts(entry) for entry in found]
    votes = _votes_for_title_first(cut)
    result: list[Work] = []
    employer, alone = "", False  # of the entry before, and whether it stood on a line of its own
    for number, (entry, pieces) in enumerate(zip(found, cut, strict=True)):
        title, here = _told(pieces, votes, employer if alone or not _comma(pieces) else "")
        following = found[number + 1] if number + 1 < len(found) else None
        here = here or (_alone(entry) if title else "")
        if here and not title and not entry.body and following is not None:
            employer, alone = here, True  # a heading over the positions that follow
            continue
        if here:
            employer, alone = here, _stands_alone(entry, here)
        elif title and employer and (entry.when or not result):
            here = employer
        if (title and (here or entry.when)) or (here and (entry.when or entry.body)):
            result.append(_work(entry, title, here))
        elif result:
            result[-1] = Work(result[-1].role, (*result[-1].passages, *passages(entry.body)))
    return result


def _alone(entry: Entry) -> str:
    """Return how somebody says that they work for themselves; "" if they do not."""
    found = (
        part for line in entry.heads for part in parts(dates.without(line.text, dates.period(line.text)))
    )
    return next((part for part in found if OWN_MASTER.fullmatch(part)), "")


def _work(entry: Entry, title: str, employer: str) -> Work:
    said = tuple(passages(entry.body))
    when: Period | None = entry.when
    role = Role(
        title=title,
        employer=employer,
        start=when.start if when else "",
        end=when.end if when else None,
        bullets=tuple(one.text for one in said[:MOST_BULLETS]),
    )
    return Work(role, said)


def _parts(entry: Entry) -> list[str]:
    found: list[str] = []
    for line in entry.heads:
        text = dates.without(line.text, dates.period(line.text))
        if not dates.only_length(line.text):
            found += [part for part in parts(text) if not _is_beside(part)]
    if len(found) == 1 and title_score(found[0]) >= 2 and not _names_employer(found[0]):
        found += _in_brackets(entry.heads)  # "Sous Chef (Hotel Example)"
    return found


def _names_employer(piece: str) -> bool:
    both = _both(piece)
    return both is not None and not is_department(both[1])


def _in_brackets(heads: Sequence[Line]) -> list[str]:
    """Return the first name that stands in brackets."""
    said = (_trimmed(match[0]) for line in heads for match in _ASIDE.finditer(line.text))
    named = (one for one in said if one[:1].isupper() and len(one) > 4 and not dates.period(one))
    return [one for one in named if not (_is_beside(one) or dates.only_length(one))][:1]


def _is_beside(part: str) -> bool:
    """Whether a part of a head is neither title nor employer."""
    return is_place(part) or bool(_KIND_OF_WORK.fullmatch(part)) or not re.search(r"[^\W\d_]{2}", part)


def _trimmed(text: str) -> str:
    bare = " ".join(text.split()).strip(_EDGE)
    return f"{bare}." if text.rstrip(" \t,)").endswith(".") and _ends_legal(bare) else bare


def _ends_legal(text: str) -> bool:
    found = plain(text)
    return bool(found) and (found[-1] in LEGAL) and len(found) > 1


def _lead(part: str) -> float:
    return title_score(part) - employer_score(_employer(part))


def _comma(pieces: Sequence[str]) -> bool:
    return any("," in piece for piece in pieces)


def _votes_for_title_first(cut: Sequence[Sequence[str]]) -> int:
    """Return by how many the entries that plainly name the title first outnumber the others."""
    votes = 0
    for pieces in cut:
        if len(pieces) >= 2:
            first, second = _lead(pieces[0]), _lead(pieces[1])
            votes += (first > second + 1) - (second > first + 1)
        elif pieces and (both := _both(pieces[0])):
            votes += 1 if pieces[0].startswith(both[0]) else -1
    return votes


def _told(pieces: Sequence[str], votes: int, above: str) -> tuple[str, str]:
    """Return title and employer, either of them "" where the head does not say."""
    if not pieces:
        return "", ""
    mixed = next((piece for piece in pieces if "," in piece and _both(piece)), None)
    if mixed is not None and (both := _both(mixed)) and not _is_department_of(both, pieces, mixed, above):
        rest = [piece for piece in pieces if piece != mixed]
        if not any(employer_score(piece) > 0 or title_score(piece) >= 2 for piece in rest):
            return both
    if len(pieces) == 1:
        return _told_of_one(pieces[0], votes, above)
    ranked = sorted(range(len(pieces)), key=lambda place: -_lead(pieces[place]))
    title = ranked[0]
    others = [place for place in range(len(pieces)) if place != title]
    if _lead(pieces[title]) < 2 and votes < 0:
        title, others = 1, [0, *range(2, len(pieces))]
    elif _lead(pieces[title]) < 2:
        title, others = 0, [*range(1, len(pieces))]
    named = [place for place in others if title_score(pieces[place]) < 2.5] or others
    best = min(named, key=lambda place: (-_certain(pieces[place]), place))
    return _title(pieces[title]), _employer(pieces[best])


def _is_department_of(both: tuple[str, str], pieces: Sequence[str], mixed: str, above: str) -> bool:
    """Whether the second half of "Title, Something" is no employer, as one stands above it already."""
    if employer_score(both[1]) > 0 or not mixed.startswith(both[0]):
        return False
    return bool(above) or pieces[0] != mixed or both[1][:1].islower()


def _told_of_one(piece: str, votes: int, above: str) -> tuple[str, str]:
    both = _both(piece)
    first = piece.split(",")[0]
    if title_score(first) >= 2 and title_score(piece) >= employer_score(first):
        if both and (not above or employer_score(both[1]) > 0):
            return both
        named = _without_places(piece)
        if len(named) == 2 and votes > 0 and not above and not is_department(named[1].split()[0]):
            return named[0], named[1]  # "Engineer, Example Payments", as the other heads are
        return _title(piece), ""
    found = _without_places(piece)
    if both or len(found) < 2 or above:
        return both or ("", _employer(piece))
    second = employer_score(found[1]) >= 1.5 > employer_score(found[0])
    return (found[0], found[1]) if second or votes > 0 else ("", found[0])  # "Au Pair, Family Example"


def _certain(part: str) -> float:
    return min(employer_score(_employer(part)), 2) - 2 * is_department(part) * (employer_score(part) < 2)


def _both(piece: str) -> tuple[str, str] | None:
    """Return title and employer of "Title, Employer, Place" or "Employer, Title"; None if it has but one."""
    found = _without_places(piece)
    if len(found) < 2:
        return None
    scores = [title_score(one) for one in found]
    if scores[0] >= 2 and scores[0] >= employer_score(found[0]):
        rest = found[1:]
        sure = next((place for place, one in enumerate(rest) if employer_score(one) >= 1.5), None)
        if sure is None:
            sure = next((place for place, one in enumerate(rest) if not is_department(one)), None)
        if sure is None:
            return None
        return ", ".join([found[0], *rest[:sure]]), rest[sure]
    place = next((place for place, score in enumerate(scores) if score >= 2), None)
    return (found[place], found[0]) if place else None


def _title(piece: str) -> str:
    """Return a title with its department, without a place."""
    found = _without_places(piece)
    kept = [
        one
        for one in found[1:]
        if is_department(one) or title_score(one) >= 2 or len(one.split()) > 2 or one[0].islower()
    ]
    return ", ".join([*found[:1], *kept])


def _employer(piece: str) -> str:
    found = _without_places(piece)
    return found[0] if found else ""


def _without_places(piece: str) -> list[str]:
    """Return what commas keep apart in `piece`, but for places at the end; a legal form stays where it is."""
    found: list[str] = []
    for part in piece.split(","):
        bare = _trimmed(part)
        legal = plain(bare)
        if found and len(legal) == 1 and legal[0] in LEGAL and bare not in STATES:
            found[-1] += f", {bare}"
        elif bare and not (found and is_place(bare)):
            found.append(bare)
    return found


def _stands_alone(entry: Entry, employer: str) -> bool:
    """Whether the employer has a line for itself, such that more positions may follow under it."""
    return any(
        _employer(part) == employer and title_score(line.text) < 2
        for line in entry.heads
        for part in parts(dates.without(line.text, dates.period(line.text)))
    )
