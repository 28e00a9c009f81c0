"""Each guard of the local server, and that it is the guard which refuses."""

from http.client import HTTPMessage
from http.cookiejar import CookieJar
from types import SimpleNamespace
from urllib.request import Request

import pytest

from tests.simulator.web.asgi import OWN, PORT, ask, entered, talked
from vivavoce.simulator.web.doorkeeper import HEADERS, MOST_BODY, STRANGER, Doorkeeper, Receive, Scope, Send

BASE = "/path-of-this-start"
INSIDE = f"{BASE}/"
STRANGE = [  # what other programs on 127.0.0.1 leave behind
    *(
        'prefs={"a":1}',
        "a=b c",
        "foo[bar]=1",
        '"',
        'a="',
        "naïve=é",
        "naïve=語",
        "a",
        "=b",
        "a=",
        "=",
        "",
        ";;",
    ),
    *(
        "a@b=1",
        "a/b=1",
        "a=\x01",
        "a=b,c=d",
        "$Version=1",
        "expires=Thu, 01 Jan 1970",
        "vivavoce",
        "vivavoce=",
    ),
    *("vivavoce=theirs", 'vivavoce="', "VIVAVOCE=1", "x" * 5_000),
]


async def secret(scope: Scope, receive: Receive, send: Send) -> None:
    body = (await receive()).get("body", b"")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"secret " + str(len(body)).encode()})


@pytest.fixture
def app() -> Doorkeeper:
    return Doorkeeper(secret, PORT, BASE)


def door(app: Doorkeeper) -> str:
    return app.address(lambda: None).removeprefix(OWN)


def test_an_address_gives_a_cookie_that_opens_below_the_path(app: Doorkeeper) -> None:
    path = door(app)
    answer = ask(app, path)
    assert (answer.status, answer.headers["location"]) == (303, INSIDE)
    assert answer.headers["set-cookie"].endswith(f"; Path={INSIDE}; HttpOnly; SameSite=Strict")
    assert path.partition("=")[2] not in answer.headers["set-cookie"]
    assert ask(app, INSIDE, headers=entered(app)).text == "secret 0"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin"])
def test_a_window_that_a_page_sent_is_led_on_by_a_page_of_ours(app: Doorkeeper, site: str) -> None:
    answer = ask(app, door(app), headers={"sec-fetch-site": site})
    assert answer.status == 200
    assert f'content="0; url={INSIDE}"' in answer.text
    headers = {"cookie": answer.headers["set-cookie"].split(";")[0], "sec-fetch-site": "same-origin"}
    assert ask(app, INSIDE, headers=headers).text == "secret 0"


def test_an_address_is_good_once_and_its_use_is_told(app: Doorkeeper) -> None:
    told: list[str] = []
    one, other = (app.address(lambda: told.append("used")).removeprefix(OWN) for _ in range(2))
    assert ask(app, one, "HEAD").status == 403
    assert ask(app, one, "POST", {"origin": OWN}).status == 403
    assert ask(app, one, host="evil.example").status == 421
    assert told == []
    assert [ask(app, one).status for _ in range(3)] == [303, 403, 403]
    assert "set-cookie" not in ask(app, one, headers=entered(app)).headers
    assert told == ["used"]
    app.withdraw(OWN + other)
    assert ask(app, other).status == 403
    assert told == ["used"]


def jar_after(*apps: Doorkeeper) -> CookieJar:
    """Return the cookies of a browser that was let in; as in all of them, they know no port."""
    jar = CookieJar()
    for app in apps:
        told = HTTPMessage()
        told["Set-Cookie"] = ask(app, door(app)).headers["set-cookie"]
        jar.extract_cookies(SimpleNamespace(info=lambda told=told: told), Request(OWN))  # type: ignore[arg-type]
    return jar


def sent(jar: CookieJar, url: str) -> str:
    request = Request(url)
    jar.add_cookie_header(request)
    return str(request.get_header("Cookie", ""))


@pytest.mark.parametrize(
    "path", ["/", "/session/x", "/static/icon.svg", "/favicon.ico", "/path-of-", BASE + "x/"]
)
def test_no_other_port_is_sent_the_cookie(app: Doorkeeper, path: str) -> None:
    jar = jar_after(app)
    assert sent(jar, OWN + INSIDE)
    assert sent(jar, f"http://127.0.0.1:{PORT + 1}{path}") == ""


def test_two_servers_at_once_leave_each_other_their_cookie(app: Doorkeeper) -> None:
    other = Doorkeeper(secret, PORT, "/path-of-another-start")
    jar = jar_after(app, other)
    for one in (app, other):
        assert ask(one, f"{one.base}/", headers={"cookie": sent(jar, f"{OWN}{one.base}/")}).status == 200


