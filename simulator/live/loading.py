"""Models that are still loading when the interview begins: only the work that needs one waits for it.

The greeting takes several seconds to say and loading less, so nobody notices.
"""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Event
from typing import TypeVar

from vivavoce.audio.errors import MissingModels
from vivavoce.audio.frame import Frame, Samples
from vivavoce.audio.listening.detector import Silero
from vivavoce.audio.listening.turn_model import SmartTurn
from vivavoce.audio.models.shared import Shared
from vivavoce.audio.models.store import MODELS, locate
from vivavoce.audio.ports import Hypothesis, Recogniser, TurnModel
from vivavoce.simulator.engine import embeddings
from vivavoce.simulator.engine.background import Background, Lane
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.live import recogniser_choice
from vivavoce.simulator.live.recogniser_choice import Choice
from vivavoce.simulator.settings import AUTO, Settings
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.story.parts import Embedding

T = TypeVar("T")

TURN_MODEL = "smart-turn"
HEAD_START = Seconds(0.8)

_shared: Shared[TurnModel] = Shared()


def need(settings: Settings, *, turns: bool = True, useful: Sequence[str] = ()) -> None:
    """Check that all that `loaded` loads is here; a server's recogniser need not be.

    Args:
        settings: the recogniser.
        turns: the turn model is wanted too.
        useful: what can be done without, and had better come along if something has to be fetched.

    Raises:
        MissingModels: something is not here; all of it is named.
        ModelError: there is no such recogniser.
    """
    own = [] if settings.transcription_base_url else [_recogniser(settings.model)]
    missing = [
        name for name in [*own, *([TURN_MODEL] if turns else [])] if not recogniser_choice.is_here(name)
    ]
    if missing:
        raise MissingModels(*missing, *(name for name in useful if not recogniser_choice.is_here(name)))


def _recogniser(wanted: str) -> str:
    if wanted == AUTO:
        return (
            recogniser_choice.ACCURATE
            if recogniser_choice.is_here(recogniser_choice.ACCURATE)
            else recogniser_choice.QUICK
        )
    if wanted not in MODELS:
        locate(wanted)  # a folder of the user's own, or a name that nobody knows
    return wanted


def loaded(settings: Settings, *, turns: bool = True) -> tuple[Models, Choice]:
    """Return all models, loaded, and which recogniser it is; the turn model only if it is wanted.

    If sound will be sent to a server, stderr says so.

    Raises:
        MissingModels: one is not here.
        ModelError: one is damaged.
    """
    need(settings, turns=turns)
    heard_ends = turn_model() if turns else None
    recogniser, choice = recogniser_choice.choose(settings)
    if settings.transcription_base_url:
        print(choice.why, file=sys.stderr)
    return Models(Silero(), recogniser, heard_ends), choice


def turn_model() -> TurnModel:
    """Return the one that all sessions of this process share.

    Raises:
        ModelError: it is not here, or damaged.
    """
    return _shared.get(TURN_MODEL, lambda: SmartTurn(locate(TURN_MODEL)))


def load(background: Background, job: Callable[[], T], failed: Callable[[Exception], None]) -> "Future[T]":
    """Run `job` in the loading lane; return what will hold its result for other threads."""
    coming: Future[T] = Future()

    def run() -> T:
        try:
            coming.set_result(job())
        except Exception as error:  # whoever waits hears of it too
            coming.set_exception(error)
        return coming.result()

    background.start(Lane.LOAD, run, lambda _: None, failed)
    return coming


def head_start(background: Background) -> None:
    """Give what loads HEAD_START before the sound begins: its imports would make the greeting stutter."""
    loaded = Event()
    background.start(Lane.LOAD, loaded.set, lambda _: None, lambda _: None)
    loaded.wait(HEAD_START)


def rest(background: Background) -> None:
    """Close `background`."""
    background.close()


class LoadingRecogniser:
    """A `Recogniser` whose first job waits until the model is there."""

    def __init__(self, coming: "Future[Recogniser]") -> None:
        self._coming = coming

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """See `Recogniser`."""
        return self._coming.result().transcribe(sound, prompt, timed=timed)


class LoadingEmbedding:
    """A `Meaning`: nothing until it has loaded, and nothing for good where that fails or it is not here."""

    def __init__(self) -> None:
        self._coming: Future[Embedding | None] | None = None

    def load(self, background: Background, failed: Callable[[Exception], None]) -> None:
        """Load it behind what is being loaded."""
        self._coming = load(background, embeddings.embedding, failed)

    def __call__(self) -> Embedding | None:
        """See `Meaning`."""
        coming = self._coming
        return None if coming is None or not coming.done() or coming.exception() else coming.result()


class LoadingTurnModel:
    """A `TurnModel` whose first job waits until the model is there."""

    def __init__(self, coming: "Future[TurnModel]") -> None:
        self._coming = coming

    def probability(self, turn: Samples) -> float:
        """See `TurnModel`."""
        return self._coming.result().probability(turn)
