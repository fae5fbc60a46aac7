"""C30: the slides will be released, with references. A promise: nothing to measure, and something to keep."""

from lecture.claims.claim import Claim, Part
from lecture.claims.verdict import Verdict

CLAIM = Claim(
    id="C30",
    headline="A promise; slides made of this book keep it",
    expected=(Verdict.OPINION,),
    parts=(Part(),),
    why="The speaker's slides are not ours to release. In their place stands a deck of our own, which tells the ten "
    "minutes with the figures and verdicts of this book, and a list of references in which every entry is cited and "
    "leads to its source. Whether a promise was kept is nothing to measure, so no verdict is given.",
)
