"""The notebook of each gallery script: it installs the package where that is missing, and opens on Colab."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from lecture.publishing.directives.elements import WEB, Element
from lecture.publishing.directives.provenance import FOOTER
from lecture.publishing.pages import SCRIPTS, is_script

BRANCH = "notebooks"
"""Of the repository, where ``.github/workflows/pages.yml`` puts the notebooks of the published site.

Colab opens what lies in a repository on GitHub, and from no other address.
"""
_INSTALL = """\
# The book's own package, lecture, for Python 3.11 to 3.13: installed where it is missing, on Colab for example
try:
    import lecture
except ModuleNotFoundError:
    %pip install -q git+{}"""


def configure(config: Config) -> None:
    """Let the first cell install the package from the repository, if that is known; else it says what to do."""
    if config.lecture_repository and (gallery := getattr(config, "sphinx_gallery_conf", None)):
        gallery["first_notebook_cell"] = _INSTALL.format(config.lecture_repository)


def offer_colab(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Lead from a script's page to its notebook on Colab, beside the downloads, where the repository is known."""
    if not (app.config.lecture_repository and is_script(page) and app.builder.name in WEB):
        return
    owner_and_name = app.config.lecture_repository.removeprefix("https://github.com/")
    address = (
        f"https://colab.research.google.com/github/{owner_and_name}/blob/{BRANCH}/{page.removeprefix(SCRIPTS)}.ipynb"
    )
    way = Element("a", nodes.Text("Open the notebook on Colab"), attributes={"class": "download", "href": address})
    for footer in [node for node in doctree.findall(nodes.container) if FOOTER in node["classes"]][:1]:
        footer += Element("div", Element("p", way), attributes={"class": "sphx-glr-download"})
