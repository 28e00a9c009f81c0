"""What somebody carried through, out of how they say it: verbs of change and what these were done to. Pure.

"Moved the ward to electronic charts" is "the move of the ward to electronic charts". A duty has no such
verb, or is done to people, to requests, to things of no name; it is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vivavoce.personas.papers.words.nouns import (
    EVENTS,
    NO_NAME,
    PEOPLE,
    PREPOSITIONS,
    VAGUE,
    things,
)

# Each verb by its past, and how what was done is called; "{}" stands for what it was done to.
_MADE = """made began defined put_together
built developed designed created launched shipped implemented introduced prototyped engineered
architected established founded opened initiated pioneered instituted devised invented authored piloted
constructed formed instigated started set_up rolled_out put_in_place brought_in drew_up composed curated
produced wrote organized organised deployed"""
_CLOSED = "closed won negotiated secured completed commissioned landed delivered acquired renewed published"
_LED = """led headed directed oversaw spearheaded drove ran managed coordinated co-ordinated championed
facilitated chaired planned executed supported co-led hosted handled conducted supervised orchestrated
contributed_to worked_on participated_in took_part_in responsible_for in_charge_of helped_with helped"""
_REDONE = {
    "redesigned": "redesign", "rewrote": "rewrite", "rebuilt": "rebuild", "restructured": "restructuring",
    "reorganized": "reorganization", "reorganised": "reorganisation", "overhauled": "overhaul",
    "modernized": "modernization", "modernised": "modernisation", "standardized": "standardization",
    "standardised": "standardisation", "automated": "automation", "digitized": "digitization",
    "digitised": "digitisation", "digitalised": "digitalisation", "replaced": "replacement",
    "renovated": "renovation", "consolidated": "consolidation", "revamped": "revamp", "revised": "revision",
    "simplified": "simplification", "streamlined": "streamlining", "centralized": "centralization",
    "centralised": "centralisation", "refactored": "refactoring", "restored": "restoration",
    "relaunched": "relaunch", "reopened": "reopening", "refurbished": "refurbishment",
    "optimized": "optimization", "optimised": "optimisation", "expanded": "expansion",
    "transformed": "transformation", "upgraded": "upgrade", "merged": "merger", "outsourced": "outsourcing",
    "turned_around": "turnaround", "split": "split", "reworked": "rework", "changed": "change",
}  # fmt: skip
_CHANGED = {
    "reduced": "reduction in", "cut": "cut in", "lowered": "reduction in", "decreased": "reduction in",
    "halved": "halving of", "shortened": "shortening of", "slashed": "cut in", "minimized": "reduction in",
    "eliminated": "end of", "increased": "increase in", "raised": "increase in", "grew": "growth of",
    "doubled": "doubling of", "tripled": "tripling of", "boosted": "increase in",
    "improved": "improvement in", "brought_down": "reduction in", "accelerated": "speed-up of",
    "recovered": "recovery of",
}  # fmt: skip
_MOVED = {
    "moved": "move", "migrated": "migration", "switched": "switch", "transitioned": "transition",
    "converted": "conversion", "transferred": "transfer", "relocated": "relocation", "ported": "move",
    "shifted": "shift",
}  # fmt: skip
_NOUNS = """implementation introduction launch development design creation rollout roll-out migration redesign
opening construction reorganisation reorganization automation restructuring relocation overhaul
establishment setup organisation organization planning conversion integration modernisation modernization"""
_TRAINED = "trained"
_OWNED = "owned maintained"
_IRREGULAR = {
    "built": "build", "wrote": "write", "led": "lead", "drove": "drive", "ran": "run", "oversaw": "oversee",
    "rewrote": "rewrite", "rebuilt": "rebuild", "cut": "cut", "grew": "grow", "set_up": "set_up",
    "put_in_place": "put_in_place", "brought_in": "bring_in", "brought_down": "bring_down", "won": "win",
    "drew_up": "draw_up", "co-led": "co-lead", "took_part_in": "take_part_in", "responsible_for": "",
    "in_charge_of": "", "planned": "plan", "shipped": "ship", "rolled_out": "roll_out",
    "contributed_to": "contribute_to", "worked_on": "work_on", "participated_in": "participate_in",
    "helped_with": "help_with", "turned_around": "turn_around", "commissioned": "commission",
    "put_together": "put_together", "began": "begin", "split": "split", "made": "make",
}  # fmt: skip
_E_ENDS = (
    "at",
    "uc",
    "as",
    "os",
    "iz",
    "is",
    "ov",
    "ur",
    "ag",
    "ut",
    "id",
    "it",
    "in",
    "in",
    "ng",
    "lv",
    "ac",
)
_STAYS = frozenset("launch design open form start deploy publish land secur commission".split())


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was carried through, as a passage says it."""

    name: str  # "the move of the ward to electronic charts"
    at: tuple[int, int]  # where verb and thing stand in the passage
    strength: float  # how sure it is that this is a thing of its own, and the person's own part


def _base(past: str) -> str:
    if past in _IRREGULAR:
        return _IRREGULAR[past]
    verb, _, rest = past.partition("_")
    stem = verb.removesuffix("ed")
    if stem.endswith(_E_ENDS) and stem not in _STAYS and not stem.endswith(("eat", "oin", "rain", "udit")):
        stem += "e"
    elif stem.endswith("i"):
        stem = stem[:-1] + "y"
    return f"{stem}_{rest}" if rest else stem


def _forms(past: str) -> Iterator[str]:
    """Yield a verb's past, its base and the rest of its forms."""
    yield past
    base = _base(past)
    if base:
        verb, _, rest = base.partition("_")
        double = verb[-1] if verb in ("cut", "set", "put", "run", "ship", "plan", "win") else ""
        gerund = (verb.removesuffix("e") if not verb.endswith("ee") else verb) + double + "ing"
        for form in (verb, f"{verb}s", gerund):
            yield f"{form}_{rest}" if rest else form


