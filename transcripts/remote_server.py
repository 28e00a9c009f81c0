"""A server that the user has configured: the one place that makes clients, and reads what comes back.

Whoever asks says which call of the openai package it is and how much an answer can be; it gets bytes, or
one line. That server alone is spoken to: no redirect is followed, none of its faults is asked twice, and
nothing for this very machine goes through a proxy. What it sends is bounded in bytes and in time as a whole:
the body of an error is not read at all, and nothing is unpacked, since a few kilobytes may hold gigabytes.

A timeout of a socket starts again with each byte. So a timer closes the connection under whoever reads,
which ends with the next byte, or with the timeout of the socket.
"""

import os
import ssl
import unicodedata
from collections import deque
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, suppress
from ipaddress import ip_address
from pathlib import Path
from socket import gethostname, inet_aton
from threading import Event, Timer
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from vivavoce.transcripts.errors import ServerError
from vivavoce.transcripts.events import Seconds

WAITS = 3  # a whole answer may take so many times as long as any wait in it
PLAIN = "identity"
PROXIES = ("http", "https")
LOCAL = frozenset(
    """localhost localhost4 localhost6 localhost.localdomain localhost4.localdomain4 localhost6.localdomain6
    ip6-localhost ip6-loopback""".split()
)
ON_WINDOWS = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "drivers", "etc", "hosts")
HOSTS = ON_WINDOWS if os.name == "nt" else Path("/etc/hosts")
MOST_HOSTS = 1_000_000  # characters of it: a list against advertisements has as many

Ask = Callable[[Any], AbstractContextManager[Any]]  # of an openai client, to its response as it comes


class Server:
    """One server, and the connection to it, which is kept from one answer to the next."""

    def __init__(self, base_url: str, key: str, timeout: Seconds, within: Seconds | None = None) -> None:
        """Prepare to ask; nothing is sent yet.

        Args:
            base_url: as for the openai package, with its "/v1".
            key: sent as a bearer token; never shown.
            timeout: seconds that any one wait may take.
            within: seconds that a whole answer may take; WAITS times `timeout` when not given.

        Raises:
            ServerError: `base_url` is no address, or its proxy is none.
        """
        self._base_url, self._key, self._timeout = base_url, key, timeout
        self._within = within or Seconds(WAITS * timeout)
        self._used: set[Any] = set()  # an answer has its client alone: it may be hung up on without another
        self._idle: deque[Any] = deque()
        self._idle.append(self._connected())  # now, not with the first words: it takes half a second

    def __del__(self) -> None:
        """Close the connection of a voice or a recogniser that lived as long as the program."""
        self.close()

    def reply(self, ask: Ask, most_bytes: int) -> bytes:
        """Return a whole answer.

        Raises:
            ServerError: there is none, or it is too long or too late.
        """
        return b"".join(self.blocks(ask, most_bytes))

    def blocks(self, ask: Ask, most_bytes: int, size: int | None = None) -> Generator[bytes, None, None]:
        """Yield an answer as it comes, in blocks of `size` bytes if it is given; closing it ends the answer.

        Raises:
            ServerError: there is none, it broke off, or it is too long or too late.
        """
        client = self._taken()
        late = Event()

        def hang_up() -> None:
            late.set()
            client.close()

        timer = Timer(self._within, hang_up)
        timer.daemon = True
        timer.start()
        count = 0
        try:
            with ask(client) as response:
                if response.headers.get("Content-Encoding", PLAIN) != PLAIN:
                    raise ServerError("packs its answer, which nobody asked for")
                for block in response.iter_bytes(size):
                    count += len(block)
                    if count > most_bytes:
                        raise ServerError(f"sent more than {most_bytes:,} bytes")
                    yield block
            if late.is_set():
                raise ServerError("broke off")
        except Exception as error:  # of openai, and of the transport below it, which has changed
            if late.is_set():
                raise ServerError(f"took longer than {self._within:g} s") from None
            raise _failure(error) from None  # its text may quote the key, or what was said
        finally:
            timer.cancel()
            self._used.discard(client)
            self._idle.append(client)

    def close(self) -> None:
        """Close every connection, those of answers that are being read too; the next answer gets another."""
        for client in [*self._used, *self._idle]:
            client.close()

    def _taken(self) -> Any:
        while self._idle:
            with suppress(IndexError):  # another thread took it
                client = self._idle.popleft()
                if not client.is_closed():
                    self._used.add(client)
                    return client
        client = self._connected()
        self._used.add(client)
        return client

    def _connected(self) -> Any:
        try:
            return _client(self._base_url, self._key, self._timeout)
        except (ImportError, ServerError):
            raise
        except Exception as error:  # of openai, or of the transport below it
            raise ServerError(f"has an address that is none ({type(error).__name__})") from None


