"""A paper as text, Markdown, HTML, RTF, ODT and JSON Resume."""

import json
import zipfile
from html import escape
from pathlib import Path

from benchmarks.papers.blocks import Block, plain, runs
from benchmarks.papers.truth import Look, Person, Posting

HTML = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n{data}'
    "<style>nav, .side {{ float: right }}</style></head>\n"
    "<body>{before}<main>\n{body}</main>{after}</body></html>\n"
)
AROUND = (
    '<nav><a href="/">Home</a> <a href="/jobs">All jobs</a> <a href="/login">Sign in</a></nav>\n',
    "<footer><p>We use cookies to improve this site.</p><p>Similar jobs</p></footer>"
    '<script>track("x")</script>',
)
TAGS = {"name": "h1", "headline": "h3", "heading": "h2"}
RTF = {
    "name": r"\b\fs44 ",
    "headline": r"\fs26 ",
    "heading": r"\b\fs28 ",
    "bullet": r"{\pntext\'b7\tab}\fi-360\li720 ",
}
ODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
    '<office:automatic-styles><style:style style:name="B" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
    "<office:body><office:text>{0}</office:text></office:body></office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_text(path: Path, blocks: list[Block], look: Look) -> None:
    """Write `blocks` as plain text, the dates set off by blanks."""
    path.write_text("".join(_text(one, look) for one in blocks), "utf-8")


def write_markdown(path: Path, blocks: list[Block], look: Look) -> None:
    """Write `blocks` as Markdown."""
    path.write_text("".join(_markdown(one) for one in blocks), "utf-8")


def write_html(path: Path, blocks: list[Block], look: Look, posting: Posting | None = None) -> None:
    """Write `blocks` as a page; that of a posting has what stands round it on a site."""
    before, after = AROUND if posting else ("", "")
    body = "".join(map(_div if look.divs else _html, blocks))
    data = _linked(posting, body) if posting and posting.data else ""
    title = escape(plain(blocks[0].text))
    path.write_text(HTML.format(title=title, data=data, before=before, body=body, after=after), "utf-8")


def write_rtf(path: Path, blocks: list[Block], look: Look) -> None:
    """Write `blocks` as RTF."""
    path.write_text(
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}" + "\n" + _rtf(blocks) + "}", "ascii"
    )


def write_odt(path: Path, blocks: list[Block], look: Look) -> None:
    """Write `blocks` as ODT."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr(zipfile.ZipInfo("content.xml"), ODT.format("".join(_odt(one) for one in blocks)))
        archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), MANIFEST)


def write_json_resume(path: Path, person: Person) -> None:
    """Write `person` as JSON Resume (jsonresume.org, schema 1.0)."""
    mail = next((one for one in person.contact if "@" in one), "")
    schools = [row for part in person.parts for row in part.rows]
    made = {
        "basics": {"name": person.name, "label": person.headline, "email": mail},
        "work": [
            {
                "name": role.employer,
                "position": role.title,
                "startDate": role.start,
                **({} if role.end == "Present" else {"endDate": role.end}),
                "summary": role.text,
                "highlights": list(role.bullets),
            }
            for role in person.roles
        ],
        "education": [{"institution": left, "endDate": right} for left, right in schools],
        "skills": [
            {"name": group.label, "keywords": list(group.items)}
            for part in person.parts
            for group in part.skills
        ],
        "projects": [
            {"name": one.name, "description": one.text, "highlights": list(one.bullets)}
            for part in person.parts
            for one in part.projects
        ],
        "interests": [{"name": item} for part in person.parts for item in part.items],
    }
    path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _text(block: Block, look: Look) -> str:
    text = plain(block.text)
    if block.kind == "beside":
        return "".join(
            f"{text if not at else '':<20}{_text(one, look)}" for at, one in enumerate(block.inner)
        )
    if block.kind == "heading":
        return f"\n\n{text}\n"
    if block.kind == "bullet":
        return f"{look.bullet} {text}\n"
    return f"{text:<60}  {block.right}\n" if block.right else f"{text}\n"


def _markdown(block: Block) -> str:
    if block.kind == "beside":
        return f"{block.text} " + "".join(_markdown(one) for one in block.inner)
    mark = {"name": "# ", "heading": "\n## ", "bullet": "- "}.get(block.kind, "")
    right = f" *{block.right}*" if block.right else ""
    return f"{mark}{block.text}{right}\n" + ("" if block.kind == "bullet" else "\n")


def _html(block: Block) -> str:
    inner = "".join(
        f"<strong>{escape(text)}</strong>" if bold else escape(text) for text, bold in runs(block.text)
    )
    if block.kind == "beside":
        rows = "".join(_html(one) for one in block.inner)
        return f"<table><tr><td>{inner}</td><td>{rows}</td></tr></table>\n"
    if block.kind == "bullet":
        return f"<ul><li>{inner}</li></ul>\n"
    if block.right:
        return f'<div>{inner} <span class="side">{escape(block.right)}</span></div>\n'
    tag = TAGS.get(block.kind, "p")
    return f"<{tag}>{inner}</{tag}>\n"


def _div(block: Block) -> str:
    """Return `block` as pages have it whose marks are letters and whose headings are bold."""
    text = escape(plain(block.text))
    mark = "• " if block.kind == "bullet" else ""
    bold = block.kind in TAGS
    return f'<div class="x{len(text) % 7}"><span>{f"<b>{text}</b>" if bold else mark + text}</span></div>\n'


def _linked(posting: Posting, body: str) -> str:
    made = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": posting.title,
        "hiringOrganization": {"@type": "Organization", "name": posting.employer},
        "datePosted": "2026-03-02",
        "description": body,
    }
    text = json.dumps(made, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def _rtf(blocks: list[Block] | tuple[Block, ...]) -> str:
    made = []
    for block in blocks:
        if block.kind == "beside":
            made += [
                r"\trowd\cellx2000\cellx9000 ",
                _words(block.text),
                r"\cell ",
                _rtf(block.inner),
                r"\cell\row" "\n",
            ]
            continue
        right = rf"\tqr\tx9000\tab {_words(block.right)}" if block.right else ""
        made.append(rf"{{\pard {RTF.get(block.kind, '')}{_words(block.text)}{right}\par}}" + "\n")
    return "".join(made)


def _words(text: str) -> str:
    made = "".join(rf"{{\b {piece}}}" if bold else piece for piece, bold in runs(text))
    return "".join(letter if ord(letter) < 128 else rf"\u{ord(letter)}?" for letter in made)


def _odt(block: Block) -> str:
    inner = "".join(
        f'<text:span text:style-name="B">{escape(text)}</text:span>' if bold else escape(text)
        for text, bold in runs(block.text)
    )
    if block.kind == "beside":
        return f"<text:p>{inner}<text:tab/></text:p>" + "".join(_odt(one) for one in block.inner)
    if block.kind == "bullet":
        return f"<text:list><text:list-item><text:p>{inner}</text:p></text:list-item></text:list>"
    if block.kind in ("name", "heading"):
        return f'<text:h text:outline-level="{1 if block.kind == "name" else 2}">{inner}</text:h>'
    return f"<text:p>{inner}{f'<text:tab/>{escape(block.right)}' if block.right else ''}</text:p>"
