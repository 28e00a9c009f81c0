"""`vivavoce export`: what it writes, and what it leaves out."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vivavoce.simulator.commands.main import main
from vivavoce.simulator.review.export import FORMS
from vivavoce.simulator.settings import Settings, kept
from vivavoce.simulator.web import pages
from vivavoce.transcripts.journal import notes
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.index import Index
from vivavoce.transcripts.scoring.assessment import PLAIN


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "data")]


def test_what_is_exported_is_whole_and_can_be_brought_back(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "2026-01-01", "--to", str(own / "out"), "--sound"]) == 0
    folder = Path(capsys.readouterr().out.strip())
    assert {path.name for path in folder.iterdir()} == {
        *("report.html", "report.md", "report.json", "transcript.md", "transcript.srt", "transcript.vtt"),
        *("metrics.csv", "events.jsonl", "session.json", "sound.wav"),
    }
    page = Page()
    page.feed((folder / "report.html").read_text("utf-8"))
    assert len(page.addresses) == 1
    assert page.addresses[0].startswith("data:audio/ogg;base64,")
    report = json.loads((folder / "report.json").read_text("utf-8"))
    stored = json.loads((sessions.shelf() / "2026-01-01-0900-first" / "report.json").read_text("utf-8"))
    assert [one["question"] for one in report["answers"]] == [one["question"] for one in stored["answers"]]
    assert main(["export", "2026-01-01", "--to", str(own / "out")]) == 2
    assert main(["import", str(folder)]) == 0
    capsys.readouterr()
    brought = sessions.find("2026-01-01-0900-first-2")
    assert (brought / "events.jsonl").read_bytes() == (folder / "events.jsonl").read_bytes()
    assert (brought / "report.md").exists()


NOTES = notes.Notes("Ask about the depot.\nSlower!", star=True)


@pytest.mark.parametrize("way", ["export", "copy"])
def test_star_and_notes_come_along_to_another_machine(
    way: str, own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sessions.find("2026-01-01")
    notes.keep(folder, NOTES)
    moved = own / "out" / folder.name
    if way == "export":
        assert main(["export", folder.name, "--to", str(own / "out"), "--notes", "--sound"]) == 0
        assert capsys.readouterr().err == ""
    else:
        shutil.copytree(folder, moved)
    monkeypatch.setenv("VIVAVOCE_HOME", str(own / "elsewhere"))

    assert main(["import", str(moved)]) == 0

    assert capsys.readouterr().err == ""
    assert notes.read(sessions.find(folder.name)) == NOTES
    with Index() as index:
        index.refresh()
        assert [row.star for row in index.sessions()] == [True]


@pytest.mark.parametrize("kept", [NOTES, notes.Notes("only a note"), notes.Notes(star=True)])
def test_star_and_notes_stay_where_they_are_not_asked_for_and_that_is_said(
    kept: notes.Notes, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes.keep(sessions.find("2026-01-01"), kept)

    assert main(["export", "2026-01-01", "--to", str(own / "out")]) == 0

    shown = capsys.readouterr()
    assert shown.err == "Left out: the recording (--sound), your star and notes (--notes).\n"
    assert shown.out == f"{own / 'out' / '2026-01-01-0900-first'}\n"
    assert not (own / "out" / "2026-01-01-0900-first" / notes.NAME).exists()


PRIVATE = {
    "model": "/home/jane/whisper",
    "microphone": "Jane's headset",
    "speaker": "Jane's kitchen",
    "voice_name": "/home/jane/voices/amy",
    "terms": ["Project Jane"],
    "llm_base_url": "http://jane.local/v1",
    "llm_model": "/home/jane/model.gguf",
    "speech_base_url": "http://jane.local/v1",
    "transcription_base_url": "http://jane.local/v1",
    "transcription_model": "jane-large",
}
OPEN = {"echo": "cancel", "rate": 150, "second_language": True, "voice": "system", "speech_model": ""}


@pytest.mark.parametrize("paper", ["Jane_Doe_CV.txt", True])
def test_an_export_names_no_person_folder_device_or_server(
    paper: object, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    details = sessions.find("2026-01-01") / "session.json"
    row = json.loads(details.read_text()) | {
        "settings": PRIVATE | OPEN | {"resume": paper, "job": "", "jane": "x"}
    }
    row["models"] = {"recogniser": "whisper-1 at jane.local", "jane": "jane"}
    details.write_text(json.dumps(row | {"jane": 1}))

    assert main(["export", "2026-01-01", "--to", str(own / "out")]) == 0

    assert "settings that name people, folders, devices or servers" in capsys.readouterr().err
    folder = own / "out" / "2026-01-01-0900-first"
    assert [file.name for file in folder.iterdir() if b"jane" in file.read_bytes().lower()] == []
    shared = json.loads((folder / "session.json").read_text())
    assert shared["settings"] == OPEN | {"resume": True, "job": False}
    assert shared["models"] == {"recogniser": "whisper-1"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "model", ["whisper-1 at jane.local", "/home/jane/base", "/home/jane/base at jane.local"]
)
def test_what_is_downloaded_names_none_either(form: str, model: str) -> None:
    folder = sessions.find("2026-01-01")
    row = json.loads((folder / "session.json").read_text()) | {"models": {"recogniser": model}}
    (folder / "session.json").write_text(json.dumps(row))

    assert "jane" not in pages.download(folder, FORMS[form], lambda: PLAIN, sound=False)


def test_an_export_says_nothing_of_settings_that_nobody_made(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    details = sessions.find("2026-01-01") / "session.json"
    row = json.loads(details.read_text()) | {"settings": kept(Settings(resume="cv.txt"))}
    row = json.loads(json.dumps(row))  # where a tuple becomes a list
    details.write_text(json.dumps(row))

    assert main(["export", "2026-01-01", "--to", str(own / "out"), "--sound"]) == 0

    assert capsys.readouterr().err == ""
    assert json.loads((own / "out" / "2026-01-01-0900-first" / "session.json").read_text()) == row
