"""The password of those who come from elsewhere."""

import asyncio
import os
from pathlib import Path

import pytest

from vivavoce.simulator.door import password
from vivavoce.simulator.door.password import FREE, LONGEST, QUEUE, SLOWEST, TOLD, Later, Password, Tries, read
from vivavoce.simulator.errors import SettingsError

RIGHT = "a quiet green ladder"


def written(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "password"
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("content", [RIGHT, f"{RIGHT}\n", f"\ufeff{RIGHT}\r\n", f"  {RIGHT}  \n"])
def test_the_line_of_the_file_is_the_password(content: str, tmp_path: Path) -> None:
    one = read(written(tmp_path, content.encode()))[""]
    assert one.fits(RIGHT)
    for other in ("", RIGHT[:-1], RIGHT + "x", RIGHT.upper(), RIGHT * 1000):
        assert not one.fits(other)
    assert RIGHT not in repr(one)


def test_a_line_for_each_is_a_password_for_each(tmp_path: Path) -> None:
    found = read(written(tmp_path, b"teacher: a quiet green ladder\n\n ana-2 :  another: with a colon \r\n"))
    assert list(found) == ["teacher", "ana-2"]
    assert found["teacher"].fits(RIGHT)
    assert found["ana-2"].fits("another: with a colon")
    assert not found["ana-2"].fits(RIGHT)


def test_one_person_alone_has_a_name_too(tmp_path: Path) -> None:
    assert list(read(written(tmp_path, f"ana: {RIGHT}\n".encode()))) == ["ana"]
    assert list(read(written(tmp_path, b"Kx3:9fA0qweRTz==\n"))) == [""]
    assert list(read(written(tmp_path, f"console-2: {RIGHT}\n".encode()))) == ["console-2"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (f"ana: {RIGHT}\n{RIGHT}\n", "line 2: write"),
        (f"ana: {RIGHT}\nAna: {RIGHT}\n", "line 2: write"),
        (f"ana: {RIGHT}\n../ana: {RIGHT}\n", "line 2: write"),
        (f"ana: {RIGHT}\n.: {RIGHT}\n", "line 2: write"),
        (f"ana: {RIGHT}\n{'a' * 41}: {RIGHT}\n", "line 2: write"),
        (f"ana: {RIGHT}\nana: {RIGHT}x\n", "line 2: ana is there twice"),
        (f"ana: {RIGHT}\nnul: {RIGHT}\n", "line 2: write"),
        (f"ana: {RIGHT}\ncom1 : {RIGHT}\n", "line 2: write"),
        (f"\nana: {RIGHT}\n\n\nben {RIGHT}\n", "line 5: write"),
        ("ana: short\n", "line 1 must have a password of 12"),
        (f"# ours: {RIGHT}\nana: {RIGHT}\n", "line 1: write"),
        (f"ana: {RIGHT}\nben: short\n", "line 2 must have a password of 12"),
        ("".join(f"a{one}: {RIGHT}\n" for one in range(101)), "101 lines; 100 people"),
    ],
)
def test_a_line_that_is_wrong_is_named_without_what_stands_in_it(
    content: str, why: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=why) as problem:
        read(written(tmp_path, content.encode()))
    assert RIGHT not in str(problem.value)


def test_two_keyboards_write_one_password() -> None:
    assert Password.of("Dreißig grüne Äpfel").fits("Dreißig gru\u0308ne A\u0308pfel")


def test_equal_passwords_look_different() -> None:
    assert Password.of(RIGHT) != Password.of(RIGHT)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"elevenchars",
        b" " * 40,
        b"twelve chars\nand another line",
        b"twelve chars\0",
        b"\xff\xfe" * 10,
        b"x" * (LONGEST + 1),
        b"x" * 100_000,
    ],
)
def test_what_is_no_good_password_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as problem:
        read(written(tmp_path, content))
    assert "\n" not in str(problem.value)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such bits")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o660, 0o777])
def test_a_file_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="chmod 600"):
        read(written(tmp_path, RIGHT.encode(), mode))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(SettingsError, match="cannot read the password file"):
            read(path)


class Tried:
    """Tries at a clock that the test turns."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.told: list[str] = []
        self.tries = Tries(Password.of(RIGHT), self.told.append, lambda: self.now)

    def fits(self, text: str) -> bool:
        return asyncio.run(self.tries.fits(text))

    def closed(self, text: str = RIGHT) -> int:
        """Return for how long nothing is tried, not even the right one."""
        try:
            self.fits(text)
        except Later as later:
            return later.seconds
        return 0


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Tried:
    monkeypatch.setattr(password, "COST", {"n": 2, "r": 1, "p": 1})
    return Tried()


def test_wrong_ones_close_it_for_longer_and_longer_up_to_a_bound(tried: Tried) -> None:
    for _ in range(FREE):
        assert tried.fits("wrong") is False
    waits = []
    for _ in range(40):
        assert tried.fits("wrong") is False
        waits.append(tried.closed())
        tried.now += waits[-1] - 0.01
        assert tried.closed() == 1
        tried.now += 0.02
    assert waits[:6] == [1, 2, 4, 8, 16, 30]
    assert set(waits[5:]) == {SLOWEST}
    assert len(tried.told) == (FREE + 40) // TOLD
    assert not any("wrong\n" in line or RIGHT in line for line in tried.told)


def test_the_right_one_opens_it_again_and_time_forgives(tried: Tried) -> None:
    for _ in range(FREE):
        tried.fits("wrong")
    assert tried.fits(RIGHT)
    assert tried.fits("wrong") is False
    assert tried.closed("wrong") == 0
    for _ in range(FREE - 1):
        tried.fits("wrong")
    assert tried.closed("wrong") == 1
    tried.now += password.FORGIVEN + 2
    assert tried.fits("wrong") is False
    assert tried.closed() == 0


def test_a_class_comes_in_at_once_and_a_crowd_does_not_pile_up(tried: Tried) -> None:
    async def together(many: int) -> list[bool | BaseException]:
        return await asyncio.gather(*(tried.tries.fits(RIGHT) for _ in range(many)), return_exceptions=True)

    async def both() -> None:
        assert await together(QUEUE) == [True] * QUEUE
        answers = await together(20 * QUEUE)
        assert answers[:QUEUE] == [True] * QUEUE
        assert all(isinstance(one, Later) for one in answers[QUEUE:])
        assert await tried.tries.fits(RIGHT)

    asyncio.run(both())
