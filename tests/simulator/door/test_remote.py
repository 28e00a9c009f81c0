"""What has to be asked for before anybody elsewhere can reach the pages."""

from pathlib import Path
from typing import Any

import pytest

from tests.simulator.door.certificates import certificate
from vivavoce.simulator.door.remote import asked
from vivavoce.simulator.errors import SettingsError

NOTHING: dict[str, Any] = {
    "host": None,
    "port": 8437,
    "certificate": None,
    "key": None,
    "behind_proxy": False,
    "password_file": None,
}


@pytest.fixture
def given(tmp_path: Path) -> dict[str, Any]:
    """What is enough."""
    own, key = certificate(tmp_path)
    password = tmp_path / "password"
    password.touch(0o600)
    password.write_text("a quiet green ladder\n")
    return {**NOTHING, "host": "room.test", "certificate": own, "key": key, "password_file": password}


def test_nothing_asked_for_is_nothing_opened() -> None:
    assert asked(**NOTHING) is None


@pytest.mark.parametrize(
    ("host", "port", "proxy", "address"),
    [
        ("room.test", 8437, False, "https://room.test:8437"),
        ("Room.Test", 443, False, "https://room.test"),
        ("room.test:443", 8437, False, "https://room.test"),
        ("room.test:9000", 8437, False, "https://room.test:9000"),
        ("room.test:9000", 0, False, "https://room.test:9000"),
        ("192.0.2.7:9000", 8437, False, "https://192.0.2.7:9000"),
        ("room.test", 8437, True, "https://room.test"),
        ("room.test", 0, True, "https://room.test"),
        ("room.test:9000", 8437, True, "https://room.test:9000"),
    ],
)
def test_the_address_is_what_browsers_show(
    given: dict[str, Any], host: str, port: int, proxy: bool, address: str
) -> None:
    tls = {"certificate": None, "key": None, "behind_proxy": True} if proxy else {}
    remote = asked(**given | tls | {"host": host, "port": port})
    assert remote is not None
    assert remote.address == address
    assert (remote.certificate is None) is proxy


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"host": None}, "--host"),
        ({"password_file": None}, "--password-file"),
        ({"certificate": None}, "--certificate and --key"),
        ({"key": None}, "--certificate and --key"),
        ({"certificate": None, "key": None}, "--behind-proxy"),
        ({"behind_proxy": True}, "either --behind-proxy"),
        ({"behind_proxy": True, "key": None}, "either --behind-proxy"),
        ({"port": 0}, "--port"),
        ({"certificate": Path("nothing.pem")}, "cannot read nothing.pem"),
        ({"key": Path("/")}, "cannot read /"),
    ],
)
def test_less_than_https_and_a_password_is_refused_in_a_line(
    given: dict[str, Any], changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(SettingsError) as problem:
        asked(**given | changed)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("alone", ["certificate", "key", "password_file", "behind_proxy"])
def test_what_needs_a_name_is_refused_without_one(given: dict[str, Any], alone: str) -> None:
    with pytest.raises(SettingsError, match="--host"):
        asked(**NOTHING | {alone: given[alone] or True})


@pytest.mark.parametrize(
    "host",
    [
        "",
        ":8437",
        "https://room.test",
        "room.test/",
        "room.test:",
        "room.test:0",
        "room.test:65536",
        "room.test:https",
        "room.test:٣",
        "room.test:1:2",
        "[::1]",
        "::1",
        "0.0.0.0 ",
        "-room.test",
        "room..test",
        "room.test.",
        "a room",
        "room.test\r\nX: y",
        "räume.test",
        "me@room.test",
        "*",
        "x" * 64,
        "x." * 500 + "x",
    ],
)
def test_what_is_no_name_is_refused(given: dict[str, Any], host: str) -> None:
    with pytest.raises(SettingsError, match="--host") as problem:
        asked(**given | {"host": host})
    assert "\n" not in str(problem.value)


def test_a_certificate_needs_its_own_key_that_asks_for_nothing(given: dict[str, Any], tmp_path: Path) -> None:
    for name in ("other", "locked"):
        (tmp_path / name).mkdir()
    other, strange = certificate(tmp_path / "other")
    locked = certificate(tmp_path / "locked", locked=True)
    empty = tmp_path / "empty.pem"
    empty.touch()
    for changed in (
        {"key": strange},
        {"key": other},
        {"certificate": empty},
        {"key": empty},
        dict(zip(("certificate", "key"), locked, strict=True)),
    ):
        with pytest.raises(SettingsError, match="must be a certificate and its own key"):
            asked(**given | changed)
