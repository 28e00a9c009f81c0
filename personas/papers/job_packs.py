"""Which pack fits a job, and how its rounds weigh for it. Pure, but for the packs' own files."""

from collections.abc import Iterator
from dataclasses import replace

from vivavoce.personas.content.pack import Pack, pack
from vivavoce.personas.content.persona import names
from vivavoce.personas.papers.tailoring import Tailoring

LOOP, MOCK_LOOP, BEHAVIORAL = "loop", "mock-loop", "behavioral"  # for any job


def round_of(wanted: str, known: Tailoring) -> Pack:
    """Return the round that is called `wanted`: the one of the pack that fits the job, if that has one.

    A job that has a loop and no mock loop practises its own loop then, and not somebody else's rounds.

    Raises:
        PersonaError: there is no such round.
    """
    own = loop(known)
    folder = own.id.rpartition("/")[0]
    fitting = f"{folder}/{wanted}"
    if folder and fitting in names("packs"):
        return weighed(pack(fitting), known)
    return weighed(own if folder and wanted == MOCK_LOOP else pack(wanted), known)


def loop(known: Tailoring) -> Pack:
    """Return the loop for the job that is `known`: of its employer or for its title, or else for any job.

    Raises:
        PersonaError: a loop cannot be used.
    """
    scored = [(_fit(one, known), one) for one in _loops()]
    best, found = max(scored, key=lambda row: row[0], default=(0, pack(LOOP)))
    return found if best else pack(LOOP)


def weighed(content: Pack, known: Tailoring) -> Pack:
    """Return `content`, if it is a loop with the minutes that its rounds have for the job that is `known`."""
    job = "\n".join([known.job_title, *(known.posting.usable if known.posting else ())]).lower()
    found = [(len(flavour.words.wordings(job)), flavour) for flavour in content.flavours]
    most, flavour = max(found, key=lambda row: row[0], default=(0, None))
    if not most or flavour is None:
        return content
    stages = tuple(
        replace(stage, minutes=flavour.minutes.get(stage.round, stage.minutes)) for stage in content.stages
    )
    kept = tuple(stage for stage in stages if stage.minutes)
    return replace(content, stages=kept, minutes=sum(stage.minutes for stage in kept))


def _loops() -> Iterator[Pack]:
    for name in names("packs"):
        if name.endswith(f"/{LOOP}"):
            yield pack(name)


def _fit(one: Pack, known: Tailoring) -> int:
    """Return how well a loop fits: its title counts, and of those that do, the employer."""
    roles = known.resume.roles if known.resume else ()
    title = known.job_title or (roles[0].title if roles else "")
    if one.fits is None or not one.fits.said(title.lower()):
        return 0
    employer = known.posting.employer.lower() if known.posting else ""
    return 1 + any(name.lower() in f"{employer} {title.lower()}" for name in one.employers)
