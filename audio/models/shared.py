"""What several sessions of a process have in common: loaded once, and let go when nobody has it any more."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")


class Shared(Generic[T]):
    """Things of one kind, by what they are made from."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._made: WeakValueDictionary[Hashable, T] = WeakValueDictionary()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the one of `key`: what somebody else has already, or what `make` returns.

        Who comes while one is being made waits for it. What `make` raises is raised, and nothing kept.
        """
        with self._making:
            one = self._made.get(key)
            if one is None:
                one = self._made[key] = make()
            return one
