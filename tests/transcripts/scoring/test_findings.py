"""What is found must be true: strangers tell their stories otherwise than those the reader learnt from."""

from dataclasses import replace

import pytest

from vivavoce.personas.content.content_checks import every_set
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, Reader, assess
from vivavoce.transcripts.story.episode import Kind, episode
from vivavoce.transcripts.story.off_topic import beyond_doubt
from vivavoce.transcripts.story.parts import PARTS, Sentence, Story
from vivavoce.transcripts.story.plain import corrected

QUESTION = "Tell me about a time you improved something."
READER = Reader(checks=every_set())
RESULTS = {"result-told", "result-measured"}
NO_RESULT = {"result-missing", "result-unclear", "result-soft"}
NO_ACTION = {"action-missing", "action-unclear"}
KITCHEN = "Two winters ago I was a cook in a school kitchen, and we threw away a quarter of what we made. "
WARD = "In my second year on a surgical ward the night shift lost an hour to looking for keys. "
STEPS = "I weighed the bins every day, I asked the children what they left, and I changed the portions. "


def codes(found: Assessment) -> set[str]:
    return {one.code for one in found.findings}


def judged(text: str, question: str = QUESTION) -> Assessment:
    found = assess(text, question, READER)
    assert found.scores is not None
    return found


@pytest.mark.proves("N04")
@pytest.mark.parametrize(
    ("texts", "away", "left_out"),
    [
        (
            [
                "I mixed up two salaries.",
                "I rang the bank.",
                "It cost us a day.",
                "I check twice since then.",
            ],
            {2, 3},
            0,
        ),
        (
            ["I burnt the soup.", "I cooked rice.", "The guests waited.", "They were nice.", "They stayed."],
            {3, 4},
            0,
        ),
        (
            ["I lost a file.", "I told my head.", "We searched.", "So it cost us a week.", "Bad."],
            {3, 4},
            0,
        ),
        (
            ["A child fell.", "I ran.", "I rang home.", "A nurse came.", "Ever since, I keep ice ready."],
            {3, 4},
            0,
        ),
        (["I gave the wrong dose.", "I rang the doctor.", "Dogs bark.", "Cats sleep."], {2, 3}, 0),
        (["I lost a file.", "I told my head.", "We searched.", "My dog barks.", "Cats sleep."], {3, 4}, 2),
        (
            ["The weather is odd.", "It rained in June.", "I lost a file.", "I searched.", "I told her."],
            {0, 1},
            2,
        ),
    ],
)
def test_only_what_is_off_topic_beyond_doubt_is_left_out(
    texts: list[str], away: set[int], left_out: int
) -> None:
    assert len(beyond_doubt(texts, frozenset(away))) == left_out


@pytest.mark.parametrize(
    "end",
    [
        "They both apologised, and the next week they shared the keys again.",
        "In the end the head cook thanked me and put the list on the wall.",
        "The parents agreed, and nobody has complained since.",
        "At the end of it she signed, and she still sends me a card every Christmas.",
        "So my boss approved it, and the other shops adopted the same list.",
    ],
)
def test_an_outcome_without_a_number_is_found(end: str) -> None:
    found = codes(judged(KITCHEN + "It was up to me to change that. " + STEPS + end))
    assert found & RESULTS
    assert not found & NO_RESULT


@pytest.mark.parametrize(
    "first",
    [
        "I cut what our kitchen threw away from forty kilos to twelve a day.",
        "We brought the waiting time on my ward down by half in one winter.",
        "My proudest success is that nobody on my course failed the spring exam.",
        "I raised the share of invoices paid on time by thirty percent.",
        "I shortened the queue at our counter from an hour to ten minutes.",
    ],
)
def test_a_result_that_comes_first_is_found(first: str) -> None:
    rest = (
        "Two years ago I was a clerk in a small office, and I was asked to look into it. I wrote down every "
        "step for a week, asked three colleagues, and moved two of the steps to the evening."
    )
    found = judged(f"{first} {rest}")
    assert found.segments[0].label == "result"
    assert codes(found) & RESULTS
    assert not codes(found) & {*NO_RESULT, *NO_ACTION}


