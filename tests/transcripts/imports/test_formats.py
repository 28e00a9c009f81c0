import json
from pathlib import Path

import pytest

from vivavoce.transcripts.events import Event, Word
from vivavoce.transcripts.imports.formats import Spoken, read
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.report.report import markdown, report, transcript

ROLLING = """WEBVTT
Kind: captions

00:00:00.080 --> 00:00:02.389 align:start position:0%
 
so<00:00:00.320><c> I</c><00:00:00.480><c> led</c><00:00:00.719><c> it</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
so I led it
 

00:00:02.399 --> 00:00:05.550 align:start position:0%
so I led it
and<00:00:02.639><c> we</c><00:00:04.800><c> shipped</c>
"""  # noqa: W293 - as they are written


def written(folder: Path, name: str, content: str | bytes) -> list[Spoken]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path)


def outline(spoken: list[Spoken]) -> list[tuple[str, str, float | None, float | None]]:
    return [(piece.speaker, piece.text, piece.start, piece.end) for piece in spoken]


def times(words: tuple[Word, ...]) -> list[tuple[str, float, float]]:
    return [(word.text, round(word.start, 3), round(word.end, 3)) for word in words]


SRT = "1\n00:00:01,000 --> 00:00:02,500\nHello there.\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\nlines.\n"
HELLO = [("", "Hello there.", 1.0, 2.5), ("", "Two lines.", 3.0, 4.0)]


@pytest.mark.parametrize(
    "content",
    [
        SRT.encode(),
        SRT.encode("utf-8-sig"),
        SRT.encode("utf-16"),
        b"\xfe\xff" + SRT.encode("utf-16-be"),
        SRT.replace("\n", "\r\n").encode(),
        SRT.replace("\n", "\r").encode(),
        SRT.replace("\n", "\u2028").encode(),
        SRT.replace("\n\n", "\n\n\n\n\n").encode(),
        SRT.replace("\n\n", "\n").encode(),
        SRT.replace(" --> ", " -> ").encode(),
        SRT.replace(" --> ", " ").encode(),
        SRT.replace(",", ".").encode(),
        SRT.replace("00:00:0", "00:0").encode(),
        SRT.replace("Hello", "<i>Hel</i>lo").replace("Two", "{\\an8}Two").encode(),
    ],
)
def test_a_subtitle_file_is_read_however_it_was_written(content: bytes, tmp_path: Path) -> None:
    assert outline(written(tmp_path, "a.srt", content)) == HELLO


def test_the_letters_of_windows_are_understood(tmp_path: Path) -> None:
    [piece] = written(tmp_path, "a.txt", "It\u2019s a caf\xe9.".encode("cp1252"))
    assert piece.text == "It\u2019s a caf\xe9."


def test_a_line_that_stands_twice_in_a_row_is_said_once(tmp_path: Path) -> None:
    text = (
        "Ana: Which night was the longest one for you?\nSam: No.\nSam: It was the one with the broken mast."
    )
    twice = "".join(f"{line}\n\n" * 2 for line in text.split("\n"))

    assert [piece.text for piece in written(tmp_path, "a.txt", twice)] == [
        "Which night was the longest one for you?",
        "No.",
        "No.",
        "It was the one with the broken mast.",
    ]


def test_letters_of_windows_in_a_part_of_a_file_leave_the_rest_as_it_is(tmp_path: Path) -> None:
    content = "Zoë: Why?\n".encode() + "Lou: A café.\n".encode("cp1252") + "Zoë: Où?\n".encode()

    assert [(piece.speaker, piece.text) for piece in written(tmp_path, "a.txt", content)] == [
        ("Zoë", "Why?"),
        ("Lou", "A café."),
        ("Zoë", "Où?"),
    ]


def test_a_file_that_breaks_off_within_a_letter_is_read_up_to_it(tmp_path: Path) -> None:
    [piece] = written(tmp_path, "a.txt", "The caf\xe9 and the caf\xe9".encode()[:-1])
    assert piece.text == "The caf\xe9 and the caf"


