"""Write the papers of the benchmark: twenty people's, each in a layout of its own, and the postings.

python -m benchmarks.papers.layouts --to DIR
"""

import argparse
from pathlib import Path

from benchmarks.papers import docx, pdf, plain_formats
from benchmarks.papers.blocks import of_person, of_posting
from benchmarks.papers.truth import Person, Posting, people, postings

WRITERS = {
    "pdf": pdf.write,
    "docx": docx.write,
    "odt": plain_formats.write_odt,
    "rtf": plain_formats.write_rtf,
    "html": plain_formats.write_html,
    "md": plain_formats.write_markdown,
    "txt": plain_formats.write_text,
}


def write(one: Person | Posting, folder: Path) -> Path:
    """Write the paper of `one` into `folder` and return where it lies."""
    path = folder / f"{one.id}.{one.look.file}"
    if isinstance(one, Person) and one.look.file == "json":
        plain_formats.write_json_resume(path, one)
    elif isinstance(one, Person):
        WRITERS[one.look.file](path, of_person(one), one.look)
    elif isinstance(one, Posting) and one.look.raw:
        path.write_text(one.text.lstrip(), "utf-8")
    elif one.look.file == "html":
        plain_formats.write_html(path, of_posting(one), one.look, one)
    else:
        WRITERS[one.look.file](path, of_posting(one), one.look)
    return path


def main() -> None:
    """Write them all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--to", type=Path, required=True, metavar="DIR")
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    everything: list[Person | Posting] = [*people(), *postings()]
    for one in everything:
        print(write(one, folder))


if __name__ == "__main__":
    main()
