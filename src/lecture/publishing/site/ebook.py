"""What an e-book needs beyond its pages: fonts that belong to it, and nothing that is meant for the web."""

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder

_UNFIT = re.compile(r'<style\b.*?</style>| (?:tooltip|valign)="[^"]*"', re.DOTALL)
"""What pandas and sphinx-gallery write that is no XML, or no HTML."""
_ITEM = re.compile(r'<item id="epub-\d+" href="([^"]+\.xhtml)"')


class Ebook(Epub3Builder):
    """Sphinx's builder, with two things that EPUB asks for and Sphinx leaves out."""

    media_types = Epub3Builder.media_types | {".woff2": "font/woff2"}  # the formulas' fonts: allowed since EPUB 3.2

    def build_content(self) -> None:
        """Write the list of files, and declare in it which pages have formulas and drawings in them."""
        super().build_content()
        path = Path(self.outdir) / "content.opf"
        path.write_text(_ITEM.sub(self._declared, path.read_text(encoding="utf-8")), encoding="utf-8")

    def _declared(self, item: re.Match[str]) -> str:
        page = (Path(self.outdir) / unquote(unescape(item[1]))).read_text(encoding="utf-8")
        inside = [name for name, tag in (("mathml", "<math"), ("svg", "<svg")) if tag in page]
        return item[0] + (f' properties="{" ".join(inside)}"' if inside else "")


def strip(app: Sphinx, context: dict[str, Any]) -> None:
    """Leave out what is no XML, what only search engines read, and style sheets that come too late.

    Some extensions copy theirs at the end of a build, when the book is packed already.
    """
    if app.builder.name == "epub":
        context["metatags"] = ""
        context["body"] = _UNFIT.sub("", context.get("body") or "")
        sheets = context["css_files"]
        context["css_files"] = [sheet for sheet in sheets if (Path(app.outdir) / str(sheet.filename)).is_file()]
