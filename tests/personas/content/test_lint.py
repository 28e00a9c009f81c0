from pathlib import Path

import pytest

from vivavoce.personas.content.asking import asked
from vivavoce.personas.content.lint import MOST_PROBLEMS, Problem, lint, poor

PEOPLE = Path(__file__).parents[3] / "personas" / "content" / "people"
DANA = (PEOPLE / "dana.toml").read_text("utf-8")
PACK = """round = "screen"
title = "A screen"
minutes = 10

[[questions]]
id = "one"
theme = "your last launch"
wordings = [
  "What did you launch last?",
  "Tell me about your last launch.",
]

[[questions]]
id = "two"
theme = "a mistake of yours"
wordings = ["What went wrong?"]

[[about]]
keywords = ["team"]
answer = "It's a small team."
"""
LOOP = """round = "loop"
title = "A loop"
stages = [
  { round = "behavioral", persona = "dana", minutes = 20 },
]
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a place for a file, in the home of a user who has nothing else."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path / "odd.toml"


def found(file: Path, text: str) -> list[tuple[int, str]]:
    file.write_text(text, encoding="utf-8")
    return [(problem.line, problem.text) for problem in lint(file)]


@pytest.mark.parametrize("path", sorted(PEOPLE.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_persona_is_without_a_problem(path: Path) -> None:
    assert lint(path) == []


@pytest.mark.parametrize("text", [DANA, PACK, LOOP, PACK.replace("\n", "\r\n"), "\ufeff" + PACK])
def test_a_good_file_has_no_problem(text: str, file: Path) -> None:
    assert found(file, text) == []


def dana(start: str) -> int:
    """Return the line of dana.toml that begins with `start`."""
    return next(n for n, line in enumerate(DANA.split("\n"), 1) if line.strip(' "').startswith(start))


LONG = "What " + "very " * 34 + "long?"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        pytest.param(PACK.replace('id = "two"', "id = = 2"), 14, "not TOML", id="syntax"),
        pytest.param(PACK.replace('= "a mistake of yours"', '= "a mistake'), 15, "not TOML", id="open text"),
        pytest.param(PACK + "more = [1,\n", 21, "not TOML", id="an open list"),
        pytest.param(PACK.replace("= 10", "= 10\ncolour = 1"), 4, "unknown key", id="an unknown key"),
        pytest.param(PACK.replace("= 10", '= "ten"'), 3, "must be a number", id="a wrong type"),
        pytest.param(PACK.replace("= 10", "= -3"), 3, "from 1 to 600", id="out of range"),
        pytest.param(PACK.replace('"two"', '"one"'), 14, "is there twice", id="an id twice"),
        pytest.param(
            PACK.replace('theme = "a mistake of yours"\n', ""), 13, "theme is missing", id="no theme"
        ),
        pytest.param(PACK.replace('["team"]', "[7]"), 19, "must be text", id="a number among words"),
        pytest.param(PACK.replace("your last launch.", "it. Why?"), 10, "two things", id="two questions"),
        pytest.param(
            PACK.replace("launch last?", "do and why did it work?"), 9, "two things", id="two in one"
        ),
        pytest.param(PACK.replace("What went wrong?", LONG), 16, "36 words", id="too long"),
        pytest.param(PACK.replace("What went wrong?", "Something."), 16, "asks nothing", id="no question"),
        pytest.param(
            PACK.replace("went wrong?", "is your STAR story?"), 16, "'STAR'", id="a word of the rubric"
        ),
        pytest.param(PACK.replace("went wrong?", "was the task and the action?"), 16, "parts", id="headings"),
        pytest.param(LOOP.replace("behavioral", "nothing"), 4, "there is no 'nothing'", id="no such round"),
        pytest.param(LOOP.replace('"dana"', '"nobody"'), 4, "there is no 'nobody'", id="no such persona"),
        pytest.param(LOOP.replace("behavioral", "loop"), 4, "is a loop itself", id="a loop in a loop"),
        pytest.param(
            DANA.replace("follow_ups = 2 ", "follow_ups = 9 "),
            dana("follow_ups"),
            "from 0 to 3",
            id="too many",
        ),
        pytest.param(DANA.replace('role = "hiring manager"\n', ""), 1, "role is missing", id="no role"),
        pytest.param(DANA + 'clos = ["Bye."]\n', len(DANA.split("\n")), "unknown key", id="no such move"),
        pytest.param(
            DANA.replace("How do you look back on it now?", "Why? How?"),
            DANA.split("\n").index('  "How do you look back on it now?",') + 1,
            "two things",
            id="a phrase with two questions",
        ),
    ],
)
def test_a_problem_is_found_where_it_is(text: str, line: int, says: str, file: Path) -> None:
    problems = found(file, text)

    assert len(problems) == 1, problems
    assert problems[0][0] == line, problems
    assert says in problems[0][1]
    assert "\n" not in problems[0][1]


def test_all_problems_are_told_from_top_to_bottom(file: Path) -> None:
    text = PACK.replace("title", "tilte").replace('"two"', '"one"').replace("= 10", "= 0")

    assert [line for line, _ in found(file, text)] == [1, 2, 3, 14]


def test_what_only_personas_have_is_unknown_in_a_pack_and_the_folder_decides_where_nothing_else_does(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "odd.toml").write_text("", encoding="utf-8")

    assert any("title is missing" in problem.text for problem in lint(folder / "odd.toml"))


DEEP = 100_000
HOSTILE = {
    "binary": b"\x7fELF\x00\xff\xfe" * 500,
    "nothing but zeros": b"\0" * 1000,
    "ten megabytes": b"a = 1\n" * 1_700_000,
    "deeply nested lists": b"a = " + b"[\n" * DEEP,
    "deeply nested tables": b"a = " + b"{a = " * 300,
    "one endless line": b'a = "' + b"a" * 200_000 + b'"',
    "a key of many parts": b".".join([b"a"] * 900) + b" = 1",
    "headers of many parts": (b"[" + b".".join([b"a"] * 900) + b"]\n") * 100,
    "an endless number": b"a = " + b"9" * 1900 + b"\n" + b"b = " + b"_".join([b"9"] * 990),
    "latin-1": 'name = "Zoë"'.encode("latin-1"),
    "utf-16": 'name = "Ann"'.encode("utf-16"),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_told_of_in_short_and_raises_nothing(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    problems = lint(file)

    assert 1 <= len(problems) <= 10
    assert all(len(problem.text) < 400 and problem.line >= 1 for problem in problems)
    assert all(problem.text.isprintable() for problem in problems)


@pytest.mark.parametrize("name", ["binary", "ten megabytes", "deeply nested lists", "headers of many parts"])
def test_what_cannot_be_read_is_one_problem(name: str, file: Path) -> None:
    file.write_bytes(HOSTILE[name])

    assert len(lint(file)) == 1


def test_many_problems_are_not_all_told(file: Path) -> None:
    assert len(found(file, PACK + "".join(f"key{number} = 1\n" for number in range(3000)))) <= MOST_PROBLEMS


def test_a_folder_or_nothing_is_one_problem(tmp_path: Path) -> None:
    assert lint(tmp_path) == [Problem(1, "it is no file")]
    assert lint(tmp_path / "nothing.toml") == [Problem(1, "there is no such file")]


@pytest.mark.parametrize(
    ("line", "many"),
    [
        ("What happened?", 1),
        ("Tell me about a launch.", 1),
        ("Tell me about a launch. What broke?", 2),
        ("Take three minutes, and tell me how it went.", 1),
        ("I'd like to hear about a launch.", 1),
        ("Take your time.", 0),
        ("I can't tell you that.", 0),
        ("", 0),
    ],
)
def test_requests_count_as_questions(line: str, many: int) -> None:
    assert asked(line) == many


@pytest.mark.parametrize(
    "line",
    ["Which data structure would you use?", "How is the ranking score calibrated?", "What was the result?"],
)
def test_what_engineers_say_is_no_word_of_the_rubric(line: str) -> None:
    assert list(poor(line)) == []