def test_a_webvtt_file_is_read_without_its_notes_styles_and_settings(tmp_path: Path) -> None:
    text = (
        "WEBVTT - a meeting\n\nNOTE made by\na machine\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n"
        "3f2a-1/12-0\n00:03.120 --> 00:06.000 align:start position:0%\n"
        "<v.loud Ana Lima>Why &lt;this&gt;?</v>\n\n"
        "3f2a-1/13-0\n00:06.500 --> 00:09.000\n<v Sam>It was\nR&amp;D.</v> <v Ana Lima>I see.</v>\n\n"
        "last one\n00:09.500 --> 00:10.000\n[Music]\n"
    )

    assert outline(written(tmp_path, "a.vtt", text)) == [
        ("Ana Lima", "Why <this>?", 3.12, 6.0),
        ("Sam", "It was R&D.", 6.5, 9.0),
        ("Ana Lima", "I see.", 6.5, 9.0),
    ]


@pytest.mark.parametrize(
    "names", [("Ana Lima", "Sam Example"), ("Interviewer", "me"), ("SPEAKER_00", "SPEAKER_01")]
)
def test_names_before_the_text_of_cues_are_speakers(names: tuple[str, str], tmp_path: Path) -> None:
    one, other = names
    text = (
        f"WEBVTT\n\n1\n00:01.000 --> 00:02.000\n{one}: Why was that?\n\n"
        f"2\n00:03.000 --> 00:04.000\n{other}: One reason: nobody asked.\n\n"
        f"3\n00:04.000 --> 00:05.000\n{other}: I did.\n"
    )

    assert outline(written(tmp_path, "a.vtt", text)) == [
        (one, "Why was that?", 1.0, 2.0),
        (other, "One reason: nobody asked.", 3.0, 4.0),
        (other, "I did.", 4.0, 5.0),
    ]


def test_captions_that_roll_are_said_once_and_keep_their_word_times(tmp_path: Path) -> None:
    one, other = written(tmp_path, "a.vtt", ROLLING)

    assert (one.text, other.text) == ("so I led it", "and we shipped")
    assert times(one.words) == [
        ("so", 0.08, 0.32),
        ("I", 0.32, 0.48),
        ("led", 0.48, 0.719),
        ("it", 0.719, 1.719),
    ]
    assert times(other.words)[1:] == [("we", 2.639, 3.639), ("shipped", 4.8, 5.55)]


def test_captions_that_grow_are_said_once(tmp_path: Path) -> None:
    shown = ["I led", "I led the", "I led the team", "I led the team", "We shipped."]
    text = "".join(f"{n}\n00:0{n},0 --> 00:0{n},9\n{line}\n\n" for n, line in enumerate(shown, start=1))

    assert [piece.text for piece in written(tmp_path, "a.srt", text)] == [
        "I led",
        "the",
        "team",
        "We shipped.",
    ]


def test_a_cue_keeps_what_stands_behind_a_gap_but_not_the_number_of_a_lost_cue(tmp_path: Path) -> None:
    text = "1\n00:01,0 --> 00:02,0\n\nI led it.\n\n2\n00:03,0 --> 00:04,0\nWe were\n\n42"

    assert [piece.text for piece in written(tmp_path, "a.srt", text)] == ["I led it.", "We were"]
    assert [piece.text for piece in written(tmp_path, "a.srt", text + " in all.")][1] == "We were 42 in all."


def test_two_lines_of_which_the_first_was_the_last_are_no_repetition(tmp_path: Path) -> None:
    text = "1\n00:01,0 --> 00:02,0\nA slow old model\nthat I had built\n\n"
    text += "2\n00:02,0 --> 00:03,0\nthat I had built\nalone\n"

    assert [piece.text for piece in written(tmp_path, "a.srt", text)] == [
        "A slow old model that I had built",
        "alone",
    ]


