"""Where things stand: cards, rows of the ledger, figures, terms, entries of the reference.

Whoever links to one need not know its page.

They are the Sphinx domain ``lecture``. What it remembers of a page is read off the page's own tree, so a chapter that
is renamed takes its claims and figures along. Sphinx's search index has the domain's objects as well:
``book/_static/results.js`` looks through them.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.util.nodes import make_refnode

from lecture.claims.talk import STATEMENTS
from lecture.publishing.directives.elements import Link
from lecture.publishing.directives.pictures import Shown
from lecture.publishing.directives.signs import ALL
from lecture.publishing.evidence import evidence_of
from lecture.publishing.pages import DOMAIN, SCRIPTS, Page, is_script, page_of
from lecture.publishing.state import short_digest

Found = tuple[str, str, str, str, str, int]
"""As Sphinx wants it: full name, shown name, type, page, anchor, and a number, here the place among its like.

The full name serves for nothing but must not be the anchor: Sphinx then writes none.
"""
TYPES = {
    **{f"claim-{sign.name}": ObjType(sign.text) for sign in ALL},
    "figure": ObjType("Figure"),
    "term": ObjType("Glossary"),
    "entry-experiment": ObjType("Experiment"),
    "entry-function": ObjType("Function"),
    "entry-class": ObjType("Class"),
}
MISSING = {
    "place": "no page of the book shows %(target)s",
    "chapter": "no page of the book shows a claim of the chapter %(target)s",
}
EMPTY: dict[str, Any] = {"pages": {}, "written": {}}
MORE = "\t"
"""In a shown name, between what a thing is called and what else the search says of it."""


class Places(Domain):
    """Cards, rows, figures and terms, each with its page.

    Kinds of links: ``place`` leads to an anchor and ``page`` to a page; ``titled`` leads to a page and ``chapter`` to
    the page of a chapter of the talk, under their titles; ``title`` is such a chapter's title alone; ``code`` leads to
    the code behind a claim, which only a site has.
    """

    name = DOMAIN
    label = "Lecture"
    object_types = TYPES
    dangling_warnings = MISSING
    initial_data = EMPTY
    data_version = 3

    @property
    def pages(self) -> dict[str, Page]:
        """What is remembered, by page."""
        found: dict[str, Page] = self.data["pages"]
        return found

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Remember a page that was read."""
        self.pages[docname] = page_of(env, docname, document)
        self._forget_index()

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is read again, or gone."""
        self.pages.pop(docname, None)
        self._forget_index()

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        self.pages.update({page: otherdata["pages"][page] for page in docnames if page in otherdata["pages"]})
        self._forget_index()

    def _forget_index(self) -> None:
        for name in ("order", "_anchors"):
            vars(self).pop(name, None)

    @cached_property
    def order(self) -> list[str]:
        """The pages in the order of the book: the landing page, which shows things of chapters, after those."""
        root, seen = self.env.config.root_doc, dict[str, None]()

        def walk(page: str) -> None:
            for below in self.env.toctree_includes.get(page, []):
                if below not in seen:
                    seen[below] = None
                    walk(below)

        walk(root)
        ordered = [page for page in [*(page for page in seen if page != root), root] if page in self.pages]
        return ordered + sorted(self.pages.keys() - set(ordered))

    @cached_property
    def _anchors(self) -> dict[str, str]:
        anchors: dict[str, str] = {}
        for page in self.order:
            if not is_script(page):
                for anchor in self.pages[page].anchors:
                    anchors.setdefault(anchor, page)
        return anchors

    def chapter(self, name: str) -> str | None:
        """Return the page of a chapter of the talk: the first that shows a card of it."""
        ids = (id for id, statement in STATEMENTS.items() if statement.chapter == name)
        return next((page for id in ids if (page := self._anchors.get(f"claim-{id}"))), None)

    def title(self, page: str) -> list[nodes.Node]:
        """Return a copy of a page's title, formulas and all."""
        return [child.deepcopy() for child in self.env.titles[page].children]

    def figures(self) -> Iterator[Shown]:
        """Yield the figures that the pages show, each at its first place, in the order of the book."""
        seen = set()
        for page in self.order:
            for figure in self.pages[page].figures if not is_script(page) else ():
                if figure not in seen and SCRIPTS + figure[0] in self.pages:
                    seen.add(figure)
                    yield Shown(page, *figure)

    def find(self, kind: str, target: str) -> tuple[str, str] | None:
        """Return the page and the anchor that a link leads to."""
        page = {
            "place": self._anchors.get(target),
            "page": target if target in self.pages else None,
            "titled": target if target in self.pages else None,
            "chapter": self.chapter(target),
            "title": self.chapter(target),
            "code": f"code/{target}",
        }[kind]
        return (page, target if kind == "place" else "") if page else None

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return the link; Sphinx writes its text alone where the target is missing, and warns if it must exist."""
        found = self.find(typ, target)
        if found is None and node["refwarn"]:
            return None
        if found is None or (typ == "code" and builder.name not in ("html", "dirhtml")):
            raise NoUri(target, typ)
        content: list[nodes.Node] = self.title(found[0]) if typ in ("titled", "chapter", "title") else [contnode]
        if typ == "title":
            return nodes.inline("", "", *content)  # type: ignore[return-value]  # Sphinx takes any node
        plain = make_refnode(builder, fromdocname, found[0], found[1], content)
        kind = Link if builder.format == "html" else nodes.reference
        return kind("", "", *plain.children, **plain.attributes | {"classes": node["classes"]})

    def resolve_any_xref(self, *_: Any) -> list[Any]:
        """Resolve nothing: pages refer to these things by roles and links of their own."""
        return []

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        """Return what a result is called: without the domain's name, which tells a reader nothing."""
        return str(type.lname)

    def get_objects(self) -> Iterator[Found]:
        """Yield everything by the present records and sources, whichever pages this build has read.

        A shown name is what the search looks through: first the title, then what else is told. A claim's type says its
        verdict, so that "does not hold" finds those that do not.
        """
        for place, (id, statement) in enumerate(STATEMENTS.items()):
            if page := self._anchors.get(f"claim-{id}"):
                yield id, statement.says, f"claim-{evidence_of(self.env).sign(id).name}", page, f"claim-{id}", place
        for place, figure in enumerate(self.figures()):
            script = self.pages[SCRIPTS + figure.script]
            name, told = f"{figure.page}#{figure.anchor}", f"{script.title}{MORE}{' '.join(script.claims)}"
            yield name, told, "figure", figure.page, figure.anchor, place
        for page in self.order:
            for place, (anchor, term, definition) in enumerate(self.pages[page].terms):
                yield f"{page}#{anchor}", f"{term}{MORE}{definition}", "term", page, anchor, place
            for place, (kind, anchor, name, told) in enumerate(self.pages[page].entries):
                yield f"{page}#{anchor}", f"{name}{MORE}{told}", f"entry-{kind}", page, anchor, place

    def moved(self, builder: str) -> list[str]:
        """Return the pages that this builder must write again: read, or linked to elsewhere, since it last wrote them.

        Builders share what is read, so a page that an e-book's build has read again is not new to the site's.
        """
        everything = repr([(page, self.pages[page].minutes, self.pages[page].exercises) for page in self.order]) + repr(
            [(figure, vars(self.pages[SCRIPTS + figure.script]), self._drawn(figure)) for figure in self.figures()]
        )
        now = {}
        for page, known in self.pages.items():
            leads = [self.find(*link) for link in known.links]
            titles = [self.env.titles[to].astext() for found in leads if found and (to := found[0]) in self.env.titles]
            lists = everything + repr(self.env.titles) if known.lists else ""
            now[page] = short_digest(repr((self.env.all_docs.get(page), leads, titles, lists)))
        before = self.data["written"].get(builder, {})
        self.data["written"][builder] = now
        return [page for page, digest in now.items() if before.get(page) != digest]

    def _drawn(self, figure: Shown) -> int:
        picture = Path(self.env.srcdir) / f"{figure.file}.wide.svg"
        return picture.stat().st_mtime_ns if picture.is_file() else 0


def places(env: BuildEnvironment) -> Places:
    """Return where everything stands in the book being built."""
    found = env.get_domain("lecture")
    assert isinstance(found, Places)
    return found


def keep_scripts_out_of_search(env: BuildEnvironment) -> None:
    """Keep gallery scripts' pages out of the index: their figures are in, and their code has every common word."""
    for page in filter(is_script, env.found_docs):
        env.metadata[page]["nosearch"] = True
