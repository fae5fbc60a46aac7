"""A figure as a small picture in both themes, for lists of figures: on our pages and in sphinx-gallery's index."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from lecture.publishing.elements import Element
from lecture.publishing.evidence import note
from lecture.publishing.files import write_changed
from lecture.publishing.svg import size, standalone

_ENDING = "_thumb.png"


class Thumbnail(nodes.image):
    """A picture that is fetched when it comes into view, of a size known before."""


def thumbnail(source: Path, picture: Path) -> Element:
    """Return a saved figure as a small picture in both themes: as decoration, since its chapter describes it.

    Args:
        source: The folder of the sources.
        picture: The figure's ``NAME.wide.svg``, below ``source``; ``NAME.light.svg`` and ``NAME.dark.svg`` are
            written beside it.
    """
    from lecture.style import DARK, LIGHT  # here, not above: it imports matplotlib

    drawing = picture.read_text(encoding="utf-8")
    width, height = size(drawing)
    images = []
    for name, theme in (("light", LIGHT), ("dark", DARK)):
        small = picture.with_name(picture.name.replace(".wide.", f".{name}."))
        write_changed(small, standalone(drawing, theme))
        uri = f"/{small.relative_to(source).as_posix()}"
        classes = [name, "dark-light", "no-scaled-link"]  # the second tells the theme not to lay a white sheet under it
        images.append(Thumbnail(uri=uri, alt="", width=width, height=height, classes=classes))
    return Element("div", *images, attributes={"class": "picture", "aria-hidden": "true"})


def _replace(app: Sphinx, doctree: nodes.document) -> None:
    """Put our thumbnails where sphinx-gallery has its own: PNGs for a light page, ten times as heavy."""
    source = Path(app.srcdir)
    for image in list(doctree.findall(nodes.image)):
        path = source / image["uri"].lstrip("/")
        if not image["uri"].endswith(_ENDING):
            continue
        picture = path.parents[1] / (path.name.removesuffix(_ENDING) + "_001.wide.svg")
        if picture.is_file():
            note(app.env, f"file:{picture.relative_to(source).as_posix()}")
            image.replace_self(thumbnail(source, picture))


def _visit(writer: HTML5Translator, node: Thumbnail) -> None:
    source = node["uri"]
    if source in writer.builder.images:
        source = f"{writer.builder.imgpath}/{writer.builder.images[source]}"
    facts = {name: str(node[name]) for name in ("alt", "width", "height")}
    writer.body.append(writer.emptytag(node, "img", "", src=source, loading="lazy", **facts))


def _nothing(*_: Any) -> None:
    """Write nothing."""


def setup(app: Sphinx) -> None:
    """Register the node, and replace the gallery's pictures before Sphinx collects them."""
    others: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo", "xml"), (_nothing, _nothing))
    app.add_node(Thumbnail, html=(_visit, _nothing), **others)
    app.connect("doctree-read", _replace, priority=100)
