"""What was understood of a résumé and of a posting, as plain data."""

from dataclasses import dataclass

from vivavoce.personas.papers.paper import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One position that somebody held."""

    title: str
    employer: str = ""
    start: str = ""  # "2021-03", or "2021" where no month is given; "" where nothing is
    end: str | None = None  # likewise; None for today, or where nothing is given
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Something that the candidate carried through."""

    name: str  # as an interviewer says it: "the churn model"
    employer: str = ""  # where, if the résumé says so plainly
    quote: str = ""  # stands in the paper's text, without the person's name
    terms: tuple[str, ...] = ()  # words that an answer about it is likely to use


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A number that somebody may be asked about: `Paper.text[start:end]` is the quote."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """What was understood of a résumé; all of it may be empty.

    Attributes:
        kind: RESUME; LETTER or OTHER where the words say so, or what the file's reader found.
        why_not: for people, what to do about it; None for a RESUME.
        name: for the person's own eyes; in no other field but education.
        roles: in the order of the paper.
        projects: the best story first.
        years: of work, as far as dates or the person say so; 0 where neither does.
        level: one of LEVELS, or "".
        usable: the lines that may be used or sent, without name, address and numbers to call.
    """

    kind: Kind
    why_not: str | None = None
    name: str = ""
    headline: str = ""
    roles: tuple[Role, ...] = ()
    projects: tuple[Project, ...] = ()
    skills: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    years: int = 0
    level: str = ""
    usable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What was understood of a job posting; all of it may be empty."""

    title: str = ""
    employer: str = ""
    level: str = ""  # one of LEVELS, or ""
    surfaces: tuple[str, ...] = ()  # keys of SURFACES
    skills: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()  # what one does there, as the posting says it
    usable: tuple[str, ...] = ()  # as of a résumé
