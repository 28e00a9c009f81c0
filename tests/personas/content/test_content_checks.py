from dataclasses import replace
from pathlib import Path

import pytest

from tests.timing import within
from vivavoce.personas.content.content_checks import every_set, examples
from vivavoce.personas.content.lint import lint
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import PersonaError, names
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Reader, assess
from vivavoce.transcripts.scoring.checks import ANY, Check, Checks, checked, fitting, held
from vivavoce.transcripts.scoring.cues import Cues, cue
from vivavoce.transcripts.scoring.findings import Found, Told, findings
from vivavoce.transcripts.story.parts import read
from vivavoce.transcripts.story.plain import corrected
from vivavoce.transcripts.story.sentences import sentences

ALL = {one.id: one for one in every_set()}
EXAMPLES = [(name, *row) for name in names("checks") for row in examples(name)]


def found(name: str, text: str) -> set[str]:
    spans = sentences(text)
    story = read([text[start:end].strip() for start, end in spans], spans, None, None)
    shown = [replace(x, rule=replace(x.rule, kind="signal")) for x in ALL[name].checks]  # marks too
    told = Told(text, corrected([text[start:end].strip() for start, end in spans], story))
    sets = [replace(ALL[name], checks=tuple(shown))]
    return {one.code for one in checked(sets, told, known=findings(told))}


@pytest.mark.parametrize(("name", "check", "wanted", "text"), EXAMPLES)
def test_every_example_is_found_or_left_alone(name: str, check: str, wanted: bool, text: str) -> None:
    assert (check in found(name, text)) is wanted


@pytest.mark.parametrize(
    ("phrase", "text", "holds"),
    [
        ("a b test*", "then an A/B test", True),
        ("a b test*", "a bee tested", False),
        ("launch*", "we relaunched", False),
        ("hide|spam rate*", "the spam rates fell", True),
        ("raised _ risk*", "I raised this one big risk", True),
        ("raised _ risk*", "I raised it and then there was some risk", False),
        ("up to #", "up to 10,000 requests", True),
        ("up to #", "up to us", False),
        ("(x)*", "an (x) here", True),
    ],
)
def test_a_cue_finds_its_phrase(phrase: str, text: str, holds: bool) -> None:
    assert bool(cue([phrase]).search(text)) is holds


STORIES = {"story", "opening", "telling", "project"}


@pytest.mark.parametrize(
    ("question", "sets"),
    [
        ("Tell me about a time you designed a ranking system.", STORIES),
        ("How would you improve the feed?", {"design"}),
        ("How would you deal with class imbalance?", {"concepts"}),
        ("Detect a cycle in a linked list.", {"coding"}),
        ("What is your greatest weakness?", {"habits"}),
        ("How do you prioritise when everything is urgent?", {"habits"}),
        ("How do you decide what comes first?", {"habits"}),
        ("How would you handle a guest who shouts?", {"habits"}),
        ("What would your colleagues say about you?", {"habits"}),
        ("How do you deal with stress? Give me an example of a time.", STORIES),
        ("", STORIES),
    ],
)
def test_a_question_gets_the_checks_that_fit_it(question: str, sets: set[str]) -> None:
    answer = "The model ranks posts by features, and the labels are clicks of members."

    fit = fitting(every_set(), question, answer)
    assert {one.id for one in fit if one.answer != ANY} == sets  # the rest are for any question


def test_a_check_may_name_what_else_was_found() -> None:
    text = "It was late. I put it off, because of him."
    spans = sentences(text)
    told = Told(text, read([text[start:end].strip() for start, end in spans], spans, None, None))
    check = Check(id="why", rule=rubric.Rule("strength", ""), said=Cues(("because",)), needs=("action-told",))
    sets = [Checks(id="x", checks=(check,))]

    assert [*checked(sets, told)] == []
    assert [*checked(sets, told, known=[Found("action-told", *spans[1])])] == [Found("why", *spans[1])]


