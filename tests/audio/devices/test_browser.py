"""A page as microphone and speaker, without any page: what arrives is handed over by the tests."""

import threading
from itertools import islice
from queue import SimpleQueue
from types import SimpleNamespace

import numpy as np
import pytest

from vivavoce.audio.devices import browser, packets
from vivavoce.audio.devices.browser import (
    MOST_WAITING,
    Arrival,
    Attached,
    BrowserMicrophone,
    BrowserSpeaker,
    NoMore,
    Paused,
    Resumed,
)
from vivavoce.audio.devices.packets import CUT, SILENCE, SOUND, Heard
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, join, silence
from vivavoce.transcripts.events import Seconds

LOUD = np.full(FRAME_SAMPLES, 0.5, dtype=np.float32)


class Later(SimpleQueue[Arrival]):
    """What arrives only when somebody listens."""

    listened = False

    def qsize(self) -> int:
        return super().qsize() if self.listened else 0

    def get(self, block: bool = True, timeout: float | None = None) -> Arrival:
        self.listened = True
        return super().get(block, timeout)


class Desk:
    """A microphone and a speaker at a page that the test plays.

    What the test hands over arrives while the session listens, unless it is `early`.
    """

    def __init__(
        self, rate_hz: int = SAMPLE_RATE_HZ, patience: float = 300.0, *, early: bool = False
    ) -> None:
        self.rate_hz = rate_hz
        self.sent: list[bytes] = []
        self.told: list[str] = []
        self.speaker = BrowserSpeaker()
        self.microphone = BrowserMicrophone(self.speaker, Seconds(patience))
        if not early:
            self.microphone._arrivals = Later()
        self.microphone.listen(
            lambda reason: self.told.append(f"lost: {reason}"),
            lambda name: self.told.append(f"found: {name}"),
        )
        self._frames = self.microphone.frames()
        self.attach()

    def attach(self, epoch: int = 1, position: int = 0) -> None:
        self.microphone.tell(
            Attached(send=self.sent.append, rate_hz=self.rate_hz, epoch=epoch, position=position)
        )

    def hear(self, first: int, samples: Samples, epoch: int = 1, played: int = 0) -> None:
        self.microphone.tell(Heard(epoch=epoch, first=first, played=played, samples=samples))

    def all(self) -> list[Frame]:
        """Return the frames of all that has arrived and will arrive."""
        self.microphone.tell(NoMore())
        return list(self._frames)

    @property
    def played(self) -> list[tuple[int, int, int]]:
        """Return kind, place and length of all that the page was sent."""
        return [(kind, first, len(sound)) for kind, first, sound in map(packets.spoken, self.sent)]


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "HEARTBEAT_S", 0.02)
    monkeypatch.setattr(browser, "CATCH_UP", 1000.0)


