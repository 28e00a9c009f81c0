from benchmarks.ledger import result
from vivavoce.transcripts.bank.drifts import lines, next_question, to_json
from vivavoce.transcripts.bank.ledger import RESUME, STORY, TAKE, Source, ledger
from vivavoce.transcripts.events import Seconds, Word

TUESDAY, THURSDAY, LATER = (
    "2026-03-03T23:30:00-08:00",
    "2026-03-05T08:00:00+09:00",
    "2026-04-01T09:00:00+02:00",
)


def take(text: str, at: str = TUESDAY, story: str = "", words: tuple[Word, ...] = ()) -> Source:
    return Source(kind=TAKE, name=f"take-{at}", at=at, text=text, story=story, words=words)


def spoken(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, start=Seconds(float(at)), end=Seconds(at + 0.5))
        for at, word in enumerate(text.split())
    )


TWENTY = "I rebuilt the features and false alarms fell by 20 percent."
TWELVE = "Then the false alarms went down by 12 percent."


def test_drifts_are_found_and_nothing_is_called_one_that_is_none() -> None:
    found = result("")

    assert found["drifts found"] >= 18
    assert found["false alarms"] == 0


def test_what_differs_is_asked_about_calmly_with_the_days_that_the_sessions_say() -> None:
    found = ledger([take(TWELVE, THURSDAY), take(TWENTY, TUESDAY)])

    assert next_question(found.drifts) == (
        "On Tuesday you said 20 percent, on Thursday 12 percent. Which is it?"
    )


def test_a_figure_of_which_nobody_said_what_it_counts_is_asked_about_with_its_words() -> None:
    found = ledger(
        [
            take("In the end falls went from eleven to four a quarter.", TUESDAY, "falls"),
            take("In the end falls went from eleven to five a quarter.", THURSDAY, "falls"),
        ]
    )

    assert next_question(found.drifts) == (
        "On Tuesday you said four, on Thursday five. I mean this: In the end falls went from eleven to five "
        "a quarter. Which is it?"
    )


def test_days_far_apart_are_named_by_their_dates() -> None:
    asked = next_question(ledger([take(TWENTY, TUESDAY), take(TWELVE, LATER)]).drifts)

    assert asked.startswith("On 3 March you said 20 percent, on 1 April 12 percent.")


def test_the_notes_and_the_resume_are_named_as_such() -> None:
    notes = Source(kind=STORY, name="alarms", story="alarms", text=TWENTY)
    paper = Source(kind=RESUME, name="resume", text="Cut false alarms by 20 percent.")

    assert next_question(ledger([notes, take(TWELVE, story="alarms")]).drifts).startswith(
        "In your notes you said"
    )
    assert "résumé" in next_question(ledger([paper, take(TWELVE)]).drifts)


def test_who_said_the_same_twice_has_settled_it_and_is_not_asked_again() -> None:
    found = ledger([take(TWENTY, TUESDAY), take(TWELVE, THURSDAY), take(TWELVE, LATER)])

    assert found.drifts
    assert next_question(found.drifts) == ""


def test_two_stories_with_names_are_not_set_against_each_other() -> None:
    assert not ledger([take(TWENTY, story="alarms"), take(TWELVE, THURSDAY, story="queue")]).drifts


def test_in_one_story_a_figure_without_its_thing_is_still_the_same_figure() -> None:
    known = take(TWENTY, story="alarms")

    assert ledger([known, take("It was down by 12 percent.", THURSDAY, story="alarms")]).drifts
    assert not ledger([known, take("It was down by 12 percent.", THURSDAY)]).drifts


def test_long_answers_about_other_things_are_not_set_against_each_other() -> None:
    kitchen = "Our kitchen burned gas all night, the cook left early and waste grew. I ordered fresh fish."
    ward = "The ward had a new monitor, a tired doctor and families outside. I wrote a list for falls."

    assert not ledger(
        [take(f"{kitchen} We served 40 guests."), take(f"{ward} We served 90 guests.", THURSDAY)]
    ).drifts


def test_what_nothing_earlier_has_is_first_said_here() -> None:
    notes = Source(kind=STORY, name="alarms", story="alarms", text=TWENTY)
    told = f"{TWENTY} It saved 300 euros a day."
    found = ledger([notes, take(told, TUESDAY, "alarms", spoken(told)), take(told, THURSDAY, "alarms")])

    assert [(one.said, one.at) for one in found.first_said] == [("300 euros", 13.0)]


def test_a_take_held_earlier_in_another_time_zone_comes_first() -> None:
    early, late = "2026-03-05T08:00:00+09:00", "2026-03-04T23:30:00-08:00"
    found = ledger([take(TWELVE, late), take(TWENTY, early)])

    assert [one.source.at for one in found.groups[0].claims] == [early, late]


def test_the_ledger_for_people_and_for_programs() -> None:
    found = ledger([take(TWENTY, TUESDAY, words=spoken(TWENTY)), take(TWELVE, THURSDAY)])
    page, row = "\n".join(lines(found)), to_json(found)

    assert "3 March [00:09]: 20 percent" in page
    assert "Your next take may be asked: On Tuesday" in page
    assert row["schema"] == 1
    assert [one["low"] for one in row["groups"][0]["claims"]] == [20, 12]
    assert row["groups"][0]["drift"]


def test_an_empty_ledger_says_so() -> None:
    assert list(lines(ledger([]))) == [
        "No figures were found yet: neither in your stories nor in what you said."
    ]
