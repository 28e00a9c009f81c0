"""Papers say what is held to be true of them, and what is found is counted as it should be."""

import re
import unicodedata
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from benchmarks.papers.layouts import WRITERS, write
from benchmarks.papers.score import Found, compare, mean, moment, normal, skills
from benchmarks.papers.truth import Person, Posting, people, postings

PEOPLE, POSTINGS = people(), postings()
EVERYTHING: list[Person | Posting] = [*PEOPLE, *POSTINGS]


def ids(one: Person | Posting) -> str:
    return one.id


def bare(text: str) -> str:
    """Return the letters and digits of `text` alone: a line may end anywhere, and a word be parted."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def text_of(path: Path) -> str:
    """Return what stands in the file, by other means than the product's."""
    if path.suffix == ".pdf":
        pdfium = pytest.importorskip("pypdfium2")
        document = pdfium.PdfDocument(path)
        pages = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        return "".join(pages).replace("\ufffe", "")
    if path.suffix in (".docx", ".odt"):
        with zipfile.ZipFile(path) as archive:
            parts = [
                archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith("xml")
            ]
        return unescape(re.sub(r"<[^<>]*>", "", "".join(parts)))
    text = path.read_text("utf-8")
    if path.suffix == ".rtf":
        return re.sub(r"\\u(\d+)\?", lambda code: chr(int(code[1])), re.sub(r"[{}]|\\[a-t]+\d* ?", "", text))
    return unescape(re.sub(r"<[^<>]*>", "", text)) if path.suffix == ".html" else text


def test_there_are_twenty_people_of_seven_professions_and_half_are_held_out() -> None:
    assert len(PEOPLE) == 20
    assert len(POSTINGS) == 21
    assert len({one.profession for one in PEOPLE}) >= 7
    assert sum(one.held_out for one in PEOPLE) == 10
    assert sum(one.held_out for one in POSTINGS) == 10


def test_every_paper_looks_like_no_other_and_every_format_is_there() -> None:
    assert len({one.look for one in PEOPLE}) == 20
    assert {one.look.file for one in PEOPLE} >= set(WRITERS) - {"txt"} | {"json"}


@pytest.mark.parametrize("person", PEOPLE, ids=ids)
def test_what_is_true_of_a_person_stands_in_the_paper(person: Person, tmp_path: Path) -> None:
    text = bare(text_of(write(person, tmp_path)))

    said = [person.name, person.headline, *person.skills, *(role.title for role in person.roles)]
    said += [role.employer for role in person.roles]
    said += [line for role in person.roles for line in (role.text, *role.bullets)]
    said += [project.name for part in person.parts for project in part.projects]
    if person.look.file != "json":
        said += person.contact
    assert [one for one in said if bare(one) not in text] == []


@pytest.mark.parametrize("posting", POSTINGS, ids=ids)
def test_what_is_true_of_a_posting_stands_in_it(posting: Posting, tmp_path: Path) -> None:
    text = bare(text_of(write(posting, tmp_path)))

    said = [posting.title, posting.employer, *posting.skills]
    assert [one for one in said if bare(one) not in text] == []


@pytest.mark.parametrize("person", PEOPLE, ids=ids)
def test_every_project_has_words_that_stand_in_the_paper(person: Person, tmp_path: Path) -> None:
    text = bare(text_of(write(person, tmp_path)))

    def stands(name: str) -> bool:
        return all(bare(word) in text for word in name.replace("-", " ").split())

    assert [names for names in person.projects if not any(map(stands, names))] == []
    assert [name for name in person.no_projects if not stands(name)] == []


@pytest.mark.parametrize("one", EVERYTHING, ids=ids)
def test_a_paper_is_the_same_whenever_it_is_made(one: Person | Posting, tmp_path: Path) -> None:
    assert write(one, tmp_path).read_bytes() == write(one, tmp_path).read_bytes()


def perfect(person: Person) -> Found:
    return Found(
        name=person.name.upper(),
        titles=[role.title for role in person.roles],
        employers=[role.employer for role in person.roles],
        dates=[(moment(role.start), moment(role.end)) for role in person.roles],
        skills=[f"{one} (advanced)" for one in person.skills],
        projects=[f"the {names[0]}" for names in person.projects],
    )


@pytest.mark.parametrize("person", PEOPLE, ids=ids)
def test_who_finds_all_has_a_one_in_every_field(person: Person) -> None:
    tallies = compare(person, perfect(person))

    assert {name: tally.misses for name, tally in tallies.items() if tally.f1 < 1} == {}


def test_what_is_missed_and_what_is_wrong_both_cost() -> None:
    person = PEOPLE[0]
    one_less = replace(perfect(person), titles=[person.roles[0].title, "Skills"])

    tally = compare(person, one_less)["titles"]

    assert (tally.right, tally.found, tally.wanted) == (1, 2, len(person.roles))
    assert "wrong: skills" in tally.misses
    assert mean([tally])["recall"] == round(1 / len(person.roles), 3)


def test_an_award_is_no_project_and_some_are_neither_right_nor_wrong() -> None:
    amara = next(one for one in PEOPLE if one.id == "amara")
    named = ["the bedside handover", "handover", "the falls audit", "Employee of the Month", "the shelves"]

    tally = compare(amara, replace(perfect(amara), projects=named))["projects"]

    assert (tally.right, tally.found, tally.wanted) == (1, 3, 2)
    assert tally.misses == (
        "missed: sepsis trolley",
        "none: Employee of the Month",
        "wrong: the shelves",
        "neither: the falls audit",
    )


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Mar 2019", "2019-03"),
        ("September 2015", "2015-09"),
        ("04/2021", "2021-04"),
        ("15/01/2014", "2014-01"),
        ("2022-05", "2022-05"),
        ("2020-08-01", "2020-08"),
        ("Jul '22", "2022-07"),
        ("Autumn 2020", "2020"),
        ("2014", "2014"),
        ("Present", ""),
    ],
)
def test_dates_are_compared_however_they_are_written(text: str, when: str) -> None:
    assert moment(text) == when


def test_every_date_of_the_papers_is_one() -> None:
    said = [moment(date) for one in PEOPLE for role in one.roles for date in (role.start, role.end)]

    assert [one for one in said if one and not re.fullmatch(r"\d{4}(-\d{2})?", one)] == []


def test_a_legal_form_and_small_letters_make_no_difference() -> None:
    assert normal("Mohnfeld & Partner GmbH") == normal("mohnfeld and partner")
    assert normal("Azulejos Montcada S.L.") == normal("Azulejos Montcada")
    assert normal("C++") != normal("C")


def test_brackets_make_no_difference_and_a_language_is_no_skill() -> None:
    found = ["Excel Power Query", "SAP", "Spanish"]

    tally = skills(["Excel (Power Query)", "SAP (FI)", "Portuguese"], found)

    assert (tally.right, tally.found, tally.wanted) == (2, 2, 2)
