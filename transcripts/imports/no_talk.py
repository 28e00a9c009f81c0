"""What stands in a transcript and nobody said: lines of the meeting's program, and a recogniser's ghosts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.imports.speaker_labels import is_handle, is_name

STRETCHED = 12.0  # seconds over which so few words cannot be spread
FEWEST_TWICE = 6  # words of a line
MOST_WORDS = 9  # of a line of the program

_NO_SPEECH = re.compile(r"\s*+(?:[\[(][^\[\]()]{0,60}[\])]|[♪♫#\s]*+|[♪♫][^♪♫]{0,200}[♪♫])\s*+")
_STAMP = re.compile(
    r"(?:^|\s)[\[(](?:([a-z]{5,16}) )?(?:[0-9]{1,2}:){1,2}[0-9]{2}(?:[.,][0-9]{1,3})?[\])]"
    r"(?=[.,;:?!]?(?:\s|$))"
)
_THING = r"(?:transcription|transcript|transcribing|recording|live captions|meeting|call|conference)"
_DONE = r"(?:started|stopped|paused|resumed|ended|begun|began|finished)"
_SYSTEM = re.compile(
    rf"(?:(?:the |this )?{_THING} (?:has |have |was |is |being )?{_DONE}(?: after [0-9:]{{4,8}})?"
    rf"|(?:the |this )?(?:meeting|call|conference) is being (?:recorded|transcribed)"
    rf"|{_THING} in progress"
    rf"|(?!(?:i|we|he|she|they|it|you|who|that|then|and|so) )[^.!?]{{1,50}}? (?:has )?"
    rf"(?:(?:{_DONE}) (?:the )?{_THING}(?: for (?:all|everyone))?"
    r"|(?:joined|left) the (?:meeting|call|conference)))[.!]?",
    re.IGNORECASE,
)
_PLACE = r"(?:room|chat|meeting|call|conference|waiting room|lobby|session)"
_DEVICE = r"(?:(?:internet |network )?connection|micro(?:phone)?|mic|camera|video|audio|sound|screen)"
_SHOWN = rf"(?:{_DEVICE}|screen sharing|(?:live |closed )?(?:captions|subtitles)|recording|transcription)"
_IS = r"(?:is|was|has|has been)"
_OF_SOMEBODY = re.compile(
    r"(?!(?:every|some|no|any)(?:body|one) |(?:people|most|many|few|all|both|others?|one) )"
    r"(?!(?:i|we|he|she|they|it|you|my|our|his|her|their|this|that|then|and|so|but) )"
    r"(?P<who>[^!?\n]{1,50}?)"
    r"(?: (?:(?:has )?(?:(?:re)?joined|left|entered|(?:dis|re)connected|dropped(?: out)?)"
    rf"(?:(?: (?:off|from|out of))? the {_PLACE})?"
    rf"|(?:has )?(?:lost|regained)(?: the| their)? {_DEVICE}"
    rf"|(?:has )?(?:(?:started|stopped|enabled|disabled)|turned (?:on|off)) (?:the |their )?{_SHOWN}"
    rf"|(?:has )?(?:raised|lowered)(?: a| the| their)? hand"
    rf"|(?:has )?(?:changed|renamed) the {_PLACE}(?: name| title| topic)?"
    rf"|(?:has )?(?:admitted|removed|invited) (?-i:[A-Z])[^.!?\n]{{0,40}} (?:to|from) the {_PLACE}"
    rf"|{_IS} (?:removed|admitted|added|invited) (?:to|from) the {_PLACE}"
    rf"|{_IS} (?:(?:re)?connecting(?: to the {_PLACE})?|in the (?:waiting room|lobby))"
    rf"|{_IS} (?:now )?(?:the |a )?(?:co-?)?(?:host|presenter)"
    rf"|{_IS} (?:now )?(?:(?:started |stopped )?(?:sharing|presenting)(?: \w{{1,20}}){{0,2}}|(?:un)?muted))"
    rf"|['\u2019]s {_DEVICE} {_IS} (?:now )?"
    r"(?:lost|restored|interrupted|unstable|poor|(?:un)?muted|off|on)\.?)",
    re.IGNORECASE,
)  # without a stop, as a program writes, and people hardly ever
_YOURS = re.compile(
    rf"(?:your {_DEVICE} {_IS}|{_DEVICE}) (?:lost|restored|interrupted|unstable)"
    r"(?:[.!,\u2026 ]{1,4}(?:trying to )?reconnect(?:ing)?)?"
    r"|reconnecting|you are (?:now )?(?:the |a )?(?:co-?)?host"
    r"|participants(?: in (?:the )?(?:meeting|call))?[: (]{1,3}[0-9]{1,3}\)?",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:audio|voice message|image|video|gif|sticker|document|media) omitted"
    r"|[\[(]?(?:end|start|beginning) of (?:the )?(?:recording|transcript|transcription|audio|interview)"
    r"[\])]?[.!]?|(?:- ?)?page [0-9]{1,4}(?: ?(?:of|/) ?[0-9]{1,4})?(?: ?-)?",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\s[^\w\s\[\](){}.,!?\u2026-]{1,4}$")  # a waving hand
_GHOST = re.compile(
    r"(?:thank you|thanks)(?: (?:so much|very much|all))? for (?:watching|listening|viewing)"
    r"(?: (?:the|this|my|our) video)?"
    r"|(?:please )?(?:(?:like|comment|share),? (?:and )?){0,3}subscribe(?: to (?:my|our|the|this) channel)?"
    r"|(?:sub)?titles (?:made )?by .{1,60}|captions by .{1,60}|transcri(?:bed|ption) by .{1,60}|www\..{1,40}"
    r"|see you (?:in the next (?:video|one)|next time)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[.,!?] (?:and )?")  # ghosts in a row
_STRETCHED_GHOST = re.compile(
    r"(?:(?:thank you|thanks|you|bye|bye bye|okay|so|the end|for your attention)[.,! ]{0,3}){1,8}",
    re.IGNORECASE,
)


def is_sound(text: str) -> bool:
    """Return whether `text` is empty or only says what was heard besides speech: "[Music]", "(silence)"."""
    return not text or _NO_SPEECH.fullmatch(text) is not None or _NOTICE.fullmatch(text) is not None


def as_said(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `spoken`, each line once, and without times between the words: "[inaudible 04:10]".

    Nobody says so many words twice at one time, but exports have lines twice.
    """
    found = list[Spoken]()
    for piece in spoken:
        text = piece.text if piece.words else _STAMP.sub(_untimed, piece.text).strip()
        one = piece if text == piece.text else replace(piece, text=text)
        last = found[-1] if found else Spoken("", "")
        twice = (last.speaker, last.text, last.start) == (one.speaker, one.text, one.start)
        if one.text and not (twice and len(one.text.split()) >= FEWEST_TWICE):
            found.append(one)
    return found


