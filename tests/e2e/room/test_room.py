"""A whole spoken interview in a real Chromium: asked, answered, cut in on, barged in on, and reviewed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.in_browser import Candidate, begun, recording
from benchmarks.wer import wer
from tests.e2e.test_browser import barriers_now, running
from vivavoce.audio.frame import SAMPLE_RATE_HZ, wav
from vivavoce.audio.models.store import cache
from vivavoce.simulator import practice
from vivavoce.simulator.review.transcribe import transcribe
from vivavoce.simulator.settings import load
from vivavoce.transcripts.events import TurnEnded
from vivavoce.transcripts.journal import log

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
RECORDINGS = Path(practice.__file__).with_name("recordings")
SOON = 20.0  # seconds in which a line or a question comes, on a machine that does other things as well


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as changed:
        path = tmp_path_factory.mktemp("home")
        (path / "models").symlink_to(cache())
        changed.setenv("VIVAVOCE_HOME", str(path))
        changed.setenv("VIVAVOCE_MODEL", "tiny.en")
        yield path


@pytest.fixture(scope="module")
def page(chromium: Any, home: Path) -> Iterator["Page"]:
    import axe_core_python

    with running() as library:
        page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.told = []
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.on("console", lambda one: page.told.append(one.text) if one.type == "error" else None)
        page.add_init_script(path=str(Path(axe_core_python.__file__).with_name("axe.min.js")))
        page.candidate = Candidate(page)
        page.goto(library.address())
        yield page
        page.context.close()


def test_an_interview_from_the_home_page_to_its_review(page: "Page", home: Path, tmp_path: Path) -> None:
    candidate: Candidate = page.candidate  # type: ignore[attr-defined]
    begun(page)
    candidate.told("state", SOON, state="speaking")
    assert barriers_now(page) == []
    candidate.told("state", SOON, state="open")
    candidate.say(recording("result"))
    candidate.told("state", 2 * SOON, state="speaking")
    page.wait_for_timeout(1000)
    candidate.say(recording("redirected")[: 3 * SAMPLE_RATE_HZ])  # while the interviewer speaks
    candidate.told("state", SOON, state="answering")
    candidate.told("state", SOON, state="speaking")
    candidate.told("state", SOON, state="open")
    candidate.say(recording("disagreement"))
    candidate.told("state", 50.0, state="cutting_in")
    assert barriers_now(page) == []
    page.wait_for_timeout(800)
    candidate.stop()
    candidate.told("state", SOON, state="open")
    page.get_by_role("button", name="End", exact=False).last.click()
    page.get_by_role("dialog").get_by_role("button", name="End it").click()
    page.wait_for_url(re.compile("/session/"), timeout=60_000)
    assert page.locator("h1").is_visible()
    assert barriers_now(page) == []
    assert page.told == []  # type: ignore[attr-defined]
    (folder,) = (home / "sessions").iterdir()
    said = log.read_log(folder / log.NAME)
    kinds = [type(event).__name__ for event in said]
    assert {"BargeIn", "CutIn"} <= set(kinds)
    assert "FramesLost" not in kinds
    first = next(event.text for event in said if isinstance(event, TurnEnded))
    reference = json.loads((RECORDINGS / "demo.json").read_text("utf-8"))["candidate"][1]["text"]
    file = tmp_path / "result.wav"
    file.write_bytes(wav(recording("result")))
    alone = transcribe(file, load({"model": "tiny.en"}), stream=False)["text"]
    assert wer(reference, first) <= 1.1 * wer(reference, alone)
