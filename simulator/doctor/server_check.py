"""Does a chat server answer? One GET of its list of models, and nothing of the user's but the key."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage
from threading import Thread
from typing import IO, Any

TIMEOUT_S = 3.0  # for any one part of the answer
LONGEST_BYTES = 1_000_000
DEADLINE_S = 8.0  # for all of it, because a server may send a byte a second


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would take the key to another host."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def answer(base_url: str, key: str) -> tuple[list[str], str]:
    """Return the models that the server at `base_url` names, and what is wrong if it does not answer well."""
    answers: list[tuple[list[str], str]] = []
    asking = Thread(target=lambda: answers.append(_answer(base_url, key)), daemon=True)
    asking.start()
    asking.join(DEADLINE_S)
    return answers[0] if answers else ([], f"it had not answered after {DEADLINE_S:.0f} s")


def _answer(base_url: str, key: str) -> tuple[list[str], str]:
    request = urllib.request.Request(base_url.rstrip("/") + "/models")
    if key:
        request.add_header("Authorization", f"Bearer {key}")
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT_S) as reply:
            rows: Any = json.loads(reply.read(LONGEST_BYTES))["data"]
        return [str(row["id"]) for row in rows], ""
    except urllib.error.HTTPError as error:
        with error:
            return [], f"it answered {error.code}"
    except (OSError, HTTPException) as error:
        return [], f"it cannot be reached ({type(error).__name__})"
    except (ValueError, KeyError, TypeError, RecursionError):
        return [], "it answers, but not as a chat server does"
