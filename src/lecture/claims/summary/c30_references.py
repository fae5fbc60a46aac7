"""C30: the slides will be released, with references. A promise: nothing to measure, and something to keep."""

from lecture.claims.claim import Claim, Verdict

CLAIM = Claim(
    id="C30",
    expected=Verdict.CITED,
    why="A promise about the speaker's own slides, which are not ours to release, and nothing that an experiment could "
    "refute. In their place the book has a page of all figures, each with the script and the numbers behind it, and a "
    "list of references in which every entry is cited and leads to its source. Tests that run before anything is "
    "published keep both promises.",
)
