"""How browsers elsewhere reach the pages: by one name, over https, with a password; never less than that."""

import re
import ssl
from dataclasses import dataclass
from pathlib import Path

from vivavoce.simulator.door.password import Passwords, read
from vivavoce.simulator.errors import SettingsError

HTTPS = 443
NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,20}+", re.ASCII)
MORE = "(docs/remote.md)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """How the pages are reached from elsewhere."""

    host: str  # as browsers say it: without the port of https
    passwords: Passwords
    certificate: Path | None = None  # with its chain; none: a reverse proxy on this machine has it
    key: Path | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Who has a library of their own; nobody where one password is for all."""
        return tuple(filter(None, self.passwords))

    @property
    def address(self) -> str:
        """Where a browser finds the pages."""
        return f"https://{self.host}"


def asked(
    host: str | None,
    port: int,
    *,
    certificate: Path | None,
    key: Path | None,
    behind_proxy: bool,
    password_file: Path | None,
) -> Remote | None:
    """Return how others reach the pages that are served at `port`; None if nothing of it was asked for.

    Raises:
        SettingsError: something is missing, contradicts another thing, or cannot be used.
    """
    if host is None:
        if certificate or key or behind_proxy or password_file:
            raise SettingsError(f"say with --host under which name others reach this machine {MORE}")
        return None
    _complete(certificate, key, behind_proxy=behind_proxy)
    if password_file is None:
        raise SettingsError(f"whoever may come in needs a password: give --password-file {MORE}")
    name, shown = _name(host)
    if shown is None and not behind_proxy and port == 0:
        raise SettingsError("others have to know the port: choose one with --port")
    shown = shown or (HTTPS if behind_proxy else port)
    if certificate and key:
        _usable(certificate, key)
    said = name if shown == HTTPS else f"{name}:{shown}"
    return Remote(host=said, passwords=read(password_file), certificate=certificate, key=key)


def _complete(certificate: Path | None, key: Path | None, *, behind_proxy: bool) -> None:
    if behind_proxy and (certificate or key):
        raise SettingsError("either --behind-proxy, or --certificate and --key: https begins at one place")
    if not behind_proxy and not (certificate and key):
        raise SettingsError(
            f"others come in by https alone: give --certificate and --key, or --behind-proxy {MORE}"
        )


def _name(host: str) -> tuple[str, int | None]:
    """Return the name and the port that browsers say."""
    name, colon, port = host.lower().partition(":")
    if not NAME.fullmatch(name) or len(name) > 253:
        raise SettingsError(
            f"--host {host!r} is no name: write it as in interviews.example or 192.0.2.7:8443"
        )
    if not colon:
        return name, None
    if not (port.isascii() and port.isdecimal() and len(port) <= 5 and 0 < int(port) <= 65_535):
        raise SettingsError(f"--host {host!r} has no port that can be: from 1 to 65535")
    return name, int(port)


def _usable(certificate: Path, key: Path) -> None:
    for path in (certificate, key):
        try:
            path.open("rb").close()
        except OSError as error:
            raise SettingsError(f"cannot read {path}: {error.strerror}") from None
    try:
        # An encrypted key would ask for its password at the terminal, of whoever starts it.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except (ssl.SSLError, ValueError):
        raise SettingsError(
            f"{certificate} and {key} must be a certificate and its own key, both as PEM, without a password"
        ) from None
