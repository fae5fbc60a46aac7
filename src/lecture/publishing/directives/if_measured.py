"""A passage that a page shows only if this build has measured what it is about."""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.errors import LectureError
from lecture.publishing.evidence import evidence_of, note

_log = logging.getLogger(__name__)


class IfMeasured(SphinxDirective):
    """``{if-measured} C19.imagenet_photos``: the content if there is such a number, else a sentence how to get it."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"extra": directives.unchanged_required}
    """``extra`` names the optional dependencies, in ``pyproject.toml``, that the measurement needs."""

    def run(self) -> list[nodes.Node]:
        """Return the content or the sentence."""
        id, _, key = self.arguments[0].partition(".")
        evidence = evidence_of(self.env)
        try:
            keys = evidence.assessment(id).measurements
        except LectureError as error:
            _log.error("{if-measured} %s: %s", self.arguments[0], error, location=self.get_location())
            return []
        note(self.env, f"claim:{id}")
        if key in keys:
            found = nodes.Element()
            self.state.nested_parse(self.content, self.content_offset, found)
            return list(found.children)
        family = key.partition("_")[0] + "_"
        if not evidence.partial and any(other.startswith(family) for other in keys):
            _log.error("{if-measured} %s: no such number; there are %s", self.arguments[0], ", ".join(sorted(keys)),
                       location=self.get_location())  # fmt: skip
        return [self._how_to_get_it()]

    def _how_to_get_it(self) -> nodes.Node:
        said = "This build did not measure what would stand here."
        if "extra" not in self.options:
            return nodes.paragraph(said, said)
        command = f"pip install -e '.[{self.options['extra']}]'"
        told = "This build lacks an optional package, and with it the measurements of this paragraph: "
        return nodes.paragraph(
            "", "", nodes.Text(told), nodes.literal(command, command), nodes.Text(" and build again.")
        )
