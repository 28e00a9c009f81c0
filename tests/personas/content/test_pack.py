import re
from pathlib import Path

import pytest

from vivavoce.personas.content.asking import asked
from vivavoce.personas.content.content_checks import asks_for_a_story
from vivavoce.personas.content.lint import lint, poor
from vivavoce.personas.content.pack import PersonaError, Stage, pack, practising
from vivavoce.personas.content.persona import names
from vivavoce.personas.content.question import FAIR, LOOKS_FOR, STRONG, THIN
from vivavoce.transcripts.story.star import Part

MINIMAL = """round = "screen"
title = "A screen"
minutes = 10

[[questions]]
id = "one"
theme = "your last launch"
wordings = ["What did you launch last?"]
"""
LOOP = """round = "loop"
title = "A loop"

[[stages]]
round = "behavioral"
persona = "dana"
minutes = 20

[[stages]]
round = "project-story"
minutes = 10
"""
ASKING = [name for name in names("packs") if pack(name).questions]


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's own folder of packs, which has none yet."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    (tmp_path / "packs").mkdir()
    return tmp_path / "packs"


@pytest.mark.parametrize("name", ASKING)
def test_every_question_is_asked_in_many_ways_one_thing_at_a_time(name: str) -> None:
    for question in pack(name).questions:
        assert len(question.wordings) >= 4
        assert len(question.again) >= 2
        assert question.looks_for
        assert {*question.looks_for} <= {part.value for part in Part}
        assert 60 <= question.seconds <= (180 if question.story else 900)
        assert len(question.terms) >= 5
        assert 2 <= len(question.theme.split()) <= 9
        own = [line for point in question.points for line in point.ask]
        further = [line for lines in question.further.values() for line in lines]
        for line in (*question.wordings, *question.again, *own, *further):
            assert asked(line) == 1, line
            assert list(poor(line)) == [], line
            assert line[0].isupper(), line
            assert line[-1] in ".?", line


@pytest.mark.parametrize("name", ASKING)
def test_no_sentence_of_a_pack_comes_twice(name: str) -> None:
    every = pack(name).questions
    shared = [
        line for point in every[0].points if all(point in one.points for one in every) for line in point.ask
    ]
    lines = [
        *(shared if len(every) > 1 else ()),
        *(line for one in every for line in (*one.wordings, *one.again)),
        *(line for one in every for point in one.points for line in point.ask if line not in shared),
        *(line for one in every for lines in one.further.values() for line in lines),
    ]

    assert len({line.lower() for line in lines}) == len(lines)


@pytest.mark.parametrize("name", ASKING)
def test_what_is_said_about_the_role_is_short_and_no_question(name: str) -> None:
    answers = [answer for _, answer in pack(name).about]

    assert len(answers) >= 5
    assert all(len(answer.split()) <= 35 and asked(answer) == 0 for answer in answers)


def test_the_behavioral_round_has_the_themes_it_must_cover() -> None:
    ids = {question.id for question in pack("behavioral").questions}

    assert ids >= {"conflict", "failure", "ownership", "ambiguity", "leadership", "impact", "feedback"}
    assert ids >= {"disagreement", "mistake", "bad-news", "many-things", "speed-and-care", "difficult-person"}
    assert {one for question in pack("behavioral").questions for one in question.covers} >= {
        "B02",
        "B03",
        "B05",
    }


def test_no_question_of_the_behavioral_round_takes_a_trade_for_granted() -> None:
    trade = re.compile(
        r"\b(model|product|user|code|launch|ship|deploy|release|compan|data|metric|software|system|"
        r"project|client|customer|patient|guest|pupil|report to)\w*+",
        re.IGNORECASE,
    )

    for question in pack("behavioral").questions:
        for line in (question.theme, *question.wordings, *question.again, *question.traps):
            assert not trade.search(line), line


def test_the_project_story_begins_with_three_minutes_and_asks_for_every_field_of_the_map() -> None:
    story = pack("project-story")

    assert [question.id for question in story.questions] == ["story", *(f"M{n:02}" for n in range(1, 8))]
    assert story.questions[0].seconds == 180
    assert story.opens_with == "story"


JOBS = ("accounting", "backend", "devops", "nursing")


