"""Whatever was said stands in a Markdown file as text: a viewer shows the words, and nothing happens."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.transcripts.conftest import line as asked
from tests.transcripts.conftest import speech
from vivavoce.transcripts.events import Event, Seconds
from vivavoce.transcripts.imports.markdown_files import markdown as read
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.markdown import literal, paragraph
from vivavoce.transcripts.report.report import markdown, report, transcript
from vivavoce.transcripts.report.score_lines import marks, opinions
from vivavoce.transcripts.scoring.assessment import Assessment, Finding
from vivavoce.transcripts.scoring.rubric import GAP, OBSERVATION, STRENGTH

S = Seconds
ORDINARY = [
    "So, we had about 40% fewer errors: 3 of 5 (roughly) — that's it!",
    "It cost $5 + $3; I said “no” & left at 5 * 3 o'clock.",
    "The snake_case name in http://example.org/a_b?x=1 was #1 on the list.",
    "At [00:12] I said: well... a/b test | p > 0.05, ~30 ms, C++ and C:\\Users.",
]
ACTIVE = [
    "<img src=http://tracker/x.png>",
    "[click](javascript:alert(1))",
    "![x](http://tracker/x.png)",
    "[00:12](http://evil)",
    "[a]: http://evil",
    "[00:12]: http://evil",
    "<http://evil> and <a@evil.org>",
    "`code` and ``more``",
    "**bold** and *it* and __init__ and _it_",
    "~~gone~~",
    "&lt;b&gt; and &#60;",
    "\\<b> and \\",
    "# heading",
    "- item",
    "+ item",
    "* item",
    "12. item",
    "3) item",
    "> quoted",
    "---",
    "```js",
    "~~~js",
    "<!-- hidden -->",
    "<script>",
]
VIEWER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def seen(page: str) -> list[str]:
    """Return the lines of text that a viewer shows of `page`, which must hold no other kind of thing."""
    shown = VIEWER.render(page)
    assert not re.search(r"<(?!/?(?:h[123]|p|ul|li|blockquote|strong|em)>)", shown), shown
    return html.unescape(re.sub(r"<[^>]*>", "\n", shown)).split("\n")


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_talk_stays_as_it_is(text: str) -> None:
    assert paragraph(text) == text


@pytest.mark.parametrize("text", [*ORDINARY, *ACTIVE])
def test_a_viewer_shows_what_was_said_and_obeys_nothing(text: str) -> None:
    for page in (f"> {paragraph(text)}\n", f"- {paragraph(text)}\n"):
        assert text in seen(page)
    for page in (f"# 1. {literal(text)}\n", f"**Candidate** {literal(text)}\n"):
        assert any(one.endswith(text) for one in seen(page))


@given(st.text(st.sampled_from("<>[]()!`*_~&#;:\\-+=|1.2 ab/\"'"), max_size=12))
def test_no_mixture_of_marks_becomes_more_than_text(text: str) -> None:
    flat = " ".join(text.split())

    assert flat == "" or flat in seen(f"> {paragraph(text)}\n")
    assert f"so {flat}".strip() in seen(f"so {literal(text)}\n")


def hostile(text: str) -> list[Event]:
    return [*asked(1.0, f"Why {text} so?", "ask", 2.0), *speech(4.0, f"{text} and then we won a lot", 0.9)]


@pytest.mark.parametrize("text", ACTIVE)
def test_a_report_and_a_transcript_hold_it_as_text_and_can_be_read_again(text: str) -> None:
    events = hostile(text)
    made = report(events, Meta(title=text, persona=text, models={"recogniser": text}), [text])

    for page in (markdown(made), transcript(events)):
        assert text in "\n".join(seen(page))
    answer = f"{text} and then we won a lot"
    assert answer in [piece.text for piece in read(markdown(made))]


def test_the_marks_that_are_escaped_are_read_back_in_a_transcript() -> None:
    events = hostile("I used *args, _x and [this] <b> & \\ `that`")

    assert [piece.text for piece in read(transcript(events))][1:] == [
        "I used *args, _x and [this] <b> & \\ `that` and then we won a lot"
    ]


@pytest.mark.parametrize("text", ACTIVE)
@pytest.mark.parametrize("kind", [GAP, STRENGTH, OBSERVATION])
def test_what_a_check_or_a_model_says_of_an_answer_is_text_too(text: str, kind: str) -> None:
    one = Finding(code="own", kind=kind, message=f"Say {text}", start=0, end=len(text), at=None)
    found = Assessment(
        text=text, segments=(), present={}, quantified=False, scores={"overall": 3}, findings=(one,)
    )

    for lines in (marks(found), opinions(found, [one])):
        page = "".join(f"- {line}\n" for line in lines)
        assert f"Say {text} “{text}”" in "".join(seen(page))