@pytest.mark.parametrize(
    "joined",
    [
        "I weighed the bins every day and I changed the size of the plates in the end we threw away 9 kilos",
        "I labelled all the keys and I hung them on one board as a result nobody searched for one again",
        "I rang every family and I wrote down why they stayed away after that forty of fifty came every week",
        "I sorted the receipts by day and I gave every shop a box of its own in the end it took us two hours",
        "I put the children in pairs and I let the strong ones explain it as a result all but one passed",
    ],
)
def test_a_missing_full_stop_hides_no_result(joined: str) -> None:
    cut = [
        f"{mark}{joined.split(mark, 1)[1]}"
        for mark in ("in the end", "as a result", "after that")
        if mark in joined
    ]
    for end in (".", ""):
        found = judged(f"{KITCHEN}I was asked to change that. {joined}{end}")
        assert any(found.quote(one).startswith(cut[0]) for one in found.segments)
        assert not codes(found) & NO_RESULT


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("The ward had its medicine at eight instead of ten.", set()),
        ("Lunch took us forty minutes rather than ninety.", set()),
        ("Every lost parcel cost us a customer.", set()),
        ("The pupils handed it in on Friday instead of Monday.", set()),
        ("We close the books in three days instead of twelve.", set()),
        ("I used a paper list instead of a new tool.", {"choice-told"}),
        ("I chose to tell her at once rather than wait for the meeting.", {"choice-told"}),
        ("We gave up the second menu, and in exchange the soup was hot.", {"trade-off-told"}),
        ("It meant slower mornings, which I accepted.", {"trade-off-told"}),
    ],
)
def test_a_loss_and_two_times_are_no_trade_off(said: str, found: set[str]) -> None:
    text = f"{KITCHEN}{STEPS}{said}"
    assert codes(judged(text)) & {"trade-off-told", "choice-told"} == found


@pytest.mark.parametrize(
    ("steps", "teams"),
    [
        (
            "Weighed the bins for a week, asked the children, changed the portions, and wrote a new list.",
            False,
        ),
        ("Called every supplier twice, compared the prices by hand, and moved the order to Monday.", False),
        (
            "We weighed the bins and we changed the portions. My part was the weighing and the new list.",
            False,
        ),
        (
            "We compared the prices together and we wrote a list. I did the comparing, a colleague the list.",
            False,
        ),
        ("We rebuilt the shelf and we sorted the files. I labelled every box and counted them twice.", False),
        (
            "We weighed the bins for a week, we asked the children, and we changed the portions.",
            True,
        ),
    ],
)
def test_steps_are_the_teams_only_where_a_we_took_them(steps: str, teams: bool) -> None:
    text = f"{KITCHEN}I was asked to change that. {steps} In the end we threw away nine kilos a day."
    found = codes(judged(text))
    assert ("only-we" in found) is teams
    if not teams:
        assert not found & {"action-missing", "action-unclear"}


@pytest.mark.parametrize(
    ("question", "story"),
    [
        ("What salary do you expect?", False),
        ("What are your salary expectations for this position?", False),
        ("How long is your notice period?", False),
        ("When could you start with us?", False),
        ("Would you be willing to relocate to another city?", False),
        ("Tell me about a time you had to relocate a team.", True),
        ("Why do you want to work here?", True),
    ],
)
def test_a_figure_or_a_date_that_was_asked_for_is_not_judged(question: str, story: bool) -> None:
    answer = "I think of something around forty thousand a year, and I could start in the second week of May."
    found = assess(answer, question, READER)
    assert (found.why_not == "") is story
    assert bool(found.findings) is story


