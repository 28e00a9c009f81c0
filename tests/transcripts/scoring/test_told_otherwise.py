"""Stories told in the present, or the result first, and what is no story: nothing false is said of them."""

import pytest

from vivavoce.personas.content.content_checks import every_set
from vivavoce.transcripts.scoring.assessment import NO_RUBRIC, NOTHING_LISTED, Assessment, Reader, assess
from vivavoce.transcripts.scoring.finding_words import DETAIL, checkable, not_yet
from vivavoce.transcripts.story.episode import Kind, episode, happening, tells_a_time
from vivavoce.transcripts.story.parts import PARTS, Sentence, Story
from vivavoce.transcripts.story.plain import (
    charge,
    corrected,
    mere_step,
    outcome,
    own_part,
    setting,
    still_open,
)
from vivavoce.transcripts.story.sentences import sentences

READER = Reader(checks=every_set())
NOW = [
    "I am porter in hospital in Ghent.",
    "One evening the lift is broken and a woman must go to the theatre.",
    "The nurse asks me can you do something.",
    "I call the technician, I look for the old lift and I bring her by the kitchen.",
    "After this the ward keeps the key of the old lift.",
]


def judged(text: str, question: str = "Tell me about a time you solved a problem.") -> Assessment:
    return assess(text, question, READER)


def codes(found: Assessment) -> set[str]:
    return {one.code for one in found.findings}


def labels(texts: list[str], read: str) -> list[str]:
    """Return the labels of `texts` once what they plainly say is put right, where each was read as `read`."""
    story = Story(tuple(Sentence(0, 1, read, 0.9) for _ in texts), dict.fromkeys(PARTS, 0.1))
    return [one.label for one in corrected(texts, story).sentences]


def test_a_story_in_the_present_is_one_time_and_no_aside() -> None:
    assert happening(NOW)
    assert episode(NOW).kind is Kind.EPISODE
    assert labels(NOW, "other") == ["situation", "situation", "task", "action", "result"]
    found = codes(judged(" ".join(NOW)))
    assert not found & {"no-episode", "aside-heavy", "action-missing", "result-missing", "context-missing"}


@pytest.mark.parametrize(
    "texts",
    [
        [
            "A woman cry at my counter, her card is not working.",
            "I call the bank, I stay with her, I find the mistake.",
            "She say thank you and hug me.",
        ],
        [
            "It is Christmas time and two cooks are sick.",
            "I say to the boss, I take the grill and the fish.",
            "We finish at one in the night.",
        ],
        [
            "A driver shouts at the gate because his paper is wrong.",
            "I check the list, I print a new one, I bring it to him.",
            "He says sorry.",
        ],
    ],
)
def test_one_time_in_the_present_may_have_no_word_of_time(texts: list[str]) -> None:
    assert happening(texts)
    assert labels(texts, "task")[1] == "action"
    assert not codes(judged(" ".join(texts))) & {"no-episode", "action-missing", "context-missing"}


@pytest.mark.parametrize(
    "texts",
    [
        ["I always call the family first.", "Then I write it down.", "I tell the others."],
        ["I make a list.", "I ask what is urgent.", "I go home on time."],
        [
            "When a guest shouts I listen.",
            "I say sorry and I call the manager.",
            "If a child cries I sit down with it.",
        ],
    ],
)
def test_a_habit_and_the_past_are_not_the_present(texts: list[str]) -> None:
    assert not happening(texts)
    assert set(labels(texts, "other")) <= {"other", "lesson"}


def test_three_steps_that_were_read_as_beside_the_story_are_what_was_done() -> None:
    texts = ["Last year I called the family.", "I wrote it down and I told the others.", "I ask more now."]
    assert not happening(texts)
    assert labels(texts, "other") == ["action", "action", "other"]
    assert labels(texts[1:], "other") == ["other", "other"]