TOGETHER = """title = "x"
[[checks]]
id = "one"
covers = []
kind = "mark"
message = "m"
said = ["fresh"]
yes = ["fresh"]
no = ["a"]
[[checks]]
id = "two"
covers = []
kind = "mark"
message = "m"
said = ["fits"]
yes = ["fits"]
no = ["a"]
[[checks]]
id = "both"
covers = []
kind = "strength"
message = "m"
among = ["one", "two"]
least = 2
within = 2
yes = ["fresh, and it fits"]
no = ["fresh"]
"""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("It is late. It is fresh. It fits.", "It is fresh."),
        ("It is fresh. It is late. It fits.", None),
        ("It is fresh. It is late. It fits. It is fresh. So there.", "It fits."),
        ("It is fresh. It fits and it is fresh.", "It fits and it is fresh."),
        ("It is fresh.", None),
    ],
)
def test_checks_count_together_where_they_are_close(
    text: str, quoted: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "together.toml").write_text(TOGETHER)
    checks = next(one for one in every_set() if one.id == "together").checks
    spans = sentences(text)

    place = held(checks, text, spans).get("both")
    assert (None if place is None else text[slice(*spans[place])].strip()) == quoted


def test_what_a_gap_says_is_not_observed_too() -> None:
    told = "Gather likes, train trees on grades by judges, and rank the posts of members by score, sorted."
    question = "How would you rank the feed?"

    codes = {one.code for one in assess(told, question, Reader(checks=every_set())).findings}
    assert "no-feedback-loop" in codes
    assert "order-without-loop" not in codes
    codes = {one.code for one in assess(told, "What gets the top spot?", Reader(checks=every_set())).findings}
    assert "order-without-loop" in codes


SPOKEN = "Each node goes in the queue once, so it is linear, and the heap holds at most k. Empty gives zero."


def test_what_is_good_is_found_by_what_an_answer_is_about_and_nothing_is_called_missing() -> None:
    (coding,) = [one for one in fitting(every_set(), "What does that cost?", SPOKEN) if one.id == "coding"]

    assert coding.answer == ANY
    assert not {one.rule.kind for one in coding.checks} & {rubric.GAP, rubric.OBSERVATION}
    found = assess(SPOKEN, "What does that cost?", Reader(checks=every_set()))
    assert found.kind == "story"
    assert "complexity" in {one.code for one in found.findings}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Tell me about a time you were under pressure.", SPOKEN),
        ("What does that cost?", "The heap of parcels grew, and I sorted them by street until noon."),
    ],
)
def test_an_answer_to_another_question_needs_several_signs(question: str, text: str) -> None:
    assert "coding" not in {one.id for one in fitting(every_set(), question, text)}


def test_what_leads_away_gets_no_credit() -> None:
    text = "The goal is a good feed. As guardrails I watch hides and spam reports."
    spans = sentences(text)
    story = read([text[: spans[0][1]].strip()], spans[:1], None, None)

    design = next(one for one in every_set() if one.id == "design")
    codes = {one.code for one in checked([design], Told(text, story, tuple(spans[1:])))}
    assert "product-goal" in codes
    assert "guardrails-named" not in codes


def test_what_leads_away_is_read_by_a_set_that_is_about_it() -> None:
    text = "A nightly Spark job writes the rows of the model. It sits behind a REST API, for requests."
    spans = sentences(text)
    story = read([text[: spans[0][1]].strip()], spans[:1], None, None)

    codes = {one.code for one in checked([ALL["built"]], Told(text, story, tuple(spans[1:])))}
    assert "built-told" in codes
    assert "built-told" not in {one.code for one in checked([ALL["built"]], Told(text, story))}


def test_an_answer_that_is_no_story_is_not_judged_as_one() -> None:
    text = (
        "Before I begin, can the list be empty, and how large does it get? The naive way compares all pairs. "
        "A hash map is faster, because each look-up takes constant time. So it is linear time and space. "
        "Let me test it with an empty list and with one element. Both give an empty result, which is right."
    )
    found = assess(text, "Find the duplicates in an array.", Reader(checks=every_set()))

    assert found.kind == "topic"
    assert found.scores is not None
    assert set(found.scores.values()) == {5}
    assert not {one.code for one in found.findings} & {"no-episode", "result-missing", "context-missing"}


BAD = """title = "x"
[[checks]]
id = "one"
covers = []
kind = "strength"
message = "m"
costs = { result = 1 }
before = ["two"]
yes = ["a"]
no = ["b"]
"""


STARS = ["*", "a * b", "a|* b", "a||b", "a |", "*|*|* _ *|* _ zz"]


WHO = "Who would I report to, and how long does the close take you at the moment?"