def noise(seconds: float, rate_hz: int = SAMPLE_RATE_HZ) -> Samples:
    """Return what any rate can carry: a tone whose level rises, so that every moment is its own."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    return (np.sin(2 * np.pi * 440 * at) * (0.1 + 0.8 * at / seconds)).astype(np.float32)


def packed(desk: Desk, sound: Samples, size: int = 320, lost: frozenset[int] = frozenset()) -> None:
    """Have `sound` arrive in packets of `size`, but for those that were lost."""
    for number, first in enumerate(range(0, len(sound), size)):
        if number not in lost:
            desk.hear(first, sound[first : first + size])


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_sound_of_any_rate_keeps_its_time(rate_hz: int) -> None:
    desk = Desk(rate_hz)
    packed(desk, noise(2.0, rate_hz), rate_hz // 50)
    heard = join(desk.all())

    want = noise(2.0)[: len(heard.samples)]
    assert len(want) > 1.9 * SAMPLE_RATE_HZ
    assert np.abs(heard.samples - want)[500:-500].max() < 0.02


def test_what_is_lost_on_the_way_is_silence_of_its_length() -> None:
    desk, sound = Desk(), noise(1.0)
    packed(desk, sound, lost=frozenset({10, 11, 30}))
    frames = desk.all()

    assert sum(frame.lost for frame in frames) == 3 * 320
    heard = join(frames).samples
    sound[3200:3840] = sound[9600:9920] = 0
    assert np.abs(heard - sound[: len(heard)]).max() < 1e-3
    assert [frame.start for frame in frames] == [number * FRAME_SAMPLES for number in range(len(frames))]


def test_a_gap_at_another_rate_is_as_long_as_the_time_it_took() -> None:
    desk = Desk(48_000)
    desk.hear(0, noise(0.1, 48_000))
    desk.hear(48_000, noise(0.1, 48_000))
    frames = desk.all()
    assert sum(frame.lost for frame in frames) == pytest.approx(0.9 * SAMPLE_RATE_HZ, abs=2)
    assert join(frames).duration == pytest.approx(1.1, abs=0.05)


def test_what_comes_twice_late_or_half_twice_is_heard_once() -> None:
    desk, sound = Desk(), noise(1.0)
    for first, end in [(0, 3200), (0, 3200), (1600, 4800), (640, 960), (4800, 16_000)]:
        desk.hear(first, sound[first:end])
    heard = join(desk.all())
    assert not heard.lost
    assert np.array_equal(heard.samples, sound[: len(heard.samples)])


def test_after_a_long_absence_nothing_is_made_up() -> None:
    desk, sound = Desk(), noise(0.5)
    desk.hear(0, sound)
    desk.hear(SAMPLE_RATE_HZ * 40, sound)
    heard = join(desk.all())
    assert not heard.lost
    assert heard.duration == pytest.approx(1.0, abs=0.04)


def test_a_page_that_was_loaded_again_goes_on_without_a_gap() -> None:
    desk, sound = Desk(), noise(0.5)
    desk.hear(160_000, sound)
    desk.attach(epoch=2)
    desk.hear(168_000, LOUD)  # still of the page before
    desk.hear(0, sound, epoch=2)
    heard = join(desk.all())
    assert not heard.lost
    assert heard.duration == pytest.approx(1.0, abs=0.04)


def test_a_connection_that_comes_back_goes_on_where_the_count_was() -> None:
    desk, sound = Desk(), noise(1.0)
    desk.hear(0, sound[:8000])
    assert desk.microphone.had(1) == 8000
    assert desk.microphone.had(2) == 0
    desk.attach()
    desk.hear(6400, sound[6400:])  # more than it lacked
    heard = join(desk.all())
    assert not heard.lost
    assert np.array_equal(heard.samples, sound[: len(heard.samples)])


def test_another_rate_in_mid_session_keeps_the_clock() -> None:
    desk = Desk(48_000)
    packed(desk, noise(0.5, 48_000), 960)
    desk.rate_hz = 44_100
    desk.attach(epoch=2)
    for first in range(0, 22_050, 882):
        desk.hear(first, noise(0.5, 44_100)[first : first + 882], epoch=2)
    assert join(desk.all()).duration == pytest.approx(1.0, abs=0.08)


def test_a_pause_is_no_part_of_the_recording_and_is_told() -> None:
    desk, sound = Desk(), noise(0.5)
    desk.hear(0, sound)
    desk.microphone.tell(Paused())
    desk.hear(8_000, LOUD)
    desk.hear(8_000 + FRAME_SAMPLES, LOUD)
    desk.microphone.tell(Resumed())
    desk.hear(80_000, sound)
    heard = join(desk.all())

    assert not heard.lost
    assert heard.duration == pytest.approx(1.0, abs=0.04)
    assert desk.told == ["lost: the candidate paused", "found: the page"]


def test_what_was_heard_before_anybody_listened_is_left_out() -> None:
    desk, sound = Desk(early=True), noise(0.5)
    desk.hear(0, LOUD)
    frames = desk.microphone.frames()
    threading.Timer(0.1, desk.hear, (320_000, sound)).start()
    first = next(frames)
    assert not first.lost
    assert np.array_equal(first.samples, sound[:FRAME_SAMPLES])


def test_a_session_that_is_ended_before_it_listens_hears_nothing() -> None:
    desk = Desk(patience=0.1, early=True)
    desk.hear(0, LOUD)
    desk.microphone.tell(NoMore())
    assert list(desk.microphone.frames()) == []


def test_a_page_that_is_not_heard_is_told_once_and_waited_for() -> None:
    desk, sound = Desk(patience=5), noise(0.5)
    desk.hear(0, sound)
    threading.Timer(0.2, desk.hear, (8_000, sound)).start()
    heard = [next(desk._frames) for _ in range(30)]
    assert heard[-1].start == 29 * FRAME_SAMPLES
    assert desk.told == ["lost: the page is not heard", "found: the page"]


def test_a_page_that_never_comes_back_ends_the_session() -> None:
    desk = Desk(patience=0.1)
    with pytest.raises(DeviceError, match="did not come back"):
        list(desk.microphone.frames())


def test_a_session_that_fell_behind_catches_up_and_not_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(browser, "time", SimpleNamespace(sleep=slept.append))
    monkeypatch.setattr(browser, "CATCH_UP", 4.0)
    desk = Desk()
    packed(desk, noise(3.0))
    assert len(desk.all()) == 93
    assert 70 < len(slept) < 90  # not for the latest, which are on time
    assert set(slept) == {0.008}


def test_a_page_that_sends_without_end_fills_no_memory() -> None:
    desk = Desk(early=True)
    for number in range(MOST_WAITING + 500):
        desk.hear(number * 320, silence(320))
    assert desk.microphone._arrivals.qsize() <= MOST_WAITING + 1
    assert desk.microphone.had(1) <= MOST_WAITING * 320


def test_a_microphone_that_gives_only_zeros_is_known_until_it_gives_more() -> None:
    desk = Desk()
    packed(desk, silence(32_000))
    deaf = [desk.microphone.only_zeros for _ in islice(desk._frames, 60)]
    assert not any(deaf[:28])
    assert all(deaf[32:])

    desk = Desk()
    packed(desk, np.concatenate([silence(15_000), LOUD, silence(40_000)]))
    assert not any(desk.microphone.only_zeros for _ in islice(desk._frames, 100))


def test_a_line_that_is_played_says_how_long_it_waits() -> None:
    desk = Desk(48_000)
    desk.speaker.attach(Attached(send=desk.sent.append, rate_hz=48_000, epoch=1))
    assert desk.speaker.latency == 0
    for _ in range(20):
        desk.speaker.play(LOUD)
    sent = sum(length for *_, length in desk.played)
    assert desk.speaker.latency == pytest.approx(sent / 48_000)
    desk.speaker.played(24_000)
    assert desk.speaker.latency == pytest.approx(sent / 48_000 - 0.5)
    desk.speaker.played(12_000)  # told late: nothing is unheard again
    assert desk.speaker.latency == pytest.approx(sent / 48_000 - 0.5)
    desk.speaker.played(10**12)  # more than it was sent
    assert desk.speaker.latency == 0


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000, 96_000])
def test_a_line_is_as_long_at_the_page_as_it_was_made(rate_hz: int) -> None:
    sent: list[bytes] = []
    speaker = BrowserSpeaker()
    speaker.attach(Attached(send=sent.append, rate_hz=rate_hz, epoch=1))
    tone = noise(2.0)[: 62 * FRAME_SAMPLES]
    for block in np.split(tone, 62):
        speaker.play(block)
    places = [packets.spoken(packet) for packet in sent]
    assert [first for _, first, _ in places] == [
        sum(len(sound) for *_, sound in places[:number]) for number in range(len(places))
    ]
    heard = np.concatenate([sound for *_, sound in places])
    want = noise(2.0, rate_hz)[: len(heard)]
    assert len(heard) == pytest.approx(len(tone) * rate_hz / SAMPLE_RATE_HZ, abs=0.05 * rate_hz)
    middle = slice(rate_hz // 10, -rate_hz // 10)
    assert np.abs(heard - want)[middle].max() < 0.02


def test_a_line_that_is_stopped_is_dropped_however_late_its_chunks_come() -> None:
    desk = Desk()
    desk.speaker.attach(page := Attached(send=desk.sent.append, rate_hz=16_000, epoch=1))
    for _ in range(10):
        desk.speaker.play(LOUD)
    desk.speaker.played(4 * FRAME_SAMPLES)
    dropped = desk.speaker.stop()

    assert dropped == pytest.approx(6 * FRAME_SAMPLES / SAMPLE_RATE_HZ)
    assert desk.played[-1][:2] == (CUT, 10 * FRAME_SAMPLES)
    assert desk.speaker.latency == 0
    assert desk.speaker.stop() == 0
    desk.speaker.play(silence(FRAME_SAMPLES))
    assert desk.played[-1] == (SILENCE, 10 * FRAME_SAMPLES, FRAME_SAMPLES)

    desk.sent.clear()
    desk.speaker.attach(page)  # had neither the line nor its end
    assert desk.played == [(CUT, 10 * FRAME_SAMPLES, 0), (SILENCE, 10 * FRAME_SAMPLES, FRAME_SAMPLES)]


def test_a_page_that_comes_back_gets_what_it_lacks_and_a_new_one_nothing_old() -> None:
    desk = Desk()
    old = Attached(send=desk.sent.append, rate_hz=16_000, epoch=1)
    desk.speaker.attach(old)
    for _ in range(10):
        desk.speaker.play(LOUD)
    desk.speaker.played(4 * FRAME_SAMPLES)
    desk.sent.clear()

    desk.speaker.attach(Attached(send=desk.sent.append, rate_hz=16_000, epoch=1, position=7 * FRAME_SAMPLES))
    assert [(kind, first) for kind, first, _ in desk.played] == [
        (SOUND, number * FRAME_SAMPLES) for number in (7, 8, 9)
    ]
    desk.sent.clear()
    desk.speaker.attach(Attached(send=desk.sent.append, rate_hz=16_000, epoch=2))
    desk.speaker.play(LOUD)
    assert desk.played == [(SOUND, 0, FRAME_SAMPLES)]
    assert desk.speaker.latency == FRAME_SAMPLES / SAMPLE_RATE_HZ


def test_without_a_page_a_line_is_swallowed() -> None:
    speaker = BrowserSpeaker()
    speaker.play(LOUD)
    speaker.played(100)
    assert speaker.latency == speaker.stop() == 0
