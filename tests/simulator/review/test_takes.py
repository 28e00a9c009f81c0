"""The library on the command line: search, compare, export, import, delete."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.simulator.shelves import held
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.review.parcel import FORMS
from vivavoce.simulator.settings import Settings, kept
from vivavoce.simulator.web import pages
from vivavoce.transcripts.journal import log, notes
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.index import Index
from vivavoce.transcripts.scoring.assessment import PLAIN


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    held("2026-01-01-0900-first")
    held("2026-01-02-0900-second")
    return tmp_path


def test_search_names_session_time_and_speaker(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "latency"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("2026-01-0")
    assert "[00:04] candidate: " in lines[0]
    assert main(["search", "slow model", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(row["schema"], row["speaker"]) for row in rows} == {(1, "interviewer"), (1, "candidate")}
    assert main(["search", "xylophone"]) == 0
    assert "Nothing was found" in capsys.readouterr().out


def test_compare_shows_both_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "2026-01-01", "2026-01-02", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert {one["kind"] for answer in row["answers"] for one in answer["sentences"]} == {"kept"}
    assert main(["compare", "2026-01-01", "2026-01-02"]) == 0
    assert "(+ added, - lost, ~ moved)" in capsys.readouterr().out
    assert main(["compare", "2026-01-01", "nothing"]) == 2


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


@pytest.mark.parametrize("content", [None, b"", b"\x00\xff", b"{}\n", b"[[["])
def test_what_is_no_session_is_not_brought_in(
    content: bytes | None, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = own / "source"
    source.mkdir()
    if content is not None:
        (source / log.NAME).write_bytes(content)

    assert main(["import", str(source)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert len(sessions.folders()) == 2


def test_a_link_out_of_the_folder_is_not_followed(own: Path) -> None:
    assert main(["export", "2026-01-01", "--to", str(own / "out")]) == 0
    secret = own / "secret"
    secret.write_text('{"schema": 1, "title": "secret"}')
    details = own / "out" / "2026-01-01-0900-first" / "session.json"
    details.unlink()
    details.symlink_to(secret)

    assert main(["import", str(details.parent)]) == 0
    assert "secret" not in "".join(path.name for path in sessions.find("2026-01-01-0900-first-2").iterdir())
    assert not (sessions.find("2026-01-01-0900-first-2") / "session.json").exists()


def test_delete_shows_what_goes_and_leaves_nothing(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "latency"]) == 0
    assert main(["delete", "2026-01-01"]) == 2  # nobody to ask
    assert len(sessions.folders()) == 2
    capsys.readouterr()
    assert main(["delete", "2026-01-01", "2026-01-02", "--yes"]) == 0
    assert "events.jsonl" in capsys.readouterr().out
    assert sessions.folders() == []
    left = [path for path in own.rglob("*") if path.is_file() and b"latency" in path.read_bytes()]
    assert left == []


@pytest.mark.parametrize("arguments", [[], ["--all", "2026-01-01"], ["nothing", "--yes"], ["", "--yes"]])
def test_what_to_delete_must_be_clear(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["delete", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert len(sessions.folders()) == 2


def test_everything_can_go_at_once() -> None:
    assert main(["delete", "--all", "--yes"]) == 0
    assert sessions.folders() == []


def test_a_running_session_is_not_deleted() -> None:
    folder = sessions.shelf() / "2026-01-03-0900-live"
    folder.mkdir()
    journal = log.Journal(folder / log.NAME)
    try:
        assert main(["delete", "2026-01-03", "--yes"]) == 2
    finally:
        journal.close()
    assert folder.exists()


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


@pytest.mark.parametrize("content", [b"", b"[[[", b'{"text": 5, "star": "yes"}', b"\xff"])
def test_damaged_notes_come_along_as_none(content: bytes, own: Path) -> None:
    moved = shutil.copytree(sessions.find("2026-01-01"), own / "moved")
    (moved / notes.NAME).write_bytes(content)

    assert main(["import", str(moved)]) == 0
    assert notes.read(sessions.find("moved")) == notes.Notes()
    assert main(["sessions"]) == 0


def test_notes_behind_a_link_stay_there(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved = shutil.copytree(sessions.find("2026-01-01"), own / "moved")
    (own / "secret").write_text(json.dumps({"text": "secret"}))
    (moved / notes.NAME).symlink_to(own / "secret")

    assert main(["import", str(moved)]) == 0

    assert notes.read(sessions.find("moved")) == notes.Notes()
    assert capsys.readouterr().err == "Left out: notes.json.\n"


def test_what_else_is_in_a_folder_is_left_out_and_named(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "2026-01-01", "--to", str(own / "out"), "--sound"]) == 0
    moved = own / "out" / "2026-01-01-0900-first"
    for number in range(8):
        (moved / f"photo\x1b{number}.png").touch()
    capsys.readouterr()

    assert main(["import", str(moved)]) == 0

    names = ", ".join(f"photo {number}.png" for number in range(5))
    assert capsys.readouterr().err == f"Left out: {names}, and 3 more.\n"


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
