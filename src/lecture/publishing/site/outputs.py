"""What a cell shows must be fit for the site: no script of its own, and words for those who do not see a picture."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

_log = logging.getLogger(__name__)

NO_SCRIPT = (
    "this output holds a script, which the site does not allow (nothing loads from elsewhere, no script stands in a "
    "page): draw it with matplotlib, or save it as a picture"
)
NO_WORDS = (
    "the picture of this cell has no alternative text: say what it shows, with the option "
    "'mystnb: {image: {alt: ...}}' at the top of the cell"
)


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of outputs that would be blank, forbidden or unreadable: plotly, bokeh, ipywidgets, a plain ``plt.plot``."""
    if app.env.docname.startswith("gallery/"):
        return
    for output in doctree.findall(_is_output):
        place = output if output.line else output.parent
        if any("<script" in raw.astext().lower() for raw in output.findall(nodes.raw)):
            _log.warning(NO_SCRIPT, location=place)
        elif any(not image.get("alt") for image in output.findall(nodes.image)):
            _log.warning(NO_WORDS, location=place)


def _is_output(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code_output"
