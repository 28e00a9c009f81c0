from dataclasses import fields
from pathlib import Path

import pytest

from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.settings import HELP, Settings, kept, load

KEY = "sk-very-secret"
SETTINGS_PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path / "config.toml"


def test_without_anything_the_defaults_hold(config: Path) -> None:
    assert load({}, {}) == Settings()


@pytest.mark.parametrize(
    ("file", "environment", "flag", "expected"),
    [
        ("base", None, None, "base"),
        ("base", "tiny.en", None, "tiny.en"),
        ("base", "tiny.en", "/my/model", "/my/model"),
        (None, "tiny.en", None, "tiny.en"),
        ("base", "", None, "base"),
    ],
)
def test_flags_go_before_the_environment_and_that_before_the_file(
    config: Path, file: str | None, environment: str | None, flag: str | None, expected: str
) -> None:
    if file:
        config.write_text(f'model = "{file}"\n')
    variables = {} if environment is None else {"VIVAVOCE_MODEL": environment}

    assert load({"model": flag}, variables).model == expected


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("captions", "no", False),
        ("captions", "TRUE", True),
        ("rate", "150", 150),
        ("terms", "Kafka, feature store,", ("Kafka", "feature store")),
        ("echo", "half-duplex", "half-duplex"),
        ("llm_base_url", "http://localhost:8080/v1", "http://localhost:8080/v1"),
    ],
)
def test_the_environment_and_flags_give_every_kind_of_value(
    config: Path, name: str, text: str, value: object
) -> None:
    assert getattr(load({}, {f"VIVAVOCE_{name.upper()}": text}), name) == value
    assert getattr(load({name: text}, {}), name) == value


def test_the_file_gives_every_kind_of_value(config: Path) -> None:
    config.write_text('captions = false\nrate = 150\nterms = ["Kafka"]\nvoice = "piper"\n')

    assert load({}, {}) == Settings(captions=False, rate=150, terms=("Kafka",), voice="piper")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('echo = "cancel"\nmodle = "base"', ", line 2: there is no setting modle; did you mean model?"),
        ("\nrate = true", ", line 2: rate must be a whole number"),
        ('rate = "fast"', ", line 1: rate must be a whole number"),
        ("rate = 5000", ", line 1: rate must be a whole number from 80 to 400"),
        ("rooms = 0.5", ", line 1: rooms must be a whole number from 1 to 100"),
        ("rooms = 500", ", line 1: rooms must be a whole number from 1 to 100"),
        ('captions = "yes"', ", line 1: captions must be true or false"),
        ("terms = [1]", ", line 1: terms must be a list of words"),
        ('echo = "loud"', ", line 1: echo must be one of cancel, headphones, half-duplex"),
        ("[model]\nname = 1", ", line 1: model must be a text in quotes"),
        ("model = ", "is not TOML"),
        (f'openai_api_key = "{KEY}"', "put it into the environment as OPENAI_API_KEY"),
        (f'llm_base_url = "https://me:{KEY}@host/v1"', "must be an address like"),
        (f'speech_base_url = "https://host/v1?key={KEY}"', "must be an address like"),
        ('llm_base_url = "host/v1"', "must be an address like"),
    ],
)
def test_a_bad_file_is_named_in_one_line_that_shows_no_value(config: Path, text: str, complaint: str) -> None:
    config.write_text(text)

    with pytest.raises(SettingsError) as raised:
        load({}, {})

    message = str(raised.value)
    assert complaint in message
    assert "\n" not in message
    assert KEY not in message


@pytest.mark.parametrize(
    ("name", "value"), [("rate", "fast"), ("captions", "maybe"), ("echo", "loud"), ("llm_base_url", "x")]
)
def test_a_bad_variable_or_flag_is_named(config: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"VIVAVOCE_{name.upper()} must be"):
        load({}, {f"VIVAVOCE_{name.upper()}": value})
    with pytest.raises(SettingsError, match=f"--{name.replace('_', '-')} must be"):
        load({name: value}, {})


def test_a_paper_of_the_file_lies_beside_it_and_of_a_flag_where_the_user_is(config: Path) -> None:
    config.write_text('resume = "cv.txt"\njob = "/jobs/one.md"\n')

    assert load({}, {}).resume == str(config.parent / "cv.txt")
    assert load({}, {}).job == "/jobs/one.md"
    assert load({"resume": "cv.txt"}, {}).resume == "cv.txt"
    assert load({"resume": ""}, {"VIVAVOCE_JOB": "one.md"}) == Settings(resume="", job="one.md")


def test_of_a_paper_only_that_there_was_one_is_kept() -> None:
    found = kept(Settings(resume="/home/jane/private/Jane_Doe_CV.txt"))

    assert (found["resume"], found["job"]) == (True, False)


def test_a_file_that_is_no_text_is_named(config: Path) -> None:
    config.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SettingsError, match="cannot read"):
        load({}, {})


def test_the_key_comes_from_the_environment_and_is_neither_shown_nor_kept(config: Path) -> None:
    settings = load({"api_key": "from a flag"}, {"OPENAI_API_KEY": KEY})

    assert settings.api_key == KEY
    assert KEY not in repr(settings)
    assert KEY not in str(kept(settings))


def test_all_but_the_key_has_a_text_for_help_and_a_row_in_the_documentation() -> None:
    names = {field.name for field in fields(Settings)} - {"api_key"}

    assert set(HELP) == names
    assert all(f"| `{name}` |" in SETTINGS_PAGE.read_text("utf-8") for name in names)
