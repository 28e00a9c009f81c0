from collections.abc import Sequence

import numpy as np
import pytest

from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, Frame, silence
from vivavoce.audio.listening.continued import LONGEST_SOUND, Continued, Past
from vivavoce.transcripts.events import Seconds, Word

SOUND = Frame(100 * FRAME_SAMPLES, silence(FRAME_SAMPLES))


def at(*starts: float, lasting: float = 0.3) -> list[Word]:
    return [Word(text=f"w{s:g}", start=Seconds(s), end=Seconds(s + lasting)) for s in starts]


def frames(start: float, end: float) -> list[Frame]:
    """Return the frames from `start` to `end`, each of which holds its number."""
    numbers = range(round(start / FRAME_SECONDS), round(end / FRAME_SECONDS))
    return [Frame(n * FRAME_SAMPLES, np.full(FRAME_SAMPLES, n, dtype=np.float32)) for n in numbers]


def led(*units: tuple[float, float, Sequence[Word]]) -> Frame:
    past = Past()
    for start, end, words in units:
        past.add(frames(start, end), words)
    return past.leads_to(SOUND, "Kafka")


def begun(sound: Frame) -> str:
    assert isinstance(sound, Continued)
    return sound.begun


def test_before_anything_was_said_nothing_leads_to_a_sound() -> None:
    assert led() is SOUND
    assert led((0, 6, [])) is SOUND


def test_a_lead_holds_its_words_and_no_more_sound_than_they_take() -> None:
    sound = led((0, 12, at(1, 2, 2.4, 3, 4, 5)))

    assert isinstance(sound, Continued)
    assert (sound.start, sound.samples is SOUND.samples) == (SOUND.start, True)
    assert (sound.begun, sound.prompt) == ("w2 w2.4 w3 w4 w5", "Kafka")
    assert sound.lead[0] * FRAME_SECONDS == pytest.approx(2 - 0.25, abs=FRAME_SECONDS)
    assert sound.lead[-1] * FRAME_SECONDS == pytest.approx(5.3 + 0.5, abs=FRAME_SECONDS)


def test_a_lead_begins_behind_the_longest_pause_that_leaves_enough() -> None:
    assert begun(led((0, 12, at(1, 1.4, 5, 5.4, 7, 7.4, 9, 9.4)))) == "w5 w5.4 w7 w7.4 w9 w9.4"


def test_a_short_unit_is_led_to_by_those_before_it_as_well() -> None:
    assert begun(led((0, 3, at(1, 2)), (20, 22, at(20.5, 21)))) == "w20.5 w21"
    assert begun(led((0, 3, at(1, 2)), (3, 5, at(3.2, 4)))) == "w1 w2 w3.2 w4"


def test_a_word_that_is_said_to_last_for_ever_leads_to_nothing() -> None:
    assert led((0, 12, at(0.5, lasting=11))) is SOUND
    assert begun(led((0, 12, [*at(0.5, lasting=10), *at(10.6)]))) == "w10.6"


def test_a_long_sound_is_heard_alone() -> None:
    past, long = Past(), Frame(0, silence(int(LONGEST_SOUND / FRAME_SECONDS + 2) * FRAME_SAMPLES))
    past.add(frames(0, 6), at(1, 2, 3, 4, 5))

    assert past.leads_to(long, "") is long


def test_what_is_forgotten_leads_to_nothing() -> None:
    past = Past()
    past.add(frames(0, 6), at(1, 2, 3, 4, 5))
    past.forget()

    assert past.leads_to(SOUND, "") is SOUND


@pytest.mark.parametrize("mark", ["...", "…", "-", ".."])
def test_the_mark_of_a_sentence_that_broke_off_is_left_out_of_what_was_begun(mark: str) -> None:
    said = [Word(text=text, start=Seconds(s), end=Seconds(s + 0.3)) for text, s in (("The", 1), ("boss", 4))]
    broken = [*said, Word(text=f"team{mark}", start=Seconds(5), end=Seconds(5.3))]
    assert begun(led((0, 12, broken))) == "The boss team"


def test_a_full_stop_stays_in_what_was_begun() -> None:
    assert begun(led((0, 12, [Word(text="Done.", start=Seconds(1), end=Seconds(2))]))) == "Done."


def test_where_nothing_but_a_mark_was_heard_nothing_leads_to_a_sound() -> None:
    assert led((0, 12, [Word(text="...", start=Seconds(1), end=Seconds(2))])) is SOUND
