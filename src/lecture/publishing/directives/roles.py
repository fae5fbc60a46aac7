"""The roles for prose: numbers measured here, numbers of others, settings, verdicts."""

from collections.abc import Callable
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from lecture.claims.measurement import Measurement
from lecture.errors import LectureError
from lecture.publishing.directives import numbers
from lecture.publishing.directives.asserts import Asserts
from lecture.publishing.directives.elements import WEB, link
from lecture.publishing.evidence import Evidence, cited, evidence_of, note
from lecture.publishing.site import citations

_log = logging.getLogger(__name__)


class Number(nodes.inline):
    """A number, and in ``explanation`` what it is: for a reader who points at it, taps it or tabs to it.

    The style sheet shows the explanation, so no script is needed. It is a ``span`` and no ``button``, of which some
    browsers copy no text. A reader tabs to each explanation once: where a page repeats it, ``again`` is set, and the
    number is left to finger and pointer. In a heading or a link it is a plain number, as off the web.

    ``part`` is the part of a claim that it belongs to, ``C12-a``: popovers.js tells its seeds and the command.
    """

    def is_explained(self, builder: Builder) -> bool:
        """Tell whether the explanation is shown where the number stands."""
        above = self.parent
        while above is not None and not isinstance(above, (nodes.title, nodes.reference)):
            above = above.parent
        return above is None and builder.name in WEB


def _visit_number(writer: HTML5Translator, node: Number) -> None:
    if node.is_explained(writer.builder):
        part = f' data-of="{node["part"]}"' if node["part"] else ""
        writer.body.append(f'<span class="num" role="button" tabindex="{-1 if node["again"] else 0}"{part}>')


def _depart_number(writer: HTML5Translator, node: Number) -> None:
    if node.is_explained(writer.builder):
        writer.body.append(f"<span hidden>{escape(node['explanation'], quote=False)}</span></span>")


class _FromEvidence(SphinxRole):
    """A role that shows something known; a mistake in its text is an error that names the place."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            found = self.write(evidence_of(self.env))
            self.set_source_info(found)
            note(self.env, self.shown())
            return [found], []
        except (LectureError, ValueError) as error:
            _log.error("{%s}`%s`: %s", self.name, self.text, error, location=self.get_location())
            return [nodes.literal(self.text, self.text)], []

    def shown(self) -> str:
        """Return what the page depends on (see :func:`lecture.publishing.evidence.digest`)."""
        return f"claim:{self.text.partition('.')[0]}"

    def write(self, evidence: Evidence) -> nodes.Node:
        raise NotImplementedError


class Measured(_FromEvidence):
    """``{measured}`C10.key```: the value with its unit; its interval for who points at it, taps it or tabs to it."""

    def write(self, evidence: Evidence) -> nodes.Node:
        """Return the number."""
        return _measured(self, evidence, numbers.value)


class Interval(_FromEvidence):
    """``{interval}`C10.key```: the interval in words, ``0.58 to 0.64``."""

    def write(self, evidence: Evidence) -> nodes.Node:
        """Return the interval."""
        return _measured(self, evidence, numbers.interval)


class Published(_FromEvidence):
    """``{published}`C12.c```: what others report of the same quantity; where, if the reader points at it."""

    def write(self, evidence: Evidence) -> nodes.Node:
        """Return the number."""
        found = evidence.published(self.text)
        return _number(self.env, numbers.value(found), f"{found.quantity}: {_source(self.env, found)}")


class Cited(_FromEvidence):
    """``{cited}`alexnet.NEURONS``` or ``{cited}`alexnet.NEURONS:,d```: a constant of ``lecture.data.literature``."""

    def shown(self) -> str:
        """Return what the page depends on."""
        return f"cited:{self.text.partition(':')[0]}"

    def write(self, evidence: Evidence) -> nodes.Node:
        """Return the number."""
        name, _, spec = self.text.partition(":")
        return nodes.Text(numbers.plain(cited(name), spec))


class Setting(_FromEvidence):
    """``{setting}`gradient_vanishing.race.width```, or with ``:spec``: a setting of an experiment as it was run."""

    def shown(self) -> str:
        """Return what the page depends on."""
        return f"experiment:{self.text.partition(':')[0].rpartition('.')[0]}"

    def write(self, evidence: Evidence) -> nodes.Node:
        """Return the value."""
        address, _, spec = self.text.partition(":")
        return nodes.Text(numbers.plain(evidence.setting(address), spec))


class VerdictRole(_FromEvidence):
    """``{verdict}`C10```, or of a part ``{verdict}`C10.a```: mark and word, linked to the ledger's entry."""

    def write(self, evidence: Evidence) -> nodes.Node:
        """Return the verdict."""
        sign = evidence.sign(self.text)
        return link("place", self.text.replace(".", "-"), sign.text, css=sign.css.split())


class CardLink(_FromEvidence):
    """``{card}`C10```: the claim's identifier, linked to its card."""

    def write(self, evidence: Evidence) -> nodes.Node:
        """Return the link."""
        id = evidence.assessment(self.text).claim.id
        return link("place", f"claim-{id}", id, must=True)


class ChapterLink(SphinxRole):
    """``{chapter}`data```: the page of a chapter of the talk under its title, whatever the page is called."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        way = link("chapter", self.text, must=True)
        self.set_source_info(way)
        return [way], []


def _measured(role: SphinxRole, evidence: Evidence, written: Callable[[Measurement], str]) -> Number:
    found = evidence.measurement(role.text)
    return _number(role.env, written(found), numbers.explanation(found), evidence.part_of(role.text))


def _number(env: BuildEnvironment, written: str, explanation: str, part: str = "") -> Number:
    told = env.temp_data.setdefault("lecture_numbers", set())
    number = Number("", written, explanation=explanation, again=explanation in told, part=part.replace(".", "-"))
    told.add(explanation)
    return number


def _source(env: BuildEnvironment, found: Measurement) -> str:
    """Return where a published value stands, ``Krizhevsky et al. 2012, Figure 1``."""
    if not found.published:
        return found.quantity
    entry = env.get_domain("cite").bibdata.data.entries.get(found.published.citation)  # type: ignore[attr-defined]
    if entry is None:
        raise LectureError(f"there is no source {found.published.citation!r} in the bibliography")
    told = citations.short(entry)
    return f"{told}, {found.published.where}" if found.published.where else told


ROLES = {
    "asserts": Asserts, "card": CardLink, "chapter": ChapterLink, "cited": Cited, "interval": Interval,
    "measured": Measured, "published": Published, "setting": Setting, "verdict": VerdictRole,
}  # fmt: skip


def add_nodes(app: Sphinx) -> None:
    """Register how HTML shows a number; other formats write it as any text."""
    app.add_node(Number, html=(_visit_number, _depart_number))