def test_what_somebody_says_twice_is_kept(tmp_path: Path) -> None:
    shown = ["No.", "No.", "It was not my decision.", "It was not my decision.", "Then whose?", "His."]
    text = "".join(f"{n}\n00:0{n},0 --> 00:0{n},9\n{line}\n\n" for n, line in enumerate(shown, start=1))

    assert [piece.text for piece in written(tmp_path, "a.srt", text)] == shown


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("00:00:05,000 --> 00:00:03,000", 5.0, None),
        ("-00:00:05,000 --> 00:00:03,000", None, 3.0),
        ("00:00:05,000 --> 999:00:00,000", 5.0, None),
        ("99999:99:99,999 --> 00:00:03", None, 3.0),
        ("00:00:05.123456789 --> 00:00:06", 5.123456789, 6.0),
        ("0:0:5.0 --> 0:0:6.5", 5.0, 6.5),
        ("--> 00:00:03,000", None, None),
        ("00:0x:05,000 --> 00:00:03,000", None, None),
        ("00:00:05,000 -->", None, None),
    ],
)
def test_a_cue_with_impossible_times_keeps_its_words(
    line: str, start: float | None, end: float | None, tmp_path: Path
) -> None:
    text = f"{SRT}\n3\n{line}\nI led it.\n"

    assert ("", "I led it.", start, end) in outline(written(tmp_path, "a.srt", text))


def test_cues_are_in_the_order_of_their_times_and_do_not_overlap(tmp_path: Path) -> None:
    text = "1\n00:05,0 --> 00:09,0\nthree\n\n2\n00:01,0 --> 00:04,0\none\n\n3\n00:03,0 --> 00:05,0\ntwo\n"

    assert outline(written(tmp_path, "a.srt", text)) == [
        ("", "one", 1, 3),
        ("", "two", 3, 5),
        ("", "three", 5, 9),
    ]


ANA_AND_SAM = [("Ana Lima", "Why was it slow?"), ("Sam Example", "An index. I added it.")]

DIALOGUES = {
    "Otter": "Mock\n\nAna Lima  0:01  \nWhy was it slow?\n\nSam Example  1:00:02\nAn index.\nI added it.\n\n"
    "Transcribed by https://otter.ai",
    "Zoom": "[Ana Lima] 10:15:23\nWhy was it slow?\n\n[Sam Example] 10:15:27\nAn index. I added it.",
    "Teams": "Ana Lima   0:03\nWhy was it slow?\nSam Example   0:07\nAn index.\nI added it.",
    "Meet": "A title\nAttendees\nAna and Sam\n\n00:00:00\n\nAna Lima: Why was it slow?\n"
    "Sam Example: An index. I added it.",
    "Webex": "Ana Lima 10:15 AM\nWhy was it slow?\nSam Example 10:16 AM\nAn index. I added it.",
    "times first": "[00:01:02] Ana Lima: Why was it slow?\n[00:01:05.250] Sam Example: An index. I added it.",
    "bare times first": "00:01:02 Ana Lima: Why was it slow?\n00:01:05 Sam Example: An index. I added it.",
    "times behind": "Ana Lima (00:03): Why was it slow?\nSam Example (00:05): An index. I added it.",
    "ranges": "[00:01 --> 00:02] Ana Lima: Why was it slow?\n"
    "[00:03 - 00:05] Sam Example: An index. I added it.",
    "bars": "Ana Lima | 00:03\nWhy was it slow?\nSam Example | 00:05\nAn index. I added it.",
    "names": "Ana Lima: Why was it slow?\nSam Example: An index. I added it.",
    "bold": "**Ana Lima:** Why was it slow?\n\n**Sam Example:** An *index*. I `added` it.",
    "bullets": "- __Ana Lima__: Why was it slow?\n- __Sam Example__: An index. I added it.",
    "quotes": "> Ana Lima: Why was it slow?\n> Sam Example: An index.\n> I added it.",
}


@pytest.mark.parametrize("kind", DIALOGUES)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_dialogue_is_read_as_it_is_commonly_written(kind: str, name: str, tmp_path: Path) -> None:
    found = written(tmp_path, name, DIALOGUES[kind])

    assert [(piece.speaker, piece.text) for piece in found] == ANA_AND_SAM