@pytest.mark.parametrize("name", [name for name in ASKING if name.split("/")[0] in JOBS])
def test_a_round_of_a_job_says_what_a_good_answer_has_and_what_is_asked_next(name: str) -> None:
    round_ = pack(name)

    assert len(round_.ask_back) >= 4
    assert all(asked(line) == 1 for line in round_.ask_back)
    for question in round_.questions:
        assert not question.story
        assert len(question.points) >= 3
        assert len(question.traps) >= 2
        assert {level: len(lines) >= 2 for level, lines in question.further.items()} == dict.fromkeys(
            (THIN, FAIR, STRONG), True
        )
        for point in question.points:
            assert len(point.ask) >= 2, point.name


@pytest.mark.parametrize(
    ("title", "job"),
    [
        ("Registered Nurse, Intensive Care", "nursing"),
        ("Senior Accountant", "accounting"),
        ("Backend Engineer (Go)", "backend"),
        ("Site Reliability Engineer", "devops"),
        ("Air Traffic Controller", ""),
        ("Pastry Chef", ""),
        ("Warehouse Team Lead", ""),
    ],
)
def test_a_title_belongs_to_one_job_or_to_none(title: str, job: str) -> None:
    fits = {one: pack(f"{one}/loop").fits for one in JOBS}

    assert [one for one, titles in fits.items() if titles and titles.said(title)] == ([job] if job else [])


@pytest.mark.parametrize("job", JOBS)
def test_a_job_has_a_loop_with_the_general_behavioral_round(job: str) -> None:
    loop = pack(f"{job}/loop")

    assert "behavioral" in {stage.round for stage in loop.stages}
    assert {stage.round.split("/")[0] for stage in loop.stages} == {"behavioral", job}
    assert len(loop.flavours) >= 2


def test_a_loop_has_stages_that_exist() -> None:
    loop = pack("loop")

    assert [stage.round for stage in loop.stages] == ["behavioral", "project-story"]
    assert loop.questions == ()
    assert loop.minutes == sum(stage.minutes for stage in loop.stages)
    assert all(stage.persona in names("people") for stage in loop.stages)


@pytest.mark.parametrize("name", names("packs"))
def test_every_shipped_pack_is_without_a_problem(name: str) -> None:
    assert lint(Path(__file__).parents[3] / "personas" / "content" / "packs" / f"{name}.toml") == []


def test_what_a_pack_leaves_out_has_a_default(own: Path) -> None:
    (own / "screen.toml").write_text(MINIMAL, encoding="utf-8")
    screen = pack("screen")

    (question,) = screen.questions
    assert (screen.id, screen.most_questions, screen.about, screen.intro) == ("screen", 1, (), "")
    assert screen.papers
    assert (question.looks_for, question.seconds, question.again) == (LOOKS_FOR, 120, question.wordings)


def test_a_loop_may_leave_the_persona_to_the_user(own: Path) -> None:
    (own / "mine.toml").write_text(LOOP, encoding="utf-8")

    assert pack("mine").stages[1] == Stage(round="project-story", persona="", minutes=10)
    assert pack("mine").minutes == 30


def test_a_users_own_pack_comes_before_the_shipped_one(own: Path, tmp_path: Path) -> None:
    (own / "behavioral.toml").write_text(MINIMAL, encoding="utf-8")
    (tmp_path / "elsewhere.toml").write_text(MINIMAL, encoding="utf-8")

    assert pack("behavioral").title == "A screen"
    assert pack(str(tmp_path / "elsewhere.toml")).id == "elsewhere"


@pytest.mark.parametrize("name", ["nobody", "", "../packs/behavioral", "behavioral.toml", "BEHAVIORAL"])
def test_an_unknown_one_says_which_there_are(name: str) -> None:
    with pytest.raises(PersonaError) as raised:
        pack(name)

    assert "\n" not in str(raised.value)
    assert all(other in str(raised.value) for other in names("packs"))


TOPIC = (
    MINIMAL
    + """answer = "topic"
[[questions.points]]
id = "a"
name = "a"
said = ["apple"]
ask = ["What about a?"]
"""
)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('said = ["apple"]', "", "nothing finds it"),
        ('said = ["apple"]', 'said = ["_ apple"]', "begins nor ends with a gap"),
        ('ask = ["What about a?"]', 'ask = ["What about a, and how is b?"]', "asks two things"),
        ('ask = ["What about a?"]', 'ask = ["Apples."]', "asks nothing"),
        (
            "[[questions.points]]",
            '[[points]]\nid = "a"\nname = "x"\nsaid = ["b"]\nask = ["B?"]\n[[questions.points]]',
            "twice",
        ),
        ("minutes = 10", 'minutes = 10\nplan = "dance"', "plan"),
        ("minutes = 10", 'minutes = 10\n[[examples]]\nid = "x"\ntheme = "y"\nquestion = "z"', "no question"),
    ],
)
def test_what_is_wrong_with_points_is_told_with_its_line(own: Path, old: str, new: str, problem: str) -> None:
    (own / "screen.toml").write_text(TOPIC, encoding="utf-8")
    assert lint(own / "screen.toml") == []

    assert old in TOPIC
    (own / "screen.toml").write_text(TOPIC.replace(old, new, 1), encoding="utf-8")
    assert problem in " ".join(one.text for one in lint(own / "screen.toml"))


