"""Lines of plain text, Markdown, pages and records."""

import json

import pytest

from tests.personas.papers.formats.files import WORDS
from vivavoce.personas.papers.formats.opening import Opened, opened
from vivavoce.personas.papers.formats.tidy import marked, tidied
from vivavoce.personas.papers.formats.unreadable import Unreadable
from vivavoce.personas.papers.formats.wordlike import scrambled
from vivavoce.personas.papers.paper import APART, Kind, Line

POSTING = {
    "@type": "JobPosting",
    "title": "Data engineer",
    "hiringOrganization": {"@type": "Organization", "name": "Northwind"},
    "jobLocation": [{"address": {"addressLocality": "Leeds", "addressCountry": "UK"}}],
    "description": f"&lt;p&gt;{WORDS} {WORDS}&lt;/p&gt;&lt;ul&gt;&lt;li&gt;SQL&lt;/li&gt;&lt;/ul&gt;",
    "skills": "Spark, Airflow",
    "experienceRequirements": {"monthsOfExperience": 24},
}


def read(text: str, name: str, kind: Kind = Kind.RESUME) -> Opened:
    return opened(text.encode(), name, kind)


def texts(text: str, name: str, kind: Kind = Kind.RESUME) -> list[str]:
    return [line.text for line in read(text, name, kind).lines]


def test_a_plain_text_is_read_as_it_stands() -> None:
    text = f"Bo Sample\r\n\r\n=======\nE X P E R I E N C E\nClerk      2019 - 2021\n- {WORDS}\n"
    text += "* Cut costs\n-5 % costs"

    found = read(text, "a.txt").lines

    assert [line.text for line in found] == [
        *("Bo Sample", "EXPERIENCE", f"Clerk{APART}2019 - 2021", WORDS, "Cut costs", "-5 % costs"),
    ]
    assert [line.bullet for line in found] == [False, False, False, True, True, False]
    assert [line.gap for line in found] == [False, True, False, False, False, False]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"Caf\u00e9 {WORDS}".encode("cp1252"), id="Windows"),
        pytest.param(f"Caf\u00e9 {WORDS}".encode("utf-16"), id="UTF-16"),
        pytest.param(f"\ufeffCaf\u00e9 {WORDS}".encode(), id="with a mark"),
    ],
)
def test_a_text_in_another_encoding_is_read(content: bytes) -> None:
    assert opened(content, "a.txt", Kind.RESUME).lines[0].text == f"Caf\u00e9 {WORDS}"


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        f"# Bo Sample\n\nExperience\n----------\n**Clerk**\n\n- **{WORDS}** at [Northwind](https://example.org)\n"
        "<!-- not shown -->\n| Tools | SAP |\n|---|---|\n| Other | `git` |\n"
    )

    found = read(text, "a.md").lines

    assert [line.text for line in found] == [
        *(
            "Bo Sample",
            "Experience",
            "Clerk",
            f"{WORDS} at Northwind",
            f"Tools{APART}SAP",
            f"Other{APART}git",
        ),
    ]
    assert [line.bold for line in found] == [True, True, True, False, False, False]
    assert found[0].size > found[1].size > found[2].size
    assert [line.bullet for line in found] == [False, False, False, True, False, False]


def test_a_page_is_read_as_a_browser_shows_it() -> None:
    page = f"""<!doctype html><html><head><title>no</title><style>p {{}}</style></head><body>
      <nav><a>Jobs</a></nav><h1>Data &amp; ledgers</h1><p>{WORDS}<script>no()</script>
      <p style="display: none">no
      <p>Clerk<br>Leeds</p><ul><li>Cut <b>costs</b><li><p>Led two</p></ul><div hidden><div>no</div>no</div>
      <table><tr><td>Tools</td><td> SAP </td></tr></table><b>All bold</b>
      <pre>one\n  two</pre></body></html>"""

    found = read(page, "a.html").lines

    assert [line.text for line in found] == [
        *("Data & ledgers", WORDS, "Clerk", "Leeds", "Cut costs", "Led two", f"Tools{APART}SAP", "All bold"),
        *("one", "two"),
    ]
    assert (found[0].size, found[0].bold, found[0].gap) == (20.0, True, True)
    assert [line.text for line in found if line.bullet] == ["Cut costs", "Led two"]
    assert [line.text for line in found if line.bold] == ["Data & ledgers", "All bold"]


