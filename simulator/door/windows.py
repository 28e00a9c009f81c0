"""The windows that are in: each has a cookie that scripts cannot read and other sites cannot send."""

import secrets
from collections.abc import Iterable
from hashlib import sha256

NAME = "vivavoce"
MOST = 1000  # of one name that are in at once; then the first of these is out
Header = tuple[bytes, bytes]


class Windows:
    """Gives out cookies for what lies below `path`, and knows them again.

    Args:
        path: to which they belong; ends in a slash.
        secure: whether browsers may send them by https alone.
    """

    def __init__(self, path: str, *, secure: bool) -> None:
        self._belongs = f"; Path={path}; HttpOnly; SameSite=Strict" + ("; Secure" if secure else "")
        # A sum of each: how long it takes to look one up tells nothing of the cookie.
        self._sums: dict[bytes, str] = {}

    def new(self, name: str = "") -> str:
        """Return a new cookie, as it is set, for a window of the one called `name`."""
        cookie = f"{NAME}={secrets.token_urlsafe(32)}"
        self._sums[_sum(cookie.encode())] = name
        theirs = [one for one, whose in self._sums.items() if whose == name]
        if len(theirs) > MOST:
            del self._sums[theirs[0]]
        return cookie + self._belongs

    def whose(self, headers: Iterable[Header]) -> str | None:
        """Return whose window sent `headers`; None if no cookie of ours is among them."""
        return next((self._sums[one] for one in _sums(headers) if one in self._sums), None)

    def out(self, headers: Iterable[Header]) -> str:
        """Forget the cookies in `headers`; return how the browser is told to do the same."""
        for one in _sums(headers):
            self._sums.pop(one, None)
        return f"{NAME}={self._belongs}; Max-Age=0"


def _sums(headers: Iterable[Header]) -> list[bytes]:
    """Return a sum of each cookie.

    Other programs on 127.0.0.1 set cookies of any form, some with our name: each is looked at as it is.
    """
    sent = b";".join(value for key, value in headers if key.lower() == b"cookie")
    return [_sum(one.strip()) for one in sent.split(b";")]


def _sum(cookie: bytes) -> bytes:
    return sha256(cookie).digest()
