"""A loop: several rounds in one session, handed from one interviewer to the next."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from vivavoce.audio.voices.sentences import pause_after, sentences
from vivavoce.personas.content.pack import Pack, pack
from vivavoce.personas.content.persona import Persona, PersonaError, persona
from vivavoce.personas.conversation.director import Director
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.engine.rounds import interviewer, stages
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.live.typed import typed
from vivavoce.simulator.practice.candidate import Candidate
from vivavoce.simulator.practice.candidate_script import script
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import (
    Event,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    RoundBegan,
    SessionEnded,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.report.report import markdown, report
from vivavoce.transcripts.story.subject import Meaning

STORY = (
    "About a year ago our click model failed right after launch. My job was to find out why. I compared the "
    "logs with the training set and I moved the store into the serving path. In the end errors fell by half."
)


def loop(answers: list[str], minutes: float = 4) -> list[Event]:
    rows = [{"say": text} for text in answers]
    return simulate(script({"round": "loop", "minutes": minutes, "seed": 2, "candidate": rows}, Path()))


@cache
def quiet() -> list[Event]:
    return loop([STORY])


@cache
def told() -> list[Event]:
    """A loop with much to tell in both rounds."""
    return loop([STORY] * 12, minutes=9)


def lines(events: list[Event]) -> list[QuestionAsked]:
    return [event for event in events if isinstance(event, QuestionAsked)]


def moves(events: list[Event]) -> list[str]:
    return [event.move for event in lines(events)]


def test_the_rounds_come_in_order_each_with_its_own_interviewer() -> None:
    begun = [event for event in quiet() if isinstance(event, RoundBegan)]

    assert [(event.round, event.persona) for event in begun] == [
        ("behavioral", "Dana"),
        ("project story", "Viktor"),
    ]
    assert quiet()[-1] == SessionEnded(at=quiet()[-1].at, reason="the interview is over")


def test_who_leaves_names_who_comes_and_who_comes_greets() -> None:
    said = lines(quiet())
    (handing,) = [index for index, line in enumerate(said) if line.move == "hand on"]

    assert "Viktor" in said[handing].text
    assert said[handing + 1].move == "open"
    assert "I'm Viktor" in said[handing + 1].text or "Viktor," in said[handing + 1].text
    assert moves(quiet())[-1] == "close"


def test_the_next_round_begins_only_when_the_last_words_of_the_one_before_were_heard() -> None:
    second = [event for event in quiet() if isinstance(event, RoundBegan)][1]
    before = [event for event in quiet() if isinstance(event, PlaybackFinished) and event.at <= second.at]

    assert before[-1].complete
    assert second.at - before[-1].at < 0.1


def test_the_time_of_a_later_round_counts_from_its_own_beginning() -> None:
    said = moves(told())

    assert {"ask", "time check"} & {*said[said.index("open", 1) :]}, "it had no time left"


def test_who_is_rude_twice_ends_the_whole_loop() -> None:
    events = loop(["That's a stupid question.", "Shut up.", STORY])

    assert [event.persona for event in events if isinstance(event, RoundBegan)] == ["Dana"]
    assert moves(events)[-1] == "close"


def test_who_is_rude_in_one_round_and_again_in_the_next_ends_the_loop() -> None:
    events = loop(["Shut up.", *["I don't know."] * 9, "Shut up.", STORY], minutes=20)

    assert [event.persona for event in events if isinstance(event, RoundBegan)] == ["Dana", "Viktor"]
    assert moves(events).count("boundary") == 1
    assert lines(events)[-1].why == "rude again"


@pytest.mark.parametrize("before", [[], [*["I don't know."] * 8]])
def test_who_wants_to_stop_ends_the_whole_loop(before: list[str]) -> None:
    events = loop([*before, "I want to stop.", STORY], minutes=20)

    assert [event.persona for event in events if isinstance(event, RoundBegan)] == ["Dana"]
    assert moves(events)[-1] == "close"
    assert events[-1] == SessionEnded(at=events[-1].at, reason="the interview is over")


class Eager(Candidate):
    """A candidate who speaks over the line that hands on, too."""

    @property
    def _is_asked(self) -> bool:
        return isinstance(self._line, QuestionAsked)


def handed_on_over(said: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the lines from the one that hands on, while somebody says something over it."""
    monkeypatch.setattr("vivavoce.simulator.practice.simulate.Candidate", Eager)
    rows = [{"say": STORY}, {"say": "No, that is all, thanks."}, {"say": said, "barges_in_at": 1.2}]
    told = {"round": "loop", "minutes": 2, "candidate": rows}
    found = lines(simulate(script(told, Path())))
    return [line.text for line in found[[line.move for line in found].index("hand on") :]]


def test_a_goodbye_over_the_line_that_hands_on_lets_the_next_one_greet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handing, greeting, *_ = handed_on_over("Thank you, bye.", monkeypatch)

    assert "Viktor" in handing
    assert "Viktor, staff engineer" in greeting


def test_who_gives_the_floor_back_hears_who_comes_next(monkeypatch: pytest.MonkeyPatch) -> None:
    handing, again, greeting, *_ = handed_on_over("Sorry, go on.", monkeypatch)

    assert handing == again
    assert "Viktor, staff engineer" in greeting


