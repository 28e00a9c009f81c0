"""Whether a part is told is one reading: what is called present, praised and missed may never differ."""

import pytest

from benchmarks.stories import answers, variants
from vivavoce.transcripts.report.glance import SAYS
from vivavoce.transcripts.scoring import findings as read
from vivavoce.transcripts.scoring.assessment import Assessment, assess
from vivavoce.transcripts.scoring.findings import findings
from vivavoce.transcripts.story.parts import PARTS, Sentence, Story
from vivavoce.transcripts.story.presence import NOT_HEARD, TOLD, UNCLEAR, presence
from vivavoce.transcripts.story.star import Part
from vivavoce.transcripts.story.told import Told

SHOWN = {  # by findings that quote a part
    "situation": {"context-told", "setup-heavy"},
    "task": {"task-told"},
    "action": {"action-told", "action-short", "action-listed", "action-thin", "reasons-missing", "only-we"},
    "result": {"result-told", "result-measured", "result-soft"},
    "lesson": {"lesson-told"},
}
TELLING = {"situation": ("situation", "task")} | {part: (part,) for part in ("task", "action", "result")}
SETTING = "Last winter I ran the front desk of a small hotel."
TASK = "It was up to me to shorten the queue."
STEPS = "I timed ten guests, because nobody knew the cause, and I moved the printer to the desk."
END = "As a result the queue took four minutes instead of eleven, and the owner thanked me."


def contradictions(found: Assessment) -> list[str]:
    """Return the codes of findings that say otherwise of a part than `present` does."""
    wrong = []
    for one in found.findings:
        missed, _ = SAYS.get(one.code, ("", ""))
        wrong += [one.code] * found.present.get(missed, False)
        wrong += [one.code for part, codes in SHOWN.items() if one.code in codes and not found.present[part]]
        others = [x for x in found.segments if x.label not in TELLING.get(missed, ())]
        carries = [x for x in found.segments if x.start <= one.start < x.end and x not in others]
        wrong += [one.code] * bool(missed and others and carries)
    missed_parts = {part for code, (part, _) in SAYS.items() if code in {one.code for one in found.findings}}
    return wrong + [part for part in TELLING if not found.present[part] and part not in missed_parts]


def test_findings_and_present_never_contradict_each_other_over_all_of_our_answers() -> None:
    seen = set()
    for answer in answers():
        for one in variants(answer):
            found = assess(" ".join(one.texts))
            if found.scores is not None:
                assert contradictions(found) == [], (one.id, one.variant)
                seen |= {x.code for x in found.findings}
    assert seen >= set(SAYS) | {code for codes in SHOWN.values() for code in codes}


@pytest.mark.parametrize(
    ("likely", "score", "read_as", "asks", "word"),
    [
        pytest.param(0.9, 1.0, 0.0, False, TOLD, id="both readers say so"),
        pytest.param(0.9, -1.0, 0.0, False, TOLD, id="the surer one says so"),
        pytest.param(0.1, 1.0, 0.0, False, UNCLEAR, id="the surer one does not"),
        pytest.param(0.02, -3.0, 0.0, False, NOT_HEARD, id="neither finds a trace"),
        pytest.param(0.02, -3.0, 0.5, False, UNCLEAR, id="some sentence may be it"),
        pytest.param(0.02, -3.0, 0.9, False, TOLD, id="some sentence surely is"),
        pytest.param(0.9, 1.0, 0.9, True, UNCLEAR, id="the interviewer would ask for it"),
    ],
)
def test_the_word_for_a_result(likely: float, score: float, read_as: float, asks: bool, word: str) -> None:
    sentence = Sentence(0, 9, "result" if read_as else "other", read_as or 0.9)
    story = Story((sentence,), dict.fromkeys(PARTS, 0.0) | {"context": 0.9, "result": likely})
    heard = Told(doubtful=(Part.RESULT,), scores={Part.RESULT: score})

    assert presence(story, heard, Told() if asks else heard)["result"] == word


@pytest.mark.parametrize(
    ("context", "one_time", "word"),
    [(0.9, False, UNCLEAR), (0.1, True, UNCLEAR), (0.1, False, NOT_HEARD)],
)
def test_where_general_talk_tells_nothing_nothing_is_unclear(
    context: float, one_time: bool, word: str
) -> None:
    story = Story((Sentence(0, 9, "result", 0.5),), dict.fromkeys(PARTS, 0.1) | {"context": context})
    assert presence(story, Told(), Told(), one_time=one_time)["result"] == word


def test_what_the_interviewer_takes_to_be_told_is_never_called_not_heard() -> None:
    story = Story((Sentence(0, 9, "other", 0.9),), dict.fromkeys(PARTS, 0.0))
    heard = Told(frozenset({Part.ACTION}), scores={Part.ACTION: -5.0, Part.RESULT: -5.0})

    assert (presence(story, heard, heard)["action"], presence(story, heard, heard)["result"]) == (
        UNCLEAR,
        NOT_HEARD,
    )


def quoted(text: str, *codes: str) -> str:
    """Return what the finding with one of `codes` quotes."""
    found = assess(text)
    return next(found.quote(one).strip() for one in found.findings if one.code in codes)


def test_missing_steps_are_looked_for_where_they_would_stand_and_not_at_the_beginning() -> None:
    assert quoted(f"{SETTING} {TASK} {END}", "action-missing", "action-unclear") == TASK


@pytest.mark.parametrize(
    "done",
    [
        "I finished all 12 pages and I handed them in before we all went home on that Friday evening.",
        "I sorted the 40 keys by floor, and I hung each of them on the board that we had behind the desk.",
    ],
)
def test_what_came_of_it_is_praised_before_a_thing_that_was_done(done: str) -> None:
    texts = (SETTING, TASK, STEPS, done, "The queue fell to 4 minutes.")
    labels = ("situation", "task", "action", "result", "result")
    starts = [sum(len(one) + 1 for one in texts[:place]) for place in range(len(texts))]
    sentences = tuple(
        Sentence(start, start + len(said) + 1, label, 0.9)
        for start, said, label in zip(starts, texts, labels, strict=True)
    )
    story = Story(sentences, dict.fromkeys(PARTS, 0.9))
    (praised,) = (one for one in findings(read.Told(" ".join(texts), story)) if "result-" in one.code)

    assert (praised.code, praised.start) == ("result-measured", starts[-1])
