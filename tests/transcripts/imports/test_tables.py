"""Transcripts in tables, with columns as programs name them."""

from pathlib import Path

import pytest

from vivavoce.transcripts.imports.formats import read

SAID = [("Olena", "Who was late?", 1.0, 2.0), ("Femi", "The baker, as it snowed.", 3.0, 6.0)]
BARE = [(text, start, end) for _, text, start, end in SAID]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt"])
@pytest.mark.parametrize(
    "text",
    [
        'Start,End,Speaker,Text\n00:00:01,00:00:02,Olena,"Who was late?"\n'
        '00:00:03,00:00:06,Femi,"The baker, as it snowed."\n',
        "speaker;start_time;end_time;transcript\n"
        "Olena;1.0;2.0;Who was late?\nFemi;3.0;6.0;The baker, as it snowed.",
        "start\tend\tspeaker\ttext\n"
        "1000\t2000\tOlena\tWho was late?\n3000\t6000\tFemi\tThe baker, as it snowed.",
        "start,end,speaker,text\n0:01,0:02,Olena,Who was late?\n0:03,0:06,Femi,The baker, as it snowed.\n",
    ],
)
def test_a_table_is_read_by_its_columns(text: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)

    assert [(one.speaker, one.text, one.start, one.end) for one in read(tmp_path / name)] == SAID


def test_a_table_need_not_say_who_speaks(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        "start\tend\ttext\n1000\t2000\tWho was late?\n3000\t6000\tThe baker, as it snowed."
    )

    assert [(one.text, one.start, one.end) for one in read(tmp_path / "a.tsv")] == BARE


@pytest.mark.parametrize(
    "text",
    [
        "Speaker, text\nI said.",
        "Time,Name,Text\n0:01,Olena",
        'Name,Text\nOlena,"Who was late?\nFemi,The baker.\nFemi',
        "I came late, and text, name and place were gone.",
        "Name,Name,Text\na,b,c",
    ],
)
def test_no_word_is_lost_of_what_is_no_whole_table(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text)

    said = " ".join(one.text for one in read(tmp_path / "a.csv"))
    assert said.split()[-1] in text.split()[-1]
