import json
import re
import threading
import wave
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.contract.servers import REPLIES, JudgeServer, RecordingServer
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.engine import embeddings

TOLD = (
    "In my last job at a bank, the monthly report took three days and was often late. "
    "I was asked to bring that down to one day. "
    "I interviewed the four people who filled it in, and I wrote a script that collected the figures. "
    "As a result, the report took four hours, and my manager rolled it out to two other teams."
)

ONE = cache(embeddings.MiniLM)


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "MiniLM", ONE)


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_score_prints_a_report_for_each_answer_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        json.dumps({"id": f"a{n}", "question": "", "answer": text}) for n, text in enumerate([TOLD, "fine."])
    ]
    assert main(["score", str(written(tmp_path / "a.jsonl", "\n".join(lines) + "\n\n")), "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["judged"], first["schema"]) == ("a0", True, 1)
    assert (second["id"], second["judged"], second["scores"]) == ("a1", False, None)
    assert main(["score", str(tmp_path / "a.jsonl")]) == 0
    assert "Not judged: only one word." in capsys.readouterr().out


@pytest.mark.parametrize("command", ["score", "calibrate"])
@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"id": 1}',
        '{"id": "a", "answer": 5}',
        b"\xff\xfe\x00",
        '{"id": [], "answer": "a"}',
        b"\x00" * 99,
    ],
)
def test_a_file_that_holds_no_answers_is_refused_in_one_line(
    command: str, content: str | bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps({"id": "g", "answer": TOLD}).encode() + b"\n" if command == "score" and content else b""
    raw = content if isinstance(content, bytes) else content.encode()
    assert main([command, str(written(tmp_path / "a.jsonl", good + raw)), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize(
    "text", ["Ana: Why?\nSam: Because.\n", '[\n  {"speaker": "Ana", "text": "Why?"}\n]\n']
)
def test_who_gives_a_transcript_to_be_scored_is_told_what_reads_one(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(written(tmp_path / "a.txt", text))]) == 2
    assert "line 1: no JSON" in (told := capsys.readouterr().err)
    assert "a transcript is for `vivavoce analyze`" in told


@pytest.mark.parametrize("command", ["score", "calibrate", "analyze"])
def test_what_is_not_there_is_refused(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(tmp_path / "none.txt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_calibrate_counts_labels_and_names_every_miss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = [one + "." for one in TOLD.rstrip(".").split(". ")]
    labels = ["situation", "task", "action", "lesson"]  # the last one is a result
    row = {"id": "x", "question": "", "sentences": list(zip(labels, parts, strict=True)), "grade": 1}
    path = written(tmp_path / "l.jsonl", json.dumps(row))
    assert main(["calibrate", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["labels"]["action"]["f1"] == 1
    assert found["labels"]["lesson"]["recall"] == 0
    assert found["scores"] == {"graded": 1, "within_1": 0, "exact": 0}
    assert [miss["wanted"] for miss in found["misses"]] == ["lesson", "grade 1"]
    assert main(["calibrate", str(path)]) == 0
    assert "2 misses" in capsys.readouterr().out


SUBTITLES = f"""WEBVTT

00:00:01.000 --> 00:00:04.000
Interviewer: Tell me about a time you improved a process.

00:00:06.000 --> 00:00:46.000
Candidate: {TOLD}
"""


def test_who_was_taken_is_said_and_what_only_asks_on_belongs_to_the_story_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = TOLD[: TOLD.index("I interviewed")], TOLD[TOLD.index("I interviewed") :]
    text = f"Ana: Tell me about a slow report.\nSam: {first}\nAna: And what did you do?\nSam: {last}\n"
    text += "Ana: Where do you see yourself in five years?\nSam: With more people around me, and a garden.\n"

    assert main(["analyze", str(written(tmp_path / "a.txt", text)), "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["notes"][0].startswith("Taken as the candidate: Sam (asks less and says more); others: Ana.")
    assert [thread["follow_ups"] for thread in found["answers"]] == [["And what did you do?"], []]
    assert found["answers"][0]["answer"] == TOLD


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"a word " * 8_000_000, "larger than 4 MB"),
        ("a.vtt", b"", "empty"),
        ("a.srt", bytes(range(256)) * 40, "not plain text"),
        ("a.docx", bytes(range(256)) * 40, "no Word document"),
        ("a.json", b"\x00\xff" * 99, "not plain text"),
        ("a.txt", "".join(f"Guest {n}: I was late. Why?\n" for n in range(200)).encode(), "200 speakers"),
    ],
)
def test_a_transcript_that_cannot_be_judged_is_refused_in_one_line(
    name: str, content: bytes, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", str(written(tmp_path / name, content))]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert reason in printed.err
    assert len(printed.err.splitlines()) == 1


def test_times_that_run_backwards_are_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["Why was it slow?", TOLD, "And then?", "It was fast."]
    text = "".join(f"[00:{50 - 9 * n}] {'AS'[n % 2]}na: {line}\n" for n, line in enumerate(lines))

    assert main(["analyze", str(written(tmp_path / "a.txt", text)), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert sum("times" in note for note in found["notes"]) == 1
    assert any("its times run backwards" in note for note in found["notes"])
    assert [answer["start"] for answer in found["answers"]] == [None]


def test_a_file_with_times_for_some_turns_has_one_note_on_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"Ana: Why was it slow?\nSam: {TOLD}\n0:50\n"
    text += "Ana: Why do you want to work for a harbour?\nSam: For the ships, and for the people.\n"

    assert main(["analyze", str(written(tmp_path / "a.txt", text)), "--json"]) == 0

    assert sum("times" in note for note in json.loads(capsys.readouterr().out)["notes"]) == 1


def test_a_folder_of_transcripts_is_refused_with_what_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path / "a.srt", "1")

    assert main(["analyze", str(tmp_path)]) == 2
    assert "folder of transcripts; name one, or add --to FOLDER" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_typed_answers_are_sent_to_what_scores_them(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / name, '{"id": "a", "question": "Why?", "answer": "It was late."}')

    assert main(["analyze", str(path)]) == 2
    assert "`vivavoce score`" in capsys.readouterr().err


def test_where_nobody_is_named_it_is_said_how_the_candidate_is_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "a.txt", f"Tell me about a slow report.\n\n{TOLD}\n")
    assert main(["analyze", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"][0].endswith('--candidate "who asks" changes it')

    assert main(["analyze", str(path), "--json", "--candidate", "who asks"]) == 0
    assert "who asks (--candidate says so)" in json.loads(capsys.readouterr().out)["notes"][0]


def test_a_transcript_made_elsewhere_is_judged_with_its_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "zoom.vtt", SUBTITLES)
    assert main(["analyze", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (answer,) = found["answers"]
    assert answer["question"] == "Tell me about a time you improved a process."
    assert answer["judged"]
    assert answer["star"]["segments"][0]["at"] == pytest.approx(6.0)
    assert found["pacing"]["speech_rate_wpm"] == pytest.approx(60 * len(TOLD.split()) / 40, rel=0.03)
    assert len(found["pacing"]["timeline"]) == 10
    assert "captions" in found["notes"][1]


def test_text_without_times_has_no_pace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(written(tmp_path / "notes.txt", TOLD)), "--json", "--question", "Why?"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["answers"][0]["question"] == "Why?"
    assert found["pacing"]["speech_rate_wpm"] is None
    assert found["recognition"]["why_not_judged"] is None


def test_what_the_candidate_asks_back_is_nothing_to_try_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"Ana: Tell me about a slow report.\nSam: {TOLD}\nAna: Have you got anything you want to ask us?\n"
    text += "Sam: Who would I report to, and how long does the close take you at the moment?\n"
    text += "Ana: To Petra, and it takes eight days.\nSam: Thank you. When will I hear from you, and how?\n"

    assert main(["analyze", str(written(tmp_path / "a.txt", text)), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["why_not"] for one in found["answers"]] == [None, "no story was asked for"]
    assert main(["analyze", str(tmp_path / "a.txt")]) == 0
    assert "Who would I report" not in capsys.readouterr().out.split("## 1.")[0]


def test_another_language_is_not_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    german = (
        "Ich war in einem Team und wir haben das Projekt nicht rechtzeitig fertig bekommen, aber es war gut."
    )
    assert main(["analyze", str(written(tmp_path / "de.txt", german)), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["answers"][0]["scores"] is None
    assert "English" in found["answers"][0]["why_not"]


class Page(HTMLParser):
    """Gathers what a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "href") or name.startswith("on")]


def test_the_page_loads_and_runs_nothing_whatever_was_said(tmp_path: Path) -> None:
    hostile = SUBTITLES.replace("a bank", 'a <script>alert(1)</script> "bank" <img src=x onerror=alert(1)>')
    target = tmp_path / "r.html"
    assert main(["analyze", str(written(tmp_path / "h.vtt", hostile)), "--html", str(target)]) == 0
    text = target.read_text("utf-8")
    page = Page()
    page.feed(text)
    assert not page.loads
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert page.tags.count("svg") == 3  # the parts at a glance and of the answer, and the timeline
    assert not re.search(r"https?://|url\(|@import", text)


def test_an_answer_that_is_no_story_has_no_parts_on_the_page(tmp_path: Path) -> None:
    said = "The goal is a good feed, measured by dwell time, with hides as a guardrail against clickbait."
    text = f"Sam: How would you improve the feed?\nAna: {said} The labels are clicks.\n"
    timed = "".join(
        f"{n}\n00:00:{n}0,000 --> 00:00:{n}9,000\n{line}\n\n" for n, line in enumerate(text.splitlines(), 1)
    )
    target = tmp_path / "r.html"
    assert main(["analyze", str(written(tmp_path / "t.srt", timed)), "--html", str(target)]) == 0
    page = target.read_text("utf-8")
    assert "You name what must not get worse." in page
    assert "<mark" not in page
    assert "var(--action)" not in page.split("<svg")[1].split("</svg>")[0]


def test_a_page_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "a.txt", TOLD)
    assert main(["analyze", str(path), "--html", str(tmp_path / "none" / "r.html")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_sound_that_goes_on_for_hours_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vivavoce.simulator.review.analyze.LONGEST", 1.0)
    with wave.open(str(tmp_path / "long.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8000 * 30))
    assert main(["analyze", str(tmp_path / "long.wav")]) == 2
    assert "cut it" in capsys.readouterr().err


@pytest.fixture
def chat() -> Iterator[RecordingServer]:
    with RecordingServer(JudgeServer) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def judged(path: Path, url: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    flags = ["--json", "--judge", "--llm-base-url", url, "--llm-model", "m"]
    assert main(["analyze", str(path), *flags]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_second_opinion_stands_beside_the_scores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], chat: RecordingServer
) -> None:
    path = written(tmp_path / "a.srt", f"1\n00:00:01,000 --> 00:00:31,000\nAna: {TOLD}\n")
    gap = {"kind": "gap", "message": "Say why it took so long.", "quote": "the monthly report took"}
    REPLIES["m"] = json.dumps({"findings": [gap, gap | {"quote": "words nobody said here"}]})

    (answer,) = judged(path, chat.url, capsys)["answers"]
    (one,) = answer["second_opinion"]
    assert (one["quote"], one["costs"]) == ("the monthly report took", {})
    assert 1 < one["at"] < 10
    assert answer["answer"][one["start"] : one["end"]] == one["quote"]
    assert main(["analyze", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"][0]["scores"] == answer["scores"]


def test_a_chat_server_that_fails_leaves_the_report_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], chat: RecordingServer
) -> None:
    path = written(tmp_path / "a.txt", TOLD)
    REPLIES["m"] = 500

    found = judged(path, chat.url, capsys)
    assert found["answers"][0]["scores"]
    assert [note for note in found["notes"] if "no second opinion" in note]


def test_without_a_chat_server_a_second_opinion_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", str(written(tmp_path / "a.txt", TOLD)), "--judge"]) == 2
    assert "llm_base_url" in capsys.readouterr().err