def _untimed(stamp: re.Match[str]) -> str:
    return f" [{stamp[1]}]" if stamp[1] else ""


def is_system(line: str) -> bool:
    """Return whether `line` is what a meeting's program writes: "Ana Lima stopped transcription"."""
    line = _PICTURE.sub("", line.strip())
    if len(line) >= 90 or len(line.split()) > MOST_WORDS:
        return False
    if _SYSTEM.fullmatch(line) or _NOTICE.fullmatch(line) or _YOURS.fullmatch(line.rstrip(".!\u2026")):
        return True
    found = _OF_SOMEBODY.fullmatch(line)
    return found is not None and (is_name(found["who"]) or is_handle(found["who"]))


def is_ghost(piece: Spoken) -> bool:
    """Return whether `piece` is what recognisers write over silence and music: "Thanks for watching!"."""
    text = piece.text.strip(" .!-")
    if len(text) > 90 or not text:
        return False
    stretched = piece.start is not None and piece.end is not None and piece.end - piece.start >= STRETCHED
    if _GHOST.fullmatch(text) or (stretched and _STRETCHED_GHOST.fullmatch(text)):
        return True
    row = _BETWEEN.split(text)
    return _GHOST.fullmatch(row[0]) is not None and all(map(_may_be_a_ghost, row))


def _may_be_a_ghost(text: str) -> bool:
    return _GHOST.fullmatch(text) is not None or _STRETCHED_GHOST.fullmatch(text) is not None


def without_ghosts(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `spoken` by somebody; all of it if nothing else is there."""
    return [piece for piece in spoken if not is_ghost(piece)] or list(spoken)