HEAD = 'round = "r"\ntitle = "t"\nminutes = 5\n'


@pytest.mark.parametrize(
    ("text", "names_it"),
    [
        pytest.param(HEAD, "either questions or stages", id="no questions"),
        pytest.param(HEAD + "questions = []", "questions: must have 1 or more", id="an empty list"),
        pytest.param(HEAD + 'questions = ["Why?"]', r"questions\[1\]: must be a table", id="mere text"),
        pytest.param(HEAD + "[[questions]]", r"questions\[1\]: id is missing", id="half a question"),
        pytest.param(MINIMAL.replace("minutes = 10\n", ""), "minutes is missing", id="no minutes"),
        pytest.param('papers = "no"\n' + MINIMAL, "papers: must be true or false", id="no flag"),
        pytest.param(MINIMAL + 'looks_for = ["luck"]', "must be one of situation", id="no such part"),
        pytest.param(MINIMAL + "seconds = 5", "seconds: must be a number", id="no time to answer"),
        pytest.param(MINIMAL.replace('["What', '["", "What'), "must be text", id="an empty wording"),
        pytest.param(MINIMAL + MINIMAL.split("10\n")[1], "'one' is there twice", id="an id twice"),
        pytest.param('opens_with = "two"\n' + MINIMAL, "no question 'two'", id="opens with nothing"),
        pytest.param(MINIMAL + LOOP.split('A loop"\n')[1], "either questions or stages", id="both"),
        pytest.param(MINIMAL + '[[about]]\nkeywords = []\nanswer = "a"', "about", id="nothing to go by"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(text: str, names_it: str, own: Path) -> None:
    (own / "odd.toml").write_text(text, encoding="utf-8")

    with pytest.raises(PersonaError, match=rf"^packs/odd\.toml [^\n]*{names_it}[^\n]*$"):
        pack("odd")


def test_one_question_can_be_practised_alone() -> None:
    alone = practising(pack("project-story"), "  Tell me about\n a launch. ")

    (question,) = alone.questions
    assert question.wordings == question.again == ("Tell me about a launch.",)
    assert question.theme == "a launch"
    assert (alone.round, alone.most_questions, alone.opens_with) == ("project story", 1, "")


def test_a_question_of_the_pack_is_practised_with_all_that_belongs_to_it() -> None:
    round_ = pack("behavioral")
    first = round_.questions[0]

    assert practising(round_, first.id.upper()).questions == (first,)
    (worded,) = practising(round_, first.wordings[2]).questions
    assert (worded.id, worded.wordings, worded.again) == (first.id, (first.wordings[2],), first.again)


@pytest.mark.parametrize(
    "text", ["Why us?", "Tell me about a launch. What broke?", "Tell me about " + "it " * 20]
)
def test_a_question_without_a_short_theme_is_what_was_asked(text: str) -> None:
    assert practising(pack("behavioral"), text).questions[0].theme == "what I asked"


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("Tell me about a time you had to say no.", True),
        ("Which of your mistakes do you remember best?", True),
        ("Why do you want this job?", False),
        ("Would you be willing to relocate?", False),
    ],
)
def test_a_question_for_reasons_or_logistics_asks_for_no_story(text: str, story: bool) -> None:
    assert practising(pack("behavioral"), text).questions[0].story is story


@pytest.mark.parametrize("name", ASKING)
def test_every_question_of_a_pack_that_looks_for_a_result_is_one_for_a_story(name: str) -> None:
    for question in pack(name).questions:
        if "result" in question.looks_for:
            assert all(map(asks_for_a_story, (*question.wordings, *question.again))), question.id


def test_an_empty_question_is_refused() -> None:
    with pytest.raises(PersonaError, match="empty"):
        practising(pack("behavioral"), " \n ")
