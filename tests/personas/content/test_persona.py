from pathlib import Path

import pytest

from vivavoce.personas.content.persona import PersonaError, names, persona
from vivavoce.personas.moves import Move

DANA = """name = "Dana"
role = "hiring manager"
rate_wpm = 165
encourage_after = 8.0
reprompt_after = 20.0
give_up_after = 60.0
cut_in_after = 25.0
"""


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's own folder of personas, which has none yet."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    (tmp_path / "personas").mkdir()
    return tmp_path / "personas"


@pytest.mark.parametrize("name", names("people"))
def test_every_persona_is_whole_and_its_patience_goes_upwards(name: str) -> None:
    someone = persona(name)

    assert someone.id == name == someone.name.lower()
    assert someone.role
    assert 100 <= someone.rate_wpm <= 220
    assert 3 <= someone.encourage_after < someone.reprompt_after < someone.give_up_after
    assert someone.cut_in_after >= 25
    assert all(Move(probe) for probe in someone.probes)
    assert someone.phrases


def test_the_personas_are_different_people() -> None:
    everybody = [persona(name) for name in names("people")]

    assert len(everybody) >= 8
    assert len({someone.rate_wpm for someone in everybody}) >= 6
    assert len({someone.pitch for someone in everybody}) == len(everybody)
    assert len({someone.probes for someone in everybody}) == len(everybody)
    assert {someone.cut_in_eagerness for someone in everybody} >= {0.0, 1.0, 2.0}
    assert {someone.challenges for someone in everybody} == {True, False}
    said = [item for someone in everybody for item in someone.phrases.items()]
    lines = [line for key, own in said if key != "acknowledge" for line in set(own)]
    assert len(lines) - len(set(lines)) <= 12


def test_what_a_file_leaves_out_has_a_default(own: Path) -> None:
    (own / "ann.toml").write_text(DANA, encoding="utf-8")
    ann = persona("ann")

    assert (ann.warmth, ann.cut_in_eagerness, ann.follow_ups, ann.pitch) == (0.5, 1.0, 2, 1.0)
    assert (ann.back_channels, ann.challenges, ann.time_checks) == (True, False, True)
    assert (ann.probes, dict(ann.phrases), ann.voice) == ((), {}, "")


def test_a_users_own_persona_comes_before_the_shipped_one(own: Path) -> None:
    (own / "dana.toml").write_text(DANA.replace("165", "111"), encoding="utf-8")
    (own / "zoe.toml").write_text(DANA, encoding="utf-8")

    assert persona("dana").rate_wpm == 111
    assert persona("zoe").id == "zoe"
    assert {"dana", "zoe"} < set(names("people"))
    assert names("people").count("dana") == 1


def test_a_persona_can_be_named_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text("\ufeff" + DANA.replace("\n", "\r\n"), encoding="utf-8")

    assert persona(str(tmp_path / "elsewhere.toml")).id == "elsewhere"


def test_a_persona_is_one_value() -> None:
    assert persona("dana") == persona("dana")
    assert hash(persona("dana")) == hash(persona("dana"))


def test_keys_of_phrases_can_be_written_with_underscores(own: Path) -> None:
    (own / "ann.toml").write_text(DANA + '[phrases]\ncut_in = ["Stop."]', encoding="utf-8")

    assert persona("ann").phrases == {"cut in": ("Stop.",)}


@pytest.mark.parametrize(
    "name", ["nobody", "", "../people/dana", "dana.toml", "DANA", "a\0.toml", "x" * 5000 + ".toml"]
)
def test_an_unknown_one_says_which_there_are(name: str) -> None:
    with pytest.raises(PersonaError) as raised:
        persona(name)

    assert "\n" not in str(raised.value)
    assert "\0" not in str(raised.value)
    assert all(other in str(raised.value) for other in names("people"))
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    ("text", "names_it"),
    [
        pytest.param('name = "Ann"', "role is missing", id="lacks nearly everything"),
        pytest.param(DANA + 'colour = "red"', "colour: unknown key", id="an unknown key"),
        pytest.param('name = "Ann"\nrole = = 3', "line 2", id="not TOML"),
        pytest.param(DANA.replace("8.0", '"eight"'), "encourage_after: must be a number", id="a word"),
        pytest.param(DANA.replace("8.0", "nan"), "encourage_after: must be a number", id="not a number"),
        pytest.param(DANA.replace("8.0", "true"), "encourage_after: must be a number", id="a flag"),
        pytest.param(DANA.replace("25.0", "24"), "cut_in_after: must be a number from 25", id="too eager"),
        pytest.param(DANA.replace("60.0", "19"), "give_up_after: must be more", id="patience goes down"),
        pytest.param(DANA + "follow_ups = 4", "follow_ups: must be a whole number", id="too many"),
        pytest.param(DANA + "warmth = 2", "warmth", id="too warm"),
        pytest.param(DANA + "challenges = 1", "challenges: must be true or false", id="no flag"),
        pytest.param(DANA + 'probes = ["result"]', r"probes\[1\]: must be one of", id="no such probe"),
        pytest.param(DANA + 'phrases = ["Hi."]', "phrases: must be a table", id="phrases as a list"),
        pytest.param(DANA + '[phrases]\nhum = ["Mm."]', "phrases.hum: unknown key", id="no such move"),
        pytest.param(DANA + "[phrases]\nclose = []", "phrases.close: must have 1 or more", id="no lines"),
        pytest.param(DANA + '[phrases]\nclose = "Bye."', "phrases.close: must be a list", id="one line"),
        pytest.param(
            DANA + '[phrases]\nclose = ["{about}."]', "may name no placeholder", id="not its to name"
        ),
        pytest.param(DANA + '[phrases]\ngreeting = ["{name"]', "braces", id="half a placeholder"),
        pytest.param(DANA + '[phrases]\ngreeting = ["{name.x}"]', "may name", id="an attribute"),
        pytest.param(DANA + '[phrases]\ngreeting = ["{name!r}"]', "may name", id="a conversion"),
        pytest.param(DANA + '[phrases]\ngreeting = ["{name:>999999}"]', "may name", id="a width"),
        pytest.param(DANA.replace('"Dana"', '"Da\\nna"'), "name: must be one line", id="two lines"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(text: str, names_it: str, own: Path) -> None:
    (own / "odd.toml").write_text(text, encoding="utf-8")

    with pytest.raises(PersonaError, match=rf"^personas/odd\.toml [^\n]*{names_it}[^\n]*$"):
        persona("odd")


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("Mm.", True),
        ("Go on, yes.", False),
        ("I see that.", True),
        ("mm", False),
        ("Okay. I see.", False),
        ("Great, excellent.", False),
        ("\\U0001F44D", False),
        ("...", False),
        ("3.", False),
        ("I have been listening to you.", False),
    ],
)
def test_a_soft_word_is_one_short_sentence(own: Path, line: str, right: bool) -> None:
    (own / "ann.toml").write_text(f'{DANA}[phrases]\nback_channel = ["{line}"]\n', encoding="utf-8")

    if right:
        assert persona("ann").phrases["back channel"] == (line,)
    else:
        with pytest.raises(PersonaError, match="one to three words"):
            persona("ann")