_WHAT: dict[str, tuple[str, str]] = {}
for _kind, _verbs in (
    ("made", _MADE), ("closed", _CLOSED), ("led", _LED), ("redone", _REDONE), ("changed", _CHANGED),
    ("moved", _MOVED), ("trained", _TRAINED), ("owned", _OWNED),
):  # fmt: skip
    for _past in _verbs.split() if isinstance(_verbs, str) else _verbs:
        for _form in _forms(_past):
            _WHAT.setdefault(_form.replace("_", " "), (_kind, _past))

_VERB = "|".join(re.escape(form) for form in sorted(_WHAT, key=len, reverse=True))
_NOUN = "|".join(_NOUNS.split())
_LEADS = (  # what a clause may begin with, before its verb
    r"(?:(?:i|we|also|then|successfully|personally|jointly|single-handedly|independently|have|has|"
    r"recently|first|together) ){0,3}+"
)
_CLAUSE = re.compile(
    rf"(?:^[^\w\"(]{{0,4}}(?:20\d\d:? )?|(?<=[.;:!?] )|(?<=, )|(?<= and )|(?<= & )|(?<= i )|(?<= we )|"
    rf"(?<= which )|(?<= then )|(?<= to )|(?<=responsible for )|(?<= by ))"
    rf"{_LEADS}(?P<verb>{_VERB})(?:,? (?:and|&) (?:{_VERB})| (?:the )?development of)?(?= )",
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
    rate award performer role position title description software languages""".split()
)
_ALWAYS_ON = frozenset("research development design production review effort".split())  # without an article
MOST = 3  # deeds of one passage
_NO_MOVE = PREPOSITIONS - {"of", "from"}


def begins_with_deed(text: str) -> bool:
    """Whether `text` says what somebody did, rather than what something is called."""
    found = _DEED_AT_ONCE.match(text)
    if found is None:
        return False
    rest = text[found.end() :].split()
    verb = found[0].split()[-1].lower() if found[0].split() else ""
    is_noun = verb in _WHAT and verb != _WHAT[verb][1]  # "Institute for Inland Waters", "Lead Engineer"
    return bool(rest) and not (is_noun and (rest[0] in ("of", "for") or rest[0][0].isupper()))


def deeds(text: str) -> list[Deed]:
    """Return what was carried through according to one passage, in its order."""
    found = []
    for match in _CLAUSE.finditer(text):
        verb = match["verb"].lower()
        kind, past = _WHAT[verb]
        kind = "made" if match[0].lower().endswith("development of") else kind
        if verb.endswith("ing") and kind not in ("made", "redone", "moved", "led"):
            continue
        named = _named(kind, past, text[match.end() : match.end() + 200].replace("\n", " "))
        if named:
            name, length, strength = named
            finite = 0.0 if verb == past else -1.0
            found.append(Deed(name, (match.start("verb"), match.end() + length), strength + finite))
        if len(found) >= MOST:
            break
    nominal = _NOMINAL.match(text)
    if not nominal and not found:
        found += _said_first(text)
    if nominal and not found:
        thing = things(text[nominal.end() : nominal.end() + 200])
        if thing and _sound(thing.words):
            name = f"the {nominal['noun'].lower()} of {thing.said}"
            found.append(Deed(name, (nominal.start("noun"), nominal.end() + thing.length), 1.5))
    return found


def _named(kind: str, past: str, rest: str) -> tuple[str, int, float] | None:
    """Return name, length and strength of what a verb was done to; None if it is nothing of its own."""
    if kind == "moved":
        return _moved(_MOVED[past], rest)
    thing = things(rest)
    if thing is None or not _sound(thing.words):
        return None
    last = thing.head
    if kind == "led":
        weak = past in ("supported", "helped", "contributed_to", "worked_on", "participated_in", "handled")
        is_event = last in EVENTS and not (last in _ALWAYS_ON and thing.said == thing.bare)
        return (f"the {thing.bare}", thing.length, 1.0 if weak else 2.5) if is_event else None
    if kind == "redone":
        return f"the {_REDONE[past]} of {thing.said}", thing.length, 2.0
    if kind == "changed":
        return f"the {_CHANGED[past]} {thing.of}", thing.length, 2.0
    if kind == "trained" and last not in ("model", "models", "classifier", "network", "detector"):
        return None
    if kind == "owned" and (len(thing.words) < 2 or last.endswith("s")):
        return None
    if len(thing.words) < 2 and not thing.extended:
        return None
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
    if not found or len(found) > 6:
        return False
    lower = [word.lower() for word in found]
    return not (
        NO_NAME & {*lower}
        or lower[-1] in VAGUE
        or lower[-1] in PEOPLE
        or lower[-1].endswith("ly")
        or (len(lower) > 1 and any(word in _WHAT and word.endswith("ed") for word in lower[1:]))
    )


def _said_first(text: str) -> list[Deed]:
    """Return what a passage without a verb begins with: "Notification budget: ..."."""
    thing = things(text[:120])
    whole = thing is not None and 2 <= len(thing.words) <= 4 and _sound(thing.words)
    if thing is None or not whole or thing.counted:
        return []
    after = text[thing.length : thing.length + 2]
    is_label = after == ": " and len(text) > thing.length + 30 and thing.head not in _LABELS
    if not is_label:
        return []
    first = thing.words[0]
    if first.lower() in _WHAT or {"a", "an", "the"} & {*thing.words}:
        return []
    small = first if first[1:] != first[1:].lower() else first[0].lower() + first[1:]
    return [Deed(f"the {' '.join((small, *thing.words[1:]))}", (0, thing.length), 1.2)]