@pytest.mark.parametrize(
    ("first", "task"),
    [
        ("At my last school the copier broke every week and the head asked me to find out why.", True),
        ("In my first year as a ward manager I had to tell a doctor that he was rude to the nurses.", True),
        (
            "Last autumn our bakery ran out of flour twice, and it was on me to make sure it had enough.",
            True,
        ),
        (
            "I was the only accountant in a firm of carpenters, and no invoice went out before the tenth.",
            False,
        ),
        ("When I worked at a hotel in Porto, guests waited for their keys until five.", False),
    ],
)
@pytest.mark.parametrize(
    "rest",
    [
        "I asked two people, I made a list, and I hung it up. It is done in a day now.",
        "Nobody knew why, so I sat beside it for a week. I found that one part was worn, because it was "
        "never cleaned, and I ordered another. I wrote down for the others how it is done. As a result it "
        "worked for the whole year, and the list is still used in two other houses.",
        "I cried.",
    ],
)
def test_the_same_first_sentence_is_the_same_context_whatever_follows(
    first: str, task: bool, rest: str
) -> None:
    found = judged(f"{first} {rest}")
    assert "context-missing" not in codes(found)
    assert found.present["situation"] or found.present["task"]
    if task:
        assert "task-unclear" not in codes(found)


def test_where_nothing_is_said_of_a_place_the_context_is_missing() -> None:
    text = (
        "I wrote down every click that they made, and I counted them twice. I then moved three buttons, "
        "because they were too small. I asked five of them to try it again. As a result it took two minutes."
    )
    assert "context-missing" in codes(judged(text))


@pytest.mark.parametrize(
    "target",
    [
        "I was asked to bring it under ten kilos before the holidays.",
        "My task was to halve it within three months.",
        "The head told me to get it down to five a day by Easter.",
        "We were expected to finish forty files a week instead of twenty.",
        "It was up to me to save two thousand euros by the end of the year.",
    ],
)
def test_a_target_is_no_result(target: str) -> None:
    found = judged(KITCHEN + target)
    assert not codes(found) & RESULTS
    assert {"result-missing", "action-missing"} & codes(found)
    assert not found.present["result"]
    assert not found.quantified


def test_what_one_was_asked_to_do_in_return_may_be_a_result() -> None:
    text = (
        KITCHEN + "It was up to me to change that. " + STEPS + "As a result I was asked to lead two kitchens."
    )
    assert codes(judged(text)) & RESULTS


@pytest.mark.parametrize("short", ["No.", "Oh that, yeah.", "That's it."])
def test_what_is_missing_is_shown_by_words_that_say_something(short: str) -> None:
    found = assess(f"{short} We kept waking people to ask them about the pain. {short}")

    shown = {found.quote(one).strip() for one in found.findings if one.kind != "strength"}
    assert shown == {"We kept waking people to ask them about the pain."}


@pytest.mark.parametrize(
    "hindsight",
    [
        "I would have asked the children before the cooks.",
        "What I would have done differently is to begin with the soups.",
        "If I did it again I'd weigh the bins for a month.",
        "The one thing I would change is the day on which we ordered.",
        "Next time I would tell the parents first.",
        "Today I would put the scales by the door.",
        "Looking back I should have asked the head sooner.",
    ],
)
def test_what_one_would_do_otherwise_is_a_lesson_and_no_result(hindsight: str) -> None:
    told = KITCHEN + "It was up to me to change that. " + STEPS
    assert not judged(told + hindsight).present["result"]
    found = judged(f"{told}In the end we threw away nine kilos a day. {hindsight}")
    assert found.segments[-1].label == "lesson"
    assert codes(found) & RESULTS


@pytest.mark.parametrize(
    "plan",
    [
        "Let's see how it goes.",
        "It should be on every menu by then.",
        "We hope that the other schools follow.",
    ],
)
def test_what_is_still_to_come_is_no_result(plan: str) -> None:
    found = judged(KITCHEN + "It was up to me to change that. " + STEPS + plan)
    assert not codes(found) & RESULTS
    assert not found.present["result"]


