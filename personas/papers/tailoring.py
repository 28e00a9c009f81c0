"""Questions for this candidate and this job: from a résumé and a posting that were understood. Pure.

What is read here was written by somebody else and may hold anything: only short phrases of plain words
leave it, and no line with a name, an address or a number to call (`words/private.py`). A chat model may
read the beginning of the rest, as data.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from zlib import crc32

from vivavoce.personas.content.pack import Pack
from vivavoce.personas.content.question import Because, Question, question
from vivavoce.personas.content.toml_fields import read, texts
from vivavoce.personas.papers.offers import OFFERS
from vivavoce.personas.papers.paper import Kind
from vivavoce.personas.papers.phrases import speakable, spoken_name, works_for
from vivavoce.personas.papers.understanding.understood import Posting, Resume, Role

EXCERPT_CHARACTERS = 1500  # of each document that a chat model may read
MOST_LEADING = 4  # questions from the papers in one round
UNASKED: Mapping[str, int] = MappingProxyType({})
PROJECT, DUTY, MOTIVE = "project", "duty", "motive"  # kinds
MORE = (DUTY, PROJECT)  # kinds that suit any round which takes several
MARK, AGAIN = "papers-", "-again"  # how the ids of all such questions begin; of another one of a kind
SETTING, STORY = "setting", "story"  # rows of questions.toml that are no kinds of their own
EMPTY = Resume(kind=Kind.OTHER)


@dataclass(frozen=True, slots=True)
class Tailoring:
    """What is known of the candidate and the job; all of it may be missing."""

    resume: Resume | None = None
    posting: Posting | None = None
    title: str = ""  # of the job, as the user named it

    @property
    def job_title(self) -> str:
        """The title of the job: as the user named it, or else as the posting does."""
        return self.title or (self.posting.title if self.posting else "")

    @property
    def excerpts(self) -> tuple[str, str]:
        """What a chat model may read of both papers, without private lines, shortened."""
        papers = (self.resume.usable if self.resume else ()), (self.posting.usable if self.posting else ())
        resume, posting = ("\n".join(lines)[:EXCERPT_CHARACTERS] for lines in papers)
        return resume, posting


NOTHING = Tailoring()


def tailored(content: Pack, known: Tailoring, seed: int = 0, asked: Mapping[str, int] = UNASKED) -> Pack:
    """Return `content` with questions about what is `known`, which every session asks.

    Args:
        content: a pack; one without questions, or one that takes no papers, stays as it is.
        known: of the candidate and the job.
        seed: with another one they are about other things of the papers, and in other words.
        asked: how often each kind was, in the rounds before: no two of a loop ask about the same.
    """
    if not content.questions or not content.papers:
        return content
    most = max(0, min(MOST_LEADING, content.most_questions - 1))
    more = (DUTY,) if STORY in content.takes else MORE  # it opens with a project
    leading = list(islice(_leading(_kinds(content, known), more, known, seed, asked), most))
    return replace(content, leading=tuple(leading), questions=tuple(_set(content, known, seed, asked)))


def _kinds(content: Pack, known: Tailoring) -> Sequence[str]:
    """Return the kinds of questions for `content`; where it asks for duties, why the user's title, too."""
    kinds = [kind for kind in content.takes or OFFERS if kind != STORY]
    if known.title and len(kinds) > 1 and DUTY in kinds and MOTIVE not in kinds:
        kinds.insert(kinds.index(DUTY), MOTIVE)
    return kinds


def _leading(
    kinds: Sequence[str], more: Sequence[str], known: Tailoring, seed: int, asked: Mapping[str, int]
) -> Iterator[Question]:
    """Yield a question of each kind; where a round takes several and some had none, `more` of them."""
    for kind in kinds:
        yield from _questions(kind, known, seed, asked.get(kind, 0))
    for kind in dict.fromkeys((*kinds, *more)) if len(kinds) > 1 else ():
        for one in _questions(kind, known, seed, asked.get(kind, 0) + (kind in kinds)):
            yield replace(one, id=f"{one.id}{AGAIN}")


