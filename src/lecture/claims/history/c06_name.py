"""C06: the name "deep learning" does not come from AlexNet."""

from lecture.claims.claim import Claim, Verdict

CLAIM = Claim(
    id="C06",
    refuted_by="No publication from before 2012 uses the words.",
    expected=Verdict.CITED,
    why="A matter of words, so of sources: the two of them stand side by side in a paper on search in 1986, in a book "
    "on neurons in 2000, as far as Schmidhuber could find, and became the name of a field after the "
    "deep belief nets of 2006.",
    citations=("dechter1986learning", "aizenberg2000multivalued", "hinton2006fast", "schmidhuber2015who"),
)
