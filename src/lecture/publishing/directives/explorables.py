"""Things to touch: records, or a small computation, behind controls, beside a figure that stays."""

import importlib
import json
import re
from dataclasses import replace
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.publishing.directives.elements import Element, markup, text
from lecture.publishing.evidence import note
from lecture.publishing.explored.controls import Explorable, stage

NAMES = {
    "gradient": "Gradient per layer", "causes": "Three causes", "law": "The law", "one_run": "One run or ten",
    "live": "A network that trains", "descent": "Descent", "games": "Two games",
    "shuffled": "The points shuffled", "roof": "A roof",
}  # fmt: skip
"""A module of ``lecture.publishing.explored`` and a script in ``book/_static/explore`` each."""
PAGES = ("html", "dirhtml")
"""Builders whose pages load the scripts: the whole book on one page is for reading."""
UNSCRIPTED = "To try it, allow this page its scripts."

_NAME = re.compile(r'data-explorable="(\w+)"')


class Touched(nodes.General, nodes.Element):
    """Holds an explorable until it is known whether what is written can be touched."""


class OnlyOnPages(SphinxPostTransform):
    """Leave explorables to pages; on paper and in an e-book the figure beside it says the same."""

    default_priority = 2

    def run(self, **_: Any) -> None:
        """Let each one in, or take it out."""
        for touched in list(self.document.findall(Touched)):
            touched.replace_self(touched.children if self.app.builder.name in PAGES else [])


class Explore(SphinxDirective):
    """``{explorable} gradient``: something to touch; the directive's body asks the question.

    With ``:brief:`` it has no presets, which name claims, and a lower drawing: for a page that comes before the claims.
    """

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {"brief": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return the question, the controls with the records behind them, and a sentence for who has no scripts."""
        name = self.arguments[0]
        if name not in NAMES:
            told = f"{{explorable}} {name}: there are {', '.join(NAMES)}"
            logging.getLogger(__name__).error(told, location=self.get_location())
            return []
        explorable: Explorable = importlib.import_module(f"lecture.publishing.explored.{name}").EXPLORABLE
        brief = "brief" in self.options
        explorable = replace(explorable, presets=()) if brief else explorable
        note(self.env, *(f"experiment:{experiment}" for experiment in explorable.experiments))
        found = explorable.found()
        section = Element(
            "section",
            *self.parse_content_to_nodes(),
            markup(stage(explorable, found, NAMES[name])),
            text("p", f"{UNSCRIPTED} {explorable.otherwise}", "unscripted"),
            attributes={
                "class": "explorable brief" if brief else "explorable",
                "aria-label": NAMES[name],
                "data-explorable": name,
                "data-found": json.dumps(found, separators=(",", ":")),
            },
        )
        self.set_source_info(section)
        return [Touched("", section)]


def load(app: Sphinx, context: dict[str, Any]) -> None:
    """Let a page load the scripts of its explorables: what they share, then one each."""
    names = dict.fromkeys(_NAME.findall(context.get("body") or "")) if app.builder.name in PAGES else {}
    context["explorables"] = [f"_static/explore/{name}.js" for name in (*(["explore"] if names else []), *names)]
