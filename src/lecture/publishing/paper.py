"""The whole book as one PDF: a browser prints the page on which Sphinx's builder ``singlehtml`` puts all others.

``python -m lecture.publishing.paper _build/singlehtml/index.html _build/pdf/lecture.pdf``. The browser makes the
outline of the headings, keeps links, embeds the fonts, and tags the text for screen readers.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lecture.errors import LectureError

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--no-pdf-header-footer",
    "--generate-pdf-document-outline", "--export-tagged-pdf",
)  # fmt: skip
PATIENCE = 600
"""Seconds that the browser may take."""

STYLE = """<style>
@page { @bottom-center { content: counter(page); font: 9pt sans-serif; } }
html, body { background: white !important; }
span[id^="document-"]:not([id*="gallery/"]) + section { break-before: page; }
</style></head>"""
"""What only a book has: numbered pages, each part on a new one, and paper that is white already."""
_LINK = re.compile(r'(<a\b[^>]*?) href="([^"]*)"')


def printable(html: str, name: str) -> str:
    """Return a page as it is printed.

    Links stay in it or lead to the web: those to files beside it would name a folder of whoever prints.
    """

    def kept(found: re.Match[str]) -> str:
        target = found[2].removeprefix(name)
        return f'{found[1]} href="{target}"' if re.match(r"#|https?:|mailto:", target) else found[1]

    return _LINK.sub(kept, html).replace("</head>", STYLE, 1)


def browser() -> str:
    """Return the path of a Chromium.

    Raises:
        LectureError: There is none.
    """
    if found := next(filter(None, map(shutil.which, BROWSERS)), None):
        return found
    raise LectureError(f"printing needs one of {', '.join(BROWSERS)} (Debian: apt install chromium)")


def write(page: Path, target: Path) -> None:
    """Print a page.

    Args:
        page: The HTML file.
        target: The PDF; it is replaced only by a whole one.

    Raises:
        LectureError: There is no browser, or it did not print.
    """
    if not page.is_file():
        raise LectureError(f"there is no {page}: 'make pdf' makes it first")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".new").absolute()
    copy = page.with_name("printed.html")  # beside it, where style sheets and pictures are found
    copy.write_text(printable(page.read_text(encoding="utf-8"), page.name), encoding="utf-8")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root with its sandbox
    with tempfile.TemporaryDirectory() as profile:
        command = [browser(), *OPTIONS, *root, f"--user-data-dir={profile}", f"--print-to-pdf={fresh}",
                   copy.absolute().as_uri()]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            raise LectureError(f"the browser had not printed after {PATIENCE} s") from None
        finally:
            copy.unlink()
    if done.returncode or not fresh.is_file():
        raise LectureError(f"the browser printed nothing: {done.stderr.strip()[-300:]}")
    fresh.replace(target)


def main() -> None:
    """Print the page of the first argument into the file of the second, and say where it is."""
    page, target = map(Path, sys.argv[1:])
    try:
        write(page, target)
    except LectureError as error:
        sys.exit(f"lecture: {error}")
    print(f"The book is in {target}, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
