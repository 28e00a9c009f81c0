"""The doorkeeper where others come in from elsewhere: https, one name, a password, and nothing before it."""

import asyncio
import re
from pathlib import Path

import pytest

from tests.simulator.web.asgi import PORT, Answer, ask, asked, talked
from tests.simulator.web.test_doorkeeper import STRANGE, secret
from vivavoce.simulator.door import password, windows
from vivavoce.simulator.door.login import MOST_BODY, WRONG
from vivavoce.simulator.door.password import FREE, Password
from vivavoce.simulator.door.remote import Remote
from vivavoce.simulator.web.doorkeeper import HEADERS, LEAVE, Doorkeeper, Message, Receive, Scope, Send

BASE = "/path-of-this-start"
INSIDE = f"{BASE}/"
NAME = "room.test:8437"
OWN = f"https://{NAME}"
RIGHT = "a quiet green ladder"
FORM = b"password=a+quiet+green+ladder"
FROM_US = {"origin": OWN}
HTTPS = {"x-forwarded-proto": "https"}


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Doorkeeper:
    monkeypatch.setattr(password, "COST", {"n": 2, "r": 1, "p": 1})
    certificate = Path("certificate.pem")
    remote = Remote(host=NAME, passwords={"": Password.of(RIGHT)}, certificate=certificate, key=certificate)
    return Doorkeeper(secret, PORT, BASE, remote)


@pytest.fixture
def proxied(app: Doorkeeper) -> Doorkeeper:
    return Doorkeeper(secret, PORT, BASE, Remote(host=NAME, passwords={"": Password.of(RIGHT)}))


def tried(app: Doorkeeper, form: bytes, headers: dict[str, str] = FROM_US, path: str = "/") -> Answer:
    return ask(app, path, "POST", headers, form, host=NAME)


def entered(app: Doorkeeper, **more: str) -> dict[str, str]:
    """Return the cookie header of a window that knew the password."""
    answer = tried(app, FORM, FROM_US | more)
    assert (answer.status, answer.headers["location"]) == (303, INSIDE)
    return {"cookie": answer.headers["set-cookie"].split(";")[0], **more}


def test_the_password_gives_a_cookie_that_opens_below_the_path_by_https_alone(app: Doorkeeper) -> None:
    given = tried(app, FORM).headers["set-cookie"]
    assert given.endswith(f"; Path={INSIDE}; HttpOnly; SameSite=Strict; Secure")
    assert ask(app, INSIDE, headers={"cookie": given.split(";")[0]}, host=NAME).text == "secret 0"
    assert given != tried(app, FORM).headers["set-cookie"]


@pytest.mark.parametrize("path", ["/x", BASE, INSIDE, f"{INSIDE}session/x", BASE + LEAVE, "/?token=x", "//x"])
def test_who_is_not_in_is_led_to_the_page_for_the_password_wherever_he_asks(
    app: Doorkeeper, path: str
) -> None:
    for cookie in ("", *STRANGE, "vivavoce=" + "x" * 43):
        answer = ask(app, path, headers={"cookie": cookie}, host=NAME)
        if path.startswith("/?"):
            assert answer.text == ask(app, "/", host=NAME).text
        else:
            assert (answer.status, answer.headers["location"], answer.body) == (303, "/", b"")
        assert "set-cookie" not in answer.headers
    for form in (b"", FORM):
        assert "set-cookie" not in tried(app, form, path=path.replace("/?token=x", "/x")).headers


def test_the_page_says_nothing_of_what_is_inside(app: Doorkeeper) -> None:
    answer = ask(app, "/", host=NAME)
    assert answer.status == 200
    assert BASE not in answer.text + str(answer.headers)
    assert re.findall(r'(?:href|action)="([^"]+)"', answer.text) == ["/login.css", "/"]
    assert re.search(r'<label for="(\w+)">Password</label>\s*<input id="\1" name="password"', answer.text)
    looks = ask(app, "/login.css", host=NAME)
    assert looks.headers["content-type"] == "text/css; charset=utf-8"
    assert BASE not in looks.text


