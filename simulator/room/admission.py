"""How many interviews at once this machine can hold: by its cores, and by how quick it is at recognising.

What a room takes of a core is what recognition takes, which is measured on each machine, and the rest.
docs/room.md has the figures that the numbers below come from, and benchmarks/rooms.py measures them.
"""

from vivavoce.audio.errors import AudioError
from vivavoce.audio.models.cpu_threads import cores
from vivavoce.simulator.live import recogniser_choice
from vivavoce.simulator.settings import Settings

PASSES = 1.5  # times that a second of an interview is recognised; what is only shown takes what is left
OTHERS = 0.1  # of a core: sound, the ends of turns, the voice, the network
BUSY = 0.4  # of all cores: beyond it, who has answered waits for who speaks
INTERPRETED = 0.075  # of a core: what only one room can do at a time, as Python does one thing at a time
ONE_AT_A_TIME = 0.6  # of a core that they may take of that together


def most(settings: Settings) -> int:
    """Return how many interviews at once this machine can hold with these settings: one at least.

    The first time on a machine its recogniser is measured, which takes some seconds.
    """
    held = held_by(cores(), _slowness(settings))
    return min(held, settings.rooms or held)


def held_by(there: int, slowness: float | None) -> int:
    """Return how many interviews so many cores can hold: one at least.

    Args:
        there: cores.
        slowness: seconds that a second of speech takes the recogniser; None if that is done elsewhere.
    """
    share = OTHERS + PASSES * (slowness or 0.0)
    return max(1, int(min(BUSY * there / share, ONE_AT_A_TIME / INTERPRETED)))


def _slowness(settings: Settings) -> float | None:
    try:
        return recogniser_choice.slowness(settings)
    except AudioError:  # it has to be fetched or mended first, by the first who needs it
        return 1.0
