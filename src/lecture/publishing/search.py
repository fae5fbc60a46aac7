"""What the search finds besides pages and sections: the talk's claims, the figures, the glossary's terms.

Sphinx's index takes them as the objects of a domain; ``book/_static/results.js`` looks through it and shows them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment

from lecture.claims.claim import Verdict
from lecture.claims.talk import STATEMENTS
from lecture.publishing import figure_list
from lecture.publishing.chapters import page_of
from lecture.publishing.evidence import evidence_of
from lecture.publishing.passages import text_of
from lecture.publishing.roles import verdict_text

Found = tuple[str, str, str, str, str, int]
"""As Sphinx wants it: full name, shown name, type, page, anchor, and a number, here the place among its like.

The full name serves for nothing but must not be the anchor: Sphinx then writes none.
"""


TYPES = {
    **{f"claim-{verdict.name.lower()}": ObjType(verdict_text(verdict)) for verdict in Verdict},
    "figure": ObjType("Figure"),
    "term": ObjType("Glossary"),
}
EMPTY: dict[str, Any] = {"terms": {}}
"""What is remembered between builds: by page, each term's anchor, name and definition."""


class Findable(Domain):
    """Claims, figures and terms as objects of the search index.

    A shown name is what the search looks through: its first line is the title, the second tells more. A claim's type
    says its verdict, so that "does not hold" finds those that do not.
    """

    name = "lecture"
    label = "Lecture"
    object_types = TYPES
    initial_data = EMPTY
    data_version = 1

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Remember a page's glossary: only edited pages are read again."""
        items = [
            item
            for glossary in document.findall(addnodes.glossary)
            for item in glossary.findall(nodes.definition_list_item)
        ]
        if items:
            self.data["terms"][docname] = [entry for item in items for entry in _entries(item)]

    def clear_doc(self, docname: str) -> None:
        """Forget the glossary of a page that is read again, or gone."""
        self.data["terms"].pop(docname, None)

    def resolve_any_xref(self, *_: Any) -> list[Any]:
        """Resolve nothing: pages refer to these things by roles and links of their own."""
        return []

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        """Return what a result is called: without the domain's name, which tells a reader nothing."""
        return str(type.lname)

    def get_objects(self) -> Iterator[Found]:
        """Yield everything by the present records and sources, whichever pages this build has read."""
        yield from self._claims()
        yield from self._figures()
        for page, entries in self.data["terms"].items():
            for place, (anchor, term, definition) in enumerate(entries):
                yield f"{page}#{anchor}", f"{term}\n{definition}", "term", page, anchor, place

    def _claims(self) -> Iterator[Found]:
        for place, (id, statement) in enumerate(STATEMENTS.items()):
            if page := page_of(self.env, statement.chapter):
                kind = f"claim-{evidence_of(self.env).verdict(id).name.lower()}"
                yield id, statement.says, kind, page, f"claim-{id}", place

    def _figures(self) -> Iterator[Found]:
        for place, figure in enumerate(figure_list.places(self.env)):
            script = Path(self.env.doc2path(f"gallery/{figure.script}")).with_suffix(".py")
            title, ids = figure_list.told_by(script.read_text(encoding="utf-8"))
            name = f"{figure.page}#{figure.anchor}"
            yield name, f"{title}\n{' '.join(ids)}", "figure", figure.page, figure.anchor, place


def _entries(item: nodes.definition_list_item) -> Iterator[tuple[str, str, str]]:
    definition = " ".join(text_of(part) for part in item.findall(nodes.definition))
    for term in item.findall(nodes.term):
        yield term["ids"][0], term.astext(), definition


def leave_out(app: Sphinx, doctree: nodes.document) -> None:
    """Keep a gallery script's page out of the index: its figure is in, and its code has every common word."""
    page = app.env.docname
    if page.startswith("gallery/") and page != "gallery/index":
        app.env.metadata[page]["nosearch"] = True


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(Findable)
    app.connect("doctree-read", leave_out, priority=600)  # after Sphinx has set the page's metadata