def test_the_greeting_of_the_second_round_can_be_spoken_over() -> None:
    rows = [{"say": STORY}, {"say": "No, that is all, thanks."}, {"say": "Hi Viktor.", "barges_in_at": 3.0}]
    told = {"round": "loop", "minutes": 2, "candidate": [*rows, {"say": STORY}]}
    found = lines(simulate(script(told, Path())))
    greeting, question = found[[line.move for line in found].index("open", 1) :][:2]

    assert question.move == "repeat"
    assert greeting.text.endswith(question.text)


def test_the_same_loop_is_the_same_twice() -> None:
    assert loop([STORY]) == quiet()


def test_the_report_has_a_heading_for_each_round_with_an_answer() -> None:
    page = markdown(report(told(), Meta(round="loop", persona="Dana, Viktor")))

    assert "# Behavioral, with Dana [00:00]" in page
    assert "# Project story, with Viktor [" in page


def test_a_single_round_has_no_such_heading() -> None:
    events = simulate(script({"candidate": [{"say": STORY}], "minutes": 2}, Path()))

    assert not [event for event in events if isinstance(event, RoundBegan)]


@pytest.mark.parametrize(("minutes", "lengths"), [(None, [20, 15]), (70, [40, 30]), (3.5, [2, 1.5])])
def test_minutes_scale_every_stage(
    minutes: float | None, lengths: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, float] = {}

    def director(
        who: Persona, content: Pack, length: float, seed: int, successor: str, meaning: Meaning
    ) -> Director:
        given[who.name] = length
        return Director(who, content, length, seed, successor, meaning)

    monkeypatch.setattr("vivavoce.simulator.engine.rounds.Director", director)
    interviewer(persona("dana"), pack("loop"), minutes, 0)

    assert [given["Dana"], given["Viktor"]] == pytest.approx(lengths)


def test_each_interviewer_speaks_at_a_rate_of_its_own() -> None:
    rates = []
    for who in ("Dana", "Viktor"):
        (line,) = [one for one in lines(quiet()) if one.move == "open" and who in one.text]
        begun = next(one for one in quiet() if isinstance(one, PlaybackStarted) and one.at >= line.at)
        over = next(one for one in quiet() if isinstance(one, PlaybackFinished) and one.at >= begun.at)
        breaths = sum(map(pause_after, sentences(line.text)[:-1]))
        rates.append(60 * len(line.text.split()) / (over.at - begun.at - breaths))

    assert rates == [pytest.approx(persona(who).rate_wpm, rel=0.03) for who in ("dana", "viktor")]


def test_each_interviewer_has_a_chat_model_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[str] = []

    def chat(settings: Settings, who: Persona, known: Tailoring | None = None) -> None:
        asked_for.append(who.name)

    monkeypatch.setattr("vivavoce.simulator.live.devices.chat", chat)
    simulate(
        script({"persona": "omar", "round": "loop", "minutes": 4, "candidate": [{"say": STORY}]}, Path())
    )

    assert asked_for == ["Dana", "Viktor"]


def test_the_chosen_persona_leads_the_stages_that_name_none() -> None:
    unnamed = replace(pack("loop"), stages=tuple(replace(one, persona="") for one in pack("loop").stages))

    assert [one.persona.name for one in stages(persona("omar"), unnamed)] == ["Omar", "Omar"]


def test_a_loop_in_a_loop_and_a_stage_without_its_interviewer_are_refused() -> None:
    (first, second) = pack("loop").stages

    with pytest.raises(PersonaError, match="is a loop itself"):
        stages(persona("dana"), replace(pack("loop"), stages=(first, replace(second, round="loop"))))
    with pytest.raises(PersonaError, match="nobody"):
        stages(persona("dana"), replace(pack("loop"), stages=(replace(first, persona="nobody"),)))


@pytest.mark.parametrize(
    ("stage", "complaint"),
    [
        ('round = "behavioral"\npersona = "nobody"', "nobody"),
        ('round = "nothing"', "nothing"),
        ('round = "loop"', "is a loop itself; name its rounds instead"),
        ('round = "mine"', "is a loop itself; name its rounds instead"),
    ],
)
@pytest.mark.parametrize("command", [["interview", "--text", "--round", "mine"], ["simulate", "script.json"]])
def test_a_loop_that_cannot_run_is_refused_in_one_line_and_leaves_nothing(
    command: list[str],
    stage: str,
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "packs").mkdir()
    stages_of = f'[[stages]]\nround = "behavioral"\nminutes = 5\n\n[[stages]]\n{stage}\nminutes = 5\n'
    (tmp_path / "packs" / "mine.toml").write_text(f'round = "mine"\ntitle = "Mine"\n\n{stages_of}')
    (tmp_path / "script.json").write_text('{"round": "mine", "candidate": []}')

    assert main(command) == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1
    assert not list(tmp_path.glob("sessions/*"))


def test_a_loop_can_be_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    shown: list[str] = []

    folder = typed(Settings(), Wanted(round="loop", minutes=8), ["no"] * 60, shown.append)

    assert any(line.startswith("Dana: ") for line in shown)
    assert any(line.startswith("Viktor: ") for line in shown)
    events = log.read_log(folder / log.NAME)
    assert [event.persona for event in events if isinstance(event, RoundBegan)] == ["Dana", "Viktor"]
    assert sessions.read_meta(folder).persona == "Dana, Viktor"
