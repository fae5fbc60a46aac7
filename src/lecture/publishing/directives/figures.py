"""Figures on the pages: the drawing with its caption, and what is behind it; and all of them in a list."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.publishing.directives.elements import WEB, Element, Late, joined, link
from lecture.publishing.directives.files import files
from lecture.publishing.directives.pictures import Shown, Thumbnail, drawing, thumbnail
from lecture.publishing.evidence import evidence_of, experiments_behind, note
from lecture.publishing.pages import SCRIPTS, Page
from lecture.publishing.places import places

_log = logging.getLogger(__name__)


class FigureNumber(nodes.inline):
    """The place of a figure on its page, from 1, at the head of its caption."""


class NumberFigures(SphinxPostTransform):
    """Write "Figure 2.7" where a figure stands in a numbered chapter: paper numbers its figures itself."""

    default_priority = 2

    def run(self, **_: Any) -> None:
        """Put words in the place of each number."""
        for number in list(self.document.findall(FigureNumber)):
            chapter = self.env.toc_secnumbers.get(number["page"], {}).get("", ())
            told = ".".join(map(str, (*chapter, number["place"])))
            shown = chapter and self.app.builder.name in (*WEB, "epub")
            number.replace_self([nodes.strong("", f"Figure {told}."), nodes.Text(" ")] if shown else [])


class Gallery(SphinxDirective):
    """``{gallery} chapter/plot_name``: the figure of a gallery script, with the directive's body as its caption.

    A script that draws several figures takes ``chapter/plot_name 2`` for the second.
    """

    required_arguments = 1
    optional_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        script = self.arguments[0]
        number = int(self.arguments[1]) if len(self.arguments) > 1 else 1
        source = Path(self.env.srcdir) / f"gallery/{script}.py"  # there too where this page is built alone
        if not source.is_file():
            _log.error("{gallery} %s: gallery/%s.py does not exist", script, script, location=self.get_location())
            return []
        code = source.read_text(encoding="utf-8")
        note(self.env, *(f"experiment:{name}" for name in experiments_behind(self.env, code)))
        shown = Shown(self.env.docname, script, number)
        used = self.env.temp_data.setdefault("lecture_figures", set())
        fresh = shown not in used  # a page that shows it again has no id for the second time
        used.add(shown)
        place = FigureNumber("", page=shown.page, place=len(used)) if fresh else nodes.Text("")
        return self.figure(shown, place, link("page", f"gallery/{script}", "script"), [shown.anchor] if fresh else [])

    def figure(self, shown: Shown, number: nodes.Node, way: nodes.Node, ids: list[str]) -> list[nodes.Node]:
        """Build a figure: the drawing, its number, the caption, and the links below it."""
        found = drawing(self.env, shown)
        if found is None:
            _log.error(
                "there is no figure %s: its script must end with style.show(...)",
                shown.file,
                location=self.get_location(),
            )
            return []
        data = addnodes.download_reference(
            "", "", nodes.Text("data (CSV)"),
            reftarget=f"/{shown.file}.csv", refdoc=self.env.docname, refdomain="", reftype="",
        )  # fmt: skip
        caption = Element("figcaption", number)
        for paragraph in self.parse_content_to_nodes():  # inline, since a caption holds no paragraphs
            caption += nodes.inline("", "", *paragraph.children, nodes.Text(" "))
        caption += nodes.inline("", "", *joined([[way], [data]]), classes=["links"])
        caption += files(shown)
        figure = Element("figure", found, caption, attributes={"class": "plot"}, ids=ids)
        self.set_source_info(figure)
        return [figure]


class GalleryFigure(Gallery):
    """``gallery-figure``: a saved figure by its path without ending, relative to the sources; the scraper writes it."""

    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the figure, with a link to the chapter that shows it."""
        shown = script_of(self.arguments[0])
        return self.figure(shown, nodes.Text(""), link("place", shown.anchor, "in the chapter", "in no chapter"), [])


def script_of(name: str) -> Shown:
    """Return whose figure a file is, ``gallery/data/images/sphx_glr_plot_x_001``."""
    chapter, _, file = name.removeprefix("gallery/").partition("/images/")
    stem, _, number = file.removeprefix("sphx_glr_").rpartition("_")
    return Shown(f"gallery/{chapter}/{stem}", f"{chapter}/{stem}", int(number))


class FiguresByPage(Late):
    """Every figure that a page shows, under the title of its page."""

    def build(self, env: BuildEnvironment) -> list[nodes.Node]:
        """Return a heading and a list for each page that shows figures."""
        found: dict[str, list[Element]] = {}
        for shown in places(env).figures():
            if (Path(env.srcdir) / f"{shown.file}.wide.svg").is_file():  # its place in the chapter complains already
                script = places(env).pages[SCRIPTS + shown.script]
                found.setdefault(shown.page, []).append(self._item(env, shown, script))
        return [
            node
            for page, items in found.items()
            for node in (
                Element("h2", link("titled", page), ids=[f"figures-{page}"]),
                Element("ul", *items, attributes={"class": "figures"}),
            )
        ]

    def _item(self, env: BuildEnvironment, shown: Shown, script: Page) -> Element:
        picture = thumbnail(Path(env.srcdir), shown.file)
        for image in picture.findall(Thumbnail):  # Sphinx has collected the images of this page already
            env.images.add_file(env.docname, image["uri"])
        claims: list[list[nodes.Node]] = [
            [link("place", f"claim-{id}", id), nodes.Text(" "), evidence_of(env).sign(id).element()]
            for id in script.claims
        ]
        about = Element("small", *joined([*claims, [link("page", SCRIPTS + shown.script, "script")]]))
        title = Element("strong", link("place", shown.anchor, script.title))
        return Element("li", Element("article", picture, title, about))


class FigureList(SphinxDirective):
    """``{figures}``: every figure that a page shows, under the title of its page."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the list."""
        note(self.env, "verdicts")
        return [FiguresByPage()]
