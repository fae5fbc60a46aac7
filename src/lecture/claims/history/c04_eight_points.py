"""C04: AlexNet, basically the earlier deep learning, beat all popular algorithms by eight points of error."""

from lecture.claims.claim import Claim, Part, Quantity, Reported
from lecture.claims.verdict import Verdict
from lecture.data.literature.alexnet import INGREDIENTS, LISTED, OLDER
from lecture.data.literature.ilsvrc import LEAD_ENSEMBLES

CLAIM = Claim(
    id="C04",
    headline="True, and modest: the entry that won led by more",
    expected=(Verdict.HOLDS, Verdict.IN_PART),
    parts=(
        Part(
            refuted_by="What AlexNet is made of was for the most part first published with it.",
            published=Reported(Verdict.HOLDS, "krizhevsky2012imagenet", "sections 3 to 5"),
            says=f"Of {LISTED} ingredients {OLDER} are older.",
            note="Dropout was new; the rest had not been put together at this size.",
            citations=tuple(dict.fromkeys([*(part.citation for part in INGREDIENTS), "lecun2015deep"])),
        ),
        Part(
            quantity=Quantity("top-5 error, best rival minus AlexNet, several models each", "points", ".1f", "deep"),
            refuted_by="No comparison in the paper on the same images shows it about eight points ahead.",
            published=Reported(
                Verdict.IN_PART, "krizhevsky2012imagenet", "Table 2", "the challenge of 2012", LEAD_ENSEMBLES
            ),
            note="Eight on the images of 2010 and for one network; the entries of 2012 are further apart.",
            citations=("russakovsky2015imagenet",),
        ),
    ),
    why="Its parts were known, and so was how to put them together. A million labelled photographs and fast hardware "
    "made the sum large enough to win.",
    figure="history/plot_ilsvrc",
)