@pytest.mark.parametrize(
    "form",
    [
        b"",
        b"password=",
        b"password=wrong",
        b"password=a+quiet+green+ladde",
        b"Password=a+quiet+green+ladder",
        b"other=a+quiet+green+ladder",
        b"password=wrong&password=a+quiet+green+ladder",
        b"&" * 1000,
        b"password=%ff%fe",
        b"password=\xff",
        b"password=" + b"x" * 2000,
        b"password=" + b"x" * MOST_BODY,
        FORM + b"+" * MOST_BODY,
        b'{"password": "a quiet green ladder"}',
        b"password=%3Cscript%3E",
    ],
)
def test_a_wrong_password_opens_nothing_and_is_not_said_again(app: Doorkeeper, form: bytes) -> None:
    answer = tried(app, form)
    assert answer.status == 403
    assert WRONG in answer.text
    assert 'aria-describedby="problem"' in answer.text
    assert "set-cookie" not in answer.headers
    assert "script" not in answer.text


def test_many_wrong_ones_close_the_door_and_those_inside_do_not_notice(
    app: Doorkeeper, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = entered(app)
    for _ in range(FREE + 1):
        assert tried(app, b"password=wrong").status == 403
    answer = tried(app, FORM)
    assert (answer.status, answer.headers["retry-after"]) == (429, "1")
    assert "set-cookie" not in answer.headers
    assert ask(app, INSIDE, headers=inside, host=NAME).text == "secret 0"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "origin", [None, "null", OWN.replace("https", "http"), "https://evil.example", OWN + "0"]
)
def test_another_page_cannot_send_the_password_or_a_way_out(app: Doorkeeper, origin: str | None) -> None:
    headers = {} if origin is None else {"origin": origin}
    inside = entered(app)
    assert tried(app, FORM, headers).status == 403
    assert tried(app, b"", headers | inside, BASE + LEAVE).status == 403
    assert ask(app, INSIDE, headers=inside, host=NAME).status == 200


def test_who_leaves_has_a_cookie_that_opens_nothing_and_nobody_else_is_out(app: Doorkeeper) -> None:
    one, other = entered(app), entered(app)
    answer = tried(app, b"", one | FROM_US, BASE + LEAVE)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert re.fullmatch(rf"vivavoce=; Path={INSIDE};.* Max-Age=0", answer.headers["set-cookie"])
    assert answer.headers["clear-site-data"] == '"storage"'
    assert ask(app, INSIDE, headers=one, host=NAME).status == 303
    assert ask(app, INSIDE, headers=other, host=NAME).status == 200
    assert ask(app, BASE + LEAVE, headers=other, host=NAME).text == "secret 0"  # asking alone lets nobody out


def test_who_is_in_by_the_thousand_pushes_the_first_out(
    app: Doorkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "MOST", 3)
    inside = [entered(app) for _ in range(5)]
    answers = [ask(app, INSIDE, headers=one, host=NAME).status for one in inside]
    assert answers == [303, 303, 200, 200, 200]


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", "192.0.2.7:8437", "room.test", "evil.example", ""])
def test_another_name_is_told_in_a_line_where_the_microphone_is(app: Doorkeeper, host: str) -> None:
    answer = ask(app, "/", host=host)
    assert answer.status == 421
    assert OWN in answer.text
    assert "microphone" in answer.text
    assert "\n" not in answer.text
    assert ask(app, INSIDE, headers=entered(app), host=host).status == 421
    assert ask(app, "/", "POST", {"origin": f"https://{host}"}, FORM, host=host).status == 421


def test_a_plain_address_of_a_page_that_is_for_this_machine_alone_says_what_to_do() -> None:
    answer = ask(Doorkeeper(secret, PORT, BASE), "/", host=f"192.0.2.7:{PORT}")
    assert answer.status == 421
    assert all(word in answer.text for word in ("127.0.0.1", "microphone", "https", "--host"))
    assert "\n" not in answer.text


