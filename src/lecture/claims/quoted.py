"""A number that no reader sees is not worth measuring."""

import re

from lecture.claims.assessment import Assessment


def unquoted(assessment: Assessment, text: str, any_size: bool = False) -> list[str]:
    """Return the keys of the measurements that decide and confirm nothing, and are neither quoted, drawn nor published.

    Args:
        assessment: A claim and what was measured.
        text: All pages and scripts, which quote a number by its address, ``C10.key``.
        any_size: Whether keys that differ only in numbers count as the same: another preset has other sizes.
    """

    def same(key: str) -> str:
        return re.sub(r"\d+", "0", key) if any_size else key

    seen = {key for part in assessment.parts if part.finding for key in (part.part.key, *part.finding.drawn)}
    seen |= {key for key, number in assessment.measurements.items() if number.published}
    seen |= {part.confirmed.key for part in assessment.parts if part.confirmed}
    quoted = {same(key) for key in re.findall(rf"\b{assessment.claim.id}\.(\w+)", text)}
    return [key for key in assessment.measurements if key not in seen and same(key) not in quoted]