@pytest.mark.parametrize(
    ("said", "gained"),
    [
        ("I tripled the members of our choir within two years.", True),
        ("For three winters nobody on my route got hurt.", True),
        ("We had nine months in the plant without a single accident.", True),
        ("I doubled the dough for Saturday.", False),
        ("For three winters nobody cleared the path.", False),
        ("We were two days without a phone.", False),
    ],
)
def test_an_outcome_is_told_from_a_step_and_from_what_was_wrong(said: str, gained: bool) -> None:
    assert outcome(said) is gained


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("I was the only driver with a licence for it.", True),
        ("I asked the landlord whether I could have the keys.", True),
        ("They gave me two weeks for it.", True),
        ("It's my job to close the till.", True),
        ("I was the one they laughed at.", False),
        ("She gave me good advice.", False),
    ],
)
def test_whose_it_was_is_told_in_more_ways(said: str, own: bool) -> None:
    assert charge(said) is own


def test_places_need_no_article() -> None:
    assert setting("I work in kitchen of school in Turin, at restaurant before.")
    assert not setting("I put the book on the library shelf.")


def test_saying_something_is_a_step_and_a_reaction_at_the_end_is_none() -> None:
    assert own_part("So I said no, and I rang the bank.")
    assert mere_step("I painted the door and she watched.")
    assert not mere_step("I painted the door and she said thank you.")


def test_a_plan_is_still_open() -> None:
    assert still_open("Next spring we want to try it on two lines.")
    assert not still_open("We wanted to try it, and we did.")


def test_not_every_single_letter_is_an_initial() -> None:
    text = "He said that he couldn't. I asked J. Miller. So did I. Then we went."
    assert [text[start:end].strip() for start, end in sentences(text)] == [
        "He said that he couldn't.",
        "I asked J. Miller.",
        "So did I.",
        "Then we went.",
    ]


def test_details_and_what_can_be_checked() -> None:
    assert DETAIL.search("I put one in the bag.")
    assert not DETAIL.search("It was the one of them that nobody wanted, and no one asked.")
    assert checkable("No broken plates, no late guests.")
    assert not checkable("No doubt they liked it.")
    assert not_yet("On the validation data it was up by a tenth.")
    assert not not_yet("Sales were up by a tenth.")


GAIN = (
    "At a bakery chain we threw away a fifth of the bread. I was asked to forecast the demand of each shop. "
    "I cleaned three years of tills, I trained boosted trees with the weather as a feature, and I compared "
    "them with last week's sales. On the held-out months the error fell by a third. "
)


@pytest.mark.parametrize(
    ("end", "praised"),
    [
        (
            "On the held-out months the error fell by a third. In autumn we want to try it in six shops.",
            False,
        ),
        (
            "On the held-out months the error fell by a third. In autumn six shops threw away half as much.",
            True,
        ),
    ],
)
def test_a_gain_on_old_data_and_a_plan_are_not_how_it_ended(end: str, praised: bool) -> None:
    found = codes(judged(GAIN + end, "Tell me about a model that you built."))
    assert bool(found & {"result-told", "result-measured"}) is praised
    assert not found & {"no-guardrails", "life-of-a-model"}
    if not praised:
        assert "production-told" not in found


def test_a_reason_counts_in_the_next_sentence() -> None:
    told = (
        "Last June I was the caretaker of a school, and the hall was flooded. It was up to me to have it dry "
        "by Monday. I carried forty chairs up to the library and I opened every window on both sides. {}"
        "I borrowed two fans from the fire brigade and let them run all night. On Monday the exam took place."
    )
    assert "reasons-missing" in codes(judged(told.format("")))
    assert "reasons-missing" not in codes(judged(told.format("It was because wood swells. ")))


@pytest.mark.parametrize(
    ("question", "answer", "why_not", "found"),
    [
        (
            "How do you deal with criticism?",
            "I write it down word for word, and then I sleep on it, because I am quick to defend myself.",
            NO_RUBRIC,
            {"way-told", "way-reasoned"},
        ),
        (
            "What is your greatest strength?",
            "I am a patient person and people feel at ease with me, also those who are in a bad mood.",
            NOTHING_LISTED,
            set(),
        ),
    ],
)
def test_who_is_asked_how_they_work_need_not_tell_one_time(
    question: str, answer: str, why_not: str, found: set[str]
) -> None:
    read = judged(answer, question)
    assert (read.scores, read.why_not, codes(read)) == (None, why_not, found)


def test_who_tells_one_time_all_the_same_is_judged_by_it() -> None:
    story = "Last May a guest shouted at our trainee. I took him aside, I listened, and I changed his room."
    assert tells_a_time(story)
    assert judged(story, "How do you deal with difficult guests?").scores is not None
