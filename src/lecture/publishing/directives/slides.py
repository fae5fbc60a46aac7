"""Slides: a question, a figure of the gallery, the verdicts with their evidence, and what the speaker says.

A page of slides is a long page to read. ``book/_static/slides.css`` and ``slides.js``, which no other page loads, show
one slide at a time and print one on a sheet; see :mod:`lecture.publishing.site.bundle`.
"""

import re
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.errors import LectureError
from lecture.publishing.caches import experiments_in
from lecture.publishing.directives.elements import Element, joined, link, text
from lecture.publishing.directives.outcomes import glance, tally
from lecture.publishing.directives.pictures import Shown, drawing
from lecture.publishing.evidence import evidence_of, note
from lecture.publishing.pages import SCRIPTS

_log = logging.getLogger(__name__)


def seconds(clock: str) -> int:
    """Return a time on the clock, minutes and seconds, in seconds.

    Raises:
        ValueError: It is not written as ``1:05``.
    """
    if not (found := re.fullmatch(r"(\d+):([0-5]\d)", clock.strip())):
        raise ValueError("a time has minutes and seconds: write for example 1:05")
    return 60 * int(found[1]) + int(found[2])


def clock(seconds: int) -> str:
    """Return seconds as minutes and seconds, ``1:05``."""
    return f"{seconds // 60}:{seconds % 60:02}"


class Slide(SphinxDirective):
    """``{slide} Why does it work?``: the question, then what the options name; the body is what the speaker says.

    Options:
        figure: A gallery script, ``chapter/plot_name``; its first figure is shown, the same file as in the chapter.
        claim: Claims, ``C04 C05``, or parts of claims, ``C25.a``. Each stands with its sign and its bound headline (a
            part with what the talk says) and leads to its card. Without a claim all parts are counted.
        time: What the slide takes of the talk, ``0:45``; a slide begins when those before it are over.
    """

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = {
        "figure": directives.unchanged_required,
        "claim": directives.unchanged_required,
        "time": seconds,
    }

    def run(self) -> list[nodes.Node]:
        """Return the slide; before the first of a page stands the place for the buttons that the script makes."""
        if "time" not in self.options:
            raise self.error("a slide takes its time of the talk: add for example ':time: 0:45'")
        place, begin = self.env.temp_data.get("lecture_slides", (0, 0))
        self.env.temp_data["lecture_slides"] = place + 1, begin + self.options["time"]
        try:
            verdicts = self._verdicts()
        except LectureError as error:
            _log.error("{slide} %s: %s", self.arguments[0], error, location=self.get_location())
            return []
        words, messages = self.parse_inline(self.arguments[0])
        name = f"slide-{place + 1}"
        slide = Element(
            "article",
            Element("h2", *words, ids=[f"{name}-question"]),
            *self._figure(),
            *verdicts,
            self._notes(begin),
            attributes={"class": "slide", "aria-labelledby": f"{name}-question", "data-begins": clock(begin)},
            ids=[name],
        )
        self.set_source_info(slide)
        bar = [] if place else [Element("div", attributes={"class": "slide-bar"})]
        return [*bar, slide, *messages]

    def _figure(self) -> list[Element]:
        """Return the figure, and where it is explained."""
        if not (script := self.options.get("figure")):
            return []
        source = Path(self.env.srcdir) / f"gallery/{script}.py"
        shown = Shown(self.env.docname, script, 1)
        found = drawing(self.env, shown)
        if found is None or not source.is_file():
            _log.error("{slide}: gallery/%s.py has drawn no figure", script, location=self.get_location())
            return []
        note(self.env, *(f"experiment:{name}" for name in experiments_in(source.read_text(encoding="utf-8"))))
        ways = [[link("place", shown.anchor, "figure in its chapter")], [link("page", SCRIPTS + script, "script")]]
        return [Element("figure", found, Element("figcaption", *joined(ways)), attributes={"class": "plot"})]

    def _verdicts(self) -> list[nodes.Node]:
        """Return a line for each claim or part, or the tally of all."""
        evidence = evidence_of(self.env)
        if "claim" not in self.options:
            note(self.env, "verdicts")
            return glance(tally(evidence))
        return [Element("ul", *map(self._verdict, self.options["claim"].split()), attributes={"class": "found"})]

    def _verdict(self, address: str) -> Element:
        evidence, (id, _, key) = evidence_of(self.env), address.partition(".")
        claim = evidence.assessment(id).claim
        sign = evidence.sign(address)
        note(self.env, f"claim:{id}")
        way = link("place", f"claim-{address.replace('.', '-')}", address, must=True)
        said = claim.saying(key).says if key else claim.headline
        return Element("li", way, nodes.Text(" "), sign.element(), nodes.Text(f" {said}"))

    def _notes(self, begin: int) -> Element:
        """Return what the speaker says, folded, under the times of the slide."""
        told = f"Notes: {clock(self.options['time'])}, from {clock(begin)}"
        return Element("details", text("summary", told), *self.parse_content_to_nodes(), attributes={"class": "notes"})
