"""Which lines are headings by their words, and what stands under them. Pure.

A heading is put together out of few words, in any order, glued or with spaces between its letters.
"""

import re
from enum import Enum
from functools import lru_cache

from vivavoce.personas.papers.words.vocabulary import SPOKEN, plain, title_score

MOST_WORDS, MOST_CHARACTERS = 7, 60
LEAST_GLUED = 9  # letters of what may be several words


class Part(Enum):
    """What a section is about."""

    HEADER = "header"  # above the first heading: who it is
    SUMMARY = "summary"
    EXPERIENCE = "experience"
    PROJECTS = "projects"
    ACHIEVEMENTS = "achievements"
    SKILLS = "skills"
    EDUCATION = "education"
    VOLUNTEERING = "volunteering"
    PEOPLE = "people"  # references, and how to reach the candidate
    ASIDE = "aside"  # awards, languages, publications, hobbies: no work
    UNKNOWN = "unknown"


_CUES = (  # the first that fits decides
    (Part.VOLUNTEERING, "volunteer volunteering voluntary community ehrenamt bénévolat"),
    (
        Part.ASIDE,
        """interests hobbies hobbys interessen sprachen sprachkenntnisse languages publications publication
        publikationen awards award honors honours patents grants fellowships scholarships certifications
        certification certificates certificate zertifikate licenses licences licensure courses coursework
        memberships affiliations conferences talks presentations teaching admissions activities langues
        idiomas loisirs centres prizes distinctions registrations weiterbildung fortbildung bibliography
        service development outside""",
    ),
    (
        Part.PEOPLE,
        "references referees contact kontakt referenzen details daten angaben address links declaration",
    ),
    (Part.PROJECTS, "project projects projekte portfolio proyectos projets"),
    (
        Part.SKILLS,
        """skills skill competencies competences competencias compétences kenntnisse edv-kenntnisse
        fähigkeiten kompetenzen expertise tools toolbox toolkit technologies technology tech
        technical stack software
        proficiencies proficiency strengths knowledges knowledge specialties specialities abilities qualified
        habilidades outils edv it-kenntnisse computer programming good know-how knowhow capabilities skillset
        savoir-faire conocimientos competenze vaardigheden ikt-kenntnisse""",
    ),
    (
        Part.EXPERIENCE,
        """experience experiences employment career werdegang berufserfahrung erfahrung expérience expériences
        experiencia positions appointments practice history work jobs berufspraxis berufstätigkeit
        praktika internships engagements background parcours esperienza werkervaring trayectoria roles
        employers emplois""",
    ),
    (Part.ACHIEVEMENTS, "achievements accomplishments highlights impact results wins successes"),
    (
        Part.EDUCATION,
        """education academic qualifications ausbildung bildung studium schooling studies formation degrees
        educación educational bildungsweg training schulbildung étudier berufsbildung diplômes onderwijs
        istruzione""",
    ),
    (
        Part.SUMMARY,
        "summary profile profil objective about statement overview introduction motivation goal me",
    ),
)
_OF = {word: part for part, words in reversed(_CUES) for word in words.split()}
_ORDER = [part for part, _ in _CUES]
_FILLERS = frozenset(
    """a and & of the my in to i what other further additional relevant selected key core main personal
    professional work working top side research technical academic clinical industry career employment history
    teaching areas area key notable major general curriculum vitae information section recent
    earlier previous earliest special digital hard soft und der die berufliche beruflicher weitere
    persönliche professionnelle professionnelles laboral have do did done can know at from with where how
    life paid business computer language foreign experience summary vocational professionals continuing
    zur person schul fachliche it student open
    source independent leadership extracurricular medical nursing management field""".split()
)
_ASKED = {"can": Part.SKILLS, "know": Part.SKILLS, "done": Part.EXPERIENCE}  # "what I can do"
_MARKS = " \t=#*_~>:|.\u2022\u25a0\u25aa\u25cf\u2014\u2013-"
_LABEL = re.compile(r"([A-Za-z\u00c0-\u00ff][\w &/\u00c0-\u00ff-]{2,39}):\s+(\S.*)")
_GLUED = frozenset({*_OF, *_FILLERS} - {"a", "i", "it", "me"})
_LONGEST = max(map(len, _GLUED))
_LETTERS = re.compile(r"(?:\w ){3,40}\w")


def by_words(line: str) -> Part | None:
    """Return what a heading of these very words stands over; None if it is none for sure."""
    found = _words(line)
    if found and all(word in _OF or word in _FILLERS for word in found) and len(found) <= MOST_WORDS:
        asked = next((part for word, part in _ASKED.items() if word in found), None)
        return _part(found) or asked
    return None


def by_some_words(line: str) -> Part | None:
    """Return what a line stands over that looks like a heading: one of its words is enough."""
    found = _words(line)
    if not found or len(found) > MOST_WORDS or title_score(line) >= 2:
        return None
    return _part(found)


def labelled(line: str) -> tuple[Part, str, str] | None:
    """Return part, heading and rest of a line that begins with its own heading ("Skills: Python")."""
    match = _LABEL.fullmatch(line)
    part = by_words(match[1]) if match else None
    return (part, match[1], match[2]) if match and part else None


def spoken(text: str) -> bool:
    """Whether `text` is about languages that people speak."""
    return bool(SPOKEN & {*plain(text)})


def bare(line: str) -> str:
    """Return `line` without the marks around it, its letters together if they were set apart."""
    text = line[:200].strip(_MARKS)
    return _LETTERS.sub(lambda match: match[0].replace(" ", ""), text) if _LETTERS.search(text) else text


def _part(found: tuple[str, ...]) -> Part | None:
    parts = {_OF[word] for word in found if word in _OF}
    if Part.ASIDE in parts and parts & {Part.EXPERIENCE} and found[-1] in ("experience", "experiences"):
        return Part.EXPERIENCE  # "teaching experience"
    if Part.SKILLS in parts and "languages" in found and "programming" in found:
        return Part.SKILLS
    if Part.EDUCATION in parts and Part.SKILLS not in parts and Part.PROJECTS not in parts:
        is_work = found[-1] in ("experience", "appointments", "positions", "employment")
        return Part.EXPERIENCE if is_work else Part.EDUCATION
    if Part.SUMMARY in parts and Part.SKILLS not in parts and "qualifications" not in found:
        return Part.SUMMARY
    return next((part for part in _ORDER if part in parts), None)


@lru_cache(maxsize=4096)
def _words(line: str) -> tuple[str, ...]:
    text = bare(line)
    if not text or len(text) > MOST_CHARACTERS or re.search(r"[@.!?;]|\d{2}", text):
        return ()
    found = tuple(plain(text.replace("/", " ").replace("&", " ")))
    if len(found) <= 2 and not any(word in _OF for word in found):
        found = tuple(
            piece for word in found for piece in (_apart(word) if len(word) >= LEAST_GLUED else (word,))
        )
    return found


def _apart(word: str) -> tuple[str, ...]:
    """Return the words that were glued to `word`, or itself."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for size in range(min(end, _LONGEST), 1, -1):  # the longest first
            before = best[end - size]
            if before is not None and word[end - size : end] in _GLUED:
                best[end] = (*before, word[end - size : end])
                break
    whole = best[-1]
    return whole if whole and any(piece in _OF for piece in whole) else (word,)