@pytest.mark.parametrize("strange", STRANGE)
def test_cookies_of_other_programs_lock_nobody_out(app: Doorkeeper, strange: str) -> None:
    own = entered(app)["cookie"]
    for cookie in (f"{strange}; {own}", f"{own}; {strange}", f"{strange};{own};{strange}"):
        assert ask(app, INSIDE, headers={"cookie": cookie}).text == "secret 0"


def test_the_cookie_may_come_in_a_header_of_its_own(app: Doorkeeper) -> None:
    both = {"Cookie": entered(app)["cookie"], "cookie": "vivavoce=theirs"}
    assert ask(app, INSIDE, headers=both).text == "secret 0"


WRONG = [
    "/",
    "/other/",
    "/path-of-/",
    BASE,
    BASE + "x/",
    "/x" + INSIDE,
    "//" + INSIDE,
    "",
    "/é/",
    "/\U0001f4a5/",
]
KEYS = ["/?token=", "/?token=wrong", "/?x=1&token=KEY", "/?token=KEY&x=1", "/other?token=KEY", "/?TOKEN=KEY"]


@pytest.mark.parametrize("path", [*WRONG, *KEYS, INSIDE, INSIDE + "static/icon.svg", INSIDE + "nothing"])
def test_who_lacks_the_cookie_or_the_path_is_told_nothing(app: Doorkeeper, path: str) -> None:
    asked = path.replace("KEY", door(app).partition("=")[2])
    answer = ask(app, asked)
    assert (answer.status, answer.text) == (403, STRANGER)
    assert answer == ask(app, "/")
    if not path.startswith(INSIDE):
        assert ask(app, asked, headers=entered(app)) == answer


def test_a_cookie_that_is_not_ours_opens_nothing(app: Doorkeeper) -> None:
    own = entered(app)["cookie"]
    for cookie in (*STRANGE, own[:-1], own + "x", own.removeprefix("vivavoce="), "x" + own, own.upper()):
        assert ask(app, INSIDE, headers={"cookie": cookie}).status == 403


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
    answer = ask(app, INSIDE, headers=entered(app), host=host)
    assert answer.status == 421
    assert ask(app, door(app), host=host).status == 421


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", OWN + ".evil.example", "https" + OWN[4:]]
)
def test_a_form_from_elsewhere_is_refused(app: Doorkeeper, origin: str | None) -> None:
    headers = entered(app)
    assert ask(app, INSIDE, "POST", headers | {"origin": OWN}).status == 200
    given = headers if origin is None else headers | {"origin": origin}
    assert ask(app, INSIDE, "POST", given).status == 403


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_what_another_site_asks_for_is_refused(app: Doorkeeper, site: str, status: int) -> None:
    assert ask(app, INSIDE, headers=entered(app) | {"sec-fetch-site": site}).status == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "X"])
def test_other_methods_are_refused(app: Doorkeeper, method: str) -> None:
    assert ask(app, INSIDE, method, entered(app) | {"origin": OWN}).status == 405


def test_a_body_is_bounded_whatever_its_length_is_said_to_be(app: Doorkeeper) -> None:
    headers = entered(app) | {"origin": OWN}
    most, more = b"x" * MOST_BODY, b"x" * (MOST_BODY + 1)
    assert ask(app, INSIDE, "POST", headers, most, pieces=9).text == f"secret {MOST_BODY}"
    assert ask(app, INSIDE, "POST", headers, more).status == 413
    assert ask(app, INSIDE, "POST", headers | {"content-length": "1"}, more, pieces=9).status == 413
    assert ask(app, INSIDE, "POST", headers | {"content-length": "-1"}).status == 413


def test_every_answer_forbids_what_pages_do_not_need(app: Doorkeeper) -> None:
    headers = entered(app)
    for answer in (
        ask(app, INSIDE, headers=headers),
        ask(app, "/"),
        ask(app, "/", host="x"),
        ask(app, door(app)),
    ):
        assert {key.lower(): value for key, value in HEADERS.items()}.items() <= answer.headers.items()
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert f"connect-src 'self' ws://127.0.0.1:{PORT} ws://localhost:{PORT};" in policy
        allowed = answer.headers["permissions-policy"].split(", ")
        assert {one for one in allowed if not one.endswith("=()")} == {
            "microphone=(self)",
            "screen-wake-lock=(self)",
        }


def test_a_web_socket_is_handed_on_below_the_path_to_a_page_of_ours_alone() -> None:
    asked: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope)

    door = Doorkeeper(app, PORT, BASE)
    own = [("host", OWN.removeprefix("http://")), ("origin", OWN), ("cookie", entered(door)["cookie"])]
    refused = [{"type": "websocket.close", "code": 1008}]
    for headers in ([*own, ("origin", OWN)], [*own, ("Origin", "http://evil.example")], own[:2], own[::2]):
        assert talked(door, f"{INSIDE}talk", headers) == refused
    assert talked(door, "/talk", own) == refused
    assert asked == []
    assert talked(door, f"{INSIDE}talk", own) == []
    assert [scope["root_path"] for scope in asked] == [BASE]
