"""The exercises of the chapters: an anchor for each and for its answer, and all of them in a list."""

import re

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from lecture.publishing.directives.elements import Element, Late, joined, link, text
from lecture.publishing.places import places
from lecture.publishing.site.passages import text_of

HEADING = "Exercises"
_NUMBER = re.compile(r"(\d+)\.\s+(.*?)\.?$")


class AnchorExercises(SphinxTransform):
    """Give each exercise and each answer of a page an id, before the page is remembered.

    An exercise is, in a section called "Exercises", a paragraph that begins with bold words such as **1. By hand.**, or
    an admonition of such a title. An admonition called "Answer" belongs to the exercise before it.
    """

    default_priority = 800

    def apply(self, **_: object) -> None:
        """Mark every exercise."""
        for section in self.document.findall(nodes.section):
            if section[0].astext() == HEADING:
                self._mark(section)

    def _mark(self, section: nodes.section) -> None:
        name = ""
        for part in list(section.children):
            if isinstance(part, nodes.admonition) and part[0].astext() == "Answer" and name:
                _anchor(section, part, f"answer-{name}")
            elif found := _NUMBER.match(_title(part)):
                assert isinstance(part, nodes.Element)
                name = f"{self.env.docname}-{found[1]}"
                _anchor(section, part, f"exercise-{name}")["exercise"] = (f"exercise-{name}", found[2], _question(part))


def _anchor(section: nodes.section, part: nodes.Node, id: str) -> nodes.target:
    """Return an anchor put before a part of a section: on paper a paragraph itself cannot be one."""
    anchor = nodes.target("", "", ids=[id], anchor=True)
    section.insert(section.index(part), anchor)
    return anchor


def _title(node: nodes.Node) -> str:
    """Return the words with which an exercise would begin."""
    kinds = (nodes.strong, nodes.title)
    inside = node.children if isinstance(node, (nodes.paragraph, nodes.admonition)) else ()
    first = next((child for child in inside if child.astext()), None)  # Markdown leaves an empty text before bold words
    return first.astext() if isinstance(first, kinds) else ""


def _question(node: nodes.Element) -> str:
    """Return the first sentence after the title."""
    told = node
    if isinstance(node, nodes.admonition):
        told = next(iter(node.findall(nodes.paragraph)), node)
    words = text_of(told).removeprefix(_title(node)).strip()
    return re.split(r"(?<=[.?!:])\s", words, maxsplit=1)[0].rstrip(":")


class ExercisesByChapter(Late):
    """Every exercise under its chapter, with a link to its answer where it has one."""

    def build(self, env: BuildEnvironment) -> list[nodes.Node]:
        """Return a heading and a list for each chapter that has exercises."""
        found: list[nodes.Node] = []
        for page in places(env).order:
            known = places(env).pages[page]
            if known.exercises:
                items = [self._item(known.anchors, *exercise) for exercise in known.exercises]
                found += [Element("h3", link("titled", page)), Element("ul", *items, attributes={"class": "simple"})]
        return found

    def _item(self, anchors: list[str], anchor: str, title: str, question: str) -> Element:
        answer = anchor.replace("exercise-", "answer-", 1)
        links: list[list[nodes.Node]] = [[link("place", anchor, "exercise")]]
        links += [[link("place", answer, "answer")]] if answer in anchors else []
        told = Element("p", text("strong", title), nodes.Text(f" {question} "), Element("small", *joined(links)))
        return Element("li", told)


class ExerciseList(SphinxDirective):
    """``{exercises}``: every exercise of the book under its chapter."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the list."""
        return [ExercisesByChapter()]
