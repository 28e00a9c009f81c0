"""A chat model's opinion: only what has its words in the answer is kept, whatever the server says."""

import json
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.servers import REPLIES, JudgeServer, RecordingServer
from vivavoce.personas.chat.client import ChatError
from vivavoce.personas.chat.second_opinion import MOST_FINDINGS, located, opinion

KEY = "sk-never-shown"
ANSWER = "Last spring I wrote the loader again. In the end it took two hours, and two teams use it."


@pytest.fixture(scope="module")
def server() -> Iterator[RecordingServer]:
    with RecordingServer(JudgeServer) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def given_by(server: RecordingServer, reply: object, name: str = "model") -> list[tuple[str, str, str]]:
    REPLIES[name] = reply
    found = opinion(server.url, name, KEY, "Tell me about a launch.", ANSWER)
    return [(one.kind, one.message, ANSWER[one.start : one.end]) for one in found]


def row(quote: object, message: object = "A figure stands at the end.", kind: object = "strength") -> object:
    return {"kind": kind, "message": message, "quote": quote}


def told(*rows: object) -> str:
    return "Here you are:\n```json\n" + json.dumps({"findings": rows}) + "\n```"


def test_what_is_in_the_answer_is_kept_with_its_place(server: RecordingServer) -> None:
    assert given_by(server, told(row("in the end  it took TWO hours"))) == [
        ("strength", "A figure stands at the end.", "In the end it took two hours")
    ]


@pytest.mark.parametrize(
    "dropped",
    [
        row("In the end it took three hours"),
        row("it took"),
        row(""),
        row(None),
        row(["In", "the", "end"]),
        row("In the end it took", kind="verdict"),
        row("In the end it took", kind=None),
        row("In the end it took", message=""),
        row("In the end it took", message="w" * 1000),
        row("In the end it took", message="I would not hire this person."),
        row("In the end it took", message="Your accent is strong."),
        "text",
        None,
        [],
    ],
)
def test_what_is_not_there_or_not_asked_for_is_dropped(server: RecordingServer, dropped: object) -> None:
    assert given_by(server, told(dropped, row("two teams use it"))) == [
        ("strength", "A figure stands at the end.", "two teams use it")
    ]


@pytest.mark.parametrize(
    "reply", ["", "no JSON", "{", '{"findings": 3}', '{"findings": {}}', "[" * 5000, '{"a": 1}']
)
def test_a_reply_without_findings_is_no_opinion(server: RecordingServer, reply: str) -> None:
    assert given_by(server, reply) == []


def test_there_are_not_too_many(server: RecordingServer) -> None:
    assert len(given_by(server, told(*[row("two teams use it")] * 50))) == MOST_FINDINGS


@pytest.mark.parametrize(("name", "reply"), [("status", 500), ("moved", 302), ("endless", ""), ("odd", None)])
def test_a_server_that_fails_is_one_line_without_the_key(
    server: RecordingServer, name: str, reply: object
) -> None:
    if name == "odd":
        assert given_by(server, reply, name) == []
        return
    with pytest.raises(ChatError) as error:
        given_by(server, reply, name)
    assert "there is no second opinion" in str(error.value)
    assert KEY not in str(error.value)
    assert "\n" not in str(error.value)


def test_the_answer_is_sent_as_data(server: RecordingServer) -> None:
    given_by(server, told())

    assert json.loads(server.requests[-1]["asked"]) == {
        "question": "Tell me about a launch.",
        "answer": ANSWER,
    }


@given(st.text("aAb, \n", max_size=40), st.text("aAb, \n", max_size=200))
def test_a_place_shows_the_quote(quote: str, answer: str) -> None:
    place = located(quote, answer)
    if place is not None:
        assert answer[slice(*place)].lower().split() == quote.lower().split()
