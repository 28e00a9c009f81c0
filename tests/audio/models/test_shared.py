import threading
from collections.abc import Callable

import pytest

from vivavoce.audio.models.shared import Shared


class Model:
    """Something large."""


def test_who_wants_the_same_gets_the_same_and_who_wants_another_another() -> None:
    shared: Shared[Model] = Shared()

    first = shared.get("tiny", Model)

    assert shared.get("tiny", Model) is first
    assert shared.get("base", Model) is not first


def test_what_nobody_has_any_more_is_let_go() -> None:
    shared: Shared[Model] = Shared()
    made: list[str] = []

    def make() -> Model:
        made.append("one")
        return Model()

    one = shared.get("tiny", make)
    del one
    shared.get("tiny", make)

    assert made == ["one", "one"]


def test_two_that_come_at_once_load_it_once() -> None:
    shared: Shared[Model] = Shared()
    begun, may_end = threading.Event(), threading.Event()
    made, had = [], []

    def make() -> Model:
        begun.set()
        assert may_end.wait(10)
        made.append(Model())
        return made[-1]

    threads = [threading.Thread(target=lambda: had.append(shared.get("tiny", make))) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    may_end.set()
    for thread in threads:
        thread.join(10)

    assert len(made) == 1
    assert had == [made[0], made[0]]


def test_what_cannot_be_made_is_tried_again() -> None:
    shared: Shared[Model] = Shared()

    def damaged() -> Model:
        raise OSError("damaged")

    makes: list[Callable[[], Model]] = [damaged, Model]
    with pytest.raises(OSError, match="damaged"):
        shared.get("tiny", makes[0])

    assert isinstance(shared.get("tiny", makes[1]), Model)
