"""The public functions and classes of a room of the package, as their docstrings tell them.

Read off the source, so that nothing is imported and a page costs no more than its text.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import lecture
from lecture.publishing import docstrings
from lecture.publishing.directives.elements import Element, text
from lecture.publishing.evidence import note

ROOT = Path(lecture.__file__).parent
Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Described:
    """A function or a class.

    Attributes:
        name: With its module, and of a method with its class.
        signature: How it is called.
        docstring: What it says of itself.
        members: Of a class, its public methods and properties.
    """

    name: str
    signature: str
    docstring: str
    members: list["Described"] = field(default_factory=list)


def described(module: str, source: str) -> list[Described]:
    """Return the public functions and classes that a module defines, in its order."""
    return list(_described(module, ast.parse(source)))


def _described(within: str, body: ast.Module | ast.ClassDef) -> Iterator[Described]:
    for node in body.body:
        if isinstance(node, Definition) and not node.name.startswith("_") and ast.get_docstring(node):
            name = f"{within}.{node.name}"
            members = list(_described(name, node)) if isinstance(node, ast.ClassDef) else []
            yield Described(name, signature(node), ast.get_docstring(node) or "", members)


def signature(node: Definition) -> str:
    """Return how a function or a class is called; of a property its name and type."""
    decorated = {ast.unparse(one).partition("(")[0].rpartition(".")[2] for one in node.decorator_list}
    if isinstance(node, ast.ClassDef):
        return f"class {node.name}{_construction(node, 'dataclass' in decorated)}"
    returns = ast.unparse(node.returns).strip("'\"") if node.returns else ""
    if decorated & {"property", "cached_property"}:
        return f"{node.name}: {returns}"
    return f"{node.name}({_arguments(node)})" + (f" → {returns}" if returns else "")


def _construction(node: ast.ClassDef, is_dataclass: bool) -> str:
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and part.name == "__init__":
            return f"({_arguments(part)})"
    if is_dataclass or any(ast.unparse(base) == "NamedTuple" for base in node.bases):
        fields = [part for part in node.body if isinstance(part, ast.AnnAssign) and "ClassVar" not in ast.dump(part)]
        return f"({', '.join(map(ast.unparse, fields))})"
    return ""


def _arguments(node: ast.FunctionDef) -> str:
    """Return the arguments without the object or class that comes first in a method."""
    given = node.args
    if given.args and given.args[0].arg in ("self", "cls"):
        given.args = given.args[1:]
    return ast.unparse(given)


class Told(SphinxDirective):
    """A directive that shows what docstrings say."""

    def block(self, rst: str) -> list[nodes.Node]:
        """Return reStructuredText as nodes."""
        return self.parse_text_to_nodes(f"`````{{eval-rst}}\n{rst}\n`````\n") if rst else []

    def line(self, rst: str) -> list[nodes.Node]:
        """Return a single paragraph of reStructuredText as what stands in it."""
        return [child for paragraph in self.block(rst) for child in paragraph.children]

    def section(self, title: str, id: str, *content: nodes.Node) -> nodes.section:
        """Return a section, which the page's own list of sections and the search then know."""
        return nodes.section("", nodes.title("", "", nodes.literal("", title)), *content, ids=[id], names=[id])

    def entry(self, anchor: str, kind: str, name: str, shown: str, docstring: str, *more: nodes.Node) -> Element:
        """Return an entry: how it is called and its first sentence, and folded under them all else."""
        first = docstrings.first_sentence(docstring)
        head: list[Any] = [text("code", shown), Element("span", *self.line(first))]
        inside = [*self.block(docstrings.rest(docstring)), *more]
        facts = {"entry": (kind, name, " ".join(first.replace("``", "").split()))}
        if not inside:
            return Element("div", *head, attributes={"class": "entry"}, ids=[anchor], **facts)
        folded = Element("summary", *head)
        return Element("details", folded, *inside, attributes={"class": "entry"}, ids=[anchor], **facts)


class Reference(Told):
    """``{reference} models``: every public function and class of that package, a section a module."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        room = self.arguments[0]
        sections = []
        for path in sorted((ROOT / room).glob("*.py")):
            module = f"lecture.{room}.{path.stem}"
            source = path.read_text(encoding="utf-8")
            note(self.env, f"file:{path}")
            if path.stem != "__init__" and (found := described(module, source)):
                about = plain(ast.get_docstring(ast.parse(source)) or "")
                entries = [self._entry(one) for one in found]
                sections.append(self.section(module, f"module-{room}-{path.stem}", *self.block(about), *entries))
        return [*sections]

    def _entry(self, one: Described) -> Element:
        kind = "class" if one.signature.startswith("class ") else "function"
        members = [self._entry(member) for member in one.members]
        return self.entry(one.name, kind, one.name, one.signature, one.docstring, *members)


def plain(docstring: str) -> str:
    """Return a module's docstring whole."""
    return docstrings.plain_roles(docstring)
