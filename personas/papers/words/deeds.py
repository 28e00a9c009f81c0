"""What somebody carried through, out of how they say it: verbs of change and what these were done to. Pure.

"Moved the ward to electronic charts" is "the move of the ward to electronic charts". A duty has no such
verb, or is done to people, to requests, to things of no name; it is left out.
"""

import re
from dataclasses import dataclass

from vivavoce.personas.papers.words.nouns import (
    EVENTS,
    MOST_WITH_LINKS,
    NO_NAME,
    PEOPLE,
    PREPOSITIONS,
    VAGUE,
    Thing,
    things,
)
from vivavoce.personas.papers.words.verbs import CHANGED, MOVED, NOUNS, REDONE, WHAT
from vivavoce.personas.papers.words.vocabulary import title_score

_VERB = "|".join(re.escape(form) for form in sorted(WHAT, key=len, reverse=True))
_NOUN = "|".join(NOUNS.split())
_LEADS = (  # what a clause may begin with, before its verb
    r"(?:(?:i|we|also|then|successfully|personally|jointly|single-handedly|independently|have|has|"
    r"recently|first|together) ){0,3}+"
)
_CLAUSE = re.compile(
    rf"(?:^[^\w\"(]{{0,4}}(?:20\d\d:? )?|(?<=[.;:!?] )|(?<=, )|(?<= and )|(?<= & )|(?<= i )|(?<= we )|"
    rf"(?<= which )|(?<= then )|(?<= to )|(?<=responsible for )|"
    rf"(?<=in charge of )|(?<=helped )|(?<= by ))"
    rf"{_LEADS}(?P<verb>{_VERB})(?:,? (?:and|&) (?P<second>{_VERB})| (?:the )?development of)?(?= )",
    re.IGNORECASE,
)
_NOMINAL = re.compile(
    rf"^\W{{0,4}}(?:successful )?(?P<noun>{_NOUN})(?: and (?:{_NOUN}))? of(?= )", re.IGNORECASE
)
_DEED_AT_ONCE = re.compile(
    rf"\W{{0,4}}(?:{_LEADS})(?:{_VERB}|assisted|assist|provided|provide|performed|perform|trained|taught|"
    r"prepared|cared|worked|collaborated|supervise|assign|drafted|served|responsible|ensured|reported|"
    r"reporting|mentored|advised|processed|monitored|answered|sold|exceeded|found|entered|labelled|"
    r"responsible)\b(?! (?:manager|engineer|officer|director|lead|developer|consultant|specialist))",
    re.IGNORECASE,
)
_FRESH = frozenset(
    "introduced launched established founded opened initiated pioneered set_up rolled_out".split()
)
_TO = re.compile(r" (?:to|into|onto) (?=[\w$])", re.IGNORECASE)
_LABELS = frozenset(
    """stack technologies tools environment responsibilities duties skills achievements highlights topics deal
    rate award performer role position title description software languages interest interests focus
    experience knowledge background passion years""".split()
)
_ALWAYS_ON = frozenset("research development design production review effort".split())  # without an article
MOST = 3  # deeds of one passage
LEAST_ALONE = 5  # letters of one word that names a thing of its own: "bootloader"
_SENTENCE = re.compile(r"(?:^|(?<=[a-z)\d]\. ))[^\W\d_][^.]{10,400}")
_FIRST = re.compile(r"(?:(?:first|new|own|our) )?", re.IGNORECASE)
_SET_OFF = re.compile(
    r":\s|\s[-\u2013\u2014]\s|\s\([^()]{4,60}\)[:,]?\s|,\s(?=[$\u20ac\u00a3\d])|"
    r"\s(?:for|in|of|on|at) [\w -]{3,40}:\s"
)
LEAST_TOLD = 15  # characters of what is said of a thing that is named first
_PART_IN = re.compile(
    r"^((?:[\w-]{1,20} ){0,3}(?:chair|lead|leader|counsel|coordinator|member|part|organi[sz]er|engineer|"
    r"manager) (?:in|of|on|for) )(?=(?:the|an?|our) )",
    re.IGNORECASE,
)
_TURN = re.compile(r"\W{0,4}(Turned|Took|Brought|Moved|Put) ", re.IGNORECASE)
_WAY = re.compile(r" (?:around|round|online)\b| (from [\w -]{2,30} to (?:an? |the )?[\w-]{3,20})")
# What is made, and so a story even where no verb says by whom.
_MADE_THINGS = frozenset(
    """app application tool platform pipeline model protocol dashboard website database game robot bot club
    festival exhibition campaign handbook guide manual course scheme tracker calculator simulator generator
    framework portal catalogue archive prototype plugin package playbook menu newsletter podcast toolkit
    system workshop app checklist library trolley league clinic""".split()
)
_OF_MADE = re.compile(r"\s(?:for|in|that|which|to|with|about|of)\s|,\s|\s\(|:\s")
_OTHER_VERB = re.compile(
    r"^\W{0,4}([A-Z][a-z]{3,14}ed|Took over|Brought|Put|Got|Gave) (?=(?:the|an?|our|its) )"
)
_EVERYDAY = frozenset(
    """assisted supported provided ensured performed prepared processed answered attended monitored maintained
    served reported handled used worked received awarded covered cleaned checked reviewed assessed trained
    mentored supervised managed operated assigned appointed promoted selected hired nominated joined earned
    achieved exceeded completed ranked graduated studied learned learnt liaised collaborated participated
    utilized utilised applied treated delivered collected entered labelled advised informed followed visited
    greeted welcomed helped recruited interviewed demonstrated gained obtained required responded verified
    tracked updated analysed analyzed tested documented ordered sourced stocked loaded packed inspected
    invited elected voted graded marked tutored presented represented volunteered oversaw""".split()
)
EVERYDAY = frozenset(  # no thing of its own, whatever was done to it
    """ward budget team teams unit portfolio department store site territory caseload shift management support
    planning rounds sales review responsibility accounts staff kitchen branch office region floor round
    degree thesis experience knowledge maintenance reporting standard standards contact needs""".split()
)
_NO_MOVE = PREPOSITIONS - {"of", "from"}


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was carried through, as a passage says it."""

    name: str  # "the move of the ward to electronic charts"
    at: tuple[int, int]  # where verb and thing stand in the passage
    strength: float  # how sure it is that this is a thing of its own, and the person's own part
    outcome: bool = False  # whether it may be what came of something else: "the reduction in ..."


def begins_with_deed(text: str) -> bool:
    """Whether `text` says what somebody did, rather than what something is called."""
    found = _DEED_AT_ONCE.match(text)
    if found is None:
        return False
    rest = text[found.end() :].split()
    verb = found[0].split()[-1].lower() if found[0].split() else ""
    is_noun = verb in WHAT and verb != WHAT[verb][1]  # "Institute for Inland Waters", "Lead Engineer"
    return bool(rest) and not (is_noun and (rest[0] in ("of", "for") or rest[0][0].isupper()))


def deeds(text: str) -> list[Deed]:
    """Return what was carried through according to one passage, in its order."""
    found = []
    for match in _CLAUSE.finditer(text):
        verb = match["verb"].lower()
        kind, past = WHAT[verb]
        if kind == "led" and match["second"]:
            kind, past = WHAT[match["second"].lower()]  # "planned and opened"
        kind = "made" if match[0].lower().endswith("development of") else kind
        if verb.endswith("ing") and kind not in ("made", "redone", "moved", "led"):
            continue
        named = _named(kind, past, text[match.end() : match.end() + 200].replace("\n", " "))
        if named:
            name, length, strength = named
            finite = 0.0 if verb == past.replace("_", " ") else -1.0
            at = (match.start("verb"), match.end() + length)
            found.append(Deed(name, at, strength + finite, kind == "changed"))
        if len(found) >= MOST:
            break
    nominal = _NOMINAL.match(text)
    if not nominal and not found:
        found += _turned(text) or _by_part(text) or _said_first(text) or _worked_on(text)
    if nominal and not found:
        thing = things(text[nominal.end() : nominal.end() + 200])
        if thing and _sound(thing.words):
            name = f"the {nominal['noun'].lower()} of {thing.said}"
            found.append(Deed(name, (nominal.start("noun"), nominal.end() + thing.length), 1.5))
    return found


def _named(kind: str, past: str, rest: str) -> tuple[str, int, float] | None:
    """Return name, length and strength of what a verb was done to; None if it is nothing of its own."""
    if kind == "moved":
        return _moved(MOVED[past], rest)
    thing = things(rest)
    if thing is not None and kind == "redone" and _is_collection(thing):
        return f"the {REDONE[past]} of the {thing.bare}", thing.length, 1.5
    return _of_thing(kind, past, thing) if thing is not None and _sound(thing.words) else None


def _of_thing(kind: str, past: str, thing: Thing) -> tuple[str, int, float] | None:
    last = thing.head
    if kind == "led":
        weak = past in ("supported", "helped", "contributed_to", "worked_on", "participated_in", "handled")
        always = last in _ALWAYS_ON and thing.said == thing.bare and not thing.extended
        is_event = last in EVENTS and not always
        return (f"the {thing.bare}", thing.length, 1.0 if weak else 2.5) if is_event else None
    if kind == "redone":
        return f"the {REDONE[past]} of {thing.said}", thing.length, 2.0
    if kind == "changed":
        return f"the {CHANGED[past]} {thing.of}", thing.length, 2.0
    if kind == "trained" and last not in ("model", "models", "classifier", "network", "detector"):
        return None
    if kind == "owned" and (len(thing.words) < 2 or last.endswith("s")):
        return None
    if len(thing.words) < 2 and not thing.extended:
        new = kind == "made" and thing.said != thing.bare and not (thing.counted or last.endswith("s"))
        return (f"the {thing.bare}", thing.length, 1.6) if new and len(last) >= LEAST_ALONE else None
    if thing.loose and kind in ("made", "closed"):  # "reports", "lesson plans": as likely a duty
        return f"the {thing.bare}", thing.length, 1.5 if past in _FRESH else 0.4
    return f"the {thing.bare}", thing.length, {"made": 2.5, "closed": 2.2, "trained": 2.5}.get(kind, 0.7)


def _moved(noun: str, rest: str) -> tuple[str, int, float] | None:
    stop = re.search(r"[.;:!?]|, ", rest)
    clause = rest[: stop.start()] if stop else rest
    goal = _TO.search(clause)
    what = things(clause[: goal.start()] if goal else clause)
    where = things(clause[goal.end() :]) if goal else None
    if where is not None and not _sound(where.words):
        where = None
    if what is not None and (not _sound(what.words) or len(what.words) > 4):
        what = None
    if goal and where is not None:
        length = goal.end() + where.length
        if what is not None and not what.counted:
            return f"the {noun} of {what.said} to {where.said}", length, 2.5
        return f"the {noun} to {where.said}", length, 2.2
    return (f"the {noun} of {what.said}", what.length, 1.8) if what is not None else None


def _sound(found: tuple[str, ...]) -> bool:
    """Whether these words name a thing that somebody may be asked about."""
    if not found or len(found) > MOST_WITH_LINKS:
        return False
    lower = [word.lower() for word in found]
    return not (
        NO_NAME & {*lower}
        or lower[-1] in VAGUE
        or lower[-1] in PEOPLE
        or lower[-1].endswith("ly")
        or (len(lower) > 1 and any(word in WHAT and word.endswith("ed") for word in lower[1:]))
    )


def _is_collection(thing: Thing) -> bool:
    """Whether it is many of a kind that can be done anew: "patient files"."""
    lower = [word.lower() for word in thing.words]
    return len(lower) > 1 and lower[-1] in VAGUE and lower[-1].endswith("s") and not NO_NAME & {*lower}


def _turned(text: str) -> list[Deed]:
    """Return what was turned around, or taken from one place to another."""
    verb = _TURN.match(text)
    clause = re.split(r"[.;:!?]|, ", text[verb.end() :], maxsplit=1)[0] if verb else ""
    way = _WAY.search(clause)
    thing = things(clause[: way.start()]) if way else None
    if verb is None or way is None or thing is None or not _sound(thing.words):
        return []
    around = way[0].strip() in ("around", "round") and verb[1].lower() == "turned"
    if not around and way[0].strip() != "online" and not way[1]:
        return []
    name = f"the turnaround of {thing.said}" if around else f"the move of {thing.said} {way[0].strip()}"
    return [Deed(name, (verb.start(1), verb.end() + way.end()), 2.0)]


def _by_part(text: str) -> list[Deed]:
    """Return what somebody had a part in: "Second chair in an arbitration about ..."."""
    part = _PART_IN.match(text)
    thing = things(text[part.end() : part.end() + 200]) if part else None
    if part is None or thing is None or not _sound(thing.words):
        return []
    is_made = part[1].endswith((" for ", " on ")) and len(thing.words) > 1 and thing.head not in EVERYDAY
    if thing.head not in EVENTS and not is_made:
        return []
    return [Deed(f"the {thing.bare}", (part.start(1), part.end() + thing.length), 1.5)]


def _worked_on(text: str) -> list[Deed]:
    """Return what a verb that is not known was done to, as far as it names one thing."""
    verb = _OTHER_VERB.match(text)
    thing = things(text[verb.end() :][:200]) if verb else None
    if verb is None or verb[1].lower() in _EVERYDAY or verb[1].lower() in WHAT:
        return []
    plain = thing is not None and len(thing.words) > 1 and _sound(thing.words) and not thing.loose
    if thing is None or not plain or thing.head in EVERYDAY:
        return []
    return [Deed(f"the work on the {thing.bare}", (0, verb.end() + thing.length), 0.5)]


def _said_first(text: str) -> list[Deed]:
    """Return what a sentence without a verb begins with: "Notification budget: ...", "Lock gates - ..."."""
    found: list[Deed] = []
    for sentence in _SENTENCE.finditer(text):
        begun = sentence.start() + len(_FIRST.match(sentence[0])[0])  # type: ignore[index]
        thing = things(text[begun : begun + 120])
        if thing is None or not 2 <= len(thing.words) <= 5 or not _sound(thing.words) or thing.counted:
            continue
        end = begun + thing.length
        if _is_named_first(text, begun, end, thing):
            found.append(Deed(f"the {_small(thing.words)}", (begun, end), 1.2))
    return found[:1]


def _is_named_first(text: str, begun: int, end: int, thing: Thing) -> bool:
    """Whether a mark sets off the thing from what is said of it, and it is no label and no duty."""
    common = not thing.extended and all(word.islower() for word in thing.words[1:])  # no "TIA Portal"
    if (
        begun == 0
        and common
        and text[:1].isupper()
        and thing.head in _MADE_THINGS
        and _OF_MADE.match(text, end)
    ):
        return not (thing.words[0].lower() in WHAT or title_score(thing.bare) >= 2)
    mark = _SET_OFF.match(text, end)
    if not mark or len(text) < mark.end() + LEAST_TOLD or title_score(thing.bare) >= 2:
        return False
    by_comma = mark[0].startswith(",") and sum(word[0].isupper() for word in thing.words) < 2
    last = thing.words[-1].lower()
    is_label = {thing.head, last} & (_LABELS if ":" in mark[0] else _LABELS | EVERYDAY)
    return not (by_comma or is_label or text[begun:end].isupper() or thing.words[0].lower() in WHAT)


def _small(found: tuple[str, ...]) -> str:
    """Return a name as it stands in a sentence; one that is written as names are keeps its capitals."""
    first = found[0]
    is_name = first[1:] != first[1:].lower() or (len(found) > 1 and found[1][0].isupper())
    return " ".join(found if is_name else (first[0].lower() + first[1:], *found[1:]))
