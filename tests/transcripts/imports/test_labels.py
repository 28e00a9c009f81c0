"""Labels wherever they stand: the same four turns in the forms that programs and people give them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vivavoce.transcripts.imports.formats import read

ASKED = "When did you last change how a team works?"
TOLD = "In March our ward lost an hour at every shift change. I wanted to win half of it back."
MORE = "What happened after that?"
REST = "I drew up one sheet for all beds. Six weeks later we needed twenty minutes."
TURNS = (ASKED, TOLD, MORE, REST)


def clock(at: int) -> str:
    return f"{at // 60:02}:{at % 60:02}"


def lines(form: str) -> Callable[[str, str], str]:
    """Return what writes the turns of two speakers as lines of this `form`."""

    def write(one: str, other: str) -> str:
        said = enumerate(zip((one, other, one, other), TURNS, strict=True))
        return "".join(
            form.format(name=name, text=text, at=clock(20 * at), n=at, s=20 * at) for at, (name, text) in said
        )

    return write


def cues(form: str, start: str = "") -> Callable[[str, str], str]:
    head = "{n}\n00:{at},000 --> 00:{at},900\n" if not start else "00:{at}.000 --> 00:{at}.900\n"
    write = lines(head + form + "\n\n")
    return lambda one, other: start + write(one, other)


VTT = "WEBVTT\n\n"
TEXT = lines("{name}: {text}\n")
NAMES = ("Olena Marsh", "Femi")
KINDS: dict[str, tuple[str, Callable[[str, str], str], list[tuple[str, str]]]] = {
    "added to names": (
        "a.vtt",
        cues("{name}: {text}", VTT),
        [
            ("Olena Marsh (they/them)", "Femi"),
            ("Olena Marsh [she/her]", "Femi (he/him)"),
            ("Olena Marsh | Brightwater Ltd", "Femi Cole (Guest)"),
            ("Olena Marsh, PhD", "Femi Cole, M.D."),
            ("Olena Marsh - Brightwater", "Femi @ home"),
            ("Dr. Olena Marsh, R.N.", "Femi O'Dowd Jr."),
        ],
    ),
    "added to names in text": (
        "a.txt",
        lines("{name}  {at}\n{text}\n"),
        [
            ("Olena Marsh (they/them)", "Femi"),
            ("Olena Marsh | Ward 4", "Femi Cole | Guest"),
            ("Olena Marsh, PhD", "Femi Cole"),
            ("olena.marsh", "femi_c"),
            ("+1 (555) 010-2299", "femi"),
        ],
    ),
    "devices and phones": (
        "a.vtt",
        cues("{name}: {text}", VTT),
        [
            ("+1 555 0102299", "femi_cole"),
            ("(555) 010 2299", "femi.cole"),
            ("Olena's iPad", "Galaxy S9 of Femi"),
            ("room-12@ward", "femi"),
            ("call-in user 3", "olena m"),
        ],
    ),
    "brackets": (
        "a.srt",
        cues("[{name}] {text}"),
        [
            NAMES,
            ("OLENA", "FEMI"),
            ("SPEAKER_02", "SPEAKER_05"),
            ("Speaker A", "Speaker B"),
            ("Interviewer", "Candidate"),
        ],
    ),
    "brackets and colon": (
        "a.srt",
        cues("[{name}]: {text}"),
        [NAMES, ("SPEAKER_02", "SPEAKER_05"), ("S1", "S2")],
    ),
    "round brackets": (
        "a.srt",
        cues("({name}) {text}"),
        [NAMES, ("speaker 3", "speaker 4"), ("Host", "Guest")],
    ),
    "brackets in text": (
        "a.txt",
        lines("[{name}] {text}\n"),
        [NAMES, ("SPEAKER_02", "SPEAKER_05"), ("S1", "S2")],
    ),
    "own line of a cue": ("a.vtt", cues("({name})\n{text}", VTT), [NAMES, ("Speaker 1", "Speaker 2")]),
    "bare line of a cue": ("a.vtt", cues("{name}\n{text}", VTT), [NAMES, ("Speaker 1", "Speaker 2")]),
    "time, then name": (
        "a.txt",
        lines("{at}\n{name}\n{text}\n\n"),
        [
            NAMES,
            ("Olena", "Femi"),
            ("Speaker 1", "Speaker 2"),
            ("olena.m", "femi.c"),
            ("Olena (she/her)", "Femi"),
        ],
    ),
    "name, then time": (
        "a.txt",
        lines("{name}\n{at}\n{text}\n"),
        [
            NAMES,
            ("Olena", "Femi"),
            ("Speaker 1", "Speaker 2"),
            ("olena.m", "femi.c"),
            ("Olena (she/her)", "Femi"),
        ],
    ),
    "time in words": (
        "a.txt",
        lines("{name}\n{n} minutes {n} seconds\n{text}\n"),
        [NAMES, ("Olena", "Femi")],
    ),
    "time in words behind": ("a.txt", lines("{name} {n} minutes {n} seconds\n{text}\n"), [NAMES]),
    "a line alone": (
        "a.txt",
        lines("{name}\n{text}\n\n"),
        [
            NAMES,
            ("Olena", "Femi"),
            ("Speaker 1", "Speaker 2"),
            ("INTERVIEWER", "CANDIDATE"),
            ("Olena, PhD", "Femi"),
        ],
    ),
    "other letters": (
        "a.txt",
        lines("{name}\uff1a{text}\n"),
        [
            ("佐々木", "陳美玲"),
            ("佐々木 誠", "Femi"),
            ("Ольга", "Фемі"),
            ("דנה כהן", "رامي سعد"),
            ("김민수", "박서연"),
        ],
    ),
    "marks of direction": (
        "a.txt",
        lines("\u200f{name}\u200e: {text}\n"),
        [("דנה כהן", "رامي سعد"), ("דנה", "Femi"), ("Olena", "Femi")],
    ),
    "tabs": (
        "a.txt",
        lines("{at}\t{name}\t{text}\n"),
        [NAMES, ("Olena", "Femi"), ("Speaker 1", "Speaker 2")],
    ),
    "captions of Meet": (
        "a.sbv",
        lines("0:{at}.000,0:{at}.900\n{name}: {text}\n\n"),
        [NAMES, ("Olena", "Femi"), ("olena.m", "femi.c")],
    ),
    "captions of Meet as text": ("a.txt", lines("0:{at}.000,0:{at}.900\n{name}: {text}\n\n"), [NAMES]),
    "noScribe": ("a.txt", lines("{name}: [00:{at}] {text}\n"), [("S00", "S01"), NAMES]),
    "Descript": ("a.md", lines("**{name}:** [00:{at}] {text}\n\n"), [NAMES, ("Olena", "Femi")]),
    "a dash": ("a.txt", lines("{name} - {text}\n"), [NAMES, ("Olena", "Femi"), ("Speaker 1", "Speaker 2")]),
    "angles": ("a.txt", lines("<{name}> {text}\n"), [NAMES, ("Olena", "Femi")]),
    "braces": ("a.srt", cues("{{{name}}} {text}"), [NAMES, ("Olena", "Femi")]),
    "black brackets": ("a.srt", cues("\u3010{name}\u3011{text}"), [NAMES, ("佐々木", "陳美玲")]),
    "time and name": (
        "a.txt",
        lines("{at} {name}\n{text}\n\n"),
        [NAMES, ("Olena", "Femi"), ("olena.m", "femi.c"), ("Speaker 1", "Speaker 2")],
    ),
    "time, dash, name": ("a.txt", lines("{at} - {name}\n{text}\n"), [NAMES, ("Olena", "Femi C.")]),
    "a dot before the time": ("a.txt", lines("{name} \u00b7 {at}\n{text}\n\n"), [NAMES, ("Olena", "Femi")]),
    "a date": ("a.txt", lines("[02.05.26, 10:{at}] {name}: {text}\n"), [NAMES, ("Olena", "Femi")]),
    "a chat": (
        "a.txt",
        lines("10:{at}\t From  {name} to  Everyone:\t{text}\n"),
        [NAMES, ("Olena", "Femi"), ("olena.m", "femi.c"), ("Olena Marsh (she/her)", "Femi | Ward 4")],
    ),
    "a chat with dates": (
        "a.txt",
        lines("2026-05-02 10:{at} From {name} To Ward 4, by turns (Direct Message):\n\t{text}\n"),
        [NAMES, ("Olena", "Femi")],
    ),
    "a time within the line": (
        "a.txt",
        lines("{name} {at} {text}\n"),
        [NAMES, ("Olena", "Femi"), ("Speaker 1", "Speaker 2"), ("olena.m", "femi.c")],
    ),
    "marks of a time behind": ("a.txt", lines("{name}: {text} #00:{at}-3#\n"), [NAMES, ("Olena", "Femi")]),
    "bars": ("a.txt", lines("{at} | {name} | {text}\n"), [NAMES, ("Olena", "Femi")]),
    "tags of HTML": ("a.txt", lines("<b>{name}:</b> {text}<br>\n"), [NAMES, ("Olena", "Femi")]),
    "a leaning time": ("a.md", lines("**{name}**: *{at}* {text}\n\n"), [NAMES, ("Olena", "Femi")]),
    "counted turns": ("a.txt", lines("{n} {name}: {text}\n"), [NAMES, ("THE CHAIR", "THE APPLICANT")]),
    "counted turns with stops": ("a.txt", lines("{n}. {name}: {text}\n"), [NAMES, ("Olena", "Femi")]),
    "lines with gaps": ("a.txt", lines("{name}\n\n{at}\n\n{text}\n\n"), [NAMES, ("Olena", "Femi")]),
    "frames": ("a.txt", lines("00:{at}:12 - 00:{at}:24\n{name}\n{text}\n\n"), [NAMES]),
    "frames of cues": (
        "a.srt",
        lines("{n}\n00:{at}:12 --> 00:{at}:24\n{name}: {text}\n\n"),
        [NAMES, ("Speaker 1", "Speaker 2")],
    ),
    "dashes before names": ("a.srt", cues("- {name}: {text}"), [NAMES, ("Speaker 1", "Speaker 2")]),
    "headings": (
        "a.md",
        lines("### {name}\n{text}\n\n"),
        [NAMES, ("Olena", "Femi"), ("Speaker 1", "Speaker 2")],
    ),
    "headings with times": ("a.md", lines("### {name} ({at})\n{text}\n\n"), [NAMES, ("Olena", "Femi")]),
    "a table": ("a.md", lines("| {name} | {text} |\n"), [NAMES, ("Olena", "Femi")]),
    "a table with times": ("a.md", lines("| {at} | {name} | {text} |\n"), [NAMES, ("Olena", "Femi")]),
    "bold": ("a.md", lines("**{name}** {text}\n\n"), [NAMES, ("Olena", "Femi")]),
    "bold and colon": ("a.md", lines("**{name}:** {text}\n\n"), [NAMES, ("olena.m", "femi.c")]),
    "no space": ("a.txt", lines("{name}:{text}\n"), [NAMES, ("Olena", "Femi")]),
    "a degree with stops": (
        "a.txt",
        lines("{name}\n{at}\n{text}\n\n"),
        [("Olena Marsh, B.Sc.", "Femi Cole, M.A.")],
    ),
    "small letters of names": ("a.txt", TEXT, [("Olena d'Arc", "Femi-Jo van der Cole")]),
    "a panel": ("a.txt", TEXT, [("Panel member 1", "Candidate"), ("Panel chair", "Femi")]),
    "letters and stops": ("a.txt", lines("{name}. {text}\n"), [("Q", "A"), ("Q1", "A1")]),
    "a role": ("a.txt", TEXT, [("INTERVIEWER (OLENA)", "FEMI"), ("Interviewer 2", "Femi Cole"), ("I", "R")]),
    "names that begin alike": ("a.txt", TEXT, [("Olena", "Olena Marsh"), ("Fem Cole", "Femi Cole")]),
}
CASES = [
    pytest.param(name, write(*pair), pair, id=f"{kind}: {pair[0]}")
    for kind, (name, write, pairs) in KINDS.items()
    for pair in pairs
]


def written(folder: Path, name: str, text: str) -> list[tuple[str, str]]:
    (folder / name).write_text(text, encoding="utf-8")
    return [(piece.speaker, piece.text) for piece in read(folder / name)]


@pytest.mark.parametrize(("name", "text", "pair"), CASES)
def test_a_label_is_found_where_labels_stand(
    name: str, text: str, pair: tuple[str, str], tmp_path: Path
) -> None:
    one, other = pair

    found = written(tmp_path, name, text)

    assert found == list(zip((one, other, one, other), TURNS, strict=True))


@pytest.mark.parametrize(
    "speakers",
    [
        ["Olena", "Femi", "Piet Maas", "Femi", "Ruth Adler", "Femi"],
        ["Olena Marsh", "Femi Cole", "Piet Maas", "Femi Cole", "Ruth Adler", "Femi Cole", "Olena Marsh"],
        ["Olena", "Piet", "Femi"],
        ["Piet", "Femi", "Olena", "Femi"],
        ["Olena (she/her)", "Femi", "Piet, PhD", "Femi"],
        ["+1 555 0102299", "femi.cole"],
        ["Olena", "Femi", "Piet Maas", "Ruth Adler", "Femi", "Femi"],
    ],
)
def test_who_speaks_once_is_a_speaker_where_every_line_has_one(speakers: list[str], tmp_path: Path) -> None:
    asks, tells = iter([ASKED, MORE, "How many were you?", "Who knew?"]), iter([TOLD, REST, "Nine of us."])
    told = [(name, next(tells if name.casefold().startswith("femi") else asks)) for name in speakers]

    assert written(tmp_path, "a.txt", "".join(f"{name}: {text}\n" for name, text in told)) == told


@pytest.mark.parametrize(
    ("name", "speaks"),
    [("Piet", True), ("kim.b", True), ("Ruth Adler", True), ("Plan", False), ("Beds", False)],
)
def test_who_only_says_a_word_once_is_told_from_a_heading(name: str, speaks: bool, tmp_path: Path) -> None:
    told = [
        ("Olena", "Piet and I have an hour. " + ASKED),
        ("Femi", TOLD),
        (name, "That is a lot."),
        ("Olena", MORE),
    ]
    told.append(("Femi", REST))

    found = written(tmp_path, "a.txt", "".join(f"{who}: {text}\n" for who, text in told))

    assert ((name, "That is a lot.") in found) is speaks


def test_labels_that_begin_paragraphs_may_have_wrapped_lines_below(tmp_path: Path) -> None:
    told = [
        ("Ruth Adler", "Welcome. I am Ruth, and this\nis Piet."),
        ("Femi (he/him)", "Hello. I am glad\nto be here."),
        ("Piet", "When did you last change\nhow a team works?"),
        ("Femi (he/him)", "In March our ward lost\nan hour a day.\nResult: I won half of it\nback."),
        ("Olena", "Who else\nknew?"),
        ("Femi (he/him)", "All nine\nof us."),
    ]
    text = "Talk of May\nPresent: Ruth, Piet\n\n" + "\n\n".join(f"{name}: {said}" for name, said in told)

    assert written(tmp_path, "a.txt", text) == [(name, " ".join(said.split())) for name, said in told]


def test_the_head_of_a_recorders_page_is_no_talk(tmp_path: Path) -> None:
    one, other = NAMES
    top = "Talk of May\nTue, May 05, 2026 9:01AM \u2022 2:30\n\nSUMMARY KEYWORDS\nward, beds\n\nSPEAKERS\n"
    text = f"{top}{one}, {other}\n\n" + lines("{name}  {at}\n{text}\n\n")(one, other)

    assert written(tmp_path, "a.txt", text) == list(zip((one, other, one, other), TURNS, strict=True))


IN_AN_ANSWER = [
    "Note: nobody had asked us.",
    "Result: we were done in May.",
    "So: I went there.",
    "Lesson: ask first.",
    "Yesterday: the same.",
    "Step 2: I called the ward.",
    "At the end of it: nothing.",
    "I said: stop.",
    "Plan: one sheet.",
    "https://example.org: it is there.",
    "[laughs] That was it.",
    "(inaudible) and then it went.",
    "We met at 9:30",
]


@pytest.mark.parametrize("line", IN_AN_ANSWER)
@pytest.mark.parametrize("pair", [NAMES, ("Interviewer", "Candidate"), ("olena.m", "femi.c"), ("Q", "A")])
def test_a_colon_or_bracket_in_an_answer_is_no_speaker(
    line: str, pair: tuple[str, str], tmp_path: Path
) -> None:
    one, other = pair
    text = f"{one}: {ASKED}\n{other}: {TOLD}\n{line}\n{one}: {MORE}\n{other}: {REST}\n"

    found = written(tmp_path, "a.txt", text)

    assert [speaker for speaker, _ in found] == [one, other, one, other]
    assert found[1][1].endswith(line)


PROSE = [
    "Situation: a ward.\nTask: less time.\nAction: I drew a sheet.\nResult: twenty minutes.",
    "First: we looked.\nThen: we cut.\nSo: it was done.\nNote: not by me alone. Why?",
    "I said: stop.\nShe said: why?\nI said: because.\nShe said: fine.",
    "[Music] I was there.\nAnd we went on.\n[Music] Then it was over.\nAll of it.",
    "Backend: I wrote it.\nFrontend: I wrote it.\nData: I wrote it too.",
    "It took\n5 seconds\nand then\n7 seconds\nmore.",
    "I wrote it all.\nIt took a week.\nProblems: nobody read it.",
    "Okay\nI was asked to help.\nOkay\nI said yes.",
]


@pytest.mark.parametrize("text", PROSE)
def test_an_answer_alone_has_no_speakers(text: str, tmp_path: Path) -> None:
    found = written(tmp_path, "a.txt", text)

    assert {speaker for speaker, _ in found} == {""}
    assert " ".join(said for _, said in found) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "**Plan** to win time.\n\n**Result** of it: half an hour.",
        "## Plan\nTo win time.\n## Result\nHalf an hour.",
        "We had one plan - to win time.\nThe bed sheets - all of them - were new.",
        "At 10:45 Tess came.\n10:50 was too late.",
        "Monday 10:45 was quiet.\nMonday 10:50 was not, and\nwe all ran.\nThen it was calm.\nAnd so on.",
        "10:45 I went from home to work: it took an hour.",
    ],
)
def test_marks_in_an_answer_make_no_speakers(text: str, tmp_path: Path) -> None:
    assert {speaker for speaker, _ in written(tmp_path, "a.md", text)} == {""}


def test_the_name_of_a_cue_may_be_its_speakers(tmp_path: Path) -> None:
    text = VTT + lines('{n} "{name}" (40{s})\n00:{at}.000 --> 00:{at}.900\n{text}\n\n')(*NAMES)

    assert written(tmp_path, "a.vtt", text) == list(zip((*NAMES, *NAMES), TURNS, strict=True))


@pytest.mark.parametrize("each", [1, 2])
def test_a_dash_before_nearly_every_cue_changes_who_speaks(each: int, tmp_path: Path) -> None:
    said = [*TURNS, *TURNS]
    cue = ["\n".join(f"- {text}" for text in said[n : n + each]) for n in range(0, len(said), each)]
    text = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{one}\n\n" for n, one in enumerate(cue))

    found = written(tmp_path, "a.srt", text)

    assert found == [(f"Speaker {1 + n % 2}", one) for n, one in enumerate(said)]


def test_a_dash_before_a_cue_or_two_is_no_change(tmp_path: Path) -> None:
    said = ["- I came in.", "I looked.", "And I saw it.", "- It was", "late."]
    text = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{one}\n\n" for n, one in enumerate(said))

    assert {speaker for speaker, _ in written(tmp_path, "a.srt", text)} == {""}


def test_from_here_to_there_is_no_chat(tmp_path: Path) -> None:
    told = "I went from home to work: it took an hour."

    assert written(tmp_path, "a.txt", f"10:45  {told}\n10:50  {told}\n") == [("", told), ("", told)]


def test_a_mark_of_another_speaker_may_stand_within_a_line(tmp_path: Path) -> None:
    expected = [(f"Speaker {1 + n % 2}", turn) for n, turn in enumerate(TURNS)]
    row = " ".join(f">> {turn}" for turn in TURNS)

    assert written(tmp_path, "a.txt", row) == expected
    assert written(tmp_path, "a.vtt", f"{VTT}00:01.000 --> 00:09.000\n{row}\n") == expected
    assert written(tmp_path, "b.txt", "I wrote a >> b, and it ran.") == [("", "I wrote a >> b, and it ran.")]


@pytest.mark.parametrize("form", [">> {text}", "&gt;&gt; {text}", ">>> {text}"])
@pytest.mark.parametrize("first", [0, 1])
def test_a_mark_of_another_speaker_changes_who_speaks(form: str, first: int, tmp_path: Path) -> None:
    turns = [form.format(text=text) for text in TURNS]
    turns[0] = TURNS[0] if first else turns[0]
    text = VTT + "".join(f"00:0{n}.000 --> 00:0{n}.900\n{turn}\n\n" for n, turn in enumerate(turns))
    expected = [(f"Speaker {1 + n % 2}", turn) for n, turn in enumerate(TURNS)]

    assert written(tmp_path, "a.vtt", text) == expected
    assert written(tmp_path, "a.txt", "\n".join(turns)) == expected


SYSTEM = [
    "Olena Marsh started transcription",
    "Olena Marsh stopped transcription",
    "Recording stopped",
    "The recording has stopped.",
    "Transcription ended.",
    "Femi joined the meeting",
    "Olena Marsh has left the call",
    "This meeting is being recorded",
    "Transcription ended after 00:31:12",
    "Olena Marsh has left",
    "Femi rejoined",
    "olena.marsh is sharing their screen",
    "[00:10] Recording in progress",
    "(END OF RECORDING)",
    "[silence]",
    "This editable transcript was computer generated and might contain errors. It can be changed.",
]


@pytest.mark.parametrize("line", SYSTEM)
def test_a_line_of_the_program_is_nobodys(line: str, tmp_path: Path) -> None:
    one, other = NAMES
    first = f"{one}  0:05\n{ASKED}\n\n{other}  0:12\n{TOLD}\n"
    text = f"{first}{line}\n\n{one}  0:40\n{MORE}\n\n{other}  0:55\n{REST}\n\n"
    said = list(zip((one, other, one, other), TURNS, strict=True))

    assert written(tmp_path, "a.txt", f"{line}\n\n{text}{line}\n") == said
    assert (one, line) not in written(tmp_path, "a.vtt", cues("{name}: {text}", VTT)(one, other) + line)


@pytest.mark.parametrize(
    "line",
    [
        "I started the recording.",
        "We left the meeting at six.",
        "Then he stopped the call",
        "Mira left.",
        "Everybody left",
        "the night nurse joined",
    ],
)
def test_what_somebody_tells_of_a_meeting_is_kept(line: str, tmp_path: Path) -> None:
    assert written(tmp_path, "a.txt", f"{TOLD}\n{line}") == [("", f"{TOLD} {line}")]
