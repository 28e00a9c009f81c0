"""What a program, and all that it starts, sends and leaves: seen by strace at the border of the kernel."""

import ipaddress
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

SENDING = ("connect", "bind", "sendto", "sendmsg", "sendmmsg")
OPENING = ("open", "openat", "openat2")
MAKING = ("creat", "truncate", "mkdir", "mkdirat", "mknod", "mknodat", "rename", "renameat", "renameat2")
LINKING = ("link", "linkat", "symlink", "symlinkat")
TRACED = ",".join([*SENDING, *OPENING, *MAKING, *LINKING])

ASKS_FOR_TELEMETRY = {
    "ORT_DISABLE_TELEMETRY": "0",
    "HF_HUB_DISABLE_TELEMETRY": "0",
    "HF_HUB_DISABLE_XET": "0",
    "HF_XET_TELEMETRY_ENABLED": "1",
    "DISABLE_TELEMETRY": "0",
    "DO_NOT_TRACK": "0",
}
# The folders of a run that it may write to, by the variables that name them. The last stands for what a login
# gives everybody until they log out; libpulse makes a folder there.
OWN = {"VIVAVOCE_HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run"}
EMPTY = (
    "user",
    "work",
    "tmp",
)  # $HOME, the folder it is started in; and what is temporary is gone at the end
KERNELS = ("/dev/", "/proc/")  # devices, terminals, shared memory, what the kernel says of a process

NAME_SERVER = 53
RESOLVER = re.compile(r'sun_path=@?"([^"]*(?:resolve|avahi|mdns)[^"]*)"')  # asks for names in others' stead
WRITES = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|TMPFILE)")
CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)")
PATH = re.compile(r'(?:<(?P<folder>[^>]*)>, )?"(?P<name>(?:[^"\\]|\\.)*)"')
HOST = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


@contextmanager
def traced(
    place: Path, command: Sequence[str | Path], more: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """Run `command` in folders of its own, in an environment that asks for telemetry, while the body does.

    Nothing else of this machine's environment is passed on: signs of CI would silence some libraries too.
    """
    for folder in (*OWN.values(), *EMPTY, "calls"):
        (place / folder).mkdir(mode=0o700, exist_ok=True)
    own = {name: str(place / folder) for name, folder in OWN.items()}
    fixed = {"HOME": str(place / "user"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    environment = own | fixed | {"PYTHONDONTWRITEBYTECODE": "1"} | ASKS_FOR_TELEMETRY | (more or {})
    strace = ["strace", "-ff", "-y", "-qq", "-s", "300", "--seccomp-bpf", "-e", f"trace={TRACED}"]
    with subprocess.Popen(
        [*strace, "-o", place / "calls" / "of", *command],
        env=environment,
        cwd=place / "work",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that a signal to the group reaches the program: strace heeds none
    ) as program:
        try:
            yield program
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)


def complaints(place: Path) -> list[str]:
    """Return what the run in `place` sent to another machine, and wrote or left outside its folders."""
    own = [place / folder for folder in OWN.values()]
    calls = [file.read_text(errors="replace") for file in sorted((place / "calls").iterdir())]
    lines = [line for text in calls for line in text.splitlines()]
    found = [wrong for line in lines if (wrong := sent(line) or written(line, own))]
    left = [path for folder in EMPTY for path in sorted((place / folder).rglob("*"))]
    return [*dict.fromkeys(found), *(f"left: {path.relative_to(place)}" for path in left)]


def sent(line: str) -> str:
    """Return where a `line` of strace reaches beyond this machine, or asks for a name; empty if it does not.

    A name is asked for even if it is the own machine that is asked: it asks others.
    """
    call, _, rest = line.partition("(")
    if call not in SENDING:
        return ""
    targets = [_beyond(address) for address in rest.split("sa_family=")[1:]]
    return "; ".join(f"{call}: {target}" for target in targets if target)


def _beyond(address: str) -> str:
    family, host = address.split(",")[0].rstrip("}"), HOST.search(address)
    if family == "AF_UNIX":
        resolver = RESOLVER.search(address)
        return f"a name is asked for at {resolver[1]}" if resolver else ""
    if family in ("AF_NETLINK", "AF_UNSPEC"):
        return ""
    if host is None:
        return family
    if f"htons({NAME_SERVER})" in address:
        return f"a name is asked for at {host[1] or host[2]}"
    place = ipaddress.ip_address(host[1] or host[2])
    place = getattr(place, "ipv4_mapped", None) or place
    return "" if place.is_loopback else f"{place}"


def written(line: str, own: Sequence[Path]) -> str:
    """Return what a `line` of strace makes or may change outside of the folders `own`; empty if nothing."""
    call = CALL.match(line)
    if not call or call[1] in SENDING or call[3].startswith("-"):
        return ""
    if call[1] in OPENING and not WRITES.search(call[2]):
        return ""
    *_, last = PATH.finditer(call[2])  # of two, the one that comes into being
    path = Path(os.path.normpath(os.path.join(last["folder"] or "", last["name"])))
    if str(path).startswith(KERNELS) or any(path.is_relative_to(folder) for folder in own):
        return ""
    return f"{call[1]}: {path}"