@pytest.mark.parametrize("by", [None, "http", "ws", "HTTPS", "https, http", "http, https", ""])
def test_behind_a_proxy_nothing_but_https_is_answered(proxied: Doorkeeper, by: str | None) -> None:
    inside = entered(proxied, **HTTPS)
    assert ask(proxied, INSIDE, headers=inside, host=NAME).text == "secret 0"
    headers = {key: value for key, value in inside.items() if key == "cookie"}
    headers |= {} if by is None else {"x-forwarded-proto": by}
    answer = ask(proxied, INSIDE, headers=headers, host=NAME)
    assert (answer.status, OWN in answer.text) == (421, True)
    assert tried(proxied, FORM, headers | FROM_US).status == 421


def test_behind_a_proxy_one_is_led_on_by_https(proxied: Doorkeeper) -> None:
    asked: list[Scope] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope)
        await secret(scope, receive, send)

    proxied._app = inside
    ask(proxied, INSIDE, headers=entered(proxied, **HTTPS), host=NAME)
    assert [scope["scheme"] for scope in asked] == ["https"]


def test_without_a_proxy_nobody_is_believed_about_https(app: Doorkeeper) -> None:
    for by in ("http", "https"):
        assert ask(app, "/", headers={"x-forwarded-proto": by}, host=NAME).status == 200


def test_a_web_socket_needs_all_of_it(app: Doorkeeper, proxied: Doorkeeper) -> None:
    asked: list[Scope] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope)

    def talks(door: Doorkeeper, **changed: str) -> bool:
        headers = {"host": NAME, "origin": OWN, **cookie} | changed
        door._app = inside
        return (
            talked(door, f"{INSIDE}talk", [(key.replace("_", "-"), value) for key, value in headers.items()])
            == []
        )

    cookie = entered(app)
    assert talks(app)
    for changed in (
        {"origin": OWN.replace("https", "http")},
        {"host": "room.test"},
        {"cookie": "vivavoce=x"},
        {"host": f"127.0.0.1:{PORT}", "origin": f"https://127.0.0.1:{PORT}"},
    ):
        assert not talks(app, **changed)
    cookie = entered(proxied, **HTTPS)
    del cookie["x-forwarded-proto"]
    assert not talks(proxied)
    assert not talks(proxied, x_forwarded_proto="http")
    assert talks(proxied, x_forwarded_proto="https")
    assert talks(proxied, x_forwarded_proto="wss")
    assert [scope["scheme"] for scope in asked] == ["wss"] * 3


def test_who_leaves_is_out_of_a_room_that_is_open_in_another_tab(app: Doorkeeper) -> None:
    cookie = entered(app)
    heard: list[str] = []

    async def room(scope: Scope, receive: Receive, send: Send) -> None:
        heard.extend([(await receive())["type"] for _ in range(2)])

    async def receive() -> Message:
        if next(spoken):
            out = await asked(app, BASE + LEAVE, "POST", cookie | FROM_US, host=NAME)
            assert out.status == 303
        return {"type": "websocket.receive", "bytes": b"sound"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    app._app, spoken = room, iter([False, True])
    headers = [(key.encode(), value.encode()) for key, value in (cookie | FROM_US | {"host": NAME}).items()]
    scope: Scope = {"type": "websocket", "path": f"{INSIDE}talk", "query_string": b"", "headers": headers}
    asyncio.run(app(scope, receive, send))
    assert heard == ["websocket.receive", "websocket.disconnect"]


def test_every_answer_has_the_guards_and_the_socket_by_its_name(app: Doorkeeper) -> None:
    for answer in (ask(app, "/", host=NAME), ask(app, "/x", host=NAME), ask(app, "/"), tried(app, b"")):
        assert {key.lower(): value for key, value in HEADERS.items()}.items() <= answer.headers.items()
        assert f"connect-src 'self' wss://{NAME};" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