def test_a_last_step_that_stands_where_the_result_would_is_none() -> None:
    told = KITCHEN + "It was up to me to change that. " + STEPS
    texts = [*told.split(". ")[:-1], "I hung a list on the door"]
    labels = ["situation", "task", "action", "result"]
    spans = [(0, 1)] * len(labels)
    read = tuple(Sentence(*span, label, 0.99) for span, label in zip(spans, labels, strict=True))
    story = corrected(texts, Story(read, dict.fromkeys(PARTS, 0.9)))
    assert story.present["result"] < 0.5
    assert story.sentences[-1].label == "result"
    assert corrected([*texts[:-1], "They thanked me"], replace(story, sentences=read)).sentences == read


@pytest.mark.parametrize(
    "charge",
    [
        "The boss left it to me.",
        "Nobody else was there, so it was mine.",
        "It fell to me because I had the keys.",
        "That was my job.",
        "I became the one in charge of the bins.",
        "The head gave me the job in March.",
    ],
)
def test_what_was_up_to_one_is_told_in_many_ways(charge: str) -> None:
    assert "task-unclear" not in codes(
        judged(KITCHEN + charge + " " + STEPS + "In the end it was nine kilos.")
    )


def test_an_outcome_that_others_can_check_needs_no_number() -> None:
    told = KITCHEN + "It was up to me to change that. " + STEPS
    for end in (
        "In the end they never complained.",
        "As a result the parents stayed.",
        "In the end not one came back.",
    ):
        assert not codes(judged(told + end)) & NO_RESULT


def test_a_missing_outcome_is_looked_for_behind_the_last_step() -> None:
    found = judged(KITCHEN + "It was up to me to change that. " + STEPS + "It should be fine by then.")
    shown = [found.quote(one) for one in found.findings if one.code in NO_RESULT]
    assert shown == [STEPS]


def test_only_what_is_beside_the_story_is_called_an_aside() -> None:
    assert not any("eave it out" in rubric.RULES[code].message for code in ("aside-heavy", "rambling"))
    habits = "I am a calm person. Calm is what counts in a kitchen. Order is half of life, as I always say. "
    assert "aside-heavy" in codes(judged(KITCHEN + habits * 2 + "In the end it was nine kilos a day."))


@pytest.mark.parametrize(
    ("question", "learning"),
    [
        ("Tell me about a time you were under pressure.", False),
        ("How would you order the posts?", True),
    ],
)
def test_a_system_is_looked_for_where_one_is_asked_for(question: str, learning: bool) -> None:
    text = "It lifts clicks this week, and in half a year people stop believing us. I'd accept fewer clicks."
    assert ("now-against-later" in {one.code for one in assess(text, question, READER).findings}) is learning


@pytest.mark.parametrize(
    ("said", "one_time"),
    [
        ("Rules have to be agreed and then be followed. If people listened, nothing would go wrong.", False),
        ("Files should be named well. If one person tidied a little, the rest would be pleased.", False),
        ("The list wasn't kept. Nobody answered the phone.", True),
        ("We needed a list of keys. I couldn't find one.", True),
    ],
)
def test_what_is_only_wished_for_did_not_happen(said: str, one_time: bool) -> None:
    assert (episode([one.strip() for one in said.split(". ")]).kind is Kind.EPISODE) == one_time


@pytest.mark.parametrize(
    ("steps", "brief"),
    [
        (
            "I thought about what could be done, so I made the kitchen nicer for the children and came up "
            "with things that would keep them busy while they waited.",
            True,
        ),
        (
            "I thought about what could be done, so I made two tables lower for the children and gave "
            "them carrots that would keep them busy while they waited.",
            False,
        ),
    ],
)
def test_few_words_without_a_detail_tell_the_steps_briefly(steps: str, brief: bool) -> None:
    assert 28 <= len(steps.split()) < 32
    found = judged(KITCHEN + steps + " As a result we threw away half as much by the end of the year.")
    assert ("action-short" in codes(found)) == brief
