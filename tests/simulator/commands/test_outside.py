"""What comes from outside the program is never obeyed by a terminal: every command, and every way in."""

import json
import re
import sys
from io import StringIO
from pathlib import Path

import pytest

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, silence
from vivavoce.audio.listening.server_answer import heard
from vivavoce.simulator.commands import fetching
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.doctor import examination
from vivavoce.simulator.doctor.check import Check
from vivavoce.simulator.live.screen import Screen, show
from vivavoce.simulator.streams import Printable, bare, guarded
from vivavoce.transcripts.events import Failed, PartialHypothesis, PlaybackStarted, RoundBegan, Seconds
from vivavoce.transcripts.journal import log, notes
from vivavoce.transcripts.library import sessions

S = Seconds
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")
EVIL = "\x1b]0;owned\x07\x9b31m\x7f\u202eevil\u2066\r"
NAME = "2026-01-01-0900-evil"

Output = pytest.CaptureFixture[str]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def foreign(own: Path) -> Path:
    """Return a session's folder of which each text is hostile, as nothing here would write it."""
    folder = own / NAME
    folder.mkdir()
    said = [f"So {EVIL} we", "rewrote", "the", "pipeline", "and", "it", f"fell {EVIL} by", "half."]
    words = [{"text": text, "start": 4 + n, "end": 4.5 + n} for n, text in enumerate(said)]
    text = " ".join(said)
    rows = [
        {"at": 0.0, "event": "SessionStarted"},
        {"at": 1.0, "event": "QuestionAsked", "text": f"Why{EVIL}?", "move": EVIL, "why": EVIL},
        {"at": 2.0, "event": "RoundBegan", "round": EVIL, "persona": EVIL},
        {"at": 2.0, "event": "PlaybackStarted", "text": f"Why{EVIL}?"},
        {"at": 3.0, "event": "PlaybackFinished", "heard": 1.0, "complete": True},
        {"at": 12.5, "event": "FinalHypothesis", "text": text, "words": words, "audio_start": 4.0}
        | {"audio_end": 12.5},
        {"at": 12.6, "event": "CutIn", "why": EVIL, "evidence": [EVIL]},
        {"at": 13.0, "event": "Failed", "stage": EVIL, "reason": EVIL},
        {"at": 13.1, "event": "MicrophoneLost", "reason": EVIL},
        {"at": 13.2, "event": EVIL},
        {"at": 14.0, "event": "SessionEnded", "reason": EVIL},
    ]
    (folder / log.NAME).write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8"
    )
    texts = dict.fromkeys(("started_at", "title", "round", "persona", "pack", "origin"), EVIL)
    details = {"schema": 1, **texts, "models": {"recogniser": EVIL}, "versions": {EVIL: EVIL}}
    (folder / "session.json").write_text(json.dumps(details, ensure_ascii=False), "utf-8")
    (folder / notes.NAME).write_text(json.dumps({"text": EVIL, "star": True}))
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        "sessions",
        "sessions --json",
        f"show {NAME}",
        "search pipeline",
        "search pipeline --json",
        f"compare {NAME} {NAME}",
        f"compare {NAME} {NAME} --json",
        f"analyze {NAME}",
        f"analyze {NAME} --json",
        f"analyze {NAME} --markdown",
        f"export {NAME} --to out",
        "recover",
        "delete --all --yes",
    ],
)
def test_a_hostile_session_shows_its_text_and_no_more(
    arguments: str, foreign: Path, own: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own)
    assert main(["import", str(foreign)]) == 0
    capsys.readouterr()

    assert main(arguments.split()) == 0

    printed = "".join(capsys.readouterr())
    assert printed
    assert not OBEYED.search(printed)
    for file in own.glob("out/*/*"):
        if file.name not in (log.NAME, notes.NAME):
            assert not OBEYED.search(file.read_text("utf-8")), file.name


