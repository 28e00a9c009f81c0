"""The page that asks for the password. It says nothing of what lies behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from secrets import token_urlsafe
from urllib.parse import parse_qs

from vivavoce.simulator.door.password import LONGEST, Later, Password, Passwords, Tries
from vivavoce.transcripts.report.html_page import STYLE

MOST_BODY = 16 * 1024  # bytes; what the longest password takes in a form, four bytes a letter and each as %XX
LONGEST_NAME = 40  # characters
PLACE, LOOKS = "/", "/login.css"
WRONG, NOT_YOURS = "That is not the password.", "Name and password do not belong together."
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
{who}<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"{about}
 required{focus}>
<button>Come in</button>
</form>
</main>
</body>
</html>
"""
NOBODY = '<input name="username" autocomplete="username" value="vivavoce" hidden>\n'
WHO = """<label for="name">Your name</label>
<input id="name" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" value="{}"
 required{}>
"""
FOCUS = " autofocus"
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
    """Asks for the password, whatever was asked for; and for a name, where there are several people."""

    def __init__(self, passwords: Passwords, told: Callable[[str], None]) -> None:
        """Let in who knows one of `passwords`; `told` has a line for who runs the server."""
        self._named = "" not in passwords
        self._tries = {name: Tries(one, told) for name, one in passwords.items()}
        self._unknown = Tries(Password.of(token_urlsafe()), told)  # so that a wrong one takes as long

    def page(self, path: str) -> Reply:
        """Return the page, what it looks like, or the way to it."""
        if path == LOOKS:
            return Reply(200, STYLE + OWN_STYLE, {"Content-Type": "text/css; charset=utf-8"})
        if path != PLACE:
            return Reply(303, "", {"Location": PLACE})
        return self._page(200)

    async def tried(self, body: bytes | None) -> Reply | str:
        """Return what to say to who sent the form; or who is let in, "" where that is all the same."""
        name, text = _given(body or b"")
        who, wrong = (name, NOT_YOURS) if self._named else ("", WRONG)
        if not text or len(text) > LONGEST:
            return self._page(403, wrong, who)
        try:
            fits = await self._tries.get(who, self._unknown).fits(text)
        except Later as later:
            if who not in self._tries:  # whoever mistyped a name would wait for nothing
                return self._page(403, wrong, who)
            wait = "a second" if later.seconds == 1 else f"{later.seconds} seconds"
            return self._page(429, LATER.format(wait), who, {"Retry-After": str(later.seconds)})
        return who if fits else self._page(403, wrong, who)

    def _page(
        self, status: int, problem: str = "", who: str = "", more: dict[str, str] | None = None
    ) -> Reply:
        said, about = (PROBLEM.format(escape(problem)), ABOUT) if problem else ("", "")
        first = FOCUS if self._named and not who else ""
        text = PAGE.format(
            looks=LOOKS,
            place=PLACE,
            problem=said,
            about=about,
            who=WHO.format(escape(who), first) if self._named else NOBODY,
            focus="" if first else FOCUS,
        )
        return Reply(status, text, {"Content-Type": "text/html; charset=utf-8"} | (more or {}))


def _given(body: bytes) -> tuple[str, str]:
    """Return the name and the password in a form; nothing if that is none of ours."""
    try:
        given = parse_qs(body.decode(), max_num_fields=2)
    except ValueError:
        return "", ""
    name, text = (given.get(field, [""])[0].strip() for field in ("username", "password"))
    return name[:LONGEST_NAME].lower(), text
