"""What was told, for the interviewer and for the report: they may never contradict each other."""

import time

import pytest

from benchmarks.stories import answers, is_complete, variants
from vivavoce.personas.content.pack import pack, practising
from vivavoce.personas.content.persona import persona
from vivavoce.personas.conversation.director import Director
from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring.assessment import assess
from vivavoce.transcripts.story.star import Part
from vivavoce.transcripts.story.told import told

PRAISED = {Part.ACTION: {"action-told"}, Part.RESULT: {"result-told", "result-measured"}}
WHOLE = (
    "Last spring the till at our shop lost every second order. My task was to find out "
    "why before the summer. "
    "I read the logs of a week, I compared them with the paper slips, and I "
    "replaced the cable behind the counter. "
    "In the end no order was lost any more, and the owner put the same cable into both other shops."
)


def test_the_report_never_praises_a_part_that_the_interviewer_asked_for_because_it_was_not_told() -> None:
    asked_for = 0
    for answer in answers()[::3]:
        for one in variants(answer):
            text = " ".join(one.texts)
            leads = Director(persona("dana"), practising(pack("behavioral"), one.question), 30)
            why = leads.reply(leads.opening()[0], spoken(text, 150, {}), Seconds(60))[1].why
            for part, codes in PRAISED.items():
                if why == f"no {part} was told":
                    asked_for += 1
                    assert not codes & {found.code for found in assess(text).findings}, (one.id, one.variant)
    assert asked_for > 20


def test_a_story_told_whole_lacks_nothing() -> None:
    assert not [part for part in (Part.SITUATION, Part.TASK, *PRAISED) if told(WHOLE).lacks(part)]


def test_without_its_end_a_story_is_not_taken_to_have_one() -> None:
    assert Part.RESULT not in told(WHOLE[: WHOLE.index("In the end")]).parts


def test_most_stories_are_over_at_their_end_and_few_before_their_result() -> None:
    whole = [one for one in answers() if is_complete(one)]
    over = [told(" ".join(one.texts)).ended for one in whole]
    before = [told(" ".join(one.texts[: one.labels.index("result")])).ended for one in whole]

    assert len(whole) > 100
    assert sum(over) > 0.8 * len(whole)
    assert sum(before) < 0.2 * len(whole)  # what is done last often sounds like an end


def test_a_few_words_leave_nothing_in_doubt() -> None:
    assert told("We talked about the till, and then some more.").doubtful == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "no " * 100,
        "word " * 10_000,
        "12 5 7 " * 30,
        "um uh er " * 30,
        "今日は 良い 天気 " * 20,
        WHOLE * 50,
    ],
)
def test_any_text_is_read_within_moments(text: str) -> None:
    told(WHOLE)
    before = time.perf_counter()
    told(f"{text} ")
    assert time.perf_counter() - before < 1.0
