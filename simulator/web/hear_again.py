"""Sessions that are being heard again while the page goes on: one at a time, each in a thread of its own."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vivavoce.simulator.errors import expected


@dataclass(slots=True)
class Hearing:
    """What is being heard, and how the last one ended; both are texts for the user."""

    running: str = ""
    told: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, name: str, model: str, hear: Callable[[], Path]) -> bool:
        """Begin to `hear` in a thread, unless another one is being heard; return whether it began."""
        if not self._lock.acquire(blocking=False):
            return False
        self.running, self.told = f"{name} is being heard again with {model}.", ""
        threading.Thread(target=self._hear, args=(hear,), name="vivavoce-hearing", daemon=True).start()
        return True

    def _hear(self, hear: Callable[[], Path]) -> None:
        try:
            self.told = f"{hear().name} is new."
        except expected() as error:
            self.told = str(error)
        finally:
            self.running = ""
            self._lock.release()
