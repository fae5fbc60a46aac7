"""What AlexNet's own training came to, where somebody has run it."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lecture.publishing.evidence import evidence_of, note


class AlexnetTrained(SphinxDirective):
    """``{alexnet-trained}``: its errors beside those of the paper; the body is shown where there is no fresh record."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return a sentence or the body."""
        note(self.env, "alexnet")
        found = evidence_of(self.env).alexnet
        return [nodes.paragraph("", found)] if found else self.parse_content_to_nodes()