def host(base_url: str) -> str:
    """Return the name in an address, for people."""
    try:
        return urlsplit(base_url).hostname or "?"
    except ValueError:  # brackets that hold no IPv6 address
        return "?"


def via(base_url: str) -> str:
    """Return what to say behind the name of a server that is reached through a proxy, or nothing."""
    through = proxy(base_url)
    return f" through the proxy {_place(through)}" if through else ""


def proxy(base_url: str) -> str | None:
    """Return the proxy that the environment, or the system, names for `base_url`; None on this machine."""
    try:
        parts = urlsplit(base_url)
        name = parts.hostname or ""
    except ValueError:
        return None
    if not name or is_here(name) or proxy_bypass(_place(base_url)):
        return None
    named = getproxies()
    through = named.get(parts.scheme) or named.get("all")
    return through and (through if "://" in through else f"http://{through}")


def is_here(name: str) -> bool:
    """Whether `name` is this very machine: by its address, in any notation, or by what it calls itself."""
    plain = unicodedata.normalize("NFKC", name).replace("\u3002", ".").rstrip(".").lower()
    return plain in LOCAL or plain.endswith(".localhost") or _loops(plain) or plain in _own_names()


def _loops(address: str) -> bool:
    """Whether `address`, in any notation that a system takes, leads back to this machine."""
    try:
        found = ip_address(inet_aton(address)) if ":" not in address else ip_address(address)
    except (OSError, ValueError):
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or found.is_unspecified


def _own_names() -> set[str]:
    """Return what this machine calls itself, in small letters; no name server is asked."""
    own = gethostname().lower()
    names = {own, own.partition(".")[0]}
    with suppress(OSError), HOSTS.open(encoding="utf-8", errors="replace") as file:
        for line in file.read(MOST_HOSTS).lower().splitlines():
            address, *called = line.partition("#")[0].split() or [""]
            names.update(called if _loops(address) else ())
    return names - {""}


def _place(address: str) -> str:
    """Return host and port of `address`, without the password that a proxy's may hold."""
    return urlsplit(address).netloc.rpartition("@")[2]


def _client(base_url: str, key: str, timeout: Seconds) -> Any:
    os.environ.pop("OPENAI_LOG", None)  # it would log what is sent, which is what was said
    import openai

    through = proxy(base_url)
    if through and urlsplit(through).scheme not in PROXIES:
        raise ServerError(f"has a proxy of another kind than http, {_place(through)}")
    # With its own reading of the environment off, which has no exception for this machine, so are these.
    own = ssl.create_default_context() if {"SSL_CERT_FILE", "SSL_CERT_DIR"} & {*os.environ} else True
    http = openai.DefaultHttpxClient(
        follow_redirects=False,  # it would take what was said to a host that nobody has configured
        trust_env=False,
        proxy=through,
        verify=own,
        event_hooks={"response": [_unread]},
    )
    return openai.OpenAI(
        base_url=base_url,
        api_key=key or "none",
        timeout=timeout,
        max_retries=0,
        default_headers={"Accept-Encoding": PLAIN},
        http_client=http,
    )


def _unread(response: Any) -> None:
    """Leave the body of an error alone."""
    if not response.is_success:
        response.close()


def _failure(error: Exception) -> ServerError:
    if isinstance(error, ServerError):
        return error
    status = getattr(error, "status_code", None)
    return ServerError(f"answered {status}" if status else f"failed ({type(error).__name__})", status)
