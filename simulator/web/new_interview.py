"""A new interview: what there is to choose from, and what was chosen, as a session takes it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from vivavoce.personas.content.pack_list import Listed, listed, trades
from vivavoce.personas.content.persona import Persona, PersonaError, names, persona
from vivavoce.personas.papers.job_packs import BEHAVIORAL
from vivavoce.simulator.errors import DocumentError, SimulatorError
from vivavoce.simulator.live import papers
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room.room import Asked
from vivavoce.simulator.settings import Settings, load
from vivavoce.simulator.training import drill, story
from vivavoce.transcripts.journal.home import whose

Form = Mapping[str, str]
DANA, TAKE_SECONDS, PRESSURE = "dana", 180, "none"
SHORTEST, LONGEST = 1, 240  # minutes
QUESTION, TITLE, TEXT = "question", "title", "text"
MOST: Mapping[str, int] = {QUESTION: 500, TITLE: 200, TEXT: 40_000}  # characters; a résumé has about 5,000
PAPERS: Mapping[str, str] = {"resume": "The résumé", "job": "The posting"}
ANY = "For any job"
WARM, DRY, QUICK, SLOW, EAGER = 0.7, 0.2, 185.0, 140.0, 1.5  # of a persona: from where it is called so


class FormError(SimulatorError):
    """What was chosen cannot be held; `mistakes` has a line for each field."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        super().__init__(" ".join(mistakes.values()))
        self.mistakes = mistakes


class Handed(Protocol):
    """Where the papers are that the browser handed in."""

    def keep(self, content: bytes, ending: str) -> str:
        """Keep a paper whose name would end so; return what it is asked for by."""

    def path(self, key: str) -> Path | None:
        """Return where the paper is that is called `key`; None if it is not there any more."""


def wanted(form: Form, handed: Handed) -> Asked:
    """Return the interview, the drill or the story that `form` asks for.

    Raises:
        FormError: something in it cannot be used.
        SettingsError: the user's settings cannot be used.
        TranscriptError: there is no such drill, or the stories cannot be read.
    """
    given, who = _given(), form.get("persona") or DANA
    if form.get("drill"):
        settings, asked, cast = drill.opened(given, form["drill"], who)
        return Asked(settings=settings, wanted=asked, cast=cast)
    if form.get("story"):
        take, _ = story.chosen(form["story"], TAKE_SECONDS, PRESSURE)
        settings, asked, cast, clock = story.opened(given, take, who)
        return Asked(settings=settings, wanted=asked, cast=cast, timing=clock)
    return _interview(form, handed, given)


def _given() -> Settings:
    """Return the settings; in a class without papers, for they are those of whoever set it up."""
    return replace(load(), resume="", job="") if whose() else load()


def _interview(form: Form, handed: Handed, given: Settings) -> Asked:
    mistakes: dict[str, str] = {}

    def checked(name: str, check: Callable[[str], Any]) -> Any:
        try:
            return check(form.get(name, "").strip())
        except (ValueError, DocumentError) as error:
            mistakes[name] = str(error)
            return None

    rounds = {one.id: one for one in listed()}
    chosen = checked("round", partial(_one_of, rounds, BEHAVIORAL, "round"))
    who = checked("persona", partial(_one_of, dict.fromkeys(names("people")), DANA, "interviewer"))
    minutes = checked("minutes", _minutes)
    question = checked(QUESTION, partial(_short, QUESTION))
    title = checked(TITLE, partial(_short, TITLE))
    read = {what: checked(what, partial(_paper, what, form, handed, given)) for what in PAPERS}
    if mistakes:
        raise FormError(mistakes)
    asked = Wanted(persona=who, round=chosen, minutes=minutes, question=question or None, title=title)
    try:
        asked.content()
    except PersonaError as error:
        raise FormError({"round": str(error)}) from None
    pad = form.get("pad") == "yes" or (form.get("pad", "") == "" and rounds[chosen].writes)
    return Asked(settings=replace(given, **read), wanted=asked, pad=pad)


def _one_of(there: Mapping[str, object], usual: str, what: str, name: str) -> str:
    if (name or usual) not in there:
        raise ValueError(f"There is no such {what}; choose one of these.")
    return name or usual


def _minutes(text: str) -> float | None:
    try:
        minutes = float(text) if text else None
    except ValueError:
        minutes = 0.0
    if minutes is not None and not SHORTEST <= minutes <= LONGEST:
        raise ValueError(f"Give the minutes as a number from {SHORTEST} to {LONGEST}, or leave them out.")
    return minutes


def _short(name: str, text: str) -> str:
    if len(text) > MOST[name]:
        raise ValueError(f"Make it shorter: {MOST[name]} characters at most.")
    return " ".join(text.split())


