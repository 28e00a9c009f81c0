"""The interviewer's lines in a chat model's words, if it finds good ones in time.

The template is known at once and waits. The model's sentences come one by one; what has passed
the guard when the deadline comes, or when the model is done, is said; otherwise the template is,
and nobody notices. A server that fails is told of once, and left alone after FAILURES in a row.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from queue import SimpleQueue

from vivavoce.personas.chat.guard import best
from vivavoce.personas.conversation.phrasing import Phrasing
from vivavoce.personas.moves import Move, Said, Step
from vivavoce.simulator.engine.background import Background, Lane
from vivavoce.transcripts.events import QuestionAsked, Seconds

DEADLINE = Seconds(1.2)
FAILURES = 3
# These must come at once, or are made ahead.
TEMPLATES_ONLY = (
    *(Move.OPEN, Move.CUT_IN, Move.RESTART, Move.HAND_ON, Move.CLOSE, Move.ANSWER, Move.DECLINE),
    # Here a wrong word would hurt, or one is enough.
    *(Move.TELL, Move.EXPLAIN, Move.GO_ON, Move.ACCEPT, Move.CARE, Move.CONFIRM_STOP),
)


class Wording:
    """Words one line at a time."""

    def __init__(self, chat: Phrasing | None, background: Background, failed: Callable[[str], None]) -> None:
        """Prepare to ask `chat`, if there is one; `failed` is told once why it cannot be used."""
        self._chat = chat
        self._background = background
        self._tell = failed
        self._failures = 0
        self._line: QuestionAsked | None = None
        self._step: Step | None = None
        self._due = Seconds(0.0)
        self._done = False
        self._sentences: SimpleQueue[str] = SimpleQueue()
        self._received: list[str] = []

    @property
    def busy(self) -> bool:
        """Whether a line is being worded."""
        return self._line is not None

    def start(self, line: QuestionAsked, step: Step, turns: Sequence[Said]) -> bool:
        """Begin to word `line`, whose text is the template's; return False if it is good as it is."""
        if self._chat is None or self._failures >= FAILURES or step.move in TEMPLATES_ONLY:
            return False
        self.cancel()
        self._line, self._step, self._due = line, step, Seconds(line.at + DEADLINE)
        self._done, self._received, self._sentences = False, [], SimpleQueue()
        chat, sentences, said = self._chat, self._sentences, tuple(turns)

        def ask() -> None:
            for sentence in chat.phrase(step, said):
                sentences.put(sentence)

        self._background.start(Lane.PHRASE, ask, self._finished, self._failed)
        return True

    def take(self, now: Seconds) -> QuestionAsked | None:
        """Return the line once it is known how to say it."""
        if self._line is None or self._step is None or not (self._done or now >= self._due):
            return None
        while not self._sentences.empty():
            self._received.append(self._sentences.get())
        line, text = self._line, best(self._received, self._step)
        self.cancel()
        return replace(line, at=now, text=text or line.text)

    def cancel(self) -> None:
        """Drop the line."""
        self._line = self._step = None
        self._background.cancel(Lane.PHRASE)

    def _finished(self, _: None) -> None:
        self._done, self._failures = True, 0

    def _failed(self, error: Exception) -> None:
        self._done = True
        self._failures += 1
        if self._failures == 1:
            self._tell(str(error))
