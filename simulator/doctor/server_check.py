"""Does a chat server answer? One GET of its list of models, and nothing of the user's but the key."""

import json
from contextlib import closing
from typing import Any

from vivavoce.transcripts.errors import ServerError
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.remote_server import Server

TIMEOUT = Seconds(3.0)
MOST_BYTES = 1_000_000


def answer(base_url: str, key: str, timeout: Seconds = TIMEOUT) -> tuple[list[str], str]:
    """Return the models that the server at `base_url` names, and what is wrong if it does not answer well."""
    try:
        with closing(Server(base_url, key, timeout)) as server:
            reply = server.reply(lambda client: client.models.with_streaming_response.list(), MOST_BYTES)
        rows: Any = json.loads(reply)["data"]
        return [str(row["id"]) for row in rows], ""
    except ServerError as error:
        return [], str(error)
    except (ValueError, KeyError, TypeError, RecursionError):
        return [], "answers, but not as a chat server does"
