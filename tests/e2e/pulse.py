"""A private PulseAudio server with simulated hardware, so that the real sound-card code runs without a card.

The null sink `spk` is the loudspeaker: what is played there can be recorded from `spk.monitor`. The
null sink `micbus` is the air in front of the microphone `virtmic`: what is played there is heard.
Everything the server keeps lies in one folder of its own; the user's sound set-up is not touched.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from vivavoce.audio.devices.portaudio import portaudio
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples

PROGRAMS = ("pulseaudio", "pactl", "pacat", "parec")
SERVER = """
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=spk rate=48000
load-module module-null-sink sink_name=micbus rate=48000
load-module module-remap-source master=micbus.monitor source_name=virtmic
set-default-sink spk
set-default-source virtmic
"""
ALSA = """
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
RAW = ("--raw", "--format=float32le", f"--rate={SAMPLE_RATE_HZ}", "--channels=1", "--latency-msec=20")


@dataclass(frozen=True, slots=True)
class Pulse:
    """A running server, and the environment in which programs find it."""

    folder: Path
    environment: dict[str, str]
    server: subprocess.Popen[bytes]

    def control(self, *command: str) -> None:
        """Run one `pactl` command."""
        subprocess.run(["pactl", *command], env=self.environment, check=True, timeout=10, capture_output=True)

    @contextmanager
    def spoken(self, sound: Samples) -> Iterator[None]:
        """Play `sound` in front of the microphone meanwhile."""
        raw = self.folder / "spoken.raw"
        raw.write_bytes(sound.tobytes())
        command = ["pacat", "--playback", *RAW, "--device=micbus", str(raw)]
        with _running(subprocess.Popen(command, env=self.environment)):
            yield

    @contextmanager
    def recording(self) -> Iterator[Path]:
        """Record meanwhile what the loudspeaker plays; `heard` reads the file."""
        raw = self.folder / "heard.raw"
        command = ["parec", *RAW, "--device=spk.monitor", str(raw)]
        with _running(subprocess.Popen(command, env=self.environment)):
            # A null sink that nobody listened to works in steps of 2 s; it takes one to become quick.
            time.sleep(2.5)
            yield raw

    def kill(self) -> None:
        """End the server as a crash would."""
        self.server.kill()
        self.server.wait()


def heard(raw: Path) -> Samples:
    """Return what `recording` has written so far."""
    whole = raw.read_bytes()
    return np.frombuffer(whole[: len(whole) // 4 * 4], dtype=np.float32)


@contextmanager
def sound_system(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """Run a server that this process's PortAudio talks to; skip the test where there is none."""
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}")
    with TemporaryDirectory(prefix="pulse-") as folder, _server(Path(folder)) as pulse:
        for name, value in pulse.environment.items():
            monkeypatch.setenv(name, value)
        try:
            portaudio.restart()
        except DeviceError as error:
            pytest.skip(str(error))
        yield pulse
        portaudio.restart()  # ends every stream, before the server ends under them


@contextmanager
def _server(folder: Path) -> Iterator[Pulse]:
    socket = folder / "run" / "native"
    for name in ("home", "run"):
        (folder / name).mkdir(mode=0o700)
    (folder / "server.pa").write_text(SERVER.format(socket=socket))
    (folder / "alsa.conf").write_text(ALSA)
    environment = os.environ | {
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "PULSE_SERVER": f"unix:{socket}",
        "ALSA_CONFIG_PATH": str(folder / "alsa.conf"),
    }
    options = ("--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no")
    command = ["pulseaudio", "-n", "-F", str(folder / "server.pa"), *options]
    with (
        (folder / "log").open("wb") as log,
        _running(subprocess.Popen(command, env=environment, stdout=log, stderr=log)) as server,
    ):
        _wait_for(socket)
        yield Pulse(folder, environment, server)


def _wait_for(socket: Path) -> None:
    until = time.monotonic() + 10
    while not socket.exists():
        if time.monotonic() > until:
            raise TimeoutError(f"PulseAudio did not start; see {socket.parents[1] / 'log'}")
        time.sleep(0.05)
    time.sleep(0.3)  # the socket is the first thing it makes


@contextmanager
def _running(program: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield program
    finally:
        program.kill()
        program.wait()
