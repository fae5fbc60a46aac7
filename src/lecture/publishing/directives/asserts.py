"""A sentence that commits to what was measured, and a build that stops where the sentence would be false."""

import math
import re
from collections.abc import Callable

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from lecture.claims.measurement import Measurement
from lecture.errors import LectureError
from lecture.publishing.directives import numbers
from lecture.publishing.evidence import Evidence, evidence_of, note
from lecture.statistics import Interval

RELATIONS: dict[str, Callable[[Interval, Interval], bool]] = {
    "contains": lambda a, b: a.side(b.value) is None,
    "above": lambda a, b: a.low + a.near > b.high - b.near,
    "below": lambda a, b: a.high - a.near < b.low + b.near,
}
"""What can be said of an interval and a number, or of two intervals: they compare by their ends, not their middles.

A sentence that holds here may not stop the build on a processor that rounds otherwise, so an end may be off a little.
"""
_FORM = re.compile(rf"(C\d\d\.\w+)\s+({'|'.join(RELATIONS)})\s+(C\d\d\.\w+|[-+]?[\d.]+(?:e[-+]?\d+)?)")


class Asserts(SphinxRole):
    """``{asserts}`C07.a contains 0```: prints nothing; an error where the records of a preset that counts say no.

    On the right stands a number or another measurement, ``{asserts}`C11.relu_he above C11.relu_default```.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return nothing."""
        try:
            if false := refuted(evidence_of(self.env), self.text):
                raise LectureError(false)
            note(self.env, *{f"claim:{id}" for id in re.findall(r"C\d\d", self.text)})
        except LectureError as error:
            logging.getLogger(__name__).error("{asserts}`%s`: %s", self.text, error, location=self.get_location())
        return [], []


def refuted(evidence: Evidence, statement: str) -> str:
    """Return what was measured instead; nothing where the statement is true, or was measured only to see that it runs.

    Raises:
        LectureError: It is no statement, or about a number that does not exist.
    """
    found = _FORM.fullmatch(statement.strip())
    if not found:
        raise LectureError(f"write for example C07.a contains 0, with {', '.join(RELATIONS)}")
    address, relation, other = found.groups()
    measured = evidence.measurement(address)
    against = evidence.measurement(other).interval if other.startswith("C") else Interval.exact(float(other))
    counts = evidence.assessment(address.partition(".")[0]).counts
    if not counts or RELATIONS[relation](measured.interval, against):
        return ""
    return f"it is {_told(measured)}: mend the sentence before it"


def _told(measured: Measurement) -> str:
    exact = numbers.is_exact(measured) or math.isnan(measured.interval.value)
    return numbers.value(measured) + ("" if exact else f" ({numbers.interval(measured)})")