def _paper(what: str, form: Form, handed: Handed, given: Settings, text: str) -> str:
    """Return where a paper is: handed in, pasted as `text`, or in the user's settings; "" for none."""
    key = form.get(f"{what}_file", "")
    if key and text:
        raise ValueError(f"{PAPERS[what]} is there twice: keep the file or the text.")
    if key:
        if (path := handed.path(key)) is None:
            raise ValueError("That file is not here any more: choose it again.")
        return str(path)
    if text:
        if len(text) > MOST[TEXT]:
            raise ValueError(f"Make it shorter: {MOST[TEXT]:,} characters at most, or give a file.")
        content = text.encode("utf-8", "replace")
        understood(what, content)
        return str(handed.path(handed.keep(content, papers.ending(content))))
    if form.get(f"own_{what}"):
        own = str(getattr(given, what))
        understood(what, own)
        return own
    return ""


def understood(what: str, source: papers.Source) -> str:
    """Return in a line what was understood of a paper.

    Raises:
        DocumentError: it cannot be used.
    """
    if what == "job":
        try:
            posting = papers.understood(None, source, tell=_told_in_the_room).posting
        except DocumentError as error:
            why = str(error).removeprefix(f"{source!s}: ").removeprefix("the posting: ")
            raise DocumentError(f"{PAPERS[what]} cannot be used: {why}.") from None
        title = posting.title if posting else ""
        return f"Read: {title}." if title else "Read, but no title of a job was found: name it below."
    found = papers.understood(source, None, tell=_told_in_the_room).resume
    if found is None or found.why_not:
        raise DocumentError(f"{PAPERS[what]} cannot be used: {found.why_not if found else 'it is empty'}.")
    many = (_count(len(found.roles), "role"), _count(len(found.projects), "project"))
    return f"Read: {many[0]}, {many[1]}."


def _told_in_the_room(text: str) -> None:
    """Say nothing yet, and least of all at the server's terminal."""


def _count(many: int, what: str) -> str:
    return f"{many} {what}{'' if many == 1 else 's'}"


def choices(form: Form, mistakes: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of a new interview shows: what there is, and what is in the `form` so far."""
    given, rounds = _given(), listed()
    people = [one for name in names("people") if (one := _person(name))]
    called = {one.id: one.name for one in people}
    chosen = form.get("round") or BEHAVIORAL
    who = form.get("persona") or DANA
    return {
        "trades": [
            _trade(name, rounds, called, chosen) for name in dict.fromkeys(one.trade for one in rounds)
        ],
        "people": [_shown(one, who) for one in sorted(people, key=lambda one: one.id != DANA)],
        "own": {what: Path(getattr(given, what)).name for what in PAPERS},
        "form": form,
        "mistakes": mistakes,
        "most": MOST,
        "special": any(form.get(name) for name in (QUESTION, TITLE, "minutes", "pad")),
    }


def _trade(trade: str, rounds: Iterable[Listed], called: Mapping[str, str], chosen: str) -> dict[str, Any]:
    own = [one for one in rounds if one.trade == trade]
    return {
        "name": trades([*rounds]).get(trade, ANY),
        "any": not trade,
        "open": any(one.id == chosen for one in own),
        "rounds": [
            {
                "id": one.id,
                "title": _up(one.title.partition(": ")[2] if trade and ": " in one.title else one.title),
                "intro": one.intro,
                "minutes": round(one.minutes),
                "people": [called.get(name, name) for name in one.people],
                "chosen": one.id == chosen,
            }
            for one in own
        ],
    }


def _shown(one: Persona, who: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "role": one.role,
        "manner": _up(", ".join(manner(one))),
        "chosen": one.id == who,
    }


def manner(one: Persona) -> list[str]:
    """Return how somebody asks, in a few words."""
    told = {
        "warm": one.warmth >= WARM,
        "friendly": DRY < one.warmth < WARM and not one.challenges,
        "dry": one.warmth <= DRY,
        "quick": one.rate_wpm >= QUICK,
        "unhurried": one.rate_wpm <= SLOW,
        "doubts what you say": one.challenges,
        "interrupts early": one.cut_in_eagerness >= EAGER,
        "never interrupts": one.cut_in_eagerness == 0,
    }
    return [words for words, so in told.items() if so]


def _person(name: str) -> Persona | None:
    try:
        return persona(name)
    except PersonaError:  # a mistake in one of the user's own, which the others need not wait for
        return None


def _up(text: str) -> str:
    return text[:1].upper() + text[1:]


def unusable(error: Exception) -> dict[str, str]:
    """Return the mistakes to show for what `wanted` raised."""
    return dict(error.mistakes) if isinstance(error, FormError) else {"": f"{_up(str(error))}."}
