"""Verbs of what people carry through, in all their forms, and how what was done is called. Pure."""

from collections.abc import Iterator

# Each verb by its past, and how what was done is called; "{}" stands for what it was done to.
_MADE = """made began defined put_together
built developed designed created launched shipped implemented introduced prototyped engineered
architected established founded opened initiated pioneered instituted devised invented authored piloted
constructed formed instigated started set_up rolled_out put_in_place brought_in drew_up composed curated
produced wrote organized organised deployed installed trialled trialed"""
_CLOSED = "closed won negotiated secured completed commissioned landed delivered acquired renewed published"
_LED = """led headed directed oversaw spearheaded drove ran managed coordinated co-ordinated championed
facilitated chaired planned executed supported co-led hosted handled conducted supervised orchestrated
contributed_to worked_on participated_in took_part_in responsible_for in_charge_of helped_with helped"""
REDONE = {
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
    "turned_around": "turnaround", "split": "split", "reworked": "rework", "rewired": "rewiring",
    "changed": "change",
}  # fmt: skip
CHANGED = {
    "reduced": "reduction in", "cut": "reduction in", "lowered": "reduction in", "decreased": "reduction in",
    "halved": "halving of", "shortened": "shortening of", "slashed": "reduction in",
    "minimized": "reduction in",
    "eliminated": "end of", "increased": "increase in", "raised": "increase in", "grew": "growth of",
    "doubled": "doubling of", "tripled": "tripling of", "boosted": "increase in",
    "improved": "improvement in", "brought_down": "reduction in", "accelerated": "speed-up of",
    "recovered": "recovery of",
}  # fmt: skip
MOVED = {
    "moved": "move", "migrated": "migration", "switched": "switch", "transitioned": "transition",
    "converted": "conversion", "transferred": "transfer", "relocated": "relocation", "ported": "move",
    "shifted": "shift",
}  # fmt: skip
NOUNS = """implementation introduction launch development design creation rollout roll-out migration redesign
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


WHAT: dict[str, tuple[str, str]] = {}
for _kind, _verbs in (
    ("made", _MADE), ("closed", _CLOSED), ("led", _LED), ("redone", REDONE), ("changed", CHANGED),
    ("moved", MOVED), ("trained", _TRAINED), ("owned", _OWNED),
):  # fmt: skip
    for _past in _verbs.split() if isinstance(_verbs, str) else _verbs:
        for _form in _forms(_past):
            WHAT.setdefault(_form.replace("_", " "), (_kind, _past))
