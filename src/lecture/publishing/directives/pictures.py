"""Pictures in the document: a figure's drawing, inline on web pages and a file elsewhere; small pictures for lists."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from lecture.publishing.directives.elements import WEB, Element, markup
from lecture.publishing.drawing.svg import placed, size
from lecture.publishing.evidence import note

LAYOUTS = ("wide", "narrow")
_ENDING = "_thumb.png"
_LABEL = re.compile(r' aria-label="([^"]*)"')


class Shown(NamedTuple):
    """A figure at its place in the book.

    Attributes:
        page: The page that shows it.
        script: Its gallery script, ``chapter/plot_name``.
        number: Which of the script's figures, from 1.
    """

    page: str
    script: str
    number: int

    @property
    def anchor(self) -> str:
        """The id of the figure on its page, ``fig-plot_name``; a script's second figure ends on ``-2``."""
        return f"fig-{self.script.rpartition('/')[2]}" + (f"-{self.number}" if self.number > 1 else "")

    @property
    def file(self) -> str:
        """The saved figure without its ending, relative to the sources."""
        chapter, _, stem = self.script.rpartition("/")
        return f"gallery/{chapter}/images/sphx_glr_{stem}_{self.number:03}"


class Drawing(nodes.image):
    """The drawing of a figure: for Sphinx an image, the PNG. An e-book takes the SVG, web pages draw it inline."""


class Thumbnail(nodes.image):
    """A picture that is fetched when it comes into view, of a size known before."""


class Inline(SphinxPostTransform):
    """On a web page, draw in the page itself: in its font and theme, in two layouts."""

    builders = WEB
    default_priority = 4

    def run(self, **_: Any) -> None:
        """Replace each drawing of the page; ids in them are numbered, since several pages may become one."""
        for number, drawing in enumerate(list(self.document.findall(Drawing))):
            inside, ratios = "", []
            for layout in LAYOUTS:
                path = Path(self.env.srcdir) / f"{drawing['file']}.{layout}.svg"
                picture = placed(_read(path, path.stat().st_mtime_ns), f"fig-{number}{layout[0]}")
                inside += f'<div class="{layout}">{picture}</div>'
                ratios.append(f"--{layout}:{'/'.join(map(str, size(picture)))}")
            drawing.replace_self(
                markup(f'<div class="drawing" translate="no" style="{";".join(ratios)}">{inside}</div>')
            )


def drawing(env: BuildEnvironment, figure: Shown) -> Drawing | None:
    """Return the drawing of a figure, None if its script has not drawn it; the page is read again when it changes."""
    paths = [Path(env.srcdir) / f"{figure.file}.{layout}.svg" for layout in LAYOUTS]
    note(env, *(f"file:{figure.file}.{layout}.svg" for layout in LAYOUTS))
    if not all(path.is_file() for path in paths):
        return None
    told = _LABEL.search(_read(paths[0], paths[0].stat().st_mtime_ns))
    return Drawing(
        uri=f"/{figure.file}.png",
        alt=unescape(told[1]) if told else "",
        file=figure.file,
        script=figure.script,
        number=figure.number,
    )


def thumbnail(source: Path, name: str) -> Element:
    """Return a saved figure as a small picture in both themes: as decoration, since its chapter describes it.

    Args:
        source: The folder of the sources.
        name: The figure without its ending, relative to that.
    """
    drawing = source / f"{name}.wide.svg"
    width, height = size(_read(drawing, drawing.stat().st_mtime_ns))
    images = []
    for theme in ("light", "dark"):
        uri = f"{name}.{theme}.svg"
        classes = [
            theme,
            "dark-light",
            "no-scaled-link",
        ]  # the second tells the theme not to lay a white sheet under it
        images.append(Thumbnail(uri=uri, alt="", width=width, height=height, classes=classes, candidates={"*": uri}))
    return Element("div", *images, attributes={"class": "picture", "aria-hidden": "true"})


def replace(app: Sphinx, doctree: nodes.document) -> None:
    """Put our thumbnails where sphinx-gallery has its own: PNGs for a light page, ten times as heavy."""
    source = Path(app.srcdir)
    for image in list(doctree.findall(nodes.image)):
        path = Path(image["uri"].lstrip("/"))
        name = (path.parents[1] / (path.name.removesuffix(_ENDING) + "_001")).as_posix()
        if path.name.endswith(_ENDING) and (source / f"{name}.wide.svg").is_file():
            note(app.env, f"file:{name}.wide.svg")
            shown = thumbnail(source, name)
            for picture in shown.findall(Thumbnail):
                picture["uri"] = f"/{picture['uri']}"
            image.replace_self(shown)


@cache
def _read(picture: Path, modified: int) -> str:
    return picture.read_text(encoding="utf-8")


def _visit(writer: HTML5Translator, node: Thumbnail) -> None:
    source = node["uri"]
    if source in writer.builder.images:
        source = f"{writer.builder.imgpath}/{writer.builder.images[source]}"
    facts = {name: str(node[name]) for name in ("alt", "width", "height")}
    writer.body.append(writer.emptytag(node, "img", "", src=source, loading="lazy", **facts))


def _depart(*_: Any) -> None:
    """Write nothing."""


def add_nodes(app: Sphinx) -> None:
    """Register the node."""
    app.add_node(Thumbnail, html=(_visit, _depart))
