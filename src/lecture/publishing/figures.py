"""Figures on the pages: inline, in the page's font and theme, with their script and their data."""

from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.publishing.elements import Element, PageLink, joined, markup
from lecture.publishing.evidence import note
from lecture.publishing.figure_list import anchor, shown
from lecture.publishing.freshness import experiments_in
from lecture.publishing.svg import placed, size

_log = logging.getLogger(__name__)


class GalleryFigure(SphinxDirective):
    """``gallery-figure``: a saved figure by its path without ending, relative to the sources; the scraper writes it."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the figure with its caption."""
        figure = self.figure(self.arguments[0])
        return [figure] if figure else []

    def figure(self, name: str, page: str = "") -> nodes.Element | None:
        """Build a figure: both layouts, the caption, and the links below it."""
        pictures = [Path(self.env.srcdir) / f"{name}.{width}.svg" for width in ("wide", "narrow")]
        note(self.env, *(f"file:{name}.{width}.svg" for width in ("wide", "narrow")))
        missing = next((picture for picture in pictures if not picture.is_file()), None)
        if missing:
            _log.error(
                "there is no figure %s: its script must end with style.show(...)", name, location=self.get_location()
            )
            return None
        where = f"fig-{self.env.new_serialno('figure')}"
        inside, ratios = "", []
        for number, picture in enumerate(pictures):
            drawing = placed(_read(picture, picture.stat().st_mtime_ns), f"{where}{number}")
            kind = picture.suffixes[0][1:]
            inside += f'<div class="{kind}">{drawing}</div>'
            ratios.append(f"--{kind}:{'/'.join(map(str, size(drawing)))}")
        drawings = f'<div class="drawing" style="{";".join(ratios)}">{inside}</div>'
        data = addnodes.download_reference(
            "",
            "",
            nodes.Text("data (CSV)"),
            reftarget=f"/{name}.csv",
            refdoc=self.env.docname,
            refdomain="",
            reftype="",
        )
        links: list[list[nodes.Node]] = [[PageLink(page, "script")]] if page else self._way_back(name)
        caption = self._caption()
        caption += nodes.inline("", "", *joined([*links, [data]]), classes=["links"])
        figure = Element("figure", markup(drawings), caption, attributes={"class": "plot"}, ids=self._id(name))
        self.set_source_info(figure)
        return figure

    def _id(self, name: str) -> list[str]:
        """Return the figure's id; a page that shows it again has none for the second time."""
        used = self.env.temp_data.setdefault("lecture_figures", set())
        fresh = name not in used
        used.add(name)
        return [anchor(*script_of(name))] if fresh else []

    def _way_back(self, name: str) -> list[list[nodes.Node]]:
        """Return the link from a script's own page to the chapter that shows its figure."""
        script, number = script_of(name)
        there = next((s for s in shown(self.env) if (s.script, s.number) == (script, number)), None)
        return [[PageLink(there.page, "in the chapter", there.anchor)]] if there else []

    def _caption(self) -> Element:
        caption = Element("figcaption")
        if self.content:
            inner = nodes.Element()
            self.state.nested_parse(self.content, self.content_offset, inner)
            for paragraph in inner.children:  # inline, since Sphinx takes a link outside of text for a picture's
                caption += nodes.inline("", "", *paragraph.children, nodes.Text(" "))
        return caption


def script_of(name: str) -> tuple[str, int]:
    """Return script and number of a saved figure, ``gallery/data/images/sphx_glr_plot_x_001``."""
    chapter, _, file = name.removeprefix("gallery/").partition("/images/")
    stem, _, number = file.removeprefix("sphx_glr_").rpartition("_")
    return f"{chapter}/{stem}", int(number)


class Gallery(GalleryFigure):
    """``{gallery} chapter/plot_name``: the figure of a gallery script, with the directive's body as its caption.

    A script that draws several figures takes ``chapter/plot_name 2`` for the second.
    """

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        script = self.arguments[0]
        number = int(self.arguments[1]) if len(self.arguments) > 1 else 1
        if f"gallery/{script}" not in self.env.found_docs:
            _log.error("{gallery} %s: gallery/%s.py does not exist", script, script, location=self.get_location())
            return []
        written = Path(self.env.doc2path(f"gallery/{script}")).with_suffix(".py").read_text(encoding="utf-8")
        note(self.env, *(f"experiment:{name}" for name in experiments_in(written)))
        chapter, _, stem = script.rpartition("/")
        figure = self.figure(f"gallery/{chapter}/images/sphx_glr_{stem}_{number:03}", f"gallery/{script}")
        return [figure] if figure else []


@cache
def _read(picture: Path, modified: int) -> str:
    return picture.read_text(encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("gallery-figure", GalleryFigure)
    app.add_directive("gallery", Gallery)
