"""The themes of a story: as the person says, or else as its words tell, and then with these words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.bank.fields import THEMES
from vivavoce.transcripts.bank.story_file import StoryFile
from vivavoce.transcripts.scoring.checks import Checks, held
from vivavoce.transcripts.story.sentences import sentences

LONGEST = 20_000  # characters that are looked at; a story of three minutes has about 2,500


@dataclass(frozen=True, slots=True, kw_only=True)
class Themed:
    """The themes of a story, each with the words that tell it: none where the person says so."""

    shown: Mapping[str, str]
    by_person: bool


def themed(one: StoryFile, latest: Mapping[str, str], checks: Sequence[Checks]) -> Themed:
    """Return the themes of a story; `latest` are those of its newest take."""
    if one.themes:
        return Themed(shown=dict.fromkeys(one.themes, ""), by_person=True)
    written = themes_of("\n\n".join([*filter(None, one.fields.values()), one.other]), checks)
    return Themed(shown={**latest, **written}, by_person=False)


def themes_of(text: str, checks: Sequence[Checks]) -> dict[str, str]:
    """Return the themes that `text` speaks of, in the order of THEMES, with the sentence that shows each."""
    text = text[:LONGEST]
    spans = sentences(text)
    if not spans:
        return {}
    found: dict[str, str] = {}
    for theme in THEMES:
        wanted = [one for group in checks for one in group.checks if theme in one.rule.covers]
        places = held(wanted, text, spans)
        if places:
            found[theme] = text[slice(*spans[min(places.values())])].strip()
    return found
