"""What a transcript from elsewhere may do to us: one clear line, no more, and soon."""

import json
import math
import os
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import seconds, within
from vivavoce.transcripts.errors import ForeignError, TranscriptError
from vivavoce.transcripts.imports.formats import FORMATS, MOST_BYTES, MOST_TEXT, Spoken, paired, read
from vivavoce.transcripts.imports.imported_answers import answers
from vivavoce.transcripts.imports.pieces import LONGEST

READ_AS_TEXT = [suffix for suffix in FORMATS if suffix != ".docx"]
NAMES = [f"a{suffix}" for suffix in READ_AS_TEXT]
MEGABYTE = 1_000_000


def refused(path: Path) -> str:
    with pytest.raises(ForeignError) as caught:
        read(path)
    reason = str(caught.value)
    assert len(reason.splitlines()) == 1
    return reason


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty; export the transcript again"),
        (b" \r\n\t", "empty"),
        (b"\x00\x01\x02" * 100, "not plain text; export"),
        (b"ID3\x03\x00\x00\x00 and words", "not plain text"),
        (b"\x01\x02\x1b\x7f word" * 100, "not plain text"),
        (b"%PDF-1.7 words", "not plain text"),
        (b"PK\x03\x04 words", "not plain text"),
        (b"{\\rtf1 words}", "not plain text"),
        (b"\x81\x8d\x90 are no letters of any kind", "in UTF-8"),
        (b"caf\xe9\x07", "in UTF-8"),
        ("Words.".encode("utf-16-le"), "not plain text"),
        ("Words.".encode("utf-32"), "not plain text"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(
    content: bytes, reason: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)

    assert reason in refused(tmp_path / name)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_too_large_is_refused_without_reading_it_all(name: str, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(200_000_000)

    assert within(0.5, lambda: refused(tmp_path / name))
    most = MOST_BYTES if name.endswith(".json") else MOST_TEXT
    assert f"larger than {most // MEGABYTE} MB" in refused(tmp_path / name)


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.srt.bak", ".srt"])
def test_another_kind_of_file_is_refused_with_the_kinds_there_are(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("Words.")

    assert "whose name ends in .srt .vtt .sbv .txt .md .csv .tsv .html .htm .json .docx" in refused(
        tmp_path / name
    )


@pytest.mark.parametrize(
    "name", ["no/such.txt", "a\0.txt", "\ud800.txt", "x" * 5000 + ".txt", "line\nbreak.txt"]
)
def test_what_cannot_be_opened_is_refused(name: str, tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path / name)


def test_a_folder_or_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")

    assert "not a file" in refused(tmp_path / "folder.txt")
    assert "not a file" in refused(tmp_path / "pipe.txt")


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text("Words.")

    assert read(tmp_path / "A.TXT") == [Spoken("", "Words.")]


@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
@pytest.mark.parametrize(
    "text",
    [
        "Only words here.",
        "WEBVTT",
        "1\n2\n3",
        "00:00:01,000 --> 00:00:02,000",
        "1\n0:01 --> 0:02\n[Music]\n\n\n2\n",
    ],
)
def test_subtitles_without_a_cue_that_can_be_read_say_so(text: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)

    assert "no subtitle in it can be read; export it again" in refused(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "... --- !!!"),
        ("a.md", "# A title alone"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n...\n"),
        ("a.json", '[{"text": "?!"}]'),
    ],
)
def test_a_file_without_words_says_so(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)

    assert "there are no words in it" in refused(tmp_path / name)


@pytest.mark.parametrize(
    "text", ["{", "[1,", "words", "9" * 5000, "[" * 100_000, '{"a":' * 100_000, "{'text': 1}"]
)
def test_damaged_json_says_so(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text)

    assert "its JSON is damaged" in refused(tmp_path / "a.json")


@pytest.mark.parametrize(
    "whole",
    [
        *(None, 1, "words", [], {}, ["words"], [[{"text": "deep"}]], {"text": 5}, {"text": ""}),
        *(
            {"segments": {"text": "a"}},
            {"segments": [None, 3, {"start": 1}]},
            {"utterances": [{"text": ["a", 5]}]},
        ),
        *({"words": 5}, {"words": [{"word": None}, 3, {"start": 0}]}, {"schema": 1, "event": "CutIn"}),
    ],
)
def test_json_of_another_shape_says_which_is_read(whole: object, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(whole))

    assert "is no transcript; it must be what" in refused(tmp_path / "a.json")


def test_half_letters_and_controls_leave_the_text_printable(tmp_path: Path) -> None:
    rows = [{"speaker": "\ud800\x1b[2J\n", "text": "I \udfff led\x07 \u202eit\x00."}]
    (tmp_path / "a.json").write_text(json.dumps(rows))

    assert read(tmp_path / "a.json") == [Spoken("[2J", "I led it .")]


def check(spoken: list[Spoken]) -> None:
    """Check what must be true of whatever was read."""
    for piece in spoken:
        for text in (piece.speaker, piece.text, *(word.text for word in piece.words)):
            text.encode()
            assert text == " ".join(text.split())
            assert "\0" not in text
            assert "\x1b" not in text
        times = [at for at in (piece.start, piece.end) if at is not None]
        assert all(math.isfinite(at) and 0 <= at <= LONGEST for at in times)
        assert times == sorted(times)
        assert all(0 <= word.start <= word.end <= LONGEST for word in piece.words)
        assert all(0 <= word.probability <= 1 for word in piece.words)
    answers = [piece.text for _, said in paired(spoken).pairs for piece in said]
    assert len(answers) <= len(spoken)


def try_to_read(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with suppress(TranscriptError):
        check(read(path))


PIECES = (
    r"""
    00:00:01,000 --> 00:00:02,000|00:01.5 --> 99999:99:99|-00:01 --> 0:02|-->|00:00|0:12|[00:01:02]|(0:05)|1
    WEBVTT|NOTE x|STYLE|<v Ana>|<v|</v>|<00:00:01.500>|<c>|<|>|&amp;|&#0;|&#xd800;|&#99999999;|{\an8}|Ana:
    Sam Lima:|Candidate:|Q:|A:|me:|**|*(unfinished)*|# |## 1. Why?|## To try next|> |- |[|]|(|)|{|}|,|:|"a"
    "text":|"segments":[{|"word":|"start":|1e999|NaN|-1|null|\ud800|words of mine|one|Why?|Mm-hm.
""".strip()
    .replace("\n    ", "|")
    .split("|")
)
TEXTS = st.lists(
    st.sampled_from([*PIECES, "\n", "\n", "\n\n", " ", "\t", "\r\n", "\u200b", "\u2028", "é"])
).map("".join)


@given(text=TEXTS, name=st.sampled_from(NAMES))
def test_any_arrangement_of_marks_is_read_or_refused(
    text: str, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    try_to_read(tmp_path_factory.mktemp("marks") / name, text.encode())


@given(
    content=st.binary(),
    name=st.sampled_from(NAMES),
    start=st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
def test_any_bytes_are_read_or_refused(
    content: bytes, start: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    try_to_read(tmp_path_factory.mktemp("bytes") / name, start + content)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["0:01", "Candidate"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from("text word words segments utterances speaker start end score filler".split()),
            inner,
        )
    ),
)


@given(value=VALUES)
def test_any_json_is_read_or_refused(value: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    try_to_read(tmp_path_factory.mktemp("json") / "a.json", json.dumps(value).encode())


SOUND = {
    ".srt": "1\n00:00:01,000 --> 00:00:02,500\nAna: Why?\n\n"
    "2\n00:00:03,000 --> 00:00:04,000\nSam: <i>So</i> I led.\n",
    ".vtt": "WEBVTT\n\nNOTE a\n\n00:01.000 --> 00:02.000\n<v Ana>Why?</v>\n\n00:02.000 --> 00:04.000\n"
    "So<00:03.000><c> I</c>\n",
    ".sbv": "0:00:01.000,0:00:02.500\nAna: Why?\n\n0:00:03.000,0:00:04.000\nSam: So I led.\n",
    ".txt": "Ana Lima  0:12\nWhy?\n\n[00:00:14] Sam: Because &amp; so.\nQ: And?\nA: No.\n",
    ".csv": 'Start,End,Speaker,Text\n0:01,0:02,Ana,Why?\n0:03,0:04,Sam,"So, I ""led""."\n',
    ".tsv": "start\tend\ttext\n1000\t2000\tWhy?\n3000\t4000\tSo I led.\n",
    ".md": "# Transcript\n\n**Interviewer** [00:01] Why?\n\n**Candidate** [00:04] so *(unfinished)*\n",
    ".html": "<html><head><style>p{}</style></head>"
    "<p><b>Ana</b> [0:12]<br>Why?</p><p><b>Sam:</b> So &amp; so.</p>",
    ".htm": "<table><tr><td>Ana:</td><td>Why?</td></tr>\n<tr><td>Sam:<td>So<!-- x --> I led.</tr></table>",
    ".json": json.dumps(
        {
            "text": "So I.",
            "words": [{"text": "So", "start": 1, "end": 2}],
            "segments": [
                {"start": 0.5, "end": 2.5, "text": "So", "words": [{"word": "So", "start": 1, "score": 0.5}]},
                {"start": 3, "end": 4, "text": "I."},
            ],
        }
    ),
}


@pytest.mark.parametrize("suffix", READ_AS_TEXT)
def test_a_file_that_was_damaged_anywhere_is_read_or_refused(suffix: str, tmp_path: Path) -> None:
    chance = Random(7)
    sound = SOUND[suffix].encode()
    for _ in range(300):
        damaged = bytearray(sound)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(damaged))
            match chance.randrange(4):
                case 0:
                    damaged[at] = chance.randrange(256)
                case 1:
                    del damaged[at : at + chance.randint(1, 12)]
                case 2:
                    damaged[at:at] = damaged[at : at + 40]
                case _:
                    damaged[at:at] = chance.choice(PIECES).encode()
            damaged = damaged or bytearray(b"x")
        try_to_read(tmp_path / f"a{suffix}", bytes(damaged))


def tried(path: Path) -> None:
    with suppress(TranscriptError):
        paired(read(path))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "00:00",
        "<v ",
        "&",
        "[",
        "A ",
        "**",
        "{\\",
        " ",
        ":",
        "\n",
        "- ",
        '"',
        "[{",
        "00:00 --> ",
        "A: ",
        "é",
    ],
)
@pytest.mark.parametrize("start", ["", "A: ", "0:00 --> 0:01\n"])
def test_a_long_line_takes_no_longer_than_its_length(
    start: str, piece: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(start + piece * (50_000 // len(piece)))

    assert within(0.15, lambda: tried(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        *((name, "0:00 --> 0:01\na\n") for name in ("a.srt", "a.vtt", "a.txt")),
        *((name, "Ana: b\nSam: c\n") for name in ("a.txt", "a.md")),
        *((name, "[0:00] b\n") for name in ("a.txt", "a.md")),
    ],
)
def test_twice_the_lines_take_about_twice_the_time(name: str, piece: str, tmp_path: Path) -> None:
    took = []
    for times in (1_000, 4_000):
        (tmp_path / name).write_text(piece * times)
        took.append(min(seconds(lambda: paired(read(tmp_path / name))) for _ in range(4)))

    assert took[1] < 7 * took[0]


def test_hours_of_short_questions_are_one_thread_soon(tmp_path: Path) -> None:
    turn = "Nadia: Why was that?\nTomek: Because train {} was late, and so was I.\n"
    (tmp_path / "a.txt").write_text("".join(turn.format(hex(n)) for n in range(20_000)))
    talk = paired(read(tmp_path / "a.txt"))

    assert within(4.0, lambda: answers(talk.pairs))


@pytest.mark.parametrize(
    ("name", "turns"),
    [
        ("a.txt", "Nadia: Why was that?\nTomek: Because the train was late and nobody told me.\n"),
        ("a.txt", "0:05\nNadia Roos\nWhy was that?\n\n0:12\nTomek\nBecause the train was late.\n\n"),
        ("a.md", "### Nadia\nWhy was that?\n### Tomek\nBecause the train was late.\n"),
        (
            "a.srt",
            "1\n0:01 --> 0:04\nNadia: Why was that?\n\n2\n0:05 --> 0:09\nTomek: The train was late.\n\n",
        ),
    ],
)
def test_hours_of_talk_are_read_in_seconds(name: str, turns: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(turns * (MOST_TEXT // 8 // len(turns)))

    assert within(3.0, lambda: tried(tmp_path / name))