@pytest.mark.parametrize(
    "script",
    [POSTING, [{"@type": "Organization"}, POSTING], {"@graph": [POSTING]}],
    ids=["alone", "list", "graph"],
)
def test_a_posting_s_data_is_found_in_its_page(script: object) -> None:
    page = (
        f'<html><script type="application/ld+json">{json.dumps(script)}</script><p>Other jobs for you</html>'
    )

    found = read(page, "a.html", Kind.POSTING)

    assert found.data is not None
    assert found.data["title"] == "Data engineer"
    assert [line.text for line in found.lines] == [
        *("Data engineer", "Northwind", "Leeds, UK", f"{WORDS} {WORDS}", "SQL", "Skills", "Spark, Airflow"),
        *("Experience", "24 months of experience"),
    ]
    assert read(page.replace("Other", f"{WORDS} other"), "a.html").data is None


def test_a_posting_may_be_data_alone() -> None:
    found = read(json.dumps(POSTING), "a.json", Kind.POSTING)

    assert found.data is not None
    assert found.lines[0].text == "Data engineer"


def test_a_json_resume_keeps_its_data_and_has_lines() -> None:
    resume = {
        "basics": {"name": "Bo Sample", "label": "Clerk", "summary": WORDS},
        "work": [
            {"name": "Northwind", "position": "Clerk", "startDate": "2019", "highlights": ["Cut\x1b costs"]}
        ],
        "skills": [{"name": "Tools", "keywords": ["SAP", "Xero"]}],
    }

    found = read(json.dumps(resume), "a.json")

    assert found.data is not None
    assert found.data["work"][0]["highlights"] == ["Cut  costs"]  # type: ignore[index]
    assert [line.text for line in found.lines] == [
        *("Bo Sample", "Clerk", WORDS, "Experience", f"Clerk, Northwind{APART}2019 - Present", "Cut costs"),
        *("Skills", "Tools", "SAP", "Xero"),
    ]


@pytest.mark.parametrize("text", ['{"basics": ', "[1]", '{"basics": ' + "[" * 50 + "]" * 50 + "}"])
def test_a_record_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text, "a.json")


@pytest.mark.parametrize(
    ("lines", "mended"),
    [
        (["for develop-", "ment of tools"], ["for development", "of tools"]),
        (["a cross-", "functional team"], ["a cross-functional", "team"]),
        (["an end-to-", "end test"], ["an end-to-end", "test"]),
        (["the soft\xad", "ware"], ["the software"]),
        (["soft\xadware"], ["software"]),
        (["2019 -", "now"], ["2019 -", "now"]),
        (["Anna-", "Lena"], ["Anna-", "Lena"]),
        (["o\ufb03ce \ufb01les \ue0a1\u2709"], ["office files"]),
        (["R E S U M E"], ["RESUME"]),
        (["A B testing"], ["A B testing"]),
    ],
)
def test_words_are_mended(lines: list[str], mended: list[str]) -> None:
    assert [line.text for line in tidied(Line(text=text) for text in lines)] == mended


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("\u2022 a", "a"),
        ("\u2022a", "a"),
        ("\uf0b7 a", "a"),
        ("- a", "a"),
        ("o Led", "Led"),
        ("-a", None),
        ("\u2022", None),
    ],
)
def test_a_mark_stands_before_an_item(text: str, rest: str | None) -> None:
    assert marked(text) == ((True, rest) if rest else (False, text))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (WORDS * 3, False),
        (
            "SQL AWS GCP NLP CTR ETL KPI CRM ERP SAP Python Scala Airflow Kubernetes Terraform ledger " * 3,
            False,
        ),
        (
            "\u0440\u0435\u0437\u044e\u043c\u0435 \u043e\u043f\u044b\u0442 " * 20,
            False,
        ),
        ("(cid:12)(cid:7) " * 20, True),
        ("GXFDWLRQ %XLOW D OHGJHU VHUYLFH WKDW FORVHV WKH ERRNV " * 5, True),
        ("b\ufffd\ufffd\ufffd " * 30, True),
    ],
)
def test_letters_that_are_no_words_are_told(text: str, wrong: bool) -> None:
    assert scrambled(text.split()) is wrong
