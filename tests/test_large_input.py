"""The largest text that is taken is read in a moment, whatever stands in it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.patterns import Used, slow_on
from tests.personas.papers.written import tailoring
from vivavoce.audio.frame import Frame, silence
from vivavoce.audio.listening.server_answer import heard
from vivavoce.audio.listening.whisper import repeats
from vivavoce.personas.chat.guard import asked
from vivavoce.personas.chat.second_opinion import _findings, located
from vivavoce.personas.content.lint import lint
from vivavoce.personas.content.toml_fields import list_of, words
from vivavoce.personas.conversation.replies import acknowledges
from vivavoce.personas.papers.formats.tidy import MOST_CHARACTERS
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.imports import imported_answers
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library.compare import MOST_PIECES, compare
from vivavoce.transcripts.report.report import summed
from vivavoce.transcripts.scoring.assessment import LONGEST, Reader
from vivavoce.transcripts.scoring.checks import Check, Checks, checked
from vivavoce.transcripts.scoring.cues import Cues, cue
from vivavoce.transcripts.scoring.findings import Told
from vivavoce.transcripts.scoring.rubric import GAP, Rule
from vivavoce.transcripts.story.parts import read
from vivavoce.transcripts.story.sentences import sentences

MOMENT = 1.0  # seconds of this thread
SOUND = Frame(0, silence(16_000))


def quickly(job: Callable[[], object]) -> None:
    """Fail if `job` takes long each time: once it may, on a machine that does much else."""
    assert any(seconds(job) < MOMENT for _ in range(3))


def seconds(job: Callable[[], object]) -> float:
    before = time.thread_time()
    job()
    return time.thread_time() - before


def filled(run: str, size: int) -> str:
    return (run * (size // len(run) + 1))[:size]


@pytest.mark.parametrize(
    ("run", "size"),
    [
        *((run, MOST_CHARACTERS) for run in ("|", ", ", "a\n")),
        *((run, MOST_CHARACTERS // 5) for run in (";", "[", "_", "1", "Name: A ", "Built the a ", "I am A")),
    ],
)
def test_papers_of_one_thing_are_read_at_once(run: str, size: int) -> None:
    text = "PROJECTS\n" + filled(run, size - 20)
    broken = "\n".join(text[place : place + 1999] for place in range(0, len(text), 2000))

    quickly(lambda: tailoring(text))
    quickly(lambda: tailoring("", broken))


@pytest.mark.parametrize("run", ["mr. ", "\u2026", "so i did and ", "I ", "a. ", '." ', "\n- ", "!x"])
def test_sentences_of_one_thing_are_found_at_once(run: str) -> None:
    quickly(lambda: sentences(filled(run, 200_000), range(0, 200_000, 7)))


@pytest.mark.parametrize("run", ["[", "(", "*", "a ", "(a"])
def test_a_transcript_of_one_thing_is_read_at_once(run: str) -> None:
    quickly(lambda: heard({"text": filled(run, 150_000)}, SOUND))


def test_a_transcript_of_many_words_and_silences_is_read_at_once() -> None:
    rows = [{"word": "a", "start": 0.5, "end": 0.6}] * 6_000
    silent = {"text": "", "start": 0.1, "end": 0.2, "no_speech_prob": 0.9, "avg_logprob": -2.0}
    spoken = {"text": "a " * 6_000, "start": 0.0, "end": 1.0}

    quickly(lambda: heard({"words": rows, "segments": [spoken, *[silent] * 6_000]}, SOUND))


@pytest.mark.parametrize("text", ["{" * 200_000, "{" * 100_000 + "}", "}" * 100_000 + "{"])
def test_an_opinion_of_braces_is_read_at_once(text: str) -> None:
    quickly(lambda: list(_findings(text, "I said so.")))


def test_a_quote_of_one_word_is_looked_for_at_once() -> None:
    quickly(lambda: located("a " * 20_000 + "b", "a " * LONGEST))
    quickly(lambda: located("a " * 99 + "b", "a " * LONGEST))


@pytest.mark.parametrize("run", ["m", "hm", "mm ", "ok", "right, "])
def test_attention_of_one_thing_is_known_at_once(run: str) -> None:
    quickly(lambda: acknowledges(filled(run, 100_000) + "?"))


@pytest.mark.parametrize("run", ["and , ", ", so ", "so, ", ": then "])
def test_a_line_of_one_thing_is_judged_at_once(run: str) -> None:
    quickly(lambda: asked(filled(run, 20_000)))


@pytest.mark.parametrize("run", ["1,", "a ", "a b c ", "word"])
def test_a_decoder_s_loop_is_seen_at_once(run: str) -> None:
    quickly(lambda: repeats(filled(run, 20_000) + " the end"))


def test_a_list_of_many_different_texts_is_checked_at_once() -> None:
    check = list_of(words, distinct=True)
    many = [f"{number:x}" for number in range(34_000)]

    quickly(lambda: list(check(many)))
    assert [fault.where for fault in check(["a", "b", "a"])] == [(2,)]


def test_a_line_of_a_file_that_begins_like_a_heading_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('name = """\n' + ("[" + "\t" * 900 + "\n") * 20 + '"""\n')

    quickly(lambda: lint(path))


CUES = ["# _ # _ b", "a* _ a* _ zz", "#|a* _ #|a* _ zz", "a|a* b|b* _ c*|# _ zz", "# # # # # # # # # # # b"]


@pytest.mark.parametrize("phrase", CUES)
def test_a_cue_is_linear_in_its_worst_texts(phrase: str) -> None:
    assert slow_on(Used("", cue([phrase]), anchored=False)) == ""


def test_a_check_reads_a_sentence_of_many_cues_once() -> None:
    text = filled("one two ", LONGEST)
    one = Check(
        id="a", rule=Rule(GAP, ""), said=Cues(("one",)), near=Cues(("two",)), without=Cues(("three",))
    )
    spans = [(0, len(text))]
    told = Told(text, read([text], spans, None, None))

    quickly(lambda: list(checked([Checks(id="all", checks=(one,))], told)))


def test_takes_of_many_sentences_and_questions_are_compared_at_once() -> None:
    def take(question: str, text: str) -> object:
        said = [Spoken("Ana", text, Seconds(0.0), Seconds(9.0))]
        return imported_answers.answer(question, said)

    long = summed([take("What went well?", filled("a. b. ", 5_000))], Meta(title="a"), length=Seconds(9.0))
    many = summed(
        [take(f"What of {n:x}{n:o}?", "Fine.") for n in range(150)], Meta(title="b"), length=Seconds(9.0)
    )

    (found,) = compare(long, long, Reader())
    assert len(found.pairs) <= MOST_PIECES
    assert len(compare(many, many, Reader())) == 150
