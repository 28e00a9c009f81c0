"""No character that a terminal or a viewer would obey gets into the program, or into a file that it makes."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence

import pytest

from tests.transcripts.conftest import line as asked
from tests.transcripts.conftest import speech
from vivavoce.transcripts.events import Event, Seconds
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.printable import line, printable
from vivavoce.transcripts.report.captions import srt, vtt
from vivavoce.transcripts.report.html_page import page
from vivavoce.transcripts.report.report import Report, markdown, report, transcript
from vivavoce.transcripts.report.table import sheet
from vivavoce.transcripts.talk.turns import turns

S = Seconds
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")
ATTACKS = [
    pytest.param("\x1b]0;owned\x07", id="a title"),
    pytest.param("\x1b]52;c;ZXZpbA==\x1b\\", id="the clipboard"),
    pytest.param("\x1b[8mhidden\x1b[0m", id="hidden text"),
    pytest.param("\x9b31mred\x9d0;owned\x9c", id="C1"),
    pytest.param("\u202egnp.exe\u202c", id="turned round"),
    pytest.param("\u2067abc\u2069\u200f\u061c", id="isolated"),
    pytest.param("\r\x7f\x08\x00\x0c\x85\u2028", id="overwritten"),
    pytest.param("\ud83d and \udc00", id="half of a character"),
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_becomes_a_space_and_no_place_moves(attack: str) -> None:
    shown = printable(f"so {attack} what")

    assert not OBEYED.search(shown)
    assert len(shown) == len(f"so {attack} what")
    assert not OBEYED.search(line(f"so\n{attack}"))
    assert "\n" not in line(f"so\n{attack}")


@pytest.mark.parametrize(
    "text",
    ["two\n\tlines", "naïve “quotes” — 你好", "\U0001f469\u200d\U0001f4bb שלום", "a\u00a0b \U0001fae8"],
)
def test_what_is_only_shown_stays(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("attack", ATTACKS)
def test_json_that_anybody_may_have_written_is_printable_throughout(attack: str, ascii_only: bool) -> None:
    written = json.dumps({"text": attack, attack: [{"deep": [attack, 1, None]}]}, ensure_ascii=ascii_only)
    if not ascii_only and re.search("[\ud800-\udfff]", attack):
        with pytest.raises(ValueError, match="utf-8"):
            disk.loads(written.encode("utf-8", "surrogatepass"))
        return

    row = disk.loads(written.encode())

    assert row == {"text": printable(attack), printable(attack): [{"deep": [printable(attack), 1, None]}]}


def test_json_in_another_encoding_is_no_way_round() -> None:
    with pytest.raises(ValueError, match="utf-8"):
        disk.loads(json.dumps({"text": "\x9b31m"}, ensure_ascii=False).encode("utf-16"))


WRITERS: list[Callable[[Sequence[Event], Report], str]] = [
    lambda events, made: markdown(made),
    lambda events, made: transcript(events),
    lambda events, made: page(made),
    lambda events, made: sheet(made),
    lambda events, made: srt(turns(events)),
    lambda events, made: vtt(turns(events)),
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("write", WRITERS, ids=["md", "transcript", "html", "csv", "srt", "vtt"])
def test_no_file_for_people_holds_any(write: Callable[[Sequence[Event], Report], str], attack: str) -> None:
    events = [
        *asked(1.0, f"Why {attack}?", "ask", 2.0),
        *speech(4.0, f"{attack}so we won {attack} a lot", 0.9),
    ]
    about = Meta(title=attack, persona=attack, started_at=attack, models={"recogniser": attack})

    written = write(events, report(events, about, [attack]))

    assert not OBEYED.search(written)
    written.encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\x01=", " \u202e=", "\t=", "\r\n@", "\x7f+"])
def test_no_cell_of_the_table_is_taken_for_a_formula(start: str) -> None:
    events = [*asked(1.0, f"{start}1+cmd()?", "ask", 2.0), *speech(4.0, "so we won a lot that year", 0.9)]

    rows = list(csv.reader(io.StringIO(sheet(report(events, Meta())))))

    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r", " ")) for row in rows for cell in row)
    assert rows[1][0].startswith("'")
