"""Web pages: the lines that a browser shows, and the data that pages carry for programs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from vivavoce.personas.papers.formats.plain import HEADINGS, TEXT
from vivavoce.personas.papers.paper import Line

_UNSEEN = frozenset(
    "script style nav footer template noscript svg canvas button select textarea iframe object dialog "
    "title".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody tfoot "
    "thead tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong", "th", "dt"))
_ROOM = frozenset("article section h1 h2 h3 h4 h5 h6 p ul ol table hr".split())  # with room above
_CLOSED_BY_THEMSELVES = frozenset("p li td th tr dt dd option".split())  # where the next of them begins
_HIDING = ("display:none", "visibility:hidden", "font-size:0", "opacity:0;")
_DATA = "application/ld+json"

Attributes = Sequence[tuple[str, str | None]]


def read(page: str) -> tuple[list[Line], list[str]]:
    """Return the lines of the HTML `page`, and its scripts of JSON-LD."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    parser.end_line()
    return parser.lines, parser.data


@dataclass(slots=True)
class _Open:
    """A line that is being read."""

    parts: list[str] = field(default_factory=list)
    plain: int = 0  # letters that are not bold
    bullet: bool = False
    gap: bool = False


class _Page(HTMLParser):
    """Gathers lines; there is no tree, so no depth of nesting can matter."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.data: list[str] = []
        self._line = _Open()
        self._heading = 0
        self._bold = 0
        self._verbatim = 0
        self._unseen = ""  # the tag within which nothing is shown
        self._within = 0  # of that tag
        self._keeps = False  # whether what is said now is data

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Begin an element."""
        if self._unseen == tag and tag in _CLOSED_BY_THEMSELVES:
            self._unseen = ""
        if self._unseen:
            self._within += tag == self._unseen
            self._keep(tag, attrs)
            return
        if tag not in _VOID and (tag in _UNSEEN or _is_hidden(attrs)):
            self._unseen, self._within = tag, 1
            self._keep(tag, attrs)
        else:
            self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        self._keeps = self._keeps and tag != "script"
        if self._unseen:
            self._within -= tag == self._unseen
            if not self._within:
                self._unseen = ""
            return
        if tag in _BLOCKS:
            self.end_line()
        if tag[:1] == "h" and tag[1:].isdigit():
            self._heading = 0
        self._bold = max(0, self._bold - (tag in _BOLD))
        self._verbatim = max(0, self._verbatim - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._keeps:
            self.data.append(data)
        elif not self._unseen:
            pieces = data.split("\n") if self._verbatim else [" ".join(data.replace("\t", " ").split(" "))]
            for number, piece in enumerate(pieces):
                if number:
                    self.end_line()
                self._line.parts.append(piece)
                self._line.plain += 0 if self._bold or self._heading else len(piece.strip())

    def end_line(self) -> None:
        """Keep the line that was read so far, if there is anything in it."""
        line, self._line = self._line, _Open()
        text = "".join(line.parts)
        cells = [" ".join(cell.split()) for cell in text.split("\t")] if not self._verbatim else [text]
        said = "\t".join(filter(None, cells))
        if not said.strip():
            self._line = _Open(bullet=line.bullet, gap=line.gap)
            return
        size = HEADINGS[self._heading - 1] if self._heading else TEXT
        bold = not line.plain
        self.lines.append(Line(text=said, size=size, bold=bold, bullet=line.bullet, gap=line.gap))

    def _keep(self, tag: str, attrs: Attributes) -> None:
        self._keeps = tag == "script" and (dict(attrs).get("type") or "").strip().lower() == _DATA

    def _begin(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_line()
            self._line.gap = self._line.gap or tag in _ROOM
            self._line.bullet = tag == "li" or (self._line.bullet and tag in ("p", "div"))
        if tag in _CELLS:
            self._line.parts.append("\t")
        if tag[:1] == "h" and tag[1:] in "123456" and len(tag) == 2:
            self._heading = int(tag[1:])
        self._bold += tag in _BOLD
        self._verbatim += tag == "pre"


def _is_hidden(attrs: Attributes) -> bool:
    told = {name: (value or "").lower().replace(" ", "") for name, value in attrs}
    style = told.get("style", "") + ";"
    return (
        ("hidden" in told and told["hidden"] != "until-found")
        or told.get("aria-hidden") == "true"
        or told.get("role") == "navigation"
        or any(way in style for way in _HIDING)
    )
