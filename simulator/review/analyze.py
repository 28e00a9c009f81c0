"""`vivavoce analyze`: the report on a session, a recording, or a transcript made elsewhere."""

from dataclasses import replace
from pathlib import Path

from vivavoce.audio.devices.sound_files import read
from vivavoce.audio.frame import SAMPLE_RATE_HZ
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.live.loading import loaded
from vivavoce.simulator.live.recogniser_choice import second
from vivavoce.simulator.review.second_hearing import second_hearing
from vivavoce.simulator.review.session_report import reported
from vivavoce.simulator.review.transcribe import listened
from vivavoce.simulator.settings import Settings, kept
from vivavoce.transcripts.events import Event, Seconds
from vivavoce.transcripts.imports import formats, imported_answers
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.report.missed_lines import heard_again, missed
from vivavoce.transcripts.report.report import Report, summed
from vivavoce.transcripts.story.english import looks_english
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.fillers import fillers
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.talk.turns import Turn
from vivavoce.transcripts.words import speech, words

LONGEST = Seconds(2 * 3600.0)  # of a recording: beyond it, memory would grow with every minute
NOT_ENGLISH = "this does not seem to be English, the only language that is judged so far"


def analyze(path: Path, settings: Settings, question: str = "", candidate: str = "") -> Report:
    """Return the report on what is at `path`.

    Args:
        path: a session's folder or its id, a sound file, or a transcript (its name says which).
        settings: the recogniser, for a sound file.
        question: what was asked, where the file does not say.
        candidate: the label of the candidate in a transcript; "" to find out.

    Raises:
        TranscriptError: there is no such session, or the transcript cannot be read.
        AudioError: the sound cannot be read, a model for it is not here, or the recogniser failed.
    """
    if path.suffix.lower() in formats.FORMATS:
        return _transcript(path, settings, question, candidate)
    if path.is_file():
        return _recording(path, settings, question)
    folder = path if path.is_dir() else sessions.find(str(path))
    return reported(folder, reader())[1]


def _transcript(path: Path, settings: Settings, question: str, candidate: str) -> Report:
    talk = formats.paired(formats.read(path), candidate)
    found = imported_answers.answers(talk.pairs, question)
    notes = {*talk.notes, *(note for _, said in talk.pairs if (note := imported_answers.note(said)))}
    if not looks_english(" ".join(answer.text for answer in found)):
        notes.add(NOT_ENGLISH)
    length = max((turn.end for answer in found for turn in answer.turns), default=Seconds(0.0))
    meta = Meta(title=path.stem, settings=kept(settings))
    return summed(found, meta, length=length, notes=[talk.taken, *sorted(notes)], reader=reader())


def _recording(path: Path, settings: Settings, question: str) -> Report:
    """Return the report on a sound file: all that is said in it is one answer."""
    sound = read(path, LONGEST)
    length = Seconds(len(sound) / SAMPLE_RATE_HZ)
    models, choice = loaded(settings, turns=False)
    events = listened(sound, models, settings)
    if chosen := second(settings, choice.name):
        events += second_hearing(sound, events, *chosen, settings.terms)
    meta = Meta(title=path.stem, models={"recogniser": choice.name}, settings=kept(settings))
    said = _said(events, question)
    notes = [] if said.question.text else ["no question was given (--question): all is taken as one answer"]
    if said.text and not looks_english(said.text):
        notes.append(NOT_ENGLISH)
    notes += [*(text for _, text in missed(events)), *heard_again(events)]
    return summed([said], meta, length=length, heard=words(events), notes=notes, reader=reader())


def _said(events: list[Event], question: str) -> Answer:
    """Return all the words of `events` as one answer."""
    told = tuple(replace(word) for word in words(events))
    text = " ".join(word.text.strip() for word in told)
    start, end = (told[0].start, told[-1].end) if told else (Seconds(0.0), Seconds(0.0))
    asked = Turn(speaker="interviewer", start=Seconds(0.0), end=Seconds(0.0), text=question)
    turn = Turn(speaker="candidate", start=start, end=end, text=text, words=told)
    return Answer(
        question=asked,
        turns=(turn,) if told else (),
        words=told,
        response_gap=None,
        pacing=pacing(told, speech(events)),
        fillers=tuple(fillers(told)),
    )
