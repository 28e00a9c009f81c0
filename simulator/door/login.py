"""The page that asks for the password. It says nothing of what lies behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs

from vivavoce.simulator.door.password import LONGEST, Later, Password, Tries
from vivavoce.transcripts.report.html_page import STYLE

MOST_BODY = 16 * 1024  # bytes; what the longest password takes in a form, four bytes a letter and each as %XX
PLACE, LOOKS = "/", "/login.css"
WRONG = "That is not the password."
LATER = "Too many passwords were tried. Wait {} and try again; whoever is in already does not notice."
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Password · vivavoce</title>
<link rel="stylesheet" href="{looks}">
</head>
<body>
<main class="card">
<h1>vivavoce</h1>
{problem}<form method="post" action="{place}">
<input name="username" autocomplete="username" value="vivavoce" hidden>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"{about}
 required autofocus>
<button>Come in</button>
</form>
</main>
</body>
</html>
"""
PROBLEM = '<p id="problem" class="gap" role="alert">{}</p>\n'
ABOUT = ' aria-describedby="problem" aria-invalid="true"'
OWN_STYLE = """
body { min-height: 90vh; display: grid; place-items: center; } main { width: min(100%, 24rem); }
label { display: block; margin: 1rem 0 .3rem; }
input, button { font: 1rem/1.4 system-ui, sans-serif; width: 100%; min-height: 2.75rem; padding: .5rem .75rem;
  color: var(--ink); background: var(--page); border: 1px solid var(--other); border-radius: .4rem; }
button { margin: 1rem 0 .5rem; cursor: pointer; background: var(--accent); color: var(--page); }
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered to one request."""

    status: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)


class Login:
    """Asks for the password, whatever was asked for."""

    def __init__(self, password: Password, told: Callable[[str], None]) -> None:
        self._tries = Tries(password, told)

    def page(self, path: str) -> Reply:
        """Return the page, what it looks like, or the way to it."""
        if path == LOOKS:
            return Reply(200, STYLE + OWN_STYLE, {"Content-Type": "text/css; charset=utf-8"})
        if path != PLACE:
            return Reply(303, "", {"Location": PLACE})
        return _page(200)

    async def tried(self, body: bytes | None) -> Reply | None:
        """Return what to say to who sent the form; None if he is let in."""
        text = _given(body or b"")
        if not text or len(text) > LONGEST:
            return _page(403, WRONG)
        try:
            return None if await self._tries.fits(text) else _page(403, WRONG)
        except Later as later:
            wait = "a second" if later.seconds == 1 else f"{later.seconds} seconds"
            return _page(429, LATER.format(wait), {"Retry-After": str(later.seconds)})


def _given(body: bytes) -> str:
    """Return the password in a form; nothing if that is none of ours."""
    try:
        given = parse_qs(body.decode(), max_num_fields=2)
    except ValueError:
        return ""
    return given.get("password", [""])[0].strip()


def _page(status: int, problem: str = "", more: dict[str, str] | None = None) -> Reply:
    said, about = (PROBLEM.format(escape(problem)), ABOUT) if problem else ("", "")
    text = PAGE.format(looks=LOOKS, place=PLACE, problem=said, about=about)
    return Reply(status, text, {"Content-Type": "text/html; charset=utf-8"} | (more or {}))