def test_the_times_of_dialogue_are_read(tmp_path: Path) -> None:
    starts = {
        kind: [piece.start for piece in written(tmp_path, "a.txt", text)] for kind, text in DIALOGUES.items()
    }

    assert starts["Otter"] == [1, 3602]
    assert starts["Zoom"] == [0, 4]
    assert starts["Meet"] == [0, None]
    assert starts["times first"] == [62, 65.25]
    assert starts["bare times first"] == [62, 65]
    assert starts["times behind"] == [3, 5]
    assert [piece.end for piece in written(tmp_path, "a.txt", DIALOGUES["ranges"])] == [2, 5]


@pytest.mark.parametrize(
    ("first", "last", "starts"),
    [
        ("14:05:02", "14:06:01", [0, 59]),
        ("14:05:02", "16:45:02", [0, 9600]),
        ("02:05:02 PM", "02:06:01 PM", [0, 59]),
        ("10:15 AM", "10:17 a.m.", [0, 120]),
        ("11:59 AM", "12:01 PM", [0, 120]),
        ("11:59:30 PM", "12:00:30 AM", [0, 60]),
        ("12:58:50", "1:00:10", [0, 80]),  # a clock of twelve hours
        ("23:59:30", "00:00:30", [0, 60]),
        ("00:59:58", "01:00:04", [3598, 3604]),
        ("00:40:00", "00:41:00", [2400, 2460]),
        ("01:00:02", "13:00:02", [3602, 46802]),  # one of them is a mistake, and nobody knows which
    ],
)
def test_times_of_day_are_counted_from_the_first(
    first: str, last: str, starts: list[int], tmp_path: Path
) -> None:
    text = f"[Ana Lima] {first}\nWhy was it slow?\n\n[Sam Example] {last}\nAn index. I added it."

    found = written(tmp_path, "a.txt", text)
    assert [(piece.speaker, piece.text) for piece in found] == ANA_AND_SAM
    assert [piece.start for piece in found] == starts


def test_times_of_day_in_a_table_are_counted_from_the_first(tmp_path: Path) -> None:
    text = "Time\tName\tText\n14:05:02\tAna Lima\tWhy was it slow?\n14:06:01\tSam Example\tAn index.\n"

    assert [piece.start for piece in written(tmp_path, "a.tsv", text)] == [0, 59]


def _jumping(starts: list[int], ends: list[int], names: list[str]) -> str:
    told = zip(names, starts, ends, strict=True)
    return json.dumps([{"speaker": who, "text": f"{at}.", "start": at, "end": to} for who, at, to in told])


@pytest.mark.parametrize(
    ("starts", "ends", "names", "kept"),
    [
        ([1, 9, 2, 20, 30], [2, 10, 9, 25, 35], ["Ana", "Sam", "Ana", "Sam", "Ana"], True),
        ([1, 9, 2, 12], [5, 11, 8, 15], ["Ana", "Ana", "Sam", "Sam"], False),  # recorded apart
        ([1, 9, 8, 30], [8, 20, 9, 35], ["Ana", "Sam", "Ana", "Sam"], False),  # somebody still spoke
        ([1, 9, 4, 30], [3, 10, 20, 35], ["Ana", "Ana", "Sam", "Ana"], False),  # in the order of the ends
    ],
)
def test_what_is_out_of_line_stays_where_it_stands_unless_there_is_a_reason(
    starts: list[int], ends: list[int], names: list[str], kept: bool, tmp_path: Path
) -> None:
    found = [piece.start for piece in written(tmp_path, "a.json", _jumping(starts, ends, names))]

    assert found == (starts if kept else sorted(starts))