def test_what_was_said_stays_on_its_line(foreign: Path, capsys: Output) -> None:
    journal, details = foreign / log.NAME, foreign / "session.json"
    journal.write_text(journal.read_text("utf-8").replace("Why", "Why\\n[00:99] candidate: fake"), "utf-8")
    details.write_text(json.dumps({"schema": 1, "title": "x\nid  fake"}))
    assert main(["import", str(foreign)]) == 0
    capsys.readouterr()

    assert main(["sessions"]) == main(["search", "Why"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line[: len(NAME)] for line in lines] == ["id" + " " * (len(NAME) - 2), NAME, NAME]


PIECE = [{"speaker": "Sam{}", "text": "so we {}rewrote it and it fell by half"}]
TRANSCRIPTS = {
    ".srt": "1\n00:00:01,000 --> 00:00:09,000\nSam: so we {}rewrote it and it fell by half\n",
    ".vtt": "WEBVTT\n\n00:01.000 --> 00:09.000\n<v Sam{}>so we {}rewrote it and it fell by half\n",
    ".txt": "Interviewer: Why {}?\nCandidate: so we {}rewrote it and it fell by half\n",
    ".md": "**Interviewer:** Why &#27;[31m{}?\n**Candidate:** so we {}rewrote it and it fell\n",
    ".json": json.dumps(PIECE),
}


@pytest.mark.parametrize("ending", TRANSCRIPTS)
@pytest.mark.parametrize("form", [[], ["--markdown"], ["--json"], ["--html", f"page{EVIL}.html"]])
def test_a_hostile_transcript_in_a_file_with_a_hostile_name(
    ending: str, form: list[str], own: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own)
    text = TRANSCRIPTS[ending].replace("{}", "\x1b[8m\u202e" if ending != ".json" else "\\u001b[8m\x9b")
    (own / f"a{EVIL}{ending}").write_text(text, "utf-8")

    assert main(["analyze", f"a{EVIL}{ending}", *form]) == 0

    printed = "".join(capsys.readouterr())
    assert "owned" in printed
    assert not OBEYED.search(printed)
    for page in own.glob("*.html"):
        assert not OBEYED.search(page.read_text("utf-8"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", EVIL],
        ["analyze", f"{EVIL}.txt"],
        ["import", EVIL],
        ["simulate", EVIL],
        ["score", EVIL],
        ["models", "get", EVIL],
        ["interview", "--persona", EVIL, "--text"],
        ["interview", "--resume", EVIL, "--text"],
        ["packs", "lint", EVIL],
    ],
)
def test_a_refusal_that_quotes_what_was_given(arguments: list[str], capsys: Output) -> None:
    assert main(arguments) == 2

    printed = capsys.readouterr().err
    assert "\n" not in printed[:-1]
    assert not OBEYED.search(printed)


def test_a_word_that_is_no_command_is_quoted_harmlessly(capsys: Output) -> None:
    with pytest.raises(SystemExit):
        main([EVIL])

    assert not OBEYED.search(capsys.readouterr().err.replace("\n", ""))


@pytest.mark.parametrize("given", [EVIL, "a\nb"])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_id_of_a_typed_answer(given: str, form: list[str], own: Path, capsys: Output) -> None:
    row = {"id": given, "question": "Why?", "answer": "So we rewrote the features and it fell by half."}
    (own / "answers.jsonl").write_text(json.dumps(row))

    assert main(["score", str(own / "answers.jsonl"), *form]) == 0

    printed = capsys.readouterr().out
    assert not OBEYED.search(printed)
    assert len(printed.splitlines()) == (1 if form else 2)
    assert not form or json.loads(printed)["id"] == given


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("config.toml", 'modle = "{}"\n'),
        ("config.toml", 'echo = "{}"\n'),
        ("config.toml", '"{}" = 1\n'),
        ("personas/evil.toml", 'name = "{}"\n'),
        ("packs/evil.toml", 'title = "{}"\n"{}" = 1\n'),
        ("checks/evil.toml", '"{}" = "{}"\n'),
    ],
)
@pytest.mark.parametrize("arguments", [["personas"], ["packs"], ["interview", "--text"], ["packs", "lint"]])
def test_files_of_the_user_s_own(
    file: str, text: str, arguments: list[str], own: Path, capsys: Output
) -> None:
    path = own / "home" / file
    path.parent.mkdir(parents=True)
    path.write_text(text.replace("{}", "\\u001b]0;owned\\u0007\\u009b31m\u202e"), "utf-8")

    main([*arguments, str(path)] if arguments[-1] == "lint" else arguments)

    assert not OBEYED.search("".join(capsys.readouterr()))


