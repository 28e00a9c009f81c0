from pathlib import Path

import pytest

from vivavoce.personas import persona as module
from vivavoce.personas.persona import PersonaError, names, pack, persona, practising


@pytest.mark.parametrize("name", names("people"))
def test_every_persona_is_whole_and_its_patience_goes_upwards(name: str) -> None:
    someone = persona(name)

    assert someone.id == name
    assert someone.name
    assert someone.role
    assert 100 <= someone.rate_wpm <= 220
    assert 3 <= someone.encourage_after < someone.reprompt_after < someone.give_up_after
    assert someone.cut_in_after >= 25


@pytest.mark.parametrize("name", names("packs"))
def test_every_pack_asks_one_thing_at_a_time(name: str) -> None:
    it = pack(name)

    assert it.questions
    assert it.minutes > 0
    assert len({question.id for question in it.questions}) == len(it.questions)
    for question in it.questions:
        for text in (question.text, question.again):
            assert text.count("?") <= 1
            assert len(text.split()) <= 35
        assert question.again != question.text


@pytest.mark.parametrize(("kind", "read"), [("people", persona), ("packs", pack)])
@pytest.mark.parametrize("name", ["nobody", "", "../people/dana", "dana.toml", "DANA"])
def test_an_unknown_one_says_which_there_are(kind: str, read: object, name: str) -> None:
    assert callable(read)
    with pytest.raises(PersonaError) as raised:
        read(name)

    assert "\n" not in str(raised.value)
    assert all(other in str(raised.value) for other in names(kind))


DANA = """name = "Dana"
role = "hiring manager"
rate_wpm = 165
encourage_after = 8.0
reprompt_after = 20.0
give_up_after = 60.0
cut_in_after = 25.0
"""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("people", 'name = "Ann"', id="lacks nearly everything"),
        pytest.param("people", DANA + 'colour = "red"', id="an unknown key"),
        pytest.param("people", "name = = 3", id="not TOML"),
        pytest.param("people", DANA.replace("8.0", '"eight"'), id="a word for a number"),
        pytest.param("packs", 'round = "r"\ntitle = "t"\nminutes = 5', id="no questions"),
        pytest.param("packs", 'round = "r"\ntitle = "t"\nminutes = 5\nquestions = []', id="an empty list"),
        pytest.param("packs", 'round = "r"\ntitle = "t"\nminutes = 5\nquestions = ["Why?"]', id="mere text"),
        pytest.param("packs", 'round = "r"\ntitle = "t"\nminutes = 5\n[[questions]]', id="half a question"),
    ],
)
def test_a_file_that_is_not_whole_is_named(
    kind: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / kind).mkdir()
    (tmp_path / kind / "odd.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda _: tmp_path)

    with pytest.raises(PersonaError, match=rf"^{kind}/odd\.toml [^\n]*$"):
        (persona if kind == "people" else pack)("odd")


def test_one_question_can_be_practised_alone() -> None:
    alone = practising(pack("behavioral"), "  Tell me about\n a launch. ")

    assert [question.text for question in alone.questions] == ["Tell me about a launch."]
    assert alone.round == "behavioral"


def test_an_empty_question_is_refused() -> None:
    with pytest.raises(PersonaError, match="empty"):
        practising(pack("behavioral"), " \n ")