@pytest.mark.parametrize(
    "question",
    [
        "Do you have any questions for me?",
        "Have you got anything you want to ask us?",
        "Do you have any questions for us?",
        "Lovely, thank you. Before we wrap up, have you any questions about the post?",
        "What would you like to know about us?",
        "That\u2019s all I had. Is there anything you\u2019d like to ask?",
        "Now over to you: which questions can we answer?",
        "Okay, any questions?",
        "It is your turn to ask us something.",
        "What else can I tell you about working here?",
        "Was there anything you wanted to ask me?",
        "Any more questions about the role, or are you happy?",
        "Please ask me anything.",
    ],
)
def test_what_somebody_asks_back_is_judged_as_no_story(question: str) -> None:
    found = assess(WHO, question, Reader(checks=every_set()))
    assert (found.scores, found.findings, found.why_not) == (None, (), "no story was asked for")


@pytest.mark.parametrize(
    "question",
    [
        "What questions did you ask the customer?",
        "How do you answer questions for us when the director is away?",
        "Do you have any questions you always ask a new client?",
        "Tell me about a time you had more questions for your manager than answers.",
        "Were there any questions from the audit that you could not answer?",
        "What would you like to know about a customer before the first call?",
        "Was there anything you wanted to ask the patient and did not?",
        "Keep any questions for us until the end, please. Introduce yourself.",
        "Did the auditors have any other questions about the company?",
        "Do your clients ever ask you anything odd?",
    ],
)
def test_questions_to_others_are_no_invitation_to_ask(question: str) -> None:
    assert not ALL["your-questions"].fit(question, WHO)


def test_no_question_of_a_pack_is_taken_for_an_invitation_to_ask() -> None:
    for question in (one for name in names("packs") for one in pack(name).questions):
        for words in (*question.wordings, *question.again):
            assert not ALL["your-questions"].fit(words, ""), words


@pytest.mark.parametrize("phrase", ["a _ a _ a _ a", "_ a", "a _", "_", "a " * 13, *STARS])
def test_a_cue_that_could_take_for_ever_is_refused(phrase: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(BAD.replace('costs = { result = 1 }\nbefore = ["two"]', f'said = ["{phrase}"]'))

    assert [one.line for one in lint(path)] == [7]


def test_a_list_of_too_many_cues_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    many = ",\n".join(f'"w{number}"' for number in range(301))
    path.write_text(BAD.replace('costs = { result = 1 }\nbefore = ["two"]', f"said = [{many}]"))

    assert [one.text for one in lint(path)] == ["checks[1].said: has 301 cues; 300 are the most"]


GAPS = [f"a* _ a* a* a* _ a* a* z{number}" for number in range(300)]
EITHER = [f"a|b|c|d|e|f|g|h _ z{number}" for number in range(200)]


@pytest.mark.parametrize("cues", [GAPS, EITHER, GAPS[:33]], ids=["gaps", "either", "just"])
@pytest.mark.parametrize("lists", [1, 3])
def test_cues_that_together_take_too_long_are_refused(cues: list[str], lists: int, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    head, _, row = BAD.partition("[[checks]]")
    for number in range(lists):
        many = ",\n".join(f'"{one}"' for one in cues[number::lists])
        said = row.replace('costs = { result = 1 }\nbefore = ["two"]', f"said = [{many}]")
        head += "[[checks]]" + said.replace('"one"', f'"one-{number}"')
    path.write_text(head)

    assert ["tries at each word of an answer" in one.text for one in lint(path)] == [True]


def test_the_most_cues_that_are_taken_are_looked_for_soon() -> None:
    assert within(1.0, lambda: cue(GAPS[:32]).search("a " * 2_000))


def test_the_longest_cue_is_looked_for_in_no_time() -> None:
    longest = cue(["a* _ a*|b* _ c*"] * 10)

    assert within(0.5, lambda: longest.search("a " * 3_000))


def test_mistakes_are_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(BAD)

    problems = [(one.line, one.text) for one in lint(path)]
    assert problems == [
        (7, "checks[1].costs: only a gap may cost points"),
        (8, "checks[1].before: there is no check 'two' above"),
    ]


def test_a_users_own_checks_are_made_and_a_broken_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "mine.toml").write_text(BAD)

    with pytest.raises(PersonaError, match=r"checks/mine\.toml cannot be used"):
        every_set()
