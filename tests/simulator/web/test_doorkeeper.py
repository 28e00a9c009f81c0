"""Each guard of the local server, and that it is the guard which refuses."""

import pytest

from tests.simulator.web.asgi import OWN, PORT, ask, entered
from vivavoce.simulator.web.doorkeeper import HEADERS, MOST_BODY, Doorkeeper, Receive, Scope, Send

TOKEN = "the-token-of-this-start"


async def secret(scope: Scope, receive: Receive, send: Send) -> None:
    body = (await receive()).get("body", b"")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"secret " + str(len(body)).encode()})


@pytest.fixture
def app() -> Doorkeeper:
    return Doorkeeper(secret, PORT, TOKEN)


def test_the_opened_address_gives_a_cookie_that_opens(app: Doorkeeper) -> None:
    answer = ask(app, f"/?token={TOKEN}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Strict" in answer.headers["set-cookie"]
    assert TOKEN not in answer.headers["set-cookie"]
    assert ask(app, "/", headers=entered(app, TOKEN)).text == "secret 0"


@pytest.mark.parametrize(
    "path", ["/", "/?token=", "/?token=wrong", "/other?token=" + TOKEN, "/?x=1&token=" + TOKEN]
)
@pytest.mark.parametrize("cookie", ["", "vivavoce=", "vivavoce=wrong", "other=1", "vivavoce", "=;=;\x01"])
def test_without_it_nothing_is_told(app: Doorkeeper, path: str, cookie: str) -> None:
    answer = ask(app, path, headers={"cookie": cookie})
    assert answer.status == 403
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:1",
        "",
        f"127.0.0.1:{PORT}.evil.example",
    ],
)
def test_another_name_for_this_machine_is_refused(app: Doorkeeper, host: str) -> None:
    answer = ask(app, "/", headers=entered(app, TOKEN), host=host)
    assert answer.status == 421
    assert ask(app, f"/?token={TOKEN}", host=host).status == 421


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", OWN + ".evil.example", "https" + OWN[4:]]
)
def test_a_form_from_elsewhere_is_refused(app: Doorkeeper, origin: str | None) -> None:
    headers = entered(app, TOKEN)
    assert ask(app, "/", "POST", headers | {"origin": OWN}).status == 200
    given = headers if origin is None else headers | {"origin": origin}
    assert ask(app, "/", "POST", given).status == 403


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_what_another_site_asks_for_is_refused(app: Doorkeeper, site: str, status: int) -> None:
    assert ask(app, "/", headers=entered(app, TOKEN) | {"sec-fetch-site": site}).status == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "X"])
def test_other_methods_are_refused(app: Doorkeeper, method: str) -> None:
    assert ask(app, "/", method, entered(app, TOKEN) | {"origin": OWN}).status == 405


def test_a_body_is_bounded_whatever_its_length_is_said_to_be(app: Doorkeeper) -> None:
    headers = entered(app, TOKEN) | {"origin": OWN}
    most, more = b"x" * MOST_BODY, b"x" * (MOST_BODY + 1)
    assert ask(app, "/", "POST", headers, most, pieces=9).text == f"secret {MOST_BODY}"
    assert ask(app, "/", "POST", headers, more).status == 413
    assert ask(app, "/", "POST", headers | {"content-length": "1"}, more, pieces=9).status == 413
    assert ask(app, "/", "POST", headers | {"content-length": "-1"}).status == 413


def test_every_answer_forbids_what_pages_do_not_need(app: Doorkeeper) -> None:
    headers = entered(app, TOKEN)
    for answer in (
        ask(app, "/", headers=headers),
        ask(app, "/"),
        ask(app, "/", host="x"),
        ask(app, f"/?token={TOKEN}"),
    ):
        assert {key.lower(): value for key, value in HEADERS.items()}.items() <= answer.headers.items()
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in HEADERS["Content-Security-Policy"]
