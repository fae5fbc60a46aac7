"""The ImageNet challenge (ILSVRC), task of classification, from 2010 to 2017, and what the AlexNet paper compares.

An answer of five guesses is wrong if the right one of 1000 labels is not among them: the top-5 error, in per cent, on
the test set of the year. Entries whose figure could not be checked are left out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
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
    Result(year=2010, entry="NEC-UIUC", error=28.2, deep=False, place=1, source="russakovsky2015imagenet"),
    Result(year=2011, entry="XRCE", error=25.8, deep=False, place=1, source="russakovsky2015imagenet"),
    Result(year=2012, entry="AlexNet", error=15.3, deep=True, place=1, extra=True, networks=7,
           source="krizhevsky2012imagenet", where="Table 2"),
    Result(year=2012, entry="AlexNet", error=16.4, deep=True, place=1, networks=5,
           source="krizhevsky2012imagenet", where="Table 2"),
    Result(year=2012, entry="ISI", error=26.2, deep=False, place=2, source="krizhevsky2012imagenet", where="Table 2"),
    Result(year=2013, entry="Clarifai", error=11.2, deep=True, place=1, extra=True,
           source="szegedy2015going", where="Table 2"),
    Result(year=2013, entry="Clarifai", error=11.7, deep=True, place=1, source="szegedy2015going", where="Table 2"),
    Result(year=2014, entry="GoogLeNet", error=6.67, deep=True, place=1, networks=7,
           source="szegedy2015going", where="Table 2"),
    Result(year=2014, entry="VGG", error=7.32, deep=True, place=2, source="szegedy2015going", where="Table 2"),
    Result(year=2014, entry="MSRA", error=7.35, deep=True, place=3, source="szegedy2015going", where="Table 2"),
    Result(year=2015, entry="ResNet", error=3.57, deep=True, place=1, networks=6,
           source="he2016deep", where="Table 5"),
    Result(year=2016, entry="Trimps-Soushen", error=2.99, deep=True, place=1,
           source="hu2018squeeze", where="§1"),
    Result(year=2017, entry="SENet", error=2.25, deep=True, place=1, source="hu2018squeeze", where="abstract"),
)  # fmt: skip
"""Best entries of each year, and the best one on the supplied images where the winner used more."""

PAPER = (
    Result(year=2010, entry="SIFT + Fisher vectors", error=45.7, deep=False, guesses=1,
           source="krizhevsky2012imagenet", where="Table 1"),
    Result(year=2010, entry="AlexNet", error=37.5, deep=True, guesses=1, networks=1,
           source="krizhevsky2012imagenet", where="Table 1"),
    Result(year=2010, entry="SIFT + Fisher vectors", error=25.7, deep=False,
           source="krizhevsky2012imagenet", where="Table 1"),
    Result(year=2010, entry="AlexNet", error=17.0, deep=True, networks=1,
           source="krizhevsky2012imagenet", where="Table 1"),
    Result(year=2012, entry="SIFT + Fisher vectors", error=26.2, deep=False, place=2,
           source="krizhevsky2012imagenet", where="Table 2"),
    Result(year=2012, entry="AlexNet", error=18.2, deep=True, networks=1, validation=True,
           source="krizhevsky2012imagenet", where="Table 2"),
    Result(year=2012, entry="AlexNet", error=16.4, deep=True, networks=5,
           source="krizhevsky2012imagenet", where="Table 2"),
    Result(year=2012, entry="AlexNet", error=16.6, deep=True, networks=1, extra=True, validation=True,
           source="krizhevsky2012imagenet", where="Table 2"),
    Result(year=2012, entry="AlexNet", error=15.3, deep=True, networks=7, extra=True, place=1,
           source="krizhevsky2012imagenet", where="Table 2"),
)  # fmt: skip
"""AlexNet against the best of the others, as its paper has it. The authors found validation and test errors to differ
by at most 0.1 points."""

HUMAN = Result(
    year=2014, entry="one trained person", error=5.1, deep=False, source="russakovsky2015imagenet", where="§6.4"
)
"""Estimated from 1,500 test images of 2014 and one expert annotator."""
