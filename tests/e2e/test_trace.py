"""What the traced runs are judged by sees all that may leave the machine, and no more."""

from pathlib import Path

import pytest

from tests.e2e.trace import sent, written

HOME = [Path("/h/home")]
V6 = 'connect(3<s>, {{sa_family=AF_INET6, sin6_port=htons({}), inet_pton(AF_INET6, "{}", &a)}}, 28) = 0'
TO = '{{sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("{}")}}'
V4 = 'connect(3<s>, {{sa_family=AF_INET, sin_port=htons({}), sin_addr=inet_addr("{}")}}, 16) = {}'


@pytest.mark.parametrize(
    ("line", "where"),
    [
        pytest.param(V4.format(443, "192.0.2.1", 0), "connect: 192.0.2.1", id="another-machine"),
        pytest.param(V4.format(443, "192.0.2.1", "-1 ENETUNREACH"), "connect: 192.0.2.1", id="in-vain"),
        pytest.param(V4.format(443, "192.0.2.1", "? ERESTARTSYS"), "connect: 192.0.2.1", id="broken-off"),
        pytest.param(V6.format(443, "2001:db8::1"), "connect: 2001:db8::1", id="another-machine-6"),
        pytest.param(V4.format(5353, "224.0.0.251", 0), "connect: 224.0.0.251", id="all-neighbours"),
        pytest.param(V4.format(53, "192.0.2.1", 0), "connect: a name is asked for at 192.0.2.1", id="name"),
        pytest.param(
            V4.format(53, "127.0.0.53", 0), "connect: a name is asked for at 127.0.0.53", id="own-name"
        ),
        pytest.param(
            'connect(3<s>, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0',
            "connect: a name is asked for at /run/systemd/resolve/io.systemd.Resolve",
            id="a-resolver's-socket",
        ),
        pytest.param(
            f'sendto(3<s>, "x", 1, 0, {TO.format("192.0.2.7")}, 16) = 1',
            "sendto: 192.0.2.7",
            id="a-datagram",
        ),
        pytest.param(
            f"sendmmsg(3<s>, [{TO.format('127.0.0.1')}, {TO.format('192.0.2.7')}], 2, 0) = 2",
            "sendmmsg: 192.0.2.7",
            id="the-second-of-two",
        ),
        pytest.param(
            'bind(3<s>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
            "bind: 0.0.0.0",
            id="open-to-everybody",
        ),
        pytest.param(
            "connect(3<s>, {sa_family=AF_VSOCK, svm_cid=0x2}, 16) = 0", "connect: AF_VSOCK", id="other"
        ),
    ],
)
def test_what_reaches_beyond_this_machine_is_seen(line: str, where: str) -> None:
    assert sent(line) == where


@pytest.mark.parametrize(
    "line",
    [
        V4.format(8080, "127.0.0.1", 0),
        V4.format(8080, "127.8.9.1", 0),
        V6.format(8080, "::1"),
        V6.format(8080, "::ffff:127.0.0.1"),
        'connect(3<s>, {sa_family=AF_UNIX, sun_path="/run/pulse/native"}, 110) = -1 ENOENT (No such file)',
        'sendto(3<s>, "sa", 2, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20',
        "connect(3<s>, {sa_family=AF_UNSPEC, sa_data=0}, 16) = 0",
        'sendto(7<pipe:[1]>, "W", 1, MSG_NOSIGNAL, NULL, 0) = -1 ENOTSOCK (Socket operation on non-socket)',
        'openat(AT_FDCWD</w>, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 3</etc/hosts>',
    ],
)
def test_what_stays_on_this_machine_is_none_of_it(line: str) -> None:
    assert sent(line) == ""


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('openat(AT_FDCWD</w>, "/u/a", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 3</u/a>', "openat: /u/a"),
        ('openat(AT_FDCWD</w>, "a", O_WRONLY|O_CREAT, 0644) = 3</w/a>', "openat: /w/a"),
        ('openat(6</u>, "a.tmp", O_WRONLY|O_CREAT|O_EXCL, 0600) = 7</u/a.tmp>', "openat: /u/a.tmp"),
        ('openat(AT_FDCWD</w>, "/h/home/../x", O_RDWR|O_CREAT, 0600) = 7</h/x>', "openat: /h/x"),
        ('openat(AT_FDCWD</w>, "/h/homes", O_RDWR|O_CREAT, 0600) = 7</h/homes>', "openat: /h/homes"),
        ('openat(AT_FDCWD</w>, "/u", O_RDWR|O_EXCL|O_TMPFILE, 0600) = 7</u/#1 (deleted)>', "openat: /u"),
        ('creat("/u/a", 0644) = 3</u/a>', "creat: /u/a"),
        ('mkdir("/u/.cache", 0700)                = 0', "mkdir: /u/.cache"),
        ('rename("/h/home/a", "/u/a")        = 0', "rename: /u/a"),
        ('renameat2(3</h/home>, "a", 4</u>, "b", 0) = 0', "renameat2: /u/b"),
        ('symlink("/h/home/models", "/u/models")  = 0', "symlink: /u/models"),
    ],
)
def test_what_is_written_elsewhere_is_seen(line: str, what: str) -> None:
    assert written(line, HOME) == what


@pytest.mark.parametrize(
    "line",
    [
        'openat(AT_FDCWD</w>, "/u/a", O_RDONLY|O_CLOEXEC) = 3</u/a>',
        'openat(AT_FDCWD</w>, "/u/a", O_RDWR|O_CREAT, 0644) = -1 EROFS (Read-only file system)',
        'openat(AT_FDCWD</w>, "/h/home/a", O_RDWR|O_CREAT, 0644) = 3</h/home/a>',
        'openat(AT_FDCWD</w>, "/dev/null", O_RDWR) = 3</dev/null>',
        'openat(5</h/home/sessions>, "a", O_RDWR|O_CREAT, 0644) = 6</h/home/sessions/a>',
        'rename("/h/home/a.tmp", "/h/home/a")    = 0',
        "--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED} ---",
        "+++ exited with 0 +++",
    ],
)
def test_what_is_read_or_written_at_home_is_none_of_it(line: str) -> None:
    assert written(line, HOME) == ""
