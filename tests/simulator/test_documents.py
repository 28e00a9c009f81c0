from pathlib import Path

import pytest

from vivavoce.simulator.cli import main
from vivavoce.simulator.documents import MOST_BYTES, document
from vivavoce.simulator.errors import DocumentError


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "hardly any text"),
        (b"word " * MOST_BYTES, "larger than 200 kB"),
        (b"%PDF-1.7 " + b"text " * 40, "save it as text"),
        (b"\x00\x01\x02" * 100, "save it as text"),
        (b"\xff\xfe\xfa" * 100, "save it as text"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "cv").write_bytes(content)

    with pytest.raises(DocumentError, match=reason):
        document(tmp_path / "cv")


def test_a_missing_file_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))

    assert main(["interview", "--text", "--resume", str(tmp_path / "none.txt")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.glob("sessions/*"))


def test_a_typed_interview_asks_about_the_resume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", iter(["\n"] * 3))
    (tmp_path / "cv.txt").write_text(
        "Sam Example\n\nBuilt a churn model for a bank in two months, with others."
    )

    assert main(["interview", "--text", "--resume", str(tmp_path / "cv.txt")]) == 0
    assert "churn model" in capsys.readouterr().out
    (session,) = (tmp_path / "sessions").iterdir()
    assert "bank" not in (session / "events.jsonl").read_text()
