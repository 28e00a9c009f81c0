"""The first screen: what it was made of, how long each part took, what to do next; nothing unknown."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from tests.transcripts.conftest import line, speech
from vivavoce.transcripts.events import Event, NotUnderstood, Seconds, SessionEnded, SessionStarted
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.report.first_screen import bar
from vivavoce.transcripts.report.glance import asked, glance, made_of, runs, span
from vivavoce.transcripts.report.html_page import page
from vivavoce.transcripts.report.json_report import to_json
from vivavoce.transcripts.report.report import Report, markdown, report

S = Seconds
WHOLE = (
    "Last spring I ran the night desk of a hotel in Leeds, and the morning handover took forty minutes. "
    "It was up to me to bring it under twenty before the audit in June. "
    "I timed ten handovers with a watch, because nobody knew where the minutes went. "
    "I wrote a card with five lines for each guest, and I asked two colleagues to try it for a week. "
    "When they forgot the last line, I moved it to the top and printed it in red. "
    "As a result the handover fell to seventeen minutes, and the desk uses the same card today."
)
HALF = WHOLE.partition(" As a result")[0]
ASKED = "Tell me about a time when you improved something."
RECOGNISED = Meta(round="behavioral", persona="Ana", models={"recogniser": "base"})


def held(*answers: str, missed: float = 0.0, probability: float = 0.9) -> Report:
    """Return the report of a session with these answers, of the last of which some was not understood."""
    events: list[Event] = [SessionStarted(at=S(0.0))]
    now = 1.0
    for text in answers:
        events += line(now, ASKED, "ask", 2.0)
        if text:
            events += speech(now + 3, text, probability)
        now += 10 + 0.4 * len(text.split())
    lost = [NotUnderstood(at=S(now), started_at=S(now - 8), ended_at=S(now - 8 + missed))] if missed else []
    return report([*events, *lost, SessionEnded(at=S(now), reason="time")], RECOGNISED)


def first_lines(found: Report) -> list[str]:
    """Return what stands before the first answer, without empty lines."""
    return [one for one in markdown(found).partition("\n## 1. ")[0].split("\n") if one]


def test_each_part_has_its_seconds_and_they_are_those_of_the_whole_answer() -> None:
    found = held(WHOLE)
    (thread,) = found.threads
    glanced = glance(found.threads)

    assert [one.label for one in glanced.parts] == ["situation", "task", "action", "result"]
    assert sum(one.seconds or 0.0 for one in glanced.parts) == pytest.approx(
        thread.answers[0].pacing.duration, abs=0.1
    )
    assert sum(size for _, size in runs(thread)) == pytest.approx(sum(thread.seconds.values()))
    assert next(made_of(glanced)).startswith("Situation 8 s, task 6 s, action ")
    assert (
        "the first step came after 13 s" in glanced.whole or "the first step came after 14 s" in glanced.whole
    )


def test_a_part_that_was_not_heard_is_named_and_has_no_seconds() -> None:
    found = glance(held(HALF).threads)
    result = next(one for one in found.parts if one.label == "result")

    assert (result.word, result.size) == ("not heard", "")
    assert "Not heard: result." in made_of(found)


def test_nothing_is_called_not_heard_where_some_was_not_understood() -> None:
    found = held(HALF, missed=3.0)
    rows = list(made_of(glance(found.threads)))

    assert "Unclear: result." in rows
    assert not [row for row in rows if row.startswith("Not heard")]
    assert rows[-1] == "3 s of speech were not understood: what seems missing may be in there."
    assert [tip.text for tip in found.advice] == [
        "3 s of this answer were not understood. Give it once more."
    ]


def test_several_stories_are_taken_together_and_counted() -> None:
    found = glance(held(WHOLE, HALF, WHOLE).threads)
    told = {one.label: one.told for one in found.parts}

    assert (found.stories, told["action"], told["result"]) == (3, 3, 2)
    assert next(made_of(found)).startswith("3 stories: situation 23 s")
    assert "Told: situation in 3 of 3, task in 3 of 3, action in 3 of 3, result in 2 of 3." in made_of(found)
    assert not [row for row in made_of(found) if row.startswith("Not heard")]


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (held(), "Not enough to judge: no words were heard."),
        (held("It went well."), "Not enough to judge: only 3 words were heard."),
        (held(WHOLE, probability=0.4), "Not enough to judge: the words were too unclear to be sure of them."),
        (held(WHOLE, "It went well."), "1 answer could not be judged: only 3 words were heard."),
        (held(WHOLE, "I did.", "It did."), "2 answers could not be judged: only 2 words were heard."),
        (held(WHOLE, "I did.", "Yes."), "2 answers could not be judged."),
    ],
)
def test_what_was_not_judged_is_said_with_its_reason(found: Report, says: str) -> None:
    assert says in made_of(glance(found.threads))


def test_nothing_heard_is_nothing_concluded_and_leads_to_the_microphone() -> None:
    found = held(WHOLE, probability=0.4)

    assert (found.advice, found.went_well, glance(found.threads).parts) == ((), (), ())
    assert found.why_nothing == (
        "Nothing is concluded from that. “vivavoce doctor” says how it hears your microphone."
    )
    assert found.why_nothing in first_lines(found)


def test_the_page_begins_with_the_first_screen_and_the_rest_follows() -> None:
    rows = first_lines(held(HALF))
    headings = [row for row in rows if row.startswith("#")]

    assert headings == [
        "# Behavioral round with Ana",
        "## At a glance",
        "## To try next",
        "## What went well",
    ]
    assert rows[rows.index("## To try next") + 1].startswith("- How it ended was not heard.")
    assert (
        rows[rows.index("## To try next") + 2]
        == "  “When they forgot the last line, I moved it to …” [00:31]"
    )


def test_what_went_well_takes_the_place_of_what_there_is_not_to_do() -> None:
    rows = first_lines(held(WHOLE))

    assert rows[rows.index("## To try next") + 1] == "Nothing that was measured stands out."
    assert rows[rows.index("## What went well") + 1] == "- How it ended is told, with a figure."
    assert to_json(held(WHOLE))["went_well"][0]["text"] == "How it ended is told, with a figure."


class Folds(HTMLParser):
    """Gathers what a page shows without unfolding anything, and what unfolds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shown, self.folded, self.summaries = "", "", 0
        self._depth, self._summary = 0, False
        self.feed(text.partition("</style>")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "details":
            assert not attrs or ("open", None) not in attrs
            self._depth += 1
        if tag == "summary":
            self._summary = True
            self.summaries += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "details"
        self._summary = self._summary and tag != "summary"

    def handle_data(self, data: str) -> None:
        if self._depth and not self._summary:
            self.folded += data
        else:
            self.shown += data


def test_the_html_page_shows_the_first_screen_and_folds_what_was_said() -> None:
    seen = Folds(page(held(HALF, WHOLE)))

    for text in ("What it was made of", "told in 1 of 2", "To try next", "How it ended was not heard."):
        assert text in seen.shown
    assert seen.summaries == 3
    assert "It was up to me" in seen.folded
    assert "It was up to me to bring it under twenty before the audit" not in seen.shown


def test_the_html_page_forbids_itself_all_but_its_own_style() -> None:
    text = page(held(WHOLE))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert style
    assert policy

    assert policy[1].startswith("default-src 'none'; ")
    assert f"'sha256-{b64encode(sha256(style[1].encode()).digest()).decode()}'" in policy[1]
    assert "unsafe" not in policy[1]
    assert " style=" not in text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1:00 min"), (605, "10:05 min")]
)
def test_a_length_is_said_as_people_say_it(seconds: float, text: str) -> None:
    assert span(seconds) == text


GREETING = (
    "Hi, thanks for joining. I'm Dana, and I might interrupt you here and there so that we get to everything."
)
LAST = "When did you last have to choose between speed and rigor?"


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("", "Your answer"),
        (f" {LAST}\n", LAST),
        (f"{GREETING} {LAST}", LAST),
        (f"{GREETING} {LAST} And why?", f"{LAST} And why?"),
        ("Tell me about it. And why?", "Tell me about it. And why?"),
        ("what " * 40, ("what " * 40).strip()),
    ],
)
def test_a_greeting_is_left_out_of_a_heading(question: str, shown: str) -> None:
    assert asked(question) == shown


def test_a_bar_is_as_wide_as_its_parts_and_leaves_the_rest_of_the_whole_empty() -> None:
    widths = [
        float(one) for one in re.findall(r'width="([\d.]+)"', bar([("task", 3.0), ("action", 1.0)], 8.0))
    ]

    assert widths == [375.0, 125.0]
    assert bar([]).count("<rect") == 0
