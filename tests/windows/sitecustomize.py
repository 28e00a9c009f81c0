"""Python as it is on Windows, for the modules of vivavoce alone.

With this folder on PYTHONPATH, each of them that imports `os`, `sys`, `signal`, `socket` or `select` gets a
view of it without what Windows lacks, and of `fcntl` and its like hears that there is no such module. All
others, the standard library's above all, see the real ones. To open a file in the system's encoding is an
error.
"""

import builtins
import errno
import os
import types
import warnings
from collections.abc import Mapping
from typing import Any, NoReturn

ABSENT = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
LACKING: Mapping[str, set[str]] = {
    "os": {
        *"O_CLOEXEC O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK O_PATH O_SYNC O_TMPFILE WEXITSTATUS".split(),
        *"WIFEXITED WNOHANG chown chroot confstr ctermid fchdir fchmod fchown fdatasync fork forkpty".split(),
        *"fpathconf fstatvfs get_blocking getegid geteuid getgid getgroups getloadavg getpgid".split(),
        *"getpgrp getpriority getresuid getsid getuid getxattr killpg lchown lockf memfd_create".split(),
        *"mkfifo mknod nice openpty pathconf pipe2 posix_fadvise posix_fallocate posix_spawn pread".split(),
        *"pwrite register_at_fork sched_get_priority_max sched_getaffinity sched_setaffinity".split(),
        *"sched_yield sendfile set_blocking setgid setpgid setsid setuid setxattr statvfs sync".split(),
        *"sysconf tcgetpgrp tcsetpgrp ttyname uname wait wait3 waitid".split(),
    },
    "signal": {
        *("SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGTSTP"),
        *("SIGTTIN", "SIGTTOU", "SIGUSR1", "SIGUSR2", "SIGWINCH", "alarm", "pause", "pthread_kill"),
        *("pthread_sigmask", "setitimer", "siginterrupt", "sigwait", "set_wakeup_fd"),
    },
    "socket": {"AF_UNIX", "SO_REUSEPORT", "socketpair"},
    "select": {"epoll", "poll", "select"},  # select takes sockets alone there
    "sys": {"getdlopenflags", "setdlopenflags"},
}

_import = builtins.__import__


class View(types.ModuleType):
    """A module without some of its names; what is set, is set in the module."""

    def __init__(self, module: types.ModuleType, lacking: set[str], other: Mapping[str, object]) -> None:
        super().__init__(module.__name__)
        object.__setattr__(self, "_of", (module, lacking, other))

    def __getattribute__(self, name: str) -> Any:
        module, lacking, other = object.__getattribute__(self, "_of")
        if name in lacking:
            raise AttributeError(f"Windows has no {module.__name__}.{name}")
        return other[name] if name in other else getattr(module, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(object.__getattribute__(self, "_of")[0], name, value)


def locking(descriptor: int, mode: int, count: int) -> None:
    """Do what msvcrt.locking does, with a lock of this system on the whole file."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_UN if mode == 0 else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from error


def console() -> types.ModuleType:
    """Return a msvcrt at whose keyboard nobody sits."""
    made: Any = types.ModuleType("msvcrt")
    made.LK_UNLCK, made.LK_LOCK, made.LK_NBLCK, made.locking = 0, 1, 2, locking
    made.kbhit, made.getwch = lambda: False, lambda: ""
    return made  # type: ignore[no-any-return]


def opened(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
    """Open a file as Windows would: relative to no descriptor, and never a folder."""
    if dir_fd is not None:
        raise NotImplementedError("dir_fd unavailable on this platform")
    if os.path.isdir(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    return os.open(path, flags, mode)


def refused(*_: object, **__: object) -> NoReturn:
    """Stand for what needs a descriptor of a folder."""
    raise NotImplementedError("dir_fd unavailable on this platform")


INSTEAD: Mapping[str, Mapping[str, object]] = {
    "sys": {"platform": "win32"},
    "os": {"name": "nt", "open": opened, "supports_dir_fd": set(), "supports_fd": set(), "fwalk": refused},
}
VIEWS: dict[str, types.ModuleType] = {"msvcrt": console()}


def _seen(name: str, globals: Any = None, *rest: Any, **more: Any) -> Any:  # noqa: A002 - its name is given
    """Stand for `__import__`."""
    if not _is_ours(globals or {}):
        return _import(name, globals, *rest, **more)
    if name in ABSENT:
        raise ModuleNotFoundError(f"No module named {name!r} on Windows", name=name)
    found = _import(name, globals, *rest, **more) if name != "msvcrt" else VIEWS[name]
    top = getattr(found, "__name__", "")  # of `import os.path` that is os
    if top in LACKING and top not in VIEWS:
        VIEWS[top] = View(found, LACKING[top], INSTEAD.get(top, {}))
    return VIEWS.get(top, found)


def _is_ours(values: Mapping[str, Any]) -> bool:
    spec = values.get("__spec__")
    return str(spec.name if spec else values.get("__name__", "")).startswith("vivavoce.")


builtins.__import__ = _seen
warnings.filterwarnings("error", category=EncodingWarning, module=r"vivavoce\.")
