"""Speech on and off, from one probability a frame.

The gate opens when ONSET_FRAMES of the last ONSET_WINDOW frames are speech, and dates the onset
back to the first of them; it closes after HANGOVER_FRAMES in a row that are not, and dates the
end back to the last speech. Different thresholds for opening and staying open keep a voice that
hovers around one of them from chattering (Silero's own advice: exit 0.15 below entry).
"""

from collections import deque

from vivavoce.audio.frame import FRAME_SECONDS, Frame
from vivavoce.transcripts.events import Event, Seconds, SpeechEnded, SpeechStarted

ONSET = 0.5
RELEASE = 0.35
ONSET_FRAMES = 3
ONSET_WINDOW = 5
HANGOVER_FRAMES = 5  # 160 ms: a stop consonant's closure is shorter, a micro-pause is not


class Gate:
    """Turns probabilities into alternating `SpeechStarted` and `SpeechEnded`."""

    def __init__(self) -> None:
        self._recent: deque[tuple[Seconds, bool]] = deque(maxlen=ONSET_WINDOW)
        self._started_at = Seconds(0.0)
        self._quiet = 0
        self.open = False
        self.last_speech_at = Seconds(0.0)

    @property
    def quiet_frames(self) -> int:
        """How many frames in a row have held no speech while the gate is still open."""
        return self._quiet if self.open else 0

    def receive(self, frame: Frame, probability: float) -> list[Event]:
        """Return what `frame`, the next one, with its speech `probability`, makes known."""
        return self._while_open(frame, probability) if self.open else self._while_closed(frame, probability)

    def _while_closed(self, frame: Frame, probability: float) -> list[Event]:
        self._recent.append((frame.started_at, probability >= ONSET))
        onsets = [at for at, speech in self._recent if speech]
        if len(onsets) < ONSET_FRAMES:
            return []
        self.open, self._quiet = True, 0
        self._started_at, self.last_speech_at = onsets[0], frame.ended_at
        self._recent.clear()
        return [SpeechStarted(at=self._started_at)]

    def _while_open(self, frame: Frame, probability: float) -> list[Event]:
        if probability >= RELEASE:
            self._quiet, self.last_speech_at = 0, frame.ended_at
            return []
        self._quiet += 1
        if self._quiet < HANGOVER_FRAMES:
            return []
        self.open = False
        return [SpeechEnded(at=self.last_speech_at, started_at=self._started_at)]


HANGOVER = Seconds(HANGOVER_FRAMES * FRAME_SECONDS)
