"""Whether an interview is about the papers: of its questions, how many name something that stands in them.

    python -m benchmarks.tailoring [--show]

Ten pairs of a résumé and a posting that fit each other, of seven professions (papers/), are understood as
`vivavoce prepare` does, and its questions counted. A question counts when what it comes from
stands in the résumé or in the posting. With --show they are printed, to be read one by one: a share does not
say whether they are worth asking.
"""

import argparse
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.papers.layouts import write
from benchmarks.papers.truth import people, postings
from vivavoce.simulator.live import papers
from vivavoce.simulator.live.preparation import Planned, planned

PAIRS = (  # of papers that are not held out
    ("amara", "02-nurse"),
    ("amara", "11-icu"),
    ("benedikt", "04-backend"),
    ("carmen", "03-accountant"),
    ("carmen", "17-accountant"),
    ("daniel", "01-ranking"),
    ("daniel", "19-ml"),
    ("esther", "05-teacher"),
    ("grace", "07-sales"),
    ("jonas", "15-analyst"),
)
LEAST = 0.6  # of a pair's questions, and of all


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the questions")
    shown = parser.parse_args().show
    persons, jobs = {one.id: one for one in people()}, {one.id: one for one in postings()}
    shares: dict[str, float] = {}
    named = asked = told = 0
    with TemporaryDirectory() as folder:
        for person, job in PAIRS:
            resume, posting = write(persons[person], Path(folder)), write(jobs[job], Path(folder))
            plan = planned(papers.understood(resume, posting))
            found = sum(map(is_about_the_papers, plan))
            named, asked = named + found, asked + len(plan)
            told += sum(_has_a_name(one.words, persons[person].name) for one in plan)
            shares[f"{person}, {job}"] = round(found / len(plan), 2)
            if shown:
                _show(f"{person}, {job}", plan)
    from benchmarks.measure import publish  # which loads the models' libraries

    in_all = {
        "bar": LEAST,
        "in all": round(named / asked, 2),
        "least": min(shares.values()),
        "with the person's name": told,
    }
    publish("tailoring", {**in_all, "of a pair": shares})


def is_about_the_papers(one: Planned) -> bool:
    """Return whether a question names something from the papers."""
    because = one.question.because
    return bool(because.resume or because.job)


def _has_a_name(words: str, name: str) -> bool:
    return not {*re.findall(r"\w+", words)}.isdisjoint(name.split())


def _show(pair: str, plan: list[Planned]) -> None:
    print(f"\n{pair}")
    for one in plan:
        print(f"  {'+' if is_about_the_papers(one) else ' '} {one.round}: {one.words}")


if __name__ == "__main__":
    main()