def kind_of(words: str) -> tuple[str, str]:
    """Return which kind of question from the papers was asked in `words`, and the words of it alone.

    It is known by how such questions are worded, so that nothing of the papers has to be kept for it. SETTING
    is a pack's own question that was set where the candidate worked; ("", "") is none of them.
    """
    said = words.casefold()
    for kind, row in _rows().items():
        for line in (*texts(row, "wordings"), *texts(row, "again")):
            begin = _begin(line.casefold(), said, to_the_end=kind != SETTING)
            if begin >= 0:
                own = words[begin:] if len(said) == len(words) else words
                return kind, own[:1].upper() + own[1:]
    return "", ""


def _begin(line: str, words: str, *, to_the_end: bool) -> int:
    """Return where what stands around the places of `line` begins, in its order; -1 if it is not there."""
    pieces = [text for text, *_ in Formatter().parse(line)]
    begin = end = words.find(pieces[0])
    for piece in pieces:
        place = words.find(piece, end)
        if end < 0 or place < 0:
            return -1
        end = place + len(piece)
    whole = not to_the_end or line.endswith("}") or words.endswith(pieces[-1])
    return begin if whole else -1


def asked_of(content: Pack) -> Counter[str]:
    """Return how often a pack that was `tailored` asks for each kind."""
    kinds = Counter(one.id.removeprefix(MARK).removesuffix(AGAIN) for one in content.leading)
    opens = (one for one in content.questions if one.id == content.opens_with)
    kinds[PROJECT] += sum(bool(one.because.resume) for one in opens)
    return kinds


def _questions(kind: str, known: Tailoring, seed: int, before: int, words: str = "") -> Iterator[Question]:
    """Yield the next question of `kind`, which was asked `before` so often, if there is something to ask.

    Its words are those of the row called `words` instead of its own, if one is named.
    """
    offered = OFFERS[kind](known.resume or EMPTY, known.posting or Posting(), known.job_title)
    found = [one for one in offered if all(map(speakable, one[0].values()))]
    if before >= len(found):
        return
    fill, because, terms = found[(seed + before + _turn(known.title)) % len(found)]
    row = _rows()[words or kind]
    made = question({**row, "id": f"{MARK}{kind}"})
    yield replace(
        made,
        theme=made.theme.format(**fill),
        wordings=_turned([line.format(**fill) for line in made.wordings], seed + before),
        again=_turned([line.format(**fill) for line in made.again], seed + before),
        terms=tuple(dict.fromkeys([*made.terms, *terms, *" ".join(fill.values()).split()])),
        because=because,
    )


def _turn(title: str) -> int:
    """Return a number for a title that the user named: another job begins elsewhere in the papers."""
    return crc32(title.lower().encode()) if title else 0


def _set(content: Pack, known: Tailoring, seed: int, asked: Mapping[str, int]) -> Iterator[Question]:
    """Yield the questions of `content`; those for a story are set where the candidate worked last.

    A round that opens with a project opens with one of the candidate's.
    """
    role = None if content.opens_with else _latest(known)
    settings = texts(_rows()[SETTING], "wordings")
    for number, one in enumerate(content.questions, seed):
        if one.id == content.opens_with and STORY in content.takes:
            named = next(_questions(PROJECT, known, seed, asked.get(PROJECT, 0), STORY), one)
            yield replace(
                one, theme=named.theme, wordings=named.wordings, again=named.again, because=named.because
            )
            continue
        if role is None or not one.story:
            yield one
            continue
        lines = (
            f"{settings[number % len(settings)].format(at=spoken_name(role.employer))} {line}"
            for line in one.wordings
        )
        yield replace(one, wordings=tuple(lines), because=Because(resume=role.employer))


def _latest(known: Tailoring) -> Role | None:
    roles = known.resume.roles if known.resume else ()
    return next((one for one in roles if works_for(one.employer) and speakable(one.employer)), None)


def _turned(texts: Sequence[str], number: int) -> tuple[str, ...]:
    by = number % len(texts)
    return (*texts[by:], *texts[:by])


@cache
def _rows() -> Mapping[str, Mapping[str, object]]:
    _, rows = read(Path(str(files("vivavoce.personas.papers"))) / "questions.toml")
    return {name: row for name, row in rows.items() if isinstance(row, dict)}
