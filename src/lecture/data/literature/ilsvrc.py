"""The ImageNet challenge (ILSVRC), task of classification, from 2010 to 2017, and what the AlexNet paper compares.

An answer of five guesses is wrong if the right one of 1000 labels is not among them: the top-5 error, in per cent, on
the test set of the year. Entries whose figure could not be checked are left out.
"""

from dataclasses import dataclass

ALEXNETS = "krizhevsky2012imagenet"  # its paper


@dataclass(frozen=True)
class Result:
    """One published error.

    Attributes:
        year: Year of the challenge whose images were classified.
        entry: Team and method.
        error: In per cent.
        deep: Whether it is a deep network; the others are hand-made features with a linear classifier.
        source: Key in ``book/references.bib``.
        where: Place in the source, where it is known.
        place: Place in that year's challenge, by team; 0 for what did not compete.
        extra: Whether it was trained on images beyond those supplied.
        networks: How many networks vote.
        guesses: 5 for the top-5 error, 1 for the top-1 error.
        validation: Whether the error is that on the validation set.
    """

    year: int
    entry: str
    error: float
    deep: bool
    source: str
    where: str = ""
    place: int = 0
    extra: bool = False
    networks: int = 0
    guesses: int = 5
    validation: bool = False


CHALLENGE = (
    Result(2010, "NEC-UIUC", 28.2, deep=False, place=1, source="russakovsky2015imagenet"),
    Result(2011, "XRCE", 25.8, deep=False, place=1, source="russakovsky2015imagenet"),
    Result(2012, "AlexNet", 15.3, deep=True, place=1, extra=True, networks=7, source=ALEXNETS, where="Table 2"),
    Result(2012, "AlexNet", 16.4, deep=True, place=1, networks=5, source=ALEXNETS, where="Table 2"),
    Result(2012, "ISI", 26.2, deep=False, place=2, source=ALEXNETS, where="Table 2"),
    Result(2013, "Clarifai", 11.2, deep=True, place=1, extra=True, source="szegedy2015going", where="Table 2"),
    Result(2013, "Clarifai", 11.7, deep=True, place=1, source="szegedy2015going", where="Table 2"),
    Result(2014, "GoogLeNet", 6.67, deep=True, place=1, networks=7, source="szegedy2015going", where="Table 2"),
    Result(2014, "VGG", 7.32, deep=True, place=2, source="szegedy2015going", where="Table 2"),
    Result(2014, "MSRA", 7.35, deep=True, place=3, source="szegedy2015going", where="Table 2"),
    Result(2015, "ResNet", 3.57, deep=True, place=1, networks=6, source="he2016deep", where="Table 5"),
    Result(2016, "Trimps-Soushen", 2.99, deep=True, place=1, source="hu2018squeeze", where="§1"),
    Result(2017, "SENet", 2.25, deep=True, place=1, source="hu2018squeeze", where="abstract"),
)  # fmt: skip
"""Best entries of each year, and the best one on the supplied images where the winner used more."""

PAPER = (
    Result(2010, "SIFT + Fisher vectors", 45.7, deep=False, guesses=1, source=ALEXNETS, where="Table 1"),
    Result(2010, "AlexNet", 37.5, deep=True, guesses=1, networks=1, source=ALEXNETS, where="Table 1"),
    Result(2010, "SIFT + Fisher vectors", 25.7, deep=False, source=ALEXNETS, where="Table 1"),
    Result(2010, "AlexNet", 17.0, deep=True, networks=1, source=ALEXNETS, where="Table 1"),
    Result(2012, "SIFT + Fisher vectors", 26.2, deep=False, place=2, source=ALEXNETS, where="Table 2"),
    Result(2012, "AlexNet", 18.2, deep=True, networks=1, validation=True, source=ALEXNETS, where="Table 2"),
    Result(2012, "AlexNet", 16.4, deep=True, networks=5, source=ALEXNETS, where="Table 2"),
    Result(2012, "AlexNet", 16.6, deep=True, networks=1, extra=True, validation=True, source=ALEXNETS, where="Table 2"),
    Result(2012, "AlexNet", 15.3, deep=True, networks=7, extra=True, place=1, source=ALEXNETS, where="Table 2"),
)  # fmt: skip
"""AlexNet against the best of the others, as its paper has it. The authors found validation and test errors to differ
by at most 0.1 points."""

ONE_GUESS = Result(
    2012, "AlexNet", 40.7, deep=True, guesses=1, networks=1, validation=True, source=ALEXNETS, where="Table 2"
)
"""One AlexNet's top-1 error on the images of 2012, for which the paper gives no other method's."""

HUMAN = Result(2014, "one trained person", 5.1, deep=False, source="russakovsky2015imagenet", where="§6.4")
"""Estimated from 1,500 test images of 2014 and one expert annotator."""


@dataclass(frozen=True, kw_only=True)
class Lead:
    """How far AlexNet was ahead of the best other method on the same images.

    Attributes:
        alexnet: Its result.
        others: That of the best of the others.
    """

    alexnet: Result
    others: Result

    @property
    def points(self) -> float:
        """The difference of the two errors, in points."""
        return round(self.others.error - self.alexnet.error, 1)


def leads() -> tuple[Lead, ...]:
    """Return every comparison of the paper: by year, top-1 before top-5, supplied images first, few networks first."""
    found = []
    for ours in sorted((r for r in PAPER if r.deep), key=lambda r: (r.year, r.guesses, r.extra, r.networks)):
        rivals = [r for r in PAPER if not r.deep and (r.year, r.guesses) == (ours.year, ours.guesses)]
        found.append(Lead(alexnet=ours, others=min(rivals, key=lambda rival: rival.error)))
    return tuple(found)


TOP_1_OF_2010, TOP_5_OF_2010, ONE_NETWORK, ENSEMBLES, _, WINNER = leads()
"""Each comparison by name: on the images of 2010, and of 2012 by one network, by five against the rival's several
classifiers, and by the seven of the winning entry, which had seen more images."""
COMPARISONS = len(leads())
LEAD_2010_TOP_1, LEAD_2010_TOP_5 = TOP_1_OF_2010.points, TOP_5_OF_2010.points
LEAD_ONE_NETWORK, LEAD_ENSEMBLES, LEAD_WINNER = ONE_NETWORK.points, ENSEMBLES.points, WINNER.points
OTHERS_2010, ALEXNET_2010 = TOP_5_OF_2010.others.error, TOP_5_OF_2010.alexnet.error
ONE_NETWORK_TOP_1, ONE_NETWORK_TOP_5 = ONE_GUESS.error, ONE_NETWORK.alexnet.error
BEST_OF_2017, BEST_PERSON = CHALLENGE[-1].error, HUMAN.error
"""The same as plain numbers, points and per cent, for prose."""
