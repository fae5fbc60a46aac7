"""C06: the name "deep learning" does not come from AlexNet."""

from lecture.claims.claim import Claim, Part, Quantity, Reported
from lecture.claims.measurement import YEAR
from lecture.claims.verdict import Verdict
from lecture.data.literature.milestones import NAMED

CLAIM = Claim(
    id="C06",
    headline="Right: the words are older by decades",
    expected=(Verdict.HOLDS,),
    parts=(
        Part(
            quantity=Quantity("first known use of the words", YEAR, ".0f"),
            refuted_by="No publication from before 2012 uses the words.",
            published=Reported(Verdict.HOLDS, "dechter1986learning", "abstract", "a paper on search", NAMED),
            citations=("aizenberg2000multivalued", "hinton2006fast", "schmidhuber2015who"),
        ),
    ),
    why="The two words stand side by side in a paper on search, later in a book on neurons, as far as Schmidhuber "
    "could find, and became the name of a field after the deep belief nets of 2006.",
)
