"""The real engine on a candidate script, in virtual time: `vivavoce simulate`, and the tests.

Only the ends differ from a live session: the microphone is a script, the speaker is silent, and
background work is done at once and delivered when it would have been done.
"""

from collections.abc import Callable

from vivavoce.audio.devices.echo import EchoGuard, Headphones
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.ports import Microphone, Speaker, Voice
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.personas.conversation.phrasing import Phrasing
from vivavoce.personas.papers.tailoring import NOTHING, Tailoring
from vivavoce.simulator.engine.background import Background, Inline, Lane
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.engine.interviewer import Interviewer
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.engine.rounds import interviewer
from vivavoce.simulator.engine.session import Listener, Session
from vivavoce.simulator.engine.session_parts import Equip, Parts, Timing, Untimed, plainly
from vivavoce.simulator.live import devices, papers
from vivavoce.simulator.live.session_folder import ENDED
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import Script
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.training import take
from vivavoce.simulator.training.take_clock import TakeClock
from vivavoce.transcripts.events import Event, Seconds
from vivavoce.transcripts.story.subject import Meaning, nothing

# What the work is said to take, so that a busy machine changes nothing: as on a two-core laptop with tiny.en.
SCRIPTED_DELAYS = {
    Lane.DRAFT: Seconds(0.15),
    Lane.SETTLE: Seconds(0.2),
    Lane.TURN: Seconds(0.1),
    Lane.VOICE: Seconds(0.08),
}

# Nobody is there to press Ctrl-C: how long a session may take that does not end by itself.
TIMES_AS_LONG = 4
LONGER_BY = Seconds(3 * 3600.0)
AT_LEAST = Seconds(15 * 60.0)
ENDLESS = "it did not end by itself"


def simulate(
    script: Script,
    models: Models | None = None,
    settings: Settings | None = None,
    meaning: Meaning = nothing,
    stopped: Callable[[], bool] = lambda: False,
    candidate: Candidate | None = None,
) -> list[Event]:
    """Return the events of a session with the candidate of `script`, in time order.

    One that does not end by itself is ended, as is one that was `stopped`.

    Args:
        script: its answers are words, or sound when `models` are given.
        models: what the engine listens with; without, the recogniser is simulated too.
        settings: how readily to cut in, and a chat server, if there is one.
        meaning: tells a slide into another subject.
        stopped: asked at each frame.
        candidate: who answers; without, one who follows the script.

    Raises:
        DocumentError: the résumé or the job posting that it names cannot be read.
        PersonaError: no such persona or round.
    """
    settings = settings or Settings()
    known = papers.known(script.resume, script.job)
    clock = Untimed() if script.take is None else script.take.clock()
    asks = cast(script, settings.interruptions, known, meaning, clock)
    events: list[Event] = []
    candidate = candidate or Candidate(script)
    background = Inline(SCRIPTED_DELAYS if models is None else None)
    models = models or Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate))
    limit = longest(script)

    def stop(at: Seconds) -> None:
        if at >= limit or stopped():
            session.end(ENDLESS if at >= limit else ENDED)

    session = staged(
        candidate,
        microphone=CandidateMicrophone(candidate, stop),
        speaker=SilentSpeaker(),
        models=models,
        voice=SilentVoice(asks.persona.rate_wpm),
        background=background,
        listeners=(events.append,),
        timing=clock,
        asks=asks,
        chat=None if script.take else devices.chat(settings, asks.persona, known),
        equip=lambda who: (SilentVoice(who.rate_wpm), devices.chat(settings, who, known)),
    )
    session.run()
    return sorted(events, key=lambda event: event.at)


def cast(
    script: Script,
    interruptions: str = "normal",
    known: Tailoring = NOTHING,
    meaning: Meaning = nothing,
    clock: Timing | None = None,
) -> Interviewer:
    """Return the interviewer that `script` names; of a take, one who goes by its `clock`.

    Raises:
        PersonaError: no such persona or round.
    """
    asking = persona(script.persona)
    if script.take is not None:
        clock = clock if isinstance(clock, TakeClock) else script.take.clock()
        make = take.cast(script.take, clock)
        return make(asking, script.take.content, None, script.seed, interruptions, known, meaning)
    content = pack(script.round)
    return interviewer(asking, content, script.minutes, script.seed, interruptions, known, meaning)


def longest(script: Script) -> Seconds:
    """Return after how much sound a session with the candidate of `script` is ended."""
    if script.take is not None:
        return AT_LEAST
    planned = 60 * (script.minutes or pack(script.round).minutes)
    return Seconds(max(AT_LEAST, min(TIMES_AS_LONG * planned, planned + LONGER_BY)))


def staged(
    candidate: Candidate,
    *,
    microphone: Microphone,
    speaker: Speaker,
    models: Models,
    voice: Voice,
    background: Background,
    listeners: tuple[Listener, ...],
    echo: EchoGuard | None = None,
    recorder: Recorder | None = None,
    interruptions: str = "normal",
    meaning: Meaning = nothing,
    asks: Interviewer | None = None,
    chat: Phrasing | None = None,
    equip: Equip = plainly,
    timing: Timing | None = None,
) -> Session:
    """Return a session between a simulated `candidate` and `asks`, or whom its script names."""
    timing = timing or Untimed()
    return Session(
        Parts(
            microphone=microphone,
            speaker=speaker,
            echo=echo or Headphones(),
            ear=Ear(models, background),
            mouth=Mouth(voice, background),
            background=background,
            interviewer=asks or cast(candidate.script, interruptions, meaning=meaning),
            equip=equip,
            chat=chat,
            recorder=recorder,
            pad=candidate,
            timing=timing,
        ),
        (candidate.receive, timing.receive, *listeners),
    )