def test_what_has_ranges_of_day_keeps_how_long_each_took(tmp_path: Path) -> None:
    text = "[14:05:02 - 14:05:09] Ana Lima: Why?\n[14:05:10 - 14:05:40] Sam Example: An index."

    assert [(piece.start, piece.end) for piece in written(tmp_path, "a.txt", text)] == [(0, 7), (8, 38)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Interviewer", "Candidate"),
        ("Q", "A"),
        ("Q1", "A1"),
        ("You", "me"),
        ("speaker 1", "speaker 2"),
        ("AI", "User"),
    ],
)
@pytest.mark.parametrize("form", ["{}: {}\n{}: {}", "{}:\n{}\n\n{}:\n{}", "## {}\n{}\n## {}\n{}"])
def test_labels_that_say_who_speaks_need_not_come_back(
    one: str, other: str, form: str, tmp_path: Path
) -> None:
    text = form.format(one, "Why? Tell me: why?", other, "Because: I was asked.")

    assert [(piece.speaker, piece.text) for piece in written(tmp_path, "a.md", text)] == [
        (one, "Why? Tell me: why?"),
        (other, "Because: I was asked."),
    ]


def test_paragraphs_of_one_speaker_stay_theirs(tmp_path: Path) -> None:
    found = written(tmp_path, "a.txt", "Q: Why?\nA: One\nline.\n\nAnother paragraph.\nQ: And?\nA: No.")

    assert [(piece.speaker, piece.text) for piece in found] == [
        ("Q", "Why?"),
        ("A", "One line."),
        ("A", "Another paragraph."),
        ("Q", "And?"),
        ("A", "No."),
    ]