@pytest.mark.parametrize("paper", ["resume", "job"])
def test_a_resume_and_a_posting(
    paper: str, own: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = f"Built a churn{EVIL[:-1]} model for the bank in 2023, which cut the losses by half.\n"
    (own / "paper.txt").write_text(
        "Sam Example\nExperience\nAcme, engineer, 2021 - 2024\n"
        + 3 * f"- {built}"
        + 8 * "- Answered what the branches asked, and wrote the report of the month for the board.\n"
    )
    monkeypatch.setattr(sys, "stdin", StringIO("I built it and it helped.\n" * 9))

    assert main(["interview", "--text", f"--{paper}", str(own / "paper.txt")]) == 0

    assert not OBEYED.search("".join(capsys.readouterr()))
    (folder,) = sessions.folders()
    for file in folder.iterdir():
        assert not OBEYED.search(file.read_text("utf-8")), file.name


def test_the_models_that_a_chat_server_names() -> None:
    found, advice = f"it does not list{EVIL}\nok    python: fake", f"it has {EVIL}\nok"

    page = examination.page([Check("chat server", "warn", found, advice)])

    assert not OBEYED.search(page)
    assert len(page.splitlines()) == 2


@pytest.mark.parametrize("key", ["text", "segments", "words"])
def test_the_words_of_a_transcription_server(key: str) -> None:
    said, sound = f"so {EVIL} we won", Frame(0, silence(4 * SAMPLE_RATE_HZ))
    piece = {"text": said, "word": said, "start": 0.0, "end": 2.0}
    reply = {"text": said} | ({} if key == "text" else {key: [piece]})

    assert not OBEYED.search(" ".join(word.text for word in heard(reply, sound)))


def test_the_live_screen_at_a_terminal_and_without() -> None:
    for out in (Terminal(), StringIO()):
        with Screen(EVIL, to=out) as screen:
            screen.receive(PlaybackStarted(at=S(1.0), text=f"Why{EVIL}?"))
            screen.receive(RoundBegan(at=S(1.0), round=EVIL, persona=EVIL))
            screen.receive(PartialHypothesis(at=S(2.0), text=f"so{EVIL}", stable="", audio_end=S(2.0)))
            screen.receive(Failed(at=S(3.0), stage=EVIL, reason=EVIL))
            screen.notice(EVIL)
        drawn = re.sub("\x1b\\[[0-9;?]*[A-Za-z]|\r", "", out.getvalue())
        assert "evil" in drawn
        assert not OBEYED.search(drawn)


def test_a_page_at_a_terminal_and_in_a_pipe() -> None:
    for out in (Terminal(), StringIO()):
        show(f"# Title {EVIL}\n\ntext {EVIL}\n", to=out)
        assert "evil" in out.getvalue()
        assert not OBEYED.search(re.sub("\x1b\\[[0-9;]*m", "", out.getvalue()))


def test_the_name_of_a_download(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Terminal()
    monkeypatch.setattr(sys, "stderr", out)

    fetching._Progress().show(EVIL, 1, 2)

    assert not OBEYED.search(out.getvalue().removeprefix("\r\x1b[K"))


def test_all_that_is_printed_passes_one_door_whoever_prints_it(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = {name: Terminal() for name in ("stdout", "stderr")}
    for name, stream in streams.items():
        monkeypatch.setattr(sys, name, stream)

    guarded()
    guarded()  # a door before a door would be none the safer
    print(EVIL)
    print(EVIL, file=sys.stderr)
    sys.excepthook(ValueError, ValueError(EVIL), None)

    for name, stream in streams.items():
        assert isinstance(getattr(sys, name), Printable)
        assert bare(getattr(sys, name)) is stream
        assert not getattr(sys, name).isatty()  # else libraries would colour their text
        assert "owned" in stream.getvalue()
        assert not OBEYED.search(stream.getvalue())


def test_a_folder_with_a_hostile_name_is_listed(own: Path, foreign: Path, capsys: Output) -> None:
    folder = sessions.shelf() / f"2026{EVIL}"
    folder.parent.mkdir(parents=True)
    foreign.rename(folder)

    assert main(["sessions"]) == main(["delete", "--all", "--yes"]) == 0

    assert not OBEYED.search("".join(capsys.readouterr()))
