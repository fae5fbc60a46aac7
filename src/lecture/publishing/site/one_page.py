"""The whole book on one page: what two pages call by the same name gets another one, and links follow it."""

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

_WAY = re.compile(r"#document-(?P<page>[^#]+)#(?P<id>.+)")
"""How Sphinx's builder ``singlehtml`` writes a link to a place of a page before it forgets the page."""


class NameOnce(SphinxPostTransform):
    """Put the page's name before an id that an earlier page has; Sphinx leaves both, and links lead to the first."""

    default_priority = 990  # links are resolved, and still say to which page
    builders = ("singlehtml",)

    def run(self, **_: Any) -> None:
        """Rename, then mend links."""
        owners: dict[str, str] = {}
        renamed: dict[tuple[str, str], str] = {}
        for page, node in self._elements():
            for id in node["ids"]:
                if owners.setdefault(id, page) != page:
                    renamed[page, id] = f"{page}-{id}".replace("/", "-")
            node["ids"] = [renamed.get((page, id), id) for id in node["ids"]]
        for page, node in self._elements():
            if "refid" in node:
                node["refid"] = renamed.get((page, node["refid"]), node["refid"])
            if found := _WAY.fullmatch(node.get("refuri", "")):
                name = renamed.get((found["page"], found["id"]), found["id"])
                node["refuri"] = f"#document-{found['page']}#{name}"

    def _elements(self) -> Iterator[tuple[str, nodes.Element]]:
        """Yield each element with the page that it comes from."""
        stack: list[tuple[str, nodes.Node]] = [(self.env.docname, self.document)]
        while stack:
            page, node = stack.pop()
            if isinstance(node, addnodes.start_of_file):
                page = node["docname"]
            if isinstance(node, nodes.Element):
                yield page, node
            stack += [(page, child) for child in reversed(node.children)]