PROSE = [
    "Situation: I was at a bank.\nTask: fix it.\nAction: I fixed it.\nResult: 40 % faster.",
    "We had one problem: nobody asked.\nThe rule was this: ask.\nSee https://example.org: it is there.",
    "10:30 was when the pager went off.\nAt 10:45 it was over. My 1:1 was at 11:00.",
    "First: we measured. Second: we cut.\nNote: this took a year.",
    "I said to Ana: stop.\nShe said: why?",
    "x < y and a<b and c>d\n<html> is what I wrote",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_has_no_speakers_and_keeps_its_words(text: str, tmp_path: Path) -> None:
    assert outline(written(tmp_path, "a.txt", text)) == [("", " ".join(text.split()), None, None)]


@pytest.mark.parametrize("form", ["## {}\n\n{}\n\n", "{}\n{}\n\n", "[{}] {}\n", "{} - {}\n", "{}\t{}\n"])
def test_headings_that_never_come_back_are_nobodys_even_if_one_asks(form: str, tmp_path: Path) -> None:
    told = [
        ("The Storm", "In October the harbour lost its light."),
        ("My Part", "I was asked to tie down forty boats. Who else could?"),
        ("The Boats", "I tied them two by two, and the old ones first."),
        ("The Morning After", "One mast was broken, and nobody was hurt."),
    ]

    assert {one.speaker for one in written(tmp_path, "a.md", "".join(form.format(*one) for one in told))} == {
        ""
    }


@pytest.mark.parametrize(
    "text",
    [
        "Option   Cost\nMat      90\nSalt     20\nMat      95\nWe took the mat.",
        "## Plan\n\nIt froze.\n\n## What I did\n\nI measured it.\n\n## Plan\n\nAgain.\n",
        "I asked the one\nthing: who owns it? Nobody knew.\nThen the other\nthing: who pays? I did.\nI paid.",
    ],
)
def test_what_comes_back_by_itself_is_no_speaker(text: str, tmp_path: Path) -> None:
    assert {one.speaker for one in written(tmp_path, "a.txt", text)} == {""}


def test_prose_is_read_by_paragraphs(tmp_path: Path) -> None:
    found = written(tmp_path, "a.md", "# Mine\n\nI led\nit.\n\n---\n\nIt [shipped](http://a.b).\n")

    assert [piece.text for piece in found] == ["I led it.", "It shipped."]


def test_the_lines_of_a_recogniser_are_read(tmp_path: Path) -> None:
    text = "[00:00.000 --> 00:05.000]  So I led it\n[00:05.000 --> 00:09.500]  and we shipped.\n"

    assert outline(written(tmp_path, "a.txt", text)) == [
        ("", "So I led it", 0, 5),
        ("", "and we shipped.", 5, 9.5),
    ]


@pytest.mark.parametrize("text", [SRT, "WEBVTT\n\n" + SRT])
def test_subtitles_in_a_text_file_are_subtitles(text: str, tmp_path: Path) -> None:
    assert outline(written(tmp_path, "a.txt", text)) == HELLO


def test_a_transcript_of_ours_is_read(session: list[Event], tmp_path: Path) -> None:
    found = written(tmp_path, "transcript.md", transcript(session))

    assert [piece.speaker for piece in found] == ["Interviewer", "Candidate"] * 3
    assert [piece.start for piece in found] == [1, 4, 13, 22, 29, 32]
    assert found[1].text.endswith("by forty percent")
    assert found[3].text.endswith("and so on and on")
    assert found[5].text == "um it failed"


def test_a_report_of_ours_is_read(session: list[Event], tmp_path: Path) -> None:
    found = written(tmp_path, "report.md", markdown(report(session, Meta(persona="Ana"))))

    assert [piece.speaker for piece in found] == ["Interviewer", "Candidate"] * 3
    assert found[0].text == "Tell me about a slow model."
    assert found[5].text == "um it failed"


def word(text: str, start: float, end: float, **more: float | bool) -> dict[str, object]:
    return {"text": text, "start": start, "end": end, **more}


def test_our_json_is_read_with_its_words(tmp_path: Path) -> None:
    words = [
        word("So", 0.3, 0.5, probability=0.9, filler=False),
        word("um", 0.6, 0.9, probability=0.7, filler=True),
    ]
    later = [word("Yes.", 5.0, 5.4, probability=1.0, filler=False)]
    utterances = [{"start": 0.3, "end": 0.9, "text": "So um"}, {"start": 5.0, "end": 5.4, "text": "Yes."}]
    whole = {"schema": 1, "text": "So um Yes.", "words": words + later, "utterances": utterances}

    one, other = written(tmp_path, "a.json", json.dumps(whole))

    assert (one.text, one.start, one.end) == ("So um", 0.3, 0.9)
    assert [(w.text, w.probability, w.filler) for w in one.words] == [("So", 0.9, False), ("um", 0.7, True)]
    assert times(other.words) == [("Yes.", 5.0, 5.4)]


def test_whisper_json_is_read_and_a_word_without_a_time_lies_between_its_neighbours(tmp_path: Path) -> None:
    words = [
        {"word": " In", "start": 0.1, "end": 0.3, "probability": 0.8},
        {"word": "2014", "score": 0.5},
        {"word": "I.", "start": 0.9, "end": 1.0, "score": 0.25},
    ]
    segments = [
        {"id": 0, "start": 0.0, "end": 1.5, "text": " In 2014 I.", "words": words, "speaker": "SPEAKER_01"},
        {"id": 1, "start": 2, "end": 3, "text": " Yes."},
    ]

    one, other = written(tmp_path, "a.json", json.dumps({"text": " In 2014 I. Yes.", "segments": segments}))

    assert one.speaker == "SPEAKER_01"
    assert times(one.words) == [("In", 0.1, 0.3), ("2014", 0.3, 0.9), ("I.", 0.9, 1.0)]
    assert [w.probability for w in one.words] == [0.8, 0.5, 0.25]
    assert (other.text, other.start, other.end, other.words) == ("Yes.", 2.0, 3.0, ())


def test_a_list_of_who_said_what_is_read(tmp_path: Path) -> None:
    rows = [
        {"speaker": "Ana", "text": "Why?", "start": 0, "end": 1},
        {"speaker": 1, "text": " Because. ", "start": "00:00:02", "end": -3},
        {"text": "So.", "start": True, "end": 1e400},
        {"speaker": None, "text": "No.", "start": 10**400, "end": "later"},
    ]

    assert outline(written(tmp_path, "a.json", json.dumps(rows))) == [
        ("Ana", "Why?", 0, 1),
        ("Speaker 1", "Because.", 2, None),
        ("", "So.", None, None),
        ("", "No.", None, None),
    ]


def test_words_alone_are_enough(tmp_path: Path) -> None:
    [piece] = written(tmp_path, "a.json", json.dumps({"words": [word("I", 1, 2), word("led.", 2, 3)]}))

    assert (piece.text, piece.start, piece.end) == ("I led.", 1, 3)
