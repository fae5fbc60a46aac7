"""C30: the slides will be released, with references. A promise: nothing to measure, and something to keep."""

from lecture.claims.claim import Claim, Part
from lecture.claims.verdict import Verdict

CLAIM = Claim(
    id="C30",
    headline="A promise about other slides; these pages keep it here",
    expected=(Verdict.OPINION,),
    parts=(Part(),),
    why="The speaker's slides are not ours to release. In their place stand a page of all figures, each with the "
    "script and the numbers behind it, and a list of references in which every entry is cited and leads to its source.",
)
